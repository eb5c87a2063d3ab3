#include "text/composer.hpp"

#include <algorithm>
#include <utility>

#include "text/normaliser.hpp"
#include "text/tables.hpp"
#include "text/utf8.hpp"

namespace xiaoer::text {
namespace {

// Hangul syllables are computed (Unicode 15, section 3.12).
constexpr char32_t kSyllables = 0xAC00, kLeads = 0x1100, kVowels = 0x1161, kFinals = 0x11A7;
constexpr char32_t kLeadCount = 19, kVowelCount = 21, kFinalCount = 28;
constexpr char32_t kSyllableCount = kLeadCount * kVowelCount * kFinalCount;

char32_t compose_hangul(char32_t first, char32_t second) {
  if (first - kLeads < kLeadCount && second - kVowels < kVowelCount) {
    return kSyllables + ((first - kLeads) * kVowelCount + (second - kVowels)) * kFinalCount;
  }
  const char32_t syllable = first - kSyllables;
  if (syllable < kSyllableCount && syllable % kFinalCount == 0 && second > kFinals &&
      second < kFinals + kFinalCount) {
    return first + (second - kFinals);
  }
  return 0;
}

// The pair that `c` is composed of, or nullptr.
const tables::Pair* parts_of(char32_t c) {
  const uint16_t* const end = tables::kPairsByComposite + tables::kPairCount;
  const uint16_t* const at = std::lower_bound(
      tables::kPairsByComposite, end, c,
      [](uint16_t index, char32_t value) { return tables::kPairs[index].composite < value; });
  if (at == end || tables::kPairs[*at].composite != c) return nullptr;
  return &tables::kPairs[*at];
}

uint8_t class_of(char32_t c) {
  const uint32_t entry = tables::entry_of(c);
  return tables::kind_of(entry) == tables::kSlow && tables::length(entry) == 0
             ? tables::combining_class(entry)
             : uint8_t{0};
}

bool may_compose_back(char32_t c) {
  const uint32_t entry = tables::entry_of(c);
  return tables::kind_of(entry) == tables::kSlow && tables::length(entry) == 0 &&
         tables::composes_back(entry);
}

}  // namespace

char32_t compose(char32_t first, char32_t second) {
  if (const char32_t hangul = compose_hangul(first, second)) return hangul;
  const tables::Pair* const end = tables::kPairs + tables::kPairCount;
  const tables::Pair* const at = std::lower_bound(
      tables::kPairs, end, std::pair(first, second),
      [](const tables::Pair& pair, auto key) { return std::pair(pair.first, pair.second) < key; });
  return at != end && at->first == first && at->second == second ? at->composite : 0;
}

void Cluster::start(char32_t c, Span bytes) {
  bytes_ = bytes;
  mark_count_ = 0;
  decomposed_ = false;
  const uint8_t combining_class = class_of(c);
  has_base_ = combining_class == 0;
  if (has_base_) {
    chars_[0] = c;
  } else {
    add_mark(c, combining_class);
  }
}

bool Cluster::add(char32_t c, Span bytes) {
  if (empty()) return false;
  if (const uint8_t combining_class = class_of(c)) {
    if (has_base_ && !decomposed_) decompose_base();
    add_mark(c, combining_class);
  } else {
    if (!has_base_ || !may_compose_back(c)) return false;
    compose_marks();
    const char32_t composite = mark_count_ == 0 ? compose(chars_[0], c) : 0;
    if (composite == 0) return false;
    chars_[0] = composite;
    decomposed_ = false;
  }
  bytes_.end = bytes.end;
  return true;
}

// Keeps marks of the same class in the order in which they came.
void Cluster::add_mark(char32_t c, uint8_t combining_class) {
  if (mark_count_ == kMarks) return;
  uint32_t at = ++mark_count_;
  for (; at > 1 && classes_[at - 1] > combining_class; --at) {
    chars_[at] = chars_[at - 1];
    classes_[at] = classes_[at - 1];
  }
  chars_[at] = c;
  classes_[at] = combining_class;
}

// A mark may have to go between the base and the marks composed into it. Decomposition goes down
// the left only: the second of a pair never decomposes. It stops where that is no mark, because
// nothing can then come between the two.
void Cluster::decompose_base() {
  decomposed_ = true;
  char32_t marks[4];
  uint32_t count = 0;
  while (count < 4) {
    const tables::Pair* const parts = parts_of(chars_[0]);
    if (parts == nullptr || class_of(parts->second) == 0) break;
    marks[count++] = parts->second;
    chars_[0] = parts->first;
  }
  while (count > 0) {
    --count;
    add_mark(marks[count], class_of(marks[count]));
  }
}

// Canonical composition: a mark joins the base unless a mark left between them has the same class.
void Cluster::compose_marks() {
  uint32_t kept = 0;
  uint8_t last_class = 0;
  for (uint32_t i = 1; i <= mark_count_; ++i) {
    const bool blocked = last_class == classes_[i];
    const char32_t composite = blocked ? 0 : compose(chars_[0], chars_[i]);
    if (composite != 0) {
      chars_[0] = composite;
      continue;
    }
    last_class = classes_[i];
    ++kept;
    chars_[kept] = chars_[i];
    classes_[kept] = classes_[i];
  }
  mark_count_ = kept;
}

std::span<const char32_t> Cluster::close() {
  if (has_base_) compose_marks();
  const char32_t* const first = has_base_ ? chars_ : chars_ + 1;
  const std::span<const char32_t> result(first, mark_count_ + (has_base_ ? 1 : 0));
  has_base_ = false;
  mark_count_ = 0;
  return result;
}

std::u32string fold_nfkc(std::string_view text) {
  static_assert(kMaxMarks == 30);
  std::u32string out;
  Cluster cluster;
  const auto put = [&](char32_t c) {
    if (cluster.add(c, {})) return;
    for (const char32_t done : cluster.close()) out.push_back(done);
    cluster.start(c, {});
  };
  while (!text.empty()) {
    const Decoded decoded = decode(text);
    text.remove_prefix(decoded.size);
    const char32_t c = decoded.code_point;
    const uint32_t entry = tables::entry_of(c);
    if (c == U'…') {  // the normaliser's own choice, see tables.hpp
      for (int i = 0; i < 3; ++i) put(U'.');
    } else if (tables::kind_of(entry) == tables::kDropped) {
      if ((entry & tables::kKeptByNfkc) != 0) put(c);
    } else if (tables::kind_of(entry) == tables::kSlow && tables::length(entry) != 0) {
      const std::u32string_view expanded(tables::expansion(entry), tables::length(entry));
      for (const char32_t part : expanded) put(part);
    } else if (tables::kind_of(entry) == tables::kSlow) {
      put(c);
    } else {
      put(tables::fold_only(c, entry));
    }
  }
  for (const char32_t done : cluster.close()) out.push_back(done);
  return out;
}

}  // namespace xiaoer::text
