#pragma once
// Pinyin without tones: how characters are read, and Latin letters as syllables. The table
// (generated/pinyin.cpp) is made with ICU's Han-Latin by tools/generate_pinyin_tables, with further
// readings of characters that have several; tests/oracle/pinyin_tables_test.cpp regenerates it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace xiaoer::text {

// Number of a syllable, in alphabetical order; 0 is none.
using Syllable = uint16_t;

namespace pinyin_tables {

inline constexpr char32_t kFirst = 0x4E00, kEnd = 0xA000;

// A further reading of a character.
struct Reading {
  char32_t character;
  Syllable syllable;
};

extern const size_t kSyllableCount;  // numbers are below; ü is written v
extern const std::string_view kSyllables[];
extern const Syllable kSyllableOf[kEnd - kFirst];
extern const size_t kReadingCount;
extern const Reading kReadings[];  // sorted by character

}  // namespace pinyin_tables

inline constexpr uint32_t kLongestSyllable = 6;  // zhuang
inline constexpr uint32_t kMaxSyllables = 512;   // a number has 9 bits

// The usual reading of a simplified character, 0 when it has none.
inline Syllable syllable_of(char32_t c) {
  using namespace pinyin_tables;
  return c >= kFirst && c < kEnd ? kSyllableOf[c - kFirst] : Syllable{0};
}

// All readings, the usual one first.
struct Readings {
  std::array<Syllable, 4> syllables = {};
  uint32_t count = 0;

  const Syllable* begin() const { return syllables.data(); }
  const Syllable* end() const { return begin() + count; }
};
Readings readings_of(char32_t c);

// The syllable that these letters (a-z) spell as a whole, 0 when none.
Syllable find_syllable(std::string_view letters);

// What the syllable is taken for by those who do not tell zh, ch, sh from z, c, s, nor ang, eng,
// ing from an, en, in: zhong and zong are one. l and n are kept apart.
Syllable fold_accent(Syllable syllable);

}  // namespace xiaoer::text
