#pragma once
// Figures in a text whose author is not known: every number that next_number() finds, and Chinese
// numerals that only the words beside them make an amount (两千五给您), with what they count.

#include <cstdint>
#include <vector>

#include "base/decimal.hpp"
#include "base/span.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::reply {

enum class Measure : uint8_t {
  kBare,    // no unit: an amount, or a part of a name
  kMoney,   // yuan
  kTenths,  // 折: 8, 8.5, 85
  kPercent,
  kSeconds,
  kMinutes,
  kHours,
  kDays,
  kWorkdays,
  kWeeks,
  kMonths,
  kYears,
  kDate,     // value: month or 0, other: day or 0
  kWeekday,  // value: 1 Monday .. 6
  kClock,    // value: minutes of the day, other: 1 where noon is not told from midnight
  kCount,    // things: 件, 盒, 个
  kNamed,    // any other unit: cm, g, 斤; compared by its characters
};

struct Figure {
  Span span;          // characters of number and unit
  Span unit;          // characters of the unit
  uint64_t unit_key;  // kNamed: equal for equal units
  Decimal value, other;
  Measure measure = Measure::kBare;
  bool approximate = false;  // 200多
};

// Appends to `out` (cleared first) in order. Names (E5, 第3页, 2026新款) and runs of seven and more
// digits are no figures: contacts.hpp looks at those.
void read_figures(const text::Text& text, std::vector<Figure>* out);

// Numbers of pieces that the text speaks of (两件, 3盒), each once and at least 2, at most
// kMaxCounts.
inline constexpr size_t kMaxCounts = 8;
void read_counts(const text::Text& text, std::vector<int64_t>* out);

// The count that ends just before `at` (两件 before 258元); 0: none.
int64_t count_before(const text::Text& text, uint32_t at);

}  // namespace xiaoer::reply
