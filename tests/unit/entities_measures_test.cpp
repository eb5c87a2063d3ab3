#include <initializer_list>

#include "entities/measures.hpp"
#include "entities_fixture.hpp"

namespace xiaoer::entities::testing {
namespace {

Measures told(std::initializer_list<const char*> messages) {
  Finder finder;
  Measures measures;
  for (const char* const message : messages) learn_measures(finder.find(message), &measures);
  return measures;
}

// "165/120": height and weight, "-" for what is not known.
std::string body(std::initializer_list<const char*> messages) {
  const Measures measures = told(messages);
  const auto show = [](Decimal number) {
    return number > Decimal{} ? number.to_string() : std::string("-");
  };
  return show(measures.height) + "/" + show(measures.weight);
}

TEST(Measures, OfOneMessage) {
  EXPECT_EQ(body({"我165 120斤"}), "165/120");
  EXPECT_EQ(body({"身高165体重60公斤"}), "165/120");
  EXPECT_EQ(body({"卖120吗"}), "-/-");
  EXPECT_EQ(told({"脚长24.5"}).foot, Decimal{24500});
}

TEST(Measures, OfSeveral) {
  EXPECT_EQ(body({"身高165", "120斤"}), "165/120");
  EXPECT_EQ(body({"身高165", "60kg"}), "165/120");
  EXPECT_EQ(body({"身高165", "120"}), "165/120");
  EXPECT_EQ(body({"体重120", "身高165"}), "165/120");
  EXPECT_EQ(body({"体重60", "身高165"}), "165/120");  // of 斤 and 公斤 the one that makes a body
  EXPECT_EQ(body({"身高165体重120", "说错了身高170"}), "170/120");
}

TEST(Measures, ANumberThatIsNoWeightChangesNothing) {
  EXPECT_EQ(body({"身高165", "2斤"}), "165/-");
  EXPECT_EQ(body({"身高165", "3件"}), "165/-");
  EXPECT_EQ(body({"身高165体重120", "99"}),
            "165/120");               // once it is told, a bare number is another
  EXPECT_EQ(body({"120斤"}), "-/-");  // of goods, as far as anybody knows
  EXPECT_EQ(body({"身高165", "体重800"}), "165/-");
}

TEST(WeightOf, TellsTheUnitByTheBody) {
  EXPECT_EQ(weight_of(Decimal::of(120), MassUnit::kUnsaid, Decimal::of(165)), Decimal::of(120));
  EXPECT_EQ(weight_of(Decimal::of(55), MassUnit::kUnsaid, Decimal::of(165)), Decimal::of(110));
  EXPECT_EQ(weight_of(Decimal::of(78), MassUnit::kUnsaid, Decimal::of(160)), Decimal{});  // either
  EXPECT_EQ(weight_of(Decimal::of(78), MassUnit::kJin, Decimal::of(160)), Decimal::of(78));
  EXPECT_EQ(weight_of(Decimal::of(200), MassUnit::kJin, Decimal{}), Decimal{});  // no height
}

}  // namespace
}  // namespace xiaoer::entities::testing
