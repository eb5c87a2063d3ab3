#include "text/chinese_numerals.hpp"

#include <string_view>

#include "base/ascii.hpp"

namespace xiaoer::text {
namespace {

using Chars = std::span<const char32_t>;

constexpr int64_t kMaxUnits = Decimal::kMax / 1000;
constexpr int64_t kTenThousand = 10'000;
constexpr int64_t kHundredMillion = 100'000'000;
constexpr uint32_t kMostStringDigits = 12;

// Words that count pieces. A shortened number (三百五 for 350) never stands before them: 三百一件
// is a price for one piece.
constexpr std::u32string_view kClassifiers =
    U"件个条双套只张箱盒包瓶份单位次人对副台把袋支枝本串颗粒顶床罐桶盘卷片样款";
constexpr std::u32string_view kMeasures = U"块元天年斤米岁分公厘毫平月克小里吨升码寸";
// After these words of a sentence 多 belongs to what follows: 多少, 多久, 多谢, 多买.
constexpr std::u32string_view kAfterMuch = U"少久谢买拍送拿订";

bool has(std::u32string_view set, char32_t c) { return c != 0 && set.find(c) != set.npos; }
bool is_zero(char32_t c) { return c == U'〇' || c == U'零'; }
bool is_ten(char32_t c) { return c == U'十' || c == U'拾'; }

// Value of a digit, -1 if it is none. 两 is no digit here: it only counts.
int digit_of(char32_t c) {
  constexpr std::u32string_view kPlain = U"零一二三四五六七八九";
  constexpr std::u32string_view kFormal = U"〇壹贰叁肆伍陆柒捌玖";
  size_t at = kPlain.find(c);
  if (at == kPlain.npos) at = kFormal.find(c);
  return c == 0 || at == kPlain.npos ? -1 : static_cast<int>(at);
}

// Value of a numeral that stands before a unit or a counted thing, -1 if it is none.
int count_of(char32_t c) { return c == U'两' ? 2 : digit_of(c); }

uint32_t digit_run(Chars chars, uint32_t at) {
  uint32_t end = at;
  while (digit_of(char_at(chars, end)) >= 0) ++end;
  return end - at;
}

// 三四, 两三, 一两, 三五: two neighbouring numerals that mean "about".
bool is_pair(Chars chars, uint32_t at) {
  const char32_t first = char_at(chars, at);
  const char32_t second = char_at(chars, at + 1);
  if (count_of(first) <= 0 || count_of(second) <= 0) return false;
  if (digit_run(chars, at) > 2 || digit_run(chars, at + 1) > 1) return false;
  const char32_t next = char_at(chars, at + 2);
  if (second == U'两') {  // else it is the weight: 一两茶叶
    return first == U'一' &&
           (has(kClassifiers, next) || has(kMeasures, next) || unit_of(next) != 0);
  }
  if (first == U'三' && second == U'五')
    return has(kClassifiers, next) || has(kMeasures, next) || unit_of(next) >= 100;
  return count_of(second) == count_of(first) + 1;
}

struct Coefficient {
  int64_t value = 0;
  uint32_t length = 0;  // 0: none
  bool pair = false;
  bool western = false;
};

Coefficient read_coefficient(Chars chars, uint32_t at) {
  const char32_t first = char_at(chars, at);
  if (ascii::is_digit(first)) {
    Coefficient out;
    out.western = true;
    while (ascii::is_digit(char_at(chars, at + out.length))) {
      if (out.value <= kMaxUnits) {
        out.value = out.value * 10 + static_cast<int64_t>(chars[at + out.length] - U'0');
      }
      ++out.length;
    }
    return out;
  }
  if (is_pair(chars, at)) return {count_of(first), 2, true, false};
  if (count_of(first) > 0) return {count_of(first), 1, false, false};
  return {};
}

// What stands before 万 or 亿, or at the end: up to four digits, 三千五百零二.
struct Section {
  int64_t value = 0;
  uint32_t end = 0;
  uint32_t digits = 0;        // of 0-9
  int64_t last_unit = 0;      // the unit it ends with; 0: it ends with a numeral
  int64_t smallest = 10'000;  // smallest unit so far
  bool bare = false;          // one numeral only
  bool zero = false;          // 零 begins it or stands before its last numeral
  bool approximate = false;   // nothing but 万 or 亿 may follow
};

void add(Section& section, const Coefficient& coefficient, int64_t unit) {
  const int64_t value = coefficient.value > kMaxUnits ? kMaxUnits + 1 : coefficient.value;
  section.value += value * unit;
  section.end += coefficient.length;
  section.digits += coefficient.western ? coefficient.length : 0;
  section.approximate = coefficient.pair;
  section.last_unit = 0;
}

// 十, 廿 and 卅 without a numeral before them: 十五, 廿五, 一百十五.
bool take_tens(Chars chars, Section& section) {
  const char32_t c = char_at(chars, section.end);
  const int64_t tens = is_ten(c) ? 10 : c == U'廿' ? 20 : c == U'卅' ? 30 : 0;
  if (tens == 0 || section.smallest <= 10) return false;
  section.value += tens;
  section.last_unit = 10;
  section.smallest = 10;
  section.zero = false;
  ++section.end;
  return true;
}

// 零 must have more number behind it: 一百零食 ends before it.
bool take_zero(Chars chars, Section& section) {
  const char32_t next = char_at(chars, section.end + 1);
  if (section.zero || !is_zero(char_at(chars, section.end))) return false;
  if (count_of(next) <= 0 && !is_ten(next) && !ascii::is_digit(next)) return false;
  section.zero = true;
  section.last_unit = 0;
  ++section.end;
  return true;
}

// 几 with the unit it may have: 十几, 两百几十.
bool take_some(Chars chars, Section& section) {
  if (section.last_unit == 0 || char_at(chars, section.end) != U'几') return false;
  section.approximate = true;
  section.last_unit = 0;
  const int64_t unit = unit_of(char_at(chars, ++section.end));
  if (unit != 0 && unit < section.smallest) ++section.end;
  return true;
}

// The last numeral of a section that has units. It counts ones after 十 or 零 and tenths of the
// unit before elsewhere: 三百二 is 320.
void take_last(Chars chars, const Coefficient& coefficient, Section& section) {
  const bool ones = section.zero || section.last_unit == 10;
  const char32_t after = char_at(chars, section.end + coefficient.length);
  const bool weighs = char_at(chars, section.end) == U'两' && !section.zero;  // 二十两
  if (coefficient.value > 9 || weighs || after == U'.') return;
  if (!ones && has(kClassifiers, after)) return;
  add(section, coefficient, ones ? 1 : section.last_unit / 10);
}

// One numeral with its unit or without; false: the section is complete.
bool take_counted(Chars chars, uint32_t begin, Section& section) {
  const Coefficient coefficient = read_coefficient(chars, section.end);
  if (coefficient.length == 0) return false;
  const bool first = section.end == begin;
  const int64_t unit = unit_of(char_at(chars, section.end + coefficient.length));
  if (unit != 0 && unit < kTenThousand) {
    if (unit >= section.smallest || (!first && coefficient.value > 9)) return false;
    add(section, coefficient, unit);
    section.last_unit = unit;
    section.smallest = unit;
    section.zero = false;
    ++section.end;
    return !section.approximate;
  }
  if (first) {
    add(section, coefficient, 1);
    section.bare = true;
  } else if (section.zero || section.last_unit != 0) {
    take_last(chars, coefficient, section);
  }
  return false;
}

// `end` stays at `at` if no section begins there. 零 may begin one that is not the first.
Section read_section(Chars chars, uint32_t at, bool first) {
  Section section;
  section.end = at;
  if (!first) take_zero(chars, section);
  if (!take_tens(chars, section) && !take_counted(chars, section.end, section)) {
    if (section.value == 0) section.end = at;
    return section;
  }
  while (!take_some(chars, section)) {
    const bool zero = section.last_unit != 0 && take_zero(chars, section);
    if (take_tens(chars, section)) continue;
    const uint32_t before = section.end;
    if (take_counted(chars, at, section)) continue;
    if (zero && section.end == before) --section.end;  // 零 led to nothing
    break;
  }
  return section;
}

// Sections and their 万 and 亿.
class Reader {
 public:
  Reader(Chars chars, uint32_t at) : chars_(chars), begin_(at) { out_.end = at; }

  std::optional<ChineseNumber> read() {
    Section section = read_section(chars_, begin_, true);
    if (section.end == begin_) return std::nullopt;
    do {
      if (!take(section)) break;
      section = read_section(chars_, out_.end, false);
    } while (section.end != out_.end);
    if (total_ > kMaxUnits) return std::nullopt;
    if (last_unit_ != 0 && !out_.approximate && is_about(chars_, out_.end)) {
      out_.approximate = true;
      ++out_.end;
      const int64_t unit = large_unit();
      if (unit != 0 && last_large_ == 0) {  // 十多万
        ++out_.end;
        if (total_ > kMaxUnits / unit) return std::nullopt;
        total_ *= unit;
      }
    }
    out_.milli = total_ * 1000;
    return out_;
  }

 private:
  // 万 or 亿 at the end of what was read, else 0.
  int64_t large_unit() const {
    const int64_t unit = unit_of(char_at(chars_, out_.end));
    return unit >= kTenThousand ? unit : 0;
  }
  bool take(const Section& section);
  bool take_end(const Section& section);

  Chars chars_;
  uint32_t begin_;
  ChineseNumber out_;
  int64_t total_ = 0;
  int64_t last_large_ = 0;
  int64_t last_unit_ = 0;
};

// Adds a section with its unit. False: the number ends with it, or before it.
bool Reader::take(const Section& section) {
  const int64_t unit = unit_of(char_at(chars_, section.end));
  if (unit < kTenThousand) return take_end(section);
  if (last_large_ != 0 && unit >= last_large_) return false;  // 三万五万: two numbers
  out_.end = section.end + 1;
  out_.digits += section.digits;
  out_.approximate = section.approximate;
  last_unit_ = last_large_ = unit;
  total_ += section.value > kMaxUnits / unit ? kMaxUnits + 1 : section.value * unit;
  if (unit == kTenThousand && large_unit() == kHundredMillion) {  // 一万亿
    ++out_.end;
    last_large_ = kHundredMillion;
    total_ = total_ > kMaxUnits / kHundredMillion ? kMaxUnits + 1 : total_ * kHundredMillion;
  }
  return total_ <= kMaxUnits && !section.approximate;
}

// The section after the last 万 or 亿, or the only one. A single numeral after them counts tenths:
// 两万五 is 25000. Four digits are written out: 1万2000.
bool Reader::take_end(const Section& section) {
  int64_t unit = 1;
  const bool written_out = section.digits == 4 && last_large_ == kTenThousand;
  if (last_large_ != 0 && section.bare && !section.zero && !written_out) {
    const char32_t after = char_at(chars_, section.end);
    const bool weighs = char_at(chars_, out_.end) == U'两';
    if (section.value > 9 || weighs || after == U'.' || has(kClassifiers, after)) return false;
    unit = last_large_ / 10;
  }
  total_ += section.value * unit;
  out_.end = section.end;
  out_.digits += section.digits;
  out_.approximate = section.approximate;
  last_unit_ = section.last_unit;
  return false;
}

// 一二三, 二〇二四, 八五: numerals read out one by one. Two alone that follow each other are no
// such string but an estimate.
std::optional<ChineseNumber> read_string(Chars chars, uint32_t at) {
  const uint32_t run = digit_run(chars, at);
  if (run < 2 || run > kMostStringDigits || is_pair(chars, at)) return std::nullopt;
  if (unit_of(char_at(chars, at + run)) != 0) return std::nullopt;
  ChineseNumber out;
  out.end = at + run;
  for (uint32_t i = at; i < out.end; ++i) out.milli = out.milli * 10 + digit_of(chars[i]);
  out.milli *= 1000;
  return out;
}

// 点五 as the decimals of a number, in thousandths; 0 if it is none: 三点半, 三点五十, 三点十分 are
// times, and 一点 before counted things is "a little".
int64_t read_decimals(Chars chars, uint32_t begin, uint32_t& end) {
  const uint32_t run = digit_run(chars, end + 1);
  if (char_at(chars, end) != U'点' || run == 0) return 0;
  const uint32_t after_run = end + 1 + run;
  const char32_t after = char_at(chars, after_run);
  if (unit_of(after) != 0 && unit_of(after) < kTenThousand) return 0;
  if (after == U'分' || after == U'刻') return 0;
  if (end == begin + 1 && chars[begin] == U'一') {
    if (has(kClassifiers, after)) return 0;
    if (chars[end + 1] == U'一' && !has(U"倍米万亿公元块斤", after)) return 0;
  }
  int64_t milli = 0;
  int64_t unit = 100;
  for (uint32_t i = end + 1; i < after_run; ++i, unit /= 10) {
    if (unit == 0 && digit_of(chars[i]) != 0) return 0;
    milli += digit_of(chars[i]) * unit;
  }
  if (milli != 0) end = after_run;
  return milli;
}

// A zero is a number only where it counts something: not in 零食, 零钱.
std::optional<ChineseNumber> read_zero(Chars chars, uint32_t at) {
  ChineseNumber out;
  out.end = at + 1;
  const char32_t after = char_at(chars, out.end);
  if (after == 0 || after == U'点' || has(kClassifiers, after) || has(kMeasures, after)) return out;
  return std::nullopt;
}

// 俩, 仨, 半 and 一半, to which nothing is added.
std::optional<ChineseNumber> read_word(Chars chars, uint32_t at) {
  switch (chars[at]) {
    case U'俩':
      return ChineseNumber{2000, at + 1, 0, false};
    case U'仨':
      return ChineseNumber{3000, at + 1, 0, false};
    case U'半':
      return ChineseNumber{500, at + 1, 0, false};
    case U'一':
      if (char_at(chars, at + 1) == U'半') return ChineseNumber{500, at + 2, 0, false};
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace

int64_t unit_of(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾':
      return 10;
    case U'百':
    case U'佰':
      return 100;
    case U'千':
    case U'仟':
      return 1000;
    case U'万':
      return kTenThousand;
    case U'亿':
      return kHundredMillion;
    default:
      return 0;
  }
}

bool is_about(Chars chars, uint32_t at) {
  const char32_t c = char_at(chars, at);
  const char32_t after = char_at(chars, at + 1);
  if (c == U'多') return !has(kAfterMuch, after);
  return c == U'来' &&
         (has(kClassifiers, after) || has(kMeasures, after) || unit_of(after) >= kTenThousand);
}

bool multiply_units(Chars chars, int64_t& milli, uint32_t& end) {
  while (const int64_t unit = unit_of(char_at(chars, end))) {
    if (milli > Decimal::kMax / unit) return false;
    milli *= unit;
    ++end;
  }
  return true;
}

std::optional<ChineseNumber> read_chinese(Chars chars, uint32_t at) {
  // The value of 几 and 数 is not known, so 几十 is no number, and neither is its 十.
  if (at > 0 && unit_of(chars[at]) != 0 && has(U"几数", chars[at - 1])) return std::nullopt;
  if (const auto word = read_word(chars, at)) return word;
  if (const auto string = read_string(chars, at)) return string;
  const bool zero = is_zero(chars[at]);
  std::optional<ChineseNumber> number = zero ? read_zero(chars, at) : Reader(chars, at).read();
  if (!number || number->approximate) return number;
  const int64_t decimals = read_decimals(chars, at, number->end);
  number->milli += decimals;
  if (decimals != 0 && !multiply_units(chars, number->milli, number->end)) return std::nullopt;
  if (number->milli > Decimal::kMax) return std::nullopt;
  return number;
}

}  // namespace xiaoer::text
