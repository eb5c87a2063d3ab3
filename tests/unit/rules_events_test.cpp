// Intents for events, cards of the platform, and the settings of the conversation.

#include <gtest/gtest.h>

#include "rules_fixture.hpp"

namespace xiaoer::rules {
namespace {

constexpr const char* kReplies = R"("replies": [{"variants": ["好的"]}])";

Loaded load_intent(const std::string& fields) {
  return load_text(R"({"intents": [{"id": "a", "title": "a", )" + fields + ", " + kReplies + "}]}");
}

TEST(EventIntents, AreReadWithTheirCondition) {
  const Loaded loaded =
      load_intent(R"("event": "order_unpaid", "when": {"first_contact": true, "has": "订单号"})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.codes(), "");  // no patterns are needed, nor tests
  const IntentSource& intent = loaded.pack.intents[0];
  EXPECT_EQ(intent.event, Event::kOrderUnpaid);
  EXPECT_EQ(intent.when.first_contact, true);
  ASSERT_EQ(intent.when.facts.size(), 1u);
}

TEST(EventIntents, NeedNoReplyThatIsAlwaysReady) {
  const Loaded loaded = load_text(R"({"intents": [{"id": "a", "title": "a", "event": "order_paid",
      "replies": [{"when": {"has": "订单号"}, "variants": ["订单{{订单号}}付好了"]}]}]})");
  EXPECT_TRUE(loaded.ok) << loaded.codes();
}

TEST(EventIntents, AnUnknownEventIsToldWithTheNearestName) {
  const Loaded loaded = load_intent(R"("event": "order_unpayed")");
  EXPECT_FALSE(loaded.ok);
  const Diagnostic* found = loaded.find("bad-value");
  ASSERT_NE(found, nullptr) << loaded.codes();
  EXPECT_NE(to_text(*found, Language::kEnglish).find("order_unpaid"), std::string::npos);
}

TEST(EventIntents, AreNoMessages) {
  for (const char* fields : {R"("event": "order_paid", "patterns": ["付款"])",
                             R"("event": "order_paid", "examples": ["付款了"])",
                             R"("event": "order_paid", "system": true)",
                             R"("patterns": ["付款"], "when": {"shop_open": true})",
                             R"("patterns": ["付款"], "system": true, "policy": "handoff")",
                             R"("patterns": ["付款"], "system": true, "objection": "complaint")"}) {
    const Loaded loaded = load_intent(fields);
    EXPECT_FALSE(loaded.ok) << fields;
    EXPECT_NE(loaded.find("conflicting-keys"), nullptr) << fields << loaded.codes();
  }
}

TEST(SystemIntents, NeedNoReplies) {
  const Loaded loaded = load_text(R"({"intents": [{"id": "a", "title": "a", "system": true,
      "patterns": ["对方撤回了一条消息"], "replies": []}]})");
  EXPECT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_TRUE(loaded.pack.intents[0].system);
}

TEST(ConversationSettings, AreReadAndBounded) {
  const Loaded loaded = load_text(R"({"replies": [{"id": "h", "variants": ["同事来看"]},
      {"id": "g", "variants": ["收到"]}],
    "settings": {"conversation": {"bubble_seconds": 5, "takeover_minutes": 0,
      "unhelpful_answers": 3, "unpaid_minutes": 60, "unpaid_reminders": 1, "not_helped": "h",
      "given": ["g"], "asks": {"order_number": ["订单号", "单号"], "picture": "照片"}}}})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.codes(), "");
  const ConversationSettings& read = loaded.pack.settings.conversation;
  EXPECT_EQ(read.bubble_seconds, 5u);
  EXPECT_EQ(read.takeover_minutes, 0u);
  EXPECT_EQ(read.unhelpful_answers, 3u);
  EXPECT_EQ(read.unpaid_minutes, 60u);
  EXPECT_EQ(read.unpaid_reminders, 1u);
  EXPECT_EQ(read.not_helped, std::vector<std::string>{"h"});
  ASSERT_EQ(read.asks.size(), 2u);
  EXPECT_EQ(read.asks[0].second.size(), 2u);
  for (const char* wrong :
       {R"("bubble_seconds": 61)", R"("unhelpful_answers": 0)", R"("unpaid_reminders": 4)",
        R"("takeover_minutes": -1)", R"("not_helped": ["nobody"])", R"("asks": {"orders": "单"})",
        R"("bubbles": 3)", R"("asks": [])"}) {
    const Loaded bad = load_text(R"({"settings": {"conversation": {)" + std::string(wrong) + "}}}");
    EXPECT_FALSE(bad.ok) << wrong;
  }
}

TEST(Events, NamesAndValuesAgree) {
  for (size_t i = 1; i < event_names().size(); ++i) {
    const auto event = find_event(event_names()[i]);
    ASSERT_TRUE(event.has_value());
    EXPECT_EQ(static_cast<size_t>(*event), i);
    EXPECT_EQ(name_of(*event), event_names()[i]);
  }
  EXPECT_EQ(find_event("none"), std::nullopt);
  EXPECT_EQ(find_event("order_unpayed"), std::nullopt);
}

}  // namespace
}  // namespace xiaoer::rules
