#pragma once
// Words that must not leave the shop: found in the normalised text, so that full-width letters,
// traditional characters and stray spaces hide nothing.

#include "base/image.hpp"
#include "reply/draft.hpp"
#include "rules/pack.hpp"

namespace xiaoer::reply {

// Writes kReplyCompliance, kReplyExcepts and kReplyWordChars.
void build_compliance(const rules::Pack& pack, ImageBuilder* image);

// Refuses with the author's rule; the detail is the word.
bool check_compliance(const Views& views, const Draft& draft, Refusal* refusal);

}  // namespace xiaoer::reply
