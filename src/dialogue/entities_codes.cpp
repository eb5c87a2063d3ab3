// Long runs of digits: phone, order and item numbers. A run glued to letters (SF1023…) is a parcel
// or model number and left alone.

#include <initializer_list>

#include "dialogue/entities_scan.hpp"

namespace xiaoer::dialogue {
namespace {

constexpr uint32_t kPhoneDigits = 11;
constexpr uint32_t kMaxCode = 20;  // digits of the longest order number
constexpr uint32_t kCueReach = 8;  // characters before a number in which its name may stand

uint32_t digits_at(const Chars& chars, uint32_t at) {
  uint32_t end = at;
  while (chars.is(end, text::kDigit)) ++end;
  return end - at;
}

// Does one of `words` stand in the few characters before `at`?
bool named(const Chars& chars, uint32_t at, std::initializer_list<std::u32string_view> words) {
  for (uint32_t back = 0; back <= kCueReach && back <= at; ++back) {
    for (const std::u32string_view word : words) {
      if (chars.ends_with(at - back, word)) return true;
    }
    if (back > 0 && chars.is(at - back, text::kSentenceEnd)) return false;
  }
  return false;
}

// The eleven digits of a mobile number at `at`, grouped 3-4-4 or not at all; `*end` is one past
// them.
bool read_mobile(const Chars& chars, uint32_t at, char* digits, uint32_t* end) {
  for (uint32_t i = 0; i < kPhoneDigits; ++i) {
    if ((i == 3 || i == 7) && chars.any(at, U" -")) ++at;
    if (!chars.is(at, text::kDigit)) return false;
    digits[i] = static_cast<char>('0' + (chars[at++] - U'0'));
  }
  *end = at;
  return digits[0] == '1' && digits[1] >= '3' && !chars.is(at, text::kDigit | text::kLatin);
}

}  // namespace

uint32_t Scanner::scan_phone(uint32_t at) {
  if (chars_.is_before(at, text::kLatin | text::kDigit)) return 0;
  uint32_t first = chars_[at] == U'+' ? at + 1 : at;
  if (chars_.has(first, U"0086")) first += 2;
  if (chars_.has(first, U"86")) {
    first += 2;
    if (chars_.any(first, U" -")) ++first;
  } else if (first != at) {
    return 0;
  }
  char digits[kPhoneDigits];
  uint32_t end = 0;
  if (!read_mobile(chars_, first, digits, &end)) return 0;
  add(rules::kPhone, {at, end}, {digits, kPhoneDigits});
  return end;
}

uint32_t Scanner::scan_code(uint32_t at) {
  if (chars_.is_before(at, text::kLatin | text::kDigit)) return 0;
  if (const uint32_t end = scan_phone(at)) return end;
  const uint32_t run = digits_at(chars_, at);
  if (run < 5) return 0;
  uint32_t end = at + run;
  const bool glued = chars_.is(end, text::kLatin);
  if (glued && run < 8) return 0;
  while (chars_.is(end, text::kLatin | text::kDigit)) ++end;

  rules::EntityKindId kind = rules::kNoKind;
  const bool order_named = run >= 8 && named(chars_, at, {U"订单"});
  const bool parcel_named =
      named(chars_, at, {U"运单", U"快递单", U"物流单", U"快递号", U"物流号", U"面单"});
  if (glued || parcel_named) {
    kind = rules::kNoKind;
  } else if (order_named ? run <= kMaxCode : run >= 16 && run <= kMaxCode) {
    kind = rules::kOrderNumber;
  } else if (run >= 11 && run <= 13) {
    kind = rules::kItemNumber;
  } else if (run <= 10 && named(chars_, at, {U"商品编号", U"商品号", U"商品id", U"货号"})) {
    kind = rules::kItemNumber;
  }
  if (kind == rules::kNoKind) return run >= 8 || parcel_named ? end : 0;
  char digits[kMaxCode];
  for (uint32_t i = 0; i < run; ++i) digits[i] = static_cast<char>('0' + (chars_[at + i] - U'0'));
  add(kind, {at, at + run}, {digits, run});
  return end;
}

}  // namespace xiaoer::dialogue
