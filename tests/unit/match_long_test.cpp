// Messages of more than one mask word: the same answers, and a bounded cost.

#include <gtest/gtest.h>

#include <chrono>

#include "bench/generate.hpp"
#include "match/scratch.hpp"
#include "oracle/match_support.hpp"

namespace xiaoer::match {
namespace {

std::string repeated(std::string_view text, size_t count) {
  std::string out;
  while (count-- > 0) out += text;
  return out;
}

TEST(MatchLong, FindsPhrasesAcrossWords) {
  Compiled compiled(pack_of({phrase("什么时候…发货")}));
  for (const size_t before : {50u, 60u, 61u, 62u, 63u, 64u, 65u, 120u, 127u, 128u, 1000u}) {
    const std::string message =
        repeated("12", before / 2) + repeated("1", before % 2) + "什么时候能给我发货";
    const std::vector<PatternHit> hits = compiled.hits(message);
    ASSERT_EQ(hits.size(), 1u) << before;
    EXPECT_EQ(hits[0].span,
              (Span{static_cast<uint32_t>(before), static_cast<uint32_t>(before) + 9}));
  }
}

TEST(MatchLong, LengthAround63) {
  Compiled compiled(pack_of({phrase("尾", rules::MatchKind::kEnd)}));
  for (uint32_t size = 60; size < 70; ++size) {
    const std::vector<PatternHit> hits = compiled.hits(repeated("1", size - 1) + "尾");
    ASSERT_EQ(hits.size(), 1u) << size;
    EXPECT_EQ(hits[0].span, (Span{size - 1, size}));
  }
}

TEST(MatchLong, WideGapsKeepTheirBounds) {
  Compiled compiled(pack_of({phrase("头…{100,200}尾")}));
  EXPECT_TRUE(compiled.hits("头" + repeated("1", 99) + "尾").empty());
  EXPECT_EQ(compiled.hits("头" + repeated("1", 100) + "尾").size(), 1u);
  EXPECT_EQ(compiled.hits("头" + repeated("1", 200) + "尾").size(), 1u);
  EXPECT_TRUE(compiled.hits("头" + repeated("1", 201) + "尾").empty());
  EXPECT_TRUE(compiled.hits("头" + repeated("1", 90) + "。" + repeated("1", 90) + "尾").empty());
}

TEST(MatchLong, ProtectionAndInsideOk) {
  rules::PatternSource inside = phrase("价");
  inside.inside_ok = true;
  rules::Pack pack = pack_of({phrase("价"), inside});
  pack.protected_words = {"评价"};
  Compiled compiled(pack);
  const std::string many = repeated("评价好", 40);
  ASSERT_EQ(compiled.hits(many).size(), 1u);
  EXPECT_EQ(compiled.hits(many)[0].pattern, 1u);
  EXPECT_EQ(compiled.hits(many + "价").size(), 2u);
  EXPECT_EQ(compiled.hits(many + "价")[0].span, (Span{120, 121}));
}

TEST(MatchLong, ScratchServesShortAndLongInTurn) {
  Compiled compiled(pack_of({phrase("什么时候…发货"), phrase("退货")}));
  const std::string filler = repeated("12", 100);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(compiled.hits("什么时候发货").size(), 1u);
    EXPECT_EQ(compiled.hits(filler + "退货").size(), 1u);
    EXPECT_TRUE(compiled.hits("货").empty());
    EXPECT_TRUE(compiled.hits(filler).empty());
  }
}

// 64 KiB that hold every phrase, or one word over and over, on a large pack. The bound is generous:
// it is to catch work that grows with the square of the message.
TEST(MatchLong, LargestMessagesStayBounded) {
  Compiled compiled(bench::generate_pack(10'000));
  ASSERT_TRUE(compiled.ok());
  std::string mixed;
  for (const std::string& message : bench::generate_messages(2000)) mixed += message;
  const std::string full = mixed.substr(0, 64 << 10);
  for (const std::string& message : {full, repeated("能便宜", 7000), repeated("1", 65'000)}) {
    compiled.hits(message);
    const auto begin = std::chrono::steady_clock::now();
    const size_t hits = compiled.hits(message).size();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    RecordProperty("milliseconds", static_cast<int>(time.count() * 1000));
    EXPECT_LT(time.count(), 3.0) << hits;
  }
}

// Where memory runs out amid a scan, atoms seen are left behind and `scanned` is not set.
TEST(MatchLong, AScanThatWasCutOffIsForgotten) {
  rules::Pack pack;
  rules::IntentSource intent;
  intent.id = "test.one";
  intent.patterns = {phrase("(便宜|优惠|打折)…{0,4}(吗|点)"), phrase("包邮[吗]")};
  pack.intents = {intent};
  Compiled compiled(pack);
  ASSERT_TRUE(compiled.ok());
  const auto wanted = compiled.hits("包邮吗").size();
  compiled.hits("打折吗,便宜点,优惠吗,包邮");
  compiled.scratch()->scanned = 0;
  EXPECT_EQ(compiled.hits("包邮吗").size(), wanted);
  for (const uint32_t place : compiled.scratch()->places) {
    EXPECT_LE(place, compiled.scratch()->touched.size());
  }
}

}  // namespace
}  // namespace xiaoer::match
