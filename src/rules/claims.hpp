#pragma once
// Internal: what a template says of its own accord, without a fact: numbers with units, times,
// claims of scarcity, of a deadline, of sales, promises.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"
#include "rules/template.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::rules {

// A template with its fallbacks filled in and every other variable shown as one character that is
// neither digit nor word, normalised like an outgoing text.
struct FlatTemplate {
  explicit FlatTemplate(const std::vector<TemplatePiece>& pieces);
  FlatTemplate(const FlatTemplate&) = delete;  // `text` borrows from `bytes`
  FlatTemplate& operator=(const FlatTemplate&) = delete;

  std::u32string_view chars() const { return {text.chars.data(), text.chars.size()}; }
  // The template's column of normalised character `index`.
  uint32_t column(uint32_t index) const { return columns[text.begins[index]]; }
  std::string_view source(Span span) const { return text.source(span); }

  std::string bytes;
  std::vector<uint32_t> columns;  // of each byte
  text::Text text;
};

// Amounts of money, shares, times, dates, clock times and stock figures. Numerals in set words
// (一点, 一下, 十分) are none. `no_reason_return`: the reply is bound to that fact, so the words
// 七天无理由 are no claim.
std::vector<Span> find_number_claims(std::u32string_view chars, bool no_reason_return);

enum class ClaimKind : uint8_t { kScarcity, kDeadline, kSales, kPromise };
struct Claim {
  ClaimKind kind;
  Span span;
};
std::vector<Claim> find_word_claims(std::u32string_view chars);

// Exclamation marks and openers of rhetorical questions.
std::vector<Span> find_harsh_tone(std::u32string_view chars);

}  // namespace xiaoer::rules
