#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reply_fixture.hpp"

namespace xiaoer::reply {
namespace {

using rules::Technique;
using test::Desk;
using test::facts_of;
using test::PackBuilder;

constexpr const char* kMorning = "2026-11-21T10:00:00+08:00";
constexpr Technique kAll[] = {Technique::kScarcity,     Technique::kDeadline,
                              Technique::kFastDelivery, Technique::kEitherOr,
                              Technique::kHelpChoose,   Technique::kCounterQuestion,
                              Technique::kRecommend,    Technique::kCrossSell};

// Every technique has a wording that needs nothing; intents: 0 hesitate.think (all techniques), 1
// stock.ask (all), 2 complaint.angry, 3 hesitate.refuse, 4 price.ask (its reply needs a price), 5
// after.return (all), 6 human.call.
PackBuilder shop() {
  PackBuilder builder;
  for (const Technique technique : kAll) {
    const std::string name(rules::name_of(technique));
    builder.technique(technique, "t." + name, "话术 " + name);
  }
  builder.reply("r", {"好的呢"});
  builder.reply("priced", {"{{价格}}元"});
  const std::vector<Technique> all(std::begin(kAll), std::end(kAll));
  builder.intent("hesitate.think", {"r"}).techniques = all;
  builder.intent("stock.ask", {"r"}).techniques = all;
  builder.intent("complaint.angry", {"r"}).techniques = all;
  builder.intent("hesitate.refuse", {"r"}).techniques = all;
  builder.intent("price.ask", {"priced"}).techniques = all;
  builder.intent("after.return", {"r"}).techniques = all;
  builder.intent("human.call", {"r"}).techniques = all;
  builder.pack.settings.max_techniques = 8;
  return builder;
}

bool offers(const std::string& facts, std::string_view technique, const char* now = kMorning,
            uint32_t intent = 0) {
  Desk desk(shop().pack);
  desk.facts = facts_of(facts);
  if (now != nullptr) desk.at(now);
  desk.answer({{intent, 0.9f}});
  for (const std::string& name : desk.techniques()) {
    if (name == technique) return true;
  }
  return false;
}

TEST(Technique, NothingIsOfferedWithoutFacts) {
  Desk desk(shop().pack);
  desk.at(kMorning);
  for (uint32_t intent = 0; intent < 7; ++intent) {
    EXPECT_TRUE(desk.answer({{intent, 0.9f}}).techniques.empty()) << intent;
  }
  desk.facts = facts_of(R"({"product": {"price": 299}})");
  for (uint32_t intent = 0; intent < 7; ++intent) {
    EXPECT_TRUE(desk.answer({{intent, 0.9f}}).techniques.empty()) << intent;
  }
}

TEST(Technique, ScarcityNeedsLowStock) {
  EXPECT_TRUE(offers(R"({"product": {"stock": 10}})", "scarcity"));
  EXPECT_FALSE(offers(R"({"product": {"stock": 11}})", "scarcity"));
  EXPECT_FALSE(offers(R"({"product": {"stock": 0}})", "scarcity"));
  EXPECT_TRUE(offers(R"({"product": {"stock": 20, "scarcity_at": 20}})", "scarcity"));
  EXPECT_FALSE(offers(R"({"product": {"stock": 5, "scarcity_at": 4}})", "scarcity"));
}

TEST(Technique, DeadlineNeedsARunningPromotionAndNow) {
  const std::string open = R"({"promotion": {"ends": "2026-11-25T23:59:59+08:00"}})";
  EXPECT_TRUE(offers(open, "deadline"));
  EXPECT_FALSE(offers(open, "deadline", nullptr));
  EXPECT_FALSE(offers(open, "deadline", "2026-11-26T00:00:00+08:00"));
  const std::string later =
      R"({"promotion": {"starts": "2026-11-22T00:00:00+08:00", "ends": "2026-11-25T23:59:59+08:00"}})";
  EXPECT_FALSE(offers(later, "deadline"));
  EXPECT_TRUE(offers(later, "deadline", "2026-11-22T00:00:00+08:00"));
  EXPECT_FALSE(offers(R"({"promotion": {"name": "节"}})", "deadline"));
}

TEST(Technique, FastDeliveryNeedsATime) {
  EXPECT_TRUE(offers(R"({"shop": {"cutoff": "16:00"}})", "fast_delivery"));
  EXPECT_TRUE(offers(R"({"shop": {"ship_within_hours": 48}})", "fast_delivery"));
  EXPECT_TRUE(offers(R"({"product": {"lead_days": 3}})", "fast_delivery"));
  EXPECT_FALSE(offers(R"({"shop": {"carriers": ["甲"]}})", "fast_delivery"));
}

TEST(Technique, ChoicesNeedTwoOptions) {
  const std::string two =
      R"({"product": {"variants": [{"name": "红", "stock": 1}, {"name": "蓝", "stock": 1}]}})";
  const std::string one =
      R"({"product": {"variants": [{"name": "红", "stock": 1}, {"name": "蓝", "stock": 0}]}})";
  EXPECT_TRUE(offers(two, "either_or"));
  EXPECT_FALSE(offers(one, "either_or"));
  EXPECT_TRUE(offers(two, "help_choose"));
  EXPECT_FALSE(offers(one, "help_choose"));
  EXPECT_TRUE(offers(R"({"product": {"sizes": [{"name": "M"}, {"name": "L"}]}})", "help_choose"));
  EXPECT_FALSE(offers(R"({"product": {"sizes": [{"name": "M"}]}})", "help_choose"));
}

TEST(Technique, ACounterQuestionAnswersAQuestionForStock) {
  const std::string facts = R"({"product": {"variants": [{"name": "红", "stock": 1}]}})";
  EXPECT_TRUE(offers(facts, "counter_question", kMorning, 1));
  EXPECT_FALSE(offers(facts, "counter_question", kMorning, 0));
  EXPECT_FALSE(offers(R"({"product": {"stock": 5}})", "counter_question", kMorning, 1));
}

TEST(Technique, RecommendNeedsTwoItemsWithReasons) {
  EXPECT_TRUE(offers(
      R"({"product": {"related": [{"name": "甲", "reason": "轻"}, {"name": "乙", "reason": "稳"}]}})",
      "recommend"));
  EXPECT_FALSE(
      offers(R"({"product": {"related": [{"name": "甲", "reason": "轻"}, {"name": "乙"}]}})",
             "recommend"));
  EXPECT_FALSE(offers(
      R"({"product": {"related": [{"name": "甲", "reason": "轻"}, {"name": "乙", "reason": "稳", "stock": 0}]}})",
      "recommend"));
}

TEST(Technique, CrossSellNeedsARelatedItemOrTheGap) {
  EXPECT_TRUE(offers(R"({"product": {"related": [{"name": "甲"}]}})", "cross_sell"));
  EXPECT_FALSE(offers(R"({"product": {"related": [{"name": "甲", "stock": 0}]}})", "cross_sell"));
  EXPECT_TRUE(offers(R"({"product": {"price": 9}, "promotion": {"threshold": 20, "reduction": 2}})",
                     "cross_sell"));
  EXPECT_FALSE(
      offers(R"({"product": {"price": 29}, "promotion": {"threshold": 20, "reduction": 2}})",
             "cross_sell"));
}

TEST(Technique, IsOrderedByTheIntentAndLimitedBySettings) {
  PackBuilder builder = shop();
  builder.pack.intents[0].techniques = {Technique::kCrossSell, Technique::kScarcity,
                                        Technique::kFastDelivery};
  builder.pack.settings.max_techniques = 2;
  Desk desk(builder.pack);
  desk.facts = facts_of(
      R"({"product": {"stock": 9, "related": [{"name": "甲"}]}, "shop": {"ship_within_hours": 24}})");
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.techniques(), (std::vector<std::string>{"cross_sell", "scarcity"}));
  EXPECT_GT(desk.result.techniques[0].score, desk.result.techniques[1].score);
}

TEST(Technique, DoesNotRepeatWhatTheReplySaid) {
  PackBuilder builder;
  builder.technique(Technique::kScarcity, "t.left", "还有{{库存}}件");
  builder.reply("r", {"现在有{{库存}}件"});
  builder.intent("hesitate.think", {"r"}).techniques = {Technique::kScarcity};
  const auto facts = facts_of(R"({"product": {"stock": 4, "name": "茶杯"}})");
  Desk repeated(builder.pack);
  repeated.facts = facts;
  EXPECT_TRUE(repeated.answer({{0, 0.9f}}).techniques.empty());
  builder.pack.replies.back().variants[0].text = "您慢慢看";
  Desk fresh(builder.pack);
  fresh.facts = facts;
  EXPECT_EQ(fresh.answer({{0, 0.9f}}).techniques.size(), 1u);
}

TEST(Technique, NobodyIsPushedOnAGuess) {
  Desk desk(shop().pack);
  desk.facts = facts_of(R"({"product": {"stock": 4}})");
  EXPECT_TRUE(desk.answer({{0, 0.45f}}).techniques.empty());
  EXPECT_FALSE(desk.answer({{0, 0.55f}}).techniques.empty());
}

TEST(Technique, SaysWhy) {
  Desk desk(shop().pack);
  dialogue::Session session;
  desk.situation.session = &session;
  desk.facts = facts_of(R"({"product": {"stock": 4}})");
  desk.answer({{0, 0.9f}});
  ASSERT_EQ(desk.result.techniques.size(), 1u);
  const TechniqueItem& item = desk.result.techniques[0];
  EXPECT_EQ(desk.result.text(item.id), "t.scarcity");
  EXPECT_TRUE(desk.explains(item.why, "intent", "hesitate.think"));
  EXPECT_TRUE(desk.explains(item.why, "fact", "product.stock=4"));
  EXPECT_TRUE(desk.explains(item.why, "wording", "why t.scarcity"));
  ASSERT_FALSE(desk.scratch.pending.empty());
  EXPECT_EQ(desk.scratch.pending.back().technique, Technique::kScarcity);
}

TEST(Technique, IsGuardedLikeAReply) {
  PackBuilder builder = shop();
  builder.pack.replies[0].variants[0].text = "只剩3件";
  Desk desk(builder.pack);
  desk.facts = facts_of(R"({"product": {"stock": 4}})");
  desk.answer({{0, 0.9f}});
  EXPECT_TRUE(desk.result.techniques.empty());
  EXPECT_EQ(desk.refused(), "unsupported-number");
}

TEST(Technique, NoneAtAWrongMoment) {
  Desk desk(shop().pack);
  desk.facts = facts_of(R"({"product": {"stock": 4}})");
  EXPECT_FALSE(desk.answer({{0, 0.9f}}).techniques.empty());
  EXPECT_TRUE(desk.answer({{2, 0.9f}}).techniques.empty()) << "complaint";
  EXPECT_TRUE(desk.answer({{0, 0.9f}, {2, 0.6f}}).techniques.empty()) << "complaint beside";
  EXPECT_TRUE(desk.answer({{3, 0.9f}}).techniques.empty()) << "refusal";
  EXPECT_TRUE(desk.answer({{4, 0.9f}}).techniques.empty()) << "open question";
  EXPECT_TRUE(desk.answer({{0, 0.9f}, {4, 0.8f}}).techniques.empty()) << "open question beside";
  EXPECT_TRUE(desk.answer({{5, 0.9f}}).techniques.empty()) << "after-sales";
  EXPECT_TRUE(desk.answer({{6, 0.9f}}).techniques.empty()) << "wants a person";
  EXPECT_TRUE(desk.answer({}).techniques.empty());
}

TEST(Technique, NoneOnceTheBuyerRefused) {
  Desk desk(shop().pack);
  desk.facts = facts_of(R"({"product": {"stock": 4}})");
  dialogue::Session session;
  desk.situation.session = &session;
  EXPECT_FALSE(desk.answer({{0, 0.9f}}).techniques.empty());
  dialogue::Turn turn;
  turn.intents[0] = stable_hash("hesitate.refuse");
  session.buyer_turn(turn);
  session.buyer_turn({});
  EXPECT_TRUE(desk.answer({{0, 0.9f}}).techniques.empty());
}

// Sends the technique at `index` of the last answer.
void send(const Desk& desk, dialogue::Session* session, size_t index) {
  session->buyer_turn({});
  for (const dialogue::PendingReply& pending : desk.scratch.pending) session->add_pending(pending);
  const std::string_view text = desk.result.text(desk.result.techniques[index].text);
  ASSERT_TRUE(session->sent(stable_hash(text), 0));
}

TEST(Technique, PushesAreBudgetedSpacedAndNotRepeated) {
  Desk desk(shop().pack);
  desk.facts = facts_of(
      R"({"product": {"stock": 4, "related": [{"name": "甲"}]}, "shop": {"ship_within_hours": 24}})");
  dialogue::Session session;
  desk.situation.session = &session;
  desk.answer({{0, 0.9f}});
  ASSERT_EQ(desk.techniques().size(), 3u);
  const std::string first = desk.techniques()[0];
  send(desk, &session, 0);
  EXPECT_TRUE(desk.answer({{0, 0.9f}}).techniques.empty()) << "one push a hesitation";
  session.buyer_turn({});
  desk.answer({{0, 0.9f}});
  ASSERT_EQ(desk.techniques().size(), 2u);
  for (const std::string& name : desk.techniques()) EXPECT_NE(name, first);
  send(desk, &session, 0);
  session.buyer_turn({});
  session.buyer_turn({});
  EXPECT_TRUE(desk.answer({{0, 0.9f}}).techniques.empty()) << "budget spent";
}

}  // namespace
}  // namespace xiaoer::reply
