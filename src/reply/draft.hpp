#pragma once
// A rendered text on its way through the guards, and why one was refused.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reply/records.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::reply {

// Where a variable's value stands in the text, and where it came from.
struct Slot {
  uint32_t begin = 0, end = 0;  // bytes of Draft::text
  const PieceRecord* piece = nullptr;
  const FactValue* value = nullptr;             // nullptr: a quote of the buyer, or the fallback
  bool fallback = false;                        // the author's words, so no source for a number
  rules::EntityKindId quoted = rules::kNoKind;  // the buyer's own words
  Decimal number;                               // of a quoted amount
};

struct Draft {
  std::string text;
  std::vector<Slot> slots;
  text::Text chars;  // `text`, normalised
  text::Text part;   // a value on its way there
};

// Which rule refused, and the variable, amount or words concerned. Never holds
// a secret value.
struct Refusal {
  std::string_view rule;
  std::string detail;

  bool set(std::string_view name, std::string_view what) {
    rule = name;
    detail.assign(what);
    return false;
  }
};

}  // namespace xiaoer::reply
