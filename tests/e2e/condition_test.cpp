// Conditions that compare a fact with what the message names.

#include "e2e/fixture.hpp"

namespace xiaoer::test {
namespace {

// Says "yes" where the fact equals the entity, "no" where it does not, "ask" where one is absent.
std::string answered(const std::string& fact, const std::string& kind, const std::string& message,
                     const std::string& facts, const std::string& more = "") {
  const auto test = [&](const std::string& compare) {
    return R"({"facts": {")" + fact + R"(": {")" + compare + R"(": {"entity": ")" + kind +
           R"("}}}})";
  };
  const auto rules = load_pack(R"("intents": [{"id": "a", "patterns": ["可以"], "replies": [
    {"when": )" + test("eq") + R"(, "variants": ["是的哦"]},
    {"when": )" + test("ne") + R"(, "variants": ["不是呢"]},
    {"variants": ["您说的是哪个呢"]}]}])" +
                               more);
  Talk talk(*rules);
  const reply::Facts known = facts_of(facts);
  talk.request.facts = &known;
  talk.say(message);
  return talk.reply_text(0);
}

TEST(EntityCondition, AListEqualsWhatItHolds) {
  const std::string named =
      R"(, "entities": [{"kind": "快递", "values": {"EMS": ["ems"], "韵达": ["韵达"], "中通": ["中通"], "顺丰": ["顺丰"]}}])";
  const std::string facts = R"({"shop": {"carriers": ["中通快递", "韵达", "邮政EMS"]}})";
  EXPECT_EQ(answered("快递列表", "快递", "发韵达可以", facts, named), "是的哦");
  EXPECT_EQ(answered("快递列表", "快递", "发中通可以", facts, named), "是的哦");
  EXPECT_EQ(answered("快递列表", "快递", "发ems可以", facts, named), "是的哦");
  EXPECT_EQ(answered("快递列表", "快递", "发顺丰可以", facts, named), "不是呢");
  EXPECT_EQ(answered("快递列表", "快递", "可以", facts, named), "您说的是哪个呢");
  EXPECT_EQ(answered("快递列表", "快递", "发顺丰可以", "{}", named), "您说的是哪个呢");
}

TEST(EntityCondition, APlaceNamesTheRegionAroundIt) {
  const std::string named =
      R"(, "entities": [{"kind": "地区", "values": {"内蒙古呼和浩特": ["呼和浩特"], "上海": ["上海"]}}])";
  const std::string facts = R"({"shop": {"remote_regions": ["新疆", "内蒙古"]}})";
  EXPECT_EQ(answered("偏远地区", "地区", "寄呼和浩特可以", facts, named), "是的哦");
  EXPECT_EQ(answered("偏远地区", "地区", "寄上海可以", facts, named), "不是呢");
}

TEST(EntityCondition, LettersMustBeTheSame) {
  const std::string facts = R"({"product": {"size_now": "XL"}})";
  const std::string fact =
      R"(, "facts": [{"name": "现码", "path": "product.size_now", "type": "text"}])";
  EXPECT_EQ(answered("现码", "尺码", "XL码可以", facts, fact), "是的哦");
  EXPECT_EQ(answered("现码", "尺码", "L码可以", facts, fact), "不是呢");
}

TEST(EntityCondition, AmountsAreCompared) {
  const std::string facts = R"({"product": {"price": 39}})";
  EXPECT_EQ(answered("价格", "金额", "39元可以", facts), "是的哦");
  EXPECT_EQ(answered("价格", "金额", "30元可以", facts), "不是呢");
}

// What the buyer says may be what the shop says, though the pack calls it otherwise.
TEST(EntityCondition, ComparesTheBuyersOwnWordToo) {
  const std::string more =
      R"(, "entities": [{"kind": "颜色", "values": {"米色": ["米色", "燕麦色"], "灰色": ["灰色"]}}],
    "facts": [{"name": "颜色列表", "path": "product.colours", "type": "list"}])";
  const std::string facts = R"({"product": {"colours": ["燕麦色", "驼色"]}})";
  EXPECT_EQ(answered("颜色列表", "颜色", "燕麦色的可以", facts, more), "是的哦");
  EXPECT_EQ(answered("颜色列表", "颜色", "灰色的可以", facts, more), "不是呢");
}

TEST(EntityCondition, KindsOfThePackAreCompared) {
  const std::string more =
      R"(, "entities": [{"kind": "口味", "values": {"原味": ["原味"], "奶香": ["奶香", "奶味"]}}],
    "facts": [{"name": "口味列表", "path": "product.tastes", "type": "list"}])";
  const std::string facts = R"({"product": {"tastes": ["奶香"]}})";
  EXPECT_EQ(answered("口味列表", "口味", "奶味的可以", facts, more), "是的哦");
  EXPECT_EQ(answered("口味列表", "口味", "原味的可以", facts, more), "不是呢");
}

// A pack that sells and asks: goods are the kind 货品.
constexpr const char* kShop =
    R"("settings": {"goods": "货品", "auto_threshold": 0.2, "conversation": {
    "asks": {"order_number": ["订单号"], "picture": ["截图"], "region": ["寄到哪"]}}},
  "entities": [{"kind": "货品", "values": {"巾": ["毛巾", "浴巾"], "核桃": ["核桃"]}},
    {"kind": "地区", "values": {"武汉": ["武汉"]}}],
  "intents": [
    {"id": "price.ask", "patterns": ["多少钱"], "replies": [
      {"priority": 1, "when": {"other_goods": true}, "variants": ["链接发我看看呢"]},
      {"when": {"has": ["价格", "商品名"]}, "variants": ["{{价格}}元哦"]},
      {"variants": ["{{价格|很少}}元哦"]}]},
    {"id": "ship.to", "patterns": ["能到"], "replies": [{"variants": ["您寄到哪里呢", "能到的哦"]}]},
    {"id": "after.drop.ask", "patterns": ["降价"], "replies": [{"variants": ["订单号发来,我去核对差价哦"]}]},
    {"id": "after.drop.protect", "patterns": ["价保"], "replies": [{"variants": ["价保的事订单号发来我问问呢"]}]},
    {"id": "ship.lost", "patterns": ["丢件"], "replies": [{"variants": ["订单号和寄到哪里说一下,我去找快递核实哦"]}]},
    {"id": "ship.late", "patterns": ["发货"], "replies": [{"variants": ["仓库在排单,订单号发来我看看哦"]}]}])";

TEST(OtherGoods, AreAnsweredByTheirOwnReplyAndNeverAlone) {
  const auto rules = load_pack(kShop);
  const reply::Facts facts = facts_of(R"({"product": {"name": "薄皮核桃", "price": 40}})");
  for (const bool other : {false, true}) {
    Talk talk(*rules);
    talk.request.facts = &facts;
    talk.say(other ? "浴巾多少钱" : "核桃多少钱");
    EXPECT_EQ(talk.reply_text(0), other ? "链接发我看看呢" : "40元哦");
    EXPECT_EQ(talk.result.decision == Decision::kAuto, !other);
  }
}

// A picture is of what was spoken of before; a yes in between is no matter of its own.
TEST(After, WhatTheBuyerSpokeOfLastChoosesTheReply) {
  const auto rules = load_pack(R"("intents": [
    {"id": "after.damage.broken", "patterns": ["坏了"], "replies": [{"variants": ["照片发来哦"]}]},
    {"id": "after.damage.leak", "patterns": ["漏了"], "replies": [{"variants": ["照片发来呢"]}]},
    {"id": "price.query", "patterns": ["多少钱"], "replies": [{"variants": ["看页面哦"]}]},
    {"id": "ack.ok", "patterns": ["嗯嗯"], "replies": [{"variants": ["好的呢"]}]},
    {"id": "info.picture", "patterns": ["图发了"], "replies": [
      {"when": {"after": ["after.damage"]}, "variants": ["看到破损的图了哦"]},
      {"variants": ["想问图里的什么呢"]}]}])");
  const auto reply_after = [&](std::initializer_list<const char*> lines) {
    Talk talk(*rules);
    for (const char* const line : lines) talk.say(line);
    return std::string(talk.reply_text(0));
  };
  EXPECT_EQ(reply_after({"图发了"}), "想问图里的什么呢");
  EXPECT_EQ(reply_after({"漏了", "图发了"}), "看到破损的图了哦");
  EXPECT_EQ(reply_after({"坏了", "嗯嗯", "图发了"}), "看到破损的图了哦");
  EXPECT_EQ(reply_after({"坏了", "多少钱", "图发了"}), "想问图里的什么呢");
  EXPECT_EQ(reply_after({"坏了", "嗯嗯", "嗯嗯", "嗯嗯", "图发了"}), "想问图里的什么呢");
}

// 50行不行 means nothing alone, so what was said before explains it, but a phrase that waits for
// that very conversation is no accident of its words.
TEST(After, APhraseThatWaitsForTheConversationOutweighsWhatItWouldMakeOfTheWords) {
  const auto rules = load_pack(R"("intents": [
    {"id": "after.damage.broken", "patterns": ["坏了"], "replies": [{"variants": ["照片发来哦"]}]},
    {"id": "after.damage.money", "patterns": [{"phrase": "{金额}行不行", "when": {"after": "after.damage"}}],
     "replies": [{"variants": ["我去问能补多少呢"]}]}])");
  Talk talk(*rules);
  talk.say("坏了");
  talk.say("50行不行");
  EXPECT_EQ(talk.reply_text(0), "我去问能补多少呢");
  EXPECT_GT(talk.result.intents[0].score, 0.6f);
}

// What is asked after a complaint may belong to it; thanks do not.
TEST(After, NothingIsAnsweredAloneThatMayBelongToTrouble) {
  const auto rules = load_pack(R"("settings": {"auto_threshold": 0.2}, "intents": [
    {"id": "after.wrong.missing", "patterns": ["少发"], "replies": [{"variants": ["我去核实哦"]}]},
    {"id": "price.query", "patterns": ["多少钱"], "replies": [{"variants": ["看页面哦"]}]},
    {"id": "ship.time.query", "patterns": ["什么时候发"], "replies": [{"variants": ["按顺序发呢"]}]},
    {"id": "thanks_bye.thanks", "patterns": ["谢谢"], "replies": [{"variants": ["不客气哦"]}]}])");
  Talk talk(*rules);
  EXPECT_EQ(talk.say("什么时候发").decision, Decision::kAuto);
  EXPECT_EQ(talk.say("少发了").decision, Decision::kAuto);
  EXPECT_EQ(talk.say("什么时候发").decision, Decision::kSuggest);
  EXPECT_EQ(talk.say("谢谢").decision, Decision::kAuto);
  EXPECT_EQ(talk.say("多少钱").decision, Decision::kAuto);  // of the dispatch, a matter of its own
}

// What goes with the product is in the facts, too, but its price is another.
TEST(OtherGoods, ARelatedArticleIsNotTheProduct) {
  const auto rules = load_pack(kShop);
  const reply::Facts facts = facts_of(
      R"({"product": {"name": "薄皮核桃", "price": 40, "related": [{"name": "枣夹核桃", "price": 30}, {"name": "酱香豆干"}]}})");
  const std::pair<const char*, const char*> kCases[] = {{"枣夹核桃多少钱", "链接发我看看呢"},
                                                        {"薄皮核桃和枣夹核桃多少钱", "40元哦"},
                                                        {"豆干多少钱", "链接发我看看呢"},
                                                        {"核桃多少钱", "40元哦"}};
  for (const auto& [message, reply] : kCases) {
    Talk talk(*rules);
    talk.request.facts = &facts;
    talk.say(message);
    EXPECT_EQ(talk.reply_text(0), reply) << message;
    EXPECT_EQ(talk.result.decision == Decision::kAuto, reply == std::string("40元哦")) << message;
  }
}

// 多少钱 after 浴巾有吗 asks for the towel: for two turns, till goods of the facts are named, and
// not of another product that is open by then.
TEST(OtherGoods, AreStillSpokenOfWhereNoneAreNamed) {
  const auto rules = load_pack(kShop);
  const reply::Facts walnuts = facts_of(R"({"product": {"name": "薄皮核桃", "price": 40}})");
  const reply::Facts sugar = facts_of(R"({"product": {"name": "老红糖", "price": 20}})");
  Talk talk(*rules);
  const auto says = [&](const char* message, const reply::Facts& facts) {
    talk.request.facts = &facts;
    talk.say(message);
    return std::string(talk.reply_text(0));
  };
  EXPECT_EQ(says("浴巾有吗", walnuts), "");
  EXPECT_EQ(says("多少钱", walnuts), "链接发我看看呢");
  EXPECT_NE(talk.result.decision, Decision::kAuto);
  EXPECT_EQ(says("核桃多少钱", walnuts), "40元哦");
  EXPECT_EQ(says("多少钱", walnuts), "40元哦");
  says("浴巾有吗", walnuts);
  EXPECT_EQ(says("多少钱", sugar), "20元哦");
  says("浴巾有吗", walnuts);
  for (const char* const other : {"能到吗", "能到吗"}) says(other, walnuts);
  EXPECT_EQ(says("多少钱", walnuts), "40元哦");
}

// A region holds for the rest of the conversation, also across a snapshot; what rests on it waits
// for a person.
TEST(Mentioned, ARegionIsNotToldTwice) {
  const auto rules = load_pack(R"("settings": {"auto_threshold": 0.2},
    "entities": [{"kind": "地区", "values": {"武汉": ["武汉", "江城"], "新疆": ["新疆"]}}],
    "intents": [
      {"id": "ship.area.to", "patterns": ["能到"], "replies": [{"variants": ["能到的哦"]}]},
      {"id": "price.ask", "patterns": ["多少钱"], "replies": [{"variants": ["看页面的价哦"]}]},
      {"id": "ship.fee.query", "patterns": ["运费"], "replies": [
        {"when": {"facts": {"偏远地区": {"eq": {"entity": "地区"}}}}, "variants": ["{{地区}}要{{偏远运费}}元哦"]},
        {"variants": ["运费{{运费|几}}元呢"]}]}])");
  const reply::Facts facts =
      facts_of(R"({"shop": {"ship_fee": 6, "remote_regions": ["新疆"], "remote_ship_fee": 18}})");
  const auto told_after = [&](const char* first, bool restored) {
    Talk talk(*rules);
    talk.request.facts = &facts;
    talk.say(first);
    if (restored) {
      std::string error;
      EXPECT_TRUE(talk.session.restore(talk.session.snapshot(), &error)) << error;
    }
    talk.say("运费多少");
    EXPECT_EQ(talk.result.decision == Decision::kAuto,
              std::string(talk.reply_text(0)) == "运费6元呢");
    return std::string(talk.reply_text(0));
  };
  for (const bool restored : {false, true}) {
    EXPECT_EQ(told_after("新疆能到吗", restored), "新疆要18元哦");
    EXPECT_EQ(told_after("江城能到吗", restored), "运费6元呢");
    EXPECT_EQ(told_after("能到吗", restored), "运费6元呢");
  }
  // Nor where only a part of a joint reply rests on it.
  for (const char* const first : {"新疆能到吗", "能到吗"}) {
    Talk talk(*rules);
    talk.request.facts = &facts;
    talk.say(first);
    talk.say("多少钱,运费多少");
    EXPECT_EQ(talk.result.decision == Decision::kAuto, first == std::string("能到吗"))
        << talk.reply_text(0);
  }
}

// The price of the product that is open is no answer about another item number.
TEST(OtherGoods, AnItemNumberNamesAnother) {
  const auto rules = load_pack(kShop);
  const reply::Facts facts =
      facts_of(R"({"product": {"id": "610000000031", "name": "薄皮核桃", "price": 40}})");
  for (const bool other : {false, true}) {
    Talk talk(*rules);
    talk.request.facts = &facts;
    talk.say(other ? "610000000032这个多少钱" : "610000000031这个多少钱");
    EXPECT_EQ(talk.reply_text(0), other ? "链接发我看看呢" : "40元哦");
    EXPECT_EQ(talk.result.decision == Decision::kAuto, !other);
  }
}

TEST(Asking, LeavesOutWhatTheMessageGivesAlsoWithoutASession) {
  const auto rules = load_pack(kShop);
  for (uint64_t seed = 1; seed < 8; ++seed) {
    Talk talk(*rules);
    talk.request.seed = seed;
    talk.request.message = "武汉能到";
    ASSERT_EQ(answer(*rules, talk.context, nullptr, talk.request, &talk.result), Status::kOk);
    EXPECT_EQ(talk.reply_text(0), "能到的哦");
  }
}

TEST(Asking, AJointReplyAsksForTheOrderOnce) {
  const auto rules = load_pack(kShop);
  for (const char* const message : {"降价了退我差价,价保怎么弄", "降价了退我差价,怎么还不发货",
                                    "降价了退我差价,丢件了怎么办"}) {
    Talk talk(*rules);
    talk.say(message);
    EXPECT_EQ(talk.result.intents.size(), 2u);
    EXPECT_EQ(talk.reply_text(0), "订单号发来,我去核对差价哦");
  }
}

// A variant that is named has its own price and stock; several at one price leave the product's.
TEST(Variants, TheOneThatIsNamedIsAnsweredForByItsOwnFacts) {
  const auto rules = load_pack(R"("intents": [
    {"id": "price.query", "patterns": ["多少钱"], "replies": [
      {"id": "p.none", "priority": 1, "when": {"facts": {"库存": {"lte": 0}}}, "variants": ["{{价格}}元,没货了哦"]},
      {"id": "p.plain", "when": {"has": ["商品名", "价格"]}, "variants": ["{{商品名}}{{价格}}元,原价{{原价|不标}}"]},
      {"id": "p.page", "variants": ["看页面哦"]}]}])");
  const reply::Facts facts = facts_of(
      R"({"product": {"name": "核桃", "price": 40, "list_price": 59, "stock": 9, "variants": [
      {"name": "原味", "price": 40, "stock": 5}, {"name": "奶油味", "price": 45, "stock": 4},
      {"name": "原味礼盒", "price": 88}, {"name": "椒盐味", "price": 42, "stock": 0}]}})");
  const struct {
    const char *message, *reply;
    Decision decision;
  } kCases[] = {{"多少钱", "核桃40元,原价59", Decision::kAuto},
                {"原味多少钱", "核桃原味40元,原价59", Decision::kAuto},
                {"奶油的多少钱", "核桃奶油味45元,原价不标", Decision::kAuto},
                {"原味礼盒多少钱", "核桃原味礼盒88元,原价不标", Decision::kAuto},
                {"椒盐味多少钱", "42元,没货了哦", Decision::kSuggest},
                {"原味和奶油味多少钱", "核桃40元,原价59", Decision::kSuggest}};
  Talk talk(*rules);
  talk.request.facts = &facts;
  for (const auto& each : kCases) {
    talk.say(each.message);
    EXPECT_EQ(talk.reply_text(0), each.reply) << each.message;
    EXPECT_EQ(talk.result.decision, each.decision) << each.message;
  }
}

// Another variant's price is no step of the bargaining over the product.
TEST(Variants, BargainingOverOneLeavesTheOthersAlone) {
  const auto rules =
      load_pack(R"("settings": {"bargain": {"hold_rounds": 0, "prefer": ["price"]}}, "intents": [
    {"id": "bargain.ask", "policy": "suggest", "bargain": "price", "patterns": ["便宜"], "replies": [
      {"id": "b.offer", "when": {"has": "让价"}, "variants": ["{{让价}}元给您"]},
      {"id": "b.price", "when": {"has": "价格"}, "variants": ["{{价格}}元呢"]},
      {"id": "b.plain", "variants": ["看页面哦"]}]}])");
  const reply::Facts facts = facts_of(
      R"({"product": {"id": "1", "name": "核桃", "price": 40, "ladder": [38, 36], "variants": [
      {"name": "奶油味", "price": 45, "stock": 4}]}})");
  Talk talk(*rules);
  talk.request.facts = &facts;
  const auto ask = [&](const char* message) {
    talk.say(message);
    talk.session.sent(stable_hash(talk.reply_text(0)), 0);
    return std::string(talk.reply_text(0));
  };
  EXPECT_EQ(ask("便宜点"), "38元给您");
  EXPECT_EQ(ask("奶油味便宜点"), "45元呢");
  EXPECT_EQ(ask("再便宜点"), "36元给您");
}

}  // namespace
}  // namespace xiaoer::test
