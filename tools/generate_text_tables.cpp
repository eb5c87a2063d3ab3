#include "tools/generate_text_tables.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <vector>

#include "text/normaliser.hpp"
#include "text/tables.hpp"
#include "text/variants.hpp"

namespace xiaoer::tools {
namespace {

using text::tables::Pair;

constexpr char32_t kEnd = 0x110000;
constexpr std::u32string_view kNumerals =
    U"〇零一二两俩三仨四五六七八九十百千万亿半廿卅壹贰叁肆伍陆柒捌玖拾佰仟";
constexpr std::u32string_view kParticles = U"吗呢么吧啊呀哦哈嘛咯噢啦哟";
constexpr std::u32string_view kSentenceEnds = U"。!?;…";
// Beyond NFKC casefold: annotation controls that nobody sees.
constexpr std::u32string_view kInvisible = U"\uFFF9\uFFFA\uFFFB";
constexpr std::u32string_view kLineBreaks = U"\n\v\f\r\u0085\u2028\u2029";
constexpr std::u32string_view kBlanks = U"\t\u1680\u2800";  // and what NFKC maps to a space

struct Change {
  char32_t from;
  char32_t to;
};
// Characters ICU's transliterator leaves alone although shops in Taiwan and Hong Kong write them,
// and (to itself) simplified ones that it would damage: 大阪, 哪吒, 摔跤, 苎麻.
constexpr Change kOwnMappings[] = {
    {U'妳', U'你'}, {U'牠', U'它'}, {U'祂', U'他'}, {U'衞', U'卫'}, {U'擡', U'抬'},
    {U'衹', U'只'}, {U'揹', U'背'}, {U'濛', U'蒙'}, {U'韈', U'袜'}, {U'麪', U'面'},
    {U'覩', U'睹'}, {U'甦', U'苏'}, {U'囌', U'苏'}, {U'畵', U'画'}, {U'囘', U'回'},
    {U'囬', U'回'}, {U'踫', U'碰'}, {U'噁', U'恶'}, {U'滙', U'汇'}, {U'煖', U'暖'},
    {U'阪', U'阪'}, {U'吒', U'吒'}, {U'跤', U'跤'}, {U'苎', U'苎'}, {U'薴', U'薴'},
};

bool has(std::u32string_view set, char32_t c) { return set.find(c) != set.npos; }
UChar32 icu_char(char32_t c) { return static_cast<UChar32>(c); }

std::u32string chars_of(const icu::UnicodeString& text) {
  std::u32string out;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    out.push_back(static_cast<char32_t>(text.char32At(i)));
  }
  return out;
}

bool is_han(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  if (u_hasBinaryProperty(icu_char(c), UCHAR_IDEOGRAPHIC)) return true;
  return u_isalpha(icu_char(c)) && uscript_getScript(icu_char(c), &status) == USCRIPT_HAN;
}

// The number that a character stands for, up to 99; -1: none, or no whole one.
int number_of(char32_t c) {
  constexpr char32_t kKeycapTen = U'\U0001F51F';  // a symbol to Unicode
  if (c == kKeycapTen) return 10;
  if ((U_GET_GC_MASK(icu_char(c)) & (U_GC_ND_MASK | U_GC_NO_MASK)) == 0) return -1;
  const double value = u_getNumericValue(icu_char(c));
  return value >= 0 && value <= 99 && value == static_cast<int>(value) ? static_cast<int>(value)
                                                                       : -1;
}

// Whether NFKC makes less of a number than a reader does: it leaves ❽ and ٨ as they are, and writes
// ⒏ as "8.", ⑻ as "(8)".
bool is_left_dressed(char32_t c, std::u32string_view nfkc) {
  return nfkc == std::u32string_view(&c, 1) ||
         nfkc.find_first_not_of(U"0123456789.,()") == nfkc.npos;
}

std::u32string digits_of(int number) {
  const std::string digits = std::to_string(number);
  return {digits.begin(), digits.end()};
}

// Property bits of a normalised character, white space apart.
uint32_t properties_of(char32_t c) {
  uint32_t bits = 0;
  const uint32_t category = U_GET_GC_MASK(icu_char(c));
  if (c >= '0' && c <= '9') bits |= text::kDigit;
  if (c >= 'a' && c <= 'z') bits |= text::kLatin;
  if (is_han(c)) bits |= text::kHan;
  if (has(kNumerals, c)) bits |= text::kNumeral;
  if (has(kParticles, c)) bits |= text::kParticle;
  if (has(kSentenceEnds, c)) bits |= text::kSentenceEnd;
  // The tilde draws out a sentence's tone (在吗~~~) and is used as punctuation.
  if ((category & U_GC_P_MASK) != 0 || c == '~') {
    bits |= text::kPunctuation;
  } else if ((category & U_GC_S_MASK) != 0) {
    bits |= text::kSymbol;
  }
  return bits;
}

// All that ICU is asked, and the tables as they grow.
class Generator {
 public:
  bool open(std::string& error) {
    UErrorCode status = U_ZERO_ERROR;
    fold_ = icu::Normalizer2::getNFKCCasefoldInstance(status);
    nfc_ = icu::Normalizer2::getNFCInstance(status);
    simplify_.reset(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    if (U_SUCCESS(status)) return true;
    error = u_errorName(status);
    return false;
  }
  // False: a limit of the format is exceeded.
  bool build(std::string& error) {
    collect_pairs();
    std::map<std::vector<uint32_t>, uint16_t> known;
    for (char32_t page = 0; page < kEnd; page += text::tables::kPageSize) {
      std::vector<uint32_t> entries;
      for (char32_t c = page; c < page + text::tables::kPageSize; ++c) entries.push_back(entry(c));
      const auto [at, fresh] = known.try_emplace(entries, static_cast<uint16_t>(known.size()));
      page_of_.push_back(at->second);
      if (fresh) entries_.insert(entries_.end(), entries.begin(), entries.end());
    }
    // Else the neighbours of that variant would be overlooked.
    if (stray_variant_ != 0) {
      error = "another character maps to one of text/variants.hpp";
      return false;
    }
    if (expansions_.size() <= 0xFFFF && longest_ <= text::tables::kLengthMask) return true;
    error = "the mappings do not fit the table's format";
    return false;
  }
  std::string print() const;

 private:
  std::u32string nfkc(char32_t c) const {
    UErrorCode status = U_ZERO_ERROR;
    return chars_of(fold_->normalize(icu::UnicodeString(icu_char(c)), status));
  }
  std::u32string fold(char32_t c) const {
    const std::u32string to = nfkc(c);
    const int number = number_of(c);
    return number >= 0 && is_left_dressed(c, to) ? digits_of(number) : to;
  }
  char32_t simplify(char32_t c) const;
  void collect_pairs();
  uint32_t entry(char32_t c);
  uint32_t simple(char32_t c, char32_t to, text::tables::Kind kind, uint32_t bits) const;
  uint32_t slow(char32_t c, const std::u32string& to);

  const icu::Normalizer2* fold_ = nullptr;
  const icu::Normalizer2* nfc_ = nullptr;
  std::unique_ptr<icu::Transliterator> simplify_;
  std::vector<Pair> pairs_;
  std::set<char32_t> composing_;  // second characters of pairs, and Hangul vowels and finals
  std::vector<uint16_t> page_of_;
  std::vector<uint32_t> entries_;
  std::u32string expansions_;
  size_t longest_ = 0;
  char32_t stray_variant_ = 0;  // maps to a character of text/variants.hpp
};

// One ideograph to one ideograph, repeated until nothing changes, so that simplifying twice is the
// same as once. ICU also maps corner brackets to quotation marks, which is a matter of taste: not
// followed.
char32_t Generator::simplify(char32_t c) const {
  if (!is_han(c)) return c;
  if (const text::Variant* variant = text::find_variant(c)) return variant->usual;
  for (int step = 0; step < 4; ++step) {
    icu::UnicodeString text(icu_char(c));
    simplify_->transliterate(text);
    std::u32string to = chars_of(text);
    for (const Change& own : kOwnMappings) {
      if (own.from == c) to = own.to;
    }
    if (to.size() != 1 || to[0] == c || !is_han(to[0]) || fold(to[0]) != to) break;
    c = to[0];
  }
  return c;
}

void Generator::collect_pairs() {
  for (char32_t c = 0; c < kEnd; ++c) {
    icu::UnicodeString raw;
    if (c >= 0xAC00 && c <= 0xD7A3) continue;  // Hangul syllables are computed
    if (!nfc_->getRawDecomposition(icu_char(c), raw)) continue;
    const std::u32string parts = chars_of(raw);
    if (parts.size() != 2) continue;
    if (fold_->composePair(icu_char(parts[0]), icu_char(parts[1])) != icu_char(c)) continue;
    pairs_.push_back({parts[0], parts[1], c});
    composing_.insert(parts[1]);
  }
  std::sort(pairs_.begin(), pairs_.end(), [](const Pair& a, const Pair& b) {
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
  });
  for (char32_t vowel = 0x1161; vowel <= 0x1175; ++vowel) composing_.insert(vowel);
  for (char32_t final = 0x11A8; final <= 0x11C2; ++final) composing_.insert(final);
}

uint32_t Generator::simple(char32_t c, char32_t to, text::tables::Kind kind, uint32_t bits) const {
  return (static_cast<uint32_t>(kind) << text::tables::kKindShift) |
         (bits << text::tables::kPropertyShift) | ((to - c) & text::tables::kCodePointMask);
}

uint32_t Generator::slow(char32_t c, const std::u32string& to) {
  uint32_t result = static_cast<uint32_t>(text::tables::kSlow) << text::tables::kKindShift;
  if (to.size() == 1 && to[0] == c) {
    const uint32_t combining_class = fold_->getCombiningClass(icu_char(c));
    result |= combining_class << text::tables::kClassShift;
    return composing_.count(c) != 0 ? result | text::tables::kComposesBack : result;
  }
  size_t at = expansions_.find(to);
  if (at == expansions_.npos) {
    at = expansions_.size();
    expansions_ += to;
  }
  longest_ = std::max(longest_, to.size());
  return result | static_cast<uint32_t>(to.size()) << text::tables::kLengthShift |
         static_cast<uint32_t>(at);
}

uint32_t Generator::entry(char32_t c) {
  using namespace text::tables;
  // UTF-8 cannot hold surrogates. The decoder's fast path relies on their not being kSimple.
  if (c >= 0xD800 && c <= 0xDFFF) return static_cast<uint32_t>(kDropped) << kKindShift;
  if (has(kLineBreaks, c)) return simple(c, c, kWhiteSpace, text::kSpace | text::kSentenceEnd);
  const std::u32string to = fold(c);
  if (has(kBlanks, c) || to == U" ") return simple(c, to[0], kWhiteSpace, text::kSpace);
  // The frame of 8️⃣ is no part of the number.
  const bool frame = u_charType(icu_char(c)) == U_ENCLOSING_MARK;
  const bool control = u_charType(icu_char(c)) == U_CONTROL_CHAR || has(kInvisible, c) || frame;
  if (to.empty() || control) {
    return (static_cast<uint32_t>(kDropped) << kKindShift) | (to.empty() ? 0 : kKeptByNfkc);
  }
  // U+2026 is what a run of dots becomes, so it stands for itself.
  if (c == U'…') return simple(c, c, kSimple, properties_of(c)) | kNeighbourBit;
  if (to.size() != 1 || fold_->getCombiningClass(icu_char(to[0])) != 0 ||
      composing_.count(to[0]) != 0) {
    return slow(c, to);
  }
  if (to[0] != c && is_han(to[0])) return slow(c, to);
  const char32_t last = simplify(to[0]);
  if (last != c && text::find_variant(last) != nullptr) stray_variant_ = c;
  const bool neighbours = text::find_variant(c) != nullptr || to[0] == U'.';
  return simple(c, last, kSimple, properties_of(last)) | (neighbours ? kNeighbourBit : 0);
}

// Appends numbers in hexadecimal, as many as fit a line.
template <typename Numbers>
void print_numbers(std::string& out, const Numbers& numbers) {
  size_t line = 0;
  for (const auto number : numbers) {
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "0x%X,", static_cast<unsigned>(number));
    const std::string_view text = buffer;
    if (line + text.size() > 100) {
      out += '\n';
      line = 0;
    }
    out += text;
    line += text.size();
  }
  out += "\n};\n";
}

std::string Generator::print() const {
  std::string out =
      "// Generated by tools/generate_text_tables from ICU's data; do not edit. Format: "
      "text/tables.hpp.\n"
      "// Unicode data files: copyright 1991-2022 Unicode, Inc., Unicode licence.\n"
      "// clang-format off\n#include \"text/tables.hpp\"\n\nnamespace xiaoer::text::tables {\n\n"
      "const char kUnicodeVersion[] = \"" +
      unicode_version() + "\";\nconst uint16_t kPageOf[] = {\n";
  print_numbers(out, page_of_);
  out += "const uint32_t kEntries[] = {\n";
  print_numbers(out, entries_);
  out += "const char32_t kExpansions[] = {\n";
  print_numbers(out, expansions_);
  out += "const Pair kPairs[] = {\n";
  for (const Pair& pair : pairs_) {
    char line[64];
    std::snprintf(line, sizeof line, "{0x%X, 0x%X, 0x%X},\n", static_cast<unsigned>(pair.first),
                  static_cast<unsigned>(pair.second), static_cast<unsigned>(pair.composite));
    out += line;
  }
  std::vector<uint16_t> order(pairs_.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<uint16_t>(i);
  std::sort(order.begin(), order.end(),
            [this](uint16_t a, uint16_t b) { return pairs_[a].composite < pairs_[b].composite; });
  out += "};\nconst size_t kPairCount = " + std::to_string(pairs_.size()) +
         ";\nconst uint16_t kPairsByComposite[] = {\n";
  print_numbers(out, order);
  return out + "\n}  // namespace xiaoer::text::tables\n";
}

}  // namespace

std::string generate_text_tables(std::string& error) {
  Generator generator;
  if (!generator.open(error) || !generator.build(error)) return {};
  return generator.print();
}

std::string unicode_version() { return U_UNICODE_VERSION; }

}  // namespace xiaoer::tools
