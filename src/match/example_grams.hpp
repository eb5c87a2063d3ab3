#pragma once
// Features of the example matcher: single characters and pairs, digits as one class, and how they
// are stored. Training and ranking must cut texts alike, hence one place.

#include <cstdint>

#include "base/image.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::match {

struct ExampleHeader {
  uint32_t intents = 0;
  uint32_t grams_mask = 0;  // size of the open-addressing table less one; a power of two
};
struct GramRecord {
  uint64_t key = 0;  // 0: free
  Range weights;     // into kMatchExampleWeights
};
struct GramWeight {
  uint16_t intent = 0;
  uint16_t weight = 0;  // in 1 / kWeightUnit
};
struct ExampleRecord {
  StringRef text;
  uint64_t signature[2] = {};  // a bit a gram: cheap overlap for the nearest example
};
inline constexpr float kWeightUnit = 256;
inline constexpr uint32_t kMaxExampleChars = 256;
// Longer messages are told apart by their pairs; single characters would double the work for
// little.
inline constexpr uint32_t kMaxSingles = 12;
inline constexpr uint32_t kFilterWords = 1024;  // 65,536 bits

constexpr uint64_t gram_hash(uint64_t key) {
  key *= 0x9E3779B97F4A7C15ULL;
  return key ^ (key >> 29);
}

// Calls visit(key, is_pair) for every gram of the text's first kMaxExampleChars characters.
// Punctuation, spaces and symbols are passed over; a run of digits counts as one 0.
template <class Visit>
void for_each_gram(const text::Text& text, Visit visit) {
  constexpr uint16_t kSkip = text::kPunctuation | text::kSpace | text::kSymbol;
  uint64_t before = 0;
  const uint32_t size = text.size() < kMaxExampleChars ? text.size() : kMaxExampleChars;
  for (uint32_t i = 0; i < size; ++i) {
    const uint16_t properties = text.properties[i];
    if (properties & kSkip) continue;
    const uint64_t now = properties & text::kDigit ? U'0' : text.chars[i];
    if (now == U'0' && before == U'0') continue;
    visit(now, false);
    if (before != 0) visit(before << 21 | now, true);
    before = now;
  }
}

}  // namespace xiaoer::match
