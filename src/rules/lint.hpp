#pragma once
// Internal: warnings beyond what loading needs, for `xiaoer check`: what is sound, yet cannot be
// what its authors want. Run over the merged pack when LoadOptions::lint asks for it; what needs
// the compiled rules is in pack_lint.hpp.

#include "rules/parse.hpp"

namespace xiaoer::rules {

// Runs every family.
void lint(ParseContext& context);

// Replies and wordings that no situation reaches.
void lint_replies(ParseContext& context);
// Wording against the shop's manners: emoticons, length, impatience, addresses.
void lint_wording(ParseContext& context);
// Handovers that tell the person nothing of what to do next.
void lint_cases(ParseContext& context);
// What is over at LoadOptions::now, if one is given: campaigns, and `to` of conditions.
void lint_times(ParseContext& context);
// Phrases or examples of the pack below that are replaced where they were to be added to.
void lint_overlays(ParseContext& context);
// Intents with too few examples and tests of their own.
void lint_tests(ParseContext& context);

}  // namespace xiaoer::rules
