#pragma once
// Exact decimals for money and quantities: a count of thousandths. Binary floating point would turn
// 39.9 into 39.899999 and let a price guard be argued with.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace xiaoer {

struct Decimal {
  int64_t milli = 0;  // thousandths; |milli| <= kMax

  static constexpr int64_t kMax = 1'000'000'000'000'000;  // 10^12 units

  static constexpr Decimal of(int64_t units) { return Decimal{units * 1000}; }
  // Reads JSON number syntax ("39.9", "-4", "1e3"). Digits beyond the third decimal must be zero.
  // Returns nothing for other text or values outside kMax.
  static std::optional<Decimal> parse(std::string_view text);
  // Appends the shortest plain form: "39.9", "36", "-0.5". Allocates only if `out` must grow.
  void append_to(std::string& out) const;
  std::string to_string() const;
  bool is_integer() const { return milli % 1000 == 0; }

  friend constexpr auto operator<=>(Decimal, Decimal) = default;
  friend constexpr Decimal operator+(Decimal a, Decimal b) { return Decimal{a.milli + b.milli}; }
  friend constexpr Decimal operator-(Decimal a, Decimal b) { return Decimal{a.milli - b.milli}; }
};

}  // namespace xiaoer
