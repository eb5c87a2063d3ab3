#include <gtest/gtest.h>

#include <string>

#include "reply_fixture.hpp"

namespace xiaoer::reply {
namespace {

using rules::Objection;
using rules::Policy;
using test::Desk;
using test::facts_of;
using test::PackBuilder;

// 0: price.ask with a plain reply and one by price; 1: complaint.report; settings with fallback and
// holding.
PackBuilder shop() {
  PackBuilder builder;
  builder.reply("plain", {"您说的我记下来了"});
  builder.reply("priced", {"页面是{{价格}}元"});
  builder.has(builder.pack.replies[1], "价格");
  builder.intent("price.ask", {"plain", "priced"});
  rules::IntentSource& complaint = builder.intent("complaint.report", {"plain"});
  complaint.policy = Policy::kHandoff;
  complaint.objection = Objection::kComplaint;
  complaint.route = rules::Route::kComplaints;
  complaint.needs = {"订单号", "照片"};
  builder.reply("fallback", {"您再说说"});
  builder.reply("holding", {"我转给同事核实"});
  builder.pack.settings.fallback = {"fallback"};
  builder.pack.settings.holding = {"holding"};
  return builder;
}

Decision decision(const PackBuilder& builder, float score, const std::string& facts = "{}") {
  Desk desk(builder.pack);
  desk.facts = facts_of(facts);
  return desk.answer({{0, score}}).decision;
}

TEST(Decide, AutoNeedsConfidence) {
  EXPECT_EQ(decision(shop(), 0.85f), Decision::kAuto);
  EXPECT_EQ(decision(shop(), 0.84f), Decision::kSuggest);
}

TEST(Decide, NothingGoesOutByItselfAfterThePromisedTime) {
  Desk desk(shop().pack);
  desk.facts = facts_of(
      R"({"order": {"id": "1", "state": "paid", "promised_ship_at": "2026-11-20T10:00:00+08:00"}})");
  desk.at("2026-11-20T09:00:00+08:00");
  EXPECT_EQ(desk.answer({{0, 0.95f}}).decision, Decision::kAuto);
  desk.at("2026-11-20T11:00:00+08:00");
  EXPECT_EQ(desk.answer({{0, 0.95f}}).decision, Decision::kSuggest);
}

TEST(Decide, ThePolicyOfTheIntentHolds) {
  PackBuilder builder = shop();
  builder.pack.intents[0].policy = Policy::kSuggest;
  EXPECT_EQ(decision(builder, 0.95f), Decision::kSuggest);
  builder.pack.intents[0].policy = Policy::kHandoff;
  EXPECT_EQ(decision(builder, 0.95f), Decision::kHandoff);
}

TEST(Decide, DoubtsGoOutWithTheirProofOnly) {
  for (const Objection objection : {Objection::kDoubt, Objection::kMisunderstanding}) {
    PackBuilder builder = shop();
    builder.pack.intents[0].objection = objection;
    EXPECT_EQ(decision(builder, 0.95f), Decision::kSuggest);
    EXPECT_EQ(decision(builder, 0.95f, R"({"product": {"price": 3}})"), Decision::kAuto);
  }
}

TEST(Decide, NamesProveNothing) {
  PackBuilder builder = shop();
  builder.pack.intents[0].objection = Objection::kDoubt;
  builder.pack.replies[0].variants[0].text =
      "{{昵称|亲}},这里是{{店名|小店}},您看的是{{商品名|这款}}";
  EXPECT_EQ(decision(builder, 0.95f, R"({"shop": {"name": "甲"}, "buyer": {"nickname": "乙"},
                                         "product": {"name": "丙"}})"),
            Decision::kSuggest);
}

TEST(Decide, AReplyCanBeForAPersonWhereItsIntentIsNot) {
  PackBuilder builder = shop();
  builder.pack.replies[0].policy = Policy::kSuggest;
  EXPECT_EQ(decision(builder, 0.95f), Decision::kSuggest);
  EXPECT_EQ(decision(builder, 0.95f, R"({"product": {"price": 3}})"), Decision::kAuto);
}

TEST(Decide, DrawbacksAreSuggested) {
  PackBuilder builder = shop();
  builder.pack.intents[0].objection = Objection::kDrawback;
  EXPECT_EQ(decision(builder, 0.99f, R"({"product": {"price": 3}})"), Decision::kSuggest);
}

TEST(Decide, AComplaintIsHandedOverWhateverItsPolicy) {
  PackBuilder builder = shop();
  builder.pack.intents[0].objection = Objection::kComplaint;
  EXPECT_EQ(decision(builder, 0.4f), Decision::kHandoff);
}

TEST(Decide, WithoutAReplyNothingGoesOutByItself) {
  PackBuilder builder = shop();
  builder.pack.intents[0].replies = {"priced"};
  EXPECT_EQ(decision(builder, 0.95f), Decision::kSuggest);
  builder.pack.settings.fallback.clear();
  EXPECT_EQ(decision(builder, 0.95f), Decision::kSuggest);
}

TEST(Decide, AStricterIntentBesideHoldsBack) {
  PackBuilder builder = shop();
  builder.reply("other", {"另一件事"});
  builder.intent("order.note", {"other"}).policy = Policy::kSuggest;
  builder.intent("ship.time", {"other"});
  Desk desk(builder.pack);
  EXPECT_EQ(desk.answer({{0, 0.9f}, {3, 0.4f}}).decision, Decision::kAuto);
  EXPECT_EQ(desk.answer({{0, 0.9f}, {2, 0.4f}}).decision, Decision::kSuggest);
  EXPECT_EQ(desk.answer({{0, 0.9f}, {1, 0.4f}}).decision, Decision::kSuggest);
  EXPECT_EQ(desk.answer({{0, 0.9f}, {1, 0.5f}}).decision, Decision::kHandoff);
}

TEST(Decide, AnUnansweredQuestionBesideHoldsBack) {
  PackBuilder builder = shop();
  builder.reply("timed", {"{{发货时限}}小时内"});
  builder.intent("ship.time", {"timed"});
  Desk desk(builder.pack);
  // Likeness alone to a second intent holds nothing back.
  EXPECT_EQ(desk.answer({{0, 0.9f}, {2, 0.8f}}).decision, Decision::kAuto);
  desk.candidates[1].best_pattern = 0;
  EXPECT_EQ(desk.respond().decision, Decision::kSuggest);
  desk.facts = facts_of(R"({"shop": {"ship_within_hours": 48}})");
  EXPECT_EQ(desk.answer({{0, 0.9f}, {2, 0.8f}}).decision, Decision::kAuto);
}

TEST(Decide, AnInterceptingIntentHandsOverFromAnyPlace) {
  PackBuilder builder = shop();
  builder.pack.intents[1].intercept = true;
  Desk desk(builder.pack);
  EXPECT_EQ(desk.answer({{0, 0.9f}, {1, 0.35f}}).decision, Decision::kHandoff);
}

TEST(Decide, AWeakGuessHandsNothingOver) {
  Desk desk(shop().pack);
  EXPECT_EQ(desk.answer({{1, 0.2f}}).decision, Decision::kSuggest);
  EXPECT_EQ(desk.answer({{1, 0.35f}}).decision, Decision::kHandoff);
  // A phrase is no guess, however weak.
  desk.answer({{1, 0.2f}});
  desk.candidates[0].best_pattern = 0;
  EXPECT_EQ(desk.respond().decision, Decision::kHandoff);
}

TEST(Decide, AHandoverHoldsWithOneReplyAndNoTechnique) {
  PackBuilder builder = shop();
  builder.technique(rules::Technique::kScarcity, "t", "库存{{库存}}件");
  builder.pack.intents[1].techniques = {rules::Technique::kScarcity};
  Desk desk(builder.pack);
  desk.facts = facts_of(R"({"product": {"stock": 2}})");
  dialogue::Session session;
  desk.situation.session = &session;
  desk.answer({{1, 0.9f}});
  const HandoffItem& handoff = desk.result.handoff;
  EXPECT_TRUE(handoff.present);
  EXPECT_TRUE(desk.result.techniques.empty());
  EXPECT_EQ(desk.result.text(handoff.reason), "complaint");
  EXPECT_EQ(desk.result.text(handoff.route), "complaints");
  EXPECT_EQ(desk.result.text(handoff.holding), "我转给同事核实");
  EXPECT_EQ(desk.result.text(handoff.holding_id), "holding");
  EXPECT_EQ(desk.result.text(handoff.intent), "complaint.report");
  ASSERT_EQ(desk.result.guidance.needs.count, 2u);
  EXPECT_EQ(desk.result.text(desk.result.texts[desk.result.guidance.needs.first + 1]), "照片");
  ASSERT_FALSE(desk.scratch.pending.empty());
  EXPECT_TRUE(desk.scratch.pending.back().holding);

  session.buyer_turn({});
  for (const dialogue::PendingReply& pending : desk.scratch.pending) session.add_pending(pending);
  ASSERT_TRUE(session.sent(stable_hash("我转给同事核实"), 0));
  desk.answer({{1, 0.9f}});
  EXPECT_TRUE(desk.result.handoff.present);
  EXPECT_EQ(desk.result.text(desk.result.handoff.holding), "");
}

TEST(Decide, TheReasonOfAHandover) {
  PackBuilder builder = shop();
  builder.intent("human.call", {"plain"}).policy = Policy::kHandoff;
  builder.intent("after.return", {"plain"}).policy = Policy::kHandoff;
  Desk desk(builder.pack);
  desk.answer({{2, 0.9f}});
  EXPECT_EQ(desk.result.text(desk.result.handoff.reason), "human");
  desk.answer({{3, 0.9f}});
  EXPECT_EQ(desk.result.text(desk.result.handoff.reason), "policy");
}

TEST(Decide, NothingUnderstoodIsSuggestedAndNothingSaidIsSilent) {
  Desk desk(shop().pack);
  EXPECT_EQ(desk.answer({}).decision, Decision::kSuggest);
  EXPECT_EQ(desk.id(), "fallback");
  for (const char* message : {"", "  ", "\n\n"}) {
    desk.message = message;
    EXPECT_EQ(desk.answer({}).decision, Decision::kSilent) << message;
    EXPECT_TRUE(desk.result.replies.empty());
  }
  desk.message = "😀";
  EXPECT_EQ(desk.answer({}).decision, Decision::kSuggest);
}

}  // namespace
}  // namespace xiaoer::reply
