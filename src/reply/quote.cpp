#include "reply/quote.hpp"

#include <string_view>

namespace xiaoer::reply {
namespace {

constexpr std::string_view kAgreeing[] = {
    "可以",   "没问题", "成交",   "同意",   "答应",   "好的",   "行的", "就按", "按这个",
    "给您改", "帮您改", "给您算", "给您按", "按您说", "安排上", "一定", "保证", "没关系"};
constexpr std::string_view kDenying[] = {"不", "没", "没法", "无法", "难以", "没办法", "不能"};
constexpr std::string_view kAskingAfter[] = {"吗", "么", "嘛", "不", "？", "?"};
constexpr std::string_view kDeclining[] = {"不", "没", "无法", "抱歉", "对不起", "难",  "低了",
                                           "吗", "？", "?",    "呢",   "暂",     "为难"};

// Whether the agreeing word at `at` is denied just before, or asked about just after.
bool taken_back(std::string_view text, size_t at, size_t size) {
  for (const std::string_view word : kDenying) {
    if (text.substr(0, at).ends_with(word)) return true;
  }
  for (const std::string_view word : kAskingAfter) {
    if (text.substr(at + size).starts_with(word)) return true;
  }
  return false;
}

}  // namespace

bool agrees(std::string_view text) {
  for (const std::string_view word : kAgreeing) {
    for (size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
      if (!taken_back(text, at, word.size())) return true;
    }
  }
  return false;
}

bool declines_or_asks(std::string_view text) {
  for (const std::string_view word : kDeclining) {
    if (text.find(word) != text.npos) return true;
  }
  return false;
}

bool check_quotes(const Work& work, uint32_t position, Refusal* refusal) {
  const Draft& draft = work.impl.draft;
  const FactValue& price = work.situation.facts->get(known_facts().price);
  for (const Slot& slot : draft.slots) {
    const bool amount = slot.quoted == rules::kMoney;
    if (!amount && slot.quoted != rules::kDate) continue;
    const bool price_intent =
        position != kNoIntent && (work.intent(position).traits & kPriceTrait) != 0;
    const bool full_price = amount && price.present && slot.number >= price.number;
    const bool careful = !agrees(draft.text) && declines_or_asks(draft.text);
    if ((!amount || price_intent) && (full_price || careful)) continue;
    return refusal->set("unauthorised-quote", work.views.text(slot.piece->text));
  }
  return true;
}

}  // namespace xiaoer::reply
