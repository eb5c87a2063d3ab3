#pragma once
// Words that must not leave the shop: found in the normalised text, so that full-width letters,
// traditional characters and stray spaces hide nothing. Words of which disguises are usual are also
// found with signs between their characters.

#include <cstdint>
#include <vector>

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
// The first word that begins at or after character `from`; of those that begin together the first
// in the pack.
WordHit find_word(const Views& views, const text::Text& text, uint32_t from);

// By piece: 1 for literals that hold no word; empty where the pack has none. To be asked when the
// pack is opened, so that replies need looking at only where values stand.
std::vector<uint8_t> find_free_literals(const Views& views);

// Refuses with the author's rule; the detail is the word. `variant`: what the draft was rendered
// from; one without pieces is looked at as a whole.
bool check_compliance(const Views& views, const VariantRecord& variant, const Draft& draft,
                      Refusal* refusal);

}  // namespace xiaoer::reply
