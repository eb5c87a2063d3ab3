#pragma once
// A quick phrase to a reply template: placeholders become facts, braces are escaped, exclamation
// marks give way to commas, emoticon codes stay.

#include "importer/phrase.hpp"

namespace xiaoer::importer {

// Fills phrase->reply and phrase->words. Placeholders that stand for no fact and texts longer than
// a reply may be are rejected; what was changed is noted.
void write_reply(Phrase* phrase);

}  // namespace xiaoer::importer
