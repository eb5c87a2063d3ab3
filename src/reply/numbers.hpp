#pragma once
// Numbers in outgoing texts: digits, and Chinese numerals that state an amount, count, duration or
// date (两天, 三百块, 周五; not 一下, 两款, 万一). Whoever says a number must have it from a fact
// or the buyer.

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/span.hpp"
#include "reply/draft.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::reply {

// Finds the next number at or after `at`, as characters. Empty: there is none.
// List markers ("1、"), ordinals of steps (第二步) and idioms (一分钱一分货) are none.
Span next_number(const text::Text& text, uint32_t at);

// The unit that begins at `at`, in one name for its spellings: "元" for 块钱, "小时" for 个钟头;
// empty: none.
std::string_view unit_at(const text::Text& text, uint32_t at);
// Where that unit ends; `at`: there is none.
uint32_t unit_end(const text::Text& text, uint32_t at);

// Whether a number counted in `unit` may be followed by the unit `found` (empty: none).
bool unit_agrees(std::string_view unit, std::string_view found);

// 七天无理由: a number that a claim vouches for (claims.hpp).
bool claim_vouches(const text::Text& text, Span number);

// Refuses a number that no slot holds ("unsupported-number"; 七天无理由 is left to the claims), and
// a slot whose number is followed by the unit of something else ("unit-mismatch": {{发货时限}}天).
bool check_numbers(const Views& views, const Draft& draft, Refusal* refusal);

}  // namespace xiaoer::reply
