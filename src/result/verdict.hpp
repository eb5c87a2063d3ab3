#pragma once
// What the guard says of a text that somebody else wrote: may it leave the shop, and why. Texts
// made for the call lie in one arena, texts of the pack stay in the ruleset, which the verdict
// keeps alive. Memory is kept from call to call, so that a reused verdict allocates nothing.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"
#include "result/result.hpp"

namespace xiaoer {

// kPass: the text may leave as it is. kRewritten: Verdict::text may leave, the original may not.
// kRefused: neither may; a person has to write another.
enum class Outcome : uint8_t { kPass, kRewritten, kRefused };
std::string_view name_of(Outcome value);  // "pass", "rewritten", "refused"

// kNote does not stand in a text's way.
enum class FindingLevel : uint8_t { kNote, kRewrite, kRefuse };
std::string_view name_of(FindingLevel value);  // "note", "rewrite", "refuse"

// One place where the text breaks a rule.
struct FindingItem {
  TextRef rule;         // "price-below-floor", "off-platform", ...: docs/truth-and-safety.md
  TextRef words;        // as written
  TextRef detail;       // role of an amount, name of a claim, variable or word of the pack
  TextRef advice;       // how to write it instead; may be empty
  TextRef replacement;  // of a rewrite; empty also where the words are left out
  Span span;            // bytes of the original
  FindingLevel level = FindingLevel::kRefuse;
};

// A statement that the facts bear out, and by what.
struct GroundItem {
  TextRef role;    // "item-price", "fee", "shipping", "free-shipping", ...
  TextRef source;  // "product.price=129", "2*product.price-promotion.reduction=238"
  Span span;       // bytes of the original
};

struct Verdict : TextArena {
  Outcome outcome = Outcome::kRefused;  // until a text was looked at
  std::string original;
  std::string text;  // what may leave: the original, the rewritten text, or nothing when refused
  std::vector<FindingItem> findings;  // in the order of the text
  std::vector<GroundItem> grounds;    // of the original, in the order of the text

  // TextArena::text, whose name here is what may leave.
  std::string_view get(TextRef ref) const { return TextArena::text(ref); }
  // Empties the verdict, keeping its memory and `source`.
  void clear();
};

}  // namespace xiaoer
