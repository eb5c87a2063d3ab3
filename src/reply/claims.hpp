#pragma once
// Claims that a template's own words make without a number: "现货", "今天发货", "包邮", "最后一天".
// Which ones a variant makes is found when the pack loads; whether the facts bear them out, at each
// reply.

#include <cstdint>
#include <span>
#include <string_view>

#include "reply/draft.hpp"
#include "reply/replier.hpp"

namespace xiaoer::reply {

// Stands for a variable in the text that claims are looked for in.
inline constexpr char kSlotMark = '\x01';

// Bits (1 << claim) of what `sample` asserts: a template's text with kSlotMark for its variables.
// Questions and deferrals ("帮您查一下有没有现货") assert nothing.
uint32_t find_claims(std::string_view sample);

// Words that say one thing; "今天…发货": both in a clause, in order.
using Wordings = std::span<const std::string_view>;
// Bits (1 << group) of the groups of which a clause that neither asks nor defers has a word.
uint32_t find_asserted(std::string_view sample, std::span<const Wordings> groups);

// Refuses ("unsupported-claim", the claim's name) what the facts do not bear out.
bool check_claims(uint32_t claims, const Situation& situation, Refusal* refusal);

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
