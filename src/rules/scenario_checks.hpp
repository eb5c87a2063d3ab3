#pragma once
// What a step of a scenario can check. Each check looks at places of the result's JSON form
// (docs/jsonl.md), so that a program, the library and a binding read the same files alike.

#include <array>
#include <cstdint>
#include <string_view>

namespace xiaoer::rules {

enum class CheckKind : uint8_t {
  kEqual,     // the one value there
  kPrefix,    // as kEqual; a wanted text ending in '.' is a beginning
  kFound,     // true: there is something; false: nothing
  kEach,      // every wanted text is one of the values
  kNone,      // no wanted text is
  kContains,  // every wanted text occurs in some value
  kLacks,     // no wanted text occurs in any
  kAtLeast,   // the number there
};

struct CheckRule {
  std::string_view name;  // in `expect`; "text.some" is `some` in the object `text`
  std::string_view
      paths;  // members by '/', '*' every item, a number one of them, '|' between paths
  CheckKind kind;
};

inline constexpr auto kCheckRules = std::to_array<CheckRule>({
    {"intent", "intents/0/id", CheckKind::kPrefix},
    {"decision", "decision", CheckKind::kEqual},
    {"stage", "stage", CheckKind::kEqual},
    {"order_state", "order_state", CheckKind::kEqual},
    {"reply", "replies/*/text|handoff/holding_reply/text", CheckKind::kFound},
    {"text.some", "replies/0/text|handoff/holding_reply/text", CheckKind::kContains},
    {"text.none", "replies/*/text|handoff/holding_reply/text|techniques/*/text", CheckKind::kLacks},
    {"techniques.some", "techniques/*/id", CheckKind::kEach},
    {"techniques.none", "techniques/*/id", CheckKind::kNone},
    {"actions.some", "actions/*/action", CheckKind::kEach},
    {"actions.none", "actions/*/action", CheckKind::kNone},
    {"guard", "guard/*/rule", CheckKind::kEach},
    {"handoff.reason", "handoff/reason", CheckKind::kEqual},
    {"handoff.route", "handoff/route", CheckKind::kEqual},
    {"handoff.needs", "handoff/case/needs/*", CheckKind::kEach},
    {"handoff.emotion", "handoff/case/emotion", CheckKind::kEqual},
    {"handoff.urgency_at_least", "handoff/case/urgency", CheckKind::kAtLeast},
    {"handoff.major", "handoff/case/major_why/*/rule", CheckKind::kEach},
    {"handoff.summary", "handoff/case/summary", CheckKind::kContains},
    {"handoff.promises", "handoff/case/promises/*/state", CheckKind::kEach},
    {"guidance.next_step", "guidance/next_step", CheckKind::kContains},
    {"guidance.needs", "guidance/needs/*", CheckKind::kEach},
    {"buyer.emotion", "buyer/emotion", CheckKind::kEqual},
    {"buyer.types", "buyer/types/*/id", CheckKind::kEach},
    {"buyer.psychology", "buyer/psychology/*/id", CheckKind::kEach},
    {"objection", "objection", CheckKind::kEqual},
    {"complaint", "complaint", CheckKind::kEqual},
    {"links", "links/*/url", CheckKind::kEach},
    {"bargain.move", "bargain/move", CheckKind::kEqual},
    {"bargain.offer", "bargain/offer", CheckKind::kEqual},
});

// The rule of that name, or nullptr.
constexpr const CheckRule* find_check(std::string_view name) {
  for (const CheckRule& rule : kCheckRules) {
    if (rule.name == name) return &rule;
  }
  return nullptr;
}

}  // namespace xiaoer::rules
