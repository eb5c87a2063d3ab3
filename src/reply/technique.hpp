#pragma once
// The eight closing techniques: when one may be offered, and its wording.

#include "reply/work.hpp"

namespace xiaoer::reply {

// Whether the facts that a technique must be given are there (domain table in
// docs/truth-and-safety.md).
bool technique_is_supported(rules::Technique technique, const Work& work);

// Whether a push fits this moment at all: budget, refusals, anger, open questions.
bool may_push(const Work& work);

// Fills result.techniques, best first, at most max_techniques. After choose_replies.
void choose_techniques(const Work& work);

}  // namespace xiaoer::reply
