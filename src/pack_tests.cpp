#include "pack_tests.hpp"

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
    const std::string first = first_intent(test.text);
    expect(first == intent.id, test.place, intent.id, {test.text, intent.id, shown(first)});
  }

  void miss(const rules::IntentSource& intent, const rules::ExampleSource& test) {
    const std::string first = first_intent(test.text);
    expect(first != intent.id, test.place, intent.id, {test.text, "not " + intent.id, first});
  }

  void conversation(const rules::PackTestSource& test) {
    const std::string first = first_intent(test.message);
    expect(first == test.intent, test.place, test.intent,
           {test.message, shown(test.intent), shown(first)});
    if (test.decision.empty()) return;
    const std::string decision(name_of(result_.decision));
    expect(decision == test.decision, test.place, test.intent,
           {test.message, test.decision, decision});
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

  std::string first_intent(const std::string& message) {
    Request request;
    request.message = message;
    // A campaign is tested while it runs.
    const rules::Validity& valid = pack_.manifest.valid;
    if (valid.limited()) request.now = reply::Instant{valid.from ? *valid.from : *valid.to, 0};
    if (answer(ruleset_, context_, nullptr, request, &result_) != Status::kOk) return {};
    note_patterns(message);
    if (result_.intents.empty()) return {};
    std::string first(result_.text(result_.intents[0].id));
    for (size_t i = 0; i < pack_.intents.size(); ++i) {
      if (pack_.intents[i].id == first) intent_hit_[i] = true;
    }
    return first;
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

  void expect(bool ok, const Place& place, const std::string& rule,
              std::vector<std::string> message_expected_got) {
    ++(ok ? report_.passed : report_.failed);
    if (!ok) diagnostics_->error("test-failed", place, std::move(message_expected_got), rule);
  }

  const rules::Pack& pack_;
  const Ruleset& ruleset_;
  Diagnostics* diagnostics_;
  Context context_;
  Result result_;
  text::Text text_;
  dialogue::Entities entities_;
  match::MatchScratchPtr scratch_;
  std::vector<bool> intent_hit_, pattern_hit_;
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
  return run.report();
}

}  // namespace xiaoer
