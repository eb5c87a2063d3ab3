// Money: amounts with a currency word, and bare numbers that the words around make a price. Every
// amount is told apart: an offer (the buyer would pay it), a reference (a reduction, threshold, fee
// or a price that is only mentioned), or neither.

#include "entities/scanner.hpp"
#include "text/numerals.hpp"

namespace xiaoer::entities {
namespace {

// Words that may stand between a cue and its number: 便宜个10块, 给我80.
constexpr CharSet kFillers = U"个了我你您掉钱至价";
constexpr uint32_t kMostFillers = 2;

const Cue* left_cue(const Chars& chars, uint32_t begin) {
  uint32_t end = begin;
  for (uint32_t skipped = 0;; ++skipped) {
    if (const Cue* cue = find_left_cue(chars, end)) return cue;
    if (skipped == kMostFillers || !chars.any_before(end, kFillers)) return nullptr;
    --end;
  }
}

struct Cues {
  const Cue* left = nullptr;
  const Cue* right = nullptr;
  uint32_t per_unit = 0;  // end of "一袋" behind the amount
  bool per_one = false;   // that is a price for one, not for several ("85元5斤")
};

Cues read_cues(const Chars& chars, uint32_t begin, uint32_t end, bool currency) {
  Cues cues;
  cues.left = left_cue(chars, begin);
  cues.per_unit = per_unit_end(chars, end, currency);
  cues.per_one = cues.per_unit != 0 && chars.any(end, U"每/一");
  const uint32_t after = cues.per_unit != 0 ? cues.per_unit : end;
  cues.right = find_right_cue(chars, after + (chars[after] == U'\n'));  // 180 / 行不: two bubbles
  return cues;
}

CueRole role_of(const Cue* cue) { return cue != nullptr ? cue->role : CueRole::kNone; }

// Reductions outweigh offers ("便宜10块行吗"), offers outweigh mentions, mentions a price for one
// piece.
uint8_t flags_of(const Cues& cues) {
  const CueRole left = role_of(cues.left);
  const CueRole right = role_of(cues.right);
  if (left == CueRole::kReduction || right == CueRole::kReduction) {
    const bool less = right != CueRole::kReduction && cues.left->less;
    return less ? kReference | kLess : kReference;
  }
  if (left == CueRole::kOffer || right == CueRole::kOffer) return kOffer;
  if (left == CueRole::kPrice || right == CueRole::kPrice) return kReference;
  return cues.per_one || right == CueRole::kWeakOffer ? kOffer : 0;
}

// The digit behind 块 or 元: 8块8, 三块五, 8元5角. Adds to `milli`; returns the end, or `at` if
// there is none.
uint32_t read_fraction(const Chars& chars, uint32_t at, int64_t* milli) {
  if (!chars.is(at, text::kDigit | text::kNumeral)) return at;
  uint32_t end = at;
  int64_t digits = 0;
  uint32_t count = 0;
  if (chars.is(at, text::kDigit)) {
    for (; chars.is(end, text::kDigit) && count < 3; ++count) {
      digits = digits * 10 + static_cast<int64_t>(chars[end++] - U'0');
    }
    if (count > 2 || chars[end] == U'.') return at;
  } else {
    if (chars.any(at, U"十百千万亿两俩仨半") || chars.any(at + 1, U"十百千万亿")) return at;
    const auto number = text::read_number(chars.all().first(at + 1), at);
    if (!number) return at;
    digits = number->value.milli / 1000;
    count = 1;
    end = at + 1;
  }
  const bool marked = count == 1 && chars.any(end, U"毛角");
  const bool piece = chars.any(end, U"大小整") && find_unit(chars, end + 1) != nullptr;
  if (!marked && (piece || find_unit(chars, end) != nullptr ||
                  find_currency(chars, end) != nullptr || chars.any(end, U"%折码号月天点多"))) {
    return at;  // 80块5袋: a new count begins
  }
  *milli += digits * (count == 1 ? 100 : 10);
  return end + marked;
}

// Is 块 at `at` the word for a piece, or 一块 "together"? `amount` is the number before it.
bool is_no_money(const Chars& chars, const Amount& amount, uint32_t after, const Cues& cues) {
  if (chars.before(after) != U'块') return false;
  if (is_piece_noun(chars, after)) return true;
  const bool one = amount.chinese && amount.value == Decimal::of(1);
  if (one && chars[after] == U'儿') return true;
  return one && role_of(cues.left) != CueRole::kReduction &&
         role_of(cues.right) != CueRole::kReduction && cues.per_unit == 0 &&
         !chars.any_before(amount.begin, U"就价才给");
}

}  // namespace

uint32_t per_unit_end(const Chars& chars, uint32_t at, bool after_currency) {
  uint32_t unit_at = at;
  if (chars.any(at, U"每/")) {
    unit_at = at + 1;
  } else if (chars.any(at, U"一二两三四五六七八九十半") && !chars.is(at + 1, text::kNumeral)) {
    unit_at = at + 1;
  } else if (after_currency && chars.is(at, text::kDigit)) {
    while (chars.is(unit_at, text::kDigit)) ++unit_at;
  } else {
    return 0;
  }
  const UnitWord* unit = find_unit(chars, unit_at);
  if (unit == nullptr || (unit->not_after_one && chars[at] == U'一')) return 0;  // 1020一样厚
  return unit_at + static_cast<uint32_t>(unit->word.size());
}

uint32_t Scanner::scan_money_sign(uint32_t at) {
  uint32_t begin = at + (chars_[at] == U'¥' ? 1 : 3);
  while (chars_.any(begin, U" :¥")) ++begin;
  auto amount = read_amount(chars_, begin);
  if (!amount) return 0;
  uint32_t end = amount->end;
  if (const CurrencyWord* word = find_currency(chars_, end)) {
    if (word->milli == 1000) end += static_cast<uint32_t>(word->word.size());
  }
  add_money({at, end}, *amount, flags_of(read_cues(chars_, at, end, true)));
  return end;
}

uint32_t Scanner::scan_money(const Amount& amount) {
  const uint32_t unit_at = amount.end + (chars_[amount.end] == U' ');
  const CurrencyWord* word = find_currency(chars_, unit_at);
  if (word == nullptr || chars_.is_before(amount.begin, text::kLatin)) return 0;
  // 三角 and 八角 are things, 三角钱 is money.
  if (amount.chinese && word->word == U"角") return 0;
  Amount money = amount;
  const uint32_t word_end = unit_at + static_cast<uint32_t>(word->word.size());
  money.end = word_end;
  money.value.milli =
      amount.value.milli / 1000 * word->milli + amount.value.milli % 1000 * word->milli / 1000;
  if (word->word.size() == 1) {
    int64_t fraction = 0;
    money.end = read_fraction(chars_, word_end, &fraction);
    money.value.milli += fraction * word->milli / 1000;
  }
  const bool fraction = money.end != word_end;
  if (chars_.has(money.end, U"钱")) ++money.end;
  if (chars_.any(money.end, U"多") || chars_.has(money.end, U"左右") ||
      chars_.has(money.end, U"上下")) {
    money.approximate = true;
    money.end += chars_.any(money.end, U"多") ? 1 : 2;
  }
  const Cues cues = read_cues(chars_, amount.begin, money.end, true);
  if (!fraction && is_no_money(chars_, amount, money.end, cues)) {
    if (is_piece_noun(chars_, money.end)) {
      add_counted(rules::kQuantity, {amount.begin, money.end}, amount.value, U"块");
    }
    return money.end;
  }
  add_money({amount.begin, money.end}, money, flags_of(cues));
  return money.end;
}

uint32_t Scanner::scan_threshold(const Amount& amount) {
  if (!stands_alone(amount) && chars_[amount.end] != U'-') return 0;
  if (chars_.is_before(amount.begin, text::kLatin | text::kDigit) ||
      chars_.any_before(amount.begin, U".-/:#=")) {
    return 0;
  }
  uint32_t mark = amount.end;
  if (const CurrencyWord* word = find_currency(chars_, mark)) {
    mark += static_cast<uint32_t>(word->word.size());
  }
  uint32_t second_at = 0;
  for (const std::u32string_view between : {U"-", U"减", U"立减", U"减去", U"返", U"送"}) {
    const std::u32string_view word = between;
    if (chars_.has(mark, word)) second_at = mark + static_cast<uint32_t>(word.size());
  }
  if (second_at == 0) return 0;
  const auto second = read_amount(chars_, second_at);
  if (!second || !second->is_between(1, 100'000) || second->value >= amount.value) return 0;
  const bool after_full = chars_.any_before(amount.begin, U"满够");
  const bool dash = chars_[mark] == U'-';
  const int64_t least = dash && !after_full ? 30 : 10;
  if (amount.value < Decimal::of(least)) return 0;
  if (dash && (second->value.milli * 2 > amount.value.milli ||
               chars_.any(second->end, U"-/:.cm码") || find_unit(chars_, second->end) != nullptr)) {
    return 0;
  }
  if (!dash && find_unit(chars_, second->end) != nullptr) return 0;  // 满99送2袋
  if (chars_[mark] == U'送' && find_currency(chars_, second->end) == nullptr) return 0;
  add_money({amount.begin, mark}, amount, kReference);
  uint32_t end = second->end;
  if (const CurrencyWord* word = find_currency(chars_, end)) {
    end += static_cast<uint32_t>(word->word.size());
  }
  add_money({second->begin, end}, *second, kReference);
  return end;
}

// 50到80块, 3-5斤, 3到5号, 38到40码: the first number shares the word of the second.
uint32_t Scanner::scan_range(const Amount& amount) {
  if (chars_.is_before(amount.begin, text::kLatin | text::kDigit) || amount.approximate) return 0;
  const auto second = read_amount(chars_, amount.end + 1);
  if (!second || second->value <= amount.value) return 0;
  const uint32_t at = second->end;
  const Span first = {amount.begin, amount.end};
  if (const CurrencyWord* word = find_currency(chars_, at)) {
    if (word->milli != 1000) return 0;
    add_money(first, amount, kReference);
    const uint32_t end = at + static_cast<uint32_t>(word->word.size());
    add_money({second->begin, end}, *second, kReference);
    return end;
  }
  if (second->approximate || chars_.has(at, U"之间")) {
    if (amount.value < Decimal::of(20)) return 0;
    add_money(first, amount, kReference);
    add_money({second->begin, at}, *second, kReference);
    return at;
  }
  if (is_day_mark(chars_, at) && second->is_integer_between(2, 31)) {
    add_day(first, amount.value);
    return add_day({second->begin, at + 1}, second->value);
  }
  if (chars_[at] == U'码' && second->is_between(20, 240)) {
    add_counted(rules::kSize, first, amount.value, U"码");
    add_counted(rules::kSize, {second->begin, at + 1}, second->value, U"码");
    return at + 1;
  }
  const UnitWord* unit = find_unit(chars_, at);
  if (unit == nullptr || chars_[amount.end] == U'到') return 0;
  add_counted(rules::kQuantity, first, amount.value, unit->word);
  const uint32_t end = at + static_cast<uint32_t>(unit->word.size());
  add_counted(rules::kQuantity, {second->begin, end}, second->value, unit->word);
  return end;
}

uint32_t Scanner::scan_bare_money(const Amount& amount) {
  const Amount& money = amount;
  if (!money.is_between(1, 1'000'000)) return 0;
  if (money.chinese && money.value < Decimal::of(10)) return 0;
  const bool ranked = chars_.any_before(money.begin, U"前") &&  // 前100名
                      !chars_.any_before(money.begin - 1, U"之以目");
  if (ranked) return 0;
  const Cues cues = read_cues(chars_, money.begin, money.end, false);
  const bool year = money.plain && money.is_integer_between(1990, 2035);
  if (year && role_of(cues.left) <= CueRole::kPrice && role_of(cues.right) <= CueRole::kPrice) {
    return 0;  // 2019买的
  }
  const auto speaks = [&money](const Cue* cue) {
    return cue != nullptr && cue->bare_from > 0 &&
           money.value >= Decimal::of(static_cast<int64_t>(cue->bare_from));
  };
  const bool right = speaks(cues.right);
  const bool left = speaks(cues.left) &&
                    (!cues.left->soft || right || cues.per_unit != 0 || is_soft(chars_, money.end));
  const bool piece = cues.per_unit != 0 && money.value >= Decimal::of(2);
  if (!left && !right && !piece) return 0;
  add_money({money.begin, money.end}, money, flags_of(cues));
  return money.end;
}

}  // namespace xiaoer::entities
