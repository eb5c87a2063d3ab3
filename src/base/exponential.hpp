#pragma once
// e^x for floats, the same digits wherever a build runs: the C library picks the variant of its own
// by processor, and they differ in the last digit. Without a branch, so that compilers take several
// at once.

#include <algorithm>
#include <bit>
#include <cstdint>

namespace xiaoer {

// Of an x of at most kLargestExponent either way; right to the last few of a float's digits. The
// nearest whole power of two, and a polynomial for what is left.
inline constexpr float kLargestExponent = 80;
inline float exponential(float x) {
  constexpr float kWholes = 12582912;  // 3 << 22: beside it a float has no room for a fraction
  constexpr uint32_t kExponent = 23;   // place of a float's exponent
  const float power = x * 1.44269504f;
  const float rounded = power + kWholes;
  const float rest = power - (rounded - kWholes);
  const float high = 9.6181291e-3f + rest * (1.3333558e-3f + rest * 1.5403530e-4f);
  const float fraction =
      1 + rest * (0.69314718f + rest * (0.24022651f + rest * (5.5504109e-2f + rest * high)));
  return std::bit_cast<float>(std::bit_cast<uint32_t>(fraction) +
                              (std::bit_cast<uint32_t>(rounded) << kExponent));
}

// Of any x, as far as exponential() reaches.
inline float bounded_exponential(float x) {
  return exponential(std::clamp(x, -kLargestExponent, kLargestExponent));
}

}  // namespace xiaoer
