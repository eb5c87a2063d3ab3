// The typed result: what a client reads item by item.

#include "support.hpp"

namespace {

using capi_test::demo;

class Asked {
 public:
  explicit Asked(std::string_view message, const char* facts = "{}") : facts_(facts) {
    xr::Request request;
    request.message = message;
    request.facts = &facts_;
    request.now = xr::Instant{1'795'312'800, 480};  // 2026-11-22 10:00 +08:00
    xr::reply(demo(), context_, nullptr, request, result);
  }
  xr::Result result;

 private:
  xr::Facts facts_;
  xr::Context context_;
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST(Result, TellsWhatBargainingComesTo) {
  const char* const facts =
      R"({"product": {"price": 199.5, "ladder": [189.5], "floor_price": 180.12}})";
  xr::Facts known(facts);
  xr::Context context;
  xr::Session session;
  xr::Result result;
  xr::Request request;
  request.message = "零头抹了吧";
  request.facts = &known;
  request.assume_sent = true;
  xr::reply(demo(), context, &session, request, result);
  ASSERT_TRUE(result.bargain().has_value());
  EXPECT_EQ(result.bargain()->move, "hold");
  EXPECT_EQ(result.bargain()->offer, "");
  EXPECT_EQ(result.bargain()->round, 1u);
  xr::reply(demo(), context, &session, request, result);
  const std::optional<xr::Bargain> bargain = result.bargain();
  ASSERT_TRUE(bargain.has_value());
  EXPECT_EQ(bargain->move, "accept");
  EXPECT_EQ(bargain->offer, "190");
  EXPECT_EQ(bargain->round, 2u);
  EXPECT_TRUE(bargain->floor_respected);
  ASSERT_FALSE(bargain->why.empty());
  EXPECT_EQ(bargain->why[0].kind, "intent");
  EXPECT_TRUE(contains(result.replies()[0].text, "190元"));
  EXPECT_FALSE(contains(result.json(), "180.12"));
  xiaoer_reason reason;
  EXPECT_EQ(xiaoer_result_bargain_why(result.get(), bargain->why.size(), &reason),
            XIAOER_INVALID_ARGUMENT);

  const Asked none("你好");
  EXPECT_FALSE(none.result.bargain().has_value());
  xiaoer_bargain out;
  EXPECT_EQ(xiaoer_result_bargain(none.result.get(), &out), XIAOER_NOT_FOUND);
}

TEST(Result, RanksIntentsWithReasons) {
  const Asked asked("能便宜点吗");
  ASSERT_FALSE(asked.result.intents().empty());
  const xr::Item intent = asked.result.intents()[0];
  EXPECT_EQ(intent.id, "bargain.discount");
  EXPECT_EQ(intent.text, "想要便宜");
  EXPECT_GT(intent.score, 0.3f);
  EXPECT_LE(intent.score, 1.0f);
  ASSERT_GT(intent.why_count(), 0u);
  EXPECT_EQ(intent.why(0).kind, "phrase");
  EXPECT_GT(intent.why(0).points, 0.0f);
  for (size_t i = 1; i < asked.result.intents().size(); ++i) {
    EXPECT_FALSE(asked.result.intents()[i].id.empty());
  }
}

TEST(Result, RendersFactsOnlyWhenTheyAreThere) {
  const Asked with("能便宜点吗", R"({"product": {"price": 39.9}})");
  const Asked without("能便宜点吗");
  ASSERT_FALSE(with.result.replies().empty());
  ASSERT_FALSE(without.result.replies().empty());
  EXPECT_TRUE(contains(with.result.replies()[0].text, "39.9"));
  for (const xr::Item reply : without.result.replies()) {
    EXPECT_FALSE(contains(reply.text, "39.9"));
    EXPECT_FALSE(contains(reply.text, "{{"));
  }
}

TEST(Result, RepliesNameTheirIntents) {
  const Asked asked("什么时候发货");
  ASSERT_FALSE(asked.result.replies().empty());
  const xr::Item reply = asked.result.replies()[0];
  ASSERT_EQ(reply.intent_count(), 1u);
  EXPECT_EQ(reply.intent(0), "ship.time");
  EXPECT_THROW(reply.intent(1), xr::Error);
}

TEST(Result, OffersScarcityOnlyWhenStockIsShort) {
  const Asked few("我再想想", R"({"product": {"price": 39.9, "stock": 3}})");
  const Asked many("我再想想", R"({"product": {"price": 39.9, "stock": 300}})");
  const Asked unknown("我再想想");
  bool scarcity = false;
  for (const xr::Item item : few.result.techniques()) {
    if (item.value != "scarcity") continue;
    scarcity = true;
    EXPECT_EQ(item.id, "scarcity.stock");
    EXPECT_TRUE(contains(item.text, "3"));
    EXPECT_GT(item.why_count(), 0u);
  }
  EXPECT_TRUE(scarcity);
  EXPECT_TRUE(many.result.techniques().empty());
  EXPECT_TRUE(unknown.result.techniques().empty());
}

TEST(Result, FindsEntitiesWithTheirWords) {
  const Asked asked("80块卖吗");
  bool money = false;
  for (const xr::Item entity : asked.result.entities()) {
    if (entity.id != "money") continue;
    money = true;
    EXPECT_EQ(entity.value, "80");
    EXPECT_TRUE(contains(entity.text, "80"));
    EXPECT_EQ(asked.result.message().substr(entity.span.begin, entity.span.end - entity.span.begin),
              entity.text);
  }
  EXPECT_TRUE(money);
}

TEST(Result, HandsComplaintsOver) {
  const Asked asked("我要投诉你们");
  EXPECT_EQ(asked.result.decision(), XIAOER_HANDOFF);
  const std::optional<xr::Handoff> handoff = asked.result.handoff();
  ASSERT_TRUE(handoff.has_value());
  EXPECT_EQ(handoff->route, "complaints");
  EXPECT_EQ(handoff->intent_id, "complaint.angry");
  EXPECT_EQ(handoff->holding_id, "holding.photo");
  EXPECT_FALSE(handoff->holding_text.empty());
  EXPECT_EQ(handoff->needs, (std::vector<std::string_view>{"订单号", "照片"}));
  EXPECT_TRUE(asked.result.techniques().empty());
}

TEST(Result, NoHandoverNoHandoff) {
  const Asked asked("谢谢");
  EXPECT_FALSE(asked.result.handoff().has_value());
  xiaoer_handoff out;
  EXPECT_EQ(xiaoer_result_handoff(asked.result.get(), &out), XIAOER_NOT_FOUND);
}

TEST(Result, NothingUnderstoodStillAnswers) {
  const Asked asked("嘀嘀嗒嗒咕噜咕噜");
  EXPECT_NE(asked.result.decision(), XIAOER_AUTO);
  for (const xr::Item reply : asked.result.replies()) EXPECT_FALSE(reply.text.empty());
}

TEST(Result, EmptyMessages) {
  for (const std::string_view message : {"", " ", "\n\n", "😀😀😀", "。。。"}) {
    const Asked asked(message);
    EXPECT_EQ(asked.result.message(), message);
  }
}

}  // namespace
