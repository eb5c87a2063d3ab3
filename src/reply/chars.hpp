#pragma once
// Words at a place of a normalised text. Written out: the words are short, and most differ in their
// first character.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/span.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::reply {

inline bool has(const text::Text& text, uint32_t at, uint16_t property) {
  return at < text.size() && (text.properties[at] & property) != 0;
}

inline bool starts(const text::Text& text, uint32_t at, std::u32string_view word) {
  if (at > text.size() || word.size() > text.size() - at) return false;
  for (const char32_t c : word) {
    if (text.chars[at++] != c) return false;
  }
  return true;
}

inline bool ends(const text::Text& text, uint32_t at, std::u32string_view word) {
  return word.size() <= at && starts(text, at - static_cast<uint32_t>(word.size()), word);
}

inline bool starts_any(const text::Text& text, uint32_t at,
                       std::span<const std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view word) { return starts(text, at, word); });
}

inline bool ends_any(const text::Text& text, uint32_t at,
                     std::span<const std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view word) { return ends(text, at, word); });
}

inline std::u32string_view view(const text::Text& text, Span span) {
  return std::u32string_view(text.chars.data(), text.size()).substr(span.begin, span.size());
}

inline bool contains_any(std::u32string_view text, std::span<const std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) {
    return text.find(word) != std::u32string_view::npos;
  });
}

// The clause around `inside`: between commas, marks of sentences and line breaks.
inline Span clause_around(const text::Text& text, Span inside) {
  constexpr std::u32string_view kBreaks = U",。!?;…\n";
  const auto breaks = [&](uint32_t at) {
    return kBreaks.find(text.chars[at]) != std::u32string_view::npos;
  };
  Span clause = inside;
  while (clause.begin > 0 && !breaks(clause.begin - 1)) --clause.begin;
  while (clause.end < text.size() && !breaks(clause.end)) ++clause.end;
  return clause;
}

}  // namespace xiaoer::reply
