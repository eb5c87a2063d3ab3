// Faults of a call through the C interface.

#include "base/catalogue_rows.hpp"

namespace xiaoer {
namespace {

constexpr CatalogueEntry kRows[] = {
    {"action-not-proposed", "没有结果提出过动作“{0}”", "No result has proposed the action \"{0}\"",
     "只确认结果里 actions 的动作", "Confirm only actions that a result gave"},
    {"argument-bad-struct", "{0} 的 struct_size {1} 不对，或者有这个版本不认识的内容",
     "{0}: struct_size {1} is wrong, or a member that this version does not know is set",
     "先把结构体清零，再把 struct_size 写成 sizeof",
     "Zero the struct, then set struct_size to its sizeof"},
    {"argument-null", "{0} 是空指针", "{0} is NULL", "传入有效的指针", "Pass a valid pointer"},
    {"argument-out-of-range", "{0} 的值超出范围", "{0} is out of range", "按头文件里的说明取值",
     "Take a value that the header allows"},
    {"bad-snapshot", "会话快照不能恢复：{0}", "The session snapshot cannot be restored: {0}",
     "用完整的、不比当前版本新的快照，或者开始新会话",
     "Use a whole snapshot that is not newer than this version, or begin a new session"},
    {"buffer-too-small", "缓冲区太小，需要 {0} 字节",
     "The buffer is too small: {0} bytes are needed", "按需要的大小重新分配", "Allocate as many"},
    {"busy", "另一个调用正在使用 {0}", "{0} is in use by another call",
     "每个线程用自己的 context，同一会话排队处理",
     "Give each thread its own context, and let the calls of one session wait for one another"},
    {"internal-error", "内部错误：{0}", "Internal error: {0}", "请把消息和版本号报告给我们",
     "Please report it with the message and the version"},
    {"message-too-long", "内容太长，最多 {0} 字节", "The text is longer than {0} bytes",
     "截短后再发", "Shorten it"},
    {"out-of-memory", "内存不足", "Out of memory", "释放内存后重试", "Free memory and try again"},
    {"reply-not-pending", "上一个结果里没有这句话，已记为人工客服说的话",
     "The last result held no such text; it was recorded as the human agent's own line",
     "把结果里的原文传回来", "Pass the text exactly as the result gave it"},
    {"request-not-object", "请求要写成对象 {…}，现在是{0}",
     "A request must be an object, not a {1}", "每行写一个 JSON 对象",
     "Write one JSON object a line"},
};

}  // namespace

std::span<const CatalogueEntry> interface_rows() { return kRows; }

}  // namespace xiaoer
