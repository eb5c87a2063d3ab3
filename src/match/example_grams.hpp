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
struct GramWeight {
  uint16_t intent = 0;
  uint16_t weight = 0;  // in 1 / kWeightUnit
};
// A gram speaks for so many intents at most, the strongest: those that many share tell little
// apart, and following them all would make a message cost more the larger the pack is.
inline constexpr uint32_t kMaxWeights = 6;
struct GramRecord {
  uint64_t key = 0;                 // 0: free
  GramWeight weights[kMaxWeights];  // places not needed weigh 0 for the intent after the last
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

// A pair holds its first character above the second.
constexpr bool is_pair(uint64_t key) { return key >> 21 != 0; }

// Calls visit(key) for every pair, and every single character if wanted, of the text's first
// kMaxExampleChars characters. Punctuation, spaces and symbols are passed over; a run of digits
// counts as one 0.
template <class Visit>
void for_each_gram(const text::Text& text, bool singles, Visit visit) {
  constexpr uint16_t kSkip = text::kPunctuation | text::kSpace | text::kSymbol;
  uint64_t before = 0;
  const uint32_t size = text.size() < kMaxExampleChars ? text.size() : kMaxExampleChars;
  for (uint32_t i = 0; i < size; ++i) {
    const uint16_t properties = text.properties[i];
    if (properties & kSkip) continue;
    const uint64_t now = properties & text::kDigit ? U'0' : text.chars[i];
    if (now == U'0' && before == U'0') continue;
    if (singles) visit(now);
    if (before != 0) visit(before << 21 | now);
    before = now;
  }
}

// Enters a pair into the signature of a text; single characters say too little.
inline void sign(uint64_t key, uint64_t hash, uint64_t signature[2]) {
  signature[hash >> 46 & 1] |= uint64_t{is_pair(key)} << (hash >> 40 & 63);
}

}  // namespace xiaoer::match
