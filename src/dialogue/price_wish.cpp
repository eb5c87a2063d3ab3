#include "dialogue/price_wish.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "entities/words.hpp"
#include "text/numerals.hpp"

namespace xiaoer::dialogue {
namespace {

using Kind = PriceWish::Kind;

constexpr uint16_t kNumber = text::kDigit | text::kNumeral;
constexpr int64_t kMostPieces = 100'000;
constexpr uint32_t kLongestJoin = 16;  // characters of a number that was broken in two

// Units that count pieces of whatever is sold.
constexpr std::string_view kPieces[] = {"", "件", "个", "份", "套", "单", "样"};
// Words that make what stands after them a price for everything.
constexpr std::u32string_view kTogether[] = {U"一共", U"总共", U"合计", U"一起", U"总价", U"打包"};

// 打八折, 8.8折, 95折: the share at the 折 that stands at `at`.
std::optional<Decimal> share_at(const entities::Chars& chars, uint32_t at) {
  if (chars.any_before(at, U"对")) return Decimal{500};
  int64_t digits = 0, count = 0, unit = 1;
  bool point = false;
  uint32_t begin = at;
  while (begin > 0 && count < 4) {
    if (chars.any(begin - 1, U".点") && !point) {
      point = true;
    } else if (chars.is(begin - 1, kNumber) && !chars.any(begin - 1, U"百千万")) {
      const auto digit = text::read_number(chars.all().first(begin), begin - 1);
      if (!digit || digit->value.milli > 9000 || !digit->value.is_integer()) break;
      digits += digit->value.milli / 1000 * unit;
      unit *= 10;
      ++count;
    } else {
      break;
    }
    --begin;
  }
  if (count == 0 || count > 2 || digits == 0 || chars.any_before(begin, U"第件")) {
    return std::nullopt;
  }
  return Decimal{digits * (count == 1 ? 100 : 10)};
}

std::optional<Decimal> find_share(const entities::Chars& chars) {
  for (uint32_t at = chars.size(); at-- > 1;) {
    if (chars[at] == U'折') {
      if (const auto share = share_at(chars, at)) return share;
    }
  }
  return std::nullopt;
}

// The unit of a quantity's normal form ("2袋").
std::string_view unit_of(std::string_view value) {
  const size_t end = value.find_first_not_of("0123456789.");
  return end == value.npos ? std::string_view() : value.substr(end);
}

bool counts_pieces(std::string_view value, std::string_view unit) {
  const std::string_view own = unit_of(value);
  if (!unit.empty() && own == unit) return true;
  return std::find(std::begin(kPieces), std::end(kPieces), own) != std::end(kPieces);
}

struct Pieces {
  uint32_t count = 0;
  Span span;
};

// How many the buyer speaks of: the last count, of more than one where there are several.
Pieces find_pieces(const entities::Entities& entities, std::string_view unit) {
  Pieces found;
  for (const entities::Entity& entity : entities.list) {
    if (entity.kind != rules::kQuantity || !entity.number.is_integer()) continue;
    if (entity.number.milli < 1000 || entity.number > Decimal::of(kMostPieces)) continue;
    const bool plain = (entity.flags & entities::kApproximate) == 0;
    if (!plain || !counts_pieces(entities.value(entity), unit)) continue;
    const auto count = static_cast<uint32_t>(entity.number.milli / 1000);
    if (count == 1 && found.count > 1) continue;
    found = {count, entity.span};
  }
  return found;
}

// How much an amount speaks of the price; 0: not at all.
int weight_of(const entities::Entity& entity) {
  if (entity.kind != rules::kMoney || entity.number.milli <= 0) return 0;
  if (entity.flags & entities::kOffer) return 3;
  if (entity.flags & entities::kLess) return 2;
  return entity.flags & entities::kReference ? 0 : 1;
}

const entities::Entity* find_amount(const entities::Entities& entities) {
  const entities::Entity* best = nullptr;
  int weight = 0;
  for (const entities::Entity& entity : entities.list) {
    const int own = weight_of(entity);
    if (own == 0 || own < weight) continue;
    weight = own;
    best = &entity;
  }
  return best;
}

bool says_together(const entities::Chars& chars) {
  for (uint32_t at = 0; at < chars.size(); ++at) {
    if (!chars.any(at, U"一总合打")) continue;
    for (const std::u32string_view word : kTogether) {
      if (chars.has(at, word)) return true;
    }
  }
  return false;
}

// 280一件, 每件280, 单价280: a price for one.
bool is_for_one(const entities::Chars& chars, Span amount) {
  if (chars.any(amount.end, U"每/")) return true;
  if (chars.any(amount.end, U"一") && find_unit(chars, amount.end + 1) != nullptr) return true;
  if (chars.ends_with(amount.begin, U"单价")) return true;
  const bool counted = amount.begin >= 2 && find_unit(chars, amount.begin - 1) != nullptr;
  return counted && chars.any(amount.begin - 2, U"每一");
}

// 两件280 and 280两件 name a price for both. Where the two stand apart, what is more than one
// costs is for all. Where no number of pieces is named, nobody offers twice the price for one.
bool is_total(const entities::Chars& chars, Span amount, const Pieces& pieces, Decimal value,
              const WishFrame& frame) {
  if (pieces.count == 1 || is_for_one(chars, amount)) return false;
  const bool priced = frame.price.milli > 0;
  if (pieces.count == 0) return priced && value.milli >= 2 * frame.price.milli;
  if (says_together(chars)) return true;
  const bool beside = pieces.span.end == amount.begin || pieces.span.begin == amount.end;
  return beside || (priced && value > frame.price);
}

// A number that a line break cuts: 一百 / 五行吗, 1 / 50行吗. Nothing where the halves make more
// sense apart.
struct Broken {
  Decimal value;
  Span span;
};

std::optional<Decimal> read_joined(const entities::Chars& chars, Span left, Span right) {
  std::array<char32_t, kLongestJoin> joined;
  const uint32_t size = left.size() + right.size();
  if (size > joined.size()) return std::nullopt;
  for (uint32_t i = 0; i < left.size(); ++i) joined[i] = chars[left.begin + i];
  for (uint32_t i = 0; i < right.size(); ++i) joined[left.size() + i] = chars[right.begin + i];
  const auto number = text::read_number(std::span(joined).first(size), 0);
  if (!number || number->length != size) return std::nullopt;
  return number->value;
}

bool is_likely(Decimal value, const WishFrame& frame) {
  return frame.price.milli == 0 || (value <= frame.price && value.milli >= frame.price.milli / 4);
}

std::optional<Broken> find_broken(const entities::Chars& chars, const WishFrame& frame) {
  for (uint32_t at = 1; at + 1 < chars.size(); ++at) {
    if (chars[at] != U'\n' || !chars.is(at - 1, kNumber) || !chars.is(at + 1, kNumber)) continue;
    Span left{at, at}, right{at + 1, at + 1};
    while (left.begin > 0 && chars.is(left.begin - 1, kNumber)) --left.begin;
    while (chars.is(right.end, kNumber)) ++right.end;
    if (find_unit(chars, right.end) != nullptr || chars.any(right.end, U"号点天月%折")) continue;
    // 一百: more may follow; 百五: something stood before.
    const bool open = chars.any_before(at, U"十百千万") || chars.any(at + 1, U"十百千万");
    const bool alone = left.begin == 0 || chars[left.begin - 1] == U'\n';
    if (!open && !(alone && chars.is(at - 1, text::kDigit) && chars.is(at + 1, text::kDigit))) {
      continue;
    }
    const auto whole = read_joined(chars, left, right);
    if (!whole || !is_likely(*whole, frame)) continue;
    // 2 / 80行吗 may be a count and a price; nobody counts one.
    const bool may_count = !open && !(left.size() == 1 && chars[left.begin] == U'1');
    const auto rest = text::read_number(chars.all().first(right.end), right.begin);
    if (may_count && rest && is_likely(rest->value, frame)) continue;
    return Broken{*whole, {left.begin, right.end}};
  }
  return std::nullopt;
}

}  // namespace

PriceWish read_price_wish(const text::Text& text, const entities::Entities& entities,
                          const WishFrame& frame) {
  const entities::Chars chars(text);
  PriceWish wish;
  const Pieces pieces = find_pieces(entities, frame.unit);
  wish.quantity = pieces.count;
  if (const auto broken = find_broken(chars, frame)) {
    wish.kind = Kind::kPrice;
    wish.amount = broken->value;
    wish.total = is_total(chars, broken->span, pieces, broken->value, frame);
    return wish;
  }
  const entities::Entity* const amount = find_amount(entities);
  if (amount != nullptr) {
    wish.kind = amount->flags & entities::kLess ? Kind::kLess : Kind::kPrice;
    wish.amount = amount->number;
    wish.approximate = (amount->flags & entities::kApproximate) != 0;
    wish.total = wish.kind == Kind::kLess
                     ? pieces.count > 1
                     : is_total(chars, amount->span, pieces, amount->number, frame);
    return wish;
  }
  if (const auto share = find_share(chars)) {
    wish.kind = Kind::kShare;
    wish.amount = *share;
  }
  return wish;
}

}  // namespace xiaoer::dialogue
