// `scenarios`: conversations that show how the pack behaves.

#include <algorithm>

#include "base/instant.hpp"
#include "rules/parse.hpp"
#include "rules/scenario_checks.hpp"

namespace xiaoer::rules {
namespace {

using json::Type;

// What happens at a step, one of these, in the words of a request; read by read_input.
constexpr std::string_view kInputs[] = {"message", "messages", "event",
                                        "observe", "sent",     "confirm"};
constexpr std::string_view kPrevious = "previous";  // goes along with any
constexpr std::string_view kThenNames[] = {"send", "send_technique", "send_holding", "send_all"};

void read_object(ParseContext& context, const Node& node, json::Value* out) {
  if (expect(context, node, Type::kObject)) *out = *node.value;
}

// Known names of checks: whole ones, and those of groups by their first part.
std::vector<std::string_view> check_names(std::string_view group) {
  std::vector<std::string_view> names;
  for (const CheckRule& rule : kCheckRules) {
    std::string_view name = rule.name;
    if (!group.empty()) {
      if (!name.starts_with(group)) continue;
      name.remove_prefix(group.size());
    }
    name = name.substr(0, name.find('.'));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

bool read_wanted(ParseContext& context, const Node& node, CheckKind kind, ScenarioCheck* check) {
  if (kind == CheckKind::kFound) {
    const auto flag = read_bool(context, node);
    check->texts = {flag.value_or(false) ? "true" : "false"};
    return flag.has_value();
  }
  if (kind == CheckKind::kAtLeast) {
    const auto number = read_number(context, node, 0, 1);
    check->number = number.value_or(0);
    return number.has_value();
  }
  const bool one = kind == CheckKind::kEqual || kind == CheckKind::kPrefix;
  if (one && !node.value->is(Type::kString)) return expect(context, node, Type::kString);
  check->texts = read_plain_texts(context, node, true);
  return !check->texts.empty();
}

// One object of checks; `group` is "" or "text.", "handoff." ...
void read_checks(ParseContext& context, const Node& node, const std::string& group,
                 std::vector<ScenarioCheck>* checks) {
  if (!expect(context, node, Type::kObject)) return;
  for (const json::Member& member : node.value->members) {
    const Node child = node.child(member);
    ScenarioCheck check;
    check.name = group + member.name;
    check.place = child.place();
    if (const CheckRule* rule = find_check(check.name)) {
      if (read_wanted(context, child, rule->kind, &check)) checks->push_back(std::move(check));
    } else if (group.empty() && !check_names(check.name + ".").empty()) {
      read_checks(context, child, check.name + ".", checks);
    } else {
      report_unknown_key(context, node, member, check_names(group));
    }
  }
}

constexpr Field<ScenarioStep> kStepFields[] = {
    {"message", skip_field<ScenarioStep>},
    {"messages", skip_field<ScenarioStep>},
    {"event", skip_field<ScenarioStep>},
    {"observe", skip_field<ScenarioStep>},
    {"sent", skip_field<ScenarioStep>},
    {"confirm", skip_field<ScenarioStep>},
    {kPrevious, skip_field<ScenarioStep>},
    {"after_minutes",
     [](ParseContext& context, const Node& node, ScenarioStep& step) {
       step.after_minutes = read_number(context, node, 0, 1e6).value_or(0);
     }},
    {"facts", [](ParseContext& context, const Node& node,
                 ScenarioStep& step) { read_object(context, node, &step.facts); }},
    {"expect", [](ParseContext& context, const Node& node,
                  ScenarioStep& step) { read_checks(context, node, "", &step.checks); }},
    {"then",
     [](ParseContext& context, const Node& node, ScenarioStep& step) {
       if (auto name = read_name(context, node, kThenNames, 0)) step.then = kThenNames[*name];
     }},
};

// Keeps what makes the request of the step.
void read_input(ParseContext& context, const Node& node, ScenarioStep& step) {
  step.input.type = Type::kObject;
  step.input.position = node.value->position;
  bool told = false;
  for (const json::Member& member : node.value->members) {
    const bool input =
        std::find(std::begin(kInputs), std::end(kInputs), member.name) != std::end(kInputs);
    told = told || input;
    if (input || member.name == kPrevious) step.input.members.push_back(member);
  }
  if (!told) report_missing_key(context, node, "message");
}

void read_steps(ParseContext& context, const Node& node, ScenarioSource& scenario) {
  if (!expect(context, node, Type::kArray)) return;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (!expect(context, item, Type::kObject)) continue;
    ScenarioStep step;
    step.place = item.place();
    read_fields<ScenarioStep>(context, item, kStepFields, step);
    read_input(context, item, step);
    scenario.steps.push_back(std::move(step));
  }
}

constexpr Field<ScenarioSource> kScenarioFields[] = {
    {"id", skip_field<ScenarioSource>},
    {"title",
     [](ParseContext& context, const Node& node, ScenarioSource& scenario) {
       scenario.title = read_text(context, node).value_or("");
     }},
    {"duties",
     [](ParseContext& context, const Node& node, ScenarioSource& scenario) {
       scenario.duties = read_plain_texts(context, node, false);
     }},
    {"facts", [](ParseContext& context, const Node& node,
                 ScenarioSource& scenario) { read_object(context, node, &scenario.facts); }},
    {"now",
     [](ParseContext& context, const Node& node, ScenarioSource& scenario) {
       scenario.now = read_text(context, node).value_or("");
       if (!scenario.now.empty() && !parse_instant(scenario.now)) {
         context.error("bad-time", node.place(), {scenario.now});
       }
     }},
    {"seed",
     [](ParseContext& context, const Node& node, ScenarioSource& scenario) {
       scenario.seed = static_cast<uint64_t>(read_integer(context, node, 0, INT64_MAX).value_or(0));
     }},
    {"steps", read_steps},
};

}  // namespace

void read_scenarios_section(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kArray)) return;
  std::vector<ScenarioSource>& scenarios = context.pack().scenarios;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (!expect(context, item, Type::kObject)) continue;
    const std::optional<std::string> id = read_id(context, item);
    if (!id) continue;
    ScenarioSource scenario;
    scenario.id = *id;
    scenario.level = context.draft().level;
    scenario.place = item.place();
    context.rule_id = *id;
    read_fields<ScenarioSource>(context, item, kScenarioFields, scenario);
    for (const ScenarioSource& other : scenarios) {
      if (other.id != *id || other.level != scenario.level) continue;
      context.error("duplicate-id", scenario.place,
                    {*id, other.place.file, std::to_string(other.place.line)});
    }
    scenarios.push_back(std::move(scenario));
    context.rule_id.clear();
  }
}

}  // namespace xiaoer::rules
