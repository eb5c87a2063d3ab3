#include <gtest/gtest.h>

#include <limits>

#include "base/decimal.hpp"

namespace xiaoer {
namespace {

struct Case {
  const char* text;
  int64_t milli;
};

TEST(Decimal, ParsesNumbers) {
  const Case cases[] = {
      {"0", 0},
      {"-0", 0},
      {"0.0", 0},
      {"36", 36000},
      {"39.9", 39900},
      {"39.90", 39900},
      {"39.900000000000000000000000000000", 39900},
      {"-4", -4000},
      {"-0.5", -500},
      {"0.001", 1},
      {"0.125", 125},
      {"1e3", 1000000},
      {"1E3", 1000000},
      {"1e+3", 1000000},
      {"1.5e2", 150000},
      {"12345e-2", 123450},
      {"1000e-6", 1},
      {"10.01", 10010},
      {"1000000000000000000000000e-24", 1000},
      {"0e999999999999999999999", 0},
      {"0e-999999999999999999999", 0},
      {"0.000000000000000000000000001e27", 1000},
      {"1000000000000", Decimal::kMax},
      {"-1000000000000", -Decimal::kMax},
      {"1e12", Decimal::kMax},
      {"999999999999.999", 999999999999999},
  };
  for (const Case& c : cases) {
    const auto value = Decimal::parse(c.text);
    ASSERT_TRUE(value) << c.text;
    EXPECT_EQ(value->milli, c.milli) << c.text;
  }
}

TEST(Decimal, RefusesOtherText) {
  const char* cases[] = {"",
                         "-",
                         "+1",
                         "01",
                         "-01",
                         ".5",
                         "1.",
                         "1.e2",
                         "1e",
                         "1e+",
                         "abc",
                         "1a",
                         "1 ",
                         " 1",
                         "1,000",
                         "--1",
                         "0x10",
                         "NaN",
                         "Infinity",
                         "1.2.3",
                         "1e2e3",
                         "1e2.5",
                         "-.5",
                         "00",
                         "0.0001",
                         "1.0005",
                         "1e-4",
                         "1e13",
                         "1000000000000.001",
                         "1000000000001",
                         "1e99999999999999999999",
                         "1e-99999999999999999999",
                         "12345678901234567890",
                         "0.12345678901234567890"};
  for (const char* text : cases) EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Decimal, IgnoresBytesBeyondTheView) {
  const std::string text = "12345";
  const auto value = Decimal::parse(std::string_view(text).substr(0, 2));
  ASSERT_TRUE(value);
  EXPECT_EQ(value->milli, 12000);
  EXPECT_FALSE(Decimal::parse(std::string_view("1\0", 2)));
}

TEST(Decimal, PrintsTheShortestForm) {
  const Case cases[] = {{"39.9", 39900}, {"36", 36000},        {"-0.5", -500}, {"0", 0},
                        {"0.001", 1},    {"0.01", 10},         {"0.05", 50},   {"100.1", 100100},
                        {"-12", -12000}, {"1299.505", 1299505}};
  for (const Case& c : cases) EXPECT_EQ(Decimal{c.milli}.to_string(), c.text);
}

TEST(Decimal, AppendsWithoutTouchingWhatIsThere) {
  std::string out = "¥";
  Decimal{39900}.append_to(out);
  EXPECT_EQ(out, "¥39.9");
}

TEST(Decimal, PrintsAnyStoredValue) {
  EXPECT_EQ(Decimal{std::numeric_limits<int64_t>::min()}.to_string(), "-9223372036854775.808");
}

TEST(Decimal, RoundTrips) {
  for (int64_t milli = -20000; milli <= 20000; milli += 7) {
    const auto back = Decimal::parse(Decimal{milli}.to_string());
    ASSERT_TRUE(back) << milli;
    EXPECT_EQ(back->milli, milli);
  }
}

TEST(Decimal, AddsComparesAndKnowsIntegers) {
  EXPECT_EQ((Decimal::of(3) + Decimal{500}).milli, 3500);
  EXPECT_EQ((Decimal::of(3) - Decimal{500}).milli, 2500);
  EXPECT_LT(Decimal{35999}, Decimal::of(36));
  EXPECT_TRUE(Decimal::of(36).is_integer());
  EXPECT_FALSE(Decimal{36001}.is_integer());
}

}  // namespace
}  // namespace xiaoer
