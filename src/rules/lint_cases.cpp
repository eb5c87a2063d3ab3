// What a person who takes over is not told.

#include "rules/lint.hpp"

namespace xiaoer::rules {

void lint_cases(ParseContext& context) {
  const Draft& draft = context.draft();
  const Pack& pack = context.pack();
  if (!pack.case_record.next_step.empty()) return;
  for (size_t i = 0; i < pack.intents.size(); ++i) {
    const IntentSource& intent = pack.intents[i];
    if (intent.policy != Policy::kHandoff || !intent.next_step.empty()) continue;
    if (!draft.is_newest(draft.intent_notes[i].level)) continue;
    context.rule_id = intent.id;
    context.warning("handoff-without-next-step", intent.place, {intent.id});
  }
  context.rule_id.clear();
}

}  // namespace xiaoer::rules
