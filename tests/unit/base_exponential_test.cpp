// Against the library's, in double.

#include <gtest/gtest.h>

#include <cmath>

#include "base/exponential.hpp"

namespace xiaoer {
namespace {

TEST(Exponential, IsRightToAFewMillionths) {
  for (float x = -kLargestExponent; x <= kLargestExponent; x += 0.00390625f) {
    const double right = std::exp(static_cast<double>(x));
    // A float of 80 has six digits behind the point: that alone moves e^x by some millionths.
    ASSERT_NEAR(exponential(x) / right, 1, 1e-5) << x;
  }
}

TEST(Exponential, IsExactAtNought) { EXPECT_EQ(exponential(0), 1.0f); }

TEST(Exponential, StaysWithinBounds) {
  EXPECT_EQ(bounded_exponential(1e9f), exponential(kLargestExponent));
  EXPECT_EQ(bounded_exponential(-1e9f), exponential(-kLargestExponent));
  EXPECT_GT(bounded_exponential(-1e9f), 0.0f);
}

}  // namespace
}  // namespace xiaoer
