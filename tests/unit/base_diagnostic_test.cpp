#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>

#include "base/diagnostic.hpp"

namespace xiaoer {
namespace {

Diagnostic unknown_key() {
  return {Severity::kError,
          "unknown-key",
          {"intents/bargain.json", 12, 7, "/intents/0/stag"},
          "bargain.discount",
          {"stag", "您要写的是不是“stage”？", "Did you mean \"stage\"? "}};
}

TEST(Diagnostic, TextHasTheFormOfCompilers) {
  EXPECT_EQ(to_text(unknown_key(), Language::kEnglish),
            "intents/bargain.json:12:7: error: The key \"stag\" is not known (unknown-key, "
            "bargain.discount)\n    Did you mean \"stage\"? The keys are listed in "
            "docs/pack-format.md");
  EXPECT_EQ(to_text(unknown_key(), Language::kChinese).find("intents/bargain.json:12:7: 错误: "),
            0u);
}

TEST(Diagnostic, PlacesMayBeVague) {
  Diagnostic diagnostic = unknown_key();
  diagnostic.severity = Severity::kWarning;
  diagnostic.rule_id.clear();
  diagnostic.place = {"a.json", 0, 0, ""};
  EXPECT_EQ(to_text(diagnostic, Language::kEnglish).find("a.json: warning: "), 0u);
  diagnostic.place.file.clear();
  EXPECT_EQ(to_text(diagnostic, Language::kEnglish).find("warning: "), 0u);
}

TEST(Diagnostic, UnknownCodesSpeakForThemselves) {
  Diagnostic diagnostic;
  diagnostic.code = "no-such-code";
  EXPECT_EQ(message_of(diagnostic, Language::kEnglish), "no-such-code");
  EXPECT_EQ(remedy_of(diagnostic, Language::kChinese), "no-such-code");
}

TEST(Diagnostic, ArgumentsAreNeitherRescannedNorTrusted) {
  Diagnostic diagnostic = unknown_key();
  diagnostic.args = {"{1}\n\x1b[31m", "x", "y"};
  EXPECT_EQ(message_of(diagnostic, Language::kEnglish), "The key \"{1}  [31m\" is not known");
  diagnostic.args.clear();
  EXPECT_EQ(message_of(diagnostic, Language::kEnglish), "The key \"\" is not known");
}

TEST(Diagnostic, ChineseArgumentsStandWithoutSpaces) {
  Diagnostic diagnostic;
  diagnostic.code = "fact-wrong-type";
  diagnostic.args = {"product.price", "数字", "列表 […]", "number", "list"};
  EXPECT_EQ(message_of(diagnostic, Language::kChinese), "product.price 要写数字，现在是列表 […]");
  EXPECT_EQ(remedy_of(diagnostic, Language::kChinese), "改成数字");
  EXPECT_EQ(message_of(diagnostic, Language::kEnglish),
            "product.price must be of type number, not list");
  diagnostic.args = {"product.售 价", "true 或 false", "文字", "", ""};
  EXPECT_EQ(message_of(diagnostic, Language::kChinese),
            "product.售 价要写 true 或 false，现在是文字");
}

TEST(Diagnostic, CausesAreToldInChinese) {
  Diagnostic diagnostic;
  diagnostic.code = "cannot-read";
  diagnostic.args = {std::strerror(ENOENT)};
  EXPECT_EQ(message_of(diagnostic, Language::kChinese), "读不了：没有这个文件或文件夹");
  EXPECT_EQ(message_of(diagnostic, Language::kEnglish),
            "Cannot be read: No such file or directory");
  diagnostic.args = {"a cause that nobody knows"};
  EXPECT_EQ(message_of(diagnostic, Language::kChinese), "读不了：a cause that nobody knows");
  diagnostic.code = "no-such-folder";  // a folder may have any name
  diagnostic.args = {"File exists"};
  EXPECT_EQ(message_of(diagnostic, Language::kChinese), "找不到文件夹“File exists”");
}

TEST(Diagnostics, CountAndSort) {
  Diagnostics diagnostics;
  diagnostics.warning("tone", {"b.json", 1, 1, ""});
  diagnostics.error("bad-id", {"a.json", 2, 1, ""});
  diagnostics.error("bad-name", {"a.json", 1, 9, ""});
  diagnostics.error("bad-time", {"a.json", 1, 9, ""});
  diagnostics.sort();
  EXPECT_EQ(diagnostics.error_count(), 3u);
  EXPECT_EQ(diagnostics.warning_count(), 1u);
  EXPECT_TRUE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.list()[0].code, "bad-name");
  EXPECT_EQ(diagnostics.list()[1].code, "bad-time");
  EXPECT_EQ(diagnostics.list()[3].code, "tone");
}

TEST(Diagnostics, KeepAThousandAndSayHowManyMore) {
  Diagnostics diagnostics;
  for (size_t i = 0; i < Diagnostics::kMaxKept; ++i) diagnostics.warning("tone", {"a", 1, 1, ""});
  EXPECT_EQ(diagnostics.list().back().code, "tone");
  for (int i = 0; i < 5; ++i) diagnostics.error("bad-id", {"a", 1, 1, ""});
  diagnostics.sort();
  ASSERT_EQ(diagnostics.list().size(), Diagnostics::kMaxKept);
  const Diagnostic& last = diagnostics.list().back();
  EXPECT_EQ(last.code, "too-many-problems");
  EXPECT_EQ(last.severity, Severity::kError);
  EXPECT_EQ(last.args[0], "6");  // five, and the one that gave way
  EXPECT_EQ(diagnostics.error_count(), 5u);
}

TEST(Nearest, FindsTheNearestOrNothing) {
  const std::vector<std::string_view> keys = {"patterns", "pinned", "policy", "priority"};
  EXPECT_EQ(nearest("pattern", keys), "patterns");
  EXPECT_EQ(nearest("plociy", keys), "policy");
  EXPECT_EQ(nearest("prioritty", keys), "priority");
  EXPECT_EQ(nearest("examples", keys), "");
  EXPECT_EQ(nearest("", keys), "");
  EXPECT_EQ(nearest("x", keys), "");
}

TEST(Nearest, CountsChineseCharactersOnce) {
  const std::vector<std::string_view> names = {"价格", "原价", "库存"};
  EXPECT_EQ(nearest("价各", names), "价格");
  EXPECT_EQ(nearest("库村", names), "库存");
  EXPECT_EQ(nearest("运费", names), "");
  EXPECT_EQ(nearest(std::string(5000, 'x'), names), "");
}

TEST(Catalogue, IsSortedUniqueAndComplete) {
  std::set<std::string_view> codes;
  std::string_view before;
  for (const CatalogueEntry& row : catalogue()) {
    EXPECT_LT(before, row.code);
    before = row.code;
    for (const std::string_view text :
         {row.message_zh, row.message_en, row.remedy_zh, row.remedy_en}) {
      EXPECT_FALSE(text.empty()) << row.code;
    }
    EXPECT_EQ(find_catalogue_entry(row.code), &row);
  }
  EXPECT_EQ(find_catalogue_entry("no-such-code"), nullptr);
}

// docs/errors.md has one row a code, with the very sentences of the catalogue.
TEST(Catalogue, AgreesWithTheDocumentation) {
  std::ifstream stream(XIAOER_TEST_DATA "/../docs/errors.md");
  ASSERT_TRUE(stream.good());
  std::set<std::string> documented;
  const auto escaped = [](std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
  };
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with("| `")) continue;
    const std::string code = line.substr(3, line.find('`', 3) - 3);
    EXPECT_TRUE(documented.insert(code).second) << code;
    const CatalogueEntry* row = find_catalogue_entry(code);
    ASSERT_NE(row, nullptr) << code;
    for (const std::string_view text :
         {row->message_zh, row->message_en, row->remedy_zh, row->remedy_en}) {
      EXPECT_NE(line.find(escaped(text)), std::string::npos) << code << ": " << text;
    }
  }
  EXPECT_EQ(documented.size(), catalogue().size());
}

}  // namespace
}  // namespace xiaoer
