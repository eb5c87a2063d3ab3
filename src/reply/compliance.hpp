#pragma once
// Words that must not leave the shop: found in the normalised text, so that full-width letters,
// traditional characters and stray spaces hide nothing. Words of which disguises are usual are also
// found with signs between their characters.

#include "base/image.hpp"
#include "reply/draft.hpp"
#include "rules/pack.hpp"

namespace xiaoer::reply {

// Writes kReplyCompliance, kReplyExcepts and kReplyWordChars.
void build_compliance(const rules::Pack& pack, ImageBuilder* image);

struct WordHit {
  const WordRecord* word = nullptr;  // nullptr: none
  Span span;                         // characters
};
// The first word at or after character `from`; of those that begin together the first in the pack.
WordHit find_word(const Views& views, const text::Text& text, uint32_t from);

// Refuses with the author's rule; the detail is the word.
bool check_compliance(const Views& views, const Draft& draft, Refusal* refusal);

}  // namespace xiaoer::reply
