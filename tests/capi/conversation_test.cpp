// How a chat stands, through the C and C++ interfaces.

#include <cstring>

#include "support.hpp"

namespace {

using capi_test::ErrorSlot;

constexpr const char* kPack = R"({"intents": [
  {"id": "price.query", "title": "价格", "stage": "consultation", "patterns": ["多少钱"],
   "replies": [{"id": "p", "variants": ["订单号发我看下哦"]}]},
  {"id": "event.paid", "title": "付款", "event": "order_paid",
   "replies": [{"id": "e", "variants": ["付款看到啦"]}]}],
  "settings": {"conversation": {"asks": {"order_number": "订单号"}, "takeover_minutes": 5}}})";

xr::Ruleset pack() {
  const std::string manifest = R"({"format": 1, "id": "t", "version": "1.0.0"})";
  return xr::Ruleset::open_files({{"pack.json", manifest}, {"all.json", kPack}});
}

TEST(Conversation, TellsWhoIsInChargeAndWhatWasAsked) {
  const xr::Ruleset rules = pack();
  xr::Context context;
  xr::Session session;
  xr::Result result;
  xr::Request request;
  request.now = xr::Instant{1000, 480};
  request.message = "多少钱";
  xr::reply(rules, context, &session, request, result);
  EXPECT_EQ(result.stage(), "consultation");
  EXPECT_TRUE(session.sent(result.replies()[0].text, 1001));
  request.now = xr::Instant{1100, 480};
  request.message = "2026112100012345678";
  xr::reply(rules, context, &session, request, result);
  xr::Conversation conversation = result.conversation();
  EXPECT_EQ(conversation.turn, 2u);
  ASSERT_EQ(conversation.asked.size(), 1u);
  EXPECT_EQ(conversation.asked[0], "order_number");
  ASSERT_EQ(conversation.given.size(), 1u);
  ASSERT_EQ(conversation.answered.size(), 1u);
  EXPECT_EQ(conversation.answered[0], "price.query");
  EXPECT_TRUE(conversation.silence.empty());
  session.observe("我来看看", 1200);
  request.now = xr::Instant{1300, 480};
  xr::reply(rules, context, &session, request, result);
  conversation = result.conversation();
  EXPECT_EQ(result.decision(), XIAOER_SILENT);
  EXPECT_EQ(conversation.silence, "person-in-charge");
  EXPECT_TRUE(conversation.person_in_charge);
  EXPECT_EQ(conversation.person_until, 1500);
}

TEST(Conversation, EventsAreAnswered) {
  const xr::Ruleset rules = pack();
  xr::Context context;
  xr::Session session;
  xr::Result result;
  xr::Request request;
  request.event = "order_paid";
  request.now = xr::Instant{2000, 480};
  xr::reply(rules, context, &session, request, result);
  EXPECT_EQ(result.decision(), XIAOER_AUTO);
  ASSERT_EQ(result.replies().size(), 1u);
  EXPECT_EQ(result.replies()[0].text, "付款看到啦");
  const xr::Conversation conversation = result.conversation();
  ASSERT_EQ(conversation.order_steps.size(), 1u);
  EXPECT_EQ(conversation.order_steps[0].state, "paid");
  EXPECT_EQ(conversation.order_steps[0].at, 2000);
}

TEST(Conversation, RefusesWhatIsOutOfRange) {
  xr::Result result;
  xiaoer_conversation out = {};
  EXPECT_EQ(xiaoer_result_conversation(result.get(), &out), XIAOER_INVALID_ARGUMENT);
  out.struct_size = 7;
  EXPECT_EQ(xiaoer_result_conversation(result.get(), &out), XIAOER_INVALID_ARGUMENT);
  // A caller of an older version gets what it knows, and no byte more.
  std::memset(&out, 0x55, sizeof(out));
  out.struct_size = offsetof(xiaoer_conversation, person_until);
  EXPECT_EQ(xiaoer_result_conversation(result.get(), &out), XIAOER_OK);
  EXPECT_EQ(out.silence.size, 0u);
  EXPECT_EQ(out.turn, 0x55555555u);
  EXPECT_EQ(xiaoer_result_conversation(nullptr, &out), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_conversation(result.get(), nullptr), XIAOER_INVALID_ARGUMENT);
  xiaoer_text text;
  int64_t at = 0;
  EXPECT_EQ(xiaoer_result_ledger_count(nullptr, XIAOER_ASKED), 0u);
  EXPECT_EQ(xiaoer_result_ledger_count(result.get(), XIAOER_LEDGER_32_BITS), 0u);
  EXPECT_EQ(xiaoer_result_ledger_entry(result.get(), XIAOER_ASKED, 0, &text),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_ledger_entry(result.get(), XIAOER_ASKED, 0, nullptr),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_order_step(result.get(), 0, &text, &at), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_order_step(result.get(), 0, nullptr, &at), XIAOER_INVALID_ARGUMENT);
}

}  // namespace
