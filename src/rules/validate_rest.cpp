#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "rules/validate.hpp"
#include "rules/word_finder.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::rules {
namespace {

// A word that stands for two values of one kind cannot be read either way.
void check_entity(ParseContext& context, const EntitySource& entity) {
  context.rule_id = entity.kind;
  std::unordered_map<std::string, const EntityValue*> seen;
  for (const EntityValue& value : entity.values) {
    if (value.value.empty()) continue;  // `not` may repeat a word that an overlay takes back
    for (const std::string& word : value.words) {
      const auto [found, added] = seen.try_emplace(text::normalise_to_utf8(word), &value);
      if (!added && found->second != &value) {
        context.warning("ambiguous-word", value.place, {word, found->second->value, value.value});
      }
    }
  }
}

void check_tests(ParseContext& context) {
  const Draft& draft = context.draft();
  for (const PackTestSource& test : draft.pack.tests) {
    if (test.intent.empty() || !draft.complete || draft.intent_index.contains(test.intent)) {
      continue;
    }
    std::vector<std::string_view> known;
    context.add_candidates(
        draft.pack.intents, [](const IntentSource& intent) { return std::string_view(intent.id); },
        &known);
    context.error("unknown-intent", test.place, context.unknown(test.intent, known));
  }
}

// A protected word is right as it stands.
void check_typos(ParseContext& context) {
  const Pack& pack = context.pack();
  std::unordered_set<std::string> right;
  for (const std::string& word : pack.protected_words) {
    right.insert(text::normalise_to_utf8(word));
  }
  for (const TypoSource& typo : pack.typos) {
    for (const std::string& wrong : typo.wrong) {
      const std::string word = text::normalise_to_utf8(wrong);
      if (!right.contains(word) && word != text::normalise_to_utf8(typo.right)) continue;
      context.error("bad-typo", typo.place, {wrong});
    }
  }
}

// A rewrite goes out in the shop's name, so it must hold none of the words itself.
void check_rewrites(ParseContext& context) {
  const ComplianceFinder finder(context.pack().compliance);
  for (const ComplianceSource& entry : context.pack().compliance) {
    for (const RewriteSource& rewrite : entry.rewrites) {
      const bool known = rewrite.word.empty() || std::find(entry.words.begin(), entry.words.end(),
                                                           rewrite.word) != entry.words.end();
      if (!known) context.error("rewrite-unknown-word", rewrite.place, {rewrite.word, entry.rule});
      for (const ComplianceHit& hit : finder.find(text::normalise_to_chars(rewrite.text))) {
        const ComplianceSource& broken = context.pack().compliance[hit.entry];
        context.error("rewrite-not-lawful", rewrite.place, {rewrite.text, broken.rule});
      }
    }
  }
}

// The address stands in every reply, so a word that must not leave the shop is told here, once.
void check_voice(ParseContext& context) {
  const Pack& pack = context.pack();
  const Voice& voice = pack.settings.voice;
  if (!voice.address) return;
  const std::u32string chars = text::normalise_to_chars(*voice.address);
  for (const ComplianceHit& hit : ComplianceFinder(pack.compliance).find(chars)) {
    const ComplianceSource& entry = pack.compliance[hit.entry];
    context.error("compliance-violation", voice.place, {*voice.address, entry.rule, entry.advice});
  }
}

}  // namespace

void validate_rest(ParseContext& context) {
  const Pack& pack = context.pack();
  const Settings& settings = pack.settings;
  if (settings.suggest_threshold > settings.auto_threshold) {
    context.error("settings-order", settings.place, {"suggest_threshold", "auto_threshold"});
  }
  for (const EntitySource& entity : pack.entities) check_entity(context, entity);
  context.rule_id.clear();
  check_typos(context);
  check_rewrites(context);
  check_tests(context);
  check_voice(context);
}

}  // namespace xiaoer::rules
