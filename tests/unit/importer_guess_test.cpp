// Which intent a quick phrase answers. None of these phrases was used to choose the weights.

#include <gtest/gtest.h>

#include "importer/guess.hpp"
#include "rules/loader.hpp"

namespace xiaoer::importer {
namespace {

struct Case {
  const char* intent;  // class of the intent; nullptr: none fits
  const char* group;
  const char* text;
};
constexpr Case kCases[] = {
    {"greet", "欢迎语", "哈喽,这里是小店客服,很高兴见到您,想看点什么呢"},
    {"ship", "发货时间", "当天下午前付款的一般当天就能打包,晚一些的第二天安排"},
    {"ship", "物流", "咱家合作的快递是中通和韵达,您有偏好的可以提前说"},
    {"ship", "邮费", "江浙沪包邮,其他地方按重量收一点邮费"},
    {"logistics", "查快递", "查到您的快递已经到本地网点了,应该很快派送"},
    {"logistics", "催单", "不好意思让您等着急了,我催一下仓库优先给您发"},
    {"promo", "优惠", "进店先领优惠券,满减可以和券一起用"},
    {"promo", "活动", "这次活动的满减规则在首页,结算时会自动减"},
    {"gift", "赠品", "下单都有小礼品,款式随机给您放"},
    {"after", "退货", "您在订单页申请退货,把商品寄回来,仓库收到就给您办"},
    {"after", "售后", "收到有破的给您赔不是,您拍几张照片,我这边给您处理"},
    {"after", "退款", "款项会退回原来的支付账户,请您留意到账消息"},
    {"after", "运费险", "退货的运费有运费险赔付,没有的话需要您先垫一下"},
    {"after", "保修", "在保修期里出了问题可以找我们维修"},
    {"after", "少件", "真抱歉漏发了一件,我马上登记给您补寄"},
    {"invoice", "开票", "发票默认是电子的,您给我抬头和税号"},
    {"order", "改信息", "地址可以改的,您把新的收件人电话和地址发我"},
    {"order", "取消", "还没付款的订单直接点取消就可以"},
    {"order", "备注", "收到,您的要求我写进备注里了"},
    {"payment", "支付", "支付宝、花呗、银行卡都可以付款"},
    {"product", "尺码", "您平时穿多大,身高体重说一下我帮您选尺码"},
    {"product", "面料", "这款面料成分是羊毛混纺,摸着软和"},
    {"product", "真假", "我们是授权店,正品可以去专柜验"},
    {"product", "保存", "生产日期和保质期都印在包装背面"},
    {"product", "推荐", "不知道选哪个的话,我给您推荐这款经典的"},
    {"stock", "现货", "这个颜色有现货的,您可以直接拍"},
    {"stock", "缺货", "这个颜色暂时没有货了,看看其他颜色行吗"},
    {"bargain", "批发价", "要得多可以按批发价算,您先说下数量"},
    {"review", "求好评", "满意的话辛苦给个好评呀"},
    {"thanks_bye", "再见", "谢谢惠顾,祝您天天开心,再见"},
    {"human", "人工", "我这就帮您转接人工客服"},
    {nullptr, "通知", "仓库盘点,今天晚上大家留下来帮忙"},
    {nullptr, "杂项", "记得关注我们的新店开业"},
    {nullptr, "内部", "早班的同事记得打卡"},
};

class GuessTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Diagnostics diagnostics;
    ASSERT_TRUE(rules::load_folder(XIAOER_RULES "/zh-CN", {}, &pack_, &diagnostics));
    ruleset_ = Ruleset::from_pack(pack_, &diagnostics);
    ASSERT_NE(ruleset_, nullptr);
  }
  static Phrase guess(const std::string& group, const std::string& text) {
    Guesser guesser(pack_, *ruleset_);
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
  int placed = 0, right = 0, trusted = 0, trusted_right = 0;
  for (const Case& each : kCases) {
    const Phrase phrase = guess(each.group, each.text);
    const bool ok =
        each.intent != nullptr && phrase.intent.starts_with(std::string(each.intent) + ".");
    placed += phrase.sure >= kPlace;
    right += phrase.sure >= kPlace && ok;
    trusted += phrase.sure >= kTrust;
    trusted_right += phrase.sure >= kTrust && ok;
    if (phrase.sure >= kPlace && !ok) {
      std::cout << each.text << " -> " << phrase.intent << ' ' << phrase.sure << '\n';
    }
  }
  RecordProperty("placed", placed);
  RecordProperty("right", right);
  std::cout << "placed " << placed << ", right " << right << "; trusted " << trusted << ", right "
            << trusted_right << " of " << std::size(kCases) << '\n';
  EXPECT_GE(placed, 17);
  EXPECT_GE(right * 10, placed * 9);
  EXPECT_GE(trusted_right + 1, trusted);
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
