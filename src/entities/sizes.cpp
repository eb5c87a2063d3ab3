// Sizes: 38码, 170/92a, 175cm, xl, 42的. Normal forms: "38码", "170/92A", "175cm", "XL", "3XL".

#include "entities/scanner.hpp"
#include "text/utf8.hpp"

namespace xiaoer::entities {
namespace {

// Shoe sizes, in which a bare number may be one.
constexpr int64_t kLeastShoe = 34;
constexpr int64_t kMostShoe = 46;

constexpr CharSet kSizeVerbs = U"穿拍选要买换到发加来";

// Letters x (any width or case) in the buyer's own text: the normaliser squeezes XXXL to xxl.
int64_t count_x(std::string_view source) {
  int64_t count = 0;
  while (!source.empty()) {
    const text::Decoded c = text::decode(source);
    source.remove_prefix(c.size);
    const bool is_x = c.code_point == U'x' || c.code_point == U'X' || c.code_point == U'ｘ' ||
                      c.code_point == U'Ｘ';
    count += is_x;
  }
  return count;
}

// The unit of a length at `at`: 0 when there is none.
uint32_t length_unit(const Chars& chars, uint32_t at) {
  if (!chars.any(at, U"厘公英寸cm")) return 0;
  for (const std::u32string_view unit : {U"厘米", U"公分", U"英寸", U"cm", U"mm", U"寸"}) {
    const std::u32string_view word = unit;
    const uint32_t end = at + static_cast<uint32_t>(word.size());
    if (!chars.has(at, word)) continue;
    if (chars.is(at, text::kLatin) && chars.is(end, text::kLatin) && chars[end] != U'x') continue;
    return end;
  }
  return 0;
}

}  // namespace

uint32_t Scanner::scan_size(const Amount& amount) {
  if (const uint32_t marked = scan_marked_size(amount)) return marked;
  if (amount.chinese || chars_.is_before(amount.begin, text::kLatin)) return scan_metres(amount);
  const uint32_t end = amount.end;
  if (const uint32_t pair = scan_pair_size(amount)) return pair;
  if (const uint32_t unit = length_unit(chars_, end)) {
    const bool centimetres = chars_[end] == U'厘' || chars_[end] == U'公';
    add_counted(rules::kSize, {amount.begin, unit}, amount.value,
                centimetres ? std::u32string_view(U"cm") : chars_.slice(end, unit));
    return unit;
  }
  // 75b; 85 and a g would be grams.
  const bool cup = chars_.any(end, U"abcdef") && !chars_.is(end + 1, text::kLatin | text::kDigit);
  if (cup && amount.plain && amount.is_integer_between(65, 110) && amount.units() % 5 == 0) {
    if (start(rules::kSize, {amount.begin, end + 1}, amount.value)) {
      put(amount.value);
      out_->values.push_back(static_cast<char>('A' + (chars_[end] - U'a')));
      finish();
    }
    return end + 1;
  }
  if (amount.plain && amount.is_integer_between(2, 9) && chars_.has(end, U"xl") &&
      !chars_.is(end + 2, text::kLatin)) {
    const uint32_t marked = end + 2 + chars_.any(end + 2, U"码号");
    add_counted(rules::kSize, {amount.begin, marked}, amount.value, U"XL");
    return marked;
  }
  return scan_metres(amount);
}

// 38码, 四十二码, 38码半, 39号, 二尺三.
uint32_t Scanner::scan_marked_size(const Amount& amount) {
  const uint32_t end = amount.end;
  if (chars_[end] == U'尺') return scan_feet(amount);
  const bool mark = chars_[end] == U'码' && !chars_.any(end + 1, U"头归表");
  const bool number_mark = chars_[end] == U'号' && amount.is_integer_between(32, 50);
  if (!(mark && amount.is_between(amount.chinese ? 20 : 1, 240)) && !number_mark) return 0;
  if (!amount.chinese && chars_.is_before(amount.begin, text::kLatin)) return 0;
  const bool half = chars_[end + 1] == U'半' && amount.is_integer_between(30, 50);
  const Decimal size = half ? amount.value + Decimal{500} : amount.value;
  add_counted(rules::kSize, {amount.begin, end + 1 + half}, size, U"码");
  return end + 1 + half;
}

// Waists in Chinese feet: 2尺3, 二尺三寸.
uint32_t Scanner::scan_feet(const Amount& amount) {
  uint32_t end = amount.end + 1;
  if (chars_.any(end, U"码寸")) return 0;
  Decimal size = amount.value;
  const auto tenths = read_amount(chars_, end);
  if (tenths && tenths->is_integer_between(1, 9) && find_unit(chars_, tenths->end) == nullptr) {
    size.milli += tenths->units() * 100;
    end = tenths->end + (chars_[tenths->end] == U'寸');
  }
  add_counted(rules::kSize, {amount.begin, end}, size, U"尺");
  return end;
}

// 1米8, 1.75米, 3米: up to three metres in centimetres, as heights and beds are told.
uint32_t Scanner::scan_metres(const Amount& amount) {
  uint32_t end = amount.end;
  if (chars_[end] != U'米' || amount.value <= Decimal{} ||
      chars_.any(end + 1, U"色白黄饭粉线其老奇糕") || chars_.any_before(amount.begin, kSizeVerbs)) {
    return 0;
  }
  int64_t milli = amount.value.milli;
  ++end;
  if (amount.is_integer_between(1, 2)) {
    const auto rest = read_amount(chars_, end);
    const bool fits = rest && rest->is_integer_between(1, 99) &&
                      find_unit(chars_, rest->end) == nullptr && !chars_.any(rest->end, U"斤公");
    if (fits) {
      milli += rest->units() * (rest->is_between(1, 9) ? 100 : 10);
      end = rest->end;
    }
  }
  if (milli <= 3000) {
    add_counted(rules::kSize, {amount.begin, end}, Decimal{milli * 100}, U"cm");
  } else {
    add_counted(rules::kSize, {amount.begin, end}, Decimal{milli}, U"米");
  }
  return end;
}

uint32_t Scanner::scan_pair_size(const Amount& amount) {
  const uint32_t first_unit = length_unit(chars_, amount.end);
  const uint32_t mark = first_unit != 0 ? first_unit : amount.end;
  if (!chars_.any(mark, U"/x*×乘-")) return 0;
  const auto second = read_amount(chars_, mark + 1);
  if (!second || second->chinese) return 0;
  uint32_t end = second->end;
  const bool letter = chars_.any(end, U"abcy") && !chars_.is(end + 1, text::kLatin);
  const bool dash = chars_[mark] == U'-';
  if (dash && !letter) return 0;
  const bool clothes = (dash || chars_[mark] == U'/') && amount.plain && second->plain;
  if (clothes) {
    if (!amount.is_between(50, 210) || !second->is_between(40, 140)) return 0;
    if (!start(rules::kSize, {amount.begin, end + letter})) return end;
    put(amount.value);
    put("/");
    put(second->value);
    if (letter) out_->values.push_back(static_cast<char>('A' + (chars_[end] - U'a')));
    finish();
    return end + letter;
  }
  const uint32_t last_unit = length_unit(chars_, end);
  const bool plain_pair = amount.is_between(10, 1000) && second->is_between(10, 1000) &&
                          find_unit(chars_, end) == nullptr && chars_[mark] != U'/';
  if (dash || chars_[mark] == U'/' || (first_unit == 0 && last_unit == 0 && !plain_pair)) return 0;
  if (last_unit != 0) end = last_unit;
  if (!start(rules::kSize, {amount.begin, end})) return end;
  put(amount.value);
  put("x");
  put(second->value);
  if (last_unit != 0 || first_unit != 0) put("cm");
  finish();
  return end;
}

uint32_t Scanner::scan_letter_size(uint32_t begin, uint32_t letters) {
  if (chars_.is_before(begin, text::kLatin | text::kDigit) || letters - begin > 3) return 0;
  const char32_t last = chars_[letters - 1];
  for (uint32_t i = begin; i + 1 < letters; ++i) {
    if (chars_[i] != U'x') return 0;
  }
  if (last != U's' && last != U'm' && last != U'l') return 0;
  if (letters - begin > 1 && last == U'm') return 0;
  const bool marked = chars_.any(letters, U"码号");
  const uint32_t end = letters + marked;
  if (letters - begin == 1 && !marked && !letter_alone_is_size(begin, end)) return 0;
  if (!start(rules::kSize, {begin, end})) return end;
  const int64_t count = count_x(text_.source({begin, letters}));
  if (count >= 2) put(Decimal::of(count));
  if (count >= 1) put("X");
  out_->values.push_back(static_cast<char>('A' + (last - U'a')));
  finish();
  return end;
}

// s, m and l alone are words too: only beside a verb of choice or another option.
bool Scanner::letter_alone_is_size(uint32_t begin, uint32_t end) const {
  if (chars_.is(end, text::kLatin | text::kDigit) || chars_.any(end, U"'.-_/")) return false;
  return chars_.any_before(begin, kSizeVerbs) || chars_[end] == U'的' || chars_.has(end, U"还是") ||
         chars_.ends_with(begin, U"还是") || chars_.has(end, U"和") ||
         chars_.ends_with(begin, U"和");
}

// 42的, 穿38, 选39: shoe sizes without a word. The price of "39的那款" is the other reading.
uint32_t Scanner::scan_bare_size(const Amount& amount) {
  if (!amount.plain || !amount.is_integer_between(kLeastShoe, kMostShoe)) return 0;
  const bool possessive = chars_[amount.end] == U'的';
  const bool named = chars_.any_before(amount.begin, U"穿选拍换码") ||
                     chars_.ends_with(amount.begin, U"换成") ||
                     chars_.ends_with(amount.begin, U"尺码是");
  const bool chosen = named && is_soft(chars_, amount.end);
  const bool worn = chars_.has(amount.end, U"能穿") || chars_.has(amount.end, U"脚");
  if (!possessive && !chosen && !worn) return 0;
  const Cue* left = find_left_cue(chars_, amount.begin);
  if (left != nullptr && left->role >= CueRole::kPrice && left->bare_from > 0) return 0;
  const Cue* right = find_right_cue(chars_, amount.end);
  add_counted(rules::kSize, {amount.begin, amount.end}, amount.value, U"码");
  if (possessive && right != nullptr && right->role == CueRole::kPrice) {
    add_money({amount.begin, amount.end}, amount, kReference);
  }
  return amount.end;
}

}  // namespace xiaoer::entities
