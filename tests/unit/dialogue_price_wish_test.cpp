#include <gtest/gtest.h>

#include "dialogue/price_wish.hpp"
#include "unit/entities_fixture.hpp"

namespace xiaoer::dialogue {
namespace {

struct WishReader {
  // "price 80", "less 20", "share 0.8", then "/2" for a total and "x2" for the quantity; "" for
  // none.
  std::string read(std::string_view message, std::string_view unit = "件", int64_t price = 200) {
    const entities::Entities& entities = finder.find(message);
    const PriceWish wish = read_price_wish(finder.text(), entities, {Decimal::of(price), unit});
    constexpr const char* kKinds[] = {"", "price ", "less ", "share "};
    std::string shown = kKinds[static_cast<size_t>(wish.kind)];
    if (wish.kind != PriceWish::Kind::kNone) shown += wish.amount.to_string();
    if (wish.approximate) shown += "~";
    if (wish.quantity > 0) {
      shown += (wish.total ? "/" : "x") + std::to_string(wish.quantity);
    }
    return shown;
  }
  entities::testing::Finder finder;
};

TEST(PriceWish, ReadsPricesReductionsAndShares) {
  const std::pair<const char*, const char*> kCases[] = {
      {"180行不", "price 180"},
      {"１８０元卖不卖", "price 180"},
      {"一百八行吗", "price 180"},
      {"两百卖我", "price 200"},
      {"¥150行不", "price 150"},
      {"180.5行不", "price 180.5"},
      {"一百五十块成交", "price 150"},
      {"两百多行吗", "price 200~"},
      {"便宜10块行吗", "less 10"},
      {"再少20", "less 20"},
      {"再让5块", "less 5"},
      {"少收20吧", "less 20"},
      {"抹掉9块呗", "less 9"},
      {"打八折", "share 0.8"},
      {"8折行不", "share 0.8"},
      {"8.8折吧", "share 0.88"},
      {"95折行吗", "share 0.95"},
      {"八八折", "share 0.88"},
      {"九五折呗", "share 0.95"},
      {"对折卖不卖", "share 0.5"},
      {"满200减20吗", ""},
      {"运费8元能免吗", ""},
      {"原价399呢", ""},
      {"打折吗", ""},
      {"能便宜吗", ""},
  };
  WishReader reader;
  for (const auto& [message, expected] : kCases)
    EXPECT_EQ(reader.read(message), expected) << message;
}

TEST(PriceWish, TellsTotalsFromPricesForOne) {
  const std::pair<const char*, const char*> kCases[] = {
      {"两件280行不", "price 280/2"},
      {"280两件行不", "price 280/2"},
      {"两件,每件150行不", "price 150x2"},
      {"150一件我要两件", "price 150x2"},
      {"我要三件,500行吗", "price 500/3"},
      {"我要三件,150行吗", "price 150x3"},
      {"三件一共400行吗", "price 400/3"},
      {"买两件少20行吗", "less 20/2"},
      {"要5件便宜吗", "x5"},
  };
  WishReader reader;
  for (const auto& [message, expected] : kCases)
    EXPECT_EQ(reader.read(message), expected) << message;
}

TEST(PriceWish, OtherUnitsAreNoPieces) {
  WishReader reader;
  EXPECT_EQ(reader.read("两箱便宜吗", "袋"), "");
  EXPECT_EQ(reader.read("两袋便宜吗", "袋"), "x2");
  EXPECT_EQ(reader.read("两个便宜吗", "袋"), "x2");
  EXPECT_EQ(reader.read("500克便宜吗", "袋"), "");
}

TEST(PriceWish, JoinsWhatALineBreakCuts) {
  const std::pair<const char*, const char*> kCases[] = {
      {"180\n行不", "price 180"}, {"一百\n五行吗", "price 150"},   {"一\n百五行吗", "price 150"},
      {"1\n50行吗", "price 150"}, {"15\n0行吗", "price 150"},      {"一百五\n行吗", "price 150"},
      {"2\n80行吗", "price 80"},  {"我要2\n180行吗", "price 180"}, {"便宜点\n180行吗", "price 180"},
      {"180\n2件行吗", "x2"},
  };
  WishReader reader;
  for (const auto& [message, expected] : kCases)
    EXPECT_EQ(reader.read(message), expected) << message;
}

TEST(PriceWish, AnyBytesAreRead) {
  WishReader reader;
  for (const char* const message : {"折", "0折", "百折", "..折", "点点折", "\n1", "1\n",
                                    "一百\n百百百百百百百百百百百百百百百百百",
                                    "9999999999999999999999行不", "99999999999999元两件行不"}) {
    reader.read(message);
  }
}

}  // namespace
}  // namespace xiaoer::dialogue
