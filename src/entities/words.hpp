#pragma once
// The words by which numbers in a message are told apart: units, dates, and what stands around a
// price. Everything is written as the normaliser leaves it (simplified, lower case, half width); a
// test checks that. Tables are small and are looked at only where a number or one of their first
// characters stands.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "entities/word_index.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::entities {

// A few characters, told from most others by one bit. Made by the compiler from a literal.
class CharSet {
 public:
  constexpr CharSet() = default;
  template <size_t kSize>
  consteval CharSet(const char32_t (&chars)[kSize])  // NOLINT: a literal reads as a set
      : chars_(chars, kSize - 1) {
    for (const char32_t c : chars_) sieve_ |= uint64_t{1} << (c & 63);
  }
  bool has(char32_t c) const {
    return (sieve_ >> (c & 63) & 1) != 0 && chars_.find(c) != std::u32string_view::npos;
  }

 private:
  std::u32string_view chars_;
  uint64_t sieve_ = 0;
};

// The characters of a message with safe look-around: outside them is U+0000.
class Chars {
 public:
  explicit Chars(const text::Text& text) : chars_(text.chars), properties_(text.properties) {}

  uint32_t size() const { return static_cast<uint32_t>(chars_.size()); }
  std::span<const char32_t> all() const { return chars_; }
  char32_t operator[](uint32_t at) const { return at < chars_.size() ? chars_[at] : U'\0'; }
  char32_t before(uint32_t at) const { return at > 0 ? (*this)[at - 1] : U'\0'; }
  // Has the character at `at` any of these text::Property bits?
  bool is(uint32_t at, uint16_t properties) const {
    return at < properties_.size() && (properties_[at] & properties) != 0;
  }
  bool is_before(uint32_t at, uint16_t properties) const {
    return at > 0 && is(at - 1, properties);
  }
  // The characters [begin, end), both within the text.
  std::u32string_view slice(uint32_t begin, uint32_t end) const {
    return {chars_.data() + begin, end - begin};
  }
  // Does `word` stand at `at`, or right before `end`?
  bool has(uint32_t at, std::u32string_view word) const {
    if (at > size() || word.size() > size() - at) return false;
    for (size_t i = 0; i < word.size(); ++i) {
      if (chars_[at + i] != word[i]) return false;
    }
    return true;
  }
  bool ends_with(uint32_t end, std::u32string_view word) const;
  // Is the character at (before) `at` one of `set`?
  bool any(uint32_t at, const CharSet& set) const { return set.has((*this)[at]); }
  bool any_before(uint32_t at, const CharSet& set) const { return set.has(before(at)); }

 private:
  std::span<const char32_t> chars_;
  std::span<const uint16_t> properties_;
};

// A measure word or unit of weight or volume.
struct UnitWord {
  std::u32string_view word;
  CharSet not_before = {};     // characters that make another word of it: 包邮, 个月
  bool not_after_one = false;  // 一听, 一种: an adverb or "a kind of" rather than a count
};

// A measure word as it is often mistyped (3带 for 3袋). Read only behind a verb: 买三代, 拍了3带.
struct MistypedUnit {
  std::u32string_view word;
  std::u32string_view means;
  CharSet not_before = {};
};

// A currency word, with what one of it is in thousandths of a yuan.
struct CurrencyWord {
  std::u32string_view word;
  CharSet not_before = {};
  int32_t milli = 1000;
};

enum class DateWordKind : uint8_t {
  kDay,        // stands alone: 明天, 国庆
  kMorning,    // part of a day; an hour may follow: 早上8点
  kNoon,       // hours below 6 are after noon
  kAfternoon,  // hours below 12 are after noon
  kEvening,    // the same, and 12 is the end of the day
  kNight,      // 12 is the beginning of the day
  kMonth,      // may be followed by 初, 中, 底, 上旬, 中旬, 下旬
};
struct DateWord {
  std::u32string_view word;
  std::u32string_view value;  // normal form
  DateWordKind kind = DateWordKind::kDay;
  CharSet not_before = {};       // characters after it that make another word
  CharSet not_after = {};        // characters before it that do
  std::u32string_view day = {};  // of a part of a day: 今晚 is 今天 when an hour follows
};

// What a word beside an amount says about it, in rising order of weight.
enum class CueRole : uint8_t {
  kNone,
  kNeutral,    // only keeps a shorter word inside it from speaking: 差不多 is not 多
  kWeakOffer,  // an offer unless the other side says that the price is only told: 80包邮
  kPrice,      // an amount that is told, not offered: 原价80, 才80
  kOffer,      // the buyer would pay it: 80卖不卖
  kReduction,  // a difference, threshold or fee: 便宜10块, 满99, 运费8元
};
struct Cue {
  std::u32string_view word;
  CueRole role = CueRole::kNone;
  uint32_t bare_from = 0;  // least number that it makes money without a currency word; 0: none
  bool soft = false;       // only where the clause ends after it (left cues: after the number)
  bool less = false;       // left cues: the amount is to come off the price (便宜10块)
};

// Longest entry that stands at `at`; nullptr when none does.
const UnitWord* find_unit(const Chars& chars, uint32_t at);
const CurrencyWord* find_currency(const Chars& chars, uint32_t at);
const MistypedUnit* find_mistyped_unit(const Chars& chars, uint32_t at);
const DateWord* find_date_word(const Chars& chars, uint32_t at);
// Longest cue that ends right before `end`, and longest one that begins at `at`.
const Cue* find_left_cue(const Chars& chars, uint32_t end);
const Cue* find_right_cue(const Chars& chars, uint32_t at);
// May anything that is no number and no word of letters begin with `c`: a date, ¥80, +86? A first
// sieve; never false for one that does.
using StartFilter = std::array<bool, kWordBuckets>;
extern const StartFilter kStartFilter;
inline bool may_begin(char32_t c) { return kStartFilter[word_bucket(c)]; }
// Which readings may follow a number whose next character is `c`. A sieve too: a reading whose bit
// is missing cannot fit.
enum Follow : uint8_t {
  kDateFollows = 1,
  kSizeFollows = 2,
  kThresholdFollows = 4,
  kCurrencyFollows = 8,
  kUnitFollows = 16,
  kRangeFollows = 32,
};
using FollowTable = std::array<uint8_t, kWordBuckets>;
extern const FollowTable kFollowTable;
inline uint8_t follow_of(char32_t c) { return kFollowTable[word_bucket(c)]; }
// May a date begin at `at`? Never false where one does; seldom true where none does. Asks for two
// characters, of which 个 is none: 这个周末 is told from 这个多少.
inline constexpr uint32_t kDateFilterBits = 4096;
using DateFilter = std::array<uint64_t, kDateFilterBits / 64>;
constexpr uint32_t date_filter_bit(char32_t first, char32_t second) {
  return (first * 61 + second) % kDateFilterBits;
}
extern const DateFilter kDateFilter;
inline bool may_begin_date(const Chars& chars, uint32_t at) {
  const char32_t next = chars[at + 1];
  const char32_t second = next == U'个' ? chars[at + 2] : next;
  const uint32_t bit = date_filter_bit(chars[at], second);
  return (kDateFilter[bit / 64] >> (bit % 64) & 1) != 0;
}
// Does the clause end at `at`, or only soft words follow (吧, 行, 可以, 包邮)?
bool is_soft(const Chars& chars, uint32_t at);
// Does a thing that is counted in pieces follow 块 at `at` (五块香皂)?
bool is_piece_noun(const Chars& chars, uint32_t at);

// Every word of every table, for the test that checks their form.
std::span<const UnitWord> unit_words();
std::span<const CurrencyWord> currency_words();
std::span<const MistypedUnit> mistyped_units();
std::span<const DateWord> date_words();
std::span<const Cue> left_cues();
std::span<const Cue> right_cues();

}  // namespace xiaoer::entities
