#pragma once
// What a pack's vocabulary looks like in the image, for correcting slips. Built by
// respelling_vocabulary.cpp, read by the respeller.

#include <cstdint>
#include <span>

#include "base/image.hpp"
#include "text/pinyin.hpp"

namespace xiaoer::match {

struct RespellHeader {
  uint32_t keys_mask = 0;   // size of the open-addressing table less one; a power of two
  uint32_t known_mask = 0;  // bits of the filter less one; a power of two
  uint32_t everyday = 0;    // a character more frequent than this says nothing
  uint32_t has_typos = 0;
};
// A word by how it is read; a listed misspelling, or beside such a protected word, by its
// characters.
struct RespellKey {
  uint64_t key = 0;  // 0: free
  uint32_t word = 0;
  uint32_t padding = 0;
};
struct RespellWord {
  uint32_t first = 0;  // of its characters
  uint32_t size = 0;
  uint32_t count = 0;  // how often the pack's texts have its rarest pair of characters
  uint32_t right = 0;  // the word that is meant: itself, but for a listed misspelling
};
// How often the pack's texts have a character.
struct RespellChar {
  char32_t character = 0;
  uint32_t count = 0;
};
// The characters that a syllable standing alone most likely is; 0 where there are no more.
inline constexpr uint32_t kMaxAlone = 4;
struct RespellSingles {
  char32_t characters[kMaxAlone] = {};
};

inline constexpr uint32_t kMaxRespelledWord = 7;  // characters

// A word's reading: its syllables with text::fold_accent, the last one lowest.
inline constexpr uint32_t kSyllableBits = 9;
constexpr uint64_t add_syllable(uint64_t key, text::Syllable syllable) {
  return key << kSyllableBits | syllable;
}
// One bit for each place in a word of each size.
constexpr uint32_t place_bit(uint32_t size, uint32_t at) {
  return 1u << (size * (size - 1) / 2 + at);
}
// All of them in a word of that size.
constexpr uint32_t places_of(uint32_t size) { return ((1u << size) - 1) * place_bit(size, 0); }
static_assert(kMaxRespelledWord * (kMaxRespelledWord + 1) / 2 <= 32);

constexpr uint64_t mix(uint64_t key) {
  key = (key ^ (key >> 31)) * 0x9E3779B97F4A7C15ULL;
  return key ^ (key >> 29);
}

// The key of characters as they are, apart from those of readings.
inline constexpr uint64_t kSpelling = uint64_t{1} << 63;
inline uint64_t spelling_key(std::span<const char32_t> chars) {
  uint64_t key = 0;
  for (const char32_t c : chars) key = mix(key ^ (c + 1));
  return key | kSpelling;
}
constexpr bool is_spelling(uint64_t key) { return (key & kSpelling) != 0; }

// Keys of the filter of known neighbours: pairs, and threes around a word of two.
constexpr uint64_t pair_key(char32_t a, char32_t b) { return uint64_t{a} << 21 | b; }
constexpr uint64_t three_key(char32_t a, char32_t b, char32_t c) {
  return uint64_t{a} << 42 | uint64_t{b} << 21 | c;
}

// The bits that a key sets in the filter.
inline constexpr uint32_t kFilterProbes = 3;
constexpr uint32_t filter_bit(uint64_t hash, uint32_t probe, uint32_t mask) {
  return static_cast<uint32_t>(hash >> (probe * 19)) & mask;
}

}  // namespace xiaoer::match
