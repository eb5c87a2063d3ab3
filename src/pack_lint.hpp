#pragma once
// Warnings of `xiaoer check` that only the compiled rules can give: what an intent's own words lead
// to.

#include "base/diagnostic.hpp"
#include "rules/pack.hpp"

namespace xiaoer {

class Ruleset;

// Intents a third of whose examples, or more, other intents answer first, and phrases that add
// nothing: they do not match their own words, or another phrase of their intent matches the same
// words at least as strongly under the same conditions. Each becomes a warning at its place.
void lint_pack(const rules::Pack& pack, const Ruleset& ruleset, Diagnostics* diagnostics);

}  // namespace xiaoer
