#include <gtest/gtest.h>

#include "text/emoticon_codes.hpp"
#include "text/utf8.hpp"

namespace xiaoer::text {
namespace {

std::string folded(std::string_view message) {
  Text text;
  normalise(message, text);
  if (may_have_codes(text)) fold_codes(&text);
  return encode({text.chars.data(), text.chars.size()});
}

TEST(EmoticonCodes, BecomeOneSymbol) {
  EXPECT_EQ(folded("好的[微笑]谢谢"), "好的☺谢谢");
  EXPECT_EQ(folded("[Facepalm]唉"), "☺唉");
  EXPECT_EQ(folded("/:^_^能少点吗/:809"), "☺能少点吗☺");
  EXPECT_EQ(folded("/::)在么"), "☺在么");
  EXPECT_EQ(folded("收到了#E-s21"), "收到了☺");
  EXPECT_EQ(folded("#E-s21#E-s4"), "☺☺");
  EXPECT_EQ(folded("好哒#E-s[数字x]谢谢"), "好哒☺谢谢");
  EXPECT_EQ(folded("#E-s[没有收到货"), "☺[没有收到货");
  EXPECT_EQ(folded("［微\u200b笑］"), "☺");
}

TEST(EmoticonCodes, LeaveEverythingElseAlone) {
  for (const char* const message : {"[图片]", "[微笑", "微笑]", "24/25码", "a/b", "/:", "#5", "#e-",
                                    "&nbsp", "http://x.cn/a", "[]", "&", "#"}) {
    EXPECT_EQ(folded(message), normalise_to_utf8(message)) << message;
  }
}

TEST(EmoticonCodes, EntitiesOfHtmlAreTheirCharacters) {
  EXPECT_EQ(folded("订单12&nbsp;帮我查"), "订单12帮我查");
  EXPECT_EQ(folded("12&nbsp;34&nbsp;"), "12 34");
  EXPECT_EQ(folded("3&gt;2"), "3>2");
  EXPECT_EQ(folded("&quot;好&quot;"), "\"好\"");
}

TEST(EmoticonCodes, KeepTheBytesOfTheCode) {
  const std::string message = "好[微笑]嗯";
  Text text;
  normalise(message, text);
  fold_codes(&text);
  ASSERT_EQ(text.size(), 3u);
  EXPECT_EQ(text.chars[1], kEmoticon);
  EXPECT_EQ(text.properties[1], kSymbol);
  EXPECT_EQ(text.source({1, 2}), "[微笑]");
  EXPECT_EQ(text.source({2, 3}), "嗯");
}

}  // namespace
}  // namespace xiaoer::text
