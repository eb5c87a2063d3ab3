#pragma once
// What a result tells of how the message was understood: intents, near misses and entities, each
// with its reasons.

#include <span>

#include "match/respeller.hpp"
#include "reading.hpp"
#include "reply/replier.hpp"
#include "result.hpp"
#include "ruleset.hpp"

namespace xiaoer {

// Borrowed; `reading` is the one that `situation` is about.
struct Understood {
  const Ruleset& ruleset;
  const reply::Situation& situation;
  Reading* reading;
  std::span<const match::Respelling> respellings;  // that the reading rests on
  Result* result;
};

// Fills intents, entities and, when a trace is wanted, near misses. Allocates nothing without a
// trace once the result has grown.
void report(const Understood& understood);

}  // namespace xiaoer
