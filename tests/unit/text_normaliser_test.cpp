#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

#include "text/normaliser.hpp"
#include "text/utf8.hpp"

namespace xiaoer::text {
namespace {

struct Case {
  std::string_view from;
  std::string_view to;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(normalise_to_utf8(c.from), c.to) << c.from;
}

TEST(Normalise, FoldsWidthAndCase) {
  expect_all({{"ＡＢＣ１２３", "abc123"},
              {"XL码", "xl码"},
              {"３９．９元", "39.9元"},
              {"！？；：，", "!?;:,"},
              {"ｶﾞ", "ガ"},
              {"Straße", "strasse"},
              {"①②", "12"},
              {"㎏", "kg"},
              {"ﬁ", "fi"},
              {"½", "1⁄2"},
              {"", ""}});
}

TEST(Normalise, ReadsDressedNumbersAsPlainDigits) {
  expect_all({{"❽⓿元", "80元"},
              {"➊➁⓷", "123"},
              {"⒏⒐", "89"},
              {"⑻⑽", "810"},
              {"⒑ ⓫ ❿ ㉈ 🔟", "10 11 10 10 10"},
              {"٨٠ ۸۰ ८० ๘๐", "80 80 80 80"},
              {"8️⃣0️⃣", "80"},
              {"8\u20DD0\u0332", "80"},
              {"²½", "21⁄2"},
              {"〇㈠㊀Ⅶ", "〇(一)一vii"},
              {"e\u0332", "e\u0332"}});
}

TEST(Normalise, SimplifiesTraditionalCharacters) {
  expect_all({{"請問這個什麼時候發貨", "请问这个什么时候发货"},
              {"妳們店裡有沒有", "你们店里有没有"},
              {"⾺上", "马上"},
              {"臺灣", "台湾"},
              {"後天", "后天"}});
}

TEST(Normalise, SimplifiesByTheNeighbour) {
  expect_all(
      {{"乾淨", "干净"},         {"乾隆", "乾隆"},        {"乾 坤", "乾坤"}, {"餅乾", "饼干"},
       {"穿著舒服", "穿着舒服"}, {"著名", "著名"},        {"顯著", "显著"},  {"看著", "看着"},
       {"甚麼", "什么"},         {"甚么", "什么"},        {"甚 么", "什么"}, {"甚至", "甚至"},
       {"家俱", "家具"},         {"俱樂部", "俱乐部"},    {"回覆", "回复"},  {"覆蓋", "覆盖"},
       {"瞭解", "了解"},         {"瞭望", "瞭望"},        {"慰藉", "慰藉"},  {"藉口", "借口"},
       {"乾\n隆", "干\n隆"},     {"什什甚么", "什什甚么"}});
}

TEST(Normalise, KeepsSimplifiedCharactersThatLookTraditional) {
  expect_all({{"大阪", "大阪"}, {"哪吒", "哪吒"}, {"摔跤", "摔跤"}, {"苎麻", "苎麻"}});
}

TEST(Normalise, DropsWhatIsInvisible) {
  expect_all({{"包\u200B邮", "包邮"},
              {"\uFEFF包邮", "包邮"},
              {"包\u202E邮\u202C", "包邮"},
              {"包\u00AD邮", "包邮"},
              {"❤\uFE0F", "❤"},
              {"👨\u200D👩", "👨👩"},
              {"包\x01\x7F邮", "包邮"},
              {"\u0085包\u0081邮", "包邮"},
              {"包\u3164邮", "包邮"},
              {"a\u200Bb", "ab"},
              {"e\u200B\u0301", "é"}});
  EXPECT_EQ(normalise_to_utf8(std::string_view("包\0邮", 7)), "包邮");
}

TEST(Normalise, SqueezesRuns) {
  expect_all({{"好好好好", "好好"},
              {"好好", "好好"},
              {"啊啊啊啊啊", "啊啊"},
              {"？？？", "?"},
              {"！!！", "!"},
              {"。。。。", "。"},
              {",,", ","},
              {"1111", "1111"},
              {"１１１", "111"},
              {"zzzz", "zz"},
              {"ZzZ", "zz"},
              {"😀😀😀", "😀😀"},
              {"~~~", "~"},
              {"在吗～～～", "在吗~"},
              {"¥¥¥", "¥¥"},
              {"好\u200B好好", "好好"},
              {"好 好 好", "好好"},
              {"!?!?", "!?!?"},
              {"麽麼么", "么么"},
              {"e\u0301éé", "éé"}});
}

TEST(Normalise, KeepsDecimalPointsAndMarksTrailingOff) {
  expect_all({{"39.9", "39.9"},
              {"好吧…", "好吧…"},
              {"好吧……", "好吧…"},
              {"好吧...", "好吧…"},
              {"好吧..", "好吧…"},
              {"好吧.", "好吧."},
              {"好吧．．．", "好吧…"},
              {"好吧‥", "好吧…"},
              {"好吧.…", "好吧…"},
              {"15...20", "15…20"}});
  EXPECT_NE(property_of(U'…') & kSentenceEnd, 0);
  EXPECT_EQ(property_of(U'.') & kSentenceEnd, 0);
}

TEST(Normalise, DropsWhiteSpaceInsideALine) {
  expect_all({{"什么 时候　发货", "什么时候发货"},
              {"iphone 15 pro", "iphone 15 pro"},
              {"a \t b", "a b"},
              {"a　b", "a b"},
              {"xl 码", "xl码"},
              {"5 件", "5件"},
              {"a , b", "a,b"},
              {"  你好  ", "你好"},
              {"a\u00A0b", "a b"},
              {"a \u200B b", "a b"},
              {"a é", "aé"},
              {"a e\u0301", "aé"},
              {"か\u309B", "が"}});
}

TEST(Normalise, KeepsOneLineBreak) {
  expect_all({{"你好\n在吗", "你好\n在吗"},
              {"你好\r\n\r\n在吗", "你好\n在吗"},
              {"你好 \n \n 在吗", "你好\n在吗"},
              {"a\u2028b", "a\nb"},
              {"a\u0085b", "a\nb"},
              {"\n你好\n", "你好"},
              {" \n ", ""},
              {"!\n!", "!\n!"}});
}

TEST(Normalise, ComposesMarks) {
  expect_all({{"e\u0301", "é"},
              {"É", "é"},
              {"é\u0323", "ẹ\u0301"},
              {"a\u0301\u0323", "ạ\u0301"},
              {"\u1100\u1161\u11A8", "각"},
              {"\u0301a", "\u0301a"},
              {"\u0344", "\u0308\u0301"}});
}

TEST(Normalise, CapsRunsOfMarks) {
  std::string many = "a";
  for (int i = 0; i < 200; ++i) many += i % 2 == 0 ? "\u0316" : "\u0317";
  EXPECT_EQ(normalise_to_chars(many).size(), 31u);
  Text text;
  const std::string message = many + "b";  // `text` borrows it
  normalise(message, text);
  EXPECT_EQ(text.source({0, 31}), many);
  EXPECT_EQ(text.source({31, 32}), "b");
}

TEST(Normalise, ReplacesIllFormedBytes) {
  Text text;
  ASSERT_EQ(normalise("好\xFF\xE4\xBD评", text), NormaliseStatus::kOk);
  EXPECT_FALSE(text.well_formed);
  EXPECT_EQ(std::u32string(text.chars.begin(), text.chars.end()), U"好\uFFFD\uFFFD评");
  EXPECT_EQ(text.source({1, 2}), "\xFF");
  EXPECT_EQ(text.source({2, 3}), "\xE4\xBD");
  ASSERT_EQ(normalise("好\uFFFD", text), NormaliseStatus::kOk);
  EXPECT_TRUE(text.well_formed);
}

TEST(Normalise, RemembersWhereCharactersCameFrom) {
  Text text;
  ASSERT_EQ(normalise("３件 好好好好　ok  la!!", text), NormaliseStatus::kOk);
  ASSERT_EQ(encode({text.chars.data(), text.chars.size()}), "3件好好ok la!");
  EXPECT_EQ(text.source({0, 1}), "３");
  EXPECT_EQ(text.source({1, 2}), "件");
  EXPECT_EQ(text.source({2, 3}), "好");
  EXPECT_EQ(text.source({3, 4}), "好好好");
  EXPECT_EQ(text.source({4, 6}), "ok");
  EXPECT_EQ(text.source({6, 7}), "  ");
  EXPECT_EQ(text.source({9, 10}), "!!");
  EXPECT_EQ(text.source({0, 10}), text.original);
  EXPECT_EQ(text.source({4, 4}), "");
}

TEST(Normalise, GivesAClusterAllItsBytes) {
  Text text;
  ASSERT_EQ(normalise("x㎏e\u0301...", text), NormaliseStatus::kOk);
  ASSERT_EQ(encode({text.chars.data(), text.chars.size()}), "xkgé…");
  EXPECT_EQ(text.source({1, 2}), "㎏");
  EXPECT_EQ(text.source({2, 3}), "㎏");
  EXPECT_EQ(text.source({3, 4}), "e\u0301");
  EXPECT_EQ(text.source({4, 5}), "...");
}

TEST(Normalise, KnowsProperties) {
  const std::pair<char32_t, int> cases[] = {
      {U'7', kDigit},
      {U'a', kLatin},
      {U'好', kHan},
      {U'两', kHan | kNumeral},
      {U'〇', kHan | kNumeral},
      {U'贰', kHan | kNumeral},
      {U'半', kHan | kNumeral},
      {U'吗', kHan | kParticle},
      {U'呢', kHan | kParticle},
      {U'。', kPunctuation | kSentenceEnd},
      {U'!', kPunctuation | kSentenceEnd},
      {U'?', kPunctuation | kSentenceEnd},
      {U';', kPunctuation | kSentenceEnd},
      {U'…', kPunctuation | kSentenceEnd},
      {U',', kPunctuation},
      {U'.', kPunctuation},
      {U'~', kPunctuation},
      {U'、', kPunctuation},
      {U'\n', kSpace | kSentenceEnd},
      {U' ', kSpace},
      {U'¥', kSymbol},
      {U'😀', kSymbol},
      {U'+', kSymbol},
      {U'\u0301', 0},
      {U'é', 0},
      {U'\u0378', 0},
      {U'乾', kHan},
      {char32_t{0x10FFFF}, 0},
      {char32_t{0x110000}, 0},
      {char32_t{0xFFFFFFFF}, 0},
  };
  for (const auto& [c, bits] : cases) EXPECT_EQ(property_of(c), bits) << std::hex << uint32_t{c};
}

TEST(Normalise, StopsAtTheLimit) {
  Text text;
  std::string most;
  while (most.size() < kMaxChars) most += "ab";
  EXPECT_EQ(normalise(most, text), NormaliseStatus::kOk);
  EXPECT_EQ(text.size(), kMaxChars);
  EXPECT_EQ(normalise(most + "a", text), NormaliseStatus::kTooLong);
  EXPECT_EQ(text.size(), 0u);
  EXPECT_TRUE(text.properties.empty() && text.begins.empty() && text.ends.empty());
  EXPECT_EQ(normalise(most + " " + most + "c", text), NormaliseStatus::kTooLong);
  std::string grows;
  for (int i = 0; i < 21000; ++i) grows += "ﷺ";
  EXPECT_EQ(normalise(grows, text), NormaliseStatus::kTooLong);
  EXPECT_EQ(normalise("ok", text), NormaliseStatus::kOk);
  EXPECT_EQ(text.size(), 2u);
  EXPECT_EQ(normalise(std::string(1 << 20, '!'), text), NormaliseStatus::kOk);
  EXPECT_EQ(text.size(), 1u);
}

TEST(Normalise, ReusesMemory) {
  Text text;
  normalise("请问这款沙发什么时候可以发货呢", text);
  const void* const before = text.chars.data();
  const size_t capacity = text.chars.capacity();
  normalise("在吗", text);
  normalise("请问这款沙发什么时候可以发货呀", text);
  EXPECT_EQ(text.chars.data(), before);
  EXPECT_EQ(text.chars.capacity(), capacity);
}

// --- invariants on random text ------------------------------------------------------------------

std::string random_text(std::mt19937& random) {
  static const std::u32string alphabet =
      U"aaabcEXZ019..,!?…。~ "
      U"\t\n\r\u3000\u00A0\u0085好好的吗乾隆乾著名顯显甚么麼什什俱家具具覆回复瞭望藉慰\u200B\uFE0F"
      U"\u0001"
      U"\u0301\u0301\u0323\u0316\u0345\u0338\u3099がカﾞ\u1100\u1161\u11A8가각éÉẹǖᾳ㎏ﬁ½ﷺ´¨゛‥︙㊀⾺"
      U"馬著着借了'=<>😀👨"
      U"\u09C7\u09BE\u0DD9\u0DCF\u0DCA\u0344\uFB2C\u2800\u034F\u20DD\u0E33ㄱㅏ";
  std::u32string subset;
  for (int i = 0; i < 5; ++i) subset.push_back(alphabet[random() % alphabet.size()]);
  std::string out;
  const size_t size = random() % 24;
  for (size_t i = 0; i < size; ++i) {
    if (random() % 64 == 0) {
      out.push_back(static_cast<char>(random() % 256));
    } else {
      append(out, subset[random() % subset.size()]);
    }
  }
  return out;
}

void expect_sound_offsets(const Text& text) {
  const size_t size = text.chars.size();
  ASSERT_EQ(text.properties.size(), size);
  ASSERT_EQ(text.begins.size(), size);
  ASSERT_EQ(text.ends.size(), size);
  std::vector<bool> boundary(text.original.size() + 1, false);
  for (size_t at = 0; at < text.original.size(); at += decode(text.original.substr(at)).size) {
    boundary[at] = true;
  }
  boundary[text.original.size()] = true;
  for (size_t i = 0; i < size; ++i) {
    ASSERT_LT(text.begins[i], text.ends[i]);
    ASSERT_LE(text.ends[i], text.original.size());
    ASSERT_TRUE(boundary[text.begins[i]] && boundary[text.ends[i]]);
    ASSERT_EQ(text.properties[i], property_of(text.chars[i]));
    if (i == 0) continue;
    ASSERT_LE(text.begins[i - 1], text.begins[i]);
    ASSERT_LE(text.ends[i - 1], text.ends[i]);
    const bool same = text.begins[i - 1] == text.begins[i];
    ASSERT_TRUE(same || text.ends[i - 1] <= text.begins[i] || text.properties[i] == 0);
  }
}

TEST(Normalise, IsIdempotentAndKeepsOffsetsSoundOnRandomText) {
  std::mt19937 random(7);
  Text text;
  Text again;
  for (int i = 0; i < 150000; ++i) {
    const std::string from = random_text(random);
    ASSERT_EQ(normalise(from, text), NormaliseStatus::kOk);
    expect_sound_offsets(text);
    if (HasFatalFailure()) FAIL() << replace_invalid(from);
    const std::string once = encode({text.chars.data(), text.chars.size()});
    ASSERT_EQ(normalise(once, again), NormaliseStatus::kOk);
    ASSERT_EQ(again.chars, text.chars)
        << replace_invalid(from) << " gives " << once << " gives " << normalise_to_utf8(once);
    ASSERT_TRUE(again.well_formed);
  }
}

TEST(Normalise, IsIdempotentOnEveryCodePoint) {
  for (char32_t c = 0; c < 0x110000; ++c) {
    std::string from;
    append(from, c);
    const std::string once = normalise_to_utf8(from);
    ASSERT_EQ(normalise_to_utf8(once), once) << std::hex << uint32_t{c};
  }
}

double seconds(const std::string& message, Text& text) {
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    normalise(message, text);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    best = std::min(best, spent.count());
  }
  return best;
}

TEST(Normalise, TakesLinearTimeOnAnyFlood) {
  Text text;
  for (const char* unit : {"\u0301", "\u0301\u0323", "e\u0301", "\u1161", "\u09BE", "ﷺ", " ", ".",
                           "好", "\xFF", "乾"}) {
    std::string small;
    while (small.size() < 4096) small += unit;
    std::string large;
    while (large.size() < 65536) large += unit;
    // 16 times the bytes; the rest is for a busy machine.
    EXPECT_LT(seconds(large, text), 48 * seconds(small, text) + 0.001) << unit;
  }
}

}  // namespace
}  // namespace xiaoer::text
