// What the client may carry out, what it confirms, and that nothing is said to be done before.

#include "fixture.hpp"
#include "rules/loader.hpp"

namespace xiaoer::test {
namespace {

using rules::Action;

constexpr const char* kPaid = R"({"product": {"name": "实木餐椅", "price": 299, "floor_price": 269,
    "link": "https://shop.example/1", "related": [{"name": "椅垫", "reason": "坐着软", "link": "https://shop.example/2"},
    {"name": "桌布", "reason": "好打理", "link": "https://shop.example/3"}]},
  "order": {"id": "20261120001", "state": "paid", "amount": 299}})";

const ActionItem* find(const Result& result, std::string_view action) {
  for (const ActionItem& item : result.actions) {
    if (result.text(item.action) == action) return &item;
  }
  return nullptr;
}

const ArgumentItem* argument(const Result& result, const ActionItem& action,
                             std::string_view name) {
  for (uint32_t i = 0; i < action.arguments.count; ++i) {
    const ArgumentItem& item = result.arguments[action.arguments.first + i];
    if (result.text(item.name) == name) return &item;
  }
  return nullptr;
}

std::string value(const Result& result, std::string_view action, std::string_view name) {
  const ActionItem* item = find(result, action);
  const ArgumentItem* found = item == nullptr ? nullptr : argument(result, *item, name);
  if (found == nullptr) return "none";
  return std::string(result.text(found->source)) + ":" + std::string(result.text(found->value));
}

std::string with_state(const char* state) {
  std::string facts = kPaid;
  return facts.replace(facts.find("paid"), 4, state);
}

TEST(Action, TakesArgumentsFromTheMessageAndTheFacts) {
  const reply::Facts facts = facts_of(kPaid);
  Talk talk(default_ruleset());
  talk.request.facts = &facts;
  const Result& result = talk.say("帮我把收货地址改到杭州市西湖区");
  const ActionItem* action = find(result, "change_address");
  ASSERT_NE(action, nullptr);
  EXPECT_TRUE(action->requires_person);
  EXPECT_EQ(result.text(action->intent), "order.change.address");
  EXPECT_GT(action->why.count, 0u);
  EXPECT_EQ(value(result, "change_address", "order"), "fact:20261120001");
  EXPECT_TRUE(value(result, "change_address", "address").starts_with("message:")) << "address";
}

TEST(Action, TellsWhatIsMissing) {
  const reply::Facts facts = facts_of(R"({"order": {"state": "paid"}})");
  Talk talk(default_ruleset());
  talk.request.facts = &facts;
  const Result& result = talk.say("地址写错了");
  EXPECT_EQ(value(result, "change_address", "order"), "missing:");
  EXPECT_EQ(value(result, "change_address", "address"), "missing:");
}

TEST(Action, RemembersThatItWasGivenWithoutTheWords) {
  const reply::Facts facts = facts_of(R"({"order": {"state": "paid"}})");
  Talk talk(default_ruleset());
  talk.request.facts = &facts;
  talk.say("订单号20261120001");
  EXPECT_EQ(value(talk.say("地址写错了"), "change_address", "order"), "earlier:");
}

TEST(Action, FitsTheStateOfTheOrder) {
  struct Case {
    const char* message;
    const char* state;
    const char* action;
  };
  const Case kCases[] = {
      {"帮我备注一下", "paid", "remark"},     {"地址写错了", "paid", "change_address"},
      {"地址写错了", "shipped", "intercept"}, {"换个颜色", "paid", "change_item"},
      {"取消订单", "paid", "cancel"},         {"取消订单", "shipped", "intercept"},
      {"申请退款", "paid", "refund"},         {"我要换货", "received", "exchange"},
      {"我要退货", "received", "return"},     {"少发了一件", "received", "resend"},
      {"开专票", "paid", "invoice"},          {"给我回个电话", "paid", "callback"},
  };
  for (const Case& each : kCases) {
    const reply::Facts facts = facts_of(with_state(each.state));
    Talk talk(default_ruleset());
    talk.request.facts = &facts;
    const Result& result = talk.say(each.message);
    const ActionItem* action = find(result, each.action);
    ASSERT_NE(action, nullptr) << each.message << " " << talk.first_intent();
    const auto known = rules::find_action(each.action);
    EXPECT_TRUE(action->requires_person || !rules::needs_person(*known)) << each.message;
  }
}

TEST(Action, APriceBelowTheFloorIsNoArgument) {
  const reply::Facts facts = facts_of(with_state("placed"));
  const auto refused = [](const Result& result) {
    for (const GuardItem& item : result.guard) {
      if (result.text(item.id) == "change_price") return std::string(result.text(item.rule));
    }
    return std::string();
  };
  Talk talk(default_ruleset());
  talk.request.facts = &facts;
  const Result& low = talk.say("260卖不卖");
  EXPECT_EQ(value(low, "change_price", "price"), "missing:");
  EXPECT_EQ(refused(low), "price-below-floor");
  const Result& fair = talk.say("280卖不卖");
  EXPECT_EQ(value(fair, "change_price", "price"), "message:280");
  EXPECT_TRUE(find(fair, "change_price")->requires_person);
  EXPECT_EQ(refused(fair), "");
}

TEST(Action, ARefundIsNoMoreThanTheOrder) {
  const reply::Facts facts = facts_of(kPaid);
  Talk talk(default_ruleset());
  talk.request.facts = &facts;
  EXPECT_EQ(value(talk.say("申请退款500元"), "refund", "amount"), "missing:");
  EXPECT_EQ(value(talk.say("申请退款"), "refund", "amount"), "fact:299");
}

// Before the client confirms it, no text says so; afterwards one does; and what is asked anew is
// not done.
TEST(Action, NothingIsDoneBeforeItIsConfirmed) {
  const reply::Facts facts = facts_of(kPaid);
  Talk talk(default_ruleset());
  talk.request.facts = &facts;
  const auto says_done = [&] {
    for (const ReplyItem& item : talk.result.replies) {
      const std::string_view text = talk.result.text(item.text);
      if (text.find("备注好了") != text.npos || text.find("已经备注") != text.npos) return true;
    }
    return false;
  };
  EXPECT_FALSE(talk.session.care().confirm(Action::kRemark, true, 0));
  talk.say("帮我备注一下放门口");
  EXPECT_FALSE(says_done());
  talk.say("备注好了吗");
  EXPECT_FALSE(says_done());
  EXPECT_TRUE(talk.session.care().confirm(Action::kRemark, true, 0));
  talk.say("备注好了吗");
  EXPECT_TRUE(says_done()) << talk.reply_text(0);
  EXPECT_EQ(find(talk.result, "remark"), nullptr);  // asked after, not asked for
  talk.say("再帮我备注一下发顺丰");
  EXPECT_FALSE(says_done()) << talk.reply_text(0);
  EXPECT_NE(find(talk.result, "remark"), nullptr);
}

TEST(Action, AFailureIsToldAsOne) {
  const reply::Facts facts = facts_of(kPaid);
  Talk talk(default_ruleset());
  talk.request.facts = &facts;
  talk.say("取消订单");
  talk.session.care().confirm(Action::kCancel, false, 0);
  talk.say("取消订单");  // asked for again: neither done nor failed
  EXPECT_EQ(talk.reply_text(0).find("没能取消"), std::string::npos);
}

// Every wording of the pack that says something was done waits for the confirmation.
TEST(Action, EveryDoneWordingIsGuarded) {
  const auto rules = load_pack(R"("intents": [{"id": "order.note", "patterns": ["备注"],
      "actions": [{"action": "remark", "requires_person": false}],
      "replies": [{"id": "a", "variants": ["已经备注好了"]}, {"id": "b", "variants": ["要备注什么呢"]}]}])");
  Talk talk(*rules);
  talk.say("备注");
  EXPECT_EQ(talk.reply_text(0), "要备注什么呢");
  ASSERT_FALSE(talk.result.guard.empty());
  EXPECT_EQ(talk.result.text(talk.result.guard[0].rule), "not-confirmed");
  EXPECT_EQ(talk.result.text(talk.result.guard[0].detail), "remark");
}

TEST(Links, TheItemAtHandAndThoseNamed) {
  std::string json = kPaid;
  json.erase(json.find(R"("order")"));
  json.erase(json.rfind(','));
  const reply::Facts facts = facts_of(json + "}");
  Talk talk(default_ruleset());
  talk.request.facts = &facts;
  const Result& result = talk.say("想买这个,还有什么推荐搭配的吗");
  bool asked = false;
  for (const LinkItem& link : result.links) {
    if (result.text(link.role) == "asked") {
      asked = true;
      EXPECT_EQ(result.text(link.url), "https://shop.example/1");
      continue;
    }
    std::string all;
    for (const ReplyItem& item : result.replies) all += result.text(item.text);
    for (const TechniqueItem& item : result.techniques) all += result.text(item.text);
    EXPECT_NE(all.find(result.text(link.name)), std::string::npos);
  }
  EXPECT_TRUE(asked);
}

}  // namespace
}  // namespace xiaoer::test
