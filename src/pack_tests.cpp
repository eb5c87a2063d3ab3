#include "pack_tests.hpp"

#include <memory>
#include <optional>
#include <string>

#include "engine.hpp"
#include "ruleset.hpp"

namespace xiaoer {
namespace {

// Runs single messages and remembers what they reached.
class TestRun {
 public:
  TestRun(const rules::Pack& pack, const Ruleset& ruleset, Diagnostics* diagnostics)
      : pack_(pack), ruleset_(ruleset), diagnostics_(diagnostics) {
    intent_hit_.resize(pack.intents.size());
    // What waits for a confirmation is a matter for scenarios.
    for (const rules::IntentSource& intent : pack.intents) {
      for (const rules::PatternSource& pattern : intent.patterns) {
        pattern_hit_.push_back(pattern.when.done != 0 || pattern.when.failed != 0);
      }
    }
    scratch_ = ruleset.matcher().make_scratch();
  }

  void hit(const rules::IntentSource& intent, const rules::ExampleSource& test) {
    const Answer answer = ask(test.text);
    expect({test.text, intent.id, test.place, test.inherited}, intent.id, shown(answer.first),
           answer, [&](const Answer& given) { return given.first == intent.id; });
  }

  void miss(const rules::IntentSource& intent, const rules::ExampleSource& test) {
    const Answer answer = ask(test.text);
    expect({test.text, intent.id, test.place, test.inherited}, "not " + intent.id, answer.first,
           answer, [&](const Answer& given) { return given.first != intent.id; });
  }

  void conversation(const rules::PackTestSource& test) {
    const Asked asked = {test.message, test.intent, test.place, test.inherited};
    const Answer answer = ask(test.message);
    expect(asked, shown(test.intent), shown(answer.first), answer,
           [&](const Answer& given) { return given.first == test.intent; });
    if (test.decision.empty()) return;
    expect(asked, test.decision, answer.decision, answer,
           [&](const Answer& given) { return given.decision == test.decision; });
  }

  // What waits for a conversation (`when`) can be shown in one only: its words count as well.
  void spoken(const rules::ScenarioStep& step) {
    const json::Value* message = step.input.find("message");
    if (message != nullptr && message->is(json::Type::kString)) note_patterns(message->text);
  }

  PackTestReport report() {
    for (uint32_t i = 0; i < intent_hit_.size(); ++i) {
      const bool heard = pack_.intents[i].event == rules::Event::kNone;
      if (heard && !intent_hit_[i]) report_.intents_not_hit.push_back(i);
    }
    for (uint32_t i = 0; i < pattern_hit_.size(); ++i) {
      if (!pattern_hit_[i]) report_.patterns_not_hit.push_back(i);
    }
    return report_;
  }

 private:
  static std::string shown(const std::string& intent) { return intent.empty() ? "-" : intent; }

  struct Asked {
    const std::string& message;
    const std::string& rule;
    const Place& place;
    bool inherited;
  };
  struct Answer {
    std::string first, decision;
  };

  Answer answer_of(const Ruleset& ruleset, const std::string& message) {
    Request request;
    request.message = message;
    // A campaign is tested while it runs.
    const rules::Validity& valid = pack_.manifest.valid;
    if (valid.limited()) request.now = Instant{valid.from ? *valid.from : *valid.to, 0};
    if (answer(ruleset, context_, nullptr, request, &result_) != Status::kOk) return {};
    Answer given;
    if (!result_.intents.empty()) given.first = result_.text(result_.intents[0].id);
    given.decision = name_of(result_.decision);
    return given;
  }

  Answer ask(const std::string& message) {
    Answer given = answer_of(ruleset_, message);
    note_patterns(message);
    for (size_t i = 0; i < pack_.intents.size(); ++i) {
      if (pack_.intents[i].id == given.first) intent_hit_[i] = true;
    }
    return given;
  }

  // The rules with the disabled intents heard again; null: none is disabled, or they do not
  // compile.
  const Ruleset* whole() {
    if (!whole_) {
      whole_.emplace();
      rules::Pack pack = pack_;
      pack.intents.insert(pack.intents.end(), pack.disabled.begin(), pack.disabled.end());
      Diagnostics ignored;
      if (!pack.disabled.empty()) *whole_ = Ruleset::from_pack(pack, &ignored);
    }
    return whole_->get();
  }

  void note_patterns(const std::string& message) {
    if (text::normalise(message, text_) != text::NormaliseStatus::kOk) return;
    ruleset_.matcher().scan(text_, scratch_.get());
    ruleset_.entities().find(text_, ruleset_.matcher().dictionary_hits(*scratch_), &entities_);
    ruleset_.matcher().verify(text_, entities_, scratch_.get());
    for (const match::PatternHit& hit : ruleset_.matcher().hits(*scratch_)) {
      pattern_hit_[hit.pattern] = true;
    }
  }

  template <class Passes>
  void expect(const Asked& asked, const std::string& expected, const std::string& got,
              const Answer& given, const Passes& passes) {
    if (passes(given)) {
      ++report_.passed;
    } else if (asked.inherited && whole() != nullptr &&
               passes(answer_of(*whole(), asked.message))) {
      ++report_.set_aside;
    } else {
      ++report_.failed;
      diagnostics_->error("test-failed", asked.place, {asked.message, expected, got}, asked.rule);
    }
  }

  const rules::Pack& pack_;
  const Ruleset& ruleset_;
  Diagnostics* diagnostics_;
  Context context_;
  Result result_;
  text::Text text_;
  entities::Entities entities_;
  match::MatchScratchPtr scratch_;
  std::vector<bool> intent_hit_, pattern_hit_;
  std::optional<std::shared_ptr<const Ruleset>> whole_;  // nothing: not needed yet
  PackTestReport report_;
};

}  // namespace

PackTestReport run_pack_tests(const rules::Pack& pack, const Ruleset& ruleset,
                              Diagnostics* diagnostics) {
  TestRun run(pack, ruleset, diagnostics);
  for (const rules::IntentSource& intent : pack.intents) {
    for (const rules::ExampleSource& test : intent.hits) run.hit(intent, test);
    for (const rules::ExampleSource& test : intent.misses) run.miss(intent, test);
  }
  for (const rules::PackTestSource& test : pack.tests) run.conversation(test);
  for (const rules::ScenarioSource& scenario : pack.scenarios) {
    for (const rules::ScenarioStep& step : scenario.steps) run.spoken(step);
  }
  return run.report();
}

}  // namespace xiaoer
