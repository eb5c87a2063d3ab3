// Authors' own regexes.

#include <gtest/gtest.h>

#include "match/regex.hpp"
#include "oracle/match_support.hpp"

namespace xiaoer::match {
namespace {

using rules::MatchKind;

rules::PatternSource regex(std::string text, MatchKind kind = MatchKind::kContains) {
  rules::PatternSource source = phrase(std::move(text), kind);
  source.is_regex = true;
  return source;
}

std::string found(rules::PatternSource source, std::string_view message) {
  Compiled compiled(pack_of({std::move(source)}));
  EXPECT_FALSE(compiled.diagnostics().has_errors());
  const std::vector<PatternHit> hits = compiled.hits(message);
  if (hits.empty()) return "-";
  text::Text text;
  text::normalise(message, text);
  return std::string(text.source(hits[0].span));
}

std::string code_of(rules::PatternSource source) {
  Compiled compiled(pack_of({std::move(source)}));
  return compiled.diagnostics().list().empty() ? "" : compiled.diagnostics().list()[0].code;
}

TEST(MatchRegex, FindsTheLeftmostMatch) {
  EXPECT_EQ(found(regex("尺码[0-9]+"), "要尺码38和尺码40"), "尺码38");
  EXPECT_EQ(found(regex("尺码[0-9]+"), "要尺码大"), "-");
}

TEST(MatchRegex, SeesNormalisedText) {
  EXPECT_EQ(found(regex("abc[0-9]{2}"), "型号ＡＢＣ１２"), "ＡＢＣ１２");
}

TEST(MatchRegex, RunsWhenOneOfItsTextsOccurs) {
  EXPECT_EQ(found(regex("(?:衬衫|毛衣).{0,3}洗"), "毛衣能洗吗"), "毛衣能洗");
  EXPECT_EQ(found(regex("(?:衬衫|毛衣).{0,3}洗"), "裤子能洗吗"), "-");
  EXPECT_EQ(code_of(regex("(?:衬衫|毛衣).{0,3}洗")), "");
}

TEST(MatchRegex, WithoutTextsRunsAlwaysAndWarns) {
  EXPECT_EQ(found(regex("[a-z]{4,}"), "型号abcdef"), "abcdef");
  EXPECT_EQ(code_of(regex("[a-z]{4,}")), "pattern-without-atoms");
}

TEST(MatchRegex, Kinds) {
  EXPECT_EQ(found(regex("[0-9]+元", MatchKind::kWhole), "80元!"), "80元");
  EXPECT_EQ(found(regex("[0-9]+元", MatchKind::kWhole), "就80元"), "-");
  EXPECT_EQ(found(regex("[0-9]+元!", MatchKind::kWhole), "80元!"), "80元!");
  EXPECT_EQ(found(regex("[0-9]+元", MatchKind::kStart), ",80元行吗"), "80元");
  EXPECT_EQ(found(regex("[0-9]+元", MatchKind::kStart), "行吗80元"), "-");
  EXPECT_EQ(found(regex("[0-9]+元", MatchKind::kEnd), "99元不,80元。"), "80元");
  EXPECT_EQ(found(regex("[0-9]+元", MatchKind::kEnd), "80元行吗"), "-");
}

TEST(MatchRegex, NotsAndMaxLenHold) {
  rules::PatternSource source = regex("尺码[0-9]+");
  source.nots = {"不要"};
  source.max_len = 8;
  EXPECT_EQ(found(source, "尺码38"), "尺码38");
  EXPECT_EQ(found(source, "不要尺码38"), "-");
  EXPECT_EQ(found(source, "给我来一个尺码38"), "-");
}

TEST(MatchRegex, CharactersOutsideChineseAreCompared) {
  EXPECT_EQ(found(regex("привет"), "ПРИВЕТ"), "ПРИВЕТ");
  EXPECT_EQ(found(regex("Ꭰ.Ꭱ"), "ꭰ1ꭱ"),
            "ꭰ1ꭱ");  // RE2 and Unicode fold Cherokee in opposite directions
}

// Groups of necessary texts, joined by "|" and "&". Shorter texts are more common here.
std::string necessary(const std::string& text) {
  const auto commonness = [](std::string_view atom) { return 1.0 / double(atom.size()); };
  std::string all;
  for (const Regex::Texts& group : Regex::necessary_texts(text, commonness)) {
    if (!all.empty()) all += '&';
    for (const std::string& atom : group) all += (&atom == group.data() ? "" : "|") + atom;
  }
  return all;
}

TEST(MatchRegex, FewAndRareTextsCallIt) {
  EXPECT_EQ(necessary("(好|行).*谢谢您"), "谢谢您&行|好");
  EXPECT_EQ(necessary("(好|行)的?$"), "行|好");
  EXPECT_EQ(necessary("[1-3]元包邮"), "3元包邮|2元包邮|1元包邮");
  EXPECT_EQ(necessary("^.{0,3}[5-7].{1,2}吗"), "吗&7|6|5");
  EXPECT_EQ(necessary("[一-龥]{3}"), "");
  EXPECT_EQ(necessary("好?"), "");
}

TEST(MatchRegex, TextsThatFoldDifferentlyCallNothing) { EXPECT_EQ(necessary("straße|ß"), ""); }

TEST(MatchRegex, ErrorsAreTold) {
  Compiled compiled(pack_of({regex("(多少")}));
  ASSERT_EQ(compiled.diagnostics().error_count(), 1u);
  const Diagnostic& problem = compiled.diagnostics().list()[0];
  EXPECT_EQ(problem.code, "regex-error");
  ASSERT_EQ(problem.args.size(), 2u);
  EXPECT_NE(problem.args[0].find("missing )"), std::string::npos) << problem.args[0];
  EXPECT_NE(problem.args[1].find("(多少"), std::string::npos) << problem.args[1];
}

TEST(MatchRegex, AnyByteIsRefused) {
  EXPECT_EQ(code_of(regex("价\\C格")), "regex-error");
  EXPECT_EQ(code_of(regex("价\\\\C格")), "");
  EXPECT_EQ(code_of(regex("\\Q价\\C格\\E")), "");
}

TEST(MatchRegex, TooLargeIsTold) {
  EXPECT_EQ(code_of(regex("尺码((\\pL{100}){100}){10}")),
            "regex-error");  // RE2 bounds repetition itself
  EXPECT_EQ(code_of(regex("尺码(\\pL{30}\\pN{30}){15}")), "regex-too-large");
}

TEST(MatchRegex, LongMessagesAreCapped) {
  std::string digits;
  while (digits.size() < 6000) digits += "12";
  EXPECT_EQ(found(regex("尺码大"), "尺码大" + digits), "尺码大");
  EXPECT_EQ(found(regex("尺码大"), digits + "尺码大"), "-");
  // The end is out of sight.
  EXPECT_EQ(found(regex("[0-9]+", MatchKind::kEnd), digits), "-");
  EXPECT_EQ(found(regex("[0-9]+", MatchKind::kWhole), digits), "-");
}

TEST(MatchRegex, EmptyMessage) { EXPECT_EQ(found(regex("[0-9]*", MatchKind::kWhole), ""), ""); }

}  // namespace
}  // namespace xiaoer::match
