// The bargaining ladder, through the whole pipeline, with a pack whose replies only name the move.

#include "fixture.hpp"
#include "wire.hpp"

namespace xiaoer {
namespace {

using test::facts_of;
using test::Talk;

constexpr const char* kIntents = R"(
  "intents": [
    {"id": "bargain.ask", "title": "议价", "stage": "objection", "policy": "suggest", "bargain": "price",
     "patterns": ["便宜|少点|折|再少|卖吗|行不|行吗|太贵"],
     "replies": ["m.offer", "m.tier", "m.gift", "m.coupon", "m.bundle", "m.ship", "m.hold", "m.firm", "m.plain"]},
    {"id": "bargain.round", "title": "抹零", "stage": "objection", "policy": "suggest", "bargain": "round_off",
     "patterns": ["零头|抹零"], "replies": ["m.offer", "m.hold", "m.firm", "m.plain"]},
    {"id": "bargain.many", "title": "多买", "stage": "objection", "policy": "suggest", "bargain": "quantity",
     "patterns": ["多买|批发"], "replies": ["m.offer", "m.tier", "m.hold", "m.firm", "m.plain"]},
    {"id": "bargain.edit", "title": "改价", "stage": "objection", "policy": "suggest", "bargain": "change_price",
     "patterns": ["改价"], "replies": ["m.agreed", "m.coupon", "m.hold", "m.plain"]},
    {"id": "gift.ask", "title": "赠品", "stage": "consultation", "bargain": "gift",
     "patterns": ["赠品"], "replies": ["m.gift", "m.plain"]},
    {"id": "review.cash", "title": "返现", "stage": "after_sales", "bargain": "perk",
     "patterns": ["返现"], "replies": ["m.gift", "m.coupon", "m.plain"]},
    {"id": "price.query", "title": "问价", "stage": "consultation",
     "patterns": ["多少钱"], "replies": ["m.agreed", "m.price", "m.plain"]},
    {"id": "complaint.angry", "title": "投诉", "stage": "after_sales", "objection": "complaint", "policy": "handoff",
     "patterns": ["投诉"], "replies": ["m.plain"]}],
  "replies": [
    {"id": "m.offer", "when": {"bargain": ["concede", "counter", "accept", "quantity"], "has": "让价"}, "variants": ["这款{{让价}}元{{合计|}}可以商量"]},
    {"id": "m.tier", "when": {"bargain": "quantity", "has": "优惠起订"}, "variants": ["{{优惠起订}}件起{{优惠单价}}元"]},
    {"id": "m.gift", "when": {"bargain": "gift"}, "variants": ["随单有{{可送赠品}}"]},
    {"id": "m.coupon", "when": {"bargain": "coupon"}, "variants": ["满{{可用券门槛}}减{{可用券面额}}元"]},
    {"id": "m.bundle", "when": {"bargain": "bundle"}, "variants": ["还差{{凑满差额}}元就够"]},
    {"id": "m.ship", "when": {"bargain": "free_shipping"}, "variants": ["满{{包邮门槛}}元包邮"]},
    {"id": "m.hold", "when": {"bargain": "hold"}, "variants": ["东西值这个价哦"]},
    {"id": "m.firm", "when": {"bargain": ["firm", "handoff"]}, "variants": ["没有余地了哦"]},
    {"id": "m.agreed", "when": {"has": "已让价"}, "variants": ["谈好的是{{已让价}}元"]},
    {"id": "m.price", "when": {"has": "价格"}, "variants": ["现在{{价格}}元哦"]},
    {"id": "m.plain", "variants": ["您稍等我看看哦"]},
    {"id": "hold.wait", "variants": ["我请同事来看哦"]}])";

std::shared_ptr<const Ruleset> pack(const std::string& bargain = "{}") {
  return test::load_pack(std::string(kIntents) +
                         R"(, "settings": {"holding": ["hold.wait"], "bargain": )" + bargain + "}");
}

// A conversation in which the first reply is told as sent unless the test says otherwise.
struct Haggle : Talk {
  Haggle(const Ruleset& rules, const std::string& facts_json)
      : Talk(rules), facts(facts_of(facts_json)) {
    request.facts = &facts;
    request.now = test::kNow;
  }
  // "concede 189", "hold", ...
  std::string ask(const std::string& message, bool send = true) {
    say(message);
    if (send && !result.replies.empty()) tell(0);
    return move();
  }
  void tell(size_t reply) { EXPECT_TRUE(session.sent(stable_hash(reply_text(reply)), 0)); }
  std::string move() const {
    if (!result.bargain.present) return "";
    std::string text(result.text(result.bargain.move));
    if (result.bargain.offer.size > 0) text += " " + std::string(result.text(result.bargain.offer));
    return text;
  }
  reply::Facts facts;
};

const char* const kLadder =
    R"({"product": {"id": "1", "price": 199, "ladder": [189, 179], "floor_price": 175}})";

TEST(Bargain, ConcedesByTheLadderOneStepARound) {
  const auto rules = pack();
  Haggle talk(*rules, kLadder);
  EXPECT_EQ(talk.ask("能便宜吗"), "hold");
  EXPECT_EQ(talk.ask("便宜点吧"), "concede 189");
  EXPECT_EQ(talk.ask("再便宜点"), "concede 179");
  EXPECT_EQ(talk.ask("再便宜点"), "firm");
  EXPECT_EQ(talk.ask("再便宜点"), "firm");
  EXPECT_EQ(talk.ask("再便宜点"), "handoff");
  EXPECT_EQ(talk.result.decision, Decision::kHandoff);
  EXPECT_EQ(talk.result.text(talk.result.handoff.reason), "bargain");
}

TEST(Bargain, WhatWasNotSentChangesNothing) {
  const auto rules = pack();
  Haggle talk(*rules, kLadder);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(talk.ask("能便宜吗", false), "hold");
  EXPECT_EQ(talk.result.bargain.round, 1u);
  talk.tell(0);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(talk.ask("能便宜吗", false), "concede 189");
  EXPECT_EQ(talk.result.bargain.round, 2u);
}

TEST(Bargain, AnotherTextThanTheOfferConcedesNothing) {
  const auto rules = pack();
  Haggle talk(*rules, kLadder);
  talk.ask("能便宜吗");
  EXPECT_EQ(talk.ask("便宜点", false), "concede 189");
  ASSERT_GE(talk.result.replies.size(), 2u);
  talk.tell(1);  // the plain reply
  EXPECT_EQ(talk.ask("便宜点", false), "concede 189");
  observe(&talk.session, "我去问问店长", 0);  // a person answers the round
  EXPECT_EQ(talk.ask("便宜点", false), "concede 189");
  EXPECT_EQ(talk.result.bargain.round, 4u);
}

TEST(Bargain, TakesUpANamedPriceWithinTheNextStep) {
  const auto rules = pack(R"({"max_steps": 5})");
  Haggle talk(*rules, kLadder);
  EXPECT_EQ(talk.ask("190行不"), "hold");  // the first round explains
  EXPECT_EQ(talk.ask("190行不"), "accept 190");
  EXPECT_EQ(talk.ask("180行不"), "counter 189");  // two steps down at once
  EXPECT_EQ(talk.ask("180行不"), "accept 180");
  EXPECT_EQ(talk.ask("178行不"), "counter 179");
  EXPECT_EQ(talk.ask("180行不"), "accept 179");  // already offered
  const auto proud = pack(R"({"accept_named": false})");
  Haggle other(*proud, kLadder);
  other.ask("190行不");
  EXPECT_EQ(other.ask("190行不"), "counter 189");
}

TEST(Bargain, ANumberBelowTheFloorIsCounteredThenHandedOver) {
  const auto rules = pack();
  Haggle talk(*rules, kLadder);
  EXPECT_EQ(talk.ask("100行不"), "hold");
  EXPECT_EQ(talk.ask("100行不"), "counter 189");
  EXPECT_EQ(talk.ask("100行不"), "handoff");
}

TEST(Bargain, ReadsTheNumberInAnyForm) {
  const auto rules = pack(R"({"hold_rounds": 0, "prefer": ["price"]})");
  for (const char* const message :
       {"190行不", "１９０行不", "一百九行不", "一百九十块行吗", "¥190行不", "少点190", "再少9块",
        "便宜9元吧", "190一个卖吗", "一百\n九行吗", "19\n0行吗", "190.00行吗"}) {
    Haggle talk(*rules, kLadder);
    EXPECT_EQ(talk.ask(message), "accept 190") << message;
  }
  Haggle share(*rules,
               R"({"product": {"id": "1", "price": 200, "ladder": [180], "floor_price": 150}})");
  EXPECT_EQ(share.ask("打九五折吧"), "accept 190");
  Haggle eight(*rules,
               R"({"product": {"id": "1", "price": 200, "ladder": [150], "floor_price": 150}})");
  EXPECT_EQ(eight.ask("8折行不"), "accept 160");
  Haggle dot(*rules,
             R"({"product": {"id": "1", "price": 200, "ladder": [150], "floor_price": 150}})");
  EXPECT_EQ(dot.ask("八八折行不"), "accept 176");
}

TEST(Bargain, RoundingOffLeavesSomethingToPay) {
  const auto rules = pack(R"({"hold_rounds": 0, "prefer": ["price"]})");
  Haggle whole(*rules,
               R"({"product": {"id": "1", "price": 5, "ladder": [4.5], "floor_price": 4}})");
  EXPECT_EQ(whole.ask("抹零吧"), "concede 4.5");  // nothing to round off: not a wish for 0
}

TEST(Bargain, TellsATotalFromAPriceForOne) {
  const auto rules = pack(R"({"hold_rounds": 0, "prefer": ["price"]})");
  for (const char* const message : {"两件360行不", "360两件行不", "我要两件,一共360行不"}) {
    Haggle talk(*rules, kLadder);
    EXPECT_EQ(talk.ask(message), "counter 189") << message;  // 180 each
    EXPECT_NE(talk.reply_text(0).find("378"), std::string::npos) << talk.reply_text(0);
  }
  Haggle each(*rules, kLadder);
  EXPECT_EQ(each.ask("两件,每件190行不"), "accept 190");
  EXPECT_NE(each.reply_text(0).find("380"), std::string::npos);
  Haggle uneven(*rules, kLadder);
  EXPECT_EQ(uneven.ask("3件571行不"), "concede 189");  // 190.33 each is no price
}

TEST(Bargain, TwiceThePriceIsForAsManyAsWereNamedBefore) {
  const auto rules = pack(R"({"hold_rounds": 0, "prefer": ["price"]})");
  Haggle talk(*rules, kLadder);
  talk.ask("要三件便宜吗", false);
  EXPECT_EQ(talk.ask("540行不"), "counter 189");  // 180 each
  EXPECT_NE(talk.reply_text(0).find("567"), std::string::npos) << talk.reply_text(0);
  Haggle alone(*rules, kLadder);
  EXPECT_EQ(alone.ask("540行不"), "concede 189");  // for how many, nobody said
  Haggle one(*rules, kLadder);
  EXPECT_EQ(one.ask("540一件行不"), "accept 199");
}

TEST(Bargain, RoundsOffWhereTheLadderReaches) {
  const auto rules = pack(R"({"hold_rounds": 0, "prefer": ["price"]})");
  Haggle talk(*rules, kLadder);
  EXPECT_EQ(talk.ask("零头抹了吧"), "accept 190");
  Haggle cents(*rules,
               R"({"product": {"id": "1", "price": 39.9, "ladder": [38], "floor_price": 38}})");
  EXPECT_EQ(cents.ask("零头抹了吧"), "accept 39");
  Haggle none(*rules, R"({"product": {"id": "1", "price": 39.9}})");
  EXPECT_EQ(none.ask("零头抹了吧"), "firm");
}

TEST(Bargain, BenefitsComeBeforeCutsWhereTheSettingsSaySo) {
  const auto rules = pack();
  Haggle talk(*rules, R"({
    "shop": {"free_ship_floor": 250},
    "product": {"id": "1", "price": 199, "ladder": [189], "floor_price": 150, "gifts": ["袜子", "帽子"],
                "quantity_prices": [{"min": 3, "price": 185}]},
    "promotion": {"name": "节", "rule": "满300减20", "threshold": 300, "reduction": 20,
                  "coupons": [{"name": "A", "threshold": 180, "value": 5, "where": "首页"}]}})");
  EXPECT_EQ(talk.ask("便宜点"), "hold");
  EXPECT_EQ(talk.ask("便宜点"), "gift");
  EXPECT_EQ(talk.reply_text(0), "随单有袜子");
  EXPECT_EQ(talk.ask("便宜点"), "gift");
  EXPECT_EQ(talk.reply_text(0), "随单有帽子");
  EXPECT_EQ(talk.ask("便宜点"), "coupon");
  EXPECT_EQ(talk.ask("便宜点"), "free_shipping");
  EXPECT_EQ(talk.ask("便宜点"), "bundle");
  EXPECT_EQ(talk.ask("便宜点"), "quantity");
  EXPECT_EQ(talk.reply_text(0), "3件起185元");
  EXPECT_EQ(talk.ask("便宜点"), "concede 189");
  EXPECT_EQ(talk.ask("便宜点"), "firm");
}

TEST(Bargain, AskedForAGiftItTellsOneAndCountsNoRound) {
  const auto rules = pack();
  Haggle talk(*rules,
              R"({"product": {"id": "1", "price": 199, "ladder": [189], "gifts": ["袜子"]}})");
  EXPECT_EQ(talk.ask("有赠品吗"), "gift");
  EXPECT_EQ(talk.ask("有赠品吗"), "gift");
  EXPECT_EQ(talk.ask("便宜点"), "hold");
  EXPECT_EQ(talk.result.bargain.round, 1u);
  EXPECT_EQ(talk.ask("便宜点"), "concede 189");  // the gift is no news any more
  Haggle none(*rules, kLadder);
  EXPECT_EQ(none.ask("有赠品吗"), "hold");
  EXPECT_EQ(none.ask("好评返现吗"), "hold");
}

TEST(Bargain, PricesForSeveral) {
  const auto rules = pack();
  const char* const facts =
      R"({"product": {"id": "1", "price": 100, "ladder": [95, 85], "floor_price": 80,
    "quantity_prices": [{"min": 3, "price": 90}, {"min": 10, "price": 70}]}})";
  Haggle talk(*rules, facts);
  EXPECT_EQ(talk.ask("5件便宜点"), "quantity 90");
  EXPECT_NE(talk.reply_text(0).find("450"), std::string::npos);
  EXPECT_EQ(talk.ask("再便宜点"), "concede 85");
  Haggle below(*rules, facts);
  EXPECT_EQ(below.ask("20件便宜点"), "quantity 90");  // 70 is below the floor
  Haggle few(*rules, facts);
  EXPECT_EQ(few.ask("多买呢"), "quantity");
  EXPECT_EQ(few.reply_text(0), "3件起90元");
}

TEST(Bargain, WhatSeveralCostLessTheReduction) {
  const auto rules = test::load_pack(R"("intents": [
      {"id": "price.query", "stage": "consultation", "patterns": ["多少钱"], "replies": [
        {"id": "p.reduced", "when": {"has": ["合计", "满减后合计"]}, "variants": ["{{合计}}元,减好{{满减后合计}}元"]},
        {"id": "p.total", "when": {"has": "合计"}, "variants": ["{{合计}}元哦"]},
        {"id": "p.plain", "variants": ["看页面哦"]}]}])");
  const auto told = [&](const std::string& message, const std::string& promotion,
                        const std::string& more = "") {
    Haggle talk(
        *rules,
        R"({"product": {"id": "1", "price": 40}, "promotion": {"threshold": 100, "reduction": 10, )" +
            promotion + "}" + more + "}");
    talk.say(message);
    return std::string(talk.reply_text(0));
  };
  constexpr const char* kRule = R"("rule": "满100元减10元")";
  EXPECT_EQ(told("三件多少钱", kRule), "120元,减好110元");
  EXPECT_EQ(told("两件多少钱", kRule), "80元哦");
  EXPECT_EQ(told("多少钱", kRule), "看页面哦");
  EXPECT_EQ(told("三件多少钱", R"("rule": "每满100元减10元")"), "120元哦");
  EXPECT_EQ(told("三件多少钱", R"("rule": "满100元减10元", "starts": "2099-01-01T00:00:00+08:00")"),
            "120元哦");
  EXPECT_EQ(told("三件多少钱", R"("rule": "满100元减10元", "ends": "2020-01-01T00:00:00+08:00")"),
            "120元哦");
  EXPECT_EQ(told("三件多少钱", kRule, R"(, "order": {"state": "placed", "amount": 300})"),
            "120元哦");
}

TEST(Bargain, StepsBelowTheFloorAreClampedEqualOnesAreOne) {
  const auto rules = pack(R"({"hold_rounds": 0, "prefer": ["price"], "max_steps": 9})");
  Haggle talk(
      *rules,
      R"({"product": {"id": "1", "price": 100, "ladder": [90, 90, 60, 50], "floor_price": 80}})");
  EXPECT_EQ(talk.ask("便宜点"), "concede 90");
  EXPECT_EQ(talk.ask("便宜点"), "concede 80");
  EXPECT_EQ(talk.ask("便宜点"), "firm");
  Haggle above(*rules, R"({"product": {"id": "1", "price": 100, "ladder": [120, 100]}})");
  EXPECT_EQ(above.ask("便宜点"), "firm");
  Haggle open(*rules, R"({"product": {"id": "1", "price": 100, "ladder": [95]}})");
  EXPECT_EQ(open.ask("便宜点"), "concede 95");
  Haggle no_price(*rules, R"({"product": {"id": "1", "ladder": [95]}})");
  EXPECT_EQ(no_price.ask("90行不"), "firm");
  Haggle nothing(*rules, "{}");
  EXPECT_EQ(nothing.ask("90行不"), "firm");
  Haggle floor_above(
      *rules, R"({"product": {"id": "1", "price": 100, "ladder": [95], "floor_price": 110}})");
  EXPECT_EQ(floor_above.ask("100行不"), "firm");
}

TEST(Bargain, AtMostSoManySteps) {
  const auto rules = pack(R"({"hold_rounds": 2, "prefer": ["price"], "max_steps": 1})");
  Haggle talk(*rules, kLadder);
  EXPECT_EQ(talk.ask("便宜点"), "hold");
  EXPECT_EQ(talk.ask("便宜点"), "hold");
  EXPECT_EQ(talk.ask("便宜点"), "concede 189");
  EXPECT_EQ(talk.ask("便宜点"), "firm");
}

TEST(Bargain, ACouponOnTopOfACutKeepsTheFloor) {
  const auto rules = pack(R"({"hold_rounds": 0, "prefer": ["coupon", "price"]})");
  const char* const facts =
      R"({"product": {"id": "1", "price": 100, "ladder": [95, 90], "floor_price": 90},
    "promotion": {"coupons": [{"name": "A", "threshold": 50, "value": 5}]}})";
  Haggle talk(*rules, facts);
  EXPECT_EQ(talk.ask("便宜点"), "coupon");
  EXPECT_EQ(talk.ask("便宜点"), "concede 95");  // 95 - 5 is the floor
  EXPECT_EQ(talk.ask("便宜点"), "firm");
}

TEST(Bargain, AnotherProductBeginsAnew) {
  const auto rules = pack();
  Haggle talk(*rules, kLadder);
  talk.ask("便宜点");
  EXPECT_EQ(talk.ask("便宜点"), "concede 189");
  talk.facts = facts_of(R"({"product": {"id": "2", "price": 50, "ladder": [45]}})");
  EXPECT_EQ(talk.ask("便宜点"), "hold");
  EXPECT_EQ(talk.ask("便宜点"), "concede 45");
}

TEST(Bargain, NeverGoesBackAboveWhatWasOffered) {
  const auto rules = pack();
  Haggle talk(*rules, kLadder);
  talk.ask("便宜点");
  talk.ask("便宜点");
  talk.say("多少钱");
  EXPECT_EQ(talk.reply_text(0), "谈好的是189元");
  for (size_t i = 0; i < talk.result.replies.size(); ++i) {
    EXPECT_EQ(talk.reply_text(i).find("199"), std::string::npos) << talk.reply_text(i);
  }
  // The page got cheaper than what was offered.
  talk.facts = facts_of(R"({"product": {"id": "1", "price": 180, "ladder": [175]}})");
  talk.say("多少钱");
  EXPECT_EQ(talk.reply_text(0), "现在180元哦");
  // What was offered is no longer allowed: nobody names it.
  talk.facts =
      facts_of(R"({"product": {"id": "1", "price": 199, "ladder": [195], "floor_price": 195}})");
  EXPECT_EQ(talk.ask("便宜点").find("189"), std::string::npos);
  EXPECT_EQ(talk.reply_text(0).find("189"), std::string::npos);
}

TEST(Bargain, APriceThatAPersonNamedBinds) {
  const auto rules = pack();
  Haggle talk(*rules, kLadder);
  talk.ask("便宜点");
  talk.ask("便宜点", false);
  observe(&talk.session, "这样,184给您可以吗", 0);
  talk.say("多少钱");
  EXPECT_EQ(talk.reply_text(0), "谈好的是184元");
  EXPECT_EQ(talk.ask("再便宜点"), "concede 179");
  Haggle generous(*rules, kLadder);
  generous.ask("便宜点");
  observe(&generous.session, "150元给您吧", 0);  // below the floor: the engine repeats it not
  EXPECT_EQ(generous.ask("再便宜点"), "firm");
  for (size_t i = 0; i < generous.result.replies.size(); ++i) {
    EXPECT_EQ(generous.reply_text(i).find('1'), std::string::npos) << generous.reply_text(i);
  }
  Haggle fee(*rules, kLadder);
  fee.ask("便宜点");
  observe(&fee.session, "运费10元哦", 0);
  EXPECT_EQ(fee.ask("再便宜点"), "concede 189");
}

TEST(Bargain, ChangingThePriceOfAnOrder) {
  const auto price = pack();
  const std::string coupon = R"({"product": {"id": "1", "price": 199, "ladder": [189]},
    "promotion": {"coupons": [{"name": "A", "threshold": 50, "value": 5, "where": "首页"}]}})";
  Haggle talk(*price, coupon);
  talk.ask("便宜点");
  talk.ask("便宜点");
  talk.ask("便宜点");
  EXPECT_EQ(talk.ask("我拍了你改价"), "accept 189");
  EXPECT_EQ(talk.reply_text(0), "谈好的是189元");
  const auto postage = pack(R"({"edit": "postage"})");
  Haggle tmall(*postage, coupon);
  EXPECT_EQ(tmall.ask("我拍了你改价"), "coupon");
  EXPECT_EQ(tmall.ask("我拍了你改价"), "hold");
}

TEST(Bargain, ACutIsForAPersonUnlessThePackSaysOtherwise) {
  std::string intents = kIntents;
  intents.replace(intents.find(R"("policy": "suggest", )"), 21, "");
  const auto load = [&](const std::string& bargain) {
    return test::load_pack(
        intents +
        R"(, "settings": {"auto_threshold": 0.1, "suggest_threshold": 0.05, "bargain": )" +
        bargain + "}");
  };
  const auto careful = load(R"({"hold_rounds": 0, "prefer": ["price"]})");
  Haggle talk(*careful, kLadder);
  EXPECT_EQ(talk.ask("便宜点"), "concede 189");
  EXPECT_EQ(talk.result.decision, Decision::kSuggest);
  const auto bold = load(R"({"hold_rounds": 0, "prefer": ["price"], "auto_price": true})");
  Haggle other(*bold, kLadder);
  EXPECT_EQ(other.ask("便宜点"), "concede 189");
  EXPECT_EQ(other.result.decision, Decision::kAuto);
}

TEST(Bargain, AComplaintIsNoOccasionToBargain) {
  const auto rules = pack();
  Haggle talk(*rules, kLadder);
  EXPECT_EQ(talk.ask("便宜点不然投诉", false), "");
  EXPECT_EQ(talk.result.decision, Decision::kHandoff);
  EXPECT_EQ(talk.result.text(talk.result.handoff.reason), "complaint");
}

TEST(Bargain, TheFloorIsToldToNobody) {
  const auto rules = pack();
  Haggle talk(
      *rules,
      R"({"product": {"id": "1", "price": 199, "ladder": [189, 179], "floor_price": 176.54}})");
  for (int i = 0; i < 8; ++i) {
    talk.request.trace = true;
    talk.ask("150行不", i % 2 == 0);
    std::string json;
    wire::write_result("null", "150行不", talk.result, &json);
    EXPECT_EQ(json.find("176.54"), std::string::npos) << json;
  }
}

}  // namespace
}  // namespace xiaoer
