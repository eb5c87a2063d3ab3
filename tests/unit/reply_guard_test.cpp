#include <gtest/gtest.h>

#include <string>

#include "reply_fixture.hpp"

namespace xiaoer::reply {
namespace {

using test::Desk;
using test::desk_saying;
using test::facts_of;
using test::PackBuilder;

// What one template makes of the facts: the text, or "!" and the rule that refused it.
std::string said(const std::string& text, const std::string& facts = "{}",
                 const char* now = nullptr) {
  const auto desk = desk_saying(text);
  desk->facts = facts_of(facts);
  if (now != nullptr) desk->at(now);
  desk->answer({{0, 0.9f}});
  return desk->result.replies.empty() ? "!" + desk->refused() : desk->reply();
}

constexpr const char* kMorning = "2026-11-21T10:00:00+08:00";
constexpr const char* kEvening = "2026-11-21T20:00:00+08:00";

TEST(Render, PutsFactsIntoTheirPlaces) {
  EXPECT_EQ(said("这款{{价格}}元,在{{店名}}买",
                 R"({"product": {"price": 39.90}, "shop": {"name": "小铺"}})"),
            "这款39.9元,在小铺买");
  EXPECT_EQ(said("可以用{{付款方式}}", R"({"shop": {"payment": ["甲", "乙"]}})"), "可以用甲、乙");
  EXPECT_EQ(said("我们{{营业时间}}在", R"({"shop": {"hours": "9:00-23:00"}})"), "我们9:00-23:00在");
  EXPECT_EQ(said("{{预计送达}}到", R"({"order": {"eta": "2026-11-22T09:30:00+08:00"}})", kMorning),
            "明天09:30到");
}

TEST(Render, AMissingVariableTakesTheVariantOut) {
  const auto desk = desk_saying("这款{{价格}}元");
  desk->answer({{0, 0.9f}});
  EXPECT_TRUE(desk->result.replies.empty());
  EXPECT_EQ(desk->refused(), "missing-variable");
  EXPECT_EQ(desk->result.text(desk->result.guard[0].detail), "价格");
  EXPECT_EQ(desk->result.text(desk->result.guard[0].id), "price.ask.reply");
}

TEST(Render, AFallbackStandsInAndMayBeEmpty) {
  EXPECT_EQ(said("{{昵称|亲}},您好"), "亲,您好");
  EXPECT_EQ(said("您好{{昵称|}}哦"), "您好哦");
  EXPECT_EQ(said("{{昵称|亲}},您好", R"({"buyer": {"nickname": "小鱼"}})"), "小鱼,您好");
}

TEST(Render, NeverScansAValueAgain) {
  EXPECT_EQ(said("{{昵称}}您好", R"({"buyer": {"nickname": "%s {价格} \\n"}})"),
            "%s {价格} \\n您好");
  EXPECT_EQ(
      said("{{昵称}}您好", R"({"buyer": {"nickname": "{{底价}}"}, "product": {"floor_price": 7}})"),
      "!raw-template");
  EXPECT_EQ(said("{{昵称}}{{店名}}好", R"({"buyer": {"nickname": "{"}, "shop": {"name": "{"}})"),
            "!raw-template");
}

TEST(Render, CleansControlCharactersAndInvisibleOnes) {
  EXPECT_EQ(said("{{昵称}}好", R"({"buyer": {"nickname": "a\nb\u001b[31m\u202ec\u200bd"}})"),
            "a b [31mcd好");
}

TEST(Render, RefusesValuesThatAreTooLong) {
  std::string facts = R"({"buyer": {"nickname": ")";
  for (int i = 0; i < 200; ++i) facts += "长";
  EXPECT_NE(said("{{昵称}}好", facts + "\"}}"), "!value-too-long");
  EXPECT_EQ(said("{{昵称}}好", facts + "长\"}}"), "!value-too-long");
}

TEST(Render, NeverTellsASecret) {
  const std::string facts = R"({"product": {"price": 40, "floor_price": 36, "ladder": [38]}})";
  EXPECT_EQ(said("可以到{{底价}}元", facts), "!secret-fact");
  EXPECT_EQ(said("可以到{{下一档价|这个价}}元", facts), "!secret-fact");
}

TEST(Render, MasksPersonalDataAndKeepsItForTheVerifiedBuyer) {
  const std::string order =
      R"("order": {"receiver": "张小三", "phone": "13812345678", "address": "江苏省南京市鼓楼区某街道 9 号"})";
  const std::string text = "收件人{{收件人}},电话{{收件电话}},地址{{收货地址}}";
  EXPECT_EQ(said(text, "{" + order + R"(, "buyer": {"verified": true}})"),
            "收件人张*,电话138****5678,地址江苏省南京市鼓楼区***");
  EXPECT_EQ(said(text, "{" + order + "}"), "!personal-data");
  EXPECT_EQ(said(text, "{" + order + R"(, "buyer": {"verified": false}})"), "!personal-data");
}

TEST(Guard, RefusesAPriceBelowItsFloor) {
  EXPECT_EQ(said("{{价格}}元", R"({"product": {"price": 35, "floor_price": 36}})"),
            "!price-below-floor");
  EXPECT_EQ(said("{{价格}}元", R"({"product": {"price": 36, "floor_price": 36}})"), "36元");
  EXPECT_EQ(said("{{批量起订}}件起{{批量价}}元",
                 R"({"product": {"price": 40, "floor_price": 36,
                     "quantity_prices": [{"min": 3, "price": 35}]}})"),
            "!price-below-floor");
}

TEST(Guard, AnotherItemHasItsOwnFloor) {
  EXPECT_EQ(
      said(
          "还有{{推荐一}}{{推荐一价格}}元",
          R"({"product": {"price": 40, "floor_price": 36, "related": [{"name": "甲", "price": 9}]}})"),
      "还有甲9元");
}

TEST(Guard, RefusesNumbersThatNoFactSupports) {
  for (const char* text :
       {"48小时内发出", "优惠5", "满99减10", "三天到", "两天左右", "三百块", "打八折", "第二件半价",
        "买一送一", "周五发", "十一月二十日", "百分之九十", "下午三点", "还有三件", "上千件",
        "一小时", "一天就到", "１２块", "一年质量没问题"}) {
    EXPECT_EQ(said(text), "!unsupported-number") << text;
  }
}

TEST(Guard, LetsWordsWithNumeralsPass) {
  for (const char* text :
       {"稍等一下哦", "两款都好看", "一起拍哦", "万一不合适", "十分抱歉", "第一步先看,第二步再选",
        "一点也不", "1、外包装照片 2、整体照片", "①正面②背面", "一件也可以拍", "我等您半天了",
        "三种口味", "统一回复您"}) {
    EXPECT_EQ(said(text), text);
  }
}

TEST(Guard, RefusesNumbersThatGrowOutOfTheirSlot) {
  const std::string facts =
      R"({"product": {"price": 39, "stock": 5}, "shop": {"ship_within_hours": 48}})";
  EXPECT_EQ(said("1{{价格}}元", facts), "!unsupported-number");
  EXPECT_EQ(said("{{价格}}.5元", facts), "!unsupported-number");
  EXPECT_EQ(said("{{价格}}万", facts), "!unsupported-number");
  EXPECT_EQ(said("{{价格}}{{库存}}", facts), "!unsupported-number");
  EXPECT_EQ(said("{{月销量|99}}件", facts), "!unsupported-number");
  EXPECT_EQ(said("{{价格}}元一袋", facts), "39元一袋");
  EXPECT_EQ(said("{{价格}}包邮吗我帮您查", facts), "39包邮吗我帮您查");
}

TEST(Guard, RefusesTheUnitOfSomethingElse) {
  const std::string facts =
      R"({"product": {"price": 39, "stock": 5}, "shop": {"ship_within_hours": 48, "return_days": 7}})";
  EXPECT_EQ(said("{{发货时限}}天内", facts), "!unit-mismatch");
  EXPECT_EQ(said("{{退货天数}}个工作日", facts), "!unit-mismatch");
  EXPECT_EQ(said("打{{价格}}折", facts), "!unit-mismatch");
  EXPECT_EQ(said("¥{{库存}}", facts), "!unit-mismatch");
  EXPECT_EQ(said("${{价格}}", facts), "!unit-mismatch");
  EXPECT_EQ(said("{{退货天数}}日内", facts), "7日内");
  EXPECT_EQ(said("¥{{价格}}", facts), "¥39");
  EXPECT_EQ(said("库存{{库存}}袋", facts), "库存5袋");
}

TEST(Guard, ClaimsNeedTheirFacts) {
  struct Case {
    const char* text;
    const char* with;
    const char* without;
  };
  const Case cases[] = {
      {"支持七天无理由退货", R"({"shop": {"return_days": 7}})",
       R"({"shop": {"return_days": 7}, "product": {"no_reason_return": false}})"},
      {"支持七天无理由退货", R"({"product": {"no_reason_return": true}})",
       R"({"product": {"no_reason_return": false}})"},
      {"这款送运费险的", R"({"shop": {"freight_insurance": true}})", "{}"},
      {"这款包邮的", R"({"shop": {"ship_fee": 0}})", R"({"shop": {"ship_fee": 8}})"},
      {"现货的哦", R"({"product": {"stock": 2}})", R"({"product": {"stock": 0}})"},
      {"这个颜色卖完了", R"({"product": {"stock": 0}})", R"({"product": {"stock": 1}})"},
      {"库存不多了", R"({"product": {"stock": 10}})", R"({"product": {"stock": 11}})"},
      {"库存不多了", R"({"product": {"stock": 30, "scarcity_at": 30}})",
       R"({"product": {"stock": 9, "scarcity_at": 8}})"},
      {"这款卖得好", R"({"product": {"sold_month": 900}})", "{}"},
      {"可以给您优惠", R"({"promotion": {"reduction": 5}})", "{}"},
      {"下单有赠品", R"({"product": {"gifts": ["杯子"]}})", "{}"},
      {"可以去领券", R"({"promotion": {"coupons": [{"name": "券"}]}})", "{}"},
      {"质保期内都管", R"({"product": {"warranty_months": 12}})", "{}"},
      {"有质检报告的", R"({"product": {"certificates": ["甲"]}})", "{}"},
      {"当天就能发货", R"({"shop": {"cutoff": "16:00"}})",
       R"({"shop": {"cutoff": "16:00"}, "product": {"lead_days": 3}})"},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(said(each.text, each.with), each.text);
    EXPECT_EQ(said(each.text, each.without), "!unsupported-claim") << each.text;
  }
}

TEST(Guard, SomeClaimsNothingSupports) {
  const std::string facts = R"({"shop": {"cutoff": "16:00"}})";
  EXPECT_EQ(said("明天就能送到", facts, kMorning), "!unsupported-claim");
  EXPECT_EQ(said("坏了包赔", facts, kMorning), "!unsupported-claim");
}

TEST(Guard, TodayIsPromisedOnlyBeforeTheCutoff) {
  const std::string facts = R"({"shop": {"cutoff": "16:00"}})";
  EXPECT_EQ(said("今天可以发货", facts, kMorning), "今天可以发货");
  EXPECT_EQ(said("今天可以发货", facts, kEvening), "!unsupported-claim");
  EXPECT_EQ(said("今天可以发货", facts), "!unsupported-claim");
  EXPECT_EQ(said("今天能不能发货我帮您查", "{}"), "今天能不能发货我帮您查");
}

TEST(Guard, DeadlinesNeedARunningPromotion) {
  const std::string facts =
      R"({"promotion": {"starts": "2026-11-20T00:00:00+08:00", "ends": "2026-11-21T18:00:00+08:00"}})";
  EXPECT_EQ(said("活动快结束了", facts, kMorning), "活动快结束了");
  EXPECT_EQ(said("活动快结束了", facts, kEvening), "!unsupported-claim");
  EXPECT_EQ(said("活动快结束了", facts, "2026-11-19T10:00:00+08:00"), "!unsupported-claim");
  EXPECT_EQ(said("活动到{{活动结束}}", facts, kMorning), "活动到今天18:00");
  EXPECT_EQ(said("活动到{{活动结束}}", facts, kEvening), "!promotion-over");
}

TEST(Guard, NamesTheComplianceRuleOverJoins) {
  PackBuilder builder;
  builder.says("price.ask", "我们是{{店名}}好的店");
  rules::ComplianceSource source;
  source.rule = "absolute-term";
  source.words = {"最好"};
  source.except = {"最好在"};
  builder.pack.compliance.push_back(source);
  Desk desk(builder.pack);
  desk.facts = facts_of(R"({"shop": {"name": "最"}})");
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.refused(), "absolute-term");
  EXPECT_EQ(desk.result.text(desk.result.guard[0].detail), "最好");
  desk.facts = facts_of(R"({"shop": {"name": "蛮"}})");
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.reply(), "我们是蛮好的店");
}

// Literals are looked at when the pack is opened, then only what values have a part in: a word is
// found wherever it stands.
TEST(Guard, ComplianceLooksAtLiteralsAndAroundValues) {
  const auto verdict = [](const std::string& text, const std::string& name) {
    PackBuilder builder;
    builder.says("price.ask", text);
    builder.pack.compliance.push_back(
        {"off-platform", {"微信", "加我私聊"}, {"微信支付"}, "", {}, true, {}});
    Desk desk(builder.pack);
    desk.facts = facts_of("{\"shop\": {\"name\": \"" + name + "\"}}");
    desk.answer({{0, 0.9f}});
    return desk.result.replies.empty() ? desk.refused() : "";
  };
  EXPECT_EQ(verdict("这款是{{店名}}家的呢,有需要可以加微信问", "果铺"), "off-platform");
  EXPECT_EQ(verdict("可以加微信问,这款是{{店名}}家的呢", "果铺"), "off-platform");
  EXPECT_EQ(verdict("这款是{{店名}}家的呢,有需要随时问", "微信果铺"), "off-platform");
  EXPECT_EQ(verdict("有需要加微{{店名}}随时问", "信"), "off-platform");
  EXPECT_EQ(verdict("有需要加微-{{店名}}随时问", "-信"), "off-platform");
  EXPECT_EQ(verdict("有需要{{店名}}信上问", "加微."), "off-platform");
  EXPECT_EQ(verdict("有事加我{{昵称|}}私聊", "果铺"), "off-platform");
  EXPECT_EQ(verdict("加~~我~~私~~{{店名}}", "聊"), "off-platform");
  EXPECT_EQ(verdict("可以用微信支付的,这款是{{店名}}家的呢", "果铺"), "");
  EXPECT_EQ(verdict("可以用微信{{店名}}的", "支付"), "");
  EXPECT_EQ(verdict("可以用微信{{店名}}的", "私聊"), "off-platform");
}

TEST(Guard, ComplianceKnowsExceptionsAndDisguises) {
  PackBuilder builder;
  builder.says("price.ask", "{{店名}}");
  builder.pack.compliance.push_back(
      {"absolute-term", {"100%", "最好"}, {"100%棉", "最好在"}, "", {}, false, {}});
  builder.pack.compliance.push_back(
      {"off-platform", {"vx", "微信"}, {"微信支付"}, "", {}, false, {}});
  Desk desk(builder.pack);
  const auto verdict = [&](const std::string& name) {
    desk.facts = facts_of("{\"shop\": {\"name\": \"" + name + "\"}}");
    desk.answer({{0, 0.9f}});
    return desk.result.replies.empty() ? desk.refused() : "";
  };
  EXPECT_EQ(verdict("用料是100%棉"), "");
  EXPECT_EQ(verdict("100%放心"), "absolute-term");
  EXPECT_EQ(verdict("100%棉,100%放心"), "absolute-term");
  EXPECT_EQ(verdict("加ＶＸ聊"), "off-platform");
  EXPECT_EQ(verdict("加微 信"), "off-platform");
  EXPECT_EQ(verdict("可以微信支付"), "");
  EXPECT_EQ(verdict("最好在家"), "");
}

TEST(Guard, KeepsPhonesAndIdentityNumbersOfBuyersInside) {
  EXPECT_EQ(said("{{昵称}}您好", R"({"buyer": {"nickname": "13912345678"}})"), "!personal-data");
  EXPECT_EQ(said("{{昵称}}您好", R"({"buyer": {"nickname": "139 1234-5678"}})"), "!personal-data");
  EXPECT_EQ(said("{{昵称}}您好", R"({"buyer": {"nickname": "+86 13912345678"}})"),
            "!personal-data");
  EXPECT_EQ(said("{{昵称}}您好", R"({"buyer": {"nickname": "13912345678 13700001111"}})"),
            "!personal-data");
  EXPECT_EQ(said("{{昵称}}您好", R"({"buyer": {"nickname": "１３９１２３４５６７８"}})"),
            "!personal-data");
  EXPECT_EQ(said("{{昵称}}您好", R"({"buyer": {"nickname": "11010119900101123X"}})"),
            "!personal-data");
  EXPECT_EQ(said("快递电话{{快递电话}}", R"({"order": {"carrier_phone": "13912345678"}})"),
            "快递电话13912345678");
  EXPECT_EQ(said("{{昵称}}您好", R"({"buyer": {"nickname": "小鱼2024"}})"), "小鱼2024您好");
}

// A reply that quotes the buyer's offer of `yuan`.
std::string quoted(const std::string& text, int64_t yuan, const std::string& facts,
                   const std::string& intent = "bargain.offer") {
  const auto desk = desk_saying(text, intent);
  desk->facts = facts_of(facts);
  desk->offers(yuan);
  desk->answer({{0, 0.9f}});
  return desk->result.replies.empty() ? "!" + desk->refused() : desk->reply();
}

TEST(Guard, TheBuyersAmountIsQuotedOnlyToDeclineOrAsk) {
  const std::string facts = R"({"product": {"price": 40, "floor_price": 30}})";
  EXPECT_EQ(quoted("{{金额}}元确实做不到呢", 20, facts), "20元确实做不到呢");
  EXPECT_EQ(quoted("您是想{{金额}}元拿下吗", 35, facts), "您是想35元拿下吗");
  EXPECT_EQ(quoted("{{金额}}元可以吗,我帮您问", 35, facts), "35元可以吗,我帮您问");
  EXPECT_EQ(quoted("好的,{{金额}}元给您拍", 35, facts), "!unauthorised-quote");
  EXPECT_EQ(quoted("{{金额}}元可以的呢", 35, facts), "!unauthorised-quote");
  EXPECT_EQ(quoted("{{金额}}元您直接拍", 35, facts), "!unauthorised-quote");
  EXPECT_EQ(quoted("{{金额}}元没问题", 35, "{}"), "!unauthorised-quote");
  EXPECT_EQ(quoted("{{金额}}元没问题", 40, facts), "40元没问题");
}

TEST(Guard, TheBuyersAmountIsNotForOtherIntents) {
  EXPECT_EQ(quoted("{{金额}}元做不到呢", 20, R"({"product": {"price": 40}})", "ship.fee"),
            "!unauthorised-quote");
}

TEST(Guard, TheBuyersDayIsNoPromiseOfOurs) {
  const auto verdict = [](const std::string& text) {
    const auto desk = desk_saying(text, "ship.time");
    desk->mentions(rules::kDate, "周五");
    desk->answer({{0, 0.9f}});
    return desk->result.replies.empty() ? desk->refused() : "";
  };
  EXPECT_EQ(verdict("{{日期}}给您送到"), "unauthorised-quote");
  EXPECT_EQ(verdict("您是{{日期}}要用吗"), "");
}

TEST(Guard, MasksThePhoneThatTheBuyerGave) {
  const auto desk = desk_saying("电话是{{手机号}}对吗", "order.change");
  desk->mentions(rules::kPhone, "13812345678");
  desk->answer({{0, 0.9f}});
  EXPECT_EQ(desk->reply(), "电话是138****5678对吗");
}

TEST(Guard, AFactStandsBeforeAnEntityOfTheSameName) {
  const auto desk = desk_saying("订单{{订单号}}", "order.status");
  desk->mentions(rules::kOrderNumber, "111222333444555666");
  desk->answer({{0, 0.9f}});
  EXPECT_EQ(desk->reply(), "订单111222333444555666");
  desk->facts = facts_of(R"({"order": {"id": "900"}})");
  desk->answer({{0, 0.9f}});
  EXPECT_EQ(desk->reply(), "订单900");
}

TEST(Build, TellsAuthorsOfUnitsAndOfVariantsThatAreNeverSent) {
  const auto desk = desk_saying("{{发货时限}}天内,型号A38");
  ASSERT_EQ(desk->diagnostics.list().size(), 2u);
  EXPECT_EQ(desk->diagnostics.list()[0].code, "template-unit-mismatch");
  EXPECT_EQ(desk->diagnostics.list()[1].code, "variant-never-sent");
  EXPECT_EQ(desk->diagnostics.error_count(), 1u);
  for (const Diagnostic& problem : desk->diagnostics.list()) {
    EXPECT_NE(find_catalogue_entry(problem.code), nullptr);
    EXPECT_EQ(problem.rule_id, "price.ask.reply");
  }
}

TEST(Build, ADamagedImageIsRefused) {
  PackBuilder builder;
  builder.says("price.ask", "您好");
  ImageBuilder image;
  ConditionTable conditions;
  Diagnostics diagnostics;
  Replier::build(builder.pack, &conditions, &image, &diagnostics);
  // No conditions: finish() was forgotten.
  Image opened;
  std::string error;
  ASSERT_TRUE(Image::open(image.finish(), &opened, &error));
  Replier replier;
  EXPECT_FALSE(replier.open(opened));
}

}  // namespace
}  // namespace xiaoer::reply
