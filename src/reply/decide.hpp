#pragma once
// Send it, suggest it, call a person, stay silent. The table is in docs/truth-and-safety.md.

#include "reply/work.hpp"

namespace xiaoer::reply {

// True when the message says nothing: empty, or white space only.
bool is_empty_message(const Situation& situation);

// The intent that asks for a person: the first, an intercepting one, or a further one that is at
// least as likely as not. kNoIntent: none does.
uint32_t handoff_intent(const Work& work);

// Fills result.handoff but for the holding reply.
void hand_over(const Work& work, uint32_t position);

// Whether an answer needs a fact that proves it: a doubt or a misunderstanding.
bool needs_proof(const IntentRecord& intent);

// kAuto or kSuggest, once the replies are chosen.
Decision decide(const Work& work);

}  // namespace xiaoer::reply
