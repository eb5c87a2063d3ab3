#pragma once
// Send it, suggest it, call a person, stay silent. The table is in docs/truth-and-safety.md.

#include "reply/work.hpp"

namespace xiaoer::reply {

// True when the message says nothing: empty, or white space only.
bool is_empty_message(const Situation& situation);

// Why a person takes over: for the intent at `position` (kNoIntent: for none).
struct Cause {
  std::string_view reason;  // empty: nobody needs to
  uint32_t position = kNoIntent;
};
// By what the intents ask for.
Cause handover_cause(const Work& work);

// Fills result.handoff but for the holding reply.
void hand_over(const Work& work, const Cause& cause);

// Whether an answer needs a fact that proves it: a doubt or a misunderstanding.
bool needs_proof(const IntentRecord& intent);

// kAuto or kSuggest, once the replies are chosen.
Decision decide(const Work& work);

}  // namespace xiaoer::reply
