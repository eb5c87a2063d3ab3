#pragma once
// What an amount or a time in a text is said of, told by the words around it.

#include <cstdint>
#include <span>
#include <string_view>

#include "reply/figures.hpp"

namespace xiaoer::reply {

enum class AmountRole : uint8_t {
  kPrice,  // of the item: what no other word claims
  kListPrice,
  kFee,
  kThreshold,
  kCoupon,
  kReduction,
  kSaving,
  kGap,
  kTotal,
  kRefund,
  kDeposit,
  kBalance,
  kCompensation,
};
std::string_view name_of(AmountRole role);  // "item-price", "fee", ...

// The role of figures[index], an amount.
AmountRole role_of(const text::Text& text, std::span<const Figure> figures, size_t index);

// What times, counts and measures are said of.
enum class Topic : uint8_t {
  kNone,
  kShipping,
  kArrival,
  kReturn,
  kRefund,
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
  kHandling,  // how the buyer does something: 长按10秒
  kBuyer,     // the buyer's own measures: 您110斤
};
std::string_view name_of(Topic topic);
Topic topic_of(const text::Text& text, const Figure& figure);

// Whether the clause around a figure declines it, or asks whether the buyer means it.
bool declines_or_quotes(const text::Text& text, Span figure);

}  // namespace xiaoer::reply
