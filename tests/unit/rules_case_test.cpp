// `buyer`, `case`, and what intents say of cases: read, checked, overlaid.

#include <gtest/gtest.h>

#include "rules_fixture.hpp"

namespace xiaoer::rules {
namespace {

std::string with_intent(const std::string& fields, const std::string& sections = "") {
  return R"({"intents": [{"id": "a.b", "patterns": ["发货"], "replies": [{"id": "r", "variants": ["好的"]}])" +
         fields + "}]" + sections + "}";
}

TEST(Cues, AreRead) {
  const Loaded loaded = load_text(with_intent("", R"(, "buyer": [
      {"id": "x", "emotion": "angry", "points": 0.7, "phrases": ["气死", {"phrase": "火大", "not": ["不火大"]}],
       "intents": ["a"]},
      {"id": "y", "psychology": "fear", "intents": "a.b"},
      {"id": "z", "major": "law", "phrases": ["律师"]}])"));
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  const auto& cues = loaded.pack.cues;
  ASSERT_EQ(cues.size(), 3u);
  EXPECT_EQ(cues[0].shows, CueSource::Shows::kEmotion);
  EXPECT_EQ(cues[0].value, static_cast<uint8_t>(Emotion::kAngry));
  EXPECT_EQ(cues[0].points, 0.7);
  EXPECT_EQ(cues[0].patterns.size(), 2u);
  EXPECT_EQ(cues[1].shows, CueSource::Shows::kTrait);
  EXPECT_EQ(static_cast<Trait>(cues[1].value), Trait::kFear);
  EXPECT_EQ(static_cast<Major>(cues[2].value), Major::kLaw);
}

TEST(Cues, ProblemsAreTold) {
  EXPECT_EQ(load_text(with_intent("", R"(, "buyer": [{"id": "x", "phrases": ["气死"]}])")).codes(),
            "missing-key");
  EXPECT_EQ(load_text(with_intent("", R"(, "buyer": [{"id": "x", "emotion": "cross"}])")).codes(),
            "bad-value");
  EXPECT_EQ(
      load_text(with_intent("", R"(, "buyer": [{"id": "x", "emotion": "angry", "major": "law"}])"))
          .codes(),
      "conflicting-keys");
  EXPECT_EQ(load_text(with_intent("", R"(, "buyer": [{"id": "x", "emotion": "angry",
      "phrases": [{"phrase": "气", "when": {"shop_open": true}}]}])"))
                .codes(),
            "cue-with-condition");
  EXPECT_EQ(load_text(with_intent(
                          "", R"(, "buyer": [{"id": "x", "emotion": "angry", "intents": "none"}])"))
                .codes(),
            "unknown-intent");
  EXPECT_EQ(load_variants("\"好\"", R"({"after": "none"})").codes(), "unknown-intent");
  EXPECT_EQ(load_text(with_intent("", R"(, "buyer": [{"id": "x", "emotion": "angry",
      "phrases": ["<没有>"]}])"))
                .codes(),
            "unknown-concept");
  EXPECT_EQ(load_text(with_intent("", R"(, "buyer": {})")).codes(), "wrong-type");
}

TEST(Actions, AreRead) {
  const Loaded loaded = load_text(with_intent(R"(, "next_step": "先问", "wish": "退款",
      "holding": ["r"], "actions": [{"action": "refund", "when": {"order_state": "paid"},
       "arguments": {"amount": ["{金额}", "订单金额"], "why": "原话", "picture": "@a"}},
       {"action": "remark", "requires_person": false}])"));
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  const IntentSource& intent = loaded.pack.intents[0];
  EXPECT_EQ(intent.next_step, "先问");
  EXPECT_EQ(intent.wish, "退款");
  ASSERT_EQ(intent.actions.size(), 2u);
  EXPECT_TRUE(intent.actions[0].requires_person);
  EXPECT_FALSE(intent.actions[1].requires_person);
  const auto& arguments = intent.actions[0].arguments;
  ASSERT_EQ(arguments.size(), 3u);
  EXPECT_EQ(arguments[0].sources[0].kind, ValueSource::Kind::kEntity);
  EXPECT_EQ(arguments[0].sources[0].name, "金额");
  EXPECT_EQ(arguments[0].sources[1].kind, ValueSource::Kind::kFact);
  EXPECT_EQ(arguments[1].sources[0].kind, ValueSource::Kind::kWords);
  EXPECT_EQ(arguments[2].sources[0].kind, ValueSource::Kind::kIntent);
}

TEST(Actions, ProblemsAreTold) {
  const auto codes = [](const std::string& action) {
    return load_text(with_intent(R"(, "actions": [)" + action + "]")).codes();
  };
  EXPECT_EQ(codes(R"({"action": "refund", "requires_person": false})"), "action-needs-person");
  EXPECT_EQ(codes(R"({"action": "fly"})"), "bad-value");
  EXPECT_EQ(codes("{}"), "missing-key");
  EXPECT_EQ(codes(R"({"action": "remark", "arguments": {"x": "没有的事实"}})"), "unknown-fact");
  EXPECT_EQ(codes(R"({"action": "remark", "arguments": {"x": "{没有}"}})"), "unknown-slot");
  EXPECT_EQ(codes(R"({"action": "remark", "arguments": {"x": "@none"}})"), "unknown-intent");
  EXPECT_EQ(load_text(with_intent(R"(, "holding": ["none"])")).codes(), "unknown-reply");
}

TEST(CaseSection, IsReadAndOverlaid) {
  const Loaded loaded = load_text(with_intent("", R"(, "case": {"next_step": "接着办",
      "summary": ["{{情绪}}的买家", ",订单{{订单号}}"], "names": {"angry": "生气"},
      "facts": ["订单号", "订单金额"],
      "known_by": [{"words": "订单号", "from": ["订单号", "{订单号}"]}],
      "large_customer": [{"facts": {"历史单数": {"gte": 50}}}], "large_amount": 1000})"));
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  const CaseSource& record = loaded.pack.case_record;
  EXPECT_EQ(record.summary.size(), 2u);
  EXPECT_EQ(record.facts.size(), 2u);
  EXPECT_EQ(record.known_by[0].sources.size(), 2u);
  EXPECT_EQ(record.large_amount, Decimal::of(1000));
}

TEST(CaseSection, ProblemsAreTold) {
  const auto codes = [](const std::string& record) {
    return load_text(with_intent("", R"(, "case": )" + record)).codes();
  };
  EXPECT_EQ(codes(R"({"summary": ["{{没有}}"]})"), "unknown-fact");
  EXPECT_EQ(codes(R"({"summary": ["{{底价}}"]})"), "secret-variable");
  EXPECT_EQ(codes(R"({"summary": ["{{情绪"]})"), "template-unclosed");
  EXPECT_EQ(codes(R"({"facts": ["没有"]})"), "unknown-fact");
  EXPECT_EQ(codes(R"({"known_by": [{"words": "x"}]})"), "missing-key");
  EXPECT_EQ(codes(R"({"large_amount": 0})"), "out-of-range");
}

}  // namespace
}  // namespace xiaoer::rules
