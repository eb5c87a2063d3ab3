#pragma once
// Buyer text to the form that rules are matched on, in one pass over one fused table:
// NFKC casefold, traditional to simplified, invisible and bidirectional controls stripped, runs of
// combining marks capped, runs of repeated characters squeezed. Every normalised character
// remembers the bytes it came from, so a span found here can be shown in the buyer's own text.
//
// Beyond NFKC, numbers are plain digits however they are dressed: decimal digits of other scripts
// (٨, ८), enclosed ones (❽, ⒏, ⑻, ㉈, 8️⃣, 🔟), digits under marks (8̲).
//
// Squeezing: three or more of the same letter, ideograph or symbol become two; two or more of the
// same punctuation mark become one (the tilde is one); digits are never squeezed. Two or more dots,
// also those that U+2026 and U+2025 stand for, become one U+2026, which ends a sentence; a lone '.'
// stays and does not. White space inside a line is dropped unless it stands between two ASCII
// letters or digits, where one space stays; a line break becomes '\n' (one). At the beginning and
// the end of the text both are dropped.
//
// Traditional characters are mapped one by one, a few by their neighbours (variants.hpp). The
// result is a fixed point: normalised again, it stays as it is.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"

namespace xiaoer::text {

// Properties of a normalised character, or-ed together.
enum Property : uint16_t {
  kDigit = 1,  // 0-9
  kNumeral =
      2,  // Chinese numeral character: 〇零一二两俩三仨四…九十百千万亿半廿, also 壹貳 after mapping
  kLatin = 4,         // a-z
  kHan = 8,           // ideograph
  kPunctuation = 16,  // any punctuation, and '~'
  kSentenceEnd = 32,  // 。 ! ? ; … '\n': gaps do not cross it
  kSpace = 64,        // ' ' or '\n'
  kSymbol = 128,      // emoji, currency and other symbols
  kParticle = 256,    // 吗呢么吧啊呀哦哈嘛咯噢啦哟
};

struct Text {
  std::string_view original;         // borrowed from the caller
  std::vector<char32_t> chars;       // normalised characters
  std::vector<uint16_t> properties;  // Property bits of chars[i]
  std::vector<uint32_t> begins;      // first byte in `original` that chars[i] came from
  std::vector<uint32_t> ends;        // one past the last byte
  bool well_formed = true;           // false: some bytes were replaced by U+FFFD

  uint32_t size() const { return static_cast<uint32_t>(chars.size()); }
  // Empties the text, keeping its memory.
  void clear() {
    original = {};
    chars.clear();
    properties.clear();
    begins.clear();
    ends.clear();
    well_formed = true;
  }
  // Bytes of the original that characters [span.begin, span.end) came from.
  Span bytes(Span span) const {
    if (span.empty()) return {};
    return {begins[span.begin], ends[span.end - 1]};
  }
  std::string_view source(Span span) const {
    const Span where = bytes(span);
    return original.substr(where.begin, where.size());
  }
};

enum class NormaliseStatus : uint8_t { kOk, kTooLong };

// Longest output in characters. U+FDFA grows 18-fold under NFKC, so input size alone bounds
// nothing.
inline constexpr uint32_t kMaxChars = 65536;
// Combining marks kept after one base character.
inline constexpr uint32_t kMaxMarks = 30;

// Normalises `message` into `out`, reusing its memory (no allocation once it has grown). Ill-formed
// bytes become U+FFFD. kTooLong: the result would exceed kMaxChars, or the message 4 GiB; `out` is
// then empty. A base character and its combining marks have the same bytes, and so have the
// characters that one source character became; squeezed ones lengthen the bytes of the last one
// kept. Thread-safe; keeps no state.
NormaliseStatus normalise(std::string_view message, Text& out);

// The same for pack texts: returns the normalised characters as UTF-8. Empty for what is too long.
std::string normalise_to_utf8(std::string_view text);
std::u32string normalise_to_chars(std::string_view text);

// Property bits of an already normalised character.
uint16_t property_of(char32_t normalised);

}  // namespace xiaoer::text
