// Facts and requests of a call, compiled images.

#include "base/catalogue_rows.hpp"

namespace xiaoer {
namespace {

constexpr CatalogueEntry kRows[] = {
    {"fact-wrong-type", "{0} 要写 {1}，现在是 {2}", "{0} must be of type {3}, not {4}", "改成 {1}",
     "Make it of type {3}"},
    {"fact-unknown", "规则包不认识事实 {0}，没有话会用到它", "{0} is no fact that the pack knows",
     "您要写的是不是 {1}？自己的事实要写进规则包的 facts",
     "Did you mean {1}? A fact of your own belongs into the pack's facts"},
    {"fact-unknown-state", "{0} 不能是“{1}”", "{0} cannot be \"{1}\"", "可以写：{2}",
     "One of: {2}"},
    {"fact-not-whole", "{0} 要是不小于 0 的整数，现在是 {1}",
     "{0} must be a whole number of at least 0, not {1}", "改成整数", "Write a whole number"},
    {"fact-out-of-range", "{0} 的数值 {1} 不能用", "{0} cannot be {1}",
     "写不小于 0 的数，最多三位小数", "Write a number of at least 0 with at most three decimals"},
    {"fact-bad-range", "{0} 不是范围", "{0} is not a range",
     "写成 [155, 160] 这样，小的在前，不限的一头写 null",
     "Write something like [155, 160], the smaller first, null for an open end"},
    {"fact-bad-time", "{0} 的“{1}”不是带时区的时间", "{0}: \"{1}\" is not a time with an offset",
     "写成 2026-11-11T00:00:00+08:00 这样", "Write something like 2026-11-11T00:00:00+08:00"},
    {"fact-bad-clock", "{0} 的“{1}”不是钟点", "{0}: \"{1}\" is not a time of day",
     "写成 16:00 这样", "Write something like 16:00"},
    {"fact-bad-hours", "{0} 的“{1}”不是时段", "{0}: \"{1}\" is not a span of hours",
     "写成 09:00-18:00 这样", "Write something like 09:00-18:00"},
    {"request-wrong-type", "请求里的 {0} 要写 {1}，现在是 {2}",
     "In the request, {0} must be of type {3}, not {4}", "改成 {1}", "Make it of type {3}"},
    {"request-no-message", "请求里没有消息", "The request has no message",
     "写上 message、messages 或 event", "Give message, messages or event"},
    {"request-no-guard", "请求里没有要检查的话", "The request has no text for the guard",
     "写上 guard", "Give guard"},
    {"request-mixed", "请求里“{0}”不能和消息一起写",
     "In the request, \"{0}\" cannot stand beside a message", "分成两个请求", "Make two requests"},
    {"request-previous-key", "previous 里没有 {0}", "\"previous\" has no {0}",
     "previous 要写 role 和 text，例如 {\"role\": \"agent\", \"text\": \"您好\"}",
     "Give role and text, such as {\"role\": \"agent\", \"text\": \"您好\"}"},
    {"request-no-action", "confirm 里没有 action", "\"confirm\" has no action",
     "写上结果里的 action，例如 remark", "Give the action of a result, such as remark"},
    {"request-unknown-action", "没有叫“{0}”的动作", "There is no action \"{0}\"",
     "用结果里 actions 的 action", "Use the action of one of the result's actions"},
    {"request-bad-time", "请求里的 now“{0}”不是带时区的时间",
     "The request's now \"{0}\" is not a time with an offset",
     "写成 2026-11-11T00:00:00+08:00 这样", "Write something like 2026-11-11T00:00:00+08:00"},
    {"request-bad-seed", "请求里的 seed“{0}”不是整数",
     "The request's seed \"{0}\" is not a whole number", "写不小于 0 的整数",
     "Write a whole number of at least 0"},
    {"image-damaged", "编译好的规则已损坏：{0}", "The compiled rules are damaged: {0}",
     "重新编译规则包", "Compile the pack again"},
    {"not-an-image", "“{0}”不是编译好的规则", "\"{0}\" is no image of compiled rules",
     "给出规则包的文件夹，或者 xiaoer compile 写出的文件",
     "Give the folder of a pack, or a file that `xiaoer compile` wrote"},
    {"image-foreign", "编译好的规则来自另一种机器（字节顺序不同）",
     "The image was made on another kind of machine (another byte order)",
     "在这台机器上用 xiaoer compile 重新编译规则包",
     "Compile the pack on this machine with `xiaoer compile`"},
    {"image-outdated", "编译好的规则出自 xiaoer {0}，这里是 {1}",
     "The image was made by xiaoer {0}; this is {1}", "用这个版本的 xiaoer compile 重新编译规则包",
     "Compile the pack again with the `xiaoer compile` of this release"},
    {"image-without-tests", "编译好的规则里没有测试", "An image holds no tests",
     "用规则包的文件夹做检查和测试", "Check and test the folder of the pack"},
};

}  // namespace

std::span<const CatalogueEntry> call_rows() { return kRows; }

}  // namespace xiaoer
