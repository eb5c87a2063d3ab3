#pragma once
// Plays the scenarios of a pack: conversations told step by step, each step with what it must show.

#include <cstdint>
#include <string>

#include "base/diagnostic.hpp"
#include "base/instant.hpp"
#include "engine.hpp"
#include "rules/pack.hpp"

namespace xiaoer {

// One scenario being played. Borrows the ruleset and the scenario.
class ScenarioPlayer {
 public:
  ScenarioPlayer(const Ruleset& ruleset, const rules::ScenarioSource& scenario);

  bool at_end() const { return next_ == scenario_.steps.size(); }
  // Plays the next step and tells the session what its `then` says was sent. Gives the answer in
  // its JSON form (docs/jsonl.md). Facts that cannot be read, and whatever the step wants
  // and the answer does not show, become errors at their place.
  const std::string& step(Diagnostics* diagnostics);

  dialogue::Session& session() { return session_; }

 private:
  void play(const rules::ScenarioStep& step, Diagnostics* diagnostics);
  void tell_sent(const rules::ScenarioStep& step);
  void fail(const char* code, const Place& place, std::vector<std::string> args,
            Diagnostics* diagnostics) const;

  const Ruleset& ruleset_;
  const rules::ScenarioSource& scenario_;
  size_t next_ = 0;
  json::Value facts_;
  std::optional<Instant> now_;
  Context context_;
  dialogue::Session session_;
  Result result_;
  Verdict verdict_;
  std::string answer_;
};

struct ScenarioReport {
  uint32_t passed = 0;
  uint32_t failed = 0;
};

// Plays all scenarios of the pack.
ScenarioReport run_scenarios(const rules::Pack& pack, const Ruleset& ruleset,
                             Diagnostics* diagnostics);

}  // namespace xiaoer
