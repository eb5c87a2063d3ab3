#pragma once
// Internal: the checks over a merged pack. Each file validate_*.cpp holds one family of them.

#include <string>
#include <vector>

#include "rules/parse.hpp"
#include "rules/phrase_shape.hpp"

namespace xiaoer::rules {

// What one check finds out for the next.
struct Findings {
  Shapes concepts;                              // of the sound ones
  std::vector<std::vector<std::string>> roles;  // of each intent's slots, sorted
};

// Runs every check.
void validate(ParseContext& context);

// Cycles, unknown concepts, the shape and size of their words. Fills findings.concepts.
void validate_concepts(ParseContext& context, Findings* findings);
// Unknown concepts, slots and intents in patterns; patterns that can never match. Fills
// findings.roles.
void validate_patterns(ParseContext& context, Findings* findings);
// The same phrase or example twice.
void validate_duplicates(ParseContext& context);
// Replies that intents and settings name; intents without a reply that is always ready.
void validate_replies(ParseContext& context);
// Templates: syntax, variables, claims, compliance words, tone.
void validate_templates(ParseContext& context, const Findings& findings);
// What cues, needs, actions, case records and conditions on the conversation refer to.
void validate_case(ParseContext& context);
// Settings against one another, tests, dictionaries.
void validate_rest(ParseContext& context);

// Why `condition` can never hold.
struct Contradiction {
  const char* zh;
  const char* en;
};
std::optional<Contradiction> find_contradiction(const Condition& condition);

void report_unknown_slot(ParseContext& context, const std::string& name, const Place& place);
void report_unknown_concept(ParseContext& context, const std::string& name, const Place& place);

}  // namespace xiaoer::rules
