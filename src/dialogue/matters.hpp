#pragma once
// Which of the ranked intents are matters of the message: things that the buyer really brought,
// each with its own words, rather than weaker readings of the same words.
//
// A matter is the first intent, and every further one that
//   - its clause alone says (clauses.hpp), or a phrase whose words no other matter's phrase
//   touches,
//   - is at least as likely as not, so read,
//   - is no mere courtesy or bare data beside a request, and
//   - is of another family than the matters before it, or, said in a clause of its own, nearly
//   sure. Bargaining and complaints are one matter however often they come.

#include <cstdint>
#include <span>
#include <vector>

#include "base/span.hpp"
#include "dialogue/understanding.hpp"

namespace xiaoer::dialogue {

// What a clause alone was understood as: `best` with spans of the whole message.
struct ClauseReading {
  IntentCandidate best;
  Span clause;
};

struct MatterLimits {
  uint32_t intents = 0;  // candidates kept
  uint32_t matters = 0;  // that one reply answers; 1: the first candidate is the only matter
};

// Marks the matters among `candidates` (best first), adds those that only a clause shows, gives
// each the likelihood of its clearest reading and moves them to the front; keeps no
// more than `limits` allow.
void find_matters(const Understanding& rules, std::span<const ClauseReading> clauses,
                  MatterLimits limits, std::vector<IntentCandidate>* candidates);

}  // namespace xiaoer::dialogue
