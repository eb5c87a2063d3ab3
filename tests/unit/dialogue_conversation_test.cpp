// How a chat runs, without words: who is in charge, which turn is open, where the stages lead.

#include <gtest/gtest.h>

#include "base/image.hpp"
#include "dialogue/asking.hpp"
#include "dialogue/conversation.hpp"
#include "dialogue/session.hpp"
#include "dialogue/stage.hpp"

namespace xiaoer::dialogue {
namespace {

using rules::Event;
using rules::OrderState;
using rules::Requested;
using rules::Stage;

constexpr uint64_t kOwn = stable_hash("亲,这款39.9元哦");
constexpr uint64_t kLine = stable_hash("我来处理一下哈");

TEST(Conversation, APersonIsInChargeForSoManyMinutes) {
  Conversation conversation;
  EXPECT_FALSE(is_person_in_charge(conversation, 1000, 10));
  conversation.person_spoke(1000);
  EXPECT_TRUE(is_person_in_charge(conversation, 1000 + 599, 10));
  EXPECT_FALSE(is_person_in_charge(conversation, 1000 + 600, 10));
  EXPECT_EQ(person_until(conversation, 10), 1600);
  EXPECT_TRUE(is_person_in_charge(conversation, std::nullopt, 10));  // not known to be over
  EXPECT_FALSE(is_person_in_charge(conversation, 1001, 0));          // switched off
  conversation.engine_spoke(1500);                                   // he picked a suggestion
  EXPECT_TRUE(is_person_in_charge(conversation, 2000, 10));
  conversation.person_left();
  EXPECT_FALSE(is_person_in_charge(conversation, 1001, 10));
}

TEST(Conversation, AtAnUnknownTimeUntilHeLeft) {
  Conversation conversation;
  conversation.person_spoke(0);
  EXPECT_TRUE(is_person_in_charge(conversation, INT64_MAX, 10));
  EXPECT_EQ(person_until(conversation, 10), std::nullopt);
  conversation.person_left();
  EXPECT_FALSE(is_person_in_charge(conversation, 1, 10));
}

TEST(Conversation, ATurnIsContinuedWithinSecondsAndUnanswered) {
  Conversation conversation;
  conversation.open = true;
  conversation.open_at = 1000;
  EXPECT_TRUE(continues_turn(conversation, 1008, 8));
  EXPECT_FALSE(continues_turn(conversation, 1009, 8));
  EXPECT_FALSE(continues_turn(conversation, 999, 8));
  EXPECT_FALSE(continues_turn(conversation, std::nullopt, 8));
  conversation.engine_spoke(1002);
  EXPECT_FALSE(continues_turn(conversation, 1003, 8));
}

TEST(Conversation, CountsAreOfOneOrder) {
  Conversation conversation;
  conversation.tells(Event::kOrderShipped);
  conversation.order_is(1, OrderState::kShipped, 10);  // what was told before may be about this one
  EXPECT_EQ(conversation.times_told(Event::kOrderShipped, 1), 1u);
  EXPECT_EQ(conversation.times_told(Event::kOrderShipped, 2), 0u);
  EXPECT_EQ(conversation.times_told(Event::kOrderShipped, 0), 1u);
  conversation.order_is(1, OrderState::kShipped, 20);
  EXPECT_EQ(conversation.order_steps.size(), 1u);
  conversation.order_is(2, OrderState::kPlaced, 30);
  EXPECT_EQ(conversation.times_told(Event::kOrderShipped, 2), 0u);
  ASSERT_EQ(conversation.order_steps.size(), 1u);
  EXPECT_EQ(conversation.order_steps[0].state, OrderState::kPlaced);
  for (int i = 0; i < 300; ++i) conversation.tells(Event::kBuyerWaiting);
  EXPECT_EQ(conversation.told[static_cast<size_t>(Event::kBuyerWaiting)], Conversation::kMaxTold);
}

TEST(SessionLines, OnlyAPersonsOwnTakesOver) {
  Session session;
  PendingReply pending;
  pending.text = kOwn;
  pending.reply = 7;
  session.buyer_turn({});
  session.add_pending(pending);
  session.agent_line(kOwn, 10);
  EXPECT_FALSE(session.conversation().person_in_charge);
  session.agent_line(kOwn, 11);  // reported twice
  EXPECT_FALSE(session.conversation().person_in_charge);
  EXPECT_EQ(session.turns().size(), 2u);
  session.agent_line(kLine, 12, {}, false);
  EXPECT_FALSE(session.conversation().person_in_charge);
  const uint64_t another = stable_hash("在帮您查了");
  session.agent_line(another, 13);
  EXPECT_TRUE(session.conversation().person_in_charge);
  session.conversation().person_left();
  session.agent_line(another, 14);  // a person may say the same again
  EXPECT_TRUE(session.conversation().person_in_charge);
}

TEST(SessionLines, WhatWasOfferedBeforeIsKnownAgain) {
  Session session;
  PendingReply pending;
  pending.text = kOwn;
  session.buyer_turn({});
  session.add_pending(pending);
  session.buyer_turn({});
  session.agent_line(kOwn, 10);
  EXPECT_FALSE(session.conversation().person_in_charge);
  EXPECT_TRUE(session.said(kOwn));
}

TEST(SessionLines, AContinuedTurnKeepsItsSuggestions) {
  Session session;
  PendingReply pending;
  pending.text = kOwn;
  pending.reply = 7;
  session.buyer_turn({});
  session.add_pending(pending);
  session.buyer_turn({}, true);
  EXPECT_EQ(session.buyer_turns(), 1u);
  EXPECT_TRUE(session.sent(kOwn, 5));
}

TEST(Stage, BranchesReturnToWhereTheyBrokeIn) {
  StagePlace at = next_stage({}, Stage::kConsultation, StageMove::kNone);
  EXPECT_EQ(at.stage, Stage::kConsultation);
  at = next_stage(at, Stage::kObjection, StageMove::kNone);
  EXPECT_EQ(at.returns_to, Stage::kConsultation);
  at = next_stage(at, Stage::kAfterSales, StageMove::kNone);  // from one branch into the other
  EXPECT_EQ(at.returns_to, Stage::kConsultation);
  at = next_stage(at, Stage::kNone, StageMove::kAcknowledges);
  EXPECT_EQ(at.stage, Stage::kAfterSales);  // 好的 settles no trouble
  at = next_stage(at, Stage::kNone, StageMove::kSettles);
  EXPECT_EQ(at.stage, Stage::kConsultation);
  EXPECT_EQ(at.returns_to, Stage::kNone);
}

TEST(Stage, ABranchAtTheStartHasNowhereToReturn) {
  StagePlace at = next_stage({}, Stage::kAfterSales, StageMove::kNone);
  at = next_stage(at, Stage::kNone, StageMove::kSettles);
  EXPECT_EQ(at.stage, Stage::kAfterSales);
}

TEST(Stage, AGreetingBeginsOnlyABeginning) {
  EXPECT_EQ(next_stage({}, Stage::kGreeting, StageMove::kNone).stage, Stage::kGreeting);
  EXPECT_EQ(next_stage({Stage::kClosing, Stage::kNone}, Stage::kGreeting, StageMove::kNone).stage,
            Stage::kClosing);
  EXPECT_EQ(next_stage({Stage::kFarewell, Stage::kNone}, Stage::kGreeting, StageMove::kNone).stage,
            Stage::kGreeting);
}

TEST(Asking, FindsWhatATextAsksFor) {
  const RequestWords words = {
      {"order_number", {"订单号"}}, {"picture", {"照片", "截图"}}, {"quantity", {"几件"}}};
  const uint32_t number = bit_of(Requested::kOrderNumber), picture = bit_of(Requested::kPicture);
  EXPECT_EQ(requested_by("您把订单号发来,我帮您核对哦", words), number);
  EXPECT_EQ(requested_by("订单号或截图发我看下", words), number | picture);
  EXPECT_EQ(requested_by("您要几件呢", words), bit_of(Requested::kQuantity));
  EXPECT_EQ(requested_by("订单号不用再发了,照片收到了", words), 0u);
  EXPECT_EQ(requested_by("我把订单号报给同事", words), 0u);
  EXPECT_EQ(requested_by("订单号在订单页里", words), 0u);
  EXPECT_EQ(requested_by("", words), 0u);
  EXPECT_EQ(requested_by("您把订单号发来", {}), 0u);
}

TEST(OpenMatter, ScoresAreKeptInMillionths) {
  for (const float score : {0.0f, 0.25f, 0.5f, 0.123456f, 1.0f}) {
    EXPECT_FLOAT_EQ(from_millionths(to_millionths(score)), score);
  }
  EXPECT_EQ(to_millionths(1.5f), 1'000'000u);
  EXPECT_EQ(to_millionths(-0.5f), 0u);
}

}  // namespace
}  // namespace xiaoer::dialogue
