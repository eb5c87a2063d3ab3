// Long runs of digits: phone, order and item numbers. A run glued to letters (SF1023…) is a parcel
// or model number and left alone.

#include <span>

#include "entities/scanner.hpp"

namespace xiaoer::entities {
namespace {

constexpr uint32_t kPhoneDigits = 11;
constexpr uint32_t kMaxCode = 20;  // digits of the longest order number
constexpr uint32_t kCueReach = 8;  // characters before a number in which its name may stand

uint32_t digits_at(const Chars& chars, uint32_t at) {
  uint32_t end = at;
  while (chars.is(end, text::kDigit)) ++end;
  return end - at;
}

// Numbers of other things: parcels, papers, accounts.
constexpr std::u32string_view kOtherCodes[] = {
    U"运单",   U"快递单",   U"物流单", U"快递号", U"物流号", U"面单",   U"退货单号",
    U"身份证", U"证件号",   U"银行卡", U"卡号",   U"账号",   U"帐号",   U"税号",
    U"发票号", U"发票代码", U"交易号", U"流水号", U"条码",   U"条形码", U"验证码",
    U"密码",   U"取件码",   U"服务单", U"qq",     U"序列号",
};
// The number of a parcel, or of an order where it is as long as those are.
constexpr std::u32string_view kShortCodes[] = {U"单号"};
constexpr std::u32string_view kOrderCodes[] = {U"订单"};
constexpr std::u32string_view kItemCodes[] = {U"商品编号", U"商品号", U"商品id", U"货号", U"编号"};

// Does one of `words` stand in the few characters before `at`?
bool named(const Chars& chars, uint32_t at, std::span<const std::u32string_view> words) {
  for (uint32_t end = at; at - end <= kCueReach; --end) {
    for (const std::u32string_view word : words) {
      if (chars.ends_with(end, word)) return true;
    }
    if (end == 0 || chars.is_before(end, text::kSentenceEnd)) return false;
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

rules::EntityKindId kind_of_code(const Chars& chars, uint32_t at, uint32_t run) {
  if (run > kMaxCode) return rules::kNoKind;
  if (run >= 8 && named(chars, at, kOrderCodes)) return rules::kOrderNumber;
  if (run <= 10 && named(chars, at, kItemCodes)) return rules::kItemNumber;
  if (run <= 10 || named(chars, at, kOtherCodes)) return rules::kNoKind;
  if (run >= 16) return rules::kOrderNumber;
  if (named(chars, at, kShortCodes)) return rules::kNoKind;
  const bool item = run <= 13 && chars[at] != U'0';  // 02188880001 is a fixed line
  if (!item) return rules::kNoKind;
  return rules::kItemNumber;
}

// 13800138000, but neither v13800138000 (a name) nor 613800138000.
bool may_begin_phone(const Chars& chars, uint32_t at) {
  return !chars.is_before(at, text::kLatin | text::kDigit) || names_phone(chars, at);
}

}  // namespace

bool names_phone(const Chars& chars, uint32_t end) {
  if (!chars.is(end, text::kDigit)) return false;
  for (const std::u32string_view word : {U"tel", U"phone", U"mobile", U"mob", U"ph"}) {
    const bool whole = chars.ends_with(end, word) &&
                       !chars.is_before(end - static_cast<uint32_t>(word.size()), text::kLatin);
    if (whole) return true;
  }
  return false;
}

uint32_t Scanner::scan_phone(uint32_t at) {
  if (!may_begin_phone(chars_, at)) return 0;
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
  if (chars_.is_before(at, text::kDigit)) return 0;
  const uint32_t run = digits_at(chars_, at);
  const bool decimals = chars_.any_before(at, U".") && at >= 2 && chars_.is(at - 2, text::kDigit);
  if (decimals) return at + run;
  if (const uint32_t end = scan_phone(at)) return end;
  if (run < 5 || chars_.is_before(at, text::kLatin)) return 0;
  uint32_t end = at + run;
  const bool glued = chars_.is(end, text::kLatin);
  if (glued && run < 8) return 0;
  while (chars_.is(end, text::kLatin | text::kDigit)) ++end;
  const rules::EntityKindId kind = glued ? rules::kNoKind : kind_of_code(chars_, at, run);
  if (kind == rules::kNoKind) return run >= 8 || named(chars_, at, kOtherCodes) ? end : 0;
  char digits[kMaxCode];
  for (uint32_t i = 0; i < run; ++i) digits[i] = static_cast<char>('0' + (chars_[at + i] - U'0'));
  add(kind, {at, at + run}, {digits, run});
  return end;
}

}  // namespace xiaoer::entities
