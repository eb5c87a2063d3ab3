// The buyer's body: 165 120斤, 身高165体重60公斤, 一米六五一百二, 脚长25. A length is a height only
// by its word or beside a weight, a weight only by its word or beside a height, and numbers without
// a unit only where both together make a body.

#include <algorithm>
#include <array>

#include "entities/finder.hpp"
#include "entities/measures.hpp"
#include "entities/scanner.hpp"
#include "text/numerals.hpp"

namespace xiaoer::entities {
namespace {

constexpr Decimal kAnAdult = Decimal::of(140);  // centimetres: a bare number below is no height

enum class Word : uint8_t { kNone, kHeight, kWeight, kFoot, kOther };
enum class Unit : uint8_t { kNone, kMillimetre, kCentimetre, kMetre, kJin, kKilogram };

// 高 and 重 alone are said of things as well.
struct Cue {
  std::u32string_view text;
  Word word;
};
constexpr Cue kCues[] = {
    {U"身高", Word::kHeight}, {U"净高", Word::kHeight}, {U"个子", Word::kHeight},
    {U"个头", Word::kHeight}, {U"体重", Word::kWeight}, {U"净重", Word::kOther},
    {U"毛重", Word::kOther},  {U"脚长", Word::kFoot},   {U"围", Word::kOther},
    {U"宽", Word::kOther},    {U"长", Word::kOther},    {U"厚", Word::kOther},
    {U"深", Word::kOther},    {U"腰", Word::kOther},    {U"臀", Word::kOther},
    {U"胸", Word::kOther},    {U"床", Word::kOther}};

constexpr CharSet kFillers = U"是为大概约有才只就倒: ";  // 身高大概是165

bool is_number(const Chars& chars, uint32_t at) {
  return chars.is(at, text::kDigit | text::kNumeral);
}

// Whether a word at `at` stands glued to the number before it: 165体重, 168的身高.
bool is_glued(const Chars& chars, uint32_t at, bool* possessive) {
  *possessive = chars.before(at) == U'的';
  if (*possessive) --at;
  return at > 0 && is_number(chars, at - 1);
}

Word word_before(const Chars& chars, uint32_t number) {
  uint32_t at = number;
  while (chars.any_before(at, kFillers)) --at;
  for (const Cue& cue : kCues) {
    if (!chars.ends_with(at, cue.text)) continue;
    bool possessive = false;
    const auto begin = static_cast<uint32_t>(at - cue.text.size());
    const bool of_other =
        is_glued(chars, begin, &possessive) && (possessive || chars.before(number) == U' ');
    return of_other ? Word::kNone : cue.word;
  }
  return Word::kNone;
}

// 165身高, 165的个子: not where the word belongs to the number behind it, as in 165体重120.
Word word_behind(const Chars& chars, uint32_t number) {
  const bool possessive = chars[number] == U'的';
  const uint32_t at = number + possessive;
  for (const Cue& cue : kCues) {
    if (!chars.has(at, cue.text)) continue;
    const auto end = static_cast<uint32_t>(at + cue.text.size());
    return is_number(chars, end) && !possessive ? Word::kNone : cue.word;
  }
  return Word::kNone;
}

struct UnitName {
  std::u32string_view text;
  Unit unit;
};
constexpr UnitName kUnits[] = {
    {U"斤", Unit::kJin},        {U"公斤", Unit::kKilogram},   {U"千克", Unit::kKilogram},
    {U"kg", Unit::kKilogram},   {U"厘米", Unit::kCentimetre}, {U"公分", Unit::kCentimetre},
    {U"cm", Unit::kCentimetre}, {U"毫米", Unit::kMillimetre}, {U"mm", Unit::kMillimetre},
    {U"米", Unit::kMetre},      {U"m", Unit::kMetre}};

// What one number says of a body.
struct Told {
  Decimal value;
  Span span;  // with its unit
  Word word = Word::kNone;
  Unit unit = Unit::kNone;

  Decimal centimetres() const { return unit == Unit::kMetre ? Decimal{value.milli * 100} : value; }
  bool is_length() const { return unit == Unit::kCentimetre || unit == Unit::kMetre; }
  bool is_mass() const { return unit == Unit::kJin || unit == Unit::kKilogram; }
  bool may_be_height() const {
    if (word != Word::kNone && word != Word::kHeight) return false;
    const Decimal least = word == Word::kHeight || is_length() ? Decimal::of(60) : kAnAdult;
    return (is_length() || unit == Unit::kNone) && centimetres() >= least &&
           centimetres() <= Decimal::of(220);
  }
  // Shoes are measured in millimetres, too: 脚长245.
  Decimal foot_centimetres() const {
    const bool millimetres = unit == Unit::kNone && value >= Decimal::of(80);
    return millimetres || unit == Unit::kMillimetre ? Decimal{value.milli / 10} : value;
  }
  bool may_be_foot() const {
    if (is_mass() || unit == Unit::kMetre) return false;
    return foot_centimetres() >= Decimal::of(8) && foot_centimetres() <= Decimal::of(32);
  }
  MassUnit mass_unit() const {
    if (unit == Unit::kJin) return MassUnit::kJin;
    return unit == Unit::kKilogram ? MassUnit::kKilogram : MassUnit::kUnsaid;
  }
  bool may_be_weight() const {
    if (word != Word::kNone && word != Word::kWeight) return false;
    return (is_mass() || unit == Unit::kNone) && value >= Decimal::of(10) &&
           value <= Decimal::of(400);
  }
};

// The numbers of a message, the first few.
class Teller {
 public:
  explicit Teller(const text::Text& text) : chars_(text) {}

  void read() {
    for (uint32_t at = 0; at < chars_.size() && count_ < told_.size();) {
      const std::optional<Amount> amount = read_at(at);
      at = amount ? add(*amount) : at + 1;
    }
  }
  std::span<const Told> told() const { return {told_.data(), count_}; }
  const Chars& chars() const { return chars_; }

 private:
  // In 165,120 the comma parts two numbers.
  std::optional<Amount> read_at(uint32_t at) const {
    if (chars_.is_before(at, text::kDigit)) return std::nullopt;
    std::optional<Amount> amount = read_amount(chars_, at);
    if (!amount || amount->chinese) return amount;
    const std::u32string_view written = chars_.slice(amount->begin, amount->end);
    const size_t comma = written.find(U',');
    if (comma == written.npos) return amount;
    const auto part = text::read_number(chars_.all().first(at + comma), at);
    if (!part || part->length == 0) return std::nullopt;
    return Amount{part->value, at, at + part->length, false, part->plain_digits, false};
  }

  uint32_t add(const Amount& amount) {
    Told told{amount.value, {amount.begin, amount.end}};
    told.word = word_before(chars_, amount.begin);
    told.unit = read_unit(&told.span.end);
    if (told.unit == Unit::kMetre) add_decimals(&told);
    if (told.word == Word::kNone) told.word = word_behind(chars_, told.span.end);
    if (told.word == Word::kNone && told.is_mass() && chars_.before(amount.begin) == U'我') {
      told.word = Word::kWeight;  // 我180斤
    }
    if (told.unit == Unit::kNone && told.value < Decimal::of(3) && told.word == Word::kHeight) {
      told.unit = Unit::kMetre;  // 身高1.65
    }
    if (is_of_something_else(amount, told)) told.word = Word::kOther;
    told_[count_++] = told;
    return told.span.end;
  }

  Unit read_unit(uint32_t* end) const {
    for (const UnitName& name : kUnits) {
      if (!chars_.has(*end, name.text)) continue;
      const auto behind = static_cast<uint32_t>(*end + name.text.size());
      if (name.text.back() < 0x80 && chars_.is(behind, text::kLatin)) continue;
      *end = behind;
      return name.unit;
    }
    return Unit::kNone;
  }

  // 1米65, 一米六五: the numerals behind the metre, each a digit.
  void add_decimals(Told* told) const {
    int64_t milli = told->value.milli;
    if (milli % 1000 != 0) return;
    for (int64_t place = 100; place >= 10; place /= 10) {
      const uint32_t at = told->span.end;
      const auto digit = text::read_number(chars_.all().first(std::min(at + 1, chars_.size())), at);
      const bool next_number = chars_.any(at + 1, U"百十千点");
      if (!digit || !digit->value.is_integer() || digit->value >= Decimal::of(10) || next_number) {
        break;
      }
      milli += digit->value.milli / 1000 * place;
      ++told->span.end;
    }
    told->value = {milli};
  }

  // The /92a of 175/92a.
  bool has_chest(uint32_t end) const {
    if (chars_[end] != U'/') return false;
    do ++end;
    while (chars_.is(end, text::kDigit));
    return chars_.any(end, U"abcy");
  }

  // A number of pieces, of money, of an address, a part of a longer word, or an end of a range.
  bool is_of_something_else(const Amount& amount, const Told& told) const {
    constexpr CharSet kRange = U"-~到至x*";
    const uint32_t begin = amount.begin, end = told.span.end;
    if (chars_.any(end, kRange) && is_number(chars_, end + 1)) return true;
    if (chars_.any_before(begin, kRange) && begin > 1 && is_number(chars_, begin - 2)) return true;
    const bool behind_unit = count_ > 0 && told_[count_ - 1].span.end == begin;  // 170cm130斤
    if ((chars_.is_before(begin, text::kLatin) && !behind_unit) || chars_.any_before(begin, U"第¥"))
      return true;
    if (told.unit != Unit::kNone || told.word != Word::kNone) return false;
    if (chars_.is(end, text::kLatin)) return !chars_.any(end, U"smlx");
    if (has_chest(end)) return true;
    return find_unit(chars_, end) != nullptr ||
           chars_.any(end, U"元块钱岁码号楼栋室层弄路天月年点折%");
  }

  Chars chars_;
  std::array<Told, 8> told_;
  uint32_t count_ = 0;
};

// Adds the measures to the entities of the message.
class Measurer {
 public:
  Measurer(const Teller& teller, Entities* out)
      : chars_(teller.chars()), told_(teller.told()), out_(out) {}

  void run() {
    const Told* height = find_said(Word::kHeight);
    const Told* weight = find_said(Word::kWeight);
    if (height == nullptr) height = find_beside(nullptr, &Told::may_be_height);
    if (height != nullptr && weight == nullptr) weight = find_beside(height, &Told::may_be_weight);
    const bool pair = height != nullptr && weight != nullptr && !is_garment(*height, *weight);
    const Decimal mass =
        pair ? weight_of(weight->value, weight->mass_unit(), height->centimetres()) : Decimal{};
    const bool body = mass > Decimal{};
    if (height != nullptr && (body || height->word == Word::kHeight)) {
      append(rules::kHeight, height->span, height->centimetres(), "cm");
    }
    if (body) {
      append(rules::kWeight, weight->span, mass, "斤");
    } else if (weight != nullptr && weight->word == Word::kWeight && height == nullptr) {
      add_weight_alone(*weight);
    }
    const Told* foot = find_said(Word::kFoot);
    if (foot != nullptr) append(rules::kFoot, foot->span, foot->foot_centimetres(), "cm");
  }

 private:
  const Told* find_said(Word word) const {
    for (const Told& told : told_) {
      if (told.word != word) continue;
      if (word == Word::kHeight && !told.may_be_height()) continue;
      if (word == Word::kWeight && !told.may_be_weight()) continue;
      if (word == Word::kFoot && !told.may_be_foot()) continue;
      return &told;
    }
    return nullptr;
  }

  // 175/96 is a size of clothes: a height in fives, and a chest in fours.
  bool is_garment(const Told& height, const Told& weight) const {
    const int64_t chest = weight.value.milli / 1000;
    return chars_[height.span.end] == U'/' && weight.span.begin == height.span.end + 1 &&
           weight.unit == Unit::kNone && height.value.milli % 5000 == 0 && chest >= 72 &&
           chest <= 112 && chest % 4 == 0;
  }

  // The first number that may be it, by its unit or bare; behind `first` where that is bare, too.
  const Told* find_beside(const Told* first, bool (Told::*may_be)() const) const {
    for (const Told& told : told_) {
      if (&told == first || told.word != Word::kNone || !(told.*may_be)()) continue;
      const bool bare = told.unit == Unit::kNone;
      if (bare && is_price(told)) continue;
      if (bare && first != nullptr && !leads_to(*first, told)) continue;
      return &told;
    }
    return nullptr;
  }

  // Nothing but marks and words of the body stand between a height and the bare number behind it:
  // 昨天165今天120 are prices.
  bool leads_to(const Told& height, const Told& weight) const {
    constexpr CharSet kBetween = U" ,、。.;/\n的个子高身我重体约大概左右是有才";
    if (weight.span.begin < height.span.end) return false;
    for (uint32_t at = height.span.end; at < weight.span.begin; ++at) {
      if (!chars_.any(at, kBetween)) return false;
    }
    return true;
  }

  bool is_price(const Told& told) const {
    return std::any_of(out_->list.begin(), out_->list.end(), [&](const Entity& entity) {
      return entity.kind == rules::kMoney && entity.span.overlaps(told.span);
    });
  }

  // 体重120: of two units the height decides, when it is told.
  void add_weight_alone(const Told& weight) {
    switch (weight.mass_unit()) {
      case MassUnit::kJin:
        append(rules::kWeight, weight.span, weight.value, "斤");
        return;
      case MassUnit::kKilogram:
        append(rules::kWeight, weight.span, {weight.value.milli * 2}, "斤");
        return;
      case MassUnit::kUnsaid:
        append(rules::kWeight, weight.span, weight.value, "");
    }
  }

  void append(rules::EntityKindId kind, Span span, Decimal number, std::string_view unit) {
    // Other readings of these characters are gone: 120斤 is no number of goods now.
    std::erase_if(out_->list, [&](const Entity& old) { return old.span.overlaps(span); });
    if (out_->list.size() >= EntityFinder::kMaxEntities) return;
    Entity entity;
    entity.kind = kind;
    entity.span = span;
    entity.number = number;
    entity.value_begin = static_cast<uint32_t>(out_->values.size());
    number.append_to(out_->values);
    out_->values += unit;
    entity.value_size = static_cast<uint32_t>(out_->values.size()) - entity.value_begin;
    out_->list.push_back(entity);
  }

  const Chars& chars_;
  std::span<const Told> told_;
  Entities* out_;
};

}  // namespace

bool may_be_height(const Chars& chars, const Amount& amount) {
  const char32_t unit = chars[amount.end];
  if (unit == U'米' || unit == U'm') return amount.is_between(1, 3);
  if (unit == U'厘' || unit == U'公' || unit == U'c') return amount.is_between(60, 220);
  return amount.is_between(140, 220) || amount.is_between(140'000, 220'999);  // 165,120
}

bool stands_by_measure_word(const Chars& chars, const Amount& amount) {
  constexpr CharSet kWordEnds = U"高重长子头我";
  constexpr CharSet kSigns = U"身体净个脚";
  const uint32_t ahead = amount.end + (chars[amount.end] == U'米' ? 2 : 0);  // 1米8的个子
  if (chars[ahead] == U'的' && chars.any(ahead + 1, kSigns)) return true;
  const bool behind =
      chars.any_before(amount.begin, kWordEnds) || chars.any_before(amount.begin, kFillers);
  if (!behind || !amount.is_between(1, 400)) return false;
  for (uint32_t back = 1; back <= 5 && back <= amount.begin; ++back) {
    if (chars.any(amount.begin - back, kSigns)) return true;
  }
  return chars.before(amount.begin) == U'我' && amount.is_between(40, 400);
}

void find_measures(const text::Text& text, Entities* out) {
  Teller teller(text);
  teller.read();
  if (!teller.told().empty()) Measurer(teller, out).run();
}

}  // namespace xiaoer::entities
