#include "entities/scanner.hpp"

#include <algorithm>
#include <bit>

#include "text/numerals.hpp"
#include "text/utf8.hpp"

namespace xiaoer::entities {
namespace {

// Characters that a numeral may contain but not begin with: 百度, 千万.
constexpr CharSet kMultipliers = U"百千万亿";

// A number is not sought further than this, so that a message of nothing but numerals costs linear
// work.
constexpr uint32_t kLongestNumber = 48;

// 三百一袋 reads as 300 for one bag: the last 一 or 两 counts the unit behind it.
bool last_numeral_counts(const Chars& chars, uint32_t begin, uint32_t end) {
  return end - begin >= 3 && (chars[end - 1] == U'一' || chars[end - 1] == U'两') &&
         chars.any(end - 2, kMultipliers) && find_unit(chars, end) != nullptr;
}

// 27点5元, 3点5斤: a point spoken out, told from an hour by the unit behind it.
bool read_spoken_decimals(const Chars& chars, Amount* amount) {
  const uint32_t at = amount->end + 1;
  if (!amount->plain || chars[amount->end] != U'点' || !chars.is(at, text::kDigit)) return false;
  uint32_t end = at;
  int64_t milli = 0;
  for (int64_t unit = 100; unit > 1 && chars.is(end, text::kDigit); unit /= 10) {
    milli += static_cast<int64_t>(chars[end++] - U'0') * unit;
  }
  if (!chars.any(end, U"元块斤折") && !chars.has(end, U"kg") && !chars.has(end, U"公斤"))
    return false;
  amount->value.milli += milli;
  amount->end = end;
  amount->plain = false;
  return true;
}

}  // namespace

std::optional<Amount> read_amount(const Chars& chars, uint32_t at) {
  if (!chars.is(at, text::kDigit | text::kNumeral) || chars.any(at, kMultipliers)) {
    return std::nullopt;
  }
  const uint32_t window = std::min(chars.size(), at + kLongestNumber);
  auto number = text::read_number(chars.all().first(window), at);
  if (!number || number->length == 0) return std::nullopt;
  uint32_t end = at + number->length;
  const bool latin_tail = chars.is_before(end, text::kLatin) && chars.is(end, text::kLatin);
  const bool kilogram = chars.before(end) == U'千' && chars[end] == U'克';
  if (latin_tail || kilogram || last_numeral_counts(chars, at, end)) {
    number = text::read_number(chars.all().first(end - 1), at);
    if (!number || number->length == 0) return std::nullopt;
    end = at + number->length;
  }
  Amount amount = {number->value,      at, end, number->chinese, number->plain_digits,
                   number->approximate};
  if (read_spoken_decimals(chars, &amount)) return amount;
  if (chars.any(end, U"多余") && number->value >= Decimal::of(10)) {
    amount.approximate = true;
    ++amount.end;
  } else if (chars.has(end, U"左右") || chars.has(end, U"上下")) {
    amount.approximate = true;
    amount.end += 2;
  }
  return amount;
}

// Most characters begin nothing. Which of the 64 from `first` on may begin something is found
// without a branch, since a message gives no pattern to predict.
uint64_t Scanner::starts(uint32_t first) const {
  constexpr uint16_t kStarts = text::kDigit | text::kNumeral | text::kLatin;
  const uint32_t count = std::min(chars_.size() - first, 64u);
  const char32_t* chars = text_.chars.data() + first;
  const uint16_t* properties = text_.properties.data() + first;
  uint64_t bits = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const bool starts = ((properties[i] & kStarts) | may_begin(chars[i])) != 0;
    bits |= uint64_t{starts} << i;
  }
  return bits;
}

void Scanner::run() {
  uint32_t at = 0;
  for (uint32_t first = 0; first < chars_.size(); first += 64) {
    uint64_t left = starts(first);
    while (left != 0 && !full()) {
      const uint32_t next = first + static_cast<uint32_t>(std::countr_zero(left));
      left &= left - 1;
      if (next < at) continue;  // taken already
      at = std::max(scan_at(next), next + 1);
    }
  }
}

uint32_t Scanner::scan_at(uint32_t at) {
  if (may_begin_date(chars_, at)) {
    if (const uint32_t end = scan_date_word(at)) return end;
  }
  const uint16_t properties = text_.properties[at];
  if ((properties & text::kDigit) != 0) {
    if (const uint32_t end = scan_code(at)) return end;
    return scan_number(at);
  }
  if ((properties & text::kNumeral) != 0) return says_nothing(at) ? at + 1 : scan_number(at);
  if ((properties & text::kLatin) != 0) return scan_latin(at);
  if (chars_[at] == U'¥') return scan_money_sign(at);
  if (chars_[at] == U'+') return scan_phone(at);
  return 0;
}

// 一下, 一直, 三心二意: a numeral alone that nothing counts. Only asks what the readings would ask.
bool Scanner::says_nothing(uint32_t at) const {
  const char32_t next = chars_[at + 1];
  return follow_of(next) == 0 && !chars_.is(at + 1, text::kDigit | text::kNumeral) &&
         !chars_.any(at, U"俩仨十廿卅") && !chars_.any_before(at, U"买拍送赠各来");
}

uint32_t Scanner::scan_number(uint32_t at) {
  const auto amount = read_amount(chars_, at);
  if (!amount) return 0;
  // 165/120, 165cm/60kg and 165,120 are two.
  const bool slash = chars_[amount->end] == U'/' || chars_[amount->end + 2] == U'/';
  numbers_ += slash || amount->value >= Decimal::of(100'000) ? 2 : 1;
  may_be_tall_ |= may_be_height(chars_, *amount);
  names_measure_ |= stands_by_measure_word(chars_, *amount);
  // 第2件 is an ordinal; 几十块 is no amount.
  if (chars_.any_before(at, U"第几")) return amount->end;
  struct Reading {
    uint8_t follow;  // what must stand behind the number; 0: anything
    uint32_t (Scanner::*read)(const Amount&);
  };
  constexpr Reading kReadings[] = {
      {kDateFollows, &Scanner::scan_date_number}, {0, &Scanner::scan_shopping_day},
      {kSizeFollows, &Scanner::scan_size},        {kThresholdFollows, &Scanner::scan_threshold},
      {kCurrencyFollows, &Scanner::scan_money},   {kUnitFollows, &Scanner::scan_quantity},
      {kRangeFollows, &Scanner::scan_range},      {0, &Scanner::scan_bare},
  };
  const uint8_t follow = follow_of(chars_[amount->end]);
  for (const Reading& reading : kReadings) {
    if ((reading.follow & follow) != reading.follow) continue;
    if (const uint32_t end = (this->*reading.read)(*amount)) return end;
  }
  // The letters of 5g or 3d belong to the number.
  uint32_t end = amount->end;
  while (chars_.is(end, text::kLatin)) ++end;
  return end;
}

// A number without a word of its own: the words around it say what it is, or nothing does.
uint32_t Scanner::scan_bare(const Amount& amount) {
  if (const uint32_t end = scan_bare_quantity(amount)) return end;
  if (!stands_alone(amount)) return 0;
  if (const uint32_t end = scan_whole_message(amount)) return end;
  if (const uint32_t end = scan_bare_size(amount)) return end;
  return scan_bare_money(amount);
}

uint32_t Scanner::scan_latin(uint32_t at) {
  uint32_t letters = at;
  while (chars_.is(letters, text::kLatin)) ++letters;
  if (const uint32_t end = scan_letter_size(at, letters)) return end;
  const bool currency = letters - at == 3 && (chars_.has(at, U"rmb") || chars_.has(at, U"cny"));
  if (currency) {
    if (const uint32_t end = scan_money_sign(at)) return end;
  }
  // Model names and parcel numbers: letters and digits mixed.
  uint32_t end = letters;
  if (names_phone(chars_, letters)) return end;
  while (chars_.is(end, text::kLatin | text::kDigit)) ++end;
  return end;
}

bool Scanner::stands_alone(const Amount& amount) const {
  if (chars_.is_before(amount.begin, text::kLatin | text::kDigit)) return false;
  if (chars_.any_before(amount.begin, U"./-_#=@*+~%:")) return false;
  if (chars_.is(amount.end, text::kLatin)) return chars_.has(amount.end, U"ok");
  return !chars_.any(amount.end, U"%._=折码分岁天年月日时点号次遍楼层倍") &&
         !(chars_.any(amount.end, U"-*/+:~") && chars_.is(amount.end + 1, text::kDigit));
}

bool Scanner::start(rules::EntityKindId kind, Span span, Decimal number, uint8_t flags) {
  // 一万亿块八 is read, and more than a Decimal may hold.
  if (full() || number.milli > Decimal::kMax || number.milli < -Decimal::kMax) return false;
  out_->list.push_back({kind, flags, span, number, static_cast<uint32_t>(out_->values.size()), 0});
  return true;
}

void Scanner::put(std::u32string_view chars) {
  for (const char32_t c : chars) text::append(out_->values, c);
}

void Scanner::put_two_digits(int64_t number) {
  out_->values.push_back(static_cast<char>('0' + number / 10));
  out_->values.push_back(static_cast<char>('0' + number % 10));
}

void Scanner::finish() {
  Entity& entity = out_->list.back();
  entity.value_size = static_cast<uint32_t>(out_->values.size()) - entity.value_begin;
}

void Scanner::extend_last(uint32_t end) {
  out_->list.back().span.end = end;
  finish();
}

void Scanner::add(rules::EntityKindId kind, Span span, std::string_view value) {
  if (!start(kind, span)) return;
  put(value);
  finish();
}

void Scanner::add_counted(rules::EntityKindId kind, Span span, Decimal number,
                          std::u32string_view unit) {
  if (!start(kind, span, number)) return;
  put(number);
  put(unit);
  finish();
}

void Scanner::add_money(Span span, const Amount& amount, uint8_t flags) {
  if (amount.approximate) flags |= kApproximate;
  if (!start(rules::kMoney, span, amount.value, flags)) return;
  put(amount.value);
  finish();
}

}  // namespace xiaoer::entities
