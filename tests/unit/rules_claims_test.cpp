#include <gtest/gtest.h>

#include "rules/claims.hpp"
#include "text/normaliser.hpp"
#include "text/utf8.hpp"

namespace xiaoer::rules {
namespace {

std::string numbers(std::string_view text, bool no_reason_return = false) {
  const std::u32string chars = text::normalise_to_chars(text);
  std::string out;
  for (const Span span : find_number_claims(chars, no_reason_return)) {
    out += text::encode(std::u32string_view(chars).substr(span.begin, span.size())) + ";";
  }
  return out;
}

std::string words(std::string_view text) {
  constexpr const char* kNames[] = {"scarcity", "deadline", "sales", "promise"};
  const std::u32string chars = text::normalise_to_chars(text);
  std::string out;
  for (const Claim& claim : find_word_claims(chars)) {
    out += kNames[static_cast<size_t>(claim.kind)];
    out +=
        ":" + text::encode(std::u32string_view(chars).substr(claim.span.begin, claim.span.size()));
    out += ";";
  }
  return out;
}

TEST(NumberClaims, FindAmountsSharesAndTimes) {
  EXPECT_EQ(numbers("只要39.9元"), "39.9元;");
  EXPECT_EQ(numbers("只要１２块"), "12块;");
  EXPECT_EQ(numbers("￥１２"), "12;");
  EXPECT_EQ(numbers("三百块钱就够"), "三百块钱;");
  EXPECT_EQ(numbers("打八折，省20％"), "八折;20%;");
  EXPECT_EQ(numbers("百分之三十"), "百分之三;");
  EXPECT_EQ(numbers("今天半价"), "半价;");
  EXPECT_EQ(numbers("48小时内"), "48小时;");
  EXPECT_EQ(numbers("两天左右"), "两天;");
  EXPECT_EQ(numbers("三个工作日"), "三个工作日;");
  EXPECT_EQ(numbers("十多天"), "十多天;");
}

TEST(NumberClaims, FindDatesClocksAndStock) {
  EXPECT_EQ(numbers("11月11日"), "11月11日;");
  EXPECT_EQ(numbers("2026-11-11"), "2026-11;");
  EXPECT_EQ(numbers("下午四点"), "四点;");
  EXPECT_EQ(numbers("16：30截单"), "16:30;");
  EXPECT_EQ(numbers("周三到"), "周三;");
  EXPECT_EQ(numbers("星期天到"), "星期天;");
  EXPECT_EQ(numbers("还有三件"), "三件;");
  EXPECT_EQ(numbers("库存12个"), "12个;");
}

TEST(NumberClaims, LeaveSetWordsAlone) {
  for (const char* text :
       {"一点不贵", "请稍等一下", "十分感谢", "千万别急", "一块儿买", "这两个颜色", "一起发",
        "万一不合适", "一分钱一分货", "2号链接", "一年四季都能用", "半天没回您，不好意思",
        "喜欢的话可以拍一件", "三个款式"}) {
    EXPECT_EQ(numbers(text), "") << text;
  }
}

TEST(NumberClaims, TheSevenDaysOfTheLawNeedTheirFact) {
  EXPECT_EQ(numbers("支持七天无理由"), "七天;");
  EXPECT_EQ(numbers("支持七天无理由", true), "");
  EXPECT_EQ(numbers("支持7天无理由", true), "");
  EXPECT_EQ(numbers("七天内到", true), "七天;");
}

TEST(WordClaims, AreSortedByWhatTheyClaim) {
  EXPECT_EQ(words("仅剩几件，抢完没有"), "scarcity:仅剩;scarcity:抢完;");
  EXPECT_EQ(words("最后几天"), "deadline:最后几天;");
  EXPECT_EQ(words("我们的爆款，月销很多"), "sales:爆款;sales:月销;");
  EXPECT_EQ(words("保证给您发"), "promise:保证;");
  EXPECT_EQ(words("不能保证哪天到，保证金会退"), "");
  EXPECT_EQ(words("不一定会到"), "");
}

TEST(FlatTemplate, ShowsVariablesAndKeepsColumns) {
  std::vector<TemplatePiece> pieces;
  PhraseError error;
  ASSERT_TRUE(parse_template("{{昵称|亲 亲}}只剩{{库存}}件！", &pieces, &error));
  const FlatTemplate flat(pieces);
  EXPECT_EQ(text::encode(flat.chars()), "亲亲只剩\xEF\xBF\xBC件!");
  EXPECT_EQ(flat.column(0), 1u);
  EXPECT_EQ(flat.column(2), 11u);
  EXPECT_EQ(flat.column(4), 13u);
  EXPECT_EQ(flat.column(5), 19u);
}

}  // namespace
}  // namespace xiaoer::rules
