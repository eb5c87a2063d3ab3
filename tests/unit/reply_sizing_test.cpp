#include <gtest/gtest.h>

#include <string>

#include "reply/sizing.hpp"
#include "reply_fixture.hpp"

namespace xiaoer::reply {
namespace {

using entities::Measures;
using test::facts_of;

// "M", "M/L" where two will do, "none" off the chart, "" where the chart cannot tell.
std::string size_for(const std::string& sizes, Measures measures) {
  Sizing sizing;
  find_sizing(facts_of(R"({"product": {"sizes": )" + sizes + "}}"), measures, &sizing);
  if (sizing.value(SizingFact::kOffChart).present) return "none";
  const FactValue& size = sizing.value(SizingFact::kSize);
  const FactValue& looser = sizing.value(SizingFact::kLooser);
  if (!size.present) return "";
  return looser.present ? size.text + "/" + looser.text : size.text;
}

Measures body(int64_t height, int64_t weight) {
  return {Decimal::of(height), Decimal::of(weight), {}, {}};
}

constexpr const char* kShirts = R"([
  {"name": "L", "height": [165, 170], "weight": [118, 132]},
  {"name": "S", "height": [155, 160], "weight": [90, 105]},
  {"name": "XL", "height": [170, null], "weight": [132, 148]},
  {"name": "M", "height": [160, 165], "weight": [105, 118]}])";

TEST(Sizing, IsTheLineThatHoldsBothMeasures) {
  EXPECT_EQ(size_for(kShirts, body(163, 110)), "M");
  EXPECT_EQ(size_for(kShirts, body(167, 125)), "L");
  EXPECT_EQ(size_for(kShirts, body(190, 140)), "XL");  // the open end
}

TEST(Sizing, BothNeighboursWhereEitherWillDo) {
  EXPECT_EQ(size_for(kShirts, body(165, 118)), "M/L");  // the ends belong to both
  EXPECT_EQ(size_for(kShirts, body(168, 110)), "M/L");  // by weight M, by height L
  EXPECT_EQ(size_for(kShirts, body(163, 125)), "M/L");
}

TEST(Sizing, GuessesNothing) {
  EXPECT_EQ(size_for(kShirts, body(172, 95)), "none");   // S by weight, XL by height
  EXPECT_EQ(size_for(kShirts, body(150, 80)), "none");   // before the first line
  EXPECT_EQ(size_for(kShirts, body(163, 200)), "none");  // behind the last
  EXPECT_EQ(size_for(kShirts, body(165, 0)), "");        // the chart goes by weight, too
  EXPECT_EQ(size_for(kShirts, body(0, 0)), "");
  EXPECT_EQ(size_for(R"([{"name": "M"}, {"name": "L"}])", body(165, 118)), "");
}

TEST(Sizing, OneMeasureIsEnoughForAChartOfOne) {
  constexpr const char* kShoes =
      R"([{"name": "38", "foot": [23.5, 24]}, {"name": "39", "foot": [24, 24.5]}])";
  EXPECT_EQ(size_for(kShoes, {{}, {}, Decimal{23700}, {}}), "38");
  EXPECT_EQ(size_for(kShoes, {{}, {}, Decimal{24000}, {}}), "38/39");
  EXPECT_EQ(size_for(kShoes, {{}, {}, Decimal{26000}, {}}), "none");
  EXPECT_EQ(size_for(kShoes, body(165, 118)), "");
  EXPECT_EQ(size_for(R"([{"name": "100码", "height": [95, 105]}])", body(98, 0)), "100码");
}

TEST(Sizing, TellsStockAndMeasuresAndForgetsThemBetweenCalls) {
  const Facts facts =
      facts_of(R"({"product": {"sizes": [{"name": "M", "stock": 0, "height": [160, 165]}]}})");
  Sizing sizing;
  find_sizing(facts, body(163, 110), &sizing);
  EXPECT_TRUE(sizing.value(SizingFact::kStock).present);
  EXPECT_EQ(sizing.value(SizingFact::kStock).number, Decimal{});
  EXPECT_EQ(sizing.value(SizingFact::kHeight).number, Decimal::of(163));
  EXPECT_EQ(sizing.value(SizingFact::kWeight).number, Decimal::of(110));
  find_sizing(facts, {}, &sizing);
  for (const FactValue& value : sizing.values) EXPECT_FALSE(value.present);
}

}  // namespace
}  // namespace xiaoer::reply
