#include "text/numerals.hpp"

#include "base/ascii.hpp"
#include "text/chinese_numerals.hpp"

namespace xiaoer::text {
namespace {

using Chars = std::span<const char32_t>;

constexpr uint32_t kMostDigits = 32;       // of a plain digit string, e.g. an order number
constexpr uint32_t kMostSignificant = 15;  // digits before the point that can still be a value
constexpr int64_t kMaxUnits = Decimal::kMax / 1000;

struct Digits {
  int64_t units = 0;
  uint32_t end = 0;
  uint32_t count = 0;  // of 0-9
  bool commas = false;
  bool too_large = false;
};

void take_digit(Digits& digits, char32_t c) {
  ++digits.count;
  const int64_t next = digits.units * 10 + static_cast<int64_t>(c - U'0');
  digits.too_large = digits.too_large || next > kMaxUnits;
  if (!digits.too_large) digits.units = next;
}

// True if exactly three digits follow the comma at `at`.
bool is_group(Chars chars, uint32_t at) {
  for (uint32_t i = 1; i <= 3; ++i) {
    if (!ascii::is_digit(char_at(chars, at + i))) return false;
  }
  return char_at(chars, at) == U',' && !ascii::is_digit(char_at(chars, at + 4));
}

// 1299 or 1,299. A comma groups only where groups are right from the first: "1,2" and "1000,200"
// are lists.
Digits read_digits(Chars chars, uint32_t at) {
  Digits digits;
  digits.end = at;
  while (ascii::is_digit(char_at(chars, digits.end)) && digits.count < kMostDigits) {
    take_digit(digits, chars[digits.end++]);
  }
  if (digits.count > 3 || chars[at] == U'0') return digits;
  while (is_group(chars, digits.end) && digits.count + 3 <= kMostSignificant) {
    for (uint32_t i = 1; i <= 3; ++i) take_digit(digits, chars[digits.end + i]);
    digits.end += 4;
    digits.commas = true;
  }
  return digits;
}

// The point at `at` with decimals behind it. Not in versions, dates and addresses: 1.2.3.
struct Fraction {
  int64_t milli = 0;
  uint32_t end = 0;
  bool too_fine = false;  // more than thousandths
};

std::optional<Fraction> read_fraction(Chars chars, uint32_t at) {
  if (char_at(chars, at) != U'.' || !ascii::is_digit(char_at(chars, at + 1))) return std::nullopt;
  Fraction fraction;
  int64_t unit = 100;
  for (fraction.end = at + 1; ascii::is_digit(char_at(chars, fraction.end)); ++fraction.end) {
    const auto digit = static_cast<int64_t>(chars[fraction.end] - U'0');
    fraction.too_fine = fraction.too_fine || (unit == 0 && digit != 0);
    fraction.milli += digit * unit;
    unit /= 10;
  }
  const bool more =
      char_at(chars, fraction.end) == U'.' && ascii::is_digit(char_at(chars, fraction.end + 1));
  if (more) return std::nullopt;
  return fraction;
}

// Factor of a Latin unit at `at`: 2w, 1.5k; 1 if there is none. 2kg and k60 are words.
int64_t latin_unit(Chars chars, uint32_t at) {
  const char32_t after = char_at(chars, at + 1);
  if (ascii::is_lower(after) || ascii::is_digit(after)) return 1;
  if (char_at(chars, at) == U'w') return 10'000;
  if (char_at(chars, at) == U'k') return 1000;
  return 1;
}

bool multiply(int64_t& milli, int64_t factor) {
  if (milli > Decimal::kMax / factor) return false;
  milli *= factor;
  return true;
}

// 100多, 20来个 and with a unit to follow 10多万. Only after a round number: 3多 means nothing.
bool take_about(Chars chars, int64_t& milli, Number& number, uint32_t& end) {
  if (milli == 0 || milli % 10'000 != 0 || !is_about(chars, end)) return true;
  number.approximate = true;
  number.chinese = true;
  number.plain_digits = false;
  ++end;
  return multiply_units(chars, milli, end);
}

// Digits without Chinese units, or with decimals and units behind them: 12, 1,299.5, 2w, 1.5万.
std::optional<Number> read_western(Chars chars, uint32_t at, const Digits& digits) {
  const std::optional<Fraction> fraction = read_fraction(chars, digits.end);
  if (fraction && fraction->too_fine) return std::nullopt;
  Number number;
  number.digits = digits.count;
  uint32_t end = digits.end;
  int64_t milli = digits.units * 1000;
  if (fraction) {
    milli += fraction->milli;
    number.digits += fraction->end - end - 1;
    end = fraction->end;
  }
  const int64_t factor = latin_unit(chars, end);
  const bool has_unit = unit_of(char_at(chars, end)) != 0;
  number.chinese = has_unit;
  number.plain_digits = !fraction && !digits.commas && factor == 1 && !has_unit;
  bool fits = !digits.too_large && multiply(milli, factor);
  if (factor != 1) ++end;
  fits = fits && multiply_units(chars, milli, end) && take_about(chars, milli, number, end);
  if (!fits || milli > Decimal::kMax) {
    if (!number.plain_digits) return std::nullopt;
    milli = 0;
  }
  number.value = Decimal{milli};
  number.length = end - at;
  return number;
}

// False for a run of digits that is longer than any that is read, also from within it.
bool is_bounded(Chars chars, uint32_t at) {
  uint32_t begin = at;
  while (begin > 0 && at - begin <= kMostDigits && ascii::is_digit(chars[begin - 1])) --begin;
  uint32_t end = at;
  while (end - begin <= kMostDigits && ascii::is_digit(char_at(chars, end))) ++end;
  return end - begin <= kMostDigits;
}

}  // namespace

std::optional<Number> read_number(Chars chars, uint32_t at) {
  if (at >= chars.size()) return std::nullopt;
  if (ascii::is_digit(chars[at])) {
    if (!is_bounded(chars, at)) return std::nullopt;
    const Digits digits = read_digits(chars, at);
    const bool counted = unit_of(char_at(chars, digits.end)) != 0 && !digits.commas;
    if (!counted) return read_western(chars, at, digits);
  }
  const std::optional<ChineseNumber> read = read_chinese(chars, at);
  if (!read) return std::nullopt;
  Number number;
  number.value = Decimal{read->milli};
  number.length = read->end - at;
  number.chinese = true;
  number.digits = read->digits;
  number.approximate = read->approximate;
  return number;
}

}  // namespace xiaoer::text
