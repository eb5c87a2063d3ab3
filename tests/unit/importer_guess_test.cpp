// Which intent a quick phrase answers, on a pack of the test's own: the default pack grows. None of
// these phrases was used to choose the weights.

#include <gtest/gtest.h>

#include <iostream>
#include <string>

#include "importer/guess.hpp"
#include "rules/loader.hpp"

namespace xiaoer::importer {
namespace {

struct Case {
  const char* intent;  // nullptr: none fits
  const char* group;
  const char* text;
};
constexpr Case kCases[] = {
    {"greet.hello", "接待", "您好呀,我是今天的值班客服小暖,请问有什么能帮到您"},
    {"greet.hello", "开场白", "哈喽亲,欢迎进店逛逛,看中哪款可以直接问我"},
    {"ship.time.query", "发货", "付款成功之后仓库会尽快给您安排发出,请您耐心等一等"},
    {"ship.time.query", "发货时间", "当天拍的一般第二天打包,赶上大促会晚一些"},
    {"ship.fee.query", "邮费", "亲,我们家大部分地区都是包邮的哦"},
    {"ship.fee.query", "邮费", "新疆西藏这些偏远地方需要补一下邮费差价"},
    {"logistics.track.where", "查件", "帮您看了物流,包裹已经在路上了,您留意快递电话"},
    {"logistics.track.where", "物流异常", "物流好几天没动了是吧,我去联系快递核实一下"},
    {"promo.coupon", "优惠券", "店铺首页有优惠券可以领,领完再下单更划算"},
    {"after.return.request", "退货", "收到不满意可以申请退货,保持商品完好不影响二次销售就行"},
    {"after.refund.progress", "退款", "退款已经处理了,钱会按原路返回,请留意账户"},
    {"after.damage.broken", "破损", "收到的东西坏了真对不起,请把外箱和商品的照片发来看一下"},
    {"invoice.ask", "发票", "需要发票请把公司名称和税号留给我,开好会发到您邮箱"},
    {"invoice.title", "发票", "税号填错的话把正确的抬头和税号发来,给您换开一张"},
    {"invoice.when", "发票", "电子发票开好以后在订单详情里就可以下载"},
    {"order.change.address", "改地址", "地址填错了没关系,把正确的地址电话发来我帮您改"},
    {"product.choose.size", "尺码", "亲报一下身高和体重,给您参考一下穿多大码"},
    {"thanks_bye.bye", "结束", "感谢您的支持,有需要随时找我,祝您生活愉快"},
    {nullptr, "内部", "周五下午三点开例会,请大家准时参加"},
    {nullptr, "内部", "打包台的胶带用完了记得去领"},
    {nullptr, "杂", "新来的同事先把话术背熟"},
    {nullptr, "杂", "今天的排班表已经发到群里了"},
    {nullptr, "材质", "里料是聚酯纤维,外面是棉的"},
};

class GuessTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Diagnostics diagnostics;
    ASSERT_TRUE(
        rules::load_folder(XIAOER_TEST_DATA "/packs/import-base", {}, &pack_, &diagnostics));
    ruleset_ = Ruleset::from_pack(pack_, &diagnostics);
    ASSERT_NE(ruleset_, nullptr);
  }
  static Phrase guess(const std::string& group, const std::string& text) {
    return guess(pack_, *ruleset_, group, text);
  }
  static Phrase guess(const rules::Pack& pack, const Ruleset& ruleset, const std::string& group,
                      const std::string& text) {
    Guesser guesser(pack, ruleset);
    Phrase phrase;
    phrase.group = group;
    phrase.text = phrase.words = text;
    guesser.guess(&phrase);
    return phrase;
  }

  static rules::Pack pack_;
  static std::shared_ptr<const Ruleset> ruleset_;
};
rules::Pack GuessTest::pack_;
std::shared_ptr<const Ruleset> GuessTest::ruleset_;

// Of the phrases that are placed at least nine in ten are placed in the right class, and enough are
// placed to be of use; of those that are trusted nearly all are right.
TEST_F(GuessTest, PlacesWhatItKnows) {
  int placed = 0, right = 0, exact = 0, trusted = 0, trusted_right = 0;
  for (const Case& each : kCases) {
    const Phrase phrase = guess(each.group, each.text);
    const bool ok =
        each.intent != nullptr && rules::family_of(phrase.intent) == rules::family_of(each.intent);
    placed += phrase.sure >= kPlace;
    right += phrase.sure >= kPlace && ok;
    exact += phrase.sure >= kPlace && ok && phrase.intent == each.intent;
    trusted += phrase.sure >= kTrust;
    trusted_right += phrase.sure >= kTrust && ok;
    if (phrase.sure < kPlace || ok) continue;
    std::cout << each.text << " -> " << phrase.intent << ' ' << phrase.sure << '\n';
  }
  std::cout << "placed " << placed << ", class right " << right << ", intent right " << exact
            << "; trusted " << trusted << ", right " << trusted_right << " of " << std::size(kCases)
            << '\n';
  EXPECT_GE(placed, 13);
  EXPECT_GE(right * 10, placed * 9);
  EXPECT_GE(exact * 10, placed * 8);
  EXPECT_GE(trusted_right + 1, trusted);
}

// Siblings that are answered with the same words do not take a phrase's certainty away.
TEST_F(GuessTest, SiblingsAreNoRivals) {
  constexpr int kSiblings = 6;
  rules::Pack crowded = pack_;
  const rules::IntentSource invoice = *pack_.find_intent("invoice.ask");
  for (int i = 0; i < kSiblings; ++i) {
    crowded.intents.push_back(invoice);
    crowded.intents.back().id += "_" + std::to_string(i);
  }
  Diagnostics diagnostics;
  const auto ruleset = Ruleset::from_pack(crowded, &diagnostics);
  ASSERT_NE(ruleset, nullptr);
  for (const char* text :
       {"需要发票请把公司名称和税号留给我", "发票可以开,抬头税号发给我登记一下"}) {
    const Phrase alone = guess("发票", text);
    const Phrase among = guess(crowded, *ruleset, "发票", text);
    EXPECT_GE(alone.sure, kTrust) << text;
    EXPECT_GE(among.sure, kTrust) << text;
    EXPECT_EQ(rules::family_of(among.intent), "invoice") << text;
  }
}

// Another class does: 退货的运费 is of both.
TEST_F(GuessTest, AnotherClassIsARival) {
  const double clear = guess("", "退货在订单里申请就可以").sure;
  EXPECT_LT(guess("", "退货在订单里申请就可以,邮费怎么算看订单").sure, clear);
}

TEST_F(GuessTest, TheGroupHelps) {
  const std::string text = "您放心,这个我们都会处理的";
  EXPECT_LT(guess("", text).sure, kPlace);
  EXPECT_GT(guess("发票", text).sure, guess("", text).sure);
}

TEST_F(GuessTest, NothingSpeaksForNothing) {
  const Phrase phrase = guess("", "");
  EXPECT_EQ(phrase.sure, 0);
  EXPECT_EQ(phrase.intent, "");
}

TEST_F(GuessTest, IsSureWithinBounds) {
  for (const Case& each : kCases) {
    const double sure = guess(each.group, each.text).sure;
    EXPECT_GE(sure, 0);
    EXPECT_LE(sure, 1);
  }
}

}  // namespace
}  // namespace xiaoer::importer
