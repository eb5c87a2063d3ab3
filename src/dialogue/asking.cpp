#include "dialogue/asking.hpp"

#include <algorithm>

#include "base/words.hpp"
#include "rules/facts.hpp"

namespace xiaoer::dialogue {
namespace {

using Words = std::string_view;

// Words that ask wherever they stand, and those that ask only where 您 or 要 stands beside them.
constexpr Words kInterrogatives[] = {"哪",   "什么", "多少", "是否",   "要不要",  "有没有",
                                     "还是", "怎么", "谁",   "能不能", "可不可以"};
constexpr Words kMeasures[] = {"几", "多大", "多高", "多重", "多长"};
constexpr Words kBuyer[] = {"您", "要", "需", "打算", "拍", "买"};
constexpr Words kCounted[] = {"几件", "几份", "几袋",   "几个",   "几包",   "几盒",   "几条",
                              "几双", "几瓶", "几箱",   "几套",   "几斤",   "几支",   "几罐",
                              "几样", "几只", "多少件", "多少份", "多少个", "多少袋", "数量"};
constexpr Words kData[] = {"地址",   "电话", "手机", "号码", "收件",
                           "收货人", "姓名", "单号", "信息", "联系方式"};
constexpr Words kRequests[] = {"发", "报", "给", "提供", "留", "说", "填", "补", "是多少", "什么"};
constexpr Words kOffers[] = {"需要", "要不要", "帮您",   "给您", "为您", "可以吗", "好吗",
                             "行吗", "好不好", "可以不", "行不", "要吗", "怎么样", "考虑"};
constexpr Words kChoices[] = {"哪", "什么颜色", "什么尺码", "多大", "多高", "多重", "还是", "哪款"};

constexpr Words kBody[] = {"身高", "体重", "脚长", "多高"};

// What asks the buyer to hand something over, and what says that it is not needed or there.
constexpr Words kHandOver[] = {"发来", "发我", "发一下", "发下", "发给", "发到", "发过来", "发这",
                               "报",   "提供", "留",     "告诉", "说",   "填",   "补",     "给我",
                               "写",   "拍",   "截",     "带上", "附",   "传",   "是多少"};
constexpr Words kNeedless[] = {"不用",   "不必", "无需", "不需要", "收到", "看到",
                               "对上了", "有了", "查到", "已经",   "能看"};
constexpr Words kMarks[] = {",", "，", "。", "；", ";", "?", "？", "!", "！", "~", "\n", " "};

// Takes the next clause off `rest`; `asked`: a question mark follows it.
Words take_clause(Words* rest, bool* asked) {
  size_t end = rest->size(), width = 0;
  for (const Words mark : kMarks) {
    const size_t found = rest->find(mark);
    if (found < end) end = found, width = mark.size();
  }
  const Words clause = rest->substr(0, end), mark = rest->substr(end, width);
  *asked = mark == "?" || mark == "？";
  rest->remove_prefix(end + width);
  return clause;
}

}  // namespace

uint32_t requested_by(Words text, const RequestWords& words) {
  uint32_t requested = 0;
  while (!text.empty()) {
    bool asked = false;
    const Words clause = take_clause(&text, &asked);
    if (clause.starts_with("我") || contains_any(clause, kNeedless)) continue;
    if (!contains_any(clause, kHandOver) && !is_question(clause, asked)) continue;
    const auto names = rules::requested_names();
    for (const auto& [kind, list] : words) {
      const auto at = std::find(names.begin(), names.end(), kind);
      if (at != names.end() && contains_any(clause, list)) requested |= 1u << (at - names.begin());
    }
  }
  return requested;
}

bool is_question(Words clause, bool marked) {
  if (marked || clause.ends_with("吗") || clause.ends_with("不")) return true;
  // 我找快递核实停在哪里哈 says what the shop will do.
  if (clause.starts_with("我") || !ends_with_any(clause, kSoftParticles)) return false;
  if (contains_any(clause, kInterrogatives)) return true;
  return contains_any(clause, kMeasures) && contains_any(clause, kBuyer);
}

uint8_t asked_by(Words clause, bool marked) {
  uint8_t asked = 0;
  if (contains_any(clause, kData) && contains_any(clause, kRequests)) asked |= kAskedData;
  // 要几件 asks without a particle, too.
  if (contains_any(clause, kCounted) && contains_any(clause, kBuyer)) asked |= kAskedQuantity;
  const bool question = is_question(clause, marked);
  if (contains_any(clause, kBody) && (question || contains_any(clause, kHandOver))) {
    asked |= kAskedMeasures;
  }
  if (!question) return asked;
  if (contains_any(clause, kOffers)) asked |= kAskedOffer;
  if (contains_any(clause, kChoices)) asked |= kAskedChoice;
  return asked;
}

std::string_view name_of_asked(uint8_t asked) {
  if (asked & kAskedQuantity) return "quantity";
  if (asked & kAskedData) return "data";
  if (asked & kAskedOffer) return "offer";
  if (asked & kAskedMeasures) return "measures";
  return asked & kAskedChoice ? "choice" : "";
}

}  // namespace xiaoer::dialogue
