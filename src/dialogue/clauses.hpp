#pragma once
// The clauses of a message: what stands between borders. A border is a comma, the end of a
// sentence or a line, white space that the buyer put where others put a comma, and the particles
// 吗 and 呢 with more text behind them.

#include <array>
#include <cstdint>
#include <span>

#include "base/span.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::dialogue {

struct Clauses {
  static constexpr uint32_t kMax = 8;  // what follows belongs to the last one
  std::array<Span, kMax> spans;        // normalised characters, without the borders
  uint32_t count = 0;

  // Not of a temporary, which a loop over its list would outlive.
  std::span<const Span> list() const& { return {spans.data(), count}; }
  std::span<const Span> list() const&& = delete;
};

// Clauses of at least two telling characters, in their order. Linear in the text.
Clauses find_clauses(const text::Text& text);

// Copies the characters of `span`; the copy's bytes are those of the whole message's original.
void cut(const text::Text& text, Span span, text::Text* out);

}  // namespace xiaoer::dialogue
