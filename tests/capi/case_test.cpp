// What is for the shop alone: the buyer, what to do next, actions, and the case record of a
// handover.

#include "support.hpp"

namespace {

using capi_test::demo;

struct Talk {
  const xr::Result& say(std::string_view message, const xr::Facts* facts = nullptr) {
    xr::Request request;
    request.message = message;
    request.facts = facts;
    xr::reply(demo(), context, &session, request, result);
    return result;
  }
  xr::Context context;
  xr::Session session;
  xr::Result result;
};

const xr::Facts& order() {
  static const xr::Facts facts(
      R"({"order": {"id": "20261120001", "state": "paid", "amount": 99, "phone": "13812345678",
          "promised_ship_at": "2026-11-21T16:00:00+08:00"}})");
  return facts;
}

TEST(Case, AHandoverHasItsRecord) {
  Talk talk;
  const xr::Result& result = talk.say("你们就是骗子,打12315投诉", &order());
  ASSERT_EQ(result.decision(), XIAOER_HANDOFF);
  const std::optional<xr::Handoff> handoff = result.handoff();
  ASSERT_TRUE(handoff.has_value());
  EXPECT_EQ(handoff->summary, "生气的买家说投诉,要处理结果,订单20261120001");
  EXPECT_EQ(handoff->next_step, "先听完,再查订单");
  EXPECT_TRUE(handoff->major);
  EXPECT_GE(handoff->urgency, 0.9f);
  EXPECT_EQ(handoff->needs, std::vector<std::string_view>{"照片"});
  ASSERT_EQ(result.case_facts().size(), 2u);
  EXPECT_EQ(result.case_facts()[1].id, "order.phone");
  EXPECT_EQ(result.case_facts()[1].value, "138****5678");
  ASSERT_GT(result.quotes().size(), 0u);
  ASSERT_EQ(result.promises().size(), 1u);
  EXPECT_EQ(result.promises()[0].value, "open");  // no `now`
  ASSERT_EQ(result.major().size(), 1u);
  EXPECT_EQ(result.major()[0].why(0).rule, "authority");
  EXPECT_GT(result.urgency()[0].why_count(), 0u);
  EXPECT_EQ(result.objection(), "complaint");
  EXPECT_EQ(result.complaint(), "open");
}

TEST(Case, TheBuyerIsTold) {
  Talk talk;
  const xr::Result& calm = talk.say("能便宜点吗");
  ASSERT_EQ(calm.buyer().size(), 1u);
  EXPECT_EQ(calm.buyer()[0].id, "calm");
  ASSERT_EQ(calm.traits().size(), 1u);
  EXPECT_EQ(calm.traits()[0].id, "calculation");
  EXPECT_EQ(calm.traits()[0].value, "psychology");
  const xr::Result& angry = talk.say("骗子");
  EXPECT_EQ(angry.buyer()[0].id, "angry");
  EXPECT_EQ(angry.buyer()[0].why(0).rule, "cross");
  EXPECT_GT(angry.buyer()[0].score, 0.6f);
}

TEST(Case, GuidanceComesWithoutAHandoverToo) {
  Talk talk;
  EXPECT_FALSE(talk.say("你好").guidance().has_value());
  const std::optional<xr::Guidance> guidance = talk.say("我要投诉").guidance();
  ASSERT_TRUE(guidance.has_value());
  EXPECT_EQ(guidance->intent_id, "complaint.angry");
  EXPECT_EQ(guidance->needs.size(), 2u);
}

TEST(Case, AnActionIsDoneOnceItIsConfirmed) {
  Talk talk;
  EXPECT_FALSE(talk.session.confirm("remark"));
  EXPECT_THROW(talk.session.confirm("fly"), xr::Error);
  const std::vector<xr::Action> actions = talk.say("帮我备注放门口").actions();
  ASSERT_EQ(actions.size(), 1u);
  EXPECT_EQ(actions[0].action, "remark");
  EXPECT_EQ(actions[0].intent_id, "order.note");
  EXPECT_FALSE(actions[0].requires_person);
  ASSERT_EQ(actions[0].arguments.size(), 1u);
  EXPECT_EQ(actions[0].arguments[0].source, "message");
  EXPECT_EQ(talk.result.replies()[0].id, "order.note.plain");
  EXPECT_TRUE(talk.session.confirm("remark"));
  // Asked for anew, it is proposed anew and not done.
  EXPECT_EQ(talk.say("再备注一下").replies()[0].id, "order.note.plain");
}

TEST(Case, AmountsObeyTheGuard) {
  Talk talk;
  const xr::Result& result = talk.say("投诉,退我500元", &order());
  ASSERT_EQ(result.actions().size(), 1u);
  const xr::Argument amount = result.actions()[0].arguments[1];
  EXPECT_EQ(amount.source, "missing");
  EXPECT_EQ(amount.value, "");
  EXPECT_EQ(result.guard()[0].value, "refund-above-order");
}

TEST(Case, ConfirmationsComeAsJsonToo) {
  Talk talk;
  talk.say("帮我备注放门口");
  const auto ok = [&](const char* request) {
    const std::string_view json =
        xr::reply_json(demo(), talk.context, &talk.session, nullptr, request, talk.result);
    return json.find("\"ok\":true") != json.npos;
  };
  EXPECT_TRUE(ok(R"({"confirm": {"action": "remark"}})"));
  EXPECT_FALSE(ok(R"({"confirm": {"action": "refund", "ok": false}})"));
  for (const char* bad : {R"({"confirm": {"action": "fly"}})", R"({"confirm": {}})",
                          R"({"confirm": {"action": "remark"}, "message": "在吗"})"}) {
    EXPECT_THROW(ok(bad), xr::Error) << bad;
  }
}

TEST(Case, WrongCallsAreRefused) {
  Talk talk;
  const xr::Result& calm = talk.say("你好");
  xiaoer_case record = {};
  EXPECT_EQ(xiaoer_result_case(calm.get(), &record), XIAOER_INVALID_ARGUMENT);  // no struct_size
  record.struct_size = sizeof(record);
  EXPECT_EQ(xiaoer_result_case(calm.get(), &record), XIAOER_NOT_FOUND);
  EXPECT_EQ(xiaoer_result_case(nullptr, &record), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_case(calm.get(), nullptr), XIAOER_INVALID_ARGUMENT);
  xiaoer_action action = {};
  action.struct_size = sizeof(action);
  EXPECT_EQ(xiaoer_result_action(calm.get(), 0, &action), XIAOER_INVALID_ARGUMENT);
  xiaoer_argument argument;
  EXPECT_EQ(xiaoer_result_argument(calm.get(), 0, 0, &argument), XIAOER_INVALID_ARGUMENT);
  xiaoer_guidance guidance = {};
  EXPECT_EQ(xiaoer_result_guidance(calm.get(), &guidance), XIAOER_INVALID_ARGUMENT);
  guidance.struct_size = sizeof(guidance);
  EXPECT_EQ(xiaoer_result_guidance(calm.get(), &guidance), XIAOER_NOT_FOUND);
  xiaoer_text need;
  EXPECT_EQ(xiaoer_result_need(calm.get(), 0, &need), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_session_confirm(nullptr, xr::text("remark"), 1, 0, nullptr),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_objection(nullptr).size, 0u);
  EXPECT_EQ(xiaoer_result_complaint(nullptr).size, 0u);
}

}  // namespace
