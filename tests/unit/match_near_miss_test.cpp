// Near misses: phrases that one thing alone kept from matching, and what it was.

#include <gtest/gtest.h>

#include <algorithm>

#include "match/near_miss.hpp"
#include "oracle/match_support.hpp"
#include "rules/entity_kinds.hpp"

namespace xiaoer::match {
namespace {

using Lack = NearMiss::Lack;

struct Case {
  explicit Case(const rules::Pack& pack) : compiled(pack) { EXPECT_TRUE(compiled.ok()); }
  explicit Case(rules::PatternSource source) : Case(pack_of({std::move(source)})) {}

  // The near misses of `message`, given no entities but those added.
  const std::vector<NearMiss>& of(std::string_view message) {
    original = message;
    text::normalise(original, text);
    compiled.hits(text, entities);
    compiled.matcher().find_near_misses(entities, compiled.scratch(), &found);
    return found;
  }
  std::string words() const { return compiled.matcher().missing_words(found.at(0)); }

  Compiled compiled;
  std::string original;
  text::Text text;
  entities::Entities entities;
  std::vector<NearMiss> found;
};

TEST(NearMiss, TellsTheWordsThatAreMissing) {
  Case test(phrase("(运费|邮费)…(谁出|谁承担|谁付)"));
  ASSERT_EQ(test.of("来回的运费呢").size(), 1u);
  EXPECT_EQ(test.found[0].lack, Lack::kWords);
  EXPECT_EQ(test.found[0].matched, 2u);
  EXPECT_FALSE(test.found[0].complete);
  EXPECT_EQ(test.words(), "谁付|谁出|谁承担");
  EXPECT_EQ(test.text.source(test.found[0].found), "运费");
  ASSERT_EQ(test.of("这个谁承担").size(), 1u);
  EXPECT_EQ(test.words(), "运费|邮费");
  EXPECT_EQ(test.text.source(test.found[0].found), "谁承担");
}

TEST(NearMiss, ShortensLongListsOfWords) {
  Case test(phrase("寄到(北京|上海|广州|深圳|成都|重庆|杭州|南京)"));
  ASSERT_EQ(test.of("能不能寄到").size(), 1u);
  const std::string words = test.words();
  EXPECT_EQ(std::count(words.begin(), words.end(), '|'), 6);
  EXPECT_TRUE(words.ends_with("|…")) << words;
}

TEST(NearMiss, WordsThatEndInOtherWordsAreReadBackWhole) {
  rules::Pack pack = pack_of({phrase("包装…(礼盒|大礼盒|盒)"), phrase("超大礼盒子")});
  Case test(pack);
  ASSERT_EQ(test.of("包装呢").size(), 1u);
  EXPECT_EQ(test.words(), "大礼盒|盒|礼盒");
}

TEST(NearMiss, SaysNothingOfMatchesAndOfWhatIsFarOff) {
  Case test(phrase("运费…谁出"));
  EXPECT_TRUE(test.of("运费谁出").empty());
  EXPECT_TRUE(test.of("什么时候发货").empty());
  EXPECT_TRUE(test.of("").empty());
  Case three(phrase("退货…运费…谁出"));
  EXPECT_TRUE(three.of("运费多少").empty());
  EXPECT_EQ(three.of("退货的运费").size(), 1u);
  // One character found, two or more missing.
  Case little(phrase("退…(运费|邮费)"));
  EXPECT_TRUE(little.of("退").empty());
}

TEST(NearMiss, WhatIsThereMustStandRightWhenAGroupIsMissing) {
  Case test(phrase("退货…{0,2}运费…谁出"));
  EXPECT_EQ(test.of("退货的运费").size(), 1u);
  EXPECT_TRUE(test.of("运费和退货").empty());
}

TEST(NearMiss, TellsOrderAndDistance) {
  Case test(phrase("运费…{0,3}谁出"));
  ASSERT_EQ(test.of("谁出运费").size(), 1u);
  EXPECT_EQ(test.found[0].lack, Lack::kOrder);
  EXPECT_TRUE(test.found[0].complete);
  EXPECT_EQ(test.found[0].matched, 4u);
  ASSERT_EQ(test.of("运费到底应该谁出").size(), 1u);
  EXPECT_EQ(test.found[0].lack, Lack::kOrder);
}

TEST(NearMiss, GroupsThatFindTheSameCharactersAreNoNearMiss) {
  Case test(phrase("少…多少"));
  EXPECT_TRUE(test.of("多少").empty());
  EXPECT_EQ(test.of("多少少").size(), 1u);
}

TEST(NearMiss, TellsThePlace) {
  Case whole(phrase("好的", rules::MatchKind::kWhole));
  ASSERT_EQ(whole.of("好的我再看看").size(), 1u);
  EXPECT_EQ(whole.found[0].lack, Lack::kPlace);
  EXPECT_EQ(whole.found[0].value, static_cast<uint32_t>(rules::MatchKind::kWhole));
  Case end(phrase("吗…亲", rules::MatchKind::kEnd));
  ASSERT_EQ(end.of("在吗亲亲们").size(), 1u);
  EXPECT_EQ(end.found[0].value, static_cast<uint32_t>(rules::MatchKind::kEnd));
}

TEST(NearMiss, TellsWhatNotExcludes) {
  rules::PatternSource source = phrase("发货");
  source.nots = {"没有货", "已经…发"};
  Case test(source);
  ASSERT_EQ(test.of("你们已经给我发货啦").size(), 1u);
  EXPECT_EQ(test.found[0].lack, Lack::kNot);
  EXPECT_EQ(test.text.source(test.found[0].excluded), "已经给我发");
  EXPECT_EQ(test.text.source(test.found[0].found), "发货");
}

TEST(NearMiss, TellsTheLimitOfLength) {
  rules::PatternSource source = phrase("在吗");
  source.max_len = 4;
  Case test(source);
  EXPECT_TRUE(test.of("在吗亲").empty());
  ASSERT_EQ(test.of("在吗我想问个事").size(), 1u);
  EXPECT_EQ(test.found[0].lack, Lack::kTooLong);
  EXPECT_EQ(test.found[0].value, 4u);
}

TEST(NearMiss, TellsAProtectedWord) {
  rules::Pack pack = pack_of({phrase("价")});
  pack.protected_words = {"评价"};
  Case test(pack);
  ASSERT_EQ(test.of("看看评价").size(), 1u);
  EXPECT_EQ(test.found[0].lack, Lack::kProtected);
}

TEST(NearMiss, TwoFaultsAreTooMany) {
  rules::PatternSource source = phrase("在吗", rules::MatchKind::kStart);
  source.max_len = 4;
  source.nots = {"不在"};
  Case test(source);
  EXPECT_TRUE(test.of("老板在吗我想问").empty());
  EXPECT_TRUE(test.of("在吗不在我就走了").empty());
  rules::PatternSource lacking = phrase("运费…谁出");
  lacking.max_len = 4;
  Case other(lacking);
  EXPECT_EQ(other.of("运费呢").size(), 1u);
  EXPECT_TRUE(other.of("运费是怎么算的").empty());
}

TEST(NearMiss, TellsTheEntityThatIsMissing) {
  Case test(phrase("{金额}卖不卖"));
  ASSERT_EQ(test.of("便宜些卖不卖").size(), 1u);
  EXPECT_EQ(test.found[0].lack, Lack::kEntity);
  EXPECT_EQ(test.found[0].value, rules::kMoney);
}

TEST(NearMiss, EveryPatternOfASharedProgramIsNamed) {
  Case test(pack_of({phrase("运费…谁出"), phrase("运费…谁出|运费怎么算")}));
  EXPECT_EQ(test.of("运费呢").size(), 2u);
  // The second pattern matches by its other alternative.
  ASSERT_EQ(test.of("运费怎么算").size(), 1u);
  EXPECT_EQ(test.found[0].pattern, 0u);
}

TEST(NearMiss, MostCharactersFirst) {
  Case test(pack_of({phrase("运费…谁出"), phrase("退换货…谁出"), phrase("运费…退换货…谁出")}));
  ASSERT_EQ(test.of("运费和退换货").size(), 3u);
  EXPECT_EQ(test.found[0].pattern, 2u);
  EXPECT_EQ(test.found[1].pattern, 1u);
  EXPECT_EQ(test.found[2].pattern, 0u);
}

TEST(NearMiss, LongMessagesAndRegexesAreLeftOut) {
  Case test(phrase("运费…谁出"));
  std::string message = "运费呢";
  for (int i = 0; i < 30; ++i) message += "这个";
  EXPECT_EQ(test.of(message).size(), 1u);
  EXPECT_EQ(test.text.size(), 63u);
  EXPECT_TRUE(test.of(message + "呢").empty());
  rules::PatternSource source = phrase("运费.*谁出");
  source.is_regex = true;
  Case regex(source);
  EXPECT_TRUE(regex.of("运费呢").empty());
}

}  // namespace
}  // namespace xiaoer::match
