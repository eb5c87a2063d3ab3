#include "rules/lint.hpp"

namespace xiaoer::rules {
namespace {

// What an intent should have to be found reliably and kept apart from its neighbours. A shop that
// adds a few intents to a vendor's pack has less to tell apart than the vendor.
struct Enough {
  size_t examples, hits;
};
constexpr Enough kVendor = {12, 6};
constexpr Enough kShop = {3, 3};

}  // namespace

// Only intents that the newest level brought: an overlay that changes replies, or adds phrases to
// an intent of the vendor's, is not asked for the vendor's tests. An intent that no text can reach
// has been reported already.
void lint_tests(ParseContext& context) {
  const Draft& draft = context.draft();
  const Enough& enough = draft.level > 1 ? kShop : kVendor;
  for (size_t i = 0; i < draft.pack.intents.size(); ++i) {
    const IntentSource& intent = draft.pack.intents[i];
    if (!draft.is_newest(draft.intent_notes[i].born)) continue;
    if (intent.patterns.empty() && intent.examples.empty()) continue;
    context.rule_id = intent.id;
    if (intent.misses.empty()) {
      context.warning("no-near-miss-tests", intent.place, {intent.id});
    }
    if (intent.hits.size() < enough.hits) {
      context.warning("few-hit-tests", intent.place,
                      {intent.id, std::to_string(intent.hits.size()), std::to_string(enough.hits)});
    }
    // Intents of regexes and phrases alone (a bare order number) have nothing to be like.
    if (!intent.examples.empty() && intent.examples.size() < enough.examples) {
      context.warning(
          "few-examples", intent.place,
          {intent.id, std::to_string(intent.examples.size()), std::to_string(enough.examples)});
    }
  }
  context.rule_id.clear();
}

void lint_overlays(ParseContext& context) {
  const Draft& draft = context.draft();
  for (size_t i = 0; i < draft.pack.intents.size(); ++i) {
    const IntentNotes& notes = draft.intent_notes[i];
    if (!notes.replaced || !draft.is_newest(notes.level)) continue;
    context.rule_id = draft.pack.intents[i].id;
    context.warning(
        "phrases-replaced", notes.replaced->place,
        {context.rule_id, notes.replaced->key, std::to_string(notes.replaced->dropped)});
  }
  context.rule_id.clear();
}

void lint(ParseContext& context) {
  lint_replies(context);
  lint_wording(context);
  lint_overlays(context);
  lint_tests(context);
  lint_cases(context);
  lint_times(context);
}

}  // namespace xiaoer::rules
