// The committed tables and the composition code against ICU's own NFKC casefold, and the whole
// normaliser against a slow one written down step by step over ICU.

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <random>
#include <string>
#include <vector>

#include "text/composer.hpp"
#include "text/normaliser.hpp"
#include "text/tables.hpp"
#include "text/utf8.hpp"

namespace xiaoer::text {
namespace {

bool same_unicode() { return std::string(U_UNICODE_VERSION) == tables::kUnicodeVersion; }

#define SKIP_UNLESS_SAME_UNICODE()                                                       \
  if (!same_unicode()) {                                                                 \
    GTEST_SKIP() << "tables are for Unicode " << tables::kUnicodeVersion << ", ICU has " \
                 << U_UNICODE_VERSION;                                                   \
  }

// What one character is to ICU, or its number in plain digits where NFKC leaves that dressed.
std::u32string undressed(char32_t c) {
  const auto icu_c = static_cast<UChar32>(c);
  const int8_t category = u_charType(icu_c);
  const bool keycap_ten = c == 0x1F51F;
  const double value = keycap_ten ? 10 : u_getNumericValue(icu_c);
  const bool numeric =
      keycap_ten || category == U_DECIMAL_DIGIT_NUMBER || category == U_OTHER_NUMBER;
  if (!numeric || value < 0 || value > 99 || value != static_cast<int>(value)) return {c};
  icu::UnicodeString nfkc;
  UErrorCode status = U_ZERO_ERROR;
  nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status)->normalize(icu_c, status);
  const bool same = nfkc == icu::UnicodeString(icu_c);
  for (int32_t i = 0; i < nfkc.length() && !same; ++i) {
    if (std::u16string_view(u"0123456789.,()").find(nfkc[i]) == std::u16string_view::npos)
      return {c};
  }
  std::u32string digits;
  for (const char digit : std::to_string(static_cast<int>(value))) {
    digits.push_back(static_cast<char32_t>(digit));
  }
  return digits;
}

std::u32string icu_fold(const std::u32string& dressed) {
  std::u32string text;
  for (const char32_t c : dressed) text += undressed(c);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  icu::UnicodeString in;
  for (const char32_t c : text) in.append(static_cast<UChar32>(c));
  const icu::UnicodeString out = fold->normalize(in, status);
  EXPECT_TRUE(U_SUCCESS(status));
  std::u32string chars;
  for (int32_t i = 0; i < out.length(); i = out.moveIndex32(i, 1)) {
    chars.push_back(static_cast<char32_t>(out.char32At(i)));
  }
  return chars;
}

std::string code_points(const std::u32string& text) {
  std::string out;
  char buffer[16];
  for (const char32_t c : text) {
    std::snprintf(buffer, sizeof buffer, "U+%04X ", static_cast<unsigned>(c));
    out += buffer;
  }
  return out;
}

bool is_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

// Code points that take part in composition, reordering or expansion, by what the table says of
// them.
std::vector<char32_t> interesting_code_points() {
  std::vector<char32_t> out;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (!is_surrogate(c) && tables::kind_of(tables::entry_of(c)) == tables::kSlow) out.push_back(c);
  }
  for (size_t i = 0; i < tables::kPairCount; ++i) {
    out.push_back(tables::kPairs[i].first);
    out.push_back(tables::kPairs[i].composite);
  }
  return out;
}

// Draws from small alphabets, so that characters meet those they interact with.
class RandomText {
 public:
  explicit RandomText(uint32_t seed) : random_(seed), interesting_(interesting_code_points()) {}
  std::u32string next() {
    char32_t alphabet[6];
    for (char32_t& c : alphabet) c = draw();
    std::u32string out;
    const size_t size = 1 + random_() % 12;
    for (size_t i = 0; i < size; ++i) out.push_back(alphabet[random_() % 6]);
    return out;
  }

 private:
  char32_t draw() {
    const tables::Pair& pair = tables::kPairs[random_() % tables::kPairCount];
    switch (random_() % 10) {
      case 0:
        return 'A' + random_() % 58;
      case 1:
        return pair.first;
      case 2:
        return pair.second;
      case 3:
        return pair.composite;
      case 4:
        return 0x300 + random_() % 0x70;
      case 5:
        return 0x1100 + random_() % 0x100;
      case 6:
        return 0xAC00 + (random_() % 399) * 28 + random_() % 2;
      case 7:
        return 0x4E00 + random_() % 0x5200;
      case 8:
        return anything();
      default:
        return interesting_[random_() % interesting_.size()];
    }
  }
  char32_t anything() {
    const char32_t c = random_() % 0x110000;
    return is_surrogate(c) ? U'x' : c;
  }

  std::mt19937 random_;
  std::vector<char32_t> interesting_;
};

TEST(FoldNfkc, EqualsIcuOnEveryCodePoint) {
  SKIP_UNLESS_SAME_UNICODE();
  int wrong = 0;
  for (char32_t c = 0; c < 0x110000 && wrong < 20; ++c) {
    if (is_surrogate(c)) continue;
    const std::u32string text(1, c);
    const std::u32string expected = icu_fold(text);
    const std::u32string got = fold_nfkc(encode(text));
    if (got == expected) continue;
    ++wrong;
    ADD_FAILURE() << code_points(text) << "gives " << code_points(got) << "not "
                  << code_points(expected);
  }
}

TEST(FoldNfkc, EqualsIcuOnEveryCodePointBesideOthers) {
  SKIP_UNLESS_SAME_UNICODE();
  int wrong = 0;
  for (const char32_t c : interesting_code_points()) {
    for (const char32_t other : U"a\u00E9\u0323\u0301\u0345\u1100\u1161\u09C7\u034F\u3099") {
      for (const std::u32string& text : {std::u32string{c, other}, std::u32string{other, c}}) {
        if (wrong > 20 || fold_nfkc(encode(text)) == icu_fold(text)) continue;
        ++wrong;
        ADD_FAILURE() << code_points(text) << "gives " << code_points(fold_nfkc(encode(text)))
                      << "not " << code_points(icu_fold(text));
      }
    }
  }
}

TEST(FoldNfkc, EqualsIcuOnRandomStrings) {
  SKIP_UNLESS_SAME_UNICODE();
  RandomText random(20240611);
  int wrong = 0;
  for (int i = 0; i < 200000 && wrong < 20; ++i) {
    const std::u32string text = random.next();
    const std::u32string expected = icu_fold(text);
    const std::u32string got = fold_nfkc(encode(text));
    if (got == expected) continue;
    ++wrong;
    ADD_FAILURE() << code_points(text) << "gives " << code_points(got) << "not "
                  << code_points(expected);
  }
}

// The rules of normaliser.hpp after folding, written down plainly. For text without white space,
// dots and the characters of variants.hpp.
std::u32string squeeze_slowly(const std::u32string& folded) {
  std::u32string out;
  size_t run = 0;
  bool after_digit = false;
  for (const char32_t c : folded) {
    if (after_digit && u_getCombiningClass(static_cast<UChar32>(c)) != 0) continue;
    after_digit = c >= U'0' && c <= U'9';
    const std::u32string simplified = normalise_to_chars(encode({&c, 1}));
    EXPECT_EQ(simplified.size(), 1u) << code_points({c});
    run = !out.empty() && out.back() == simplified[0] ? run + 1 : 1;
    const uint16_t bits = property_of(simplified[0]);
    const size_t kept = (bits & kDigit) != 0 ? folded.size() : (bits & kPunctuation) != 0 ? 1 : 2;
    if (run <= kept) out += simplified;
  }
  return out;
}

bool is_covered(char32_t c) {
  const uint32_t entry = tables::entry_of(c);
  const tables::Kind kind = tables::kind_of(entry);
  if (kind == tables::kWhiteSpace || (kind == tables::kDropped && (entry & tables::kKeptByNfkc)))
    return false;
  for (const char32_t folded : icu_fold({c})) {
    const uint32_t after = tables::entry_of(folded);
    const bool simple = tables::kind_of(after) == tables::kSimple;
    if (tables::kind_of(after) == tables::kWhiteSpace) return false;
    if (simple && (after & tables::kNeighbourBit) != 0) return false;
  }
  return true;
}

TEST(Normalise, EqualsItsStepsTakenOneByOne) {
  SKIP_UNLESS_SAME_UNICODE();
  RandomText random(99);
  int compared = 0;
  for (int i = 0; i < 100000; ++i) {
    std::u32string text;
    for (const char32_t c : random.next()) {
      if (is_covered(c)) text += c;
    }
    const std::u32string expected = squeeze_slowly(icu_fold(text));
    ASSERT_EQ(code_points(normalise_to_chars(encode(text))), code_points(expected))
        << code_points(text);
    compared += text.size() > 2 ? 1 : 0;
  }
  EXPECT_GT(compared, 50000);
}

}  // namespace
}  // namespace xiaoer::text
