#pragma once
// The eight closing techniques and the five manners of persuasion: when one may be offered, and its
// wording.

#include "reply/work.hpp"

namespace xiaoer::reply {

// Whether the facts that a technique must be given are there (domain table in
// docs/truth-and-safety.md).
bool technique_is_supported(rules::Technique technique, const Work& work);

// Whether the buyer has said no, or that he cannot pay: now, or earlier in the conversation.
bool is_refusing(const Work& work);

// Whether a push fits this moment at all: budget, refusals, anger, open questions.
bool may_push(const Work& work);

// Fills result.techniques, best first, at most max_techniques. After choose_replies.
void choose_techniques(const Work& work);

// Adds to result.techniques, behind the others, the wording of at most one manner of persuasion:
// for an answered doubt, misunderstanding or drawback, or an intent of class bargain or hesitate.
// It pushes nobody, so it costs no push and comes beside max_techniques (0 switches both off), but
// keeps away from refusals, anger, complaints and after-sales, and comes once in a conversation.
void choose_manner(const Work& work);

}  // namespace xiaoer::reply
