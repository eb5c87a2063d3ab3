#include "entities/finder.hpp"

#include <algorithm>

#include "base/stable_hash.hpp"
#include "entities/scanner.hpp"

namespace xiaoer::entities {
namespace {

// A dictionary word whose value is not written yet: value_begin is the number of the word.
constexpr uint32_t kPendingValue = UINT32_MAX;

// A word of letters or digits must not be a part of a longer one: sf in sfz, 38 in 138.
bool inside_word(const text::Text& text, Span span) {
  constexpr uint16_t kWord = text::kLatin | text::kDigit;
  const auto same = [&text](uint32_t a, uint32_t b) {
    return (text.properties[a] & text.properties[b] & kWord) != 0;
  };
  return (span.begin > 0 && same(span.begin - 1, span.begin)) ||
         (span.end < text.size() && same(span.end - 1, span.end));
}

bool covers(Span a, Span b) { return a.contains(b) && !(a == b); }

// 申通402566964152: digits glued to a carrier's name number a parcel, no item.
bool names_parcel(const Entity& name, const Entity& number) {
  return name.kind == rules::kCarrier && number.kind == rules::kItemNumber &&
         name.span.end == number.span.begin;
}

// Does `old`, which is in the list already, leave no room for `added`?
bool excludes(const Entity& old, const Entity& added) {
  if (names_parcel(old, added)) return true;
  if (!old.span.overlaps(added.span)) return false;
  if (covers(old.span, added.span)) return true;
  if (old.kind != added.kind || covers(added.span, old.span)) return false;
  return old.span == added.span || old.span.begin < added.span.begin;
}

// Order of competing readings of the same characters.
int likelihood(const Entity& entity) {
  constexpr int kOrder[rules::kBuiltInKinds] = {
      5,  // money
      4,  // quantity
      3,  // size
      6,  // colour
      1,  // date
      7,  // carrier
      8,  // region
      2,  // order number
      2,  // item number
      2,  // phone
      0,  // height
      0,  // weight
      0,  // foot
  };
  return entity.kind < rules::kBuiltInKinds ? kOrder[entity.kind] : 9 + entity.kind;
}

bool goes_before(const Entity& a, const Entity& b) {
  if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
  if (a.span.end != b.span.end) return a.span.end > b.span.end;
  if (likelihood(a) != likelihood(b)) return likelihood(a) < likelihood(b);
  return a.value_begin < b.value_begin;
}

}  // namespace

void EntityFinder::build(const rules::Pack& pack, ImageBuilder* image) {
  const std::vector<std::string_view> names = pack.own_kinds();
  std::vector<Record> words;
  for (const rules::EntitySource& source : pack.entities) {
    const rules::EntityKindId kind = pack.find_kind(source.kind);
    for (const rules::EntityValue& value : source.values) {
      const StringRef text = image->string(value.value);
      words.insert(words.end(), value.words.size(), {kind, text});
    }
  }
  std::vector<Record> records;
  records.push_back(
      {static_cast<uint32_t>(names.size()), {0, static_cast<uint32_t>(words.size())}});
  for (const std::string_view name : names) records.push_back({0, image->string(name)});
  records.insert(records.end(), words.begin(), words.end());
  image->add(Section::kDialogueDictionary, records);
}

bool EntityFinder::open(const Image& image) {
  image_ = nullptr;
  kinds_ = words_ = {};
  const auto records = image.section<Record>(Section::kDialogueDictionary);
  if (records.empty()) return false;
  const uint64_t kinds = records[0].kind;
  const uint64_t words = records[0].text.size;
  if (kinds > rules::kMaxKinds - rules::kBuiltInKinds || records.size() != 1 + kinds + words) {
    return false;
  }
  for (const Record& record : records.subspan(1)) {
    if (!image.holds(record.text)) return false;
  }
  const auto list = records.subspan(1 + kinds);
  for (const Record& word : list) {
    if (word.kind >= rules::kBuiltInKinds + kinds && word.kind != rules::kNoKind) return false;
  }
  image_ = &image;
  kinds_ = records.subspan(1, kinds);
  words_ = list;
  by_hash_.clear();
  for (uint32_t word = 0; word < list.size(); ++word) {
    by_hash_.emplace_back(stable_hash(image.string(list[word].text)), word);
  }
  std::sort(by_hash_.begin(), by_hash_.end());
  return true;
}

void EntityFinder::add_word(const text::Text& text, const DictionaryHit& hit, Entities* out) const {
  if (hit.word >= words_.size() || hit.span.empty() || hit.span.end > text.size()) return;
  const Record& word = words_[hit.word];
  if (word.kind == rules::kNoKind || word.text.size == 0 || inside_word(text, hit.span)) return;
  Entity entity;
  entity.kind = static_cast<rules::EntityKindId>(word.kind);
  entity.span = hit.span;
  entity.value_begin = hit.word;
  entity.value_size = kPendingValue;
  std::vector<Entity>& list = out->list;
  for (const Entity& old : list) {
    if (excludes(old, entity)) return;
  }
  std::erase_if(list, [&entity](const Entity& old) { return excludes(entity, old); });
  if (list.size() < kMaxEntities) list.push_back(entity);
}

// A word of the pack's `not` hides what its kind found inside it, words and numbers alike.
void EntityFinder::hide_inside(const DictionaryHit& hit, Entities* out) const {
  if (hit.word >= words_.size() || words_[hit.word].text.size != 0) return;
  std::erase_if(out->list, [&](const Entity& found) {
    return found.kind == words_[hit.word].kind && hit.span.contains(found.span);
  });
}

void EntityFinder::find(const text::Text& text, std::span<const DictionaryHit> dictionary,
                        Entities* out) const {
  out->clear();
  Scanner scanner(text, kMaxEntities, out);
  scanner.run();
  if (scanner.may_measure()) find_measures(text, out);
  if (!dictionary.empty()) {
    for (const DictionaryHit& hit : dictionary) add_word(text, hit, out);
    for (const DictionaryHit& hit : dictionary) hide_inside(hit, out);
  }
  if (out->list.size() > 1) std::sort(out->list.begin(), out->list.end(), goes_before);
  for (Entity& entity : out->list) {
    if (entity.value_size != kPendingValue) continue;
    const std::string_view value = image_->string(words_[entity.value_begin].text);
    entity.value_begin = static_cast<uint32_t>(out->values.size());
    entity.value_size = static_cast<uint32_t>(value.size());
    out->values += value;
  }
}

void find_numbers(const text::Text& text, Entities* out) {
  out->clear();
  Scanner(text, EntityFinder::kMaxEntities, out).run();
}

std::string_view EntityFinder::kind_name(rules::EntityKindId kind) const {
  if (kind < rules::kBuiltInKinds) return rules::entity_kinds()[kind].name;
  const size_t own = kind - rules::kBuiltInKinds;
  return own < kinds_.size() ? image_->string(kinds_[own].text) : std::string_view();
}

std::string_view EntityFinder::kind_zh(rules::EntityKindId kind) const {
  return kind < rules::kBuiltInKinds ? rules::entity_kinds()[kind].zh : kind_name(kind);
}

std::string_view EntityFinder::value_by_hash(rules::EntityKindId kind, uint64_t hash) const {
  const auto first = std::lower_bound(by_hash_.begin(), by_hash_.end(), std::pair(hash, 0u));
  for (auto found = first; found != by_hash_.end() && found->first == hash; ++found) {
    const Record& word = words_[found->second];
    if (word.kind == kind) return image_->string(word.text);
  }
  return {};
}

uint32_t EntityFinder::kind_count() const {
  return rules::kBuiltInKinds + static_cast<uint32_t>(kinds_.size());
}

}  // namespace xiaoer::entities
