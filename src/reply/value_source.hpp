#pragma once
// Where the values of needs and of actions' arguments come from: the message, the facts, an earlier
// turn.

#include <cstdint>
#include <string>

#include "reply/work.hpp"

namespace xiaoer::reply {

struct Sourced {
  enum class From : uint8_t { kNowhere, kMessage, kFact, kEarlier } from = From::kNowhere;
  Span span;  // kMessage: normalised characters
  bool has_number = false;
  Decimal number;
};

// Looks in the sources in their order and appends the value to `out` (may be null). An earlier turn
// gives no value: sessions hold no text. `position`: of the intent that asks, kNoIntent where none
// does.
Sourced find_value(const Work& work, Range sources, uint32_t position, std::string* out);

// Appends what may be told of a fact to a person of the shop: personal data masked.
bool append_fact(const Work& work, rules::FactId id, std::string* out);

}  // namespace xiaoer::reply
