// Several matters in one message, and the one reply to them.

#include "e2e/fixture.hpp"

namespace xiaoer::test {
namespace {

const char* const kShop = R"(
  "intents": [
    {"id": "greet.hello", "title": "问候", "patterns": [{"phrase": "你好|在吗", "kind": "start"}],
     "replies": [{"id": "hello", "variants": ["您好,想看点什么呢"]}]},
    {"id": "stock.query", "title": "库存", "stage": "consultation", "patterns": ["有货"],
     "replies": [{"id": "stock", "variants": ["{{昵称|亲}},仓库里还有的,您喜欢哪一种呢"]}]},
    {"id": "ship.time.query", "title": "发货", "stage": "consultation",
     "patterns": ["什么时候…发货"], "techniques": ["fast_delivery"],
     "replies": [{"id": "ship", "when": {"has": "发货时限"},
       "variants": ["{{昵称|亲}},付款后{{发货时限}}小时内发出哦,您寄到哪里呢"]},
      {"id": "ship.plain", "policy": "suggest", "variants": ["我看下仓库安排再告诉您"]}]},
    {"id": "ship.fee.query", "title": "运费", "stage": "consultation", "patterns": ["运费"],
     "replies": [{"id": "fee", "variants": ["好的,运费按地区算[微笑],结算页会显示[微笑][玫瑰]"]}]},
    {"id": "bargain.discount", "title": "议价", "stage": "objection", "patterns": ["便宜点"],
     "replies": [{"id": "bargain", "variants": ["好的,价格是店里统一定的,您要几件呢"]}]},
    {"id": "bargain.round_off", "title": "抹零", "stage": "objection", "patterns": ["抹零"],
     "replies": [{"id": "round", "variants": ["零头我做不了主"]}]},
    {"id": "after.damage", "title": "破损", "stage": "after_sales", "objection": "drawback",
     "patterns": ["碎了"], "replies": [{"id": "damage", "variants": ["给您添堵了,拍张照片发来"]}]},
    {"id": "complaint.threat", "title": "投诉", "policy": "handoff", "objection": "complaint",
     "patterns": ["投诉"], "replies": [{"id": "calm", "variants": ["让您受委屈了"]}]},
    {"id": "product.quality.doubt", "title": "疑虑", "objection": "doubt", "patterns": ["正品"],
     "replies": [{"id": "proof", "variants": ["都是厂里直接出的货"]}]}],
  "replies": [{"id": "hold", "variants": ["这就转给同事"]}],
  "techniques": [{"id": "fast", "technique": "fast_delivery", "why": "快",
                  "variants": ["现在付款{{发货时限}}小时内就能出库呢"]}],
  "settings": {"holding": ["hold"], "auto_threshold": 0.7}
)";

class Matters : public testing::Test {
 protected:
  Matters()
      : ruleset_(load_pack(kShop)), facts_(facts_of(R"({"shop": {"ship_within_hours": 48}})")) {}

  Talk talk() {
    Talk talk(*ruleset_);
    talk.request.facts = &facts_;
    return talk;
  }
  // Ids of the intents that the first reply answers.
  static std::string answered(const Result& result) {
    std::string ids;
    if (result.replies.empty()) return ids;
    const ItemRange range = result.replies[0].intents;
    for (uint32_t i = range.first; i < range.first + range.count; ++i) {
      if (!ids.empty()) ids += ' ';
      ids += result.text(result.intents[result.reply_intents[i]].id);
    }
    return ids;
  }

  std::shared_ptr<const Ruleset> ruleset_;
  reply::Facts facts_;
};

TEST_F(Matters, OneReplyAnswersThemInTheirOrder) {
  Talk t = talk();
  const Result& result = t.say("有货吗,什么时候能发货");
  EXPECT_EQ(t.reply_text(0), "亲,仓库里还有的。付款后48小时内发出哦,您寄到哪里呢");
  EXPECT_EQ(result.text(result.replies[0].id), "stock+ship");
  EXPECT_EQ(result.replies[0].intents.count, 2u);
  EXPECT_EQ(result.decision, Decision::kAuto);
  EXPECT_GE(result.replies.size(), 3u);  // the replies to each are still there to choose from
}

TEST_F(Matters, BordersAreMarksSpacesParticlesAndBubbles) {
  for (const char* message : {"有货吗什么时候发货", "有货 什么时候发货", "有货吗？什么时候发货！",
                              "有货\n什么时候发货", "有货吗～什么时候发货呀"}) {
    Talk t = talk();
    EXPECT_EQ(t.say(message).replies[0].intents.count, 2u) << message;
  }
  Talk t = talk();
  EXPECT_EQ(t.say(joined({"有货吗", "什么时候发货"})).replies[0].intents.count, 2u);
}

TEST_F(Matters, ThreeMattersAtMostTwoEmoticonsOneQuestion) {
  Talk t = talk();
  const Result& result = t.say("有货吗,运费多少,什么时候发货");
  EXPECT_EQ(result.replies[0].intents.count, 3u);
  EXPECT_EQ(
      t.reply_text(0),
      "亲,仓库里还有的。运费按地区算[微笑],结算页会显示[微笑]。付款后48小时内发出哦,您寄到哪里呢");
}

TEST_F(Matters, AFourthMatterIsForAPerson) {
  Talk t = talk();
  const Result& result = t.say("有货吗,运费多少,什么时候发货,便宜点");
  EXPECT_EQ(result.intents.size(), 4u);
  EXPECT_EQ(result.replies[0].intents.count, 3u);
  EXPECT_EQ(result.decision, Decision::kSuggest);
}

TEST_F(Matters, AGreetingBesideAQuestionIsNoMatter) {
  Talk t = talk();
  EXPECT_EQ(answered(t.say("你好,有货吗")), "stock.query");
  EXPECT_EQ(t.first_intent(), "stock.query");
  EXPECT_EQ(t.reply_text(0), "亲,仓库里还有的,您喜欢哪一种呢");
}

TEST_F(Matters, TheSameMatterTwiceIsOne) {
  Talk t = talk();
  EXPECT_EQ(answered(t.say("便宜点,再便宜点")), "bargain.discount");
  Talk kin = talk();
  EXPECT_EQ(answered(kin.say("便宜点吧,抹零行不行")).find(' '), std::string::npos)
      << answered(kin.result);
}

TEST_F(Matters, ComfortComesFirst) {
  Talk t = talk();
  const Result& result = t.say("什么时候发货,上次那单碎了");
  EXPECT_TRUE(t.reply_text(0).starts_with("给您添堵了")) << t.reply_text(0);
  EXPECT_EQ(result.decision, Decision::kSuggest);
  EXPECT_TRUE(result.techniques.empty());
}

TEST_F(Matters, AComplaintBesideAMatterIsHandedOver) {
  Talk t = talk();
  const Result& result = t.say("有货吗,不发货我要投诉");
  EXPECT_EQ(result.decision, Decision::kHandoff);
  EXPECT_TRUE(t.reply_text(0).starts_with("让您受委屈了")) << t.reply_text(0);
  EXPECT_GT(result.handoff.holding.size, 0u);
  EXPECT_TRUE(result.techniques.empty());
}

TEST_F(Matters, TheMostCarefulPartDecides) {
  Talk t = talk();
  // The doubt's reply proves nothing, so nobody sends it unattended, a fact beside it or not.
  EXPECT_EQ(t.say("什么时候发货,是正品吗").decision, Decision::kSuggest);
  EXPECT_EQ(t.result.replies[0].intents.count, 2u);
}

TEST_F(Matters, APartThatAPersonLooksAtHoldsTheJointReplyBack) {
  Talk t = talk();
  EXPECT_EQ(t.say("有货吗,什么时候发货").decision, Decision::kAuto);
  const reply::Facts none = facts_of("{}");
  Talk unsure = talk();
  unsure.request.facts = &none;
  EXPECT_EQ(unsure.say("有货吗,什么时候发货").decision, Decision::kSuggest);
  EXPECT_EQ(unsure.result.replies[0].intents.count, 2u);
}

TEST_F(Matters, SendingTheJointReplyUsesEveryPart) {
  Talk t = talk();
  t.say("有货吗,什么时候发货");
  EXPECT_TRUE(t.session.sent(stable_hash(t.reply_text(0)), 0));
  EXPECT_EQ(t.session.turns_since_sent(stable_hash("stock"), 0), 0u);
  EXPECT_EQ(t.session.turns_since_sent(stable_hash("ship"), 0), 0u);
  EXPECT_FALSE(t.session.sent(stable_hash(t.reply_text(0)), 0));
}

TEST_F(Matters, OneReplyIsEnoughForAPackThatGivesOne) {
  std::string one = kShop;
  one.replace(one.find("\"settings\": {"), 13, "\"settings\": {\"max_replies\": 1, ");
  const auto ruleset = load_pack(one);
  Talk t(*ruleset);
  t.request.facts = &facts_;
  const Result& result = t.say("有货吗,什么时候发货");
  ASSERT_EQ(result.replies.size(), 1u);
  EXPECT_EQ(result.replies[0].intents.count, 2u);
}

// What may be said apart may say too much together: the joint text agrees, beside a quote.
TEST_F(Matters, TheGuardsRunOverTheWholeText) {
  const auto ruleset = load_pack(R"(
    "intents": [
      {"id": "bargain.offer", "title": "出价", "patterns": ["{金额}卖不卖"],
       "replies": [{"id": "offer", "variants": ["{{金额}}元低了些"]},
                   {"id": "offer.plain", "variants": ["您的意思我转达一下"]}]},
      {"id": "order.note.remark", "title": "备注", "patterns": ["备注"],
       "replies": [{"id": "note", "variants": ["可以的,您写在订单里"]}]}])");
  Talk t(*ruleset);
  const reply::Facts facts = facts_of(R"({"product": {"price": 99}})");
  t.request.facts = &facts;
  const Result& result = t.say("80元卖不卖,帮我备注一下");
  ASSERT_GE(result.replies.size(), 2u);
  EXPECT_EQ(result.replies[0].intents.count, 1u);
  ASSERT_FALSE(result.guard.empty());
  EXPECT_EQ(result.text(result.guard[0].rule), "unauthorised-quote");
  EXPECT_EQ(result.decision, Decision::kSuggest);
}

TEST_F(Matters, TheReadmesMessageIsAnsweredInOne) {
  Talk t(default_ruleset());
  const reply::Facts facts = demo_facts();
  t.request.facts = &facts;
  t.request.now = kNow;
  const Result& result = t.say("老板,这款还能便宜点吗?今天能发货吗");
  ASSERT_FALSE(result.replies.empty());
  EXPECT_EQ(answered(result), "ship.time.query bargain.discount");
  EXPECT_LE(t.reply_text(0).size(), 480u);
}

}  // namespace
}  // namespace xiaoer::test
