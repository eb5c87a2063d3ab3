#include "dialogue/entities_scan.hpp"

#include <algorithm>
#include <bit>

#include "text/numerals.hpp"
#include "text/utf8.hpp"

namespace xiaoer::dialogue {
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
  if (latin_tail || last_numeral_counts(chars, at, end)) {
    number = text::read_number(chars.all().first(end - 1), at);
    if (!number || number->length == 0) return std::nullopt;
    end = at + number->length;
  }
  Amount amount = {number->value,      at, end, number->chinese, number->plain_digits,
                   number->approximate};
  if (chars.any(end, U"多余") && number->value >= Decimal::of(10)) {
    amount.approximate = true;
    ++amount.end;
  }
  return amount;
}

// Most characters begin nothing. Which of the 64 from `first` on may begin something is found
// without a branch, since a message gives no pattern to predict.
uint64_t Scanner::starts(uint32_t first) const {
  constexpr uint16_t kStarts = text::kDigit | text::kNumeral | text::kLatin;
  const uint32_t last = std::min(chars_.size(), first + 64);
  uint64_t bits = 0;
  for (uint32_t at = first; at < last; ++at) {
    const bool starts = ((text_.properties[at] & kStarts) != 0) | may_begin(text_.chars[at]);
    bits |= uint64_t{starts} << (at - first);
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
  if (chars_.is(at, text::kLatin)) return scan_latin(at);
  if (chars_.is(at, text::kDigit | text::kNumeral)) return scan_number(at);
  if (chars_[at] == U'¥') return scan_money_sign(at);
  if (chars_[at] == U'+') return scan_phone(at);
  return 0;
}

uint32_t Scanner::scan_number(uint32_t at) {
  if (chars_.is(at, text::kDigit)) {
    if (const uint32_t end = scan_code(at)) return end;
  }
  const auto amount = read_amount(chars_, at);
  if (!amount) return 0;
  // 第2件 is an ordinal; 几十块 is no amount.
  if (chars_.any_before(at, U"第几")) return amount->end;
  using Reading = uint32_t (Scanner::*)(const Amount&);
  constexpr Reading kReadings[] = {
      &Scanner::scan_date_number,   &Scanner::scan_size,          &Scanner::scan_threshold,
      &Scanner::scan_money,         &Scanner::scan_quantity,      &Scanner::scan_range,
      &Scanner::scan_bare_quantity, &Scanner::scan_whole_message, &Scanner::scan_bare_size,
      &Scanner::scan_bare_money,
  };
  for (const Reading reading : kReadings) {
    if (const uint32_t end = (this->*reading)(*amount)) return end;
  }
  // The letters of 5g or 3d belong to the number.
  uint32_t end = amount->end;
  while (chars_.is(end, text::kLatin)) ++end;
  return end;
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
  if (full()) return false;
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

}  // namespace xiaoer::dialogue
