// Causes, as the system and the readers of images and snapshots name them, in Chinese.

#include <algorithm>
#include <iterator>

#include "base/catalogue_rows.hpp"

namespace xiaoer {
namespace {

// Codes whose arguments are causes. Those of others are the author's words, which stay.
constexpr std::string_view kCodes[] = {"bad-snapshot", "cannot-read", "cannot-write",
                                       "image-damaged", "program-failed"};

struct Cause {
  std::string_view english, chinese;
};
constexpr Cause kCauses[] = {
    // The system: strerror.
    {"Disk quota exceeded", "磁盘配额用完了"},
    {"File exists", "已经有同名的文件"},
    {"File name too long", "文件名太长"},
    {"Input/output error", "读写出错"},
    {"Invalid argument", "参数不对"},
    {"Is a directory", "这是文件夹，不是文件"},
    {"No such file or directory", "没有这个文件或文件夹"},
    {"No space left on device", "磁盘满了"},
    {"Not a directory", "路径中间有一段不是文件夹"},
    {"not a regular file", "不是普通文件"},
    {"Operation not permitted", "不允许这样做"},
    {"Permission denied", "没有权限"},
    {"Read-only file system", "所在的磁盘是只读的"},
    {"Too many open files", "打开的文件太多"},
    // image.cpp
    {"checksum does not agree", "校验和对不上"},
    {"it is cut off or too long", "长度不对，可能没有传完"},
    {"no image of this release", "不是这个版本的文件"},
    {"no string section", "没有文字"},
    {"section is not aligned", "分区没有对齐"},
    {"section lies outside the image", "分区超出了文件"},
    {"section occurs twice", "分区重复"},
    {"section of empty records", "分区里的记录是空的"},
    {"section table does not fit", "分区表放不下"},
    {"sections overlap", "分区互相重叠"},
    {"strings of another size", "文字的大小不对"},
    {"unknown section", "有不认识的分区"},
    // ruleset.cpp
    {"it was made by another state of the source", "出自另一份源代码编译的程序"},
    {"its cues do not hold", "买家线索不完好"},
    {"its dictionary does not hold", "实体词典不完好"},
    {"its examples do not hold", "例句不完好"},
    {"its header does not hold", "文件头不完好"},
    {"its intents do not hold", "意图不完好"},
    {"its lines do not hold", "店铺的话不完好"},
    {"its phrases do not hold", "短语不完好"},
    {"its replies do not hold", "回复不完好"},
    {"its sections are about different intents", "各分区说的不是同一批意图"},
    {"its texts are not UTF-8", "文字不是 UTF-8 编码"},
    {"its vocabulary does not hold", "词表不完好"},
    // snapshot.cpp
    {"not a session snapshot", "不是会话快照"},
    {"snapshot is damaged", "内容已损坏"},
    {"snapshot is from a newer version", "出自更新的版本"},
    {"snapshot is truncated or too long", "长度不对，可能没有存完"},
};

}  // namespace

bool tells_a_cause(std::string_view code) {
  return std::find(std::begin(kCodes), std::end(kCodes), code) != std::end(kCodes);
}

std::string_view cause_in_chinese(std::string_view cause) {
  const auto* const found = std::find_if(std::begin(kCauses), std::end(kCauses),
                                         [&](const Cause& each) { return each.english == cause; });
  return found == std::end(kCauses) ? cause : found->chinese;
}

}  // namespace xiaoer
