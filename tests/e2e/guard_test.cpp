// The guard alone, rule by rule: what is found, where, and what bears a statement out.

#include <gtest/gtest.h>

#include "e2e/fixture.hpp"

namespace xiaoer::test {
namespace {

constexpr Instant kFriday = {1'796'954'400, 480};  // 2026-12-11T10:00:00+08:00

constexpr char kDress[] = R"({
  "shop": {"hours": "09:00-23:00", "cutoff": "16:00", "ship_within_hours": 48, "ship_fee": 6,
           "free_ship_floor": 59, "remote_ship_fee": 15, "return_days": 7, "freight_insurance": true},
  "product": {"name": "碎花裙", "price": 129, "list_price": 199, "floor_price": 109, "ladder": [125, 119],
              "stock": 6, "gifts": ["同色发带"], "material": "95%棉 5%氨纶",
              "variants": [{"name": "黑色", "stock": 3}, {"name": "雾蓝", "stock": 0}],
              "quantity_prices": [{"min": 3, "price": 119}],
              "related": [{"name": "羊毛开衫", "price": 89, "stock": 4}]},
  "promotion": {"ends": "2026-12-12T23:59:59+08:00", "threshold": 199, "reduction": 20,
                "coupons": [{"name": "店铺券", "threshold": 99, "value": 5}]},
  "order": {"id": "20261211000123", "state": "paid", "refund": 30, "receiver": "王小明", "phone": "13812345678",
            "address": "浙江省杭州市西湖区文三路100号2幢301", "promised_ship_at": "2026-12-13T18:00:00+08:00"}
})";

struct Judge {
  explicit Judge(const std::string& facts = kDress) : facts_of_call(facts_of(facts)) {}

  const Verdict& judge(const std::string& text) {
    EXPECT_EQ(guard(default_ruleset(), context, session, {text, &facts_of_call, now}, &verdict),
              Status::kOk);
    return verdict;
  }
  // The rules found, in the order of the text.
  std::string rules(const std::string& text) {
    judge(text);
    std::string out;
    for (const FindingItem& finding : verdict.findings) {
      if (!out.empty()) out += ' ';
      out += verdict.get(finding.rule);
    }
    return out;
  }
  // What bears the first statement out.
  std::string ground(const std::string& text) {
    judge(text);
    if (verdict.outcome != Outcome::kPass || verdict.grounds.empty()) return "-" + rules(text);
    return std::string(verdict.get(verdict.grounds[0].role)) + " " +
           std::string(verdict.get(verdict.grounds[0].source));
  }
  std::string rewritten(const std::string& text) {
    judge(text);
    return verdict.outcome == Outcome::kRewritten ? verdict.text : "-" + rules(text);
  }

  reply::Facts facts_of_call;
  Context context;
  const dialogue::Session* session = nullptr;
  std::optional<Instant> now = kFriday;
  Verdict verdict;
};

TEST(Guard, SeveralDoNotCostWhatOneDoes) {
  Judge judge;
  for (const char* text : {"两件一共129元", "拍两件,一共给您129元", "买2送1,三件一共129元"}) {
    EXPECT_EQ(judge.judge(text).outcome, Outcome::kRefused) << text;
  }
  EXPECT_EQ(judge.judge("两件一共258元").outcome, Outcome::kPass);
  EXPECT_EQ(judge.judge("一共129元哦").outcome, Outcome::kPass);
}

TEST(Guard, LongNumbersThatCountSomethingAreLookedAt) {
  Judge judge;
  for (const char* text :
       {"现在只要0000009元", "赔您1000000元", "定金1000000块", "月销1000000件", "0000007天内发货",
        "全场打一万亿折", "给您⑧⓪元", "给您𝟴𝟬元", "⁸⁰元给您", "₈₀元", "只要⑧⓪块"}) {
    EXPECT_EQ(judge.judge(text).outcome, Outcome::kRefused) << text;
  }
  EXPECT_EQ(judge.judge("①先加购 ②再付款哦").outcome, Outcome::kPass);
}

TEST(Guard, NumbersAreReadHoweverTheyAreDressed) {
  Judge judge;
  for (const char* eighty : {"❽⓿", "➑⓿", "➇⓪", "⓼⓿", "⒏⓿", "⑻⓿", "🄉🄁", "㉈", "٨٠", "۸۰", "८०", "๘๐",
                             "8️⃣0️⃣", "8⃝0⃝", "8̲0̲", "8̶0̶"}) {
    const std::string text = "这款给您" + std::string(eighty) + "元";
    const std::string words =
        eighty == std::string_view("㉈") ? "㉈元" : eighty + std::string("元");
    EXPECT_EQ(judge.rules(text), "price-below-floor") << text;
    EXPECT_EQ(judge.verdict.get(judge.verdict.findings[0].words), words);
  }
  EXPECT_EQ(judge.rules("🔟块给您"), "price-below-floor");
  EXPECT_EQ(judge.ground("这款➊➋➒元哦"), "item-price product.price=129");
  for (const char* text :
       {"❶先加购 ❷再付款哦", "1️⃣先加购 2️⃣再付款哦", "⒈先加购 ⒉再付款哦"}) {
    EXPECT_EQ(judge.judge(text).outcome, Outcome::kPass) << text;
  }
  for (const char* text : {"给您80", "给您٨٠", "给您8̲0̲"}) {
    EXPECT_EQ(judge.rules(text), "price-below-floor") << text;
  }
}

constexpr char kPromisedSaturdayEvening[] =
    R"({"order": {"id": "1", "state": "paid", "promised_ship_at": "2026-12-12T18:00:00+08:00"}})";

TEST(Guard, ADayOfShippingRestsOnThePromisedTime) {
  Judge judge(kPromisedSaturdayEvening);  // it is Friday
  constexpr char kGround[] = "ships-tomorrow order.promised_ship_at";
  for (const char* text : {"明天就给您发出", "您这单明天下午六点前发出", "明天发哦", "明晚发货"}) {
    EXPECT_EQ(judge.ground(text), kGround) << text;
  }
  for (const char* text :
       {"今天就给您发出", "今天发", "今天发哦", "当天发货", "次日发货", "明早发货"}) {
    EXPECT_EQ(judge.rules(text), "unsupported-claim") << text;
  }
  judge.now = Instant{kFriday.seconds + 86'400, 480};  // Saturday
  EXPECT_EQ(judge.ground("今天发哦"), "ships-today order.promised_ship_at");
  EXPECT_EQ(judge.rules("明天发哦"), "unsupported-claim");
  judge.now = Instant{kFriday.seconds + 86'400 + 9 * 3600, 480};  // it is past
  EXPECT_EQ(judge.rules("今天发哦"), "unsupported-claim");
}

// 17:30 of Friday in London is half past one of Saturday in the shop.
TEST(Guard, TomorrowIsTheShopsOwn) {
  Judge judge(kPromisedSaturdayEvening);
  judge.now = Instant{kFriday.seconds + 15 * 3600 + 1800, 0};
  EXPECT_EQ(judge.rules("明天就给您发出"), "unsupported-claim");
  EXPECT_EQ(judge.ground("今天就给您发出"), "ships-today order.promised_ship_at");
  judge.now.reset();
  EXPECT_EQ(judge.rules("今天就给您发出"), "unsupported-claim");
  EXPECT_EQ(judge.rules("明天就给您发出"), "unsupported-claim");
}

TEST(Guard, TomorrowRestsOnTheRuleOfTheCutOff) {
  EXPECT_EQ(Judge(R"({"shop": {"cutoff": "16:00"}})").ground("明天发货哦"),
            "ships-tomorrow shop.cutoff");
  EXPECT_EQ(
      Judge(R"({"shop": {"cutoff": "16:00"}, "product": {"lead_days": 3}})").rules("明天发哦"),
      "unsupported-claim");
  Judge morning(
      R"({"order": {"id": "1", "state": "paid", "promised_ship_at": "2026-12-12T10:00:00+08:00"}})");
  EXPECT_EQ(morning.ground("明早发货"), "ships-tomorrow-morning order.promised_ship_at");
}

TEST(Guard, OtherThingsThanGoodsAreSentToo) {
  Judge judge("{}");
  for (const char* text :
       {"今天发您尺码表哦", "今天发现有色差可以找我哦", "明天发您链接哦", "今天发吗"}) {
    EXPECT_EQ(judge.judge(text).outcome, Outcome::kPass) << text;
  }
}

TEST(Guard, AStatementRestsOnTheFactsThatWereGiven) {
  Judge judge(R"({"shop": {"cutoff": "16:30"}})");
  EXPECT_EQ(judge.ground("今天能发的"), "ships-today shop.cutoff");
  EXPECT_EQ(Judge().ground("今天能发的"), "ships-today shop.cutoff, order.promised_ship_at");
}

TEST(Guard, PricesEqualAnAuthorisedOne) {
  Judge judge;
  EXPECT_EQ(judge.ground("这款现在129元哦"), "item-price product.price=129");
  EXPECT_EQ(judge.ground("这款现在一百二十九块哦"), "item-price product.price=129");
  EXPECT_EQ(judge.ground("这款现在￥１２９哦"), "item-price product.price=129");
  EXPECT_EQ(judge.ground("给您按125算"), "item-price product.ladder=125");
  EXPECT_EQ(judge.rules("给您按121算"), "unauthorised-price");
  EXPECT_EQ(judge.rules("给您一百零五块"), "price-below-floor");
  EXPECT_EQ(judge.rules("给您打八折"), "price-below-floor");
  EXPECT_EQ(judge.rules("底价是109元"), "secret-fact");
  EXPECT_EQ(judge.rules("98卖给您"), "price-below-floor");
}

TEST(Guard, ARelatedItemsPriceNeedsItsName) {
  Judge judge;
  EXPECT_EQ(judge.ground("搭的羊毛开衫是89元哦"), "item-price product.related.price=89");
  EXPECT_EQ(judge.rules("现在89元哦"), "price-below-floor");
}

TEST(Guard, AmountsHaveRoles) {
  Judge judge;
  EXPECT_EQ(judge.ground("运费6元"), "fee shop.ship_fee=6");
  EXPECT_EQ(judge.ground("满199元可以用哦"), "threshold promotion.threshold=199");
  EXPECT_EQ(judge.ground("原价199元"), "list-price product.list_price=199");
  EXPECT_EQ(judge.ground("退款30元会原路退回"), "refund order.refund=30");
  EXPECT_EQ(judge.ground("领5元的券再拍"), "coupon promotion.coupons.value=5");
  for (const char* text :
       {"运费129元", "退您129元", "定金129元", "满129元", "赔您6元", "领6元的券"}) {
    EXPECT_EQ(judge.rules(text), "unsupported-number") << text;
  }
}

TEST(Guard, SumsAreTold) {
  Judge judge;
  EXPECT_EQ(judge.ground("一共258元,两件的话"), "total 2*product.price=258");
  EXPECT_EQ(judge.ground("两件减完一共238元"), "total 2*product.price-promotion.reduction=238");
  EXPECT_EQ(judge.ground("比原价便宜70元"), "saving (product.list_price-product.price)=70");
  EXPECT_EQ(judge.ground("还差70元就能满减"), "gap promotion.threshold-product.price=70");
  EXPECT_EQ(judge.ground("加上羊毛开衫一共218元"), "total product.price+product.related.price=218");
  EXPECT_EQ(judge.rules("两件一共200元"), "unsupported-number");
  EXPECT_EQ(judge.rules("满99减20哦"), "unsupported-number");
}

TEST(Guard, TheBuyersNumberIsOnlyDeclinedOrAskedAbout) {
  Judge judge;
  EXPECT_EQ(judge.rules("80元实在做不到哦"), "");
  EXPECT_EQ(judge.rules("您是想80元拿一件吗"), "");
  EXPECT_EQ(judge.rules("80元可以的"), "price-below-floor");
  EXPECT_EQ(judge.rules("80做不到,85给您"), "price-below-floor");
  EXPECT_EQ(judge.rules("没有比85更低的了"), "price-below-floor");
  dialogue::Session session;
  session.buyer_offer(Decimal::of(80));
  judge.session = &session;
  EXPECT_EQ(judge.rules("80元实在做不到哦"), "");
  EXPECT_EQ(judge.rules("70元实在做不到哦"), "unknown-quote");
  EXPECT_EQ(judge.verdict.outcome, Outcome::kPass);
}

TEST(Guard, TimesEqualTheirFact) {
  Judge judge;
  EXPECT_EQ(judge.ground("付款后48小时内发出"), "shipping shop.ship_within_hours=48");
  EXPECT_EQ(judge.ground("两天内发出"), "shipping shop.ship_within_hours=48");
  EXPECT_EQ(judge.ground("最晚12月13号发出"), "shipping order.promised_ship_at=12");
  EXPECT_EQ(judge.ground("下午四点前付款当天发货"), "cutoff shop.cutoff=960");
  EXPECT_EQ(judge.ground("面料是95%棉"), "fact product.material=95");
  EXPECT_EQ(judge.ground("黑色还有3件"), "stock product.variants.stock=3");
  for (const char* text :
       {"24小时内发出", "12月18号发出", "15天内可以退", "晚上8点结束", "保质期两年", "还有20件",
        "上个月卖了300件", "面料是80%棉", "裙长115cm"}) {
    EXPECT_EQ(judge.rules(text), "unsupported-number") << text;
  }
}

TEST(Guard, HarmlessNumbersPass) {
  Judge judge;
  for (const char* text :
       {"有3个颜色可以选哦", "您110斤的话我帮您看看", "第2步点确认", "一分钱一分货",
        "麻烦拍两张照片", "2号链接是短款", "十分抱歉", "千万别剪吊牌", "2026新款哦"}) {
    EXPECT_EQ(judge.rules(text), "") << text;
  }
}

TEST(Guard, UseIsNotedAndPasses) {
  Judge judge;
  EXPECT_EQ(judge.rules("先长按10秒试试"), "unproven-use");
  EXPECT_EQ(judge.verdict.outcome, Outcome::kPass);
  EXPECT_EQ(judge.rules("30度水洗,静置5分钟再晾"), "unproven-use unproven-use");
  EXPECT_EQ(judge.verdict.outcome, Outcome::kPass);
  EXPECT_EQ(judge.rules("热水壶容量2升"), "unsupported-number");
}

TEST(Guard, WhatComesOffThePriceIsNoChanceDifference) {
  Judge judge;
  EXPECT_EQ(judge.rules("券能抵10元"), "unsupported-number");
  EXPECT_EQ(judge.rules("给您便宜70元"), "unsupported-number");
  EXPECT_EQ(judge.ground("比原价便宜70元"), "saving (product.list_price-product.price)=70");
}

TEST(Guard, NoWayAroundThePrice) {
  Judge judge;
  for (const char* text : {"88团购", "88批发价", "满59包邮,59给您", "您是想80元拿一件吗,可以的"}) {
    EXPECT_NE(judge.judge(text).outcome, Outcome::kPass) << text;
  }
  EXPECT_EQ(judge.rules("退您80%"), "unsupported-number");
  EXPECT_EQ(judge.rules("给您80%的折扣"), "unsupported-number");
  EXPECT_EQ(judge.rules("水洗后缩了的退您50%"), "unsupported-number");
}

TEST(Guard, ClaimsNeedTheirFact) {
  Judge judge;
  EXPECT_EQ(judge.ground("这款包邮的"), "free-shipping shop.free_ship_floor, shop.ship_fee");
  EXPECT_EQ(judge.rules("雾蓝有现货哦"), "unsupported-claim");
  EXPECT_EQ(judge.rules("黑色有现货哦"), "");
  EXPECT_EQ(judge.rules("送您一个抱枕"), "unsupported-claim");
  EXPECT_EQ(judge.rules("送您一条发带"), "");
  EXPECT_EQ(judge.rules("明天就能到"), "unsupported-claim");
  EXPECT_EQ(judge.rules("有质检报告的"), "unsupported-claim");
  EXPECT_EQ(judge.rules("帮您查一下有没有现货"), "");
}

TEST(Guard, DoneOnlyWhenItWasTold) {
  Judge judge;
  dialogue::Session session;
  judge.session = &session;
  EXPECT_EQ(judge.rules("已经备注好了"), "not-confirmed");
  EXPECT_EQ(judge.rules("备注好了我告诉您"), "");
  EXPECT_EQ(judge.rules("已经发货了"), "unsupported-claim");
  Context context;
  Result result;
  Request request;
  request.message = "麻烦备注一下周末送货";
  const reply::Facts facts = facts_of(R"({"order": {"id": "1", "state": "paid"}})");
  request.facts = &facts;
  ASSERT_EQ(answer(default_ruleset(), context, &session, request, &result), Status::kOk);
  ASSERT_TRUE(session.care().confirm(rules::Action::kRemark, true, 0));
  EXPECT_EQ(judge.rules("已经备注好了"), "");
  EXPECT_EQ(judge.rules("价格已经改好了").substr(0, 13), "not-confirmed");
}

TEST(Guard, WhatIsOverIsNotSaid) {
  Judge judge;
  EXPECT_EQ(judge.rules("满199减20哦"), "");
  judge.now = Instant{kFriday.seconds + 3 * 86'400, 480};
  EXPECT_EQ(judge.rules("满199减20哦"), "unsupported-number unsupported-number");
  EXPECT_EQ(judge.rules("领5元的券再拍"), "unsupported-number");
}

TEST(Guard, UnfilledVariables) {
  Judge judge;
  for (const char* text :
       {"您好{{昵称}}", "您好{name}", "还剩{库存}", "共${price}", "单号%s", "您好【姓名】",
        "快递<快递公司>", "单号None", "预计undefined", "地址是XXX", "您好{{"}) {
    EXPECT_EQ(judge.rules(text).substr(0, 16), "missing-variable") << text;
  }
  for (const char* text :
       {"【发货时间】以页面为准", "100%放心的话我不说", "XXXL码也有", "[微笑]好的"}) {
    EXPECT_EQ(judge.rules(text).find("missing-variable"), std::string::npos) << text;
  }
}

TEST(Guard, WordsAndTheirDisguises) {
  Judge judge;
  for (const char* text : {"加V聊", "加ｖｘ", "微 信 联系我", "微*信聊", "w e i x i n", "薇信",
                           "威❤", "加\u200B微信"}) {
    EXPECT_EQ(judge.rules(text), "off-platform") << text;
  }
  for (const char* text : {"微信支付也可以", "加V领的打底", "不能加微信哦", "第一次买",
                           "最近有点冷", "最后确认一下"}) {
    EXPECT_EQ(judge.rules(text), "") << text;
  }
  EXPECT_EQ(judge.rewritten("这是最好的料子"), "这是很好的料子");
  EXPECT_EQ(judge.rewritten("绝对不褪色"), "不褪色");
}

TEST(Guard, NumbersOfPersons) {
  Judge judge;
  EXPECT_EQ(judge.rules("王小明您好"), "personal-data");
  EXPECT_EQ(judge.rules("打13700001111"), "personal-data");
  EXPECT_EQ(judge.rules("加我一三七零零零零一一一一"), "off-platform");
  EXPECT_EQ(judge.rules("您的订单20261211000123在备货"), "");
  std::string verified = kDress;
  verified.insert(verified.size() - 1, R"(, "buyer": {"verified": true})");
  Judge known(verified);
  EXPECT_EQ(known.rewritten("寄给王小明 13812345678"), "寄给王* 138****5678");
  EXPECT_EQ(known.rewritten("到浙江省杭州市西湖区文三路100号2幢301"), "到浙江省杭州市西湖区***");
  EXPECT_EQ(known.rules("尾号5678对吗"), "");
}

TEST(Guard, Tone) {
  Judge judge;
  EXPECT_EQ(judge.rewritten("好的！我看一下！"), "好的，我看一下");
  EXPECT_EQ(judge.rewritten("谢谢😊🌹😘"), "谢谢😊🌹");
  EXPECT_EQ(judge.rules("不是说了吗"), "impatience rhetorical-question");
  EXPECT_EQ(judge.rules("黑色还是雾蓝呢"), "");
  std::string endless;
  for (int i = 0; i < 40; ++i) endless += "您看看,";
  judge.judge(endless);
  EXPECT_EQ(judge.verdict.outcome, Outcome::kPass);  // a note
  EXPECT_EQ(judge.verdict.findings.size(), 1U);
}

TEST(Guard, ARewriteIsJudgedAgain) {
  Judge judge;
  EXPECT_EQ(judge.rewritten("绝对最好！！"), "很好");
  // What is left when the words go is worse.
  judge.judge("加绝对v聊");
  EXPECT_EQ(judge.verdict.outcome, Outcome::kRefused);
  EXPECT_TRUE(judge.verdict.text.empty());
  EXPECT_EQ(judge.verdict.original, "加绝对v聊");
}

TEST(Guard, AnyBytes) {
  Judge judge("{}");
  EXPECT_EQ(judge.rules(""), "empty-text");
  EXPECT_EQ(judge.rules(" \n "), "empty-text");
  EXPECT_EQ(judge.rules("好\xFF的"), "ill-formed-text");
  EXPECT_EQ(judge.rewritten("好\x07的\u202E"), "好的");
  std::string text(reply::kMaxReviewBytes, '9');
  judge.judge(text);
  text.push_back('9');
  EXPECT_EQ(guard(default_ruleset(), judge.context, nullptr, {text, nullptr, {}}, &judge.verdict),
            Status::kMessageTooLong);
  EXPECT_TRUE(judge.verdict.findings.empty());
}

TEST(Guard, SpansAreBytesOfTheOriginal) {
  Judge judge;
  const std::string text = "好的,运费９元哦";
  judge.judge(text);
  ASSERT_EQ(judge.verdict.findings.size(), 1U);
  const FindingItem& found = judge.verdict.findings[0];
  EXPECT_EQ(text.substr(found.span.begin, found.span.size()), "９元");
  EXPECT_EQ(judge.verdict.get(found.words), "９元");
  EXPECT_EQ(judge.verdict.get(found.detail), "fee");
}

}  // namespace
}  // namespace xiaoer::test
