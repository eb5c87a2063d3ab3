// What cues, needs, actions and case records refer to.

#include <algorithm>

#include "rules/entity_kinds.hpp"
#include "rules/template.hpp"
#include "rules/validate.hpp"

namespace xiaoer::rules {
namespace {

using Kind = ValueSource::Kind;

bool any_below(const std::vector<IntentSource>& intents, const std::string& id) {
  return std::ranges::any_of(
      intents, [&](const IntentSource& intent) { return is_or_below(intent.id, id); });
}

// An intent by its id, or, as a class or family, any below it.
bool is_intent(const Draft& draft, const std::string& id) {
  return draft.intent_index.contains(id) || any_below(draft.pack.intents, id);
}

// The same, or one that an overlay took away: what waits for it never comes then.
bool was_intent(const Draft& draft, const std::string& id) {
  return is_intent(draft, id) || any_below(draft.pack.disabled, id);
}

void report_unknown_intent(ParseContext& context, const std::string& id, const Place& place) {
  std::vector<std::string_view> known;
  context.add_candidates(
      context.pack().intents,
      [](const IntentSource& intent) { return std::string_view(intent.id); }, &known);
  context.error("unknown-intent", place, context.unknown(id, known));
}

void check_source(ParseContext& context, const ValueSource& source) {
  const Draft& draft = context.draft();
  if (!draft.complete) return;
  if (source.kind == Kind::kIntent && !is_intent(draft, source.name)) {
    report_unknown_intent(context, source.name, source.place);
  } else if (source.kind == Kind::kEntity && find_entity_kind(source.name) == kNoKind &&
             !draft.entity_index.contains(source.name)) {
    report_unknown_slot(context, source.name, source.place);
  } else if (source.kind == Kind::kFact) {
    read_fact_name(context, source.name, source.place);
  }
}

void check_clause(ParseContext& context, const ExampleSource& clause) {
  std::vector<TemplatePiece> pieces;
  PhraseError error;
  if (!parse_template(clause.text, &pieces, &error)) {
    context.error(error.code, clause.place, error.args);
    return;
  }
  for (const TemplatePiece& piece : pieces) {
    const bool own = std::find(std::begin(kCaseVariables), std::end(kCaseVariables), piece.text) !=
                     std::end(kCaseVariables);
    if (!piece.is_variable || own) continue;
    const FactId id = read_fact_name(context, piece.text, clause.place);
    if (id < facts().size() && facts()[id].role == FactRole::kSecret) {
      context.error("secret-variable", clause.place, {piece.text});
    }
  }
}

}  // namespace

void validate_case(ParseContext& context) {
  const Pack& pack = context.pack();
  for (const auto& [name, place] : context.draft().intents_named) {
    if (!context.draft().complete || was_intent(context.draft(), name)) continue;
    report_unknown_intent(context, name, place);
  }
  for (const CueSource& cue : pack.cues) {
    context.rule_id = cue.id;
    for (size_t i = 0; i < cue.intents.size(); ++i) {
      if (!context.draft().complete || is_intent(context.draft(), cue.intents[i])) continue;
      report_unknown_intent(context, cue.intents[i], cue.intent_places[i]);
    }
  }
  for (const IntentSource& intent : pack.intents) {
    context.rule_id = intent.id;
    for (const ActionSource& action : intent.actions) {
      for (const ActionSource::Argument& argument : action.arguments) {
        for (const ValueSource& source : argument.sources) check_source(context, source);
      }
    }
  }
  context.rule_id.clear();
  for (const KnownBy& known : pack.case_record.known_by) {
    for (const ValueSource& source : known.sources) check_source(context, source);
  }
  for (const ExampleSource& clause : pack.case_record.summary) check_clause(context, clause);
}

}  // namespace xiaoer::rules
