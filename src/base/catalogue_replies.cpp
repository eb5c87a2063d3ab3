// Replies, techniques and policy.

#include "base/catalogue_rows.hpp"

namespace xiaoer {
namespace {

constexpr CatalogueEntry kRows[] = {
    {"template-unclosed", "“{{”没有关上", "\"{{\" is not closed", "补上 }}", "Add }}"},
    {"template-stray-brace", "这里不该有“{0}”", "\"{0}\" cannot stand here",
     "变量写成 {{价格}}；要写大括号本身，在前面加 \\",
     "Variables are written {{价格}}; to write a brace itself, put \\ before it"},
    {"template-bad-variable", "变量名“{0}”不对", "\"{0}\" is not the name of a variable",
     "写成 {{价格}} 或 {{昵称|亲}} 这样", "Write something like {{价格}} or {{昵称|亲}}"},
    {"template-bad-escape", "\\ 后面只能跟 { } | \\", "After \\ only { } | \\ can stand",
     "删去 \\，或写两个", "Remove the \\, or write two"},
    {"template-too-long", "话术太长，最多 {0} 字节",
     "The reply is too long; {0} bytes are the limit", "写短一些，或拆成几条",
     "Write less, or split it"},
    {"template-unit-mismatch", "“{0}”按 {1} 计，后面却写了“{2}”",
     "\"{0}\" is counted in {1}, yet \"{2}\" follows", "改成 {1}，或换一个变量",
     "Write {1}, or use another variable"},
    {"variant-never-sent", "写着“{0}”的话术永远发不出去", "A reply that says \"{0}\" is never sent",
     "数字要用变量，例如 {{价格}}，或换一种说法",
     "Use a variable for the number, such as {{价格}}, or reword"},
    {"unknown-variable", "没有东西能填“{0}”", "Nothing supplies \"{0}\"",
     "{1}变量要是事实、实体种类，或本意图句式里的角色",
     "{2}A variable is a fact, a kind of entity, or a role in the patterns of the intent"},
    {"bargain-in-pattern", "句式的 when 里不能有 bargain",
     "The when of a pattern cannot hold bargain",
     "写到回复的 when 里：句式认出意思之后，才知道怎么议价",
     "Put it into the when of a reply: what bargaining comes to is known only once the message is "
     "understood"},
    {"secret-variable", "“{0}”是内部数字，不能告诉买家",
     "\"{0}\" is for the shop only and must not be told", "可以用在 when 里，不能写进话术",
     "Use it in when, not in a reply"},
    {"literal-claim", "话术里直接写了“{0}”", "The reply states \"{0}\" by itself",
     "金额、时间、库存和比例都要用变量，例如 {{价格}}，这样才不会说错",
     "Amounts, times, stock and shares must come from facts, such as {{价格}}"},
    {"claim-without-fact", "说“{0}”，却没有用到事实 {1}",
     "The reply says \"{0}\" without the fact {1}",
     "在 when 的 has 里要求 {1}，或在话术里用这个变量，或换一种说法",
     "Require {1} under has in when, or use it in the reply, or say it differently"},
    {"promise-in-reply", "“{0}”是承诺，不能写进话术",
     "\"{0}\" is a promise, which no reply may make", "改成会去做的事，例如“这边马上帮您核实”",
     "Say what you will do instead, such as checking it at once"},
    {"compliance-violation", "“{0}”违反合规规则 {1}", "\"{0}\" breaks the compliance rule {1}",
     "{2}", "{2}"},
    {"tone", "语气太硬：“{0}”", "The tone is harsh: \"{0}\"", "去掉感叹号和反问，换成平和的说法",
     "Use no exclamation marks and no rhetorical questions"},
    {"too-many-emoticons", "一条话术里有 {0} 个表情，最多 {1} 个",
     "A reply has {0} emoticons; {1} are the limit", "留一两个就好", "Keep one or two"},
    {"sentence-too-long", "一句话有 {0} 个字，最多 {1} 个",
     "A sentence has {0} characters; {1} are the limit", "断成几句，或者写短一些",
     "Break it up, or write less"},
    {"impatient-wording", "“{0}”听起来不耐烦", "\"{0}\" sounds impatient",
     "换成愿意帮忙的说法，例如“我再跟您说一遍”", "Reword it so that it offers help"},
    {"address-outside-convention", "称呼“{0}”的写法不合约定，店铺改口吻时换不掉它",
     "The address \"{0}\" is not written in the agreed way, so the shop's voice cannot change it",
     "只在开头写 {{昵称|亲}}, 别处不写称呼",
     "Write {{昵称|亲}}, at the very start, and no address elsewhere"},
    {"unreached-reply", "话术“{0}”永远轮不到：{1}", "The reply \"{0}\" is never reached: {2}",
     "给它加上 when，换个位置，或者删去它", "Give it a condition, move it, or remove it"},
    {"unknown-reply", "没有叫“{0}”的话术", "There is no reply \"{0}\"",
     "{1}检查话术的 id；促成技巧的话术不能当回复用",
     "{2}Check the id; wordings of techniques cannot be used as replies"},
    {"unused-reply", "话术“{0}”没有被任何意图用到", "No intent uses the reply \"{0}\"",
     "在意图的 replies 里写上它的 id，或删去它",
     "Name it in the replies of an intent, or remove it"},
    {"no-unconditional-reply", "意图“{0}”没有一条任何时候都能发的话术",
     "The intent \"{0}\" has no reply that can always be sent",
     "加一条没有 when、变量都带后备文字的话术；转人工的意图也可以在 settings 的 holding 里写",
     "Add a reply without when whose variables all have fallbacks; for handoff intents one under "
     "holding in settings will do"},
    {"policy-too-loose", "{0} 类异议的 policy 至少要是 {1}",
     "For the objection {0} the policy must be at least {1}", "把 policy 改成 {1} 或更严",
     "Set policy to {1} or stricter"},
    {"policy-loosened", "policy 从 {1} 放宽成了 {0}", "The policy was loosened from {1} to {0}",
     "下层规则包只能收紧，请改回 {1} 或更严",
     "A pack may only tighten what it extends: use {1} or stricter"},
};

}  // namespace

std::span<const CatalogueEntry> reply_rows() { return kRows; }

}  // namespace xiaoer
