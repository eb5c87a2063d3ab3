// What callers rely on in the example matcher, whatever its formula.

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "bench/generate.hpp"
#include "match/examples.hpp"
#include "oracle/match_support.hpp"

namespace xiaoer::match {
namespace {

rules::Pack shop_pack() {
  const std::vector<std::vector<std::string>> examples = {
      {"几号可以寄出来", "下单以后多久能寄", "今天拍能不能今天寄"},
      {"能不能再少一些", "给个实在价吧", "多拿两个有折扣没"},
      {"穿着有点紧想换大一号", "大小不对怎么换", "换个大点的要运费吗"},
      {"这个料子起球不", "洗了会不会缩", "面料透气吗"},
  };
  rules::Pack pack;
  for (const std::vector<std::string>& texts : examples) {
    rules::IntentSource intent;
    intent.id = "test.intent" + std::to_string(pack.intents.size());
    for (const std::string& text : texts) intent.examples.push_back({text, {}});
    pack.intents.push_back(intent);
  }
  return pack;
}

class Trained {
 public:
  explicit Trained(const rules::Pack& pack) {
    ImageBuilder builder;
    ExampleMatcher::build(pack, ExampleMatcher::train(pack), &builder);
    std::string error;
    ok_ = Image::open(builder.finish(), &image_, &error) && matcher_.open(image_);
  }
  bool ok() const { return ok_; }
  const ExampleMatcher& matcher() const { return matcher_; }
  Image& image() { return image_; }

  std::vector<Likeness> rank(std::string_view message) {
    text::Text text;
    text::normalise(message, text);
    const std::span<const Likeness> ranked = matcher_.rank(text, {}, &scratch_);
    return {ranked.begin(), ranked.end()};
  }
  std::vector<SpeakingGram> explain(uint32_t intent, std::string_view message) const {
    text::Text text;
    text::normalise(message, text);
    return matcher_.explain(intent, text);
  }
  uint32_t nearest(uint32_t intent) { return matcher_.nearest(intent, &scratch_); }

 private:
  Image image_;
  ExampleMatcher matcher_;
  ExampleScratch scratch_;
  bool ok_ = false;
};

TEST(MatchExamples, RanksTheIntentOfAnExampleFirst) {
  const rules::Pack pack = shop_pack();
  Trained trained(pack);
  ASSERT_TRUE(trained.ok());
  for (uint32_t i = 0; i < pack.intents.size(); ++i) {
    for (const rules::ExampleSource& example : pack.intents[i].examples) {
      const std::vector<Likeness> ranked = trained.rank(example.text);
      ASSERT_FALSE(ranked.empty());
      EXPECT_EQ(ranked[0].intent, i) << example.text;
      EXPECT_GT(ranked[0].score, 0.4f) << example.text;
    }
  }
}

TEST(MatchExamples, RanksUnseenMessages) {
  Trained trained(shop_pack());
  EXPECT_EQ(trained.rank("请问什么时候能寄")[0].intent, 0u);
  EXPECT_EQ(trained.rank("再少一些行不")[0].intent, 1u);
  EXPECT_EQ(trained.rank("想换大点的")[0].intent, 2u);
  EXPECT_EQ(trained.rank("料子洗了缩不缩")[0].intent, 3u);
}

TEST(MatchExamples, ALetterSaysNothingAloneAndMuchInAWord) {
  rules::Pack pack = shop_pack();
  pack.intents[3].examples.push_back({"有没有b款", {}});
  Trained trained(pack);
  EXPECT_TRUE(trained.rank("b").empty());
  EXPECT_TRUE(trained.rank("B。").empty());
  const std::vector<Likeness> ranked = trained.rank("换b款");
  ASSERT_FALSE(ranked.empty());
  const std::vector<SpeakingGram> grams = trained.explain(3, "换b款");
  ASSERT_FALSE(grams.empty());
  for (const SpeakingGram& gram : grams) {
    EXPECT_FALSE(gram.span.begin == 1 && gram.span.end == 2) << "the letter alone";
  }
  EXPECT_TRUE(std::any_of(grams.begin(), grams.end(), [](const SpeakingGram& gram) {
    return gram.span.begin == 1 && gram.span.end == 3;  // b款
  }));
}

TEST(MatchExamples, ScoresAreOrderedShares) {
  Trained trained(shop_pack());
  for (const char* const message : {"能换个大点的吗", "多久能寄", "换", "今天洗了换多久寄"}) {
    const std::vector<Likeness> ranked = trained.rank(message);
    EXPECT_LE(ranked.size(), ExampleMatcher::kMaxRanked);
    for (size_t i = 0; i < ranked.size(); ++i) {
      EXPECT_GE(ranked[i].score, 0.0f);
      EXPECT_LE(ranked[i].score, 1.0f);
      EXPECT_LE(ranked[i].score, ranked[i > 0 ? i - 1 : 0].score);
    }
  }
}

TEST(MatchExamples, NothingInCommonGivesNothing) {
  Trained trained(shop_pack());
  EXPECT_TRUE(trained.rank("").empty());
  EXPECT_TRUE(trained.rank("?!。").empty());
  EXPECT_TRUE(trained.rank("喵喵").empty());
}

// One character in common says nothing, however few the intents.
TEST(MatchExamples, AStrayCharacterIsNoLikeness) {
  rules::Pack pack = shop_pack();
  pack.intents.resize(1);
  Trained trained(pack);
  for (const Likeness& likeness : trained.rank("我家小猫昨晚偷吃了三块鱼今早又吐了一地")) {
    EXPECT_LT(likeness.score, 0.5f);
  }
}

TEST(MatchExamples, PacksWithoutExamples) {
  Trained empty((rules::Pack()));
  ASSERT_TRUE(empty.ok());
  EXPECT_TRUE(empty.rank("多久能寄").empty());
  Trained phrases(pack_of({phrase("退货")}));
  ASSERT_TRUE(phrases.ok());
  EXPECT_TRUE(phrases.rank("多久能寄").empty());
}

TEST(MatchExamples, TellsTheNearestExample) {
  const rules::Pack pack = shop_pack();
  Trained trained(pack);
  const std::vector<Likeness> ranked = trained.rank("下单以后多久能寄啊");
  ASSERT_FALSE(ranked.empty());
  ASSERT_EQ(trained.nearest(ranked[0].intent), 1u);
  EXPECT_EQ(trained.matcher().example_text(1), "下单以后多久能寄");
}

TEST(MatchExamples, NumbersRunOverAllIntents) {
  Trained trained(shop_pack());
  const std::vector<Likeness> ranked = trained.rank("面料透气不");
  ASSERT_FALSE(ranked.empty());
  EXPECT_EQ(ranked[0].intent, 3u);
  EXPECT_EQ(trained.nearest(3), 11u);
}

TEST(MatchExamples, DigitsAreAlike) {
  rules::Pack pack = shop_pack();
  pack.intents[0].examples.push_back({"单号12345678查一下", {}});
  Trained trained(pack);
  EXPECT_EQ(trained.rank("单号99查一下")[0].intent, 0u);
}

TEST(MatchExamples, LongMessagesAreRead) {
  Trained trained(shop_pack());
  std::string message = "多久能寄";
  for (int i = 0; i < 20'000; ++i) message += "喵";
  for (const Likeness& likeness : trained.rank(message)) EXPECT_LE(likeness.score, 1.0f);
}

TEST(MatchExamples, SamePackSameBytes) {
  const rules::Pack pack = bench::generate_pack(300);
  ImageBuilder first, second;
  ExampleMatcher::build(pack, ExampleMatcher::train(pack), &first);
  ExampleMatcher::build(pack, ExampleMatcher::train(pack), &second);
  EXPECT_EQ(first.finish(), second.finish());
}

// What a weight is worth has no sign and no extremes: sums of weights stay numbers.
TEST(MatchExamples, RefusesUnitsThatAreNone) {
  for (const float unit : {0.0f, -0.1f, std::numeric_limits<float>::infinity(),
                           std::numeric_limits<float>::quiet_NaN()}) {
    Trained trained(shop_pack());
    const auto sections = trained.image().section<ExampleHeader>(Section::kMatchExampleHeader);
    const_cast<ExampleHeader&>(sections[0]).intent_unit = unit;
    ExampleMatcher matcher;
    EXPECT_FALSE(matcher.open(trained.image())) << unit;
  }
}

TEST(MatchExamples, RefusesGramsWithoutIntents) {
  ImageBuilder builder;
  std::vector<uint64_t> slots(64);
  slots[0] = slot_of(uint64_t{U'换'} << 21 | U'货', 0);
  builder.add_one(Section::kMatchExampleHeader, ExampleHeader{0, 0, 63, sizeof(GramVoices), 1, 1});
  CharTableBuilder<uint32_t>().add_to(&builder, Section::kMatchExamplePages,
                                      Section::kMatchExampleSingles);
  builder.add(Section::kMatchExampleSlots, slots);
  builder.add(Section::kMatchExampleRows, std::vector<int8_t>(sizeof(GramVoices)));
  Image image;
  std::string error;
  ASSERT_TRUE(Image::open(builder.finish(), &image, &error)) << error;
  ExampleMatcher matcher;
  EXPECT_FALSE(matcher.open(image));
}

// A damaged image is refused or ranks what is inside its bounds.
TEST(MatchExamples, FlippedBytesDoNoHarm) {
  Trained trained(shop_pack());
  std::byte* data = const_cast<std::byte*>(trained.image().data());
  uint32_t seed = 1;
  for (int i = 0; i < 2000; ++i) {
    seed = seed * 1664525u + 1013904223u;
    const size_t at = (seed >> 3) % trained.image().size();
    const std::byte before = data[at];
    data[at] ^= static_cast<std::byte>(1u << (seed & 7));
    ExampleMatcher matcher;
    if (matcher.open(trained.image())) {
      ExampleScratch scratch;
      text::Text text;
      text::normalise("下单以后多久能寄啊,换大一号", text);
      for (const Likeness& likeness : matcher.rank(text, {}, &scratch)) {
        EXPECT_LT(likeness.intent, 4u);
        const uint32_t example = matcher.nearest(likeness.intent, &scratch);
        if (example != UINT32_MAX) matcher.example_text(example);
      }
    }
    data[at] = before;
  }
}

}  // namespace
}  // namespace xiaoer::match
