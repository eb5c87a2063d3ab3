// Bounded tolerance: what is corrected, and what is left alone.

#include <gtest/gtest.h>

#include "match/respeller.hpp"
#include "oracle/match_support.hpp"
#include "text/utf8.hpp"

namespace xiaoer::match {
namespace {

rules::Pack shop_pack() {
  rules::Pack pack;
  pack.concepts.push_back({"便宜", {"便宜", "优惠券", "优惠"}, {}});
  pack.protected_words = {"黑桃皇后", "老油条"};
  pack.typos.push_back({"包邮", {"包油", "by"}, {}});
  pack.typos.push_back({"核桃", {"黑桃"}, {}});
  rules::IntentSource intent;
  intent.id = "test.all";
  for (const char* const text : {"包邮", "收货地址", "什么时候…(发货|寄出)", "好评返现", "赠品",
                                 "有没有赠品", "重新下单", "有货", "可以", "退货", "上海"}) {
    intent.patterns.push_back(match::phrase(text));
  }
  for (const char* const text :
       {"能包邮吗",         "这个包邮吗",   "收货地址怎么改", "换个收货地址",   "好评返现吗",
        "写好评返现给多少", "送赠品吗",     "有赠品吗",       "什么时候发货",   "到底什么时候寄出",
        "优惠券怎么用",     "还有优惠券吗", "我重新下单",     "重新下单可以吗", "有货吗",
        "还有货没",         "可以便宜点吗", "我想退货",       "要退货吗",       "发上海几天",
        "到上海吗",         "谢谢",         "核桃新鲜吗",     "这款核桃"}) {
    intent.examples.push_back({text, {}});
  }
  pack.intents.push_back(intent);
  return pack;
}

class Corrector {
 public:
  explicit Corrector(const rules::Pack& pack) {
    ImageBuilder builder;
    Respeller::build(pack, &builder);
    std::string error;
    ok_ = Image::open(builder.finish(), &image_, &error) && respeller_.open(image_);
  }
  bool ok() const { return ok_; }
  const Respeller& respeller() const { return respeller_; }
  Image& image() { return image_; }
  const RespellScratch& scratch() const { return scratch_; }
  const text::Text& corrected() const { return corrected_; }

  // The corrected reading; empty: none.
  std::string read(std::string_view message) {
    message_ = message;
    text::normalise(message_, heard_);
    if (!respeller_.respell(heard_, &scratch_, &corrected_)) return {};
    return text::encode({corrected_.chars.data(), corrected_.chars.size()});
  }

 private:
  Image image_;
  Respeller respeller_;
  RespellScratch scratch_;
  std::string message_;
  text::Text heard_, corrected_;
  bool ok_ = false;
};

class Respells : public ::testing::Test {
 protected:
  Respells() : corrector_(shop_pack()) { EXPECT_TRUE(corrector_.ok()); }
  std::string read(std::string_view message) { return corrector_.read(message); }
  Corrector corrector_;
};

TEST_F(Respells, ReadsWordsOfTheRightSound) {
  EXPECT_EQ(read("改一下收获地址"), "改一下收货地址");
  EXPECT_EQ(read("什麽时侯发货"), "什么时候发货");
  EXPECT_EQ(read("有没有增品"), "有没有赠品");
  EXPECT_EQ(read("我从新下单"), "我重新下单");  // c for ch, in a word of four
}

TEST_F(Respells, LeavesShortWordsAloneWithoutTheirNeighbours) {
  EXPECT_EQ(read("增品"), "");
  EXPECT_EQ(read("你增品他"), "");
  EXPECT_EQ(read("送增品吗"), "送赠品吗");
}

TEST_F(Respells, LeavesWhatThePackWritesAlone) {
  for (const char* const message :
       {"能包邮吗", "收货地址", "什么时候发货", "有没有赠品", "好评返现吗", "重新下单", "谢谢"}) {
    EXPECT_EQ(read(message), "") << message;
  }
}

TEST_F(Respells, LeavesCommonWordsAlone) {
  // 收获 is a word, yet not before 地址; 获得 is one too.
  EXPECT_EQ(read("收获得到地址"), "");
  EXPECT_EQ(read("上海岸"), "");
}

TEST_F(Respells, ReadsPinyin) {
  EXPECT_EQ(read("haopingfanxian吗"), "好评返现吗");
  EXPECT_EQ(read("写haopinfanxian"), "写好评返现");  // pin for ping
  EXPECT_EQ(read("baoyouma"), "包邮吗");
  EXPECT_EQ(read("HaoPing FanXian"), "好评返现");
  EXPECT_EQ(read("ｙｏｕｈｕｉｑｕａｎ"), "优惠券");
  EXPECT_EQ(read("zhe ge baoyou ma"), "这个包邮吗");
  EXPECT_EQ(read("na ge baoyou ma"), "");  // the pack has no 那个
}

TEST_F(Respells, ReadsSingleSyllablesBesideWhatTheyGoWith) {
  EXPECT_EQ(read("能包邮ma"), "能包邮吗");
  EXPECT_EQ(read("ma"), "");
  EXPECT_EQ(read("买个ma"), "");
}

TEST_F(Respells, LeavesLettersThatAreNoPinyinAlone) {
  for (const char* const message : {"logo", "soyoucandonothing", "baoyou88", "x_baoyou",
                                    "baoyou@qq.com", "hm", "youhuiquanx", "ems", "b"}) {
    EXPECT_EQ(read(message), "") << message;
  }
}

TEST_F(Respells, CorrectsListedMisspellings) {
  EXPECT_EQ(read("包油吗"), "包邮吗");
  EXPECT_EQ(read("by吗"), "包邮吗");
  EXPECT_EQ(read("baby吗"), "");  // not inside a word
  EXPECT_EQ(read("黑桃多少钱"), "核桃多少钱");
  EXPECT_EQ(read("黑桃皇后多少钱"), "");  // a protected word
  EXPECT_EQ(read("黑桃皇后和黑桃"), "黑桃皇后和核桃");
}

TEST_F(Respells, PointsAtWhatTheBuyerWrote) {
  ASSERT_EQ(read("那送增品吗,youhui quan呢"), "那送赠品吗,优惠券呢");
  const std::vector<Respelling>& found = corrector_.scratch().found;
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(corrector_.corrected().source(found[0].understood), "增品");
  EXPECT_EQ(corrector_.corrected().source(found[1].understood), "youhui quan");
  const uint32_t begin = found[1].understood.begin;
  EXPECT_EQ(corrector_.corrected().source({begin, begin + 1}), "you");
  EXPECT_EQ(corrector_.corrected().source({begin + 2, begin + 3}), "quan");
}

TEST_F(Respells, IsBounded) {
  std::string longest = "收获地址";
  while (text::count(longest) < Respeller::kLongest)
    longest += "。啊"[longest.size() % 2] ? "1" : "2";
  EXPECT_NE(read(longest), "");
  EXPECT_EQ(read(longest + "3"), "");
  std::string syllables;
  for (int i = 0; i < 24; ++i) syllables += "an";
  EXPECT_EQ(read(syllables), "");
}

TEST(Respeller, IsOffWhereThePackSaysSo) {
  rules::Pack pack = shop_pack();
  pack.settings.tolerance = false;
  Corrector corrector(pack);
  ASSERT_TRUE(corrector.ok());
  EXPECT_FALSE(corrector.respeller().is_on());
  EXPECT_EQ(corrector.read("包油吗"), "");
}

TEST(Respeller, EqualPacksGiveEqualBytes) {
  const auto bytes = [] {
    ImageBuilder builder;
    Respeller::build(shop_pack(), &builder);
    return builder.finish();
  };
  EXPECT_EQ(bytes(), bytes());
}

template <class T>
void damage(Image* image, Section section, size_t index, void (*change)(T&)) {
  const std::span<const T> records = image->section<T>(section);
  ASSERT_LT(index, records.size());
  change(const_cast<T&>(records[index]));
}

TEST(Respeller, RefusesDamagedImages) {
  const auto refused = [](auto&& spoil) {
    Corrector corrector(shop_pack());
    EXPECT_TRUE(corrector.ok());
    spoil(&corrector.image());
    Respeller again;
    return !again.open(corrector.image());
  };
  EXPECT_FALSE(refused([](Image*) {}));
  EXPECT_TRUE(refused([](Image* image) {
    damage<RespellWord>(image, Section::kMatchRespellWords, 0,
                        [](RespellWord& word) { word.size = kMaxRespelledWord + 1; });
  }));
  EXPECT_TRUE(refused([](Image* image) {
    damage<RespellWord>(image, Section::kMatchRespellWords, 0,
                        [](RespellWord& word) { word.first = UINT32_MAX; });
  }));
  EXPECT_TRUE(refused([](Image* image) {
    damage<RespellWord>(image, Section::kMatchRespellWords, 0,
                        [](RespellWord& word) { word.right = UINT32_MAX; });
  }));
  EXPECT_TRUE(refused([](Image* image) {
    damage<char32_t>(image, Section::kMatchRespellLetters, 0, [](char32_t& c) { c = 0x110000; });
  }));
  EXPECT_TRUE(refused([](Image* image) {
    damage<RespellSingles>(image, Section::kMatchRespellSingles, 0,
                           [](RespellSingles& single) { single.characters[3] = 0x110000; });
  }));
  EXPECT_TRUE(refused([](Image* image) {
    damage<RespellHeader>(image, Section::kMatchRespellHeader, 0,
                          [](RespellHeader& header) { header.known_mask = UINT32_MAX; });
  }));
  EXPECT_TRUE(refused([](Image* image) {
    damage<RespellHeader>(image, Section::kMatchRespellHeader, 0,
                          [](RespellHeader& header) { header.keys_mask /= 2; });
  }));
  EXPECT_TRUE(refused([](Image* image) {
    for (size_t i = 0; i < image->section<RespellKey>(Section::kMatchRespellKeys).size(); ++i) {
      damage<RespellKey>(image, Section::kMatchRespellKeys, i, [](RespellKey& key) {
        key = {1, 0, 0};
      });
    }
  }));
  EXPECT_TRUE(refused([](Image* image) {
    for (size_t i = 0; i < image->section<RespellKey>(Section::kMatchRespellKeys).size(); ++i) {
      damage<RespellKey>(image, Section::kMatchRespellKeys, i,
                         [](RespellKey& key) { key.word = UINT32_MAX; });
    }
  }));
}

}  // namespace
}  // namespace xiaoer::match
