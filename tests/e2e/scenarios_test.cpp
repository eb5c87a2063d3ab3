// The default pack's scenarios: what they expect, and that a conversation can stop and go on.

#include "scenarios.hpp"

#include "e2e/fixture.hpp"
#include "rules/loader.hpp"

namespace xiaoer::test {
namespace {

rules::Pack pack_with(const std::string& scenarios) {
  Diagnostics diagnostics;
  rules::Pack pack;
  EXPECT_TRUE(rules::load_files(
      {{"pack.json", R"({"format": 1, "id": "test", "version": "1.0.0"})"},
       {"all.json", R"({"intents": [{"id": "greet.hi", "title": "问好", "patterns": ["你好"],
         "replies": [{"id": "hi", "variants": ["您好呀", "在的呢"]}]}],
         "scenarios": [)" +
                        scenarios + "]}"}},
      {}, &pack, &diagnostics))
      << shown(diagnostics);
  return pack;
}

// What goes wrong when the scenarios are played, a line each.
std::string played(const std::string& scenarios) {
  const rules::Pack pack = pack_with(scenarios);
  Diagnostics diagnostics;
  const auto ruleset = Ruleset::from_pack(pack, &diagnostics);
  EXPECT_NE(ruleset, nullptr);
  run_scenarios(pack, *ruleset, &diagnostics);
  return shown(diagnostics);
}

std::string problems_of(const std::string& scenario) {
  Diagnostics diagnostics;
  rules::Pack pack;
  rules::load_files({{"pack.json", R"({"format": 1, "id": "test", "version": "1.0.0"})"},
                     {"all.json", R"({"scenarios": [)" + scenario + "]}"}},
                    {}, &pack, &diagnostics);
  return shown(diagnostics);
}

TEST(Scenarios, OfTheDefaultPackHold) {
  Diagnostics diagnostics;
  const ScenarioReport report = run_scenarios(default_pack(), default_ruleset(), &diagnostics);
  EXPECT_EQ(report.failed, 0u) << shown(diagnostics);
}

// Stopped after every step, kept as bytes, and carried on with all else new.
TEST(Scenarios, GoOnFromASnapshotAsIfTheyHadNotStopped) {
  Diagnostics diagnostics;
  for (const rules::ScenarioSource& scenario : default_pack().scenarios) {
    SCOPED_TRACE(scenario.id);
    ScenarioPlayer whole(default_ruleset(), scenario);
    ScenarioPlayer stopped(default_ruleset(), scenario);
    while (!whole.at_end()) {
      const std::string answer = whole.step(&diagnostics);
      EXPECT_EQ(stopped.step(&diagnostics), answer);
      const std::string bytes = stopped.session().snapshot();
      EXPECT_EQ(bytes, whole.session().snapshot());
      dialogue::Session restored;
      ASSERT_TRUE(restored.restore(bytes, nullptr));
      stopped.session() = restored;
    }
  }
}

TEST(Scenarios, TellWhatWasMissed) {
  EXPECT_EQ(played(R"({"id": "a", "steps": [{"message": "你好", "expect": {"intent": "greet.hi",
      "reply": true, "text": {"none": ["{{"]}}, "then": "send"}, {"message": "你好",
      "expect": {"intent": "greet.", "decision": "auto"}}]})"),
            "");
  const std::string problems =
      played(R"({"id": "a", "steps": [{"message": "你好", "expect": {"intent": "greet.bye",
          "reply": false, "text": {"some": ["再见"], "none": ["呀", "呢"]}, "handoff": {"reason": "x"}}}]})");
  for (const char* name : {"intent", "reply", "text.some", "text.none", "handoff.reason"}) {
    EXPECT_NE(problems.find(std::string(name) + " should be"), problems.npos) << problems;
  }
  EXPECT_NE(played(R"({"id": "a", "facts": {"product": {"price": "many"}},
      "steps": [{"message": "你好"}]})")
                .find("scenario-request"),
            std::string::npos);
}

TEST(Scenarios, MergeFactsAndMoveTime) {
  const std::string scenario = R"({"id": "a", "now": "2026-11-21T23:50:00+08:00",
      "facts": {"order": {"id": "1", "state": "placed"}},
      "steps": [{"message": "你好", "expect": {"order_state": "placed"}},
                {"after_minutes": 20, "facts": {"order": {"state": "paid"}}, "message": "你好",
                 "expect": {"order_state": "paid"}},
                {"facts": {"shop": {"name": "小店"}, "order": {"state": "shipped"}}, "message": "你好",
                 "expect": {"order_state": "shipped"}}]})";
  EXPECT_EQ(played(scenario), "");
}

TEST(Scenarios, AreReadStrictly) {
  EXPECT_NE(problems_of(R"({"id": "a", "steps": [{"mesage": "x"}]})").find("message"),
            std::string::npos);
  for (const char* step :
       {R"({"message": "x", "expect": {"intents": "a"}})",
        R"({"message": "x", "expect": {"text": {"any": ["a"]}}})",
        R"({"message": "x", "expect": {"handoff": {"urgency_at_least": 2}}})",
        R"({"message": "x", "then": "sent"})", R"({"message": "x", "after_minutes": -1})"}) {
    EXPECT_NE(problems_of(std::string(R"({"id": "a", "steps": [)") + step + "]}"), "") << step;
  }
  EXPECT_NE(problems_of(R"({"id": "a", "now": "today", "steps": []})").find("bad-time"),
            std::string::npos);
  EXPECT_NE(problems_of(R"({"id": "a", "steps": []}, {"id": "a", "steps": []})").find("duplicate"),
            std::string::npos);
}

}  // namespace
}  // namespace xiaoer::test
