#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "text/normaliser.hpp"
#include "text/numerals.hpp"
#include "text/utf8.hpp"

namespace xiaoer::text {
namespace {

std::optional<Number> read(std::u32string_view chars, uint32_t at = 0) {
  return read_number({chars.data(), chars.size()}, at);
}

struct Case {
  const char32_t* text;
  int64_t milli;
  uint32_t length;
};

// Exact numbers: value in thousandths and how many characters they take.
constexpr Case kExact[] = {
    // digits
    {U"0", 0, 1},
    {U"7", 7000, 1},
    {U"12", 12000, 2},
    {U"007", 7000, 3},
    {U"36元", 36000, 2},
    {U"12.5", 12500, 4},
    {U"39.9元", 39900, 4},
    {U"0.5折", 500, 3},
    {U"12.", 12000, 2},
    {U"12.a", 12000, 2},
    {U"1.2.3", 1000, 1},
    {U"3.500", 3500, 5},
    {U"3.1000", 3100, 6},
    {U"1,299", 1299000, 5},
    {U"1,299.50", 1299500, 8},
    {U"1,299,000", 1299000000, 9},
    {U"12,345", 12345000, 6},
    {U"1,2", 1000, 1},
    {U"1,29", 1000, 1},
    {U"1,2999", 1000, 1},
    {U"1000,200", 1000000, 4},
    {U"0,299", 0, 1},
    {U"3,", 3000, 1},
    {U"3件", 3000, 1},
    {U"160斤", 160000, 3},
    {U"5-6", 5000, 1},
    {U"9 9", 9000, 1},
    {U"1000000000000", 1000000000000000, 13},
    // Latin units
    {U"2w", 20000000, 2},
    {U"1.5k", 1500000, 4},
    {U"3k!", 3000000, 2},
    {U"2w块", 20000000, 2},
    {U"2kg", 2000, 1},
    {U"2way", 2000, 1},
    {U"5k3", 5000, 1},
    {U"8x", 8000, 1},
    {U"1,500k", 1500000000, 6},
    // digits with Chinese units
    {U"3百", 300000, 2},
    {U"5千", 5000000, 2},
    {U"3万", 30000000, 2},
    {U"3万5", 35000000, 3},
    {U"3万5千", 35000000, 4},
    {U"3百5", 350000, 3},
    {U"1千2百", 1200000, 4},
    {U"1万2000", 12000000, 6},
    {U"3万50", 30000000, 2},
    {U"3万5.5", 30000000, 2},
    {U"3百5件", 300000, 2},
    {U"12万3千", 123000000, 5},
    {U"100万", 1000000000, 4},
    {U"3千万", 30000000000, 3},
    {U"1.5万", 15000000, 4},
    {U"2.5千", 2500000, 4},
    {U"1.2亿", 120000000000, 4},
    {U"3万五", 35000000, 3},
    {U"2百二十", 220000, 4},
    {U"6十", 60000, 2},
    // one numeral
    {U"一", 1000, 1},
    {U"两件", 2000, 1},
    {U"二", 2000, 1},
    {U"九块", 9000, 1},
    {U"俩", 2000, 1},
    {U"仨人", 3000, 1},
    {U"半", 500, 1},
    {U"半斤", 500, 1},
    {U"一半", 500, 2},
    {U"三个半", 3000, 1},
    {U"零", 0, 1},
    {U"零元", 0, 1},
    {U"壹", 1000, 1},
    {U"叁佰", 300000, 2},
    {U"贰仟伍佰元", 2500000, 4},
    {U"伍拾", 50000, 2},
    {U"一下", 1000, 1},
    {U"三两", 3000, 1},
    {U"一两", 1000, 1},
    // tens
    {U"十", 10000, 1},
    {U"十五", 15000, 2},
    {U"十两", 10000, 1},
    {U"二十", 20000, 2},
    {U"二十两", 20000, 2},
    {U"二十五", 25000, 3},
    {U"九十九", 99000, 3},
    {U"廿", 20000, 1},
    {U"廿五", 25000, 2},
    {U"卅", 30000, 1},
    {U"卅一", 31000, 2},
    {U"五十一件", 51000, 3},
    {U"十十", 10000, 1},
    // hundreds
    {U"一百", 100000, 2},
    {U"一百五十", 150000, 4},
    {U"一百五", 150000, 3},
    {U"二百五", 250000, 3},
    {U"二百五十", 250000, 4},
    {U"三百二", 320000, 3},
    {U"三百二块", 320000, 3},
    {U"三百二十", 320000, 4},
    {U"三百二十一", 321000, 5},
    {U"三百零二", 302000, 4},
    {U"三百〇二", 302000, 4},
    {U"一百十五", 115000, 4},
    {U"一百一", 110000, 3},
    {U"一百一十", 110000, 4},
    {U"一百廿五", 125000, 4},
    {U"两百", 200000, 2},
    {U"两百两", 200000, 2},
    {U"一百零两个", 102000, 4},
    {U"九百九十九", 999000, 5},
    {U"三百一件", 300000, 2},
    {U"三百五个", 300000, 2},
    {U"一百二百", 100000, 2},
    {U"一百零食", 100000, 2},
    {U"一百一百", 100000, 2},
    {U"三百50", 300000, 2},
    // thousands
    {U"一千", 1000000, 2},
    {U"三千五", 3500000, 3},
    {U"一千零五", 1005000, 4},
    {U"一千零五十", 1050000, 5},
    {U"一千零十", 1010000, 4},
    {U"一千五百", 1500000, 4},
    {U"一千五百五", 1550000, 5},
    {U"一千二百三十四", 1234000, 7},
    {U"两千三", 2300000, 3},
    {U"五千三千", 5000000, 2},
    {U"九千九百九十九", 9999000, 7},
    // ten thousands
    {U"一万", 10000000, 2},
    {U"两万五", 25000000, 3},
    {U"两万五千", 25000000, 4},
    {U"一万三件", 10000000, 2},
    {U"一万零三百", 10300000, 5},
    {U"一万零三", 10003000, 4},
    {U"一万零五十", 10050000, 5},
    {U"十万", 100000000, 2},
    {U"十万八千", 108000000, 4},
    {U"十五万", 150000000, 3},
    {U"三十五万六千", 356000000, 6},
    {U"一百五十万", 1500000000, 5},
    {U"一千万", 10000000000, 3},
    {U"三万五万", 30000000, 2},
    {U"一万两千", 12000000, 4},
    {U"一亿", 100000000000, 2},
    {U"一亿二", 120000000000, 3},
    {U"一亿三千万", 130000000000, 5},
    {U"一万亿", 1000000000000000, 3},
    {U"一亿零五", 100000005000, 4},
    // read out one by one
    {U"一二三", 123000, 3},
    {U"二〇二四年", 2024000, 4},
    {U"一三八零零一", 138001000, 6},
    {U"八五折", 85000, 2},
    {U"九五", 95000, 2},
    {U"九九", 99000, 2},
    {U"一七五", 175000, 3},
    // decimals read out
    {U"三点五", 3500, 3},
    {U"零点五", 500, 3},
    {U"零点零五", 50, 4},
    {U"十二点五", 12500, 4},
    {U"三点五六", 3560, 4},
    {U"三点五万", 35000000, 4},
    {U"一点五倍", 1500, 3},
    {U"一点一倍", 1100, 3},
    {U"三点", 3000, 1},
    {U"三点半", 3000, 1},
    {U"三点五十", 3000, 1},
    {U"三点二十发", 3000, 1},
    {U"三点五分", 3000, 1},
    {U"八点一刻", 8000, 1},
    {U"三点多", 3000, 1},
    {U"三点钟", 3000, 1},
    {U"一点", 1000, 1},
    {U"一点吧", 1000, 1},
    {U"一点三件", 1000, 1},
    {U"一点一起", 1000, 1},
    {U"一点两件", 1000, 1},
    // what follows belongs to other words
    {U"两百多少钱", 200000, 2},
    {U"三百来一件", 300000, 2},
    {U"100多久", 100000, 3},
    {U"5多", 5000, 1},
    {U"十来", 10000, 1},
};

constexpr Case kApproximate[] = {
    {U"两百多", 200000, 3},     {U"三千多块", 3000000, 3},
    {U"十多个", 10000, 2},      {U"十来个", 10000, 2},
    {U"二十来天", 20000, 3},    {U"十几", 10000, 2},
    {U"十几个", 10000, 2},      {U"二十几", 20000, 3},
    {U"十几万", 100000000, 3},  {U"十多万", 100000000, 3},
    {U"十来万", 100000000, 3},  {U"一百几十", 100000, 4},
    {U"两千几百", 2000000, 4},  {U"三万多", 30000000, 3},
    {U"100多", 100000, 4},      {U"160多斤", 160000, 4},
    {U"20来天", 20000, 3},      {U"10多万", 100000000, 4},
    {U"3万多", 30000000, 3},    {U"三四天", 3000, 2},
    {U"两三个", 2000, 2},       {U"七八", 7000, 2},
    {U"三五天", 3000, 2},       {U"一两天", 1000, 2},
    {U"一两百", 100000, 3},     {U"三四百", 300000, 3},
    {U"三四十", 30000, 3},      {U"二十七八", 20000 + 7000, 4},
    {U"三百二三十", 320000, 5}, {U"三四万", 30000000, 3},
};

// No number begins at the first character.
constexpr const char32_t* kNone[] = {
    U"",     U"好", U"个",   U"几",     U"几十",   U"几个", U"多少", U"百搭", U"千万别",
    U"万一", U"亿", U"零食", U"零钱",   U"点五",   U".5",   U",3",   U"w",    U"k60",
    U"数十", U"来", U"-5",   U"零售价", U"3.1415", U"¥5",   U"第一", U"万能", U"千元机",
};

TEST(Numerals, ReadsExactNumbers) {
  for (const Case& c : kExact) {
    const auto number = read(c.text);
    ASSERT_TRUE(number) << encode(c.text);
    EXPECT_EQ(number->value.milli, c.milli) << encode(c.text);
    EXPECT_EQ(number->length, c.length) << encode(c.text);
    EXPECT_FALSE(number->approximate) << encode(c.text);
  }
}

TEST(Numerals, ReadsApproximateNumbers) {
  for (const Case& c : kApproximate) {
    const auto number = read(c.text);
    ASSERT_TRUE(number) << encode(c.text);
    EXPECT_EQ(number->value.milli, c.milli) << encode(c.text);
    EXPECT_EQ(number->length, c.length) << encode(c.text);
    EXPECT_TRUE(number->approximate) << encode(c.text);
    EXPECT_FALSE(number->plain_digits) << encode(c.text);
  }
}

TEST(Numerals, FindsNoNumberElsewhere) {
  for (const char32_t* text : kNone) {
    EXPECT_FALSE(read(text)) << encode(text);
  }
}

TEST(Numerals, LeavesTheUnitsOfAnUnknownCountAlone) {
  EXPECT_FALSE(read(U"买几十个", 2));
  EXPECT_FALSE(read(U"好几百块", 2));
  EXPECT_FALSE(read(U"数千件", 1));
  EXPECT_TRUE(read(U"买十个", 1));
}

TEST(Numerals, DoesNotReadALittleAsADecimal) {
  const auto number = read(U"便宜一点五件包邮吗", 2);
  ASSERT_TRUE(number);
  EXPECT_EQ(number->value, Decimal::of(1));
  EXPECT_EQ(number->length, 1u);
}

TEST(Numerals, TellsHowItWasWritten) {
  const auto plain = read(U"123456");
  ASSERT_TRUE(plain);
  EXPECT_TRUE(plain->plain_digits);
  EXPECT_FALSE(plain->chinese);
  EXPECT_EQ(plain->digits, 6u);
  const auto decimal = read(U"1,299.50");
  ASSERT_TRUE(decimal);
  EXPECT_FALSE(decimal->plain_digits);
  EXPECT_FALSE(decimal->chinese);
  EXPECT_EQ(decimal->digits, 6u);
  const auto mixed = read(U"3万5");
  ASSERT_TRUE(mixed);
  EXPECT_FALSE(mixed->plain_digits);
  EXPECT_TRUE(mixed->chinese);
  EXPECT_EQ(mixed->digits, 2u);
  const auto chinese = read(U"三百二");
  ASSERT_TRUE(chinese);
  EXPECT_FALSE(chinese->plain_digits);
  EXPECT_TRUE(chinese->chinese);
  EXPECT_EQ(chinese->digits, 0u);
  const auto latin = read(U"2w");
  ASSERT_TRUE(latin);
  EXPECT_FALSE(latin->plain_digits);
  EXPECT_EQ(latin->digits, 1u);
}

TEST(Numerals, TakesLongDigitStringsWithoutAValue) {
  for (const size_t size : {14u, 19u, 20u, 32u}) {
    const auto number = read(std::u32string(size, U'9') + U"号");
    ASSERT_TRUE(number) << size;
    EXPECT_EQ(number->length, size);
    EXPECT_EQ(number->digits, size);
    EXPECT_EQ(number->value.milli, 0);
    EXPECT_TRUE(number->plain_digits);
  }
}

TEST(Numerals, RefusesDigitStringsOverTheLimitAtEveryPlace) {
  const std::u32string text(33, U'1');
  for (uint32_t at = 0; at < text.size(); ++at) EXPECT_FALSE(read(text, at)) << at;
  EXPECT_FALSE(read(std::u32string(100000, U'1'), 50000));
}

TEST(Numerals, RefusesValuesOverTheLimit) {
  for (const char32_t* text :
       {U"1000000000000.5", U"1000000000001k", U"1000000001k", U"9999万亿", U"两万亿",
        U"99999999999999999万", U"1000000000001w", U"20000.5亿", U"九千九百九十九万亿"}) {
    EXPECT_FALSE(read(text)) << encode(text);
  }
}

TEST(Numerals, ReadsInsideAText) {
  const std::u32string text = U"一共三百二,买5件";
  const auto price = read(text, 2);
  ASSERT_TRUE(price);
  EXPECT_EQ(price->value, Decimal::of(320));
  const auto count = read(text, 7);
  ASSERT_TRUE(count);
  EXPECT_EQ(count->value, Decimal::of(5));
  EXPECT_FALSE(read(text, static_cast<uint32_t>(text.size())));
  EXPECT_FALSE(read(text, 1000));
}

TEST(Numerals, ReadsWhatTheNormaliserMakesOfOtherForms) {
  const std::pair<const char*, int64_t> cases[] = {
      {"３９．９", 39900}, {"兩萬五", 25000000}, {"貳佰", 200000}, {"倆", 2000},
      {"㊀", 1000},        {"1，299", 1299000},  {"3 9", 3000},    {"三 百 二", 320000}};
  for (const auto& [text, milli] : cases) {
    const auto number = read(normalise_to_chars(text));
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(number->value.milli, milli) << text;
  }
}

// Every number up to 9999 in full words, and the shortened forms of round ones.
TEST(Numerals, ReadsEveryNumberInWords) {
  const std::u32string digits = U"零一二三四五六七八九";
  for (int n = 1; n < 10000; ++n) {
    std::u32string words;
    bool zero = false;
    const std::pair<int, const char32_t*> units[] = {
        {1000, U"千"}, {100, U"百"}, {10, U"十"}, {1, U""}};
    for (const auto& [unit, name] : units) {
      const int digit = n / unit % 10;
      if (digit == 0) {
        zero = !words.empty();
        continue;
      }
      if (zero) words += U"零";
      zero = false;
      words += digits[static_cast<size_t>(digit)];
      words += name;
    }
    const auto number = read(words);
    ASSERT_TRUE(number) << n;
    ASSERT_EQ(number->value, Decimal::of(n)) << encode(words);
    ASSERT_EQ(number->length, words.size()) << encode(words);
    const auto large = read(words + U"万");
    ASSERT_TRUE(large) << n;
    ASSERT_EQ(large->value, Decimal::of(n * 10000LL)) << encode(words);
  }
}

// Whatever the text, a number lies within it and its value within the limits.
TEST(Numerals, StaysWithinTheTextOnEveryShortString) {
  const std::u32string alphabet = U"0179.,一两三五十百千万亿零点几多来半廿wk件";
  std::u32string text;
  const auto check = [&] {
    for (uint32_t at = 0; at < text.size(); ++at) {
      const auto number = read(text, at);
      if (!number) continue;
      ASSERT_GT(number->length, 0u) << encode(text);
      ASSERT_LE(at + number->length, text.size()) << encode(text);
      ASSERT_GE(number->value.milli, 0) << encode(text);
      ASSERT_LE(number->value.milli, Decimal::kMax) << encode(text);
    }
  };
  const size_t size = alphabet.size();
  for (size_t i = 0; i < size * size * size * size; ++i) {
    text = {alphabet[i % size], alphabet[i / size % size], alphabet[i / size / size % size],
            alphabet[i / size / size / size]};
    check();
  }
}

}  // namespace
}  // namespace xiaoer::text
