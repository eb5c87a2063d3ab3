// The committed tables against what the installed ICU would make of them.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "text/composer.hpp"
#include "text/normaliser.hpp"
#include "text/tables.hpp"
#include "tools/generate_text_tables.hpp"

namespace xiaoer::text {
namespace {

// The sources lie where this file lies.
std::string committed_tables() {
  std::string path = __FILE__;
  const size_t root = path.rfind("tests/oracle/");
  if (root == path.npos) return {};
  path.resize(root);
  std::ifstream file(path + "src/text/generated/tables.cpp", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(TextTables, AreWhatTheGeneratorWrites) {
  if (tools::unicode_version() != tables::kUnicodeVersion) {
    GTEST_SKIP() << "tables are for Unicode " << tables::kUnicodeVersion << ", ICU has "
                 << tools::unicode_version();
  }
  std::string error;
  const std::string fresh = tools::generate_text_tables(error);
  ASSERT_EQ(error, "");
  const std::string committed = committed_tables();
  ASSERT_FALSE(committed.empty());
  EXPECT_TRUE(fresh == committed) << "run generate_text_tables and commit what it writes";
}

TEST(TextTables, AreSortedForSearching) {
  ASSERT_GT(tables::kPairCount, 500u);
  for (size_t i = 1; i < tables::kPairCount; ++i) {
    const tables::Pair& a = tables::kPairs[i - 1];
    const tables::Pair& b = tables::kPairs[i];
    EXPECT_LT(std::pair(a.first, a.second), std::pair(b.first, b.second));
    EXPECT_LT(tables::kPairs[tables::kPairsByComposite[i - 1]].composite,
              tables::kPairs[tables::kPairsByComposite[i]].composite);
  }
  for (size_t i = 0; i < tables::kPairCount; ++i) {
    const tables::Pair& pair = tables::kPairs[i];
    EXPECT_EQ(compose(pair.first, pair.second), pair.composite);
  }
}

}  // namespace
}  // namespace xiaoer::text
