// The committed tables of readings and common words against what the installed ICU would make.

#include <gtest/gtest.h>
#include <unicode/uvernum.h>

#include <fstream>
#include <sstream>
#include <string>

#include "text/common_words.hpp"
#include "text/pinyin.hpp"
#include "tools/generate_pinyin_tables.hpp"

namespace xiaoer::text {
namespace {

constexpr char kMadeWithIcu[] = "72.1";

// The sources lie where this file lies.
std::string committed(const std::string& name) {
  std::string path = __FILE__;
  const size_t root = path.rfind("tests/oracle/");
  if (root == path.npos) return {};
  path.resize(root);
  std::ifstream file(path + "src/text/generated/" + name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(PinyinTables, AreWhatTheGeneratorWrites) {
  if (std::string(U_ICU_VERSION) != kMadeWithIcu) {
    GTEST_SKIP() << "tables are of ICU " << kMadeWithIcu << ", this is " << U_ICU_VERSION;
  }
  std::string error;
  const std::string fresh = tools::generate_pinyin(error);
  ASSERT_EQ(error, "");
  EXPECT_TRUE(fresh == committed("pinyin.cpp")) << "run generate_pinyin_tables and commit";
}

// Some of them: all take ten seconds.
TEST(PinyinTables, CommonWordsAreThoseOfTheDictionary) {
  if (std::string(U_ICU_VERSION) != kMadeWithIcu) {
    GTEST_SKIP() << "tables are of ICU " << kMadeWithIcu << ", this is " << U_ICU_VERSION;
  }
  std::string error;
  std::istringstream fresh(tools::generate_common_words(32, error));
  ASSERT_EQ(error, "");
  const std::string all = committed("common_words.cpp");
  size_t lines = 0;
  for (std::string line; std::getline(fresh, line);) {
    if (!line.starts_with("{u'")) continue;
    ++lines;
    EXPECT_NE(all.find("\n" + line + "\n"), all.npos) << line;
  }
  EXPECT_GT(lines, 90u);
}

TEST(PinyinTables, AreSortedForSearching) {
  using namespace pinyin_tables;
  for (size_t i = 1; i < kSyllableCount; ++i) {
    EXPECT_LT(kSyllables[i - 1], kSyllables[i]);
    EXPECT_EQ(find_syllable(kSyllables[i]), i);
  }
  for (size_t i = 1; i < kReadingCount; ++i) {
    EXPECT_LE(kReadings[i - 1].character, kReadings[i].character);
  }
  for (const Syllable syllable : kSyllableOf) EXPECT_LT(syllable, kSyllableCount);
  for (size_t i = 0; i < kCommonWordCount; ++i) {
    if (i > 0) {
      EXPECT_LT(kCommonWords[i - 1].first, kCommonWords[i].first);
    }
    const std::u16string_view seconds = kCommonWords[i].seconds;
    EXPECT_TRUE(std::is_sorted(seconds.begin(), seconds.end()));
  }
}

TEST(PinyinTables, AnswerWhatIsAsked) {
  EXPECT_EQ(pinyin_tables::kSyllables[syllable_of(U'装')], "zhuang");
  EXPECT_EQ(pinyin_tables::kSyllables[syllable_of(U'绿')], "lv");
  EXPECT_EQ(syllable_of(U'a'), 0);
  EXPECT_EQ(syllable_of(U'。'), 0);
  EXPECT_EQ(find_syllable("zhuangx"), 0);
  EXPECT_EQ(find_syllable(""), 0);
  const Readings returning = readings_of(U'还');
  ASSERT_EQ(returning.count, 2u);
  EXPECT_EQ(returning.syllables[0], find_syllable("hai"));
  EXPECT_EQ(returning.syllables[1], find_syllable("huan"));
  EXPECT_EQ(readings_of(U'x').count, 0u);
  EXPECT_TRUE(is_common_word(U'点', U'心'));
  EXPECT_FALSE(is_common_word(U'优', U'卷'));
  EXPECT_FALSE(is_common_word(0x20000, U'心'));
}

}  // namespace
}  // namespace xiaoer::text
