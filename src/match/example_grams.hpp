#pragma once
// Features of the example matcher: single characters and pairs, digits as one class, and how they
// are stored. Training and ranking must cut texts alike, hence one place.

#include <cstdint>

#include "base/image.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::match {

// Groups are what ids have in common: `invoice` of `invoice.title`.
inline constexpr uint32_t kMaxGroups = 64;

struct ExampleHeader {
  uint32_t intents = 0;
  uint32_t groups = 0;
  uint32_t slots_mask = 0;  // size of the table of pairs less one; a power of two
  uint32_t row_size = 0;    // bytes: a weight a group, padded, then GramVoices; 0 without groups
  float group_unit = 0;     // what a weight of 1 is worth
  float intent_unit = 0;
};

// For which intents a gram speaks within their groups, the strongest voices only, and how much it
// says at all.
inline constexpr uint32_t kMaxVoices = 4;
struct GramVoices {
  uint16_t places[kMaxVoices];  // see kMatchExamplePlaces; voices not needed: after the last
  int8_t weights[kMaxVoices];
  uint16_t mass = 0;  // squared inverse document frequency, in 1 / kMassUnit
  uint16_t padding = 0;
};
struct ExampleRecord {
  StringRef text;
  uint64_t signature[2] = {};  // a bit a gram: cheap overlap for the nearest example
};
inline constexpr float kMassUnit = 256;
inline constexpr uint32_t kRowBlock = 16;          // groups are padded to whole blocks
inline constexpr uint32_t kMaxExampleChars = 128;  // so that 8-bit weights fit 16-bit sums

// A place of the table of pairs holds one above the number of its row; 0: free. Single characters
// have their row, plus 1, in a table of their own.
inline constexpr uint32_t kRowBits = 22;
constexpr uint64_t slot_of(uint64_t key, uint32_t row) { return key << kRowBits | row; }
constexpr uint64_t key_of(uint64_t slot) { return slot >> kRowBits; }
constexpr uint32_t row_of(uint64_t slot) { return slot & ((1u << kRowBits) - 1); }

constexpr uint64_t gram_hash(uint64_t key) {
  key *= 0x9E3779B97F4A7C15ULL;
  return key ^ (key >> 29);
}

// A pair holds its first character above the second.
constexpr bool is_pair(uint64_t key) { return key >> 21 != 0; }

// Whether a character says something alone. The b of 傻b does not: it answers many questions.
constexpr bool stands_alone(char32_t c) { return c < U'a' || c > U'z'; }

// Calls single(character, begin, end) for every character and then pair(key, begin, end) for it and
// the one before, in the text's first kMaxExampleChars characters. Punctuation, spaces and symbols
// are passed over; a run of digits counts as one 0.
template <class Single, class Pair>
void for_each_gram(const text::Text& text, Single single, Pair pair) {
  constexpr uint16_t kSkip = text::kPunctuation | text::kSpace | text::kSymbol;
  char32_t before = 0;
  uint32_t begin = 0;  // of the character before
  const uint32_t size = text.size() < kMaxExampleChars ? text.size() : kMaxExampleChars;
  for (uint32_t i = 0; i < size; ++i) {
    const uint16_t properties = text.properties[i];
    if (properties & kSkip) continue;
    const char32_t now = properties & text::kDigit ? U'0' : text.chars[i];
    if (now == U'0' && before == U'0') continue;
    single(now, i, i + 1);
    if (before != 0) pair(uint64_t{before} << 21 | now, begin, i + 1);
    before = now;
    begin = i;
  }
}

// Enters a pair into the signature of a text; single characters say too little.
inline void sign(uint64_t pair, uint64_t signature[2]) {
  const uint64_t hash = gram_hash(pair);
  signature[hash >> 46 & 1] |= uint64_t{1} << (hash >> 40 & 63);
}

}  // namespace xiaoer::match
