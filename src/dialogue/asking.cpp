#include "dialogue/asking.hpp"

#include "base/words.hpp"

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

}  // namespace

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
  if (!is_question(clause, marked)) return asked;
  if (contains_any(clause, kOffers)) asked |= kAskedOffer;
  if (contains_any(clause, kChoices)) asked |= kAskedChoice;
  return asked;
}

std::string_view name_of_asked(uint8_t asked) {
  if (asked & kAskedQuantity) return "quantity";
  if (asked & kAskedData) return "data";
  if (asked & kAskedOffer) return "offer";
  return asked & kAskedChoice ? "choice" : "";
}

}  // namespace xiaoer::dialogue
