#include <gtest/gtest.h>

#include <set>
#include <string>

#include "reply_fixture.hpp"

namespace xiaoer::reply {
namespace {

using rules::Compare;
using test::Desk;
using test::facts_of;
using test::PackBuilder;

constexpr const char* kMorning = "2026-11-21T10:00:00+08:00";  // a Saturday

// Whether the condition holds, by a pack that says "yes" under it.
bool holds(const rules::Condition& when, const std::string& facts, const char* now,
           const dialogue::Session* session = nullptr) {
  PackBuilder builder;
  builder.says("price.ask", "是的").stage = rules::Stage::kConsultation;
  builder.pack.replies[0].when = when;
  Desk desk(builder.pack);
  desk.facts = facts_of(facts);
  if (now != nullptr) desk.at(now);
  desk.situation.session = session;
  return !desk.answer({{0, 0.9f}}).replies.empty();
}

rules::Condition test_of(const char* fact, Compare compare, Decimal number) {
  rules::Condition when;
  rules::FactTest test;
  test.fact = rules::find_fact(fact);
  test.compare = compare;
  test.number = number;
  when.facts.push_back(test);
  return when;
}

TEST(Condition, ComparesFactsWithNumbers) {
  const std::string five = R"({"product": {"stock": 5}})";
  struct Case {
    Compare compare;
    bool below, equal, above;  // stock 5 against 6, 5, 4
  };
  const Case cases[] = {{Compare::kEq, false, true, false}, {Compare::kNe, true, false, true},
                        {Compare::kLt, true, false, false}, {Compare::kLte, true, true, false},
                        {Compare::kGt, false, false, true}, {Compare::kGte, false, true, true}};
  for (const Case& each : cases) {
    EXPECT_EQ(holds(test_of("库存", each.compare, Decimal::of(6)), five, nullptr), each.below);
    EXPECT_EQ(holds(test_of("库存", each.compare, Decimal::of(5)), five, nullptr), each.equal);
    EXPECT_EQ(holds(test_of("库存", each.compare, Decimal::of(4)), five, nullptr), each.above);
    EXPECT_FALSE(holds(test_of("库存", each.compare, Decimal::of(5)), "{}", nullptr));
  }
}

TEST(Condition, PresentAbsentTextAndOtherFacts) {
  rules::Condition when = test_of("价格", Compare::kPresent, {});
  when.facts[0].number.reset();
  EXPECT_TRUE(holds(when, R"({"product": {"price": 1}})", nullptr));
  EXPECT_FALSE(holds(when, "{}", nullptr));
  when.facts[0].compare = Compare::kAbsent;
  EXPECT_TRUE(holds(when, "{}", nullptr));
  when.facts[0].compare = Compare::kGt;
  when.facts[0].other = rules::find_fact("底价");
  EXPECT_TRUE(holds(when, R"({"product": {"price": 2, "floor_price": 1}})", nullptr));
  EXPECT_FALSE(holds(when, R"({"product": {"price": 1, "floor_price": 1}})", nullptr));
  EXPECT_FALSE(holds(when, R"({"product": {"price": 1}})", nullptr));
  rules::Condition flag;
  flag.facts.push_back({rules::find_fact("运费险"), Compare::kEq, rules::kNoFact, {}, "true"});
  EXPECT_TRUE(holds(flag, R"({"shop": {"freight_insurance": true}})", nullptr));
  EXPECT_FALSE(holds(flag, R"({"shop": {"freight_insurance": false}})", nullptr));
  rules::Condition list;
  list.facts.push_back({rules::find_fact("快递列表"), Compare::kEq, rules::kNoFact, {}, "乙"});
  EXPECT_TRUE(holds(list, R"({"shop": {"carriers": ["甲", "乙"]}})", nullptr));
  EXPECT_FALSE(holds(list, R"({"shop": {"carriers": ["甲"]}})", nullptr));
}

TEST(Condition, OrderStateComesFromFactsElseFromTheSession) {
  rules::Condition when;
  when.order_states = 1u << static_cast<int>(rules::OrderState::kPaid);
  EXPECT_TRUE(holds(when, R"({"order": {"state": "paid"}})", nullptr));
  EXPECT_FALSE(holds(when, R"({"order": {"state": "shipped"}})", nullptr));
  EXPECT_FALSE(holds(when, "{}", nullptr));
  dialogue::Session session;
  dialogue::Turn turn;
  turn.order_state = rules::OrderState::kPaid;
  session.buyer_turn(turn);
  EXPECT_TRUE(holds(when, "{}", nullptr, &session));
  EXPECT_FALSE(holds(when, R"({"order": {"state": "none"}})", nullptr, &session));
}

TEST(Condition, StageIsWhereThisMessageLeads) {
  rules::Condition when;
  when.stages = 1u << static_cast<int>(rules::Stage::kConsultation);
  EXPECT_TRUE(holds(when, "{}", nullptr));
  dialogue::Session session;
  dialogue::Turn turn;
  turn.stage = rules::Stage::kClosing;
  session.buyer_turn(turn);
  EXPECT_TRUE(holds(when, "{}", nullptr, &session));
  when.stages = 1u << static_cast<int>(rules::Stage::kClosing);
  EXPECT_FALSE(holds(when, "{}", nullptr, &session));
}

TEST(Condition, TimeNeedsNowInItsOwnOffset) {
  rules::Condition hours;
  hours.hours_from = 9 * 60;
  hours.hours_to = 18 * 60;
  EXPECT_TRUE(holds(hours, "{}", kMorning));
  EXPECT_FALSE(holds(hours, "{}", "2026-11-21T02:00:00Z"));  // the same moment, another wall clock
  EXPECT_FALSE(holds(hours, "{}", nullptr));
  rules::Condition weekday;
  weekday.weekdays = 1u << 6;
  EXPECT_TRUE(holds(weekday, "{}", kMorning));
  EXPECT_FALSE(holds(weekday, "{}", "2026-11-22T10:00:00+08:00"));
  rules::Condition valid;
  valid.valid_from = parse_instant(kMorning)->seconds;
  EXPECT_TRUE(holds(valid, "{}", kMorning));
  EXPECT_FALSE(holds(valid, "{}", "2026-11-21T09:59:59+08:00"));
  valid.valid_from.reset();
  valid.valid_to = parse_instant(kMorning)->seconds - 1;
  EXPECT_FALSE(holds(valid, "{}", kMorning));
}

TEST(Condition, ShopOpenAndLate) {
  rules::Condition open;
  open.shop_open = true;
  const std::string facts =
      R"({"shop": {"hours": "09:00-18:00"}, "order": {"promised_ship_at": "2026-11-21T09:00:00+08:00"}})";
  EXPECT_TRUE(holds(open, facts, kMorning));
  EXPECT_FALSE(holds(open, facts, "2026-11-21T18:00:00+08:00"));
  EXPECT_FALSE(holds(open, "{}", kMorning));
  open.shop_open = false;
  EXPECT_TRUE(holds(open, facts, "2026-11-21T18:00:00+08:00"));
  EXPECT_FALSE(holds(open, "{}", kMorning));
  rules::Condition late;
  late.late = true;
  EXPECT_TRUE(holds(late, facts, kMorning));
  EXPECT_FALSE(holds(late, facts, "2026-11-21T08:00:00+08:00"));
  EXPECT_FALSE(holds(late, facts, nullptr));
}

TEST(Condition, OtherGoodsAreThoseThatNoFactNames) {
  const std::string walnuts = R"({"product": {"name": "纸皮核桃", "gifts": ["开核器"]}})";
  const auto other = [](const std::string& facts, std::vector<std::string> named, bool wanted) {
    PackBuilder builder;
    builder.pack.entities.push_back({"货品", {{"核桃", {"核桃"}, {}}}, {}});
    builder.pack.settings.goods = "货品";
    builder.says("price.ask", "是的");
    builder.pack.replies[0].when.other_goods = wanted;
    Desk desk(builder.pack);
    desk.facts = facts_of(facts);
    for (const std::string& word : named) desk.mentions(rules::kBuiltInKinds, word);
    return !desk.answer({{0, 0.9f}}).replies.empty();
  };
  EXPECT_TRUE(other(walnuts, {"毛巾"}, true));
  EXPECT_FALSE(other(walnuts, {"毛巾"}, false));
  EXPECT_FALSE(other(walnuts, {"核桃"}, true));
  EXPECT_FALSE(other(walnuts, {"开核器"}, true));        // a gift is a fact, too
  EXPECT_FALSE(other(walnuts, {"毛巾", "核桃"}, true));  // one of them is at home
  EXPECT_TRUE(other(walnuts, {}, false));
  EXPECT_FALSE(other("{}", {"毛巾"}, true));  // nobody knows what is open
  EXPECT_TRUE(
      other(R"({"product": {"name": "糖", "related": [{"name": "浴巾"}]}})", {"巾"}, false));
}

TEST(Condition, APriorityGoesBeforeTheNumberOfConditions) {
  const auto said = [](int32_t first, int32_t second) {
    PackBuilder builder;
    rules::ReplySource& open = builder.reply("open", {"开着门"});
    open.when.shop_open = true;
    open.priority = first;
    builder.reply("plain", {"没有条件"}).priority = second;
    builder.intent("price.ask", {"open", "plain"});
    Desk desk(builder.pack);
    desk.facts = facts_of(R"({"shop": {"hours": "09:00-18:00"}})");
    desk.at(kMorning);
    const Result& result = desk.answer({{0, 0.9f}});
    return std::string(result.text(result.replies.at(0).text));
  };
  EXPECT_EQ(said(0, 0), "开着门");
  EXPECT_EQ(said(0, 1), "没有条件");
  EXPECT_EQ(said(2, 1), "开着门");
  EXPECT_EQ(said(-1, 0), "没有条件");
}

TEST(Condition, TierAndItemAreListsOfWhichOneFits) {
  rules::Condition when;
  when.buyer_tiers = {"老客", "会员"};
  when.items = {"A1", "A2"};
  EXPECT_TRUE(holds(when, R"({"buyer": {"tier": "会员"}, "product": {"id": "A1"}})", nullptr));
  EXPECT_FALSE(holds(when, R"({"buyer": {"tier": "会员"}, "product": {"id": "A3"}})", nullptr));
  EXPECT_FALSE(holds(when, R"({"product": {"id": "A1"}})", nullptr));
}

TEST(Condition, TimesCountsThisMessage) {
  rules::Condition when;
  when.times_min = when.times_max = 2;
  dialogue::Session session;
  EXPECT_FALSE(holds(when, "{}", nullptr, &session));
  dialogue::Turn turn;
  turn.intents[0] = stable_hash("price.ask");
  session.buyer_turn(turn);
  EXPECT_TRUE(holds(when, "{}", nullptr, &session));
  session.buyer_turn(turn);
  EXPECT_FALSE(holds(when, "{}", nullptr, &session));
}

TEST(Condition, EqualConditionsShareAnIndex) {
  rules::Pack pack;
  ImageBuilder image;
  ConditionTable table;
  EXPECT_EQ(table.add({}, pack, &image), 0u);
  const uint32_t first = table.add(test_of("库存", Compare::kLt, Decimal::of(3)), pack, &image);
  EXPECT_EQ(table.add(test_of("库存", Compare::kLt, Decimal::of(3)), pack, &image), first);
  EXPECT_NE(table.add(test_of("库存", Compare::kLt, Decimal::of(4)), pack, &image), first);
  EXPECT_NE(table.add(test_of("价格", Compare::kLt, Decimal::of(3)), pack, &image), first);
}

TEST(Choose, TheMoreSpecificReplyComesFirstThenAuthorOrder) {
  PackBuilder builder;
  builder.reply("plain", {"甲"});
  builder.reply("later", {"乙"});
  builder.reply("special", {"丙"});
  builder.has(builder.pack.replies[2], "价格");
  builder.intent("price.ask", {"plain", "later", "special"});
  Desk desk(builder.pack);
  desk.facts = facts_of(R"({"product": {"price": 3}})");
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.id(0), "special");
  EXPECT_EQ(desk.id(1), "plain");
  EXPECT_EQ(desk.id(2), "later");
  EXPECT_TRUE(desk.explains(desk.result.replies[0].why, "condition", "has product.price"));
  desk.facts = facts_of("{}");
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.id(0), "plain");
}

TEST(Choose, TheBestOfEveryIntentComesBeforeSecondBestOnes) {
  PackBuilder builder;
  builder.reply("a1", {"甲一"});
  builder.reply("a2", {"甲二"});
  builder.reply("b1", {"乙一"});
  builder.reply("b2", {"乙二"});
  builder.intent("price.ask", {"a1", "a2"});
  builder.intent("ship.time", {"b1", "b2"});
  Desk desk(builder.pack);
  desk.answer({{1, 0.9f}, {0, 0.8f}});
  ASSERT_EQ(desk.result.replies.size(), 4u);
  EXPECT_EQ(desk.id(0), "b1");
  EXPECT_EQ(desk.id(1), "a1");
  EXPECT_EQ(desk.id(2), "b2");
  EXPECT_EQ(desk.id(3), "a2");
  EXPECT_EQ(desk.result.reply_intents[desk.result.replies[1].intents.first], 1u);
}

TEST(Choose, ASharedReplyAnswersBothIntentsOnce) {
  PackBuilder builder;
  builder.reply("shared", {"一起答"});
  builder.intent("price.ask", {"shared"});
  builder.intent("ship.time", {"shared"});
  Desk desk(builder.pack);
  desk.answer({{0, 0.9f}, {1, 0.9f}});
  ASSERT_EQ(desk.result.replies.size(), 1u);
  EXPECT_EQ(desk.result.replies[0].intents.count, 2u);
}

TEST(Choose, StopsAtTheSettingsLimit) {
  PackBuilder builder;
  builder.pack.settings.max_replies = 2;
  for (const char* id : {"a", "b", "c"}) builder.reply(id, {std::string("话") + id});
  builder.intent("price.ask", {"a", "b", "c"});
  Desk desk(builder.pack);
  EXPECT_EQ(desk.answer({{0, 0.9f}}).replies.size(), 2u);
}

TEST(Choose, TriesTheNextVariantWhenOneIsRefused) {
  PackBuilder builder;
  builder.reply("r", {"{{价格}}元", "请看页面"});
  builder.intent("price.ask", {"r"});
  Desk desk(builder.pack);
  for (uint64_t seed = 0; seed < 8; ++seed) {
    desk.situation.seed = seed;
    desk.answer({{0, 0.9f}});
    EXPECT_EQ(desk.reply(), "请看页面");
  }
}

TEST(Choose, TheSeedTurnsTheVariantsAndTheSameSeedGivesTheSame) {
  PackBuilder builder;
  builder.reply("r", {"甲", "乙", "丙"});
  builder.intent("price.ask", {"r"});
  Desk desk(builder.pack);
  std::set<std::string> seen;
  for (uint64_t seed = 0; seed < 32; ++seed) {
    desk.situation.seed = seed;
    desk.answer({{0, 0.9f}});
    const std::string first = desk.reply();
    desk.answer({{0, 0.9f}});
    EXPECT_EQ(desk.reply(), first);
    seen.insert(first);
  }
  EXPECT_EQ(seen.size(), 3u);
}

TEST(Choose, SaysNothingTwiceInTheSameWords) {
  PackBuilder builder;
  builder.reply("r", {"甲", "乙", "丙"});
  builder.reply("s", {"丁"});
  builder.intent("price.ask", {"r", "s"});
  builder.reply("hold", {"同事来答"});
  builder.pack.settings.conversation.not_helped = {"hold"};
  builder.pack.settings.conversation.unhelpful_answers = 5;
  Desk desk(builder.pack);
  dialogue::Session session;
  desk.situation.session = &session;
  std::vector<std::string> sent;
  for (int turn = 0; turn < 4; ++turn) {
    desk.answer({{0, 0.9f}});
    session.buyer_turn({});
    for (const dialogue::PendingReply& pending : desk.scratch.pending) session.add_pending(pending);
    ASSERT_TRUE(session.sent(stable_hash(desk.reply()), 0));
    sent.push_back(desk.reply());
  }
  EXPECT_EQ(std::set<std::string>(sent.begin(), sent.end()).size(), 4u);
  // Nothing is left to say: a person.
  desk.answer({{0, 0.9f}});
  EXPECT_TRUE(desk.result.replies.empty());
  EXPECT_EQ(desk.result.decision, Decision::kHandoff);
  EXPECT_EQ(desk.result.text(desk.result.handoff.reason), "not-helped");
  EXPECT_EQ(desk.result.text(desk.result.handoff.holding), "同事来答");
  EXPECT_EQ(desk.refused(), "said-before");
}

// One intent, price.ask, that says `text`, and a fallback reply.
PackBuilder shop_with_fallback(const char* text) {
  PackBuilder builder;
  builder.says("price.ask", text);
  builder.reply("fallback", {"麻烦再说具体一点哦"});
  builder.pack.settings.fallback = {"fallback"};
  return builder;
}

TEST(Choose, FallsBackWhenNothingWasUnderstoodOrRenders) {
  const PackBuilder builder = shop_with_fallback("{{价格}}元");
  Desk desk(builder.pack);
  desk.answer({});
  EXPECT_EQ(desk.id(), "fallback");
  EXPECT_EQ(desk.result.replies[0].intents.count, 0u);
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.id(), "fallback");
  desk.facts = facts_of(R"({"product": {"price": 3}})");
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.id(), "price.ask.reply");
  EXPECT_EQ(desk.result.replies.size(), 1u);
}

TEST(Choose, AsksBeforeItAnswersAGuess) {
  PackBuilder builder = shop_with_fallback("要看规格哦");
  Desk desk(builder.pack);
  desk.answer({{0, 0.25f}});
  ASSERT_EQ(desk.result.replies.size(), 2u);
  EXPECT_EQ(desk.id(), "fallback");
  EXPECT_GE(desk.result.replies[0].score, desk.result.replies[1].score);
  desk.answer({{0, 0.5f}});
  EXPECT_EQ(desk.result.replies.size(), 1u);
  EXPECT_EQ(desk.id(), "price.ask.reply");
  // The guess's last answer makes room.
  builder.pack.settings.max_replies = 1;
  Desk one(builder.pack);
  one.answer({{0, 0.25f}});
  ASSERT_EQ(one.result.replies.size(), 1u);
  EXPECT_EQ(one.id(), "fallback");
  // Without a fallback nothing is given up for it.
  builder.pack.settings.fallback.clear();
  Desk none(builder.pack);
  none.answer({{0, 0.25f}});
  ASSERT_EQ(none.result.replies.size(), 1u);
  EXPECT_EQ(none.id(), "price.ask.reply");
}

TEST(Choose, TellsWhatItUsed) {
  PackBuilder builder;
  builder.says("price.ask", "还差{{凑单差额}}元,发给{{收件人}}");
  Desk desk(builder.pack);
  desk.facts = facts_of(R"({"product": {"price": 40}, "buyer": {"verified": true},
    "order": {"receiver": "李四"}, "promotion": {"threshold": 99, "reduction": 10}})");
  desk.answer({{0, 0.75f}});
  ASSERT_EQ(desk.result.replies.size(), 1u);
  const ItemRange why = desk.result.replies[0].why;
  EXPECT_TRUE(desk.explains(why, "intent", "price.ask"));
  EXPECT_TRUE(desk.explains(why, "fact",
                            "derived.gap_to_reduction=59 (promotion.threshold, product.price)"));
  EXPECT_TRUE(desk.explains(why, "fact", "order.receiver=李*"));
  EXPECT_FLOAT_EQ(desk.result.replies[0].score, 0.75f);
}

TEST(Choose, TheTraceNamesConditionsThatFailed) {
  PackBuilder builder;
  builder.says("price.ask", "好");
  builder.has(builder.pack.replies[0], "价格");
  Desk desk(builder.pack);
  desk.situation.trace = true;
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.refused(), "condition");
  EXPECT_EQ(desk.result.text(desk.result.guard[0].detail), "has product.price");
}

TEST(Choose, PendingRepliesCarryOffersAndPromises) {
  PackBuilder builder;
  builder.says("price.ask", "{{价格}}元,{{承诺发货时间}}前发出");
  Desk desk(builder.pack);
  desk.facts = facts_of(R"({"product": {"price": 40},
    "order": {"promised_ship_at": "2026-11-21T10:00:00+08:00"}})");
  desk.answer({{0, 0.9f}});
  EXPECT_TRUE(desk.scratch.pending.empty()) << "nobody remembers without a session";
  dialogue::Session session;
  desk.situation.session = &session;
  desk.answer({{0, 0.9f}});
  ASSERT_EQ(desk.scratch.pending.size(), 1u);
  const dialogue::PendingReply& pending = desk.scratch.pending[0];
  EXPECT_EQ(pending.text, stable_hash(desk.reply()));
  EXPECT_EQ(pending.reply, stable_hash("price.ask.reply"));
  EXPECT_TRUE(pending.has_offer);
  EXPECT_EQ(pending.offer, Decimal::of(40));
  EXPECT_EQ(pending.due, parse_instant("2026-11-21T10:00:00+08:00")->seconds);
  EXPECT_EQ(pending.due_fact, stable_hash("order.promised_ship_at"));
}

TEST(Choose, PacksAddFactsOfTheirOwn) {
  PackBuilder builder;
  builder.pack.facts.push_back({"尺码表", "product.size_chart", rules::FactType::kText, {}});
  builder.pack.facts.push_back({"会员价", "product.member_price", rules::FactType::kAmount, {}});
  builder.reply("chart", {"{{尺码表}}"});
  builder.reply("member", {"会员{{会员价}}元"});
  builder.intent("product.info", {"chart", "member"});
  Desk desk(builder.pack);
  desk.facts =
      facts_of(R"({"product": {"size_chart": "M 一米六", "member_price": 30, "floor_price": 31}})");
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.reply(), "M 一米六");
  EXPECT_EQ(desk.result.replies.size(), 1u);
  EXPECT_EQ(desk.refused(), "price-below-floor");
  // A value of another type than declared counts as absent.
  desk.facts = facts_of(R"({"product": {"size_chart": 3, "member_price": 30}})");
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.reply(), "会员30元");
}

}  // namespace
}  // namespace xiaoer::reply
