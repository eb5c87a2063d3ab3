#include <algorithm>
#include <utility>

#include "rules/entity_kinds.hpp"
#include "rules/validate.hpp"

namespace xiaoer::rules {
namespace {

using Kind = PhraseNode::Kind;

bool is_kind(const Draft& draft, const std::string& name) {
  return find_entity_kind(name) != kNoKind || draft.entity_index.contains(name);
}

void check_names(ParseContext& context, const Phrase& phrase, std::string_view text,
                 const Place& place, bool exact_place, std::vector<std::string>* roles) {
  walk(phrase, [&](const PhraseNode& node) {
    if (node.kind != Kind::kConcept && node.kind != Kind::kSlot) return;
    const Place where = exact_place ? inside(place, text, node.column) : place;
    if (node.kind == Kind::kConcept) {
      if (!context.draft().concept_index.contains(node.name)) {
        report_unknown_concept(context, node.name, where);
      }
    } else if (!is_kind(context.draft(), node.name)) {
      report_unknown_slot(context, node.name, where);
    } else if (!node.role.empty() && roles != nullptr) {
      roles->push_back(node.role);
    }
  });
}

void report_unreachable(ParseContext& context, const PatternSource& pattern,
                        const Contradiction& reason) {
  context.error("unreachable-phrase", pattern.place, {pattern.text, reason.zh, reason.en});
}

void check_reach(ParseContext& context, const PatternSource& pattern, const Phrase& phrase,
                 const Shapes& shapes) {
  if (pattern.max_len > 0 && measure(phrase, shapes).shortest > pattern.max_len) {
    report_unreachable(context, pattern,
                       {"最短的匹配也比 max_len 长", "its shortest match is longer than max_len"});
  }
  for (size_t i = 0; i < pattern.nots.size(); ++i) {
    const PhraseTree excluded = excluded_by(pattern, i);
    if (excluded == nullptr || !always_contains(phrase, *excluded)) continue;
    report_unreachable(context, pattern,
                       {"它每次匹配时 not 里的词也在", "whenever it matches, so does its \"not\""});
    return;
  }
}

void check_pattern(ParseContext& context, const PatternSource& pattern, const Shapes& shapes,
                   std::vector<std::string>* roles) {
  Draft& draft = context.draft();
  if (const PhraseTree phrase = phrase_of(pattern)) {
    check_names(context, *phrase, pattern.text, pattern.place, true, roles);
    check_reach(context, pattern, *phrase, shapes);
  }
  for (size_t i = 0; i < pattern.nots.size(); ++i) {
    if (const PhraseTree excluded = excluded_by(pattern, i)) {
      check_names(context, *excluded, pattern.nots[i], pattern.place, false, nullptr);
    }
  }
  if (!pattern.after.empty() && draft.complete && !draft.intent_index.contains(pattern.after)) {
    std::vector<std::string_view> known;
    context.add_candidates(
        draft.pack.intents, [](const IntentSource& intent) { return std::string_view(intent.id); },
        &known);
    context.error("unknown-intent", pattern.place, context.unknown(pattern.after, known));
  }
  if (const auto contradiction = find_contradiction(pattern.when)) {
    report_unreachable(context, pattern, *contradiction);
  }
}

bool contradict(const FactTest& a, const FactTest& b) {
  if (a.fact != b.fact) return false;
  if (a.compare == Compare::kAbsent) return b.compare != Compare::kAbsent;
  if (a.other != kNoFact || b.other != kNoFact) return false;
  if (a.compare == Compare::kEq && b.compare == Compare::kEq) {
    return a.number != b.number || a.text != b.text;
  }
  if (a.compare == Compare::kEq && b.compare == Compare::kNe) {
    return a.number == b.number && a.text == b.text && a.entity == b.entity;
  }
  if (!a.number || !b.number) return false;
  // a says "at least" or "more than", b "at most" or "less than".
  const bool a_low =
      a.compare == Compare::kGt || a.compare == Compare::kGte || a.compare == Compare::kEq;
  const bool b_high =
      b.compare == Compare::kLt || b.compare == Compare::kLte || b.compare == Compare::kEq;
  if (!a_low || !b_high) return false;
  const bool strict = a.compare == Compare::kGt || b.compare == Compare::kLt;
  return *a.number > *b.number || (strict && *a.number == *b.number);
}

}  // namespace

void report_unknown_slot(ParseContext& context, const std::string& name, const Place& place) {
  if (!context.draft().complete) return;
  std::vector<std::string_view> known;
  for (const EntityKindDef& kind : entity_kinds()) known.push_back(kind.zh);
  context.add_candidates(
      context.pack().entities,
      [](const EntitySource& entity) { return std::string_view(entity.kind); }, &known);
  context.error("unknown-slot", place, context.unknown(name, known));
}

std::optional<Contradiction> find_contradiction(const Condition& condition) {
  if (condition.valid_from && condition.valid_to && *condition.valid_from > *condition.valid_to) {
    return Contradiction{"from 晚于 to", "\"from\" is later than \"to\""};
  }
  if (condition.times_max != 0 && condition.times_min > condition.times_max) {
    return Contradiction{"times 的 min 大于 max", "in \"times\", min is greater than max"};
  }
  constexpr size_t kMaxTests = 64;  // beyond, looking at all pairs would cost a square
  if (condition.facts.size() > kMaxTests) return std::nullopt;
  for (const FactTest& a : condition.facts) {
    for (const FactTest& b : condition.facts) {
      if (contradict(a, b)) {
        return Contradiction{"对同一个事实的要求互相矛盾", "it asks opposite things of one fact"};
      }
    }
  }
  return std::nullopt;
}

void validate_patterns(ParseContext& context, Findings* findings) {
  for (const auto& [name, place] : context.draft().kinds_named) {
    if (!is_kind(context.draft(), name)) report_unknown_slot(context, name, place);
  }
  for (const IntentSource& intent : context.pack().intents) {
    context.rule_id = intent.id;
    std::vector<std::string>& roles = findings->roles.emplace_back();
    for (const PatternSource& pattern : intent.patterns) {
      check_pattern(context, pattern, findings->concepts, &roles);
    }
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  }
  for (const CueSource& cue : context.pack().cues) {
    context.rule_id = cue.id;
    for (const PatternSource& pattern : cue.patterns) {
      check_pattern(context, pattern, findings->concepts, nullptr);
    }
  }
  context.rule_id.clear();
}

}  // namespace xiaoer::rules
