// Keys, values, facts and conditions.

#include "base/catalogue_rows.hpp"

namespace xiaoer {
namespace {

constexpr CatalogueEntry kRows[] = {
    {"unknown-key", "不认识的键“{0}”", "The key \"{0}\" is not known",
     "{1}可以用的键见 docs/pack-format.md", "{2}The keys are listed in docs/pack-format.md"},
    {"missing-key", "缺少“{0}”", "\"{0}\" is missing", "补上“{0}”", "Add \"{0}\""},
    {"conflicting-keys", "“{0}”和“{1}”不能一起写", "\"{0}\" and \"{1}\" cannot stand together",
     "只留一个", "Keep one of them"},
    {"wrong-type", "这里要写 {0}，现在是 {1}", "This must be of type {2}, not {3}", "改成 {0}",
     "Make it of type {2}"},
    {"bad-value", "这里不能写“{0}”", "\"{0}\" cannot stand here", "{1}可以写：{3}",
     "{2}One of: {3}"},
    {"out-of-range", "“{0}”不在 {1} 到 {2} 之间", "\"{0}\" is not between {1} and {2}",
     "写 {1} 到 {2} 之间的数", "Write a number from {1} to {2}"},
    {"bad-number", "“{0}”太大，或者小数超过三位",
     "\"{0}\" is too large or has more than three decimals", "最多写三位小数",
     "Write at most three decimals"},
    {"empty-text", "这里是空的，或者只有空白和看不见的字符",
     "This text is empty, or has only invisible characters", "写上内容，或删去这一项",
     "Write something, or remove the item"},
    {"empty-list", "“{0}”的列表是空的", "The list of \"{0}\" is empty", "至少写一项",
     "Write at least one item"},
    {"word-too-long", "这个词有 {0} 个字，最多 {1} 个",
     "This word has {0} characters; {1} are the limit", "词要短，句子请写成句式",
     "Words are short; write sentences as phrases"},
    {"bad-typo", "“{0}”不能列在 typos 里", "\"{0}\" cannot be listed under typos",
     "对的词写 1 到 7 个字，错的写法 2 到 7 个字，而且不能是 protect 里的词",
     "Right words have 1 to 7 characters, misspellings 2 to 7, and none may be a protected word"},
    {"bad-id", "“{0}”不能作 id", "\"{0}\" cannot be an id",
     "只用英文字母、数字、_、-，各段用点连接，例如 bargain.discount",
     "Use letters, digits, _ and -, in parts joined by dots, such as bargain.discount"},
    {"bad-name", "“{0}”不能作名字", "\"{0}\" cannot be a name",
     "名字里不能有空格和 | + ( ) [ ] < > {} 这些符号",
     "Names hold no white space and none of | + ( ) [ ] < > {}"},
    {"duplicate-id", "“{0}”已经有了，在 {1} 第 {2} 行", "\"{0}\" exists already, in {1} line {2}",
     "换一个名字，或把两处合并", "Choose another name, or join the two"},
    {"repeated-value", "“{0}”列了两次", "\"{0}\" is listed twice", "删去一个",
     "Remove one of them"},
    {"append-without-base", "“{0}”要接在原有的内容后面，可是原来没有这一项",
     "\"{0}\" adds to something that does not exist", "检查名字有没有写错；新写的不带加号",
     "Check the name; new entries are written without the plus sign"},
    {"nothing-to-change", "要停用的“{0}”不存在", "\"{0}\", which is to be disabled, does not exist",
     "检查 id 有没有写错", "Check the id"},
    {"bad-address", "“{0}”不能作称呼", "\"{0}\" cannot be a form of address",
     "写一个词，最多 12 个字，不带标点、数字和空格；不要称呼就写 \"\"",
     "Write one word of at most 12 characters without signs, digits and blanks, or \"\" for none"},
    {"settings-order", "“{0}”比“{1}”还大", "\"{0}\" is greater than \"{1}\"", "让“{0}”不大于“{1}”",
     "Make \"{0}\" at most \"{1}\""},
    {"unknown-fact", "没有叫“{0}”的事实", "There is no fact \"{0}\"",
     "{1}事实的名字见 rules/facts.schema.json，新的要先写在 facts 里",
     "{2}The facts are listed in rules/facts.schema.json; new ones are declared under facts"},
    {"bad-fact-path", "“{0}”不能作事实的路径", "\"{0}\" cannot be the path of a fact",
     "写成 product.size_chart 这样：小写英文、数字、下划线，至少两段",
     "Write something like product.size_chart: lower-case letters, digits and underscores in at "
     "least two parts"},
    {"duplicate-fact", "事实“{0}”（{1}）已经有了", "The fact \"{0}\" ({1}) exists already",
     "换一个名字和路径，或直接用原有的事实",
     "Choose another name and path, or use the existing fact"},
    {"bad-comparison", "这个事实不能这样比较", "This fact cannot be compared in this way",
     "大小只能比较数字和时间；另一边要是同类的值，或写 {\"fact\": \"事实名\"}",
     "Only numbers and times have a size; the other side must be a value of the same kind or "
     "{\"fact\": \"name\"}"},
    {"bad-hours", "“{0}”不是时段", "\"{0}\" is not a span of hours", "写成 09:00-18:00 这样",
     "Write something like 09:00-18:00"},
    {"bad-time", "“{0}”不是带时区的时间", "\"{0}\" is not a time with an offset",
     "写成 2026-11-11T00:00:00+08:00 这样", "Write something like 2026-11-11T00:00:00+08:00"},
    {"impossible-condition", "这个条件永远不会成立：{0}", "This condition can never hold: {1}",
     "改条件，或删去这条话术", "Change the condition, or remove the reply"},
};

}  // namespace

std::span<const CatalogueEntry> structure_rows() { return kRows; }

}  // namespace xiaoer
