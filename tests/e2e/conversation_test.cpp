// How a chat really runs: bubbles, takeover, echoes, cards, answers that do not help, and the
// stages of the reception flow.

#include <set>

#include "e2e/fixture.hpp"

namespace xiaoer::test {
namespace {

constexpr int64_t kStart = kNow.seconds;

// Talks at given seconds after kStart, with the default pack.
struct Chat : Talk {
  Chat() : Talk(default_ruleset()) {}

  const Result& at(int64_t second, const std::string& message) {
    request.now = Instant{kStart + second, kNow.offset_minutes};
    request.event = {};
    return say(message);
  }
  const Result& happens(int64_t second, std::string_view event) {
    request.now = Instant{kStart + second, kNow.offset_minutes};
    request.event = event;
    return say("");
  }
  // What the client would send by itself: the first reply, or the holding reply.
  std::string offered() const {
    if (result.handoff.present) return std::string(result.text(result.handoff.holding));
    return reply_text(0);
  }
  std::string send(int64_t second) {
    const std::string text = offered();
    EXPECT_TRUE(sent(&session, text, kStart + second)) << text;
    return text;
  }
  void observe(int64_t second, const std::string& line) {
    xiaoer::observe(&session, line, second == 0 ? 0 : kStart + second);
  }
  std::string_view silence() const { return result.text(result.conversation.silence); }
  std::string_view stage() const { return result.text(result.stage); }
  std::string_view reason() const { return result.text(result.handoff.reason); }
  std::set<std::string> list(ItemRange range) const {
    std::set<std::string> texts;
    for (uint32_t i = 0; i < range.count; ++i) {
      texts.emplace(result.text(result.texts[range.first + i]));
    }
    return texts;
  }
};

// ---- Bubbles

TEST(Bubbles, OfOneCallAreAnsweredOnce) {
  Chat chat;
  chat.at(0, joined({"在吗", "这款多少钱", "什么时候发货"}));
  EXPECT_EQ(chat.result.conversation.turn, 1u);
  EXPECT_TRUE(chat.has_intent_of("price.query"));
  EXPECT_TRUE(chat.has_intent_of("ship.time"));
  EXPECT_EQ(chat.result.replies[0].intents.count, 2u) << chat.reply_text(0);
}

TEST(Bubbles, OfTwoCallsAreAnsweredTogether) {
  Chat chat;
  chat.at(0, "在吗");
  chat.at(2, "这款多少钱");
  EXPECT_EQ(chat.first_intent(), "price.query");
  chat.at(4, "什么时候发货");
  EXPECT_TRUE(chat.result.conversation.continues);
  EXPECT_EQ(chat.result.conversation.turn, 1u);
  EXPECT_TRUE(chat.has_intent_of("price.query"));
  EXPECT_EQ(chat.result.replies[0].intents.count, 2u) << chat.reply_text(0);
  // No greeting in the answer to both.
  EXPECT_EQ(chat.reply_text(0).find("您好"), std::string::npos);
}

TEST(Bubbles, ApartInTimeOrAnsweredAreTurnsOfTheirOwn) {
  Chat slow;
  slow.at(0, "这款多少钱");
  slow.at(60, "什么时候发货");
  EXPECT_FALSE(slow.result.conversation.continues);
  EXPECT_EQ(slow.result.conversation.turn, 2u);
  EXPECT_FALSE(slow.has_intent_of("price.query"));
  Chat answered;
  answered.at(0, "这款多少钱");
  answered.send(1);
  answered.at(2, "什么时候发货");
  EXPECT_FALSE(answered.result.conversation.continues);
  EXPECT_FALSE(answered.has_intent_of("price.query"));
  Chat timeless;
  timeless.say("这款多少钱");
  timeless.say("什么时候发货");
  EXPECT_FALSE(timeless.result.conversation.continues);
}

TEST(Bubbles, AComplaintOfTheFirstIsNotForgotten) {
  Chat chat;
  chat.at(0, "我要投诉你们");
  ASSERT_EQ(chat.result.decision, Decision::kHandoff);
  chat.at(3, "在吗");
  EXPECT_EQ(chat.result.decision, Decision::kHandoff);
  EXPECT_EQ(chat.reason(), "complaint");
}

TEST(Bubbles, TheAnswerToTheFirstMayStillBeSent) {
  Chat chat;
  chat.at(0, "这款多少钱");
  const std::string first = chat.reply_text(0);
  chat.at(2, "什么时候发货");
  EXPECT_TRUE(sent(&chat.session, first, kStart + 3));
  chat.at(5, "好的");
  EXPECT_FALSE(chat.result.conversation.person_in_charge);
}

// ---- A person in charge

TEST(Takeover, SilencesForTheTimeOfThePack) {
  Chat chat;
  chat.at(0, "这款多少钱");
  chat.observe(10, "我来处理一下哈");
  chat.at(20, "什么时候发货");
  EXPECT_EQ(chat.result.decision, Decision::kSilent);
  EXPECT_EQ(chat.silence(), "person-in-charge");
  EXPECT_TRUE(chat.result.conversation.person_in_charge);
  EXPECT_EQ(chat.result.conversation.person_until, kStart + 10 + 600);
  // It still understands, and suggests to the person.
  EXPECT_EQ(chat.first_intent(), "ship.time.query");
  EXPECT_FALSE(chat.result.replies.empty());
  chat.at(611, "在吗");
  EXPECT_NE(chat.result.decision, Decision::kSilent);
  EXPECT_FALSE(chat.result.conversation.person_in_charge);
}

TEST(Takeover, EveryLineOfThePersonRenewsIt) {
  Chat chat;
  chat.observe(10, "我来处理一下哈");
  chat.observe(500, "还在帮您查");
  chat.at(900, "在吗");
  EXPECT_EQ(chat.result.decision, Decision::kSilent);
}

TEST(Takeover, AtAnUnknownTimeHoldsUntilThePersonLeft) {
  Chat chat;
  chat.observe(0, "我来处理一下哈");
  chat.at(100'000, "在吗");
  EXPECT_EQ(chat.result.decision, Decision::kSilent);
  EXPECT_EQ(chat.result.conversation.person_until, 0);
  chat.happens(100'001, "person_left");
  EXPECT_FALSE(chat.result.conversation.person_in_charge);
  chat.at(100'020, "在吗");
  EXPECT_NE(chat.result.decision, Decision::kSilent);
}

TEST(Takeover, WithoutNowItIsNotKnownToBeOver) {
  Chat chat;
  chat.observe(10, "我来处理一下哈");
  chat.request.now.reset();
  EXPECT_EQ(chat.say("在吗").decision, Decision::kSilent);
}

TEST(Takeover, HoldsForEventsAndComplaintsToo) {
  Chat chat;
  chat.observe(10, "我来处理一下哈");
  chat.at(20, "我要投诉你们");
  EXPECT_EQ(chat.result.decision, Decision::kSilent);
  EXPECT_FALSE(chat.result.handoff.present);
  const reply::Facts facts = facts_of(R"({"order": {"id": "1", "state": "paid"}})");
  chat.request.facts = &facts;
  chat.happens(30, "order_paid");
  EXPECT_EQ(chat.silence(), "person-in-charge");
}

TEST(Takeover, TheEnginesOwnTextsAreNoPersons) {
  Chat chat;
  chat.at(0, "这款多少钱");
  const std::string first = chat.send(1);
  chat.observe(2, first);  // a client that reports every line
  chat.at(60, "什么时候发货");
  const std::string second = chat.reply_text(0);
  chat.at(120, "发什么快递");
  chat.observe(121, second);  // late
  chat.at(180, "能开发票吗");
  EXPECT_FALSE(chat.result.conversation.person_in_charge);
  EXPECT_NE(chat.result.decision, Decision::kSilent);
}

TEST(Takeover, ATextThatWasSentIsNoPersonsEither) {
  Chat chat;
  chat.at(0, "这款多少钱");
  EXPECT_FALSE(sent(&chat.session, "没有人建议过的话", kStart + 1));
  chat.at(20, "在吗");
  EXPECT_NE(chat.result.decision, Decision::kSilent);
}

TEST(Takeover, AnEmptyLineIsNobodys) {
  Chat chat;
  chat.at(0, "这款多少钱");
  chat.observe(1, "");
  EXPECT_FALSE(sent(&chat.session, "", kStart + 1));
  EXPECT_NE(chat.at(20, "在吗").decision, Decision::kSilent);
}

// ---- What is no buyer's word

TEST(Noise, TheShopsOwnLineComesBack) {
  Chat chat;
  chat.at(0, "这款多少钱");
  const std::string text = chat.send(1);
  const std::string before = chat.session.snapshot();
  chat.at(2, text);
  EXPECT_EQ(chat.result.decision, Decision::kSilent);
  EXPECT_EQ(chat.silence(), "own-echo");
  EXPECT_EQ(chat.session.snapshot(), before);
}

TEST(Noise, TheShopsOwnLineIsKnownWhateverEndsIt) {
  Chat chat;
  chat.at(0, "这款多少钱");
  const std::string text = chat.send(1);
  chat.at(2, text + "\r\n什么时候发货");
  EXPECT_TRUE(chat.has_intent_of("ship.time"));
  EXPECT_FALSE(chat.has_intent_of("price.query"));
}

TEST(Noise, AFewWordsMayBeTheBuyersOwn) {
  Chat chat;
  chat.observe(1, "好的");
  chat.happens(2, "person_left");
  EXPECT_NE(chat.at(3, "好的").decision, Decision::kSilent);
}

TEST(Noise, CardsOfThePlatformTriggerNothing) {
  for (const char* card :
       {"当前用户来自 商品详情页", "对方撤回了一条消息", "[订单卡片] 2026112100001",
        "【系统消息】买家已付款,等待卖家发货", "买家已付款,请及时发货"}) {
    Chat chat;
    const std::string before = chat.session.snapshot();
    chat.at(0, card);
    EXPECT_EQ(chat.result.decision, Decision::kSilent) << card;
    EXPECT_EQ(chat.silence(), "system-card") << card;
    EXPECT_EQ(chat.session.snapshot(), before) << card;
  }
}

TEST(Noise, BesideABuyersWordsIsLeftOut) {
  Chat chat;
  chat.at(0, "这款多少钱");
  const std::string text = chat.send(1);
  const std::string whole = joined({"[订单卡片] 2026112100001", text, "什么时候发货"});
  chat.at(20, whole);
  EXPECT_EQ(chat.first_intent(), "ship.time.query");
  EXPECT_EQ(chat.result.intents.size(), 1u);
  // Spans count in the whole message.
  const Span span = chat.result.intents[0].span;
  EXPECT_TRUE(whole.substr(span.begin).starts_with("什么时候发"));
}

// ---- Answers that do not help

TEST(Unhelpful, AfterTwoFallbacksAPersonIsAskedFor) {
  Chat chat;
  chat.at(0, "嘟噜嘟噜呜啦");
  ASSERT_EQ(chat.result.decision, Decision::kSuggest);
  chat.send(1);
  chat.at(60, "咕叽咕叽哇呀");
  EXPECT_EQ(chat.result.conversation.unhelpful, 1u);
  ASSERT_EQ(chat.result.decision, Decision::kSuggest);
  chat.send(61);
  chat.at(120, "噼里啪啦咚锵");
  EXPECT_EQ(chat.result.decision, Decision::kHandoff);
  EXPECT_EQ(chat.reason(), "not-helped");
  EXPECT_GT(chat.result.handoff.holding.size, 0u);
  EXPECT_TRUE(chat.result.techniques.empty());
}

TEST(Unhelpful, TheSameQuestionAfterTwoAnswersGoesToAPerson) {
  Chat chat;
  std::set<std::string> said;
  for (int i = 0; i < 2; ++i) {
    chat.at(60 * i, "这个怎么清洗呀");
    ASSERT_NE(chat.result.decision, Decision::kHandoff) << i;
    EXPECT_TRUE(said.insert(chat.send(60 * i + 1)).second);
  }
  chat.at(180, "这个怎么清洗呀");
  EXPECT_EQ(chat.result.decision, Decision::kHandoff);
  EXPECT_EQ(chat.reason(), "not-helped");
}

TEST(Unhelpful, TheBuyersOwnWordCounts) {
  Chat chat;
  chat.at(0, "这款多少钱");
  chat.send(1);
  chat.at(60, "我不是问这个");
  EXPECT_EQ(chat.result.conversation.unhelpful, 1u);
  EXPECT_NE(chat.result.decision, Decision::kHandoff);
  chat.send(61);
  chat.at(120, "还是没解决");
  EXPECT_EQ(chat.result.decision, Decision::kHandoff);
  EXPECT_EQ(chat.reason(), "not-helped");
}

TEST(Unhelpful, AnAnswerThatHelpedBeginsAnew) {
  Chat chat;
  chat.at(0, "嘟噜嘟噜呜啦");
  chat.send(1);
  chat.at(60, "咕叽咕叽哇呀");
  chat.send(61);
  chat.at(120, "什么时候发货");
  EXPECT_EQ(chat.result.conversation.unhelpful, 0u);
  EXPECT_NE(chat.result.decision, Decision::kHandoff);
}

TEST(Unhelpful, UnsentAnswersFailNobody) {
  Chat chat;
  for (int i = 0; i < 5; ++i) {
    chat.at(60 * i, "嘟噜嘟噜呜啦");
    EXPECT_EQ(chat.result.conversation.unhelpful, 0u);
    EXPECT_EQ(chat.result.decision, Decision::kSuggest);
  }
}

TEST(Unhelpful, BargainingRepeatsItselfByNature) {
  Chat chat;
  for (int i = 0; i < 2; ++i) {
    chat.at(60 * i, "能便宜点吗");
    chat.send(60 * i + 1);
  }
  EXPECT_EQ(chat.at(180, "能便宜点吗").conversation.unhelpful, 0u);
}

// ---- Never twice in the same words

TEST(Wording, NoQuestionIsAnsweredTwiceInTheSameWords) {
  const char* const questions[] = {"什么时候发货", "这款多少钱", "发什么快递", "能开发票吗"};
  Chat chat;
  std::set<std::string> said;
  for (int i = 0; i < 24; ++i) {
    chat.at(60 * i, questions[i % 4]);
    if (chat.result.decision == Decision::kHandoff) {
      EXPECT_EQ(chat.reason(), "not-helped");
      continue;
    }
    ASSERT_FALSE(chat.result.replies.empty());
    for (size_t n = 0; n < chat.result.replies.size(); ++n) {
      EXPECT_FALSE(said.contains(chat.reply_text(n))) << chat.reply_text(n);
    }
    said.insert(chat.send(60 * i + 1));
  }
  EXPECT_GE(said.size(), 10u);
}

TEST(Wording, WhenAllWordsOfACourtesyAreSaidNothingIs) {
  Chat chat;
  int silent = 0;
  for (int i = 0; i < 8; ++i) {
    chat.at(60 * i, "好的");
    if (chat.result.decision == Decision::kSilent) {
      EXPECT_EQ(chat.silence(), "said-before");
      ++silent;
      continue;
    }
    EXPECT_NE(chat.result.decision, Decision::kHandoff);
    chat.send(60 * i + 1);
  }
  EXPECT_GT(silent, 0);
}

TEST(Wording, APartOfAJointReplyCountsAsSaid) {
  Chat chat;
  chat.at(0, "这款多少钱,什么时候发货");
  ASSERT_EQ(chat.result.replies[0].intents.count, 2u);
  std::set<std::string> parts;
  for (size_t n = 1; n < 3; ++n) parts.insert(chat.reply_text(n));
  chat.send(1);
  chat.at(60, "什么时候发货");
  EXPECT_FALSE(parts.contains(chat.reply_text(0))) << chat.reply_text(0);
}

// ---- Asked and given

TEST(Asked, WhatTheBuyerGaveIsNotAskedForAgain) {
  Chat chat;
  chat.at(0, "我的订单什么状态");
  ASSERT_FALSE(chat.result.replies.empty());
  chat.send(1);
  chat.at(60, "2026112100012345678");
  EXPECT_TRUE(chat.list(chat.result.conversation.asked).contains("order_number"));
  EXPECT_TRUE(chat.list(chat.result.conversation.given).contains("order_number"));
  chat.send(61);
  chat.at(120, "那我的订单到底什么状态");
  for (size_t n = 0; n < chat.result.replies.size(); ++n) {
    EXPECT_EQ(chat.reply_text(n).find("订单号发"), std::string::npos) << chat.reply_text(n);
  }
}

TEST(Asked, TellsWhatWasAnsweredAndOffered) {
  Chat chat;
  const reply::Facts facts = demo_facts();
  chat.request.facts = &facts;
  chat.at(0, "这款多少钱");
  EXPECT_EQ(chat.result.conversation.answered.count, 0u);  // nothing was sent yet
  chat.send(1);
  chat.at(60, "什么时候发货");
  EXPECT_TRUE(chat.list(chat.result.conversation.answered).contains("price.query"));
}

// ---- Stages

TEST(Stages, FollowTheReceptionFlowWithJumpsAndReturn) {
  const reply::Facts facts = demo_facts();
  Chat chat;
  chat.request.facts = &facts;
  const auto stage_after = [&](const char* message) {
    static int64_t second = 0;
    chat.at(second += 60, message);
    return std::string(chat.stage());
  };
  EXPECT_EQ(stage_after("在吗"), "greeting");
  EXPECT_EQ(stage_after("这款多少钱"), "consultation");
  EXPECT_EQ(stage_after("推荐哪款好"), "recommendation");
  EXPECT_EQ(stage_after("太贵了"), "objection");
  EXPECT_EQ(chat.result.text(chat.result.conversation.returns_to), "recommendation");
  EXPECT_EQ(stage_after("好的"), "recommendation");  // settled: back to where it broke in
  EXPECT_EQ(stage_after("怎么下单"), "closing");
  EXPECT_EQ(stage_after("在吗"), "closing");  // a greeting amid the conversation
  EXPECT_EQ(stage_after("收到的东西破了"), "after_sales");
  EXPECT_EQ(stage_after("已经好了,解决了"), "closing");
  EXPECT_EQ(stage_after("我拍好了"), "confirmation");
  EXPECT_EQ(stage_after("快递到哪了"), "shipping");
  EXPECT_EQ(stage_after("谢谢"), "farewell");
  EXPECT_EQ(stage_after("在吗"), "greeting");
}

TEST(Stages, TheSameWordsMeanAnotherThingInAnotherState) {
  const auto ask = [](const char* facts_json) {
    Chat chat;
    const reply::Facts facts = facts_of(facts_json);
    chat.request.facts = &facts;
    chat.at(0, "什么时候发货");
    return std::pair(chat.reply_text(0), chat.result.decision);
  };
  const auto before = ask(R"({"shop": {"ship_within_hours": 48}})");
  const auto paid = ask(R"({"shop": {"ship_within_hours": 48}, "order": {"id": "1", "state": "paid",
    "promised_ship_at": "2026-11-23T18:00:00+08:00"}})");
  const auto late = ask(R"({"shop": {"ship_within_hours": 48}, "order": {"id": "1", "state": "paid",
    "promised_ship_at": "2026-11-19T18:00:00+08:00"}})");
  EXPECT_NE(before.first.find("48小时"), std::string::npos) << before.first;
  EXPECT_NE(paid.first.find("11月23日"), std::string::npos) << paid.first;
  EXPECT_EQ(late.second, Decision::kSuggest);
  EXPECT_NE(late.first, paid.first);
}

TEST(Stages, TheOrderIsFollowedOverTime) {
  Chat chat;
  for (const char* state : {"placed", "paid", "shipped"}) {
    const reply::Facts facts =
        facts_of(R"({"order": {"id": "1", "state": ")" + std::string(state) + R"("}})");
    chat.request.facts = &facts;
    chat.at(60, "在吗");
  }
  ASSERT_EQ(chat.result.conversation.order_steps.count, 3u);
  EXPECT_EQ(chat.result.text(chat.result.order_steps[0].state), "placed");
  EXPECT_EQ(chat.result.text(chat.result.order_steps[2].state), "shipped");
  EXPECT_EQ(chat.result.order_steps[0].at, kStart + 60);
  // A call without facts forgets nothing.
  chat.request.facts = nullptr;
  chat.at(120, "在吗");
  EXPECT_EQ(chat.result.text(chat.result.order_state), "shipped");
}

// ---- The session

TEST(Conversation, AnUnsentSuggestionChangesNothingInTheSession) {
  const reply::Facts facts = demo_facts();
  Chat plain, curious;
  for (Chat* chat : {&plain, &curious}) chat->request.facts = &facts;
  plain.at(0, "这款多少钱");
  curious.at(0, "这款多少钱");
  // What was offered, and how often, leaves no trace but the offer itself.
  const auto& conversation = curious.session.conversation();
  EXPECT_EQ(curious.session.snapshot(), plain.session.snapshot());
  EXPECT_EQ(conversation.asked, 0u);
  EXPECT_EQ(conversation.answered.size(), 0u);
  EXPECT_EQ(conversation.unhelpful, 0u);
  EXPECT_FALSE(curious.session.has_spoken());
  EXPECT_EQ(curious.session.pushes(), 0u);
  EXPECT_EQ(curious.session.offers().size(), 0u);
  EXPECT_EQ(curious.session.promises().size(), 0u);
  for (const uint32_t told : conversation.told) EXPECT_EQ(told, 0u);
  curious.happens(60, "order_unpaid");
  for (const uint32_t told : conversation.told) EXPECT_EQ(told, 0u);
}

TEST(Conversation, ASnapshotLosesNothing) {
  const reply::Facts facts = demo_facts();
  const char* const messages[] = {"在吗", "这款多少钱", "太贵了", "什么时候发货", "好的", "在吗"};
  Chat whole, resumed;
  for (size_t i = 0; i < std::size(messages); ++i) {
    const auto second = static_cast<int64_t>(i) * (i % 2 == 0 ? 60 : 5);
    for (Chat* chat : {&whole, &resumed}) {
      chat->request.facts = &facts;
      if (chat == &resumed) {
        dialogue::Session session;
        std::string error;
        ASSERT_TRUE(session.restore(resumed.session.snapshot(), &error)) << error;
        resumed.session = session;
      }
      chat->at(second, messages[i]);
      if (i % 3 == 1 && !chat->offered().empty()) chat->send(second + 1);
      if (i == 3) chat->observe(second + 2, "同事看一下");
    }
    EXPECT_EQ(whole.result.bytes, resumed.result.bytes) << messages[i];
    EXPECT_EQ(whole.session.snapshot(), resumed.session.snapshot()) << messages[i];
  }
}

}  // namespace
}  // namespace xiaoer::test
