#include "scenarios.hpp"

#include <algorithm>
#include <charconv>

#include "base/image.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "rules/scenario_checks.hpp"
#include "ruleset.hpp"
#include "wire.hpp"

namespace xiaoer {
namespace {

using json::Type;
using rules::CheckKind;
using rules::CheckRule;
using rules::ScenarioCheck;
using rules::ScenarioStep;

// RFC 7386: null removes a member, an object merges into an object, all else replaces.
void merge(const json::Value& patch, json::Value* target) {
  if (!patch.is(Type::kObject)) {
    *target = patch;
    return;
  }
  if (!target->is(Type::kObject)) {
    *target = json::Value();
    target->type = Type::kObject;
  }
  for (const json::Member& change : patch.members) {
    auto& members = target->members;
    const auto found = std::find_if(members.begin(), members.end(), [&](const json::Member& own) {
      return own.name == change.name;
    });
    if (change.value.is(Type::kNull)) {
      if (found != members.end()) members.erase(found);
    } else if (found != members.end()) {
      merge(change.value, &found->value);
    } else {
      members.push_back({change.name, change.position, {}});
      merge(change.value, &members.back().value);
    }
  }
}

// The values at a path: "replies/*/text", "intents/0/id".
void collect(const json::Value& value, std::string_view path, std::vector<std::string>* found) {
  if (path.empty()) {
    if (value.is(Type::kString) || value.is(Type::kNumber)) found->push_back(value.text);
    return;
  }
  const size_t slash = std::min(path.find('/'), path.size());
  const std::string_view head = path.substr(0, slash);
  const std::string_view rest = path.substr(std::min(slash + 1, path.size()));
  if (value.is(Type::kArray)) {
    size_t index = 0;
    const bool all = head == "*";
    if (!all) std::from_chars(head.data(), head.data() + head.size(), index);
    for (size_t i = 0; i < value.items.size(); ++i) {
      if (all || i == index) collect(value.items[i], rest, found);
    }
  } else if (const json::Value* member = value.find(head)) {
    collect(*member, rest, found);
  }
}

std::vector<std::string> values_of(const json::Value& answer, std::string_view paths) {
  std::vector<std::string> found;
  while (!paths.empty()) {
    const size_t bar = std::min(paths.find('|'), paths.size());
    collect(answer, paths.substr(0, bar), &found);
    paths.remove_prefix(std::min(bar + 1, paths.size()));
  }
  return found;
}

bool matches(const std::string& wanted, const std::string& value, CheckKind kind) {
  if (kind == CheckKind::kContains || kind == CheckKind::kLacks) {
    return value.find(wanted) != value.npos;
  }
  if (kind == CheckKind::kPrefix && wanted.ends_with('.')) return value.starts_with(wanted);
  return value == wanted;
}

bool holds(const ScenarioCheck& check, CheckKind kind, const std::vector<std::string>& values) {
  const auto is_there = [&](const std::string& wanted) {
    return std::any_of(values.begin(), values.end(),
                       [&](const std::string& value) { return matches(wanted, value, kind); });
  };
  switch (kind) {
    case CheckKind::kFound:
      return (check.texts[0] == "true") != values.empty();
    case CheckKind::kAtLeast:
      return !values.empty() && std::strtod(values[0].c_str(), nullptr) >= check.number;
    case CheckKind::kNone:
    case CheckKind::kLacks:
      return std::none_of(check.texts.begin(), check.texts.end(), is_there);
    default:
      return std::all_of(check.texts.begin(), check.texts.end(), is_there);
  }
}

std::string listed(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out.append(out.empty() ? "" : " / ").append(text);
  return out.empty() ? "-" : out;
}

std::string wanted_text(const ScenarioCheck& check, CheckKind kind) {
  if (kind != CheckKind::kAtLeast) return listed(check.texts);
  std::string text;
  json::Writer(&text).value(check.number);
  return text;
}

}  // namespace

ScenarioPlayer::ScenarioPlayer(const Ruleset& ruleset, const rules::ScenarioSource& scenario)
    : ruleset_(ruleset),
      scenario_(scenario),
      facts_(scenario.facts),
      now_(parse_instant(scenario.now)) {}

void ScenarioPlayer::fail(const char* code, const Place& place, std::vector<std::string> args,
                          Diagnostics* diagnostics) const {
  args.insert(args.begin(), {scenario_.id, std::to_string(next_)});
  diagnostics->error(code, place, std::move(args), scenario_.id);
}

const std::string& ScenarioPlayer::step(Diagnostics* diagnostics) {
  const ScenarioStep& step = scenario_.steps[next_++];
  answer_.clear();
  result_.clear();
  if (!step.facts.is(Type::kNull)) merge(step.facts, &facts_);
  if (now_) now_->seconds += static_cast<int64_t>(step.after_minutes * 60);
  play(step, diagnostics);
  json::Value answer;
  Diagnostics unread;
  json::read(answer_, "answer", {}, &answer, &unread);
  for (const ScenarioCheck& check : step.checks) {
    const CheckRule* rule = rules::find_check(check.name);
    const std::vector<std::string> values = values_of(answer, rule->paths);
    if (holds(check, rule->kind, values)) continue;
    fail("scenario-failed", check.place,
         {check.name, wanted_text(check, rule->kind), listed(values)}, diagnostics);
  }
  tell_sent(step);
  return answer_;
}

void ScenarioPlayer::play(const ScenarioStep& step, Diagnostics* diagnostics) {
  json::Value request = step.input;
  if (facts_.is(Type::kObject)) request.members.push_back({"facts", {}, facts_});
  std::string line;
  json::Writer(&line).value(request);
  Diagnostics problems;
  wire::RequestDocument document;
  if (wire::read_request(line, &document, &problems)) {
    document.now = now_;
    document.seed = scenario_.seed;
    const wire::Desk desk = {ruleset_, context_, &session_};
    const size_t most = wire::serve(document, desk, &result_, &verdict_, &answer_);
    if (most == 0) return;
    problems.error("message-too-long", step.place, {std::to_string(most)});
  }
  fail("scenario-request", step.place,
       {to_text(problems.list().front(), Language::kChinese),
        to_text(problems.list().front(), Language::kEnglish)},
       diagnostics);
}

void ScenarioPlayer::tell_sent(const ScenarioStep& step) {
  const int64_t at = now_ ? now_->seconds : 0;
  const bool all = step.then == "send_all";
  if ((all || step.then == "send") && !result_.replies.empty()) {
    session_.sent(stable_hash(result_.text(result_.replies[0].text)), at);
  }
  if ((all || step.then == "send_technique") && !result_.techniques.empty()) {
    session_.sent(stable_hash(result_.text(result_.techniques[0].text)), at);
  }
  if ((all || step.then == "send_holding") && result_.handoff.holding.size > 0) {
    session_.sent(stable_hash(result_.text(result_.handoff.holding)), at);
  }
}

ScenarioReport run_scenarios(const rules::Pack& pack, const Ruleset& ruleset,
                             Diagnostics* diagnostics) {
  ScenarioReport report;
  for (const rules::ScenarioSource& scenario : pack.scenarios) {
    const size_t before = diagnostics->error_count();
    ScenarioPlayer player(ruleset, scenario);
    while (!player.at_end()) player.step(diagnostics);
    ++(diagnostics->error_count() == before ? report.passed : report.failed);
  }
  return report;
}

}  // namespace xiaoer
