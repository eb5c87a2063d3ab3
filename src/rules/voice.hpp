#pragma once
// The shop's voice: `settings.voice` laid over every template of a pack, once, when it is loaded.
// Texts follow the conventions of docs/pack-format.md: an address is `{{昵称|亲}},` at the start of
// a variant, soft particles stand at the end of a clause.

#include <string>
#include <string_view>

#include "rules/pack.hpp"

namespace xiaoer::rules {

// `text` (a template that can be parsed) as the voice would say it. Variables and escapes stay as
// they are, the fallback of an address excepted. A voice that asks for nothing returns the text as
// it is. Thread-safe.
std::string voiced(std::string_view text, const Voice& voice);

// Replaces every variant of `pack`: replies, techniques, manners, holding and fallback texts.
void apply_voice(Pack* pack);

}  // namespace xiaoer::rules
