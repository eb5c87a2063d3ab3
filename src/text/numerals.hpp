#pragma once
// Numbers as buyers write them: 12, 1,299.5, 三百二 (320), 两万五 (25000), 一百五十, 俩 (2), 半
// (0.5), 3万, 2w, 1.5k, 3万5 (35000), 三点五 (3.5), 一二三 (123), 十来个 (10), 两百多. ICU's
// spell-out reads 三百二 as 302 and cannot read 俩 or 半, hence our own.
//
// Characters are read, not words: 一下 begins with a 1 and 十分 with a 10, and the caller looks at
// what follows. Only what would change the number is weighed:
// - Estimates: 三四天, 两三个, 三四百 are the smaller number, approximate; so are 十几, a 10, and
//   一百几十, a 100. 几 alone has no value, so 几十 is no number, nor is its 十.
// - 多 and 来 belong to the number after a unit or a round number (两百多), unless to the next word
//   (两百多少).
// - Short forms: 三百五 is 350, but before a word that counts pieces it is not: 三百一件 is 300.
// - 点: decimals only before a numeral, not in times (三点五十, 三点五分) and 便宜一点五件.
// - w and k: not before a Latin letter or a digit (2kg, 5k3).
// - 零: a number only where it counts something or a point follows, not in 零食.
// - No number: decimals finer than thousandths; 1.2.3 is a 1.

#include <cstdint>
#include <optional>
#include <span>

#include "base/decimal.hpp"

namespace xiaoer::text {

struct Number {
  Decimal value;
  uint32_t length = 0;        // normalised characters consumed
  bool chinese = false;       // written with Chinese numerals (at least in part)
  bool plain_digits = false;  // only 0-9, no point, comma or unit
  uint32_t digits = 0;        // count of 0-9 characters
  bool approximate = false;   // 多, 来, 几 follow or stand inside: 两百多, 十几
};

// Reads the longest number that begins at chars[at] (normalised characters, see normaliser.hpp).
// Nothing when none begins there. Values over Decimal::kMax give nothing, but plain digit strings
// of any length up to 32 are consumed with value 0 and plain_digits set (order numbers). Allocates
// nothing.
std::optional<Number> read_number(std::span<const char32_t> chars, uint32_t at);

}  // namespace xiaoer::text
