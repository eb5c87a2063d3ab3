// Quantities: 2袋, 半斤, 5kg, 俩; and numbers without a unit that a verb makes a count.

#include "entities/scanner.hpp"

namespace xiaoer::entities {
namespace {

// 这一袋, 哪一款, 每一个: no count of one.
constexpr CharSet kPointers = U"这那哪每某同另任唯统单逐";

// 三对 counts pairs; 99对吧 asks whether that is right.
bool asks_whether_right(const Chars& chars, const Amount& amount, const UnitWord& unit) {
  const uint32_t end = amount.end + 1;
  return unit.word == U"对" && (!amount.chinese || amount.value > Decimal::of(3)) &&
         chars.any(end, U"吧吗么不嘛");
}

bool is_one(const Amount& amount) {
  return amount.chinese && amount.value == Decimal::of(1) && amount.end - amount.begin == 1;
}

// 两 as a weight (三两茶叶): not where it counts what follows (80两袋).
bool is_tael(const Chars& chars, uint32_t at) {
  return chars[at] == U'两' && find_unit(chars, at + 1) == nullptr &&
         !chars.is(at + 1, text::kDigit | text::kNumeral) && !chars.any(at + 1, U"天年种次三");
}

// 买三代, 拍了3带: what stands before the number asks for a count.
bool after_order(const Chars& chars, uint32_t begin) {
  const uint32_t end = begin - chars.any_before(begin, U"了");
  return chars.any_before(end, U"买拍要送发来订退");
}

}  // namespace

uint32_t Scanner::scan_quantity(const Amount& amount) {
  uint32_t unit_at = amount.end;
  if (chars_[unit_at] == U' ' || chars_.any(unit_at, U"大小整")) ++unit_at;  // 两大袋, 5 kg
  const UnitWord* unit = find_unit(chars_, unit_at);
  if (unit == nullptr && unit_at == amount.end && is_tael(chars_, unit_at)) {
    add_counted(rules::kQuantity, {amount.begin, unit_at + 1}, amount.value, U"两");
    return unit_at + 1;
  }
  if (unit == nullptr && unit_at == amount.end && after_order(chars_, amount.begin)) {
    if (const MistypedUnit* mistyped = find_mistyped_unit(chars_, unit_at)) {
      add_counted(rules::kQuantity, {amount.begin, unit_at + 1}, amount.value, mistyped->means);
      return unit_at + 1;
    }
  }
  if (unit == nullptr || (!amount.chinese && chars_.is_before(amount.begin, text::kLatin)))
    return 0;
  const uint32_t unit_end = unit_at + static_cast<uint32_t>(unit->word.size());
  if (is_one(amount) && (unit->not_after_one || chars_.any_before(amount.begin, kPointers))) {
    return unit_end;
  }
  if (asks_whether_right(chars_, amount, *unit)) return 0;
  // 5g is a network, 2023款 a model year.
  if (unit->word == U"g" && amount.is_between(2, 6)) return 0;
  if (unit->word == U"款" && amount.is_integer_between(1990, 2100)) return unit_end;
  Decimal number = amount.value;
  uint32_t end = unit_end;
  const bool half = chars_[end] == U'半' && find_unit(chars_, end + 1) == nullptr &&
                    !chars_.any(end + 1, U"价天个年小折月夜路日新旧成熟");
  if (half) {  // 两斤半, 一箱半
    number.milli += 500;
    ++end;
  }
  add_counted(rules::kQuantity, {amount.begin, end}, number, unit->word);
  if (amount.approximate && !out_->list.empty()) out_->list.back().flags |= kApproximate;
  return end;
}

uint32_t Scanner::scan_bare_quantity(const Amount& amount) {
  if (chars_.any(amount.begin, U"俩仨") && amount.end - amount.begin == 1) {
    if (chars_.any_before(amount.begin, U"我你他她咱们哥姐") ||
        chars_.any(amount.end, U"人口月孩娃钱老")) {
      return amount.end;
    }
    add_counted(rules::kQuantity, {amount.begin, amount.end}, amount.value, U"个");
    return amount.end;
  }
  // 买8, 拍3, 买2送1, 各2, 黑色*2
  const bool digits = amount.plain && amount.is_integer_between(1, 29);
  const bool one_numeral = amount.chinese && amount.is_integer_between(1, 10);
  if (!digits && !one_numeral) return 0;
  const bool times = digits && chars_.any_before(amount.begin, U"*×") && amount.begin >= 2 &&
                     chars_.is(amount.begin - 2, text::kHan) && is_soft(chars_, amount.end);
  if (times) {
    add_counted(rules::kQuantity, {amount.begin, amount.end}, amount.value, {});
    return amount.end;
  }
  if (!stands_alone(amount)) return 0;
  const bool given = chars_[amount.end] == U'送' || chars_[amount.end] == U'赠';
  const bool bought =
      chars_.any_before(amount.begin, U"买拍各来") && (given || is_soft(chars_, amount.end));
  const bool gift = chars_.any_before(amount.begin, U"送赠") && amount.begin >= 2 &&
                    chars_.is(amount.begin - 2, text::kDigit | text::kNumeral) &&
                    is_soft(chars_, amount.end);
  if (!bought && !gift) return 0;
  add_counted(rules::kQuantity, {amount.begin, amount.end}, amount.value, {});
  return amount.end;
}

// A message of nothing but a number answers a question that the engine may not have seen: an amount
// that is neither offer nor reference, and before it a size where it can be one.
uint32_t Scanner::scan_whole_message(const Amount& amount) {
  constexpr uint16_t kEmpty = text::kPunctuation | text::kSpace | text::kSymbol | text::kParticle;
  if (amount.chinese ? amount.value < Decimal::of(20) : amount.value < Decimal::of(10)) return 0;
  if (amount.value > Decimal::of(999'999)) return 0;
  if (chars_[amount.begin] == U'0' && amount.plain) return 0;  // 056 is a code
  for (uint32_t i = 0; i < amount.begin; ++i) {
    if (!chars_.is(i, kEmpty)) return 0;
  }
  for (uint32_t i = amount.end; i < chars_.size(); ++i) {
    if (!chars_.is(i, kEmpty) || chars_[i] == U'吧') return 0;
  }
  const Span span = {amount.begin, amount.end};
  if (amount.plain && amount.is_integer_between(34, 46)) {
    add_counted(rules::kSize, span, amount.value, U"码");
  }
  add_money(span, amount, 0);
  return amount.end;
}

}  // namespace xiaoer::entities
