#pragma once
// Claims about the shop, its goods and the order ("现货", "今天发货", "已发货"), each with what
// bears it out among the facts.

#include <cstddef>
#include <span>

#include "reply/claim.hpp"

namespace xiaoer::reply {

inline constexpr size_t kStatedClaims = 26;
std::span<const Claim, kStatedClaims> stated_claims();

// Whether stock is low enough to say so; whether the promotion is running now. Shared with the
// techniques.
bool stock_is_scarce(const Facts& facts);
bool promotion_runs(const Situation& situation);
// Whether a promotion yet to come is announced at a lower price, so that none may be pressed to buy
// before this one ends.
bool lower_price_is_announced(const Situation& situation);
// True when `now` is known to be past the promotion's end: nothing of it may be said any more.
bool promotion_is_over(const Situation& situation);

}  // namespace xiaoer::reply
