// Encodings and CSV: what the bytes of a file become.

#include <gtest/gtest.h>

#include "importer/columns.hpp"
#include "importer/csv.hpp"
#include "importer/encoding.hpp"

namespace xiaoer::importer {
namespace {

std::vector<Row> rows_of(std::string_view text, char delimiter = ',') {
  Table table;
  Diagnostics diagnostics;
  EXPECT_TRUE(read_csv(text, delimiter, "t", &table, &diagnostics));
  return table.rows;
}

using Cells = std::vector<std::string>;

TEST(Csv, ReadsQuotesLineBreaksAndEveryEnding) {
  const auto rows = rows_of("a,\"b\r\n\"\"c\"\"\",d\r\n\r\ne,,f\rg\n\"\",h");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].cells, (Cells{"a", "b\r\n\"c\"", "d"}));
  EXPECT_EQ(rows[1].cells, (Cells{"e", "", "f"}));
  EXPECT_EQ(rows[1].line, 4u);
  EXPECT_EQ(rows[2].cells, (Cells{"g"}));
  EXPECT_EQ(rows[3].cells, (Cells{"", "h"}));
  for (const Row& row : rows) EXPECT_EQ(row.problem, "");
}

TEST(Csv, KeepsQuotesInsideACell) {
  const auto rows = rows_of("a,5\" screen,b\nc,\"d\" e,f\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].cells, (Cells{"a", "5\" screen", "b"}));
  EXPECT_EQ(rows[1].cells, (Cells{"c", "\"d\" e", "f"}));
  EXPECT_EQ(rows[1].problem, "");
}

TEST(Csv, AnOpenQuoteSwallowsOneLineOnly) {
  const auto rows = rows_of("a,b\nc,\"d\ne,f\ng,h");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[1].problem, "import-unclosed-quote");
  EXPECT_EQ(rows[1].cells, (Cells{"c,\"d"}));
  EXPECT_EQ(rows[2].cells, (Cells{"e", "f"}));
  EXPECT_EQ(rows[3].line, 4u);
}

TEST(Csv, TabsAndManyColumns) {
  EXPECT_EQ(rows_of("a\tb,c\t\"d\te\"\n", '\t')[0].cells, (Cells{"a", "b,c", "d\te"}));
  std::string wide = "x";
  for (int i = 0; i < 1000; ++i) wide += ",y";
  const auto rows = rows_of(wide);
  ASSERT_EQ(rows[0].cells.size(), kMaxColumns);
  EXPECT_GE(std::count(rows[0].cells.back().begin(), rows[0].cells.back().end(), 'y'), 900);
}

struct Decoded {
  bool ok;
  std::string text, used, code;
  uint32_t line;
};
Decoded decode(std::string_view bytes, Encoding encoding = Encoding::kAuto) {
  Decoded out = {};
  Diagnostics diagnostics;
  out.ok = decode(bytes, encoding, "t", &out.text, &out.used, &diagnostics);
  if (!out.ok) {
    out.code = diagnostics.list().front().code;
    out.line = diagnostics.list().front().place.line;
  }
  return out;
}

TEST(Decode, BelievesTheMarkThenUtf8ThenGb18030) {
  EXPECT_EQ(decode("\xEF\xBB\xBF发货").text, "发货");
  EXPECT_EQ(decode("发货").used, "UTF-8");
  EXPECT_EQ(decode("\xB7\xA2\xBB\xF5").text, "发货");
  EXPECT_EQ(decode("\xB7\xA2\xBB\xF5").used, "GB18030");
  EXPECT_EQ(decode(std::string_view("\xFF\xFE\xD1\x53\x27\x8D", 6)).text, "发货");
  EXPECT_EQ(decode(std::string_view("\xFE\xFF\x53\xD1\x8D\x27", 6), Encoding::kUtf8).text, "发货");
}

TEST(Decode, NeverReplacesWhatItCannotRead) {
  const Decoded bad = decode("fine\nfine\n\xB7\xFF", Encoding::kGb18030);
  EXPECT_FALSE(bad.ok);
  EXPECT_EQ(bad.code, "import-encoding");
  EXPECT_EQ(bad.line, 3u);
  EXPECT_EQ(decode("ab\xB7", Encoding::kGb18030).code, "import-encoding");  // cut in a character
  EXPECT_EQ(decode(std::string_view("\xFF\xFE\x00\xD8", 4)).code, "import-encoding");
  EXPECT_EQ(decode(std::string_view("a\0b", 3)).code, "import-binary");
}

TEST(Decode, LongTextsComeWhole) {
  std::string bytes, text;
  for (int i = 0; i < 100'000; ++i) {
    bytes += "\xB7\xA2\xBB\xF5";
    text += "发货";
  }
  EXPECT_EQ(decode(bytes).text, text);
}

TEST(ColumnMap, ReadsItsForm) {
  ColumnMap map;
  ASSERT_TRUE(parse_map("code=编码,text=话术", &map));
  EXPECT_EQ(map.code, "编码");
  EXPECT_EQ(map.text, "话术");
  EXPECT_EQ(map.group, "");
  for (const char* wrong : {"", "text", "text=", "code=1", "text=a,text=b", "texts=a"}) {
    EXPECT_FALSE(parse_map(wrong, &map)) << wrong;
  }
}

}  // namespace
}  // namespace xiaoer::importer
