// Every construct of the phrase language, one message each way.

#include <gtest/gtest.h>

#include "oracle/match_support.hpp"

namespace xiaoer::match {
namespace {

using rules::MatchKind;

// The text that the phrase matches in the message, "-" when it does not.
std::string found(const rules::Pack& pack, std::string_view message) {
  Compiled compiled(pack);
  EXPECT_TRUE(compiled.ok());
  EXPECT_FALSE(compiled.diagnostics().has_errors());
  const std::vector<PatternHit> hits = compiled.hits(message);
  if (hits.empty()) return "-";
  text::Text text;
  text::normalise(message, text);
  return std::string(text.source(hits[0].span));
}

std::string found(const std::string& pattern, std::string_view message,
                  MatchKind kind = MatchKind::kContains) {
  return found(pack_of({phrase(pattern, kind)}), message);
}

TEST(MatchPhrase, FindsLiteralText) {
  EXPECT_EQ(found("发票", "能开发票不"), "发票");
  EXPECT_EQ(found("发票", "能开票不"), "-");
}

TEST(MatchPhrase, MatchesNormalisedText) {
  EXPECT_EQ(found("发货", "今天發貨嗎"), "發貨");
  EXPECT_EQ(found("ab12", "型号ＡＢ１２的"), "ＡＢ１２");
}

TEST(MatchPhrase, TakesOneOfAlternatives) {
  EXPECT_EQ(found("再(便宜|优惠)点", "再优惠点吧"), "再优惠点");
  EXPECT_EQ(found("再(便宜|优惠)点", "再贵点吧"), "-");
  EXPECT_EQ(found("便宜|打折", "打折吗"), "打折");
}

TEST(MatchPhrase, TakesOrLeavesOptionalParts) {
  EXPECT_EQ(found("红色[的]椅子", "要红色椅子"), "红色椅子");
  EXPECT_EQ(found("红色[的]椅子", "要红色的椅子"), "红色的椅子");
  EXPECT_EQ(found("红色[的]椅子", "要红色大椅子"), "-");
}

TEST(MatchPhrase, SpanLeavesOutOptionalEnds) {
  EXPECT_EQ(found("[请问]怎么退[吗|呢]", "请问怎么退呢"), "怎么退");
}

TEST(MatchPhrase, GapTakesUpToEightCharacters) {
  EXPECT_EQ(found("什么时候…发货", "什么时候发货"), "什么时候发货");
  EXPECT_EQ(found("什么时候…发货", "什么时候12345678发货"), "什么时候12345678发货");
  EXPECT_EQ(found("什么时候…发货", "什么时候123456789发货"), "-");
}

TEST(MatchPhrase, GapHasBounds) {
  EXPECT_EQ(found("买…{2,3}送", "买1送"), "-");
  EXPECT_EQ(found("买…{2,3}送", "买12送"), "买12送");
  EXPECT_EQ(found("买…{2,3}送", "买123送"), "买123送");
  EXPECT_EQ(found("买…{2,3}送", "买1234送"), "-");
  EXPECT_EQ(found("买…{2}送", "买12送"), "买12送");
}

TEST(MatchPhrase, GapDoesNotCrossSentences) {
  EXPECT_EQ(found("什么…发货", "什么呀,要发货"), "什么呀,要发货");
  for (const char* const end : {"。", "!", "?", ";", "\n"}) {
    EXPECT_EQ(found("什么…发货", std::string("什么呀") + end + "要发货"), "-") << end;
    EXPECT_EQ(found("什么…发货", std::string("什么呀") + end + "发货"), "-") << end;
  }
}

TEST(MatchPhrase, LiteralMayHoldASentenceEnd) { EXPECT_EQ(found("吗?发", "在吗?发货"), "吗?发"); }

TEST(MatchPhrase, ExpandsConcepts) {
  rules::Pack pack = pack_of({phrase("能<减价>吗")});
  pack.concepts.push_back({"减价", {"便宜[点]", "少<多少>", "打折"}, {}});
  pack.concepts.push_back({"多少", {"一点", "几块"}, {}});
  EXPECT_EQ(found(pack, "能便宜点吗"), "能便宜点吗");
  EXPECT_EQ(found(pack, "能少几块吗"), "能少几块吗");
  EXPECT_EQ(found(pack, "能少吗"), "-");
}

TEST(MatchPhrase, PartsMatchInAnyOrder) {
  EXPECT_EQ(found("双十一+退款", "退款的话双十一那单"), "退款的话双十一");
  EXPECT_EQ(found("双十一+退款", "双十一那单要退款!"), "双十一那单要退款");
  EXPECT_EQ(found("双十一+退款", "双十一那单"), "-");
}

TEST(MatchPhrase, PartsMayStandInSeveralSentences) {
  EXPECT_EQ(found("双十一+退款", "双十一买的。退款"), "双十一买的。退款");
}

TEST(MatchPhrase, GroupsMayHoldGaps) {
  EXPECT_EQ(found("(怎么…退|退…步骤)[…{0,2}啊]", "怎么才能退"), "怎么才能退");
  EXPECT_EQ(found("(怎么…退|退…步骤)[…{0,2}啊]", "退的步骤"), "退的步骤");
  EXPECT_EQ(found("要[…{1,3}的]椅子", "要红色的椅子"), "要红色的椅子");
  EXPECT_EQ(found("要[…{1,3}的]椅子", "要的椅子"), "-");
}

TEST(MatchPhrase, ManyAlternativesSideBySide) {
  const std::string many = "(甲|乙|丙|丁|戊|己|庚|辛|壬|癸)";
  EXPECT_EQ(found(many + many + many, "天癸甲丁地"), "癸甲丁");
  EXPECT_EQ(found(many + many + many, "癸甲地丁"), "-");
}

TEST(MatchPhrase, NotsForbid) {
  rules::PatternSource source = phrase("退款");
  source.nots = {"不…退款", "已经|取消"};
  const rules::Pack pack = pack_of({source});
  EXPECT_EQ(found(pack, "我要退款"), "退款");
  EXPECT_EQ(found(pack, "我不想退款"), "-");
  EXPECT_EQ(found(pack, "退款已经到了"), "-");
}

TEST(MatchPhrase, MaxLenCountsCharacters) {
  rules::PatternSource source = phrase("多少");
  source.max_len = 4;
  const rules::Pack pack = pack_of({source});
  EXPECT_EQ(found(pack, "要多少啊"), "多少");
  EXPECT_EQ(found(pack, "这要多少啊"), "-");
}

TEST(MatchAnchor, WholeSkipsPunctuationAround) {
  EXPECT_EQ(found("好[的]", "好的!", MatchKind::kWhole), "好的");
  EXPECT_EQ(found("好[的]", "~好,", MatchKind::kWhole), "好");
  EXPECT_EQ(found("好[的]", "好的呀", MatchKind::kWhole), "-");
  EXPECT_EQ(found("好!", "好!", MatchKind::kWhole), "好!");
}

TEST(MatchAnchor, StartAndEnd) {
  EXPECT_EQ(found("在吗", "，在吗老板", MatchKind::kStart), "在吗");
  EXPECT_EQ(found("在吗", "老板在吗", MatchKind::kStart), "-");
  EXPECT_EQ(found("在吗", "老板在吗??", MatchKind::kEnd), "在吗");
  EXPECT_EQ(found("在吗", "在吗老板", MatchKind::kEnd), "-");
}

TEST(MatchAnchor, EndTakesALaterOccurrence) {
  EXPECT_EQ(found("要", "要不要", MatchKind::kEnd), "要");
  Compiled compiled(pack_of({phrase("要", MatchKind::kEnd)}));
  EXPECT_EQ(compiled.hits("要不要")[0].span, (Span{2, 3}));
}

TEST(MatchAnchor, WithPartsOneOfThemIsAnchored) {
  EXPECT_EQ(found("你好+发货", "你好,能发货吗", MatchKind::kStart), "你好,能发货");
  EXPECT_EQ(found("你好+发货", "啊你好,能发货吗", MatchKind::kStart), "-");
  EXPECT_EQ(found("你好+发货", "你好,能发货", MatchKind::kWhole), "你好,能发货");
}

TEST(MatchHits, OneAPatternByNumber) {
  Compiled compiled(
      pack_of({phrase("货|发货|何时"), phrase("不在"), phrase("发货"), phrase("发货")}));
  const std::vector<PatternHit> hits = compiled.hits("发货后何时到货");
  ASSERT_EQ(hits.size(), 3u);
  EXPECT_EQ(hits[0].pattern, 0u);
  EXPECT_EQ(hits[0].span, (Span{1, 2}));  // the earliest end, then the shortest
  EXPECT_EQ(hits[1].pattern, 2u);
  EXPECT_EQ(hits[2].pattern, 3u);  // the same phrase twice is one program
}

TEST(MatchHits, CountPatternsOverIntents) {
  rules::Pack pack = pack_of({phrase("退货"), phrase("退款")});
  pack.intents.push_back(pack_of({phrase("换货")}).intents[0]);
  Compiled compiled(pack);
  EXPECT_EQ(compiled.matcher().pattern_count(), 3u);
  ASSERT_EQ(compiled.hits("换货").size(), 1u);
  EXPECT_EQ(compiled.hits("换货")[0].pattern, 2u);
}

TEST(MatchHits, EmptyMessageAndEmptyPack) {
  Compiled compiled(pack_of({phrase("退货")}));
  EXPECT_TRUE(compiled.hits("").empty());
  Compiled empty((rules::Pack()));
  ASSERT_TRUE(empty.ok());
  EXPECT_TRUE(empty.hits("退货").empty());
}

TEST(MatchHits, SpecificityIsTheShortestWay) {
  Compiled compiled(
      pack_of({phrase("能[不能](便宜|少)[点]"), phrase("什么时候…发货"), phrase("甲乙丙|丁")}));
  EXPECT_EQ(compiled.matcher().specificity(0), 2u);
  EXPECT_EQ(compiled.matcher().specificity(1), 6u);
  EXPECT_EQ(compiled.matcher().specificity(2), 1u);
}

TEST(MatchBuild, RefusesWhatIsTooComplex) {
  std::string text = "要";
  for (int i = 0; i < 8; ++i) text += "(甲…乙|丙…丁)";
  Compiled compiled(pack_of({phrase(text), phrase("丁")}));
  ASSERT_EQ(compiled.diagnostics().error_count(), 1u);
  EXPECT_EQ(compiled.diagnostics().list()[0].code, "phrase-too-complex");
  EXPECT_EQ(compiled.diagnostics().list()[0].rule_id, "test.patterns");
}

}  // namespace
}  // namespace xiaoer::match
