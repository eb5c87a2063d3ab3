// Measuring packs and comparing them.

#include "base/catalogue_rows.hpp"

namespace xiaoer {
namespace {

constexpr CatalogueEntry kRows[] = {
    {"gold-line", "标注行里的“{0}”没有写，或者写得不对",
     "\"{0}\" of this labelled message is missing or not as it should be",
     "每行写成 {\"id\": …, \"message\": \"…\", \"labels\": [\"类\", …]}，标签不重复",
     "Write each line as {\"id\": …, \"message\": \"…\", \"labels\": [\"class\", …]}, no label "
     "twice"},
    {"gold-repeated-id", "id“{0}”在第 {1} 行已经用过",
     "The id \"{0}\" was used on line {1} already", "给每条消息不同的 id",
     "Give every message an id of its own"},
    {"gold-unknown-label", "没有叫“{0}”的类", "There is no class \"{0}\"",
     "改成 --classes 文件里的类，或者 unclear", "Use a class of the --classes file, or unclear"},
    {"gold-empty", "文件里没有一条明确的消息", "The file has no message with a clear label",
     "至少给一条消息标上 unclear 以外的类",
     "Label at least one message with a class other than unclear"},
    {"classes-shape", "类的文件要写成 {\"classes\": [{\"id\": \"类\"}, …]}",
     "A file of classes reads {\"classes\": [{\"id\": \"class\"}, …]}", "照这个样子改写",
     "Write it like this"},
    {"intent-without-class", "有 {0} 个意图不属于任何类：{1}",
     "Intents that belong to no class, {0} in all: {1}",
     "意图的 id 要以类名开头；在 --classes 的文件里补上缺的类",
     "An intent's id begins with its class; add the missing ones to the file of --classes"},
    {"intent-without-label", "有 {0} 个意图不在标注的类里，答成它们的都算错：{1}",
     "Intents outside the classes of the labels, {0} in all; answers with them count as wrong: {1}",
     "标注确实没用到这些类就不用管；要核对类名，用 --classes 给出全部的类",
     "Nothing to do when no label means them; to have the names checked, give all classes with "
     "--classes"},
    {"line-too-long", "这一行太长，最多 {0} MB", "The line is longer than {0} MB", "把它拆开或删去",
     "Split or remove it"},
    {"program-missing", "画图要用程序 {0}，没有找到",
     "The program {0}, which draws the plots, is not here", "安装 {1}：apt install {1}",
     "Install {1}: apt install {1}"},
    {"program-failed", "程序 {0} 没有画成：{1}", "The program {0} failed: {1}",
     "检查 {0} 能不能单独运行", "Check that {0} runs by itself"},
};

}  // namespace

std::span<const CatalogueEntry> report_rows() { return kRows; }

}  // namespace xiaoer
