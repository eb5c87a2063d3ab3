#include <gtest/gtest.h>

#include "rules/template.hpp"

namespace xiaoer::rules {
namespace {

std::string parsed(std::string_view text) {
  std::vector<TemplatePiece> pieces;
  PhraseError error;
  if (!parse_template(text, &pieces, &error)) {
    EXPECT_TRUE(pieces.empty());
    return error.code + "@" + std::to_string(error.column);
  }
  std::string out;
  for (const TemplatePiece& piece : pieces) {
    out += std::to_string(piece.column) + (piece.is_variable ? "$" : "'") + piece.text;
    if (piece.fallback) out += "?" + *piece.fallback;
    out += ";";
  }
  return out;
}

TEST(Template, SplitsIntoPieces) {
  EXPECT_EQ(parsed("好的"), "1'好的;");
  EXPECT_EQ(parsed("{{昵称|亲}}，{{价格}}元"), "1$昵称?亲;9'，;10$价格;16'元;");
  EXPECT_EQ(parsed(""), "");
  EXPECT_EQ(parsed("{{ 价格 }}{{昵称|}}"), "1$价格;9$昵称?;");
}

TEST(Template, FallbacksKeepTheirSpacesAndBars) {
  EXPECT_EQ(parsed("{{昵称| 亲 }}"), "1$昵称? 亲 ;");
  EXPECT_EQ(parsed("{{昵称|甲|乙}}"), "1$昵称?甲|乙;");
}

TEST(Template, EscapesStandForThemselves) {
  EXPECT_EQ(parsed("\\{甲\\}\\|\\\\"), "1'{甲}|\\;");
  EXPECT_EQ(parsed("\\{\\{价格\\}\\}"), "1'{{价格}};");
  EXPECT_EQ(parsed("{{昵称|\\{亲\\}}}"), "1$昵称?{亲};");
  EXPECT_EQ(parsed("甲|乙"), "1'甲|乙;");
}

TEST(Template, ErrorsSayWhere) {
  EXPECT_EQ(parsed("甲{{价格"), "template-unclosed@2");
  EXPECT_EQ(parsed("甲{{价格}"), "template-stray-brace@6");
  EXPECT_EQ(parsed("甲{{价格{{"), "template-unclosed@2");
  EXPECT_EQ(parsed("甲{价格}"), "template-stray-brace@2");
  EXPECT_EQ(parsed("甲}}"), "template-stray-brace@2");
  EXPECT_EQ(parsed("{{}}"), "template-bad-variable@1");
  EXPECT_EQ(parsed("{{|亲}}"), "template-bad-variable@1");
  EXPECT_EQ(parsed("{{甲\n乙}}"), "template-bad-variable@1");
  EXPECT_EQ(parsed("{{" + std::string(97, 'x') + "}}"), "template-bad-variable@1");
  EXPECT_EQ(parsed("甲\\n"), "template-bad-escape@2");
  EXPECT_EQ(parsed("甲\\"), "template-bad-escape@2");
}

TEST(Template, ManyPiecesCostNoSquare) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "价{{价格}}";
  std::vector<TemplatePiece> pieces;
  PhraseError error;
  ASSERT_TRUE(parse_template(text, &pieces, &error));
  EXPECT_EQ(pieces.size(), 40000u);
  EXPECT_EQ(pieces.back().column, 19999u * 7 + 2);
}

}  // namespace
}  // namespace xiaoer::rules
