#include <gtest/gtest.h>

#include <memory>

#include "json/reader.hpp"

namespace xiaoer::json {
namespace {

struct Read {
  bool ok = false;
  Value value;
  Diagnostics diagnostics;
  std::string code() const {
    return diagnostics.list().empty() ? "" : diagnostics.list().front().code;
  }
  Place place() const {
    return diagnostics.list().empty() ? Place() : diagnostics.list().front().place;
  }
};

// From a buffer of exactly the text's size, so that the address sanitiser sees a read past its end.
Read read_text(std::string_view text, ReadOptions options = {}) {
  Read result;
  const auto bytes = std::make_unique<char[]>(text.size());
  std::copy(text.begin(), text.end(), bytes.get());
  result.ok =
      read({bytes.get(), text.size()}, "file.json", options, &result.value, &result.diagnostics);
  return result;
}

TEST(JsonReader, ReadsEveryType) {
  const Read result =
      read_text(R"({"a": null, "b": [true, false], "c": 39.90, "d": "文\u5b57\n", "e": {}})");
  ASSERT_TRUE(result.ok);
  EXPECT_TRUE(result.value.find("a")->is(Type::kNull));
  EXPECT_TRUE(result.value.find("b")->items[0].boolean);
  EXPECT_FALSE(result.value.find("b")->items[1].boolean);
  EXPECT_EQ(result.value.find("c")->text, "39.90");
  EXPECT_EQ(result.value.find("d")->text, "文字\n");
  EXPECT_TRUE(result.value.find("e")->is(Type::kObject));
  EXPECT_EQ(result.value.find("f"), nullptr);
}

TEST(JsonReader, KeepsTheTextOfNumbers) {
  const Read result = read_text("[0, -7, 1e3, 18446744073709551616, 0.1, -0.5e-2]");
  ASSERT_TRUE(result.ok);
  const std::vector<std::string> texts = {"0",   "-7",     "1e3", "18446744073709551616",
                                          "0.1", "-0.5e-2"};
  ASSERT_EQ(result.value.items.size(), texts.size());
  for (size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(result.value.items[i].text, texts[i]);
}

TEST(JsonReader, PlacesCountCharactersNotBytes) {
  const Read result =
      read_text("{\n  \"价格\": 12,\n  \"店名\": [\"果铺\", true, {\"甲\": null}]\n}");
  ASSERT_TRUE(result.ok);
  const Member& price = result.value.members[0];
  EXPECT_EQ(price.position.line, 2u);
  EXPECT_EQ(price.position.column, 3u);
  EXPECT_EQ(price.value.position.column, 9u);
  const Value& list = result.value.members[1].value;
  EXPECT_EQ(list.position.line, 3u);
  EXPECT_EQ(list.position.column, 9u);
  EXPECT_EQ(list.items[1].position.column, 16u);
  EXPECT_EQ(list.items[2].members[0].position.column, 23u);
  EXPECT_EQ(list.items[2].members[0].value.position.column, 28u);
}

TEST(JsonReader, PlacesSurviveEscapesAndComments) {
  ReadOptions options;
  options.allow_comments = true;
  const Read result = read_text("// \"[{\n[\"a\\\"\\\\\", /* 12 * \"/ */ 7, 8\n]/**/", options);
  ASSERT_TRUE(result.ok);
  EXPECT_EQ(result.value.position.line, 2u);
  EXPECT_EQ(result.value.items[0].text, "a\"\\");
  EXPECT_EQ(result.value.items[1].position.column, 25u);
  EXPECT_EQ(result.value.items[2].position.column, 28u);
}

TEST(JsonReader, CommentsAreRefusedUnlessAllowed) {
  EXPECT_EQ(read_text("// x\n{}").code(), "json-syntax");
  EXPECT_EQ(read_text("/* x */ {}").code(), "json-syntax");
}

TEST(JsonReader, SkipsAByteOrderMark) {
  const Read result = read_text("\xEF\xBB\xBF{\"a\": 1}");
  ASSERT_TRUE(result.ok);
  EXPECT_EQ(result.value.members[0].position.column, 2u);
}

TEST(JsonReader, ReportsAllDuplicateKeysAndKeepsTheFirst) {
  const Read result = read_text("{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2},\n \"a\": 3, \"a\": 4}");
  EXPECT_TRUE(result.ok);
  ASSERT_EQ(result.diagnostics.list().size(), 3u);
  EXPECT_EQ(result.diagnostics.list()[0].place.pointer, "/b/c");
  EXPECT_EQ(result.diagnostics.list()[1].place.line, 2u);
  EXPECT_EQ(result.value.members.size(), 2u);
  EXPECT_EQ(result.value.find("a")->text, "1");
}

TEST(JsonReader, DuplicatesInAWideObjectAreFoundQuickly) {
  std::string text = "{";
  for (int i = 0; i < 60000; ++i) text += "\"k" + std::to_string(i) + "\":1,";
  text += "\"k7\":2}";
  const Read result = read_text(text);
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(result.code(), "json-duplicate-key");
  EXPECT_EQ(result.value.members.size(), 60000u);
}

TEST(JsonReader, SyntaxErrorsHaveTheirPlace) {
  const struct {
    const char* text;
    const char* code;
    uint32_t line, column;
  } cases[] = {
      {"", "json-unfinished", 1, 1},
      {"{\"a\": 1,}", "json-comma-extra", 1, 9},
      {"[1 2]", "json-comma-missing", 1, 4},
      {"[1,\n ，2]", "json-full-width-mark", 2, 2},
      {"{'a': 1}", "json-unquoted", 1, 2},
      {"[1, 2", "json-unfinished", 1, 6},
      {"[\"abc", "json-quote-missing", 1, 2},
      {"[tru]", "json-unquoted", 1, 2},
      {"[01]", "json-syntax", 1, 2},
      {"[\"\\x\"]", "json-syntax", 1, 2},
      {"[\"\\ud800\"]", "json-syntax", 1, 2},
      {"{} {}", "json-syntax", 1, 4},
      {"[NaN]", "json-unquoted", 1, 2},
      {"[\"a\tb\"]", "json-syntax", 1, 2},
      {"[1e400]", "json-number-out-of-range", 1, 2},
      {"{\"a\": \"b\" /* , */\n \"c\": 1}", "json-comma-missing", 2, 2},
      {"[{} {}]", "json-comma-missing", 1, 5},
      {"[true\n[1]]", "json-comma-missing", 2, 1},
      {"[1,,2]", "json-comma-extra", 1, 4},
      {"[1, // 2\n]", "json-comma-extra", 2, 1},
      {"{\"a\" \"b\"}", "json-colon-missing", 1, 6},
      {"{\"a\"：1}", "json-full-width-mark", 1, 5},
      {"{\"a\": “b”}", "json-full-width-mark", 1, 7},
      {"{\"a\": \"b\\\",\n\"c\": 1}", "json-quote-missing", 1, 7},
      {"{a: 1}", "json-unquoted", 1, 2},
      {"[售前]", "json-unquoted", 1, 2},
      {"[1; 2]", "json-syntax", 1, 2},
      {"[1]]", "json-syntax", 1, 4},
      {"[,1]", "json-syntax", 1, 2},
  };
  ReadOptions options;
  options.allow_comments = true;
  for (const auto& each : cases) {
    const Read result = read_text(each.text, options);
    EXPECT_FALSE(result.ok) << each.text;
    EXPECT_EQ(result.code(), each.code) << each.text;
    EXPECT_EQ(result.place().line, each.line) << each.text;
    EXPECT_EQ(result.place().column, each.column) << each.text;
    EXPECT_TRUE(result.value.is(Type::kNull)) << each.text;
  }
}

TEST(JsonReader, NothingHidesBehindANul) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(read_text("{}\0"sv).code(), "json-syntax");
  EXPECT_EQ(read_text("{}\0{\"a\":1}"sv).code(), "json-syntax");
  EXPECT_EQ(read_text("{}\n \0"sv).place().line, 2u);
  EXPECT_FALSE(read_text("[\"a\0b\"]"sv).ok);
}

TEST(JsonReader, RefusesIllFormedUtf8Everywhere) {
  EXPECT_EQ(read_text("[\"\xC0\xAF\"]").code(), "json-invalid-utf8");
  EXPECT_EQ(read_text("[\"\xED\xA0\x80\"]").code(), "json-invalid-utf8");
  EXPECT_EQ(read_text("[]\xFF").code(), "json-invalid-utf8");
  ReadOptions options;
  options.allow_comments = true;
  const Read result = read_text("[\n// 好\xFF\n]", options);
  EXPECT_EQ(result.code(), "json-invalid-utf8");
  EXPECT_EQ(result.place().line, 2u);
  EXPECT_EQ(result.place().column, 5u);
}

TEST(JsonReader, KeepsItsLimits) {
  ReadOptions options;
  options.max_depth = 3;
  EXPECT_TRUE(read_text("[[[1]]]", options).ok);
  EXPECT_EQ(read_text("[[[[1]]]]", options).code(), "json-too-deep");
  options = {};
  options.max_values = 3;
  EXPECT_TRUE(read_text("[1, 2]", options).ok);
  EXPECT_EQ(read_text("[1, 2, 3]", options).code(), "json-too-large");
  options = {};
  options.max_bytes = 4;
  EXPECT_TRUE(read_text("[12]", options).ok);
  EXPECT_EQ(read_text("[123]", options).code(), "json-too-large");
}

TEST(JsonReader, DeepNestingIsRefusedNotFollowed) {
  const Read result = read_text(std::string(1'000'000, '['));
  EXPECT_EQ(result.code(), "json-too-deep");
  EXPECT_EQ(result.place().column, 33u);
}

TEST(JsonReader, EveryPrefixOfADocumentIsRefusedQuietly) {
  const std::string text = R"({"甲": [1.5e3, "\u00e9\\", null, true], "b": {"c": -0}})";
  for (size_t size = 0; size < text.size(); ++size) {
    const Read result = read_text(std::string_view(text).substr(0, size));
    EXPECT_FALSE(result.ok) << size;
    EXPECT_EQ(result.diagnostics.list().size(), 1u) << size;
  }
  EXPECT_TRUE(read_text(text).ok);
}

TEST(JsonValue, PointersEscape) {
  EXPECT_EQ(child_pointer("/a", "b~/c"), "/a/b~0~1c");
  EXPECT_EQ(child_pointer("", size_t{3}), "/3");
}

}  // namespace
}  // namespace xiaoer::json
