#pragma once
// Numbers in Chinese numerals and units, for numerals.cpp alone.

#include <cstdint>
#include <optional>
#include <span>

#include "base/decimal.hpp"

namespace xiaoer::text {

struct ChineseNumber {
  int64_t milli = 0;  // <= Decimal::kMax
  uint32_t end = 0;   // one past the last character
  uint32_t digits = 0;
  bool approximate = false;
};

// The character at `at`, 0 beyond the end.
inline char32_t char_at(std::span<const char32_t> chars, uint32_t at) {
  return at < chars.size() ? chars[at] : U'\0';
}

// 十 百 千 万 亿 and their formal forms as a factor; 0 for anything else.
int64_t unit_of(char32_t c);

// Whether 多 or 来 at `at` makes the number before it approximate: 两百多, 十来个, but neither
// 两百多少钱 nor 三百来一件.
bool is_about(std::span<const char32_t> chars, uint32_t at);

// Multiplies by the units at `end` (1.5万, 3千万) and moves `end` behind them. False: too large.
bool multiply_units(std::span<const char32_t> chars, int64_t& milli, uint32_t& end);

// Reads a number that begins at chars[at] with a Chinese numeral or with digits that a unit follows
// (3百, 12万3千). Nothing when there is none.
std::optional<ChineseNumber> read_chinese(std::span<const char32_t> chars, uint32_t at);

}  // namespace xiaoer::text
