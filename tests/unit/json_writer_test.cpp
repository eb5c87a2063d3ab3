#include <gtest/gtest.h>

#include <limits>

#include "json/reader.hpp"
#include "json/writer.hpp"

namespace xiaoer::json {
namespace {

TEST(JsonWriter, KeepsCommasAndNesting) {
  std::string out;
  Writer writer(&out);
  writer.begin_object().key("a").begin_array().value(1).value(true).null().end_array();
  writer.key("b").begin_object().end_object().key("c").raw("[2]").key("d").begin_array();
  writer.begin_array().end_array().begin_object().key("e").value("f").end_object().end_array();
  writer.end_object();
  EXPECT_EQ(out, R"({"a":[1,true,null],"b":{},"c":[2],"d":[[],{"e":"f"}]})");
}

TEST(JsonWriter, EscapesWhatMustBe) {
  std::string out;
  Writer(&out).value(std::string_view("\"\\/\b\f\n\r\t\x01\x7F价\xE2\x80\xA8", 16));
  EXPECT_EQ(out, "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f价\\u2028\"");
}

TEST(JsonWriter, IllFormedBytesBecomeReplacementCharacters) {
  std::string out;
  Writer(&out).value(
      std::string_view("a\xFF\xE4\xBB"
                       "b"));
  EXPECT_EQ(out,
            "\"a\xEF\xBF\xBD\xEF\xBF\xBD"
            "b\"");
}

TEST(JsonWriter, WritesNumbersAndStaysValid) {
  std::string out;
  Writer writer(&out);
  writer.begin_array().value(int64_t{-9223372036854775807}).value(0.85).value(1.0 / 3);
  writer.value(std::numeric_limits<double>::infinity())
      .value(std::numeric_limits<double>::quiet_NaN());
  writer.value(Decimal{39900}).value(uint32_t{7}).end_array();
  EXPECT_EQ(out, "[-9223372036854775807,0.85,0.333333,null,null,39.9,7]");
  Value value;
  Diagnostics diagnostics;
  EXPECT_TRUE(read(out, "out", {}, &value, &diagnostics));
}

TEST(JsonWriter, WhatItWritesReadsBackTheSame) {
  std::string text;
  for (char32_t c = 1; c < 0x300; ++c) {
    if (c < 0x80) text += static_cast<char>(c);
    if (c >= 0x80) {
      text += static_cast<char>(0xC0 | (c >> 6));
      text += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  std::string out;
  Writer(&out).begin_object().key(text).value(text).end_object();
  Value value;
  Diagnostics diagnostics;
  ASSERT_TRUE(read(out, "out", {}, &value, &diagnostics));
  EXPECT_EQ(value.members[0].name, text);
  EXPECT_EQ(value.members[0].value.text, text);
  EXPECT_EQ(out.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace xiaoer::json
