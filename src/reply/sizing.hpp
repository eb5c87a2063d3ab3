#pragma once
// Which size fits the buyer: his measures against the ranges of product.sizes. It says what the
// shop's chart says and guesses nothing: a measure that the chart needs and nobody told leaves the
// size open.

#include <array>

#include "entities/measures.hpp"
#include "reply/facts.hpp"

namespace xiaoer::reply {

// The facts "sizing.…", in the order of the vocabulary.
enum class SizingFact : rules::FactId {
  kSize,
  kLooser,    // the larger of two that fit, or between which he is
  kStock,     // of the size
  kOffChart,  // his measures are in no line of the chart
  kHeight,
  kWeight,
  kFoot,
};
inline constexpr size_t kSizingFacts = 7;

struct Sizing {
  std::array<FactValue, kSizingFacts> values;

  const FactValue& value(rules::FactId id) const { return values[id - known_facts().sizing]; }
  const FactValue& value(SizingFact fact) const { return values[static_cast<size_t>(fact)]; }
};

// Fills `out`, whose memory is reused.
void find_sizing(const Facts& facts, const entities::Measures& measures, Sizing* out);

}  // namespace xiaoer::reply
