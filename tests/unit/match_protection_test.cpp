// A longer known word covers a shorter one inside it.

#include <gtest/gtest.h>

#include "oracle/match_support.hpp"
#include "rules/entity_kinds.hpp"

namespace xiaoer::match {
namespace {

// Whether `pattern` is found in `message` in the presence of the protected words.
bool found(rules::PatternSource pattern, std::vector<std::string> words, std::string_view message) {
  rules::Pack pack = pack_of({std::move(pattern)});
  pack.protected_words = std::move(words);
  return !Compiled(pack).hits(message).empty();
}

TEST(MatchProtection, LongWordHidesShortOne) {
  EXPECT_FALSE(found(phrase("价"), {"评价"}, "评价不错"));
  EXPECT_FALSE(found(phrase("烂"), {"灿烂"}, "笑得灿烂"));
  EXPECT_TRUE(found(phrase("价"), {"评价"}, "价不错"));
}

TEST(MatchProtection, OtherOccurrencesStay) {
  EXPECT_TRUE(found(phrase("价"), {"评价"}, "评价说价高"));
}

TEST(MatchProtection, TheWordItselfIsFound) {
  EXPECT_TRUE(found(phrase("评价"), {"评价"}, "评价不错"));
  EXPECT_TRUE(found(phrase("(评|好)价"), {"评价"}, "评价不错"));
  EXPECT_TRUE(found(phrase("看评价"), {"评价"}, "看评价"));
}

TEST(MatchProtection, OverlapIsNotInside) {
  EXPECT_TRUE(found(phrase("价格"), {"评价"}, "评价格式"));
}

TEST(MatchProtection, HidesInsideLongerPhrases) {
  EXPECT_FALSE(found(phrase("价…高"), {"评价"}, "评价很高"));
  EXPECT_FALSE(found(phrase("要+价"), {"评价"}, "要看评价"));
}

// 12345 is the number of a hotline, and stands in many a number of a parcel.
TEST(MatchProtection, NumbersAreWords) {
  EXPECT_TRUE(found(phrase("12345"), {}, "打12345投诉"));
  EXPECT_TRUE(found(phrase("(12|13)3(4|5)5"), {}, "打12345投诉"));
  for (const char* const message : {"单号91234567", "SF123456", "012345"}) {
    EXPECT_FALSE(found(phrase("12345"), {}, message));
    EXPECT_FALSE(found(phrase("(12|13)3(4|5)5"), {}, message));
    EXPECT_TRUE(found(phrase("12345"), {}, std::string(message) + ",打12345"));
  }
  EXPECT_TRUE(found(phrase("3天"), {}, "13天"));  // overlap is not inside
  const std::string filler(100, '9');
  EXPECT_FALSE(found(phrase("12345"), {}, "天" + filler + "123456"));
  EXPECT_FALSE(found(phrase("12345"), {}, "123456" + filler));
  EXPECT_TRUE(found(phrase("12345"), {}, filler + ",12345"));
  rules::PatternSource inside = phrase("12345");
  inside.inside_ok = true;
  EXPECT_TRUE(found(inside, {}, "91234567"));
}

TEST(MatchProtection, InsideOkSwitchesItOff) {
  rules::PatternSource pattern = phrase("价…高");
  pattern.inside_ok = true;
  EXPECT_TRUE(found(pattern, {"评价"}, "评价很高"));
}

TEST(MatchProtection, NotsAreProtectedToo) {
  rules::PatternSource pattern = phrase("东西");
  pattern.nots = {"烂"};
  EXPECT_FALSE(found(pattern, {"灿烂"}, "烂东西"));
  EXPECT_TRUE(found(pattern, {"灿烂"}, "灿烂的东西"));
}

// Too many combinations to be stored as words: the run as a whole counts all the same.
TEST(MatchProtection, RunsOfManyAlternatives) {
  const std::string many = "(甲|乙|丙|丁|戊|己|庚|辛|壬|癸)";
  EXPECT_TRUE(found(phrase(many + many), {"甲乙"}, "天甲乙地"));
  EXPECT_FALSE(found(phrase(many + many), {"天甲乙"}, "天甲乙地"));
  EXPECT_FALSE(found(phrase(many + many), {"甲乙地"}, "天甲乙地"));
  EXPECT_TRUE(found(phrase(many + many), {"天甲", "乙地"}, "天甲乙地"));
  EXPECT_TRUE(found(phrase(many + many), {"天甲乙地"}, "天甲乙地,丙丁"));
}

TEST(MatchProtection, HidesDictionaryWords) {
  rules::Pack pack;
  pack.protected_words = {"黑名单"};
  pack.entities.push_back({"颜色", {{"黑色", {"黑色", "黑"}, {}}, {"白色", {"白"}, {}}}, {}});
  Compiled compiled(pack);
  text::Text text;
  text::normalise("黑名单里有黑色和白的", text);
  compiled.matcher().scan(text, compiled.scratch());
  const std::span<const entities::DictionaryHit> words =
      compiled.matcher().dictionary_hits(*compiled.scratch());
  ASSERT_EQ(words.size(), 3u);  // in order of their ends
  EXPECT_EQ(words[0].word, 1u);
  EXPECT_EQ(words[0].span, (Span{5, 6}));
  EXPECT_EQ(words[1].word, 0u);
  EXPECT_EQ(words[1].span, (Span{5, 7}));
  EXPECT_EQ(words[2].word, 2u);
  EXPECT_EQ(words[2].span, (Span{8, 9}));
}

// A word of two dictionaries is found for both.
TEST(MatchProtection, WordsOfSeveralKinds) {
  rules::Pack pack;
  pack.entities.push_back({"尺码", {{"M", {"m"}, {}}}, {}});
  pack.entities.push_back({"型号", {{"M型", {"M"}, {}}}, {}});
  Compiled compiled(pack);
  text::Text text;
  text::normalise("要M的", text);
  compiled.matcher().scan(text, compiled.scratch());
  EXPECT_EQ(compiled.matcher().dictionary_hits(*compiled.scratch()).size(), 2u);
}

}  // namespace
}  // namespace xiaoer::match
