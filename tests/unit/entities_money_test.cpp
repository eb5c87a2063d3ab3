#include "entities_fixture.hpp"

namespace xiaoer::entities::testing {
namespace {

TEST(EntityMoney, ReadsAmountsWithACurrencyWord) {
  constexpr Case kCases[] = {
      {"标签上写80元呀", "money=80?"},
      {"一共120块", "money=120?"},
      {"三百块钱的椅子", "money=300"},
      {"那双鞋80块5", "money=80.5"},
      {"一百五十块的枕头", "money=150"},
      {"¥80那件", "money=80"},
      {"￥129.9 这件", "money=129.9"},
      {"80rmb的杯子", "money=80"},
      {"RMB80的杯子", "money=80"},
      {"200人民币", "money=200"},
      {"买菜刀花了8块8", "money=8.8?"},
      {"这支笔三块五", "money=3.5"},
      {"昨天还9块9呢", "date=昨天 money=9.9?"},
      {"两百五十块的锅", "money=250"},
      {"1.5万元的沙发", "money=15000"},
      {"1,299元的柜子", "money=1299"},
      {"8元5角", "money=8.5"},
      {"5毛钱的事", "money=0.5"},
      {"这个8块8毛", "money=8.8"},
      {"十二块五的勺子", "money=12.5"},
      {"３９．９元的毛巾", "money=39.9"},
      {"八十塊的燈", "money=80"},
      {"100多块的被子", "money=100~"},
      {"大概200块左右", "money=200~"},
      {"两百多块的外套", "money=200~"},
      {"80 元", "money=80"},
      {"2w块的红木桌", "money=20000"},
      {"12块8毛的胶带", "money=12.8"},
      {"85元5斤", "money=85 quantity=5斤"},
      {"还有十块50多的", "money=10"},
      {"056", ""},
      {"150", "money=150"},
      {"199！", "money=199"},
      {"八块八", "money=8.8"},
      {"99块9的耳机", "money=99.9"},
      {"3块25的钉子", "money=3.25"},
  };
  check(kCases);
}

TEST(EntityMoney, SeesOffers) {
  constexpr Case kCases[] = {
      {"80一袋", "money=80! quantity=1袋"},
      {"80卖不卖", "money=80!"},
      {"三百卖不卖", "money=300!"},
      {"80行吗", "money=80!"},
      {"80可以吗", "money=80!"},
      {"80包邮吗", "money=80!"},
      {"80拿走", "money=80!"},
      {"便宜到80我就下单", "money=80!"},
      {"19可以吗", "money=19!"},
      {"能不能降到150", "money=150!"},
      {"260成交吧", "money=260!"},
      {"这盏灯我出90", "money=90!"},
      {"就180吧", "money=180!"},
      {"300块行不行", "money=300!"},
      {"两百五卖吗", "money=250!"},
      {"65块钱卖我呗", "money=65!"},
      {"三百一袋卖吗", "money=300! quantity=1袋"},
      {"算我75吧", "money=75!"},
      {"45块一斤可以不", "money=45! quantity=1斤"},
      {"便宜点,70行不", "money=70!"},
      {"给个一口价500", "money=500!"},
      {"能100吗", "money=100!"},
      {"55每盒怎么样", "money=55!"},
      {"88/箱", "money=88!"},
      {"给我120吧老板", "money=120!"},
      {"¥66卖么", "money=66!"},
      {"最多150", "money=150!"},
      {"230左右能卖吗", "money=230!~"},
      {"老顾客了,95吧", "money=95!"},
      {"一百二行吗", "money=120!"},
      {"凑个整200行么", "money=200!"},
      {"三袋210行吗", "quantity=3袋 money=210!"},
      {"80两袋行吗", "money=80! quantity=2袋"},
      {"39.9包邮我就拍", "money=39.9!"},
      {"一千块出不出", "money=1000!"},
      {"改成168可以吗", "money=168!"},
      {"150不行吗", "money=150!"},
      {"能卖90不", "money=90!"},
      {"66包邮", "money=66!"},
      {"按260给我吧", "money=260!"},
  };
  check(kCases);
}

TEST(EntityMoney, TellsReductionsThresholdsAndFees) {
  constexpr Case kCases[] = {
      {"满99减10", "money=99? money=10?"},
      {"满299元减30元", "money=299? money=30?"},
      {"299-30的券怎么领", "money=299? money=30?"},
      {"满199-20能叠加吗", "money=199? money=20?"},
      {"便宜10块行吗", "money=10?"},
      {"少5块我就买", "money=5?"},
      {"优惠20可以不", "money=20?"},
      {"便宜个30吧", "money=30?"},
      {"能减15元吗", "money=15?"},
      {"运费8元谁出", "money=8?"},
      {"有没有10元优惠券", "money=10?"},
      {"20元的红包用不了", "money=20?"},
      {"比别家贵15块", "money=15?"},
      {"还差3块钱", "money=3?"},
      {"退我12块差价", "money=12?"},
      {"满88包邮吗", "money=88?"},
      {"200元以内有推荐吗", "money=200?"},
      {"原价399现在呢", "money=399?"},
      {"定金50元退吗", "money=50?"},
      {"50到80块的有吗", "money=50? money=80?"},
      {"129的那款和159的那款", "money=129? money=159?"},
      {"立减5元没显示", "money=5?"},
      {"每满300减40", "money=300? money=40?"},
      {"再便宜二十块嘛", "money=20?"},
      {"邮费要12块", "money=12?"},
      {"隔壁店卖60一盒", "money=60? quantity=1盒"},
      {"要49元包邮", "money=49?"},
      {"70一箱是吗", "money=70? quantity=1箱"},
      {"5元卷怎么用", "money=5?"},
      {"上回是75元一斤", "money=75? quantity=1斤"},
  };
  check(kCases);
}

TEST(EntityMoney, LeavesOtherNumbersAlone) {
  constexpr Case kCases[] = {
      {"评价怎么这么差", ""},
      {"价格怎么样", ""},
      {"半价的活动还有吗", ""},
      {"打八折行吗", ""},
      {"95折可以吗", ""},
      {"100%棉可以吗", ""},
      {"一分价钱一分货", ""},
      {"和朋友一块买", ""},
      {"两个订单一块发吧", "quantity=2个"},
      {"今天下单一块寄过来", "date=今天"},
      {"五块香皂", "quantity=5块"},
      {"三块毛巾多大", "quantity=3块"},
      {"支持3d打印吗", ""},
      {"是5g手机吗", ""},
      {"2019年买过", ""},
      {"2023款的还有吗", ""},
      {"万一不行呢", ""},
      {"百分之百正品吗", ""},
      {"几十块钱的东西", ""},
      {"第2件半价吗", ""},
      {"十分满意", ""},
      {"这个a4纸可以吗", ""},
      {"iphone15可以吗", ""},
      {"质量好不好", ""},
      {"3岁宝宝可以吗", ""},
      {"住5楼可以送吗", ""},
      {"两天可以吗", ""},
      {"0.5可以吗", ""},
      {"我是前100吧", ""},
      {"没有一块吧", ""},
  };
  check(kCases);
}

TEST(EntityMoney, KeepsTheNumber) {
  Finder finder;
  EXPECT_EQ(finder.find("三块五").list[0].number, Decimal{3500});
  EXPECT_EQ(finder.find("1.5万元").list[0].number, Decimal::of(15000));
  EXPECT_EQ(finder.find("5毛").list[0].number, Decimal{500});
}

TEST(EntityMoney, SpansAreInTheBuyersText) {
  Finder finder;
  EXPECT_EQ(finder.sources("这个 ８０ 块 ５ 行吗"), "８０ 块 ５");
  EXPECT_EQ(finder.sources("满99减10"), "99|10");
  EXPECT_EQ(finder.sources("80一袋"), "80|一袋");
  EXPECT_EQ(finder.sources("优惠￥20"), "￥20");
}

}  // namespace
}  // namespace xiaoer::entities::testing
