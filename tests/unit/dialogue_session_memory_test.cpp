#include <gtest/gtest.h>

#include "base/image.hpp"
#include "dialogue/session.hpp"

namespace xiaoer::dialogue {
namespace {

constexpr uint64_t kBargain = stable_hash("bargain.discount");
constexpr uint64_t kShip = stable_hash("ship.time");
constexpr uint64_t kText = stable_hash("亲,这款最低九折哦");
constexpr uint64_t kOtherText = stable_hash("亲,今天下午发货呢");

Turn turn_of(std::initializer_list<uint64_t> intents, rules::Stage stage = rules::Stage::kNone,
             rules::OrderState state = rules::OrderState::kNone) {
  Turn turn;
  size_t i = 0;
  for (const uint64_t intent : intents) turn.intents[i++] = intent;
  turn.stage = stage;
  turn.order_state = state;
  return turn;
}

PendingReply pending_of(uint64_t text, uint64_t reply = 7, uint32_t variant = 0) {
  PendingReply pending;
  pending.text = text;
  pending.reply = reply;
  pending.variant = variant;
  return pending;
}

TEST(Session, BeginsEmpty) {
  const Session session;
  EXPECT_EQ(session.buyer_turns(), 0u);
  EXPECT_EQ(session.stage(), rules::Stage::kNone);
  EXPECT_EQ(session.order_state(), rules::OrderState::kNone);
  EXPECT_EQ(session.times(kBargain), 0u);
  EXPECT_EQ(session.turns_since(kBargain), UINT32_MAX);
  EXPECT_EQ(session.turns_since_sent(7, 0), UINT32_MAX);
  EXPECT_EQ(session.pushes(), 0u);
  EXPECT_FALSE(session.holding_sent());
  EXPECT_FALSE(session.pushed_last_turn());
  for (uint32_t i = 0; i <= static_cast<uint32_t>(rules::Technique::kCrossSell); ++i) {
    EXPECT_FALSE(session.technique_used(static_cast<rules::Technique>(i)));
  }
}

TEST(Session, AnUnsentSuggestionChangesNothing) {
  Session session;
  session.buyer_turn(turn_of({kBargain}));
  PendingReply pending = pending_of(kText);
  pending.technique = rules::Technique::kScarcity;
  pending.has_offer = true;
  pending.offer = Decimal::of(90);
  pending.due = 1000;
  pending.holding = true;
  session.add_pending(pending);
  EXPECT_EQ(session.turns_since_sent(7, 0), UINT32_MAX);
  EXPECT_EQ(session.offers().size(), 0u);
  EXPECT_EQ(session.promises().size(), 0u);
  EXPECT_EQ(session.pushes(), 0u);
  EXPECT_EQ(session.turns().size(), 1u);
  EXPECT_FALSE(session.technique_used(rules::Technique::kScarcity));
  EXPECT_FALSE(session.holding_sent());
}

TEST(Session, SentCountsOnce) {
  Session session;
  session.buyer_turn(turn_of({kBargain}));
  PendingReply pending = pending_of(kText, 7, 2);
  pending.technique = rules::Technique::kDeadline;
  session.add_pending(pending);
  session.add_pending(pending);  // the same text for a second intent
  EXPECT_FALSE(session.sent(kOtherText, 5));
  EXPECT_EQ(session.turns().size(), 1u);
  EXPECT_TRUE(session.sent(kText, 6));
  EXPECT_FALSE(session.sent(kText, 7));
  EXPECT_EQ(session.pushes(), 1u);
  EXPECT_TRUE(session.technique_used(rules::Technique::kDeadline));
  EXPECT_FALSE(session.technique_used(rules::Technique::kScarcity));
  ASSERT_EQ(session.turns().size(), 2u);
  EXPECT_EQ(session.turns().newest().speaker, Speaker::kEngine);
  EXPECT_EQ(session.turns().newest().at, 6);
}

TEST(Session, RemembersWhichVariantWasSentWhen) {
  Session session;
  session.buyer_turn(turn_of({kBargain}));
  session.add_pending(pending_of(kText, 7, 2));
  session.sent(kText, 0);
  EXPECT_EQ(session.turns_since_sent(7, 2), 0u);
  EXPECT_EQ(session.turns_since_sent(7, 1), UINT32_MAX);
  EXPECT_EQ(session.turns_since_sent(8, 2), UINT32_MAX);
  session.buyer_turn(turn_of({}));
  session.buyer_turn(turn_of({}));
  EXPECT_EQ(session.turns_since_sent(7, 2), 2u);
  session.add_pending(pending_of(kText, 7, 2));
  session.sent(kText, 0);
  EXPECT_EQ(session.turns_since_sent(7, 2), 0u);
}

TEST(Session, KeepsOffersOfBothSides) {
  Session session;
  session.buyer_turn(turn_of({kBargain}));
  session.buyer_offer(Decimal::of(80));
  PendingReply pending = pending_of(kText);
  pending.has_offer = true;
  pending.offer = Decimal{89'900};
  session.add_pending(pending);
  session.sent(kText, 0);
  session.buyer_turn(turn_of({}));
  session.buyer_offer(Decimal::of(85));
  ASSERT_EQ(session.offers().size(), 3u);
  EXPECT_EQ(session.offers()[0].speaker, Speaker::kBuyer);
  EXPECT_EQ(session.offers()[0].amount, Decimal::of(80));
  EXPECT_EQ(session.offers()[0].turn, 1u);
  EXPECT_EQ(session.offers()[1].speaker, Speaker::kEngine);
  EXPECT_EQ(session.offers()[1].amount, Decimal{89'900});
  EXPECT_EQ(session.offers().newest().turn, 2u);
}

TEST(Session, KeepsPromisesThatNameATime) {
  Session session;
  session.buyer_turn(turn_of({kShip}));
  PendingReply dated = pending_of(kText, 11);
  dated.due = 1'790'000'000;
  dated.due_fact = stable_hash("order.promised_ship_at");
  session.add_pending(dated);
  session.add_pending(pending_of(kOtherText, 12));
  EXPECT_TRUE(session.sent(kText, 0));
  EXPECT_TRUE(session.sent(kOtherText, 0));
  ASSERT_EQ(session.promises().size(), 1u);
  EXPECT_EQ(session.promises()[0].reply, 11u);
  EXPECT_EQ(session.promises()[0].fact, stable_hash("order.promised_ship_at"));
  EXPECT_EQ(session.promises()[0].due, 1'790'000'000);
  EXPECT_EQ(session.promises()[0].turn, 1u);
}

TEST(Session, CountsPushesUntilTheNextTurn) {
  Session session;
  session.buyer_turn(turn_of({}));
  EXPECT_FALSE(session.pushed_last_turn());
  PendingReply push = pending_of(kText);
  push.technique = rules::Technique::kEitherOr;
  session.add_pending(push);
  session.sent(kText, 0);
  EXPECT_TRUE(session.pushed_last_turn());
  session.buyer_turn(turn_of({}));
  EXPECT_FALSE(session.pushed_last_turn());
  EXPECT_EQ(session.pushes(), 1u);
  session.add_pending(pending_of(kOtherText));
  session.sent(kOtherText, 0);
  EXPECT_FALSE(session.pushed_last_turn());
  EXPECT_EQ(session.pushes(), 1u);
}

TEST(Session, CountsIntentsByTurn) {
  Session session;
  session.buyer_turn(turn_of({kBargain, kShip}));
  EXPECT_EQ(session.times(kBargain), 1u);
  EXPECT_EQ(session.turns_since(kBargain), 0u);
  session.buyer_turn(turn_of({kBargain, kBargain}));
  EXPECT_EQ(session.times(kBargain), 2u);
  EXPECT_EQ(session.times(kShip), 1u);
  EXPECT_EQ(session.turns_since(kShip), 1u);
  session.buyer_turn(turn_of({}));
  EXPECT_EQ(session.turns_since(kBargain), 1u);
  EXPECT_EQ(session.turns_since(kShip), 2u);
  EXPECT_EQ(session.times(0), 0u);
  EXPECT_EQ(session.buyer_turns(), 3u);
}

TEST(Session, MovesStageAndOrderState) {
  Session session;
  session.buyer_turn(turn_of({}, rules::Stage::kConsultation, rules::OrderState::kPlaced));
  EXPECT_EQ(session.stage(), rules::Stage::kConsultation);
  EXPECT_EQ(session.order_state(), rules::OrderState::kPlaced);
  session.event(
      turn_of({stable_hash("order_paid")}, rules::Stage::kNone, rules::OrderState::kPaid));
  EXPECT_EQ(session.stage(), rules::Stage::kConsultation);
  EXPECT_EQ(session.order_state(), rules::OrderState::kPaid);
  session.event(turn_of({stable_hash("parcel_moved")}, rules::Stage::kShipping));
  EXPECT_EQ(session.stage(), rules::Stage::kShipping);
  EXPECT_EQ(session.order_state(), rules::OrderState::kPaid);
  session.buyer_turn(turn_of({}, rules::Stage::kNone, rules::OrderState::kNone));
  EXPECT_EQ(session.stage(), rules::Stage::kShipping);
  EXPECT_EQ(session.order_state(), rules::OrderState::kNone);
}

TEST(Session, EventsAreNoBuyerTurns) {
  Session session;
  session.buyer_turn(turn_of({kShip}));
  session.add_pending(pending_of(kText));
  session.event(turn_of({kShip}));
  EXPECT_EQ(session.buyer_turns(), 1u);
  EXPECT_EQ(session.times(kShip), 1u);
  EXPECT_EQ(session.turns().newest().speaker, Speaker::kEvent);
  EXPECT_TRUE(session.sent(kText, 0));  // an event forgets no suggestion
}

TEST(Session, ForgetsSuggestionsAtTheNextTurn) {
  Session session;
  session.buyer_turn(turn_of({}));
  session.add_pending(pending_of(kText));
  session.buyer_turn(turn_of({}));
  EXPECT_FALSE(session.sent(kText, 0));
  EXPECT_EQ(session.turns_since_sent(7, 0), UINT32_MAX);
}

TEST(Session, AnAgentLineEqualToASuggestionCountsAsSent) {
  Session session;
  session.buyer_turn(turn_of({}));
  session.add_pending(pending_of(kText, 7, 1));
  session.agent_line(kText, 9);
  EXPECT_EQ(session.turns_since_sent(7, 1), 0u);
  EXPECT_EQ(session.turns().newest().speaker, Speaker::kEngine);
  EXPECT_FALSE(session.sent(kText, 9));
}

TEST(Session, AnAgentsOwnLineIsATurn) {
  Session session;
  session.buyer_turn(turn_of({}, rules::Stage::kObjection, rules::OrderState::kShipped));
  session.add_pending(pending_of(kText));
  session.agent_line(kOtherText, 9);
  EXPECT_EQ(session.turns().newest().speaker, Speaker::kAgent);
  EXPECT_EQ(session.turns().newest().at, 9);
  EXPECT_EQ(session.stage(), rules::Stage::kObjection);
  EXPECT_EQ(session.order_state(), rules::OrderState::kShipped);
  EXPECT_TRUE(session.sent(kText, 10));  // the suggestion may still be sent after it
}

TEST(Session, AHoldingReplyCountsUntilAPersonAnswers) {
  Session session;
  session.buyer_turn(turn_of({}));
  PendingReply holding = pending_of(kText);
  holding.holding = true;
  session.add_pending(holding);
  session.sent(kText, 0);
  EXPECT_TRUE(session.holding_sent());
  session.buyer_turn(turn_of({}));
  EXPECT_TRUE(session.holding_sent());
  session.add_pending(pending_of(kOtherText));
  session.agent_line(kOtherText, 0);  // the engine's text again
  EXPECT_TRUE(session.holding_sent());
  session.agent_line(stable_hash("我是店长,马上为您处理"), 0);
  EXPECT_FALSE(session.holding_sent());
}

TEST(Session, RingsForgetTheOldest) {
  Session session;
  for (uint32_t i = 0; i < 3 * Session::kMaxUsed; ++i) {
    session.buyer_turn(turn_of({i + 1}));
    session.buyer_offer(Decimal::of(i));
    PendingReply pending = pending_of(kText, i + 1, 0);
    pending.due = 1 + i;
    session.add_pending(pending);
    session.sent(kText, i);
  }
  const uint32_t last = 3 * Session::kMaxUsed;
  EXPECT_EQ(session.turns().size(), Session::kMaxTurns);
  EXPECT_EQ(session.offers().size(), Session::kMaxOffers);
  EXPECT_EQ(session.offers()[0].amount, Decimal::of(last - Session::kMaxOffers));
  EXPECT_EQ(session.offers().newest().amount, Decimal::of(last - 1));
  EXPECT_EQ(session.offers().newest(1).amount, Decimal::of(last - 2));
  EXPECT_EQ(session.promises().size(), Session::kMaxPromises);
  EXPECT_EQ(session.promises()[0].due, last - Session::kMaxPromises + 1);
  EXPECT_EQ(session.turns_since_sent(last, 0), 0u);
  EXPECT_EQ(session.turns_since_sent(last - Session::kMaxUsed + 1, 0), Session::kMaxUsed - 1);
  EXPECT_EQ(session.turns_since_sent(last - Session::kMaxUsed, 0), UINT32_MAX);
  EXPECT_EQ(session.times(last), 1u);
  EXPECT_EQ(session.turns_since(last - Session::kMaxCounts + 1), Session::kMaxCounts - 1);
  EXPECT_EQ(session.times(last - Session::kMaxCounts), 0u);
}

TEST(Session, KeepsTheNewestSuggestions) {
  Session session;
  session.buyer_turn(turn_of({}));
  for (uint64_t i = 0; i <= Session::kMaxPending; ++i) session.add_pending(pending_of(100 + i));
  EXPECT_FALSE(session.sent(100, 0));
  EXPECT_TRUE(session.sent(101, 0));
  EXPECT_TRUE(session.sent(100 + Session::kMaxPending, 0));
}

}  // namespace
}  // namespace xiaoer::dialogue
