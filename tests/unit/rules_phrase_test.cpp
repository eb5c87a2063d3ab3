#include <gtest/gtest.h>

#include "rules/phrase.hpp"
#include "rules/phrase_shape.hpp"
#include "text/utf8.hpp"

namespace xiaoer::rules {
namespace {

using Kind = PhraseNode::Kind;

std::string shown(const PhraseNode& node);

std::string shown_children(const PhraseNode& node, const char* separator) {
  std::string out;
  for (const PhraseNode& child : node.children) {
    if (!out.empty()) out += separator;
    out += shown(child);
  }
  return out;
}

std::string shown(const PhraseNode& node) {
  switch (node.kind) {
    case Kind::kLiteral:
      return text::encode(node.literal);
    case Kind::kSequence:
      return "(" + shown_children(node, " ") + ")";
    case Kind::kAlternatives:
      return (node.optional ? "opt[" : "one[") + shown_children(node, "|") + "]";
    case Kind::kConcept:
      return "<" + node.name + ">";
    case Kind::kSlot:
      return "{" + node.name + (node.role.empty() ? "" : ":" + node.role) + "}";
    case Kind::kGap:
      break;
  }
  return "gap" + std::to_string(node.gap_min) + "-" + std::to_string(node.gap_max);
}

// The tree in a plain form, or the error as "code@column".
std::string parsed(std::string_view text) {
  PhraseError error;
  const PhraseTree phrase = parse_phrase(text, &error);
  if (phrase == nullptr) {
    return error.code + "@" + std::to_string(error.column);
  }
  std::string out;
  for (const PhraseAlternative& alternative : phrase->alternatives) {
    if (!out.empty()) out += " | ";
    std::string parts;
    for (const PhraseNode& part : alternative.parts) {
      if (!parts.empty()) parts += " + ";
      parts += shown(part);
    }
    out += parts;
  }
  return out;
}

TEST(Phrase, ReadsEveryConstruct) {
  EXPECT_EQ(parsed("便宜"), "(便宜)");
  EXPECT_EQ(parsed("便宜|优惠"), "(便宜) | (优惠)");
  EXPECT_EQ(parsed("双十一+退款"), "(双十一) + (退款)");
  EXPECT_EQ(parsed("红色[的]椅子"), "(红色 opt[的] 椅子)");
  EXPECT_EQ(parsed("(便宜|优惠)点"), "(one[便宜|优惠] 点)");
  EXPECT_EQ(parsed("[再|还能]便宜"), "(opt[再|还能] 便宜)");
  EXPECT_EQ(parsed("<便宜>点"), "(<便宜> 点)");
  EXPECT_EQ(parsed("{金额}卖吗"), "({金额} 卖吗)");
  EXPECT_EQ(parsed("{ 金额 : 出价 }"), "({金额:出价})");
  EXPECT_EQ(parsed("什么时候…发货"), "(什么时候 gap0-8 发货)");
}

TEST(Phrase, BarBindsLoosestThenPlusThenSequence) {
  EXPECT_EQ(parsed("甲乙+丙|丁[戊]+己"), "(甲乙) + (丙) | (丁 opt[戊]) + (己)");
  EXPECT_EQ(parsed("((甲|乙丙)丁|戊)己"), "(one[(one[甲|乙丙] 丁)|戊] 己)");
}

TEST(Phrase, GapsHaveBounds) {
  EXPECT_EQ(parsed("甲…{2,4}乙"), "(甲 gap2-4 乙)");
  EXPECT_EQ(parsed("甲…{,4}乙"), "(甲 gap0-4 乙)");
  EXPECT_EQ(parsed("甲…{3}乙"), "(甲 gap3-3 乙)");
  EXPECT_EQ(parsed("甲...{0，200}乙"), "(甲 gap0-200 乙)");
  EXPECT_EQ(parsed("甲……乙"), "(甲 gap0-8 乙)");
  EXPECT_EQ(parsed("甲......乙"), "(甲 gap0-8 乙)");
  EXPECT_EQ(parsed("甲..乙"), parsed("甲\\…乙"));  // two dots are no gap but punctuation
  EXPECT_EQ(parsed("甲…{金额}"), "(甲 gap0-8 {金额})");
  EXPECT_EQ(parsed("甲…{4,2}乙"), "phrase-bad-gap@3");
  EXPECT_EQ(parsed("甲…{0,201}乙"), "phrase-bad-gap@3");
  EXPECT_EQ(parsed("甲…{99999999999}乙"), "phrase-bad-gap@3");
  EXPECT_EQ(parsed("甲…{1,}乙"), "phrase-bad-gap@3");
  EXPECT_EQ(parsed("甲…{1,2乙"), "phrase-bad-gap@3");
}

TEST(Phrase, FullWidthSignsMeanTheSame) {
  EXPECT_EQ(parsed("便宜｜优惠"), "(便宜) | (优惠)");
  EXPECT_EQ(parsed("（便宜｜优惠）［点］＋｛金额：出价｝＜多少＞"),
            parsed("(便宜|优惠)[点]+{金额:出价}<多少>"));
}

TEST(Phrase, EscapesTakeSignsLiterally) {
  EXPECT_EQ(parsed("\\(甲\\|乙\\)"), "((甲|乙))");
  EXPECT_EQ(parsed("甲\\…乙"), "(甲…乙)");
  EXPECT_EQ(parsed("\\\\"), "(\\)");
  EXPECT_EQ(parsed("甲\\"), "phrase-bad-escape@2");
}

TEST(Phrase, LiteralsAreNormalisedLikeMessages) {
  EXPECT_EQ(parsed("便宜點"), "(便宜点)");
  EXPECT_EQ(parsed("ＡＢＣ１２"), "(abc12)");
  EXPECT_EQ(parsed(" 便 宜 | 优惠 [ 点 ] "), parsed("便宜|优惠[点]"));
  EXPECT_EQ(parsed("iPhone 15"), "(iphone 15)");
}

TEST(Phrase, SingleGroupsAreDissolved) {
  EXPECT_EQ(parsed("(红)色"), "(红色)");
  EXPECT_EQ(parsed("甲(乙[丙]丁)戊"), "(甲乙 opt[丙] 丁戊)");
  EXPECT_EQ(parsed("[(甲)]乙"), "(opt[甲] 乙)");
}

TEST(Phrase, ColumnsOfNodesCountCharacters) {
  PhraseError error;
  const PhraseTree phrase = parse_phrase("甲[乙]<丙>{金额}", &error);
  ASSERT_NE(phrase, nullptr);
  const auto& items = phrase->alternatives[0].parts[0].children;
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].column, 1u);
  EXPECT_EQ(items[1].column, 2u);
  EXPECT_EQ(items[2].column, 5u);
  EXPECT_EQ(items[3].column, 8u);
}

TEST(Phrase, ErrorsSayWhere) {
  EXPECT_EQ(parsed(""), "phrase-empty@1");
  EXPECT_EQ(parsed("   "), "phrase-empty@1");
  EXPECT_EQ(parsed("\xE2\x80\x8B"), "phrase-empty@1");
  EXPECT_EQ(parsed("甲|"), "phrase-empty@3");
  EXPECT_EQ(parsed("|甲"), "phrase-empty@1");
  EXPECT_EQ(parsed("甲||乙"), "phrase-empty@3");
  EXPECT_EQ(parsed("甲+"), "phrase-empty@3");
  EXPECT_EQ(parsed("甲[]"), "phrase-empty@3");
  EXPECT_EQ(parsed("甲(乙"), "phrase-unclosed@2");
  EXPECT_EQ(parsed("甲("), "phrase-unclosed@2");
  EXPECT_EQ(parsed("甲(乙|"), "phrase-unclosed@2");
  EXPECT_EQ(parsed("甲<乙"), "phrase-unclosed@2");
  EXPECT_EQ(parsed("甲{乙"), "phrase-unclosed@2");
  EXPECT_EQ(parsed("甲{乙:"), "phrase-unclosed@2");
  EXPECT_EQ(parsed("甲)"), "phrase-unexpected@2");
  EXPECT_EQ(parsed("甲]"), "phrase-unexpected@2");
  EXPECT_EQ(parsed("甲>"), "phrase-unexpected@2");
  EXPECT_EQ(parsed("甲}"), "phrase-unexpected@2");
  EXPECT_EQ(parsed("(甲]"), "phrase-unexpected@3");
  EXPECT_EQ(parsed("(甲+乙)"), "phrase-unexpected@3");
  EXPECT_EQ(parsed("<>"), "phrase-bad-name@2");
  EXPECT_EQ(parsed("<甲 乙>"), "phrase-bad-name@2");
  EXPECT_EQ(parsed("{金额:}"), "phrase-bad-name@5");
  EXPECT_EQ(parsed("{金额:出价:甲}"), "({金额:出价:甲})");
  EXPECT_EQ(parsed(std::string(1001, 'a')), "phrase-too-long@1");
  EXPECT_EQ(parsed(std::string(100000, 'a')), "phrase-too-long@1");
}

TEST(Phrase, NestingIsLimited) {
  EXPECT_EQ(parsed("((((((((甲|乙)丙)))))))"), "(one[甲|乙] 丙)");
  EXPECT_EQ(parsed("(((((((((甲)))))))))"), "phrase-too-deep@9");
  EXPECT_EQ(parsed(std::string(900, '[')), "phrase-too-deep@9");
}

TEST(Phrase, MustSaySomething) {
  EXPECT_EQ(parsed("[甲]"), "phrase-matches-everything@1");
  EXPECT_EQ(parsed("[甲][乙]"), "phrase-matches-everything@1");
  EXPECT_EQ(parsed("…"), "phrase-matches-everything@1");
  EXPECT_EQ(parsed("…{3,5}"), "phrase-matches-everything@1");
  EXPECT_EQ(parsed("([甲]|乙)"), "phrase-matches-everything@1");
  EXPECT_EQ(parsed("甲|[乙]"), "phrase-matches-everything@3");
  EXPECT_EQ(parsed("[甲]+[乙]"), "phrase-matches-everything@1");
  EXPECT_EQ(parsed("[甲]+乙"), "(opt[甲]) + (乙)");
}

TEST(PhraseShape, MeasuresMatches) {
  const auto measured = [](std::string_view text) {
    PhraseError error;
    const PhraseTree phrase = parse_phrase(text, &error);
    EXPECT_NE(phrase, nullptr) << text;
    Shapes shapes;
    shapes["便宜"] = {3, 2, 5};
    const Shape shape = measure(*phrase, shapes);
    return std::to_string(shape.strings) + " " + std::to_string(shape.shortest) + "-" +
           std::to_string(shape.longest);
  };
  EXPECT_EQ(measured("甲乙"), "1 2-2");
  EXPECT_EQ(measured("甲[乙]丙"), "2 2-3");
  EXPECT_EQ(measured("(甲|乙丙)(丁|戊)"), "4 2-3");
  EXPECT_EQ(measured("<便宜>点"), "3 3-6");
  EXPECT_EQ(measured("甲…乙"), "1 2-10");
  EXPECT_EQ(measured("甲乙丙|丁"), "2 1-3");
  EXPECT_EQ(measured("甲乙+丙"), "1 2-3");
}

TEST(PhraseShape, SeesWhatEveryMatchHolds) {
  const auto contains = [](std::string_view text, std::string_view other) {
    PhraseError error;
    return always_contains(*parse_phrase(text, &error), *parse_phrase(other, &error));
  };
  EXPECT_TRUE(contains("没有发货", "发货"));
  EXPECT_TRUE(contains("没有发货", "到货|有发"));
  EXPECT_TRUE(contains("甲|乙甲", "甲"));
  EXPECT_TRUE(contains("[甲]乙", "[甲]乙"));
  EXPECT_FALSE(contains("[没有]发货", "没有"));
  EXPECT_FALSE(contains("甲|乙", "甲"));
  EXPECT_FALSE(contains("发货", "没有发货"));
}

}  // namespace
}  // namespace xiaoer::rules
