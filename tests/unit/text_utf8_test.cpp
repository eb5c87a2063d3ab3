#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "text/utf8.hpp"

namespace xiaoer::text {
namespace {

// A copy that ends exactly where its heap block ends, so that a read beyond it is caught.
Decoded decode_exact(std::string_view bytes) {
  const auto copy = std::make_unique<char[]>(bytes.size());
  bytes.copy(copy.get(), bytes.size());
  return decode({copy.get(), bytes.size()});
}

TEST(Utf8, RoundTripsEveryCodePoint) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string bytes;
    append(bytes, c);
    const Decoded decoded = decode(bytes);
    ASSERT_TRUE(decoded.ok) << uint32_t{c};
    ASSERT_EQ(decoded.code_point, c);
    ASSERT_EQ(decoded.size, bytes.size());
  }
}

TEST(Utf8, AppendsReplacementForWhatIsNoCharacter) {
  for (const char32_t c :
       {char32_t{0xD800}, char32_t{0xDFFF}, char32_t{0x110000}, char32_t{0xFFFFFFFF}}) {
    std::string bytes;
    append(bytes, c);
    EXPECT_EQ(bytes, "\xEF\xBF\xBD");
  }
}

// Against the definition: a sequence is good if it is the encoding of some character.
TEST(Utf8, AcceptsExactlyTheWellFormedThreeByteSequences) {
  for (int a = 0xE0; a <= 0xEF; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string bytes{static_cast<char>(a), static_cast<char>(b), '\x80'};
      const int value = (a & 15) << 12 | (b & 63) << 6;
      const bool good = (b & 0xC0) == 0x80 && value >= 0x800 && (value < 0xD800 || value > 0xDFFF);
      EXPECT_EQ(decode(bytes).ok, good) << a << ' ' << b;
      EXPECT_EQ(decode(bytes).size, good ? 3 : 1);
    }
  }
}

struct Bad {
  std::string_view bytes;
  size_t subpart;
};

TEST(Utf8, RefusesIllFormedSequencesByMaximalSubpart) {
  const Bad cases[] = {
      {"\x80", 1},
      {"\xBF", 1},
      {"\xC0\x80", 1},
      {"\xC1\xBF", 1},
      {"\xC2", 1},
      {"\xC2 ", 1},
      {"\xE0\x80\x80", 1},
      {"\xE0\x9F\xBF", 1},
      {"\xE0\xA0", 2},
      {"\xE4\xBD", 2},
      {"\xE4\xBD ", 2},
      {"\xE4", 1},
      {"\xE4 \xA0", 1},
      {"\xED\xA0\x80", 1},
      {"\xED\xBF\xBF", 1},
      {"\xF0\x80\x80\x80", 1},
      {"\xF0\x8F\xBF\xBF", 1},
      {"\xF0\x9F\x98", 3},
      {"\xF0\x9F", 2},
      {"\xF0\x9F\x98!", 3},
      {"\xF4\x90\x80\x80", 1},
      {"\xF5\x80\x80\x80", 1},
      {"\xF8\x88\x80\x80\x80", 1},
      {"\xFE", 1},
      {"\xFF", 1},
  };
  for (const Bad& bad : cases) {
    const Decoded decoded = decode_exact(bad.bytes);
    EXPECT_FALSE(decoded.ok);
    EXPECT_EQ(decoded.code_point, kReplacement);
    EXPECT_EQ(decoded.size, bad.subpart) << replace_invalid(bad.bytes);
  }
}

TEST(Utf8, ReplacesEachSubpartOnce) {
  // The example of the Unicode standard, table 3-8 and its neighbours.
  EXPECT_EQ(replace_invalid("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
            "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
  EXPECT_EQ(replace_invalid("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(replace_invalid("你好"), "你好");
  EXPECT_EQ(replace_invalid(""), "");
  EXPECT_EQ(replace_invalid(std::string_view("a\0b", 3)), std::string_view("a\0b", 3));
}

TEST(Utf8, FindsTheValidPrefix) {
  EXPECT_EQ(valid_prefix("你好"), 6u);
  EXPECT_EQ(valid_prefix("你\xE5\xA5"), 3u);
  EXPECT_EQ(valid_prefix("\xFF你"), 0u);
  EXPECT_EQ(valid_prefix(""), 0u);
  EXPECT_TRUE(is_valid("abc你😀"));
  EXPECT_FALSE(is_valid("abc\xC0\xAF"));
}

TEST(Utf8, CountsCodePointsAndSubparts) {
  EXPECT_EQ(count("a你😀"), 3u);
  EXPECT_EQ(count("\xE4\xBD"), 1u);
  EXPECT_EQ(count("\x80\x80"), 2u);
  EXPECT_EQ(count(""), 0u);
}

TEST(Utf8, EncodesStrings) { EXPECT_EQ(encode(U"a你😀"), "a你😀"); }

}  // namespace
}  // namespace xiaoer::text
