#pragma once
// Typed things in a message: money, quantity, size, colour, date, carrier, region, numbers of
// orders, items and phones, and the pack's own dictionary kinds.
//
// Two sources: readings of numbers and letters (scanner.hpp), and dictionary words of the pack.
// At every place the readings are tried in this order, and the first that fits takes its
// characters:
//   1. words and numbers of dates (明天, 12月3日, 20:00, 618 without a currency word or unit)
//   2. phone, order and item numbers; other runs of eight and more digits are passed by
//   3. sizes (38码, 170/92A, 175cm, xl); where numbers tell of a body (身高165, 165 120), its
//   measures take their place
//   4. thresholds (满99减10), amounts with a currency word (80块5), quantities with a unit (2袋)
//   5. bare numbers: ranges before a currency word (50到80块), a count after a verb (买8), the
//   whole message,
//      shoe sizes (42的), money by the words beside it (80卖不卖, 便宜10)
// Where entities overlap:
//   - one that holds another (and more) covers it: a brand 三只松鼠 hides the quantity 三只, 米白色
//   hides 白色
//   - of two equal spans of one kind the reading wins (XXXL stays apart from XXL, which normalise
//   alike)
//   - equal spans of different kinds compete: both stay, in the order of the list above, dictionary
//   words
//     after readings, in the order of the kinds
//   - of two of one kind that overlap in part the earlier stays; of different kinds both stay
// At most kMaxEntities a message: the first readings, then the first dictionary words.
//
// Words of the pack's `not` hide what their kind found inside them; an item number glued to a
// carrier's name is dropped (a parcel). Forms, values and what is left out: docs/entities.md.
//
// Normal forms: money "80", "8.8" (yuan); quantity "2袋", "0.5斤"; size "38码", "170/92A", "175cm",
// "3XL"; height and foot "165cm", weight "120斤"; date "明天", "下周一", "12-03", "2026-12-03",
// "3月", "15日", "20:00", "3天后", "双11"; order, item and phone the digits; dictionary kinds the
// value that the pack gives.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/image.hpp"
#include "entities/entity.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::entities {

// Knows the dictionaries of one pack; immutable, any thread.
class EntityFinder {
 public:
  static constexpr uint32_t kMaxEntities = 64;

  // Own kinds are numbered from rules::kBuiltInKinds in the order in which they first occur; kinds
  // beyond rules::kMaxKinds are not found in messages (the loader reports them).
  static void build(const rules::Pack& pack, ImageBuilder* image);
  bool open(const Image& image);  // `image` must outlive the finder; false: damaged

  // Fills `out` (cleared first) from the text and the dictionary words the matcher saw. Allocates
  // nothing once `out` has grown. Work is linear in the text and the number of hits.
  void find(const text::Text& text, std::span<const DictionaryHit> dictionary, Entities* out) const;

  // Names of a kind in results ("money") and packs ("金额"); the pack's own kinds give their own
  // name twice. Empty for a kind that does not exist.
  std::string_view kind_name(rules::EntityKindId kind) const;
  std::string_view kind_zh(rules::EntityKindId kind) const;
  uint32_t kind_count() const;

  // The value of a dictionary kind by its stable_hash, as sessions remember it; empty: the pack has
  // none such.
  std::string_view value_by_hash(rules::EntityKindId kind, uint64_t hash) const;

 private:
  // Record of the dictionary section: a header (kind: number of own kinds; text.size: number of
  // words), the names of the own kinds, then kind and normal form of every word in the matcher's
  // order. An empty normal form: a word of the kind's `not`.
  struct Record {
    uint32_t kind = 0;
    StringRef text;
  };
  void add_word(const text::Text& text, const DictionaryHit& hit, Entities* out) const;
  void hide_inside(const DictionaryHit& hit, Entities* out) const;

  const Image* image_ = nullptr;
  std::span<const Record> kinds_;
  std::span<const Record> words_;
  std::vector<std::pair<uint64_t, uint32_t>> by_hash_;  // of values: the first word that has it
};

// Only what is read from numbers and letters, for texts that no pack looks at; `out` is cleared.
void find_numbers(const text::Text& text, Entities* out);

}  // namespace xiaoer::entities
