// The default pack with the demo shop: what a newcomer sees first, and the truth bars.

#include <set>

#include "e2e/fixture.hpp"
#include "pack_tests.hpp"

namespace xiaoer::test {
namespace {

// What buyers write about, in our own words, one message a line.
const std::vector<std::string>& messages() {
  static const std::vector<std::string> kMessages = {"在不在呀",
                                                     "这款多少钱一套",
                                                     "可以再便宜些不",
                                                     "五十行不行,行我就拍",
                                                     "有没有券可以领",
                                                     "满多少能减啊",
                                                     "拍三件送不送小礼物",
                                                     "运费谁出",
                                                     "发到乌鲁木齐要加钱不",
                                                     "今天拍今天能走吗",
                                                     "几号能到成都",
                                                     "能不能发顺丰",
                                                     "你们从哪边发货的",
                                                     "没货了吗怎么点不了",
                                                     "什么时候补货啊",
                                                     "我一米六五选多大的",
                                                     "蓝的和灰的哪个耐脏",
                                                     "给我推荐一款送长辈的",
                                                     "是正品不",
                                                     "会不会掉色啊",
                                                     "材质是什么做的",
                                                     "怎么付不了款呢",
                                                     "可以开票吗抬头写公司",
                                                     "地址填错了帮我改下",
                                                     "我不想要了帮我取消",
                                                     "都三天了还没发出来",
                                                     "快递两天没动了",
                                                     "显示签收了可我没拿到",
                                                     "收到碎了两个",
                                                     "少发了一个",
                                                     "发错颜色了",
                                                     "用了一次就坏了",
                                                     "想退货怎么弄",
                                                     "退款啥时候到账",
                                                     "退回去的邮费算谁的",
                                                     "刚买就降价了补差价吗",
                                                     "怎么安装呀",
                                                     "保修多久",
                                                     "我要投诉你们",
                                                     "骗子店",
                                                     "转人工",
                                                     "谢谢啦",
                                                     "拜拜",
                                                     "哈哈哈你真逗",
                                                     "我再考虑一下",
                                                     "好的就要这个了",
                                                     "评价怎么写",
                                                     "电话打不通啊",
                                                     "会员积分怎么用",
                                                     "嗯嗯"};
  return kMessages;
}

TEST(DefaultPack, AnswersTheDemoWithRepliesAndATechnique) {
  Talk talk(default_ruleset());
  const reply::Facts facts = demo_facts();
  talk.request.facts = &facts;
  talk.request.now = kNow;
  const Result& result = talk.say("老板,这款还能便宜点吗?今天能发货吗");
  EXPECT_TRUE(talk.has_intent_of("bargain"));
  EXPECT_TRUE(talk.has_intent_of("ship.time"));
  bool bargain = false, ship = false;
  for (const ReplyItem& reply : result.replies) {
    for (uint32_t i = 0; i < reply.intents.count; ++i) {
      const IntentItem& intent = result.intents[result.reply_intents[reply.intents.first + i]];
      bargain |= result.text(intent.id).starts_with("bargain");
      ship |= result.text(intent.id).starts_with("ship.time");
    }
    EXPECT_GT(reply.why.count, 0u);
  }
  EXPECT_TRUE(bargain);
  EXPECT_TRUE(ship);
  ASSERT_FALSE(result.techniques.empty());
  EXPECT_GT(result.techniques[0].why.count, 0u);
}

TEST(DefaultPack, HandsInjuryAndThreatsOver) {
  for (const char* message : {"我要去12315投诉你们", "用了之后孩子过敏起疹子去医院了"}) {
    Talk talk(default_ruleset());
    const Result& result = talk.say(message);
    EXPECT_EQ(result.decision, Decision::kHandoff) << message << " " << talk.first_intent();
    EXPECT_TRUE(result.techniques.empty()) << message;
    EXPECT_GT(result.handoff.holding.size, 0u) << message;
  }
}

void erase_all(std::string* text, std::string_view part) {
  if (part.empty()) return;
  for (size_t at; (at = text->find(part)) != std::string::npos;) text->erase(at, part.size());
}

// With the price alone nothing but the price and the buyer's own numbers may be named.
TEST(DefaultPack, ClaimsNothingBeyondThePrice) {
  const reply::Facts facts = facts_of(R"({"product": {"price": 299}})");
  const std::set<std::string> barred = {"scarcity", "deadline", "fast_delivery"};
  for (const std::string& message : messages()) {
    Talk talk(default_ruleset());
    talk.request.facts = &facts;
    const Result& result = talk.say(message);
    for (const TechniqueItem& technique : result.techniques) {
      EXPECT_FALSE(barred.contains(std::string(result.text(technique.technique)))) << message;
    }
    for (const ReplyItem& reply : result.replies) {
      std::string text(result.text(reply.text));
      EXPECT_EQ(text.find("{{"), std::string::npos) << text;
      erase_all(&text, "299");
      for (const EntityItem& entity : result.entities) erase_all(&text, result.text(entity.value));
      EXPECT_EQ(text.find_first_of("0123456789"), std::string::npos) << message << " -> " << text;
    }
  }
}

TEST(DefaultPack, HasAReplyOrAHandoverForEverything) {
  for (const std::string& message : messages()) {
    Talk talk(default_ruleset());
    const Result& result = talk.say(message);
    EXPECT_TRUE(!result.replies.empty() || result.handoff.present) << message;
  }
}

TEST(DefaultPack, PassesItsOwnTests) {
  Diagnostics diagnostics;
  const PackTestReport report = run_pack_tests(default_pack(), default_ruleset(), &diagnostics);
  EXPECT_EQ(report.failed, 0u) << shown(diagnostics);
  EXPECT_TRUE(report.intents_not_hit.empty());
}

}  // namespace
}  // namespace xiaoer::test
