// What happens in a shop is answered, with the default pack: which event, with which facts, how
// often, and when nothing is to be said.

#include "e2e/fixture.hpp"

namespace xiaoer::test {
namespace {

// A conversation in which things happen; facts are laid over those of an order of two teas.
struct Shop : Talk {
  Shop() : Talk(default_ruleset()) {}

  const Result& happens(std::string_view event, const std::string& facts_json = "{}",
                        int64_t second = 0) {
    facts = facts_of(facts_json);
    request.facts = &facts;
    request.event = event;
    request.now = Instant{kNow.seconds + second, kNow.offset_minutes};
    return say("");
  }
  const Result& hears(const std::string& message, int64_t second) {
    request.event = {};
    request.now = Instant{kNow.seconds + second, kNow.offset_minutes};
    return say(message);
  }
  void send() { EXPECT_TRUE(sent(&session, reply_text(0), request.now->seconds)); }
  std::string_view silence() const { return result.text(result.conversation.silence); }
  bool says(std::string_view words) const { return reply_text(0).find(words) != std::string::npos; }

  reply::Facts facts;
};

TEST(Events, FirstContactIsGreetedByHoursQueueAndPresence) {
  const struct {
    const char* facts;
    const char* reply;
  } cases[] = {
      {R"({"shop": {"name": "云间茶铺", "hours": "09:00-22:00"}})", "event.joined.shop"},
      {R"({"shop": {"name": "云间茶铺", "hours": "12:00-22:00"}})", "event.joined.closed"},
      {R"({"shop": {"name": "云间茶铺", "waiting": 4}})", "event.joined.queue"},
      {R"({"shop": {"waiting": 2}})", "event.joined.plain"},
      {R"({"shop": {"presence": "busy"}})", "event.joined.busy"},
      {R"({"shop": {"presence": "away"}})", "event.joined.away"},
      {R"({"shop": {"presence": "online"}})", "event.joined.plain"},
  };
  for (const auto& expected : cases) {
    Shop shop;
    shop.happens("buyer_joined", expected.facts);
    ASSERT_FALSE(shop.result.replies.empty()) << expected.facts;
    EXPECT_EQ(shop.result.decision, Decision::kAuto) << expected.facts;
    EXPECT_EQ(shop.result.text(shop.result.replies[0].id), expected.reply) << expected.facts;
    EXPECT_EQ(shop.result.text(shop.result.stage), "greeting");
  }
  Shop queue;
  queue.happens("buyer_joined", R"({"shop": {"waiting": 4}})");
  EXPECT_TRUE(queue.says("4位")) << queue.reply_text(0);
}

// Nothing was read of an event, so nothing nearly matched: on a fresh context, and after a message.
TEST(Events, ATraceOfAnEventTellsOfNoMessage) {
  Shop shop;
  shop.request.trace = true;
  shop.happens("order_paid");
  EXPECT_TRUE(shop.result.near_misses.empty());
  shop.hears("订单里有什么", 1);
  shop.happens("order_paid", "{}", 2);
  EXPECT_TRUE(shop.result.near_misses.empty());
}

TEST(Events, AGreetingIsNotGivenTwice) {
  Shop shop;
  shop.happens("buyer_joined", R"({"shop": {"name": "云间茶铺"}})");
  shop.send();
  shop.happens("buyer_joined", "{}", 60);
  EXPECT_EQ(shop.silence(), "told-before");
  shop.hears("在吗", 90);
  EXPECT_EQ(shop.result.text(shop.result.replies[0].id), "greet.hello.again");
}

TEST(Events, AFirstMessageIsGreetedByTheSameFacts) {
  for (const auto& [facts, reply] :
       {std::pair{R"({"shop": {"presence": "away"}})", "greet.hello.away"},
        std::pair{R"({"shop": {"waiting": 5}})", "greet.hello.queue"},
        std::pair{R"({"shop": {"hours": "12:00-22:00"}})", "greet.hello.closed"}}) {
    Shop shop;
    shop.facts = facts_of(facts);
    shop.request.facts = &shop.facts;
    shop.hears("在吗", 0);
    EXPECT_EQ(shop.result.text(shop.result.replies[0].id), reply);
  }
}

TEST(Events, WhoWaitsIsToldWhy) {
  Shop shop;
  shop.hears("这款多少钱", 0);
  shop.happens("buyer_waiting", R"({"shop": {"waiting": 3}})", 60);
  EXPECT_EQ(shop.result.decision, Decision::kAuto);
  EXPECT_TRUE(shop.says("3位")) << shop.reply_text(0);
}

constexpr const char* kUnpaid = R"({"order": {"id": "1", "state": "placed", "items": ["云雾绿茶"],
    "placed_at": "2026-11-21T09:00:00+08:00"}})";

TEST(Unpaid, RemindsAfterTheTimeOfThePackAndAtMostTwice) {
  Shop shop;
  shop.happens("order_unpaid", R"({"order": {"id": "1", "state": "placed",
      "placed_at": "2026-11-21T09:45:00+08:00"}})");
  EXPECT_EQ(shop.silence(), "too-early");
  shop.happens("order_unpaid", kUnpaid, 60);
  EXPECT_EQ(shop.result.decision, Decision::kAuto);
  EXPECT_TRUE(shop.says("云雾绿茶")) << shop.reply_text(0);
  // Unsent, it was no reminder.
  shop.happens("order_unpaid", kUnpaid, 120);
  EXPECT_EQ(shop.result.text(shop.result.replies[0].id), "event.unpaid.items");
  shop.send();
  shop.happens("order_unpaid", kUnpaid, 7200);
  EXPECT_EQ(shop.result.text(shop.result.replies[0].id), "event.unpaid.again");
  shop.send();
  shop.happens("order_unpaid", kUnpaid, 14400);
  EXPECT_EQ(shop.silence(), "told-before");
}

TEST(Unpaid, AnotherOrderIsRemindedOfItself) {
  Shop shop;
  for (int i = 0; i < 2; ++i) {
    shop.happens("order_unpaid", kUnpaid, 60 + i);
    shop.send();
  }
  shop.happens("order_unpaid", R"({"order": {"id": "2", "state": "placed"}})", 9000);
  EXPECT_NE(shop.result.decision, Decision::kSilent) << shop.silence();
}

TEST(Unpaid, NobodyIsRemindedWhoCannotPayOrRefused) {
  for (const char* words : {"卡里真的没钱了,先不买", "不买了"}) {
    Shop shop;
    shop.hears(words, 0);
    shop.happens("order_unpaid", kUnpaid, 3600);
    EXPECT_EQ(shop.silence(), "buyer-refused") << words;
  }
}

TEST(Unpaid, NorWhoHasATroubleOrHasPaid) {
  Shop trouble;
  trouble.hears("上次收到的东西破了", 0);
  trouble.happens("order_unpaid", kUnpaid, 3600);
  EXPECT_EQ(trouble.silence(), "wrong-moment");
  Shop paid;
  paid.happens("order_unpaid", R"({"order": {"id": "1", "state": "paid"}})");
  EXPECT_EQ(paid.silence(), "order-moved-on");
}

constexpr const char* kPaid = R"({"order": {"id": "20261121001", "state": "paid",
    "items": ["云雾绿茶"], "spec": "250克", "quantity": 2, "carrier": "顺丰", "freight": 0,
    "promised_ship_at": "2026-11-22T18:00:00+08:00", "receiver": "张小明", "phone": "13812345678",
    "address": "浙江省杭州市西湖区文三路1号"}, "buyer": {"verified": true}})";

TEST(OrderPaid, IsConfirmedWithTheWholeChecklistMasked) {
  Shop shop;
  shop.happens("order_paid", kPaid);
  EXPECT_EQ(shop.result.decision, Decision::kAuto);
  for (const char* part :
       {"云雾绿茶", "250克", "2件", "张*", "138****5678", "西湖区", "顺丰", "0元", "明天18:00"}) {
    EXPECT_TRUE(shop.says(part)) << part << ": " << shop.reply_text(0);
  }
  for (const char* secret : {"张小明", "13812345678", "文三路"}) {
    EXPECT_FALSE(shop.says(secret)) << shop.reply_text(0);
  }
  EXPECT_EQ(shop.result.text(shop.result.stage), "confirmation");
  EXPECT_EQ(shop.session.order_state(), rules::OrderState::kPaid);
}

TEST(OrderPaid, PersonalDataIsForTheVerifiedBuyerOnly) {
  Shop shop;
  std::string facts = kPaid;
  facts.replace(facts.find("true"), 4, "false");
  shop.happens("order_paid", facts);
  ASSERT_FALSE(shop.result.replies.empty());
  EXPECT_TRUE(shop.says("云雾绿茶"));
  for (const char* secret : {"张", "138", "西湖区"}) EXPECT_FALSE(shop.says(secret));
}

TEST(OrderPaid, AsksForWhatIsMissing) {
  Shop shop;
  shop.happens("order_paid", R"({"order": {"id": "1", "state": "paid", "items": ["云雾绿茶"],
      "spec": null, "receiver": "张小明", "address": "浙江省杭州市西湖区文三路1号"},
      "buyer": {"verified": true}})");
  EXPECT_TRUE(shop.says("规格、联系电话")) << shop.reply_text(0);
  // What the shop did not name may well be known to it.
  Shop known;
  known.happens("order_paid", R"({"order": {"id": "1", "state": "paid", "items": ["云雾绿茶"]}})");
  EXPECT_FALSE(known.says("还缺")) << known.reply_text(0);
}

TEST(OrderShipped, IsToldInFull) {
  const std::string facts = R"({"order": {"id": "1", "state": "shipped", "carrier": "德邦",
      "tracking": "DPK100200300", "carrier_phone": "95353", "pieces": 3, "freight": 120,
      "eta": "2026-11-24T18:00:00+08:00", "pick_up": PICK, "depot": "杭州北站货场"}})";
  const auto with = [&](const char* pick_up) {
    std::string json = facts;
    return json.replace(json.find("PICK"), 4, pick_up);
  };
  Shop fetched;
  fetched.happens("order_shipped", with("true"));
  for (const char* part : {"德邦", "DPK100200300", "95353", "3件", "120元", "杭州北站货场",
                           "身份证原件", "11月24日"}) {
    EXPECT_TRUE(fetched.says(part)) << part << ": " << fetched.reply_text(0);
  }
  EXPECT_EQ(fetched.result.text(fetched.result.stage), "shipping");
  Shop delivered;
  delivered.happens("order_shipped", with("false"));
  EXPECT_FALSE(delivered.says("身份证"));
  EXPECT_TRUE(delivered.says("门") || delivered.says("送到家")) << delivered.reply_text(0);
  Shop bare;
  bare.happens("order_shipped", R"({"order": {"id": "1", "state": "shipped"}})");
  EXPECT_EQ(bare.result.decision, Decision::kAuto);
}

TEST(OrderShipped, IsToldOnceAnOrder) {
  Shop shop;
  shop.happens("order_shipped", R"({"order": {"id": "1", "state": "shipped"}})");
  shop.send();
  shop.happens("order_shipped", R"({"order": {"id": "1", "state": "shipped"}})", 60);
  EXPECT_EQ(shop.silence(), "told-before");
}

TEST(Events, DeliveryFollowUpReviewsAndClosingAreAnswered) {
  for (const auto& [event, decision] :
       {std::pair{"order_placed", Decision::kAuto}, std::pair{"order_delivered", Decision::kAuto},
        std::pair{"follow_up", Decision::kAuto}, std::pair{"order_closed", Decision::kAuto},
        std::pair{"review_good", Decision::kAuto}, std::pair{"review_middling", Decision::kSuggest},
        std::pair{"review_bad", Decision::kSuggest}}) {
    Shop shop;
    shop.happens(event);
    EXPECT_EQ(shop.result.decision, decision) << event;
    EXPECT_FALSE(shop.result.replies.empty()) << event;
    EXPECT_TRUE(shop.result.techniques.empty()) << event;
  }
}

constexpr const char* kPromotion = R"({"promotion": {"name": "秋茶节", "threshold": 199,
    "reduction": 20, "starts": "2026-11-11T00:00:00+08:00", "ends": "2026-11-22T23:59:00+08:00"}})";

TEST(PromotionEnding, IsToldToWhoAskedForThePriceAndCostsAPush) {
  Shop shop;
  shop.hears("这款多少钱", 0);
  shop.happens("promotion_ending", kPromotion, 600);
  EXPECT_EQ(shop.result.decision, Decision::kSuggest);
  EXPECT_TRUE(shop.says("秋茶节")) << shop.reply_text(0);
  EXPECT_EQ(shop.session.pushes(), 0u);
  shop.send();
  EXPECT_EQ(shop.session.pushes(), 1u);
  EXPECT_TRUE(shop.session.technique_used(rules::Technique::kDeadline));
}

TEST(PromotionEnding, ElseItIsNot) {
  Shop other;
  other.hears("什么时候发货", 0);
  other.happens("promotion_ending", kPromotion, 600);
  EXPECT_EQ(other.silence(), "price-not-asked");
  Shop unknown;
  unknown.hears("这款多少钱", 0);
  unknown.happens("promotion_ending", "{}", 600);
  EXPECT_EQ(unknown.silence(), "no-promotion");
  Shop over;
  over.hears("这款多少钱", 0);
  over.happens("promotion_ending", kPromotion, 5 * 86400);
  EXPECT_EQ(over.silence(), "no-promotion");
  Shop refused;
  refused.hears("这款多少钱", 0);
  refused.hears("不买了", 60);
  refused.happens("promotion_ending", kPromotion, 600);
  EXPECT_EQ(refused.silence(), "buyer-refused");
}

TEST(Events, UnknownOnesAreRecordedAndSilent) {
  Shop shop;
  shop.happens("moon_rose");
  EXPECT_EQ(shop.result.decision, Decision::kSilent);
  EXPECT_EQ(shop.silence(), "unknown-event");
  EXPECT_EQ(shop.session.turns().size(), 1u);
  shop.happens("person_left");
  EXPECT_EQ(shop.silence(), "no-answer");
}

TEST(Events, OfThePackMayHaveConditionsOfTheirOwn) {
  const auto pack = load_pack(R"("intents": [
    {"id": "event.any", "title": "x", "event": "order_paid",
     "replies": [{"id": "any", "variants": ["收到付款了哦"]}]},
    {"id": "event.vip", "title": "x", "event": "order_paid", "policy": "suggest",
     "when": {"buyer_tier": "金牌"}, "replies": [{"id": "vip", "variants": ["谢谢您一直支持"]}]}])");
  Talk talk(*pack);
  talk.request.event = "order_paid";
  talk.say("");
  EXPECT_EQ(talk.first_intent(), "event.any");
  EXPECT_EQ(talk.result.decision, Decision::kAuto);
  const reply::Facts facts = facts_of(R"({"buyer": {"tier": "金牌"}})");
  Talk vip(*pack);
  vip.request.facts = &facts;
  vip.request.event = "order_paid";
  vip.say("");
  EXPECT_EQ(vip.first_intent(), "event.vip");
  EXPECT_EQ(vip.result.decision, Decision::kSuggest);
}

TEST(Events, GuardsHoldForThemToo) {
  const auto pack = load_pack(R"("intents": [
    {"id": "event.any", "title": "x", "event": "order_paid",
     "replies": [{"id": "any", "variants": ["付款{{订单金额}}元收到了哦"]}]}])");
  Talk talk(*pack);
  talk.request.event = "order_paid";
  talk.say("");
  EXPECT_EQ(talk.result.decision, Decision::kSilent);
  ASSERT_FALSE(talk.result.guard.empty());
  EXPECT_EQ(talk.result.text(talk.result.guard[0].rule), "missing-variable");
}

}  // namespace
}  // namespace xiaoer::test
