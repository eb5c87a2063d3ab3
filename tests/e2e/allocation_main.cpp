// Counts allocations of the whole pipeline in steady state: there must be none.

#include "e2e/fixture.hpp"
#include "memory.hpp"

namespace xiaoer::test {
namespace {

using test_memory::allocations;

TEST(Allocations, NoneInSteadyState) {
  const reply::Facts facts = demo_facts();
  Talk talk(default_ruleset());
  talk.request.facts = &facts;
  talk.request.now = kNow;
  talk.request.assume_sent = true;
  const std::string messages[] = {"老板,这款还能便宜点吗?今天能发货吗",
                                  "八十块卖不卖,我拍3件",
                                  "收到就碎了,你们怎么包的",
                                  "我要投诉",
                                  "發到台北要多少錢運費",
                                  "松烟香的多少钱",       // of another stock
                                  "蜜香便宜点,我要两罐",  // of another price
                                  "嗯",
                                  "蓝色XL还有货吗",
                                  "😀",
                                  "快递到哪了 单号多少",
                                  "写haopinfanxian",
                                  "麻烦摧一下快递[微笑]",
                                  "那黑色的呢",
                                  "有货吗,能便宜点吗,什么时候发",
                                  "什么时候",
                                  "两袋70行吗",
                                  "八折卖不卖",
                                  "一百\n五行吗",
                                  "再少5块呗",
                                  "零头抹了吧",
                                  "好的"};
  const auto asks = [&talk](size_t turn) {
    talk.request.previous_agent = turn % 3 == 0 ? "需要帮您备注发顺丰吗" : "";
  };
  const std::string bubbles =
      joined({"在吗", "[订单卡片] 2026112100001", "什么时候发货", "多少钱"});
  const std::string_view events[] = {"buyer_joined", "order_paid", "order_shipped", "person_left"};
  // Each round is a conversation of its own: in a longer one all has been said.
  const auto begin = [&] {
    talk.session = dialogue::Session();
    talk.request.message = bubbles;
    answer(talk.ruleset, talk.context, &talk.session, talk.request, &talk.result);
    talk.request.message = {};
    for (const std::string_view event : events) {
      talk.request.event = event;
      answer(talk.ruleset, talk.context, &talk.session, talk.request, &talk.result);
    }
    talk.request.event = {};
  };
  size_t turn = 0;
  for (int round = 0; round < 30; ++round) {
    begin();
    for (const std::string& message : messages) {
      asks(turn++);
      talk.say(message);
    }
  }
  const size_t before = allocations;
  for (int round = 0; round < 20; ++round) {
    begin();
    for (const std::string& message : messages) {
      asks(turn++);
      talk.request.message = message;
      answer(talk.ruleset, talk.context, &talk.session, talk.request, &talk.result);
    }
  }
  EXPECT_EQ(allocations - before, 0u);
}

TEST(Allocations, NoneOfTheGuardInSteadyState) {
  const reply::Facts facts = demo_facts();
  Context context;
  Verdict verdict;
  dialogue::Session session;
  const std::string texts[] = {"这款现在39.9元,满99包邮,付款后48小时内发出哦",
                               "给您20块吧,明天就能到!加V聊",
                               "您好{{昵称}},收货电话13800001234,绝对最好！！😊😊😊",
                               "三袋一共119.7元,比原价便宜10元,两百多人买过",
                               "",
                               "80做不到哦",
                               "已经备注好了"};
  const auto judge_all = [&] {
    for (const std::string& text : texts) {
      guard(default_ruleset(), context, &session, {text, &facts, kNow}, &verdict);
    }
  };
  for (int round = 0; round < 5; ++round) judge_all();
  const size_t before = allocations;
  for (int round = 0; round < 5; ++round) judge_all();
  EXPECT_EQ(allocations - before, 0u);
}

}  // namespace
}  // namespace xiaoer::test
