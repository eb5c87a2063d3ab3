#pragma once
// What a figure in a text is said of: one reading for amounts, times, counts and measures. Every
// cue word of the figure's clause pulls it towards a role; the pull fades with the distance, and
// the strongest decides (role_cues.hpp has the words).

#include <cstdint>
#include <span>
#include <string_view>

#include "reply/figures.hpp"

namespace xiaoer::reply {

enum class Role : uint8_t {
  // Of amounts.
  kPrice,  // of the item: what no word claims
  kListPrice,
  kFee,
  kThreshold,
  kCoupon,
  kReduction,
  kSaving,
  kGap,
  kTotal,
  kRefund,  // also its time
  kDeposit,
  kBalance,
  kCompensation,
  // Of times, counts and measures.
  kNone,  // what no word claims
  kShipping,
  kArrival,
  kReturn,
  kShelfLife,
  kWarranty,
  kPromotion,  // its end
  kStart,
  kCampaign,  // its end or start
  kHours,
  kCutoff,
  kPaid,
  kSigned,
  kStock,
  kSales,
  kContents,
  kTrait,    // what the goods are or can do: 续航8小时
  kUse,      // how the buyer uses them: 95度水泡30秒
  kBuyer,    // his own measures: 身高165
  kFitting,  // what might fit him: 您110斤的话
};
inline constexpr size_t kRoles = static_cast<size_t>(Role::kFitting) + 1;
std::string_view name_of(Role role);  // "item-price", "fee", ...

bool is_amount(Measure measure);  // 元, and numbers without a unit
bool is_time(Measure measure);    // lengths and points of time

struct Said {
  Role role = Role::kPrice;
  uint64_t plausible = 0;      // a bit each: roles pulled about as strongly
  bool continues_fee = false;  // no words claim it, and the amount before is a fee

  bool may_be(Role other) const { return (plausible >> static_cast<size_t>(other) & 1) != 0; }
};

// What figures[index] is said of.
Said read_role(const text::Text& text, std::span<const Figure> figures, size_t index);

// Whether the clause around a figure declines it, or asks whether the buyer means it.
bool declines_or_quotes(const text::Text& text, Span figure);

}  // namespace xiaoer::reply
