#include "base/decimal.hpp"

#include <array>
#include <charconv>

#include "base/ascii.hpp"

namespace xiaoer {
namespace {

constexpr int kMaxSignificant = 16;          // digits of Decimal::kMax
constexpr int64_t kExponentLimit = 1 << 30;  // larger exponents behave alike: zero or refused

// Significant digits of a number as they are read. Zeros are held back until a digit follows them,
// so that leading and trailing zeros never count and any length of text is read in fixed space.
class Mantissa {
 public:
  // False: more significant digits than any Decimal has.
  bool add(char c) {
    ++position_;
    if (c == '0') return true;
    const int64_t gap = digits_ == 0 ? 0 : position_ - last_nonzero_ - 1;
    if (digits_ + gap + 1 > kMaxSignificant) return false;
    for (int64_t i = 0; i < gap; ++i) value_ *= 10;
    value_ = value_ * 10 + (c - '0');
    digits_ += gap + 1;
    last_nonzero_ = position_;
    return true;
  }
  void point() { point_ = position_; }
  // The value times 1000 if it is a whole number within the limits.
  std::optional<int64_t> milli(int64_t exponent) const {
    if (value_ == 0) return 0;
    const int64_t before_point = point_ < 0 ? position_ : point_;
    int64_t shift = before_point - last_nonzero_ + exponent + 3;
    if (shift < 0 || digits_ + shift > kMaxSignificant) return std::nullopt;
    int64_t result = value_;
    for (; shift > 0; --shift) result *= 10;
    if (result > Decimal::kMax) return std::nullopt;
    return result;
  }

 private:
  int64_t value_ = 0;         // digits from the first to the last that is not zero
  int64_t digits_ = 0;        // how many those are
  int64_t position_ = 0;      // digits read
  int64_t last_nonzero_ = 0;  // position_ after the last digit that is not zero
  int64_t point_ = -1;        // position_ at the decimal point
};

// Reads "e+10"; `at` stands on 'e'. Nothing if digits are missing.
std::optional<int64_t> read_exponent(std::string_view text, size_t& at) {
  ++at;
  bool negative = false;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
  if (at == text.size() || !ascii::is_digit(text[at])) return std::nullopt;
  int64_t value = 0;
  for (; at < text.size() && ascii::is_digit(text[at]); ++at) {
    if (value < kExponentLimit) value = value * 10 + (text[at] - '0');
  }
  return negative ? -value : value;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) ++at;
  if (at == text.size() || !ascii::is_digit(text[at])) return std::nullopt;
  if (text[at] == '0' && at + 1 < text.size() && ascii::is_digit(text[at + 1])) return std::nullopt;
  Mantissa mantissa;
  for (; at < text.size() && ascii::is_digit(text[at]); ++at) {
    if (!mantissa.add(text[at])) return std::nullopt;
  }
  if (at < text.size() && text[at] == '.') {
    mantissa.point();
    const size_t first = ++at;
    for (; at < text.size() && ascii::is_digit(text[at]); ++at) {
      if (!mantissa.add(text[at])) return std::nullopt;
    }
    if (at == first) return std::nullopt;
  }
  int64_t exponent = 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::optional<int64_t> read = read_exponent(text, at);
    if (!read) return std::nullopt;
    exponent = *read;
  }
  if (at != text.size()) return std::nullopt;
  const std::optional<int64_t> milli = mantissa.milli(exponent);
  if (!milli) return std::nullopt;
  return Decimal{negative ? -*milli : *milli};
}

void Decimal::append_to(std::string& out) const {
  // Unsigned arithmetic: the magnitude of any int64_t fits, even of one outside the promised range.
  uint64_t magnitude = static_cast<uint64_t>(milli);
  if (milli < 0) {
    out.push_back('-');
    magnitude = 0 - magnitude;
  }
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), magnitude / 1000);
  out.append(digits.data(), end.ptr);
  uint64_t fraction = magnitude % 1000;
  if (fraction == 0) return;
  out.push_back('.');
  for (uint64_t unit = 100; fraction != 0; unit /= 10) {
    out.push_back(static_cast<char>('0' + fraction / unit));
    fraction %= unit;
  }
}

std::string Decimal::to_string() const {
  std::string out;
  append_to(out);
  return out;
}

}  // namespace xiaoer
