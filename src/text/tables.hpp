#pragma once
// The fused character table behind the normaliser: one lookup tells what a code point becomes under
// NFKC casefold, plain digits and traditional-to-simplified mapping, and the properties of the
// result.
// generated/tables.cpp is written by tools/generate_text_tables with ICU;
// tests/oracle/text_tables_test.cpp regenerates and compares it. Everything here is constant and
// without side effects.
//
// Two stages: kPageOf picks a page of 128 entries, pages are shared. An entry has 32 bits:
//   bits 30-31  Kind
//   kSimple      bits 0-20 what to add (mod 2^21) to get the mapped code point; bits 21-29 Property
//   bits;
//                the bit of kSpace instead says that the character needs a look at its neighbours
//                (variants.hpp and dots). A simple entry that maps to another kHan character does
//                so by traditional-to-simplified alone: ideographs that NFKC itself maps are kSlow.
//   kDropped     bit 0: NFKC casefold keeps it (control characters), the normaliser does not.
//                Surrogates are of this kind
//   kWhiteSpace  as kSimple, mapped as by NFKC; kSpace, and kSentenceEnd where it breaks the line
//   kSlow        bits 16-20 length of its mapping, bits 0-15 where that begins in kExpansions;
//   length 0:
//                maps to itself, bits 21-28 its combining class, bit 29: may compose with the
//                character before it

#include <cstddef>
#include <cstdint>

namespace xiaoer::text::tables {

enum Kind : uint32_t { kSimple = 0, kDropped = 1, kWhiteSpace = 2, kSlow = 3 };

inline constexpr uint32_t kPageShift = 7;
inline constexpr uint32_t kPageSize = 1u << kPageShift;
inline constexpr uint32_t kCodePointMask = 0x1FFFFF;
inline constexpr uint32_t kPropertyShift = 21;
inline constexpr uint32_t kPropertyMask = 0x1FF;
inline constexpr uint32_t kNeighbourBit = 64u << kPropertyShift;  // 64 is kSpace
inline constexpr uint32_t kKindShift = 30;
inline constexpr uint32_t kKeptByNfkc = 1;
inline constexpr uint32_t kLengthShift = 16;
inline constexpr uint32_t kLengthMask = 0x1F;
inline constexpr uint32_t kClassShift = 21;
inline constexpr uint32_t kComposesBack = 1u << 29;

// A canonical composition. kPairs is sorted by (first, second).
struct Pair {
  char32_t first;
  char32_t second;
  char32_t composite;
};

extern const char kUnicodeVersion[];
extern const uint16_t kPageOf[0x110000 / kPageSize];
extern const uint32_t kEntries[];
extern const char32_t kExpansions[];
extern const Pair kPairs[];
extern const size_t kPairCount;
extern const uint16_t kPairsByComposite[];  // indexes of kPairs, sorted by composite

// `c` must be below 0x110000.
inline uint32_t entry_of(char32_t c) {
  return kEntries[(static_cast<uint32_t>(kPageOf[c >> kPageShift]) << kPageShift) |
                  (c & (kPageSize - 1))];
}
inline Kind kind_of(uint32_t entry) { return static_cast<Kind>(entry >> kKindShift); }
// For kSimple and kWhiteSpace.
inline char32_t mapped(char32_t c, uint32_t entry) { return (c + entry) & kCodePointMask; }
inline uint16_t properties(uint32_t entry) {
  return static_cast<uint16_t>((entry >> kPropertyShift) & kPropertyMask);
}
// As `mapped`, without the step from traditional to simplified. 8 is kHan.
inline char32_t fold_only(char32_t c, uint32_t entry) {
  return (properties(entry) & 8) != 0 ? c : mapped(c, entry);
}
// For kSlow.
inline uint32_t length(uint32_t entry) { return (entry >> kLengthShift) & kLengthMask; }
inline const char32_t* expansion(uint32_t entry) { return kExpansions + (entry & 0xFFFF); }
inline uint8_t combining_class(uint32_t entry) {
  return static_cast<uint8_t>(entry >> kClassShift);
}
inline bool composes_back(uint32_t entry) { return (entry & kComposesBack) != 0; }

}  // namespace xiaoer::text::tables
