#include "entities/words.hpp"
#include "entities_fixture.hpp"
#include "text/utf8.hpp"

namespace xiaoer::entities::testing {
namespace {

TEST(EntityQuantity, ReadsUnits) {
  constexpr Case kCases[] = {
      {"来2袋", "quantity=2袋"},
      {"两件一起拍", "quantity=2件"},
      {"三个够了", "quantity=3个"},
      {"送一双吗", "quantity=1双"},
      {"买半斤", "quantity=0.5斤"},
      {"5kg的有没有", "quantity=5kg"},
      {"我买8袋", "quantity=8袋"},
      {"要俩", "quantity=2个"},
      {"来仨", "quantity=3个"},
      {"一斤半的那种", "quantity=1.5斤"},
      {"10 瓶", "quantity=10瓶"},
      {"二十盒", "quantity=20盒"},
      {"两大箱", "quantity=2箱"},
      {"500g一包", "quantity=500g quantity=1包"},
      {"250ml的", "quantity=250ml"},
      {"三两茶叶", "quantity=3两"},
      {"100抽6包", "quantity=100抽 quantity=6包"},
      {"十几个", "quantity=10个~"},
      {"1.5公斤", "quantity=1.5公斤"},
      {"四把椅子一张桌子", "quantity=4把 quantity=1张"},
      {"买8", "quantity=8"},
      {"拍3可以吗", "quantity=3"},
      {"买2送1", "quantity=2 quantity=1"},
      {"50套起批吗", "quantity=50套"},
      {"要xl两件", "size=XL quantity=2件"},
      {"1000个多少钱", "quantity=1000个"},
      {"9條毛巾", "quantity=9条"},
      {"再加两米", "quantity=2米"},
      {"要3米的布", "quantity=3米"},
  };
  check(kCases);
}

TEST(EntityQuantity, LeavesOtherWordsAlone) {
  constexpr Case kCases[] = {
      {"问一下", ""},       {"便宜一点", ""},       {"都一样吗", ""},   {"一直没货", ""},
      {"一起发吧", ""},     {"两天了还没动", ""},   {"第一个是啥", ""}, {"第二件", ""},
      {"3个月了", ""},      {"一个星期能到吗", ""}, {"这一款", ""},     {"哪一个好", ""},
      {"一听就不靠谱", ""}, {"我俩都要", ""},       {"一部分没到", ""}, {"两个人用够吗", ""},
      {"四件套", ""},       {"5小时", ""},          {"一会再说", ""},   {"一定要快", ""},
      {"同一个地址", ""},   {"7天无理由吗", ""},
  };
  check(kCases);
}

TEST(EntitySize, ReadsSizes) {
  constexpr Case kCases[] = {
      {"38码有吗", "size=38码"},
      {"42的还有没有", "size=42码"},
      {"拿170/92A", "size=170/92A"},
      {"xl合适吗", "size=XL"},
      {"XXL有货不", "size=2XL"},
      {"2xl呢", "size=2XL"},
      {"3XL码", "size=3XL"},
      {"XXXL的", "size=3XL"},
      {"ＸＸＸＬ码", "size=3XL"},
      {"身高175cm", "height=175cm"},
      {"我175CM穿多大", "size=175cm"},
      {"38.5码", "size=38.5码"},
      {"m码", "size=M"},
      {"S号", "size=S"},
      {"穿L会大吗", "size=L"},
      {"M还是L", "size=M size=L"},
      {"穿38", "size=38码"},
      {"39号鞋", "size=39码"},
      {"75B有没有", "size=75B"},
      {"1米8的床", "size=180cm"},
      {"1.75米高", "size=175cm"},
      {"1米65", "size=165cm"},
      {"5米长的线", "size=5米"},
      {"30x40cm的相框", "size=30x40cm"},
      {"56cm*90cm", "size=56x90cm"},
      {"20厘米", "size=20cm"},
      {"12寸的锅", "size=12寸"},
      {"65英寸电视", "size=65英寸"},
      {"xs", "size=XS"},
      {"36的那款", "size=36码 money=36?"},
      {"38", "size=38码 money=38"},
  };
  check(kCases);
}

TEST(EntitySize, LeavesOtherWordsAlone) {
  constexpr Case kCases[] = {
      {"sm是什么", ""}, {"ml", ""},      {"html", ""},   {"尺码表", ""},
      {"l", ""},        {"it's ok", ""}, {"m8型号", ""}, {"38行吗", "money=38!"},
      {"扫码", ""},     {"1号链接", ""}, {"3号色", ""},  {"size", ""},
  };
  check(kCases);
}

TEST(EntityDate, ReadsDays) {
  constexpr Case kCases[] = {
      {"今天发吗", "date=今天"},         {"明天能到不", "date=明天"},
      {"后天呢", "date=后天"},           {"大后天", "date=大后天"},
      {"昨天拍的", "date=昨天"},         {"今晚发", "date=今晚"},
      {"周五到", "date=周五"},           {"星期天送", "date=周日"},
      {"礼拜三", "date=周三"},           {"下周一有人收", "date=下周一"},
      {"这周末", "date=本周末"},         {"下个星期二", "date=下周二"},
      {"下周再说", "date=下周"},         {"月底", "date=月底"},
      {"下个月初", "date=下月初"},       {"1号发货", "date=1日"},
      {"15号之前", "date=15日"},         {"十五号", "date=15日"},
      {"12月3日", "date=12-03"},         {"十二月三号", "date=12-03"},
      {"12.3号", "date=12-03"},          {"2026年12月3日", "date=2026-12-03"},
      {"2026-12-03", "date=2026-12-03"}, {"2026/1/5到的", "date=2026-01-05"},
      {"2026年5月", "date=2026-05"},     {"3月份", "date=3月"},
      {"三月底", "date=3月底"},
  };
  check(kCases);
}

TEST(EntityDate, ReadsHoursDelaysAndFestivals) {
  constexpr Case kCases[] = {
      {"下午", "date=下午"},
      {"晚上在家", "date=晚上"},
      {"8点", "date=08:00"},
      {"8点半", "date=08:30"},
      {"20:00", "date=20:00"},
      {"晚上8点", "date=20:00"},
      {"晚上八点半", "date=20:30"},
      {"下午3点15分", "date=15:15"},
      {"今晚8点开抢", "date=今天20:00"},
      {"明天下午两点", "date=明天14:00"},
      {"凌晨12点", "date=00:00"},
      {"中午12点", "date=12:00"},
      {"中午1点", "date=13:00"},
      {"早8点到晚10点", "date=08:00 date=22:00"},
      {"最晚几点,最晚8点吗", "date=08:00"},
      {"十点一刻", "date=10:15"},
      {"三天后", "date=3天后"},
      {"48小时内", "date=48小时内"},
      {"两周之后", "date=2周后"},
      {"3个月以前", "date=3个月前"},
      {"国庆", "date=国庆"},
      {"双十一", "date=双11"},
      {"双11", "date=双11"},
      {"11.11", "date=双11"},
      {"618", "date=618"},
      {"等618再买", "date=618"},
      {"六一八活动", "date=618"},
      {"春节放假吗", "date=春节"},
      {"五一有活动吗", "date=五一"},
      {"十一期间发货吗", "date=国庆"},
      {"8:30-21:00", "date=08:30 date=21:00"},
  };
  check(kCases);
}

TEST(EntityDate, LeavesOtherWordsAlone) {
  constexpr Case kCases[] = {
      {"以后天天买", ""},
      {"便宜点", ""},
      {"快一点", ""},
      {"有一点脏", ""},
      {"周边有卖吗", ""},
      {"周到", ""},
      {"最晚上午到吗", "date=上午"},
      {"两块五一斤", "money=2.5! quantity=1斤"},
      {"两天内蒙古能到吗", ""},
      {"有两点建议", ""},
      {"618元", "money=618"},
      {"第8点", ""},
      {"100日元", ""},
      {"77号", ""},
      {"25:00", ""},
      {"13月", ""},
      {"3月饼", ""},
      {"地铁2号线", ""},
  };
  check(kCases);
}

TEST(EntityCodes, ReadsOrderItemAndPhoneNumbers) {
  constexpr Case kCases[] = {
      {"订单号2026112108001234567", "order_number=2026112108001234567"},
      {"1234567890123456", "order_number=1234567890123456"},
      {"12345678901234567890帮我查", "order_number=12345678901234567890"},
      {"订单 1029384756", "order_number=1029384756"},
      {"612345678901这款", "item_number=612345678901"},
      {"538000000711送个架子", "item_number=538000000711"},
      {"看看720000000001,能便宜吗", "item_number=720000000001"},
      {"23456789012", "item_number=23456789012"},
      {"商品编号:6254001", "item_number=6254001"},
      {"13800138000", "phone=13800138000"},
      {"电话138 0013 8000", "phone=13800138000"},
      {"手机139-0000-1111", "phone=13900001111"},
      {"+86 138 0013 8000", "phone=13800138000"},
      {"+8613800138000", "phone=13800138000"},
      {"008613800138000", "phone=13800138000"},
      {"收件人小李，１３８００１３８０００", "phone=13800138000"},
      {"13800138000转给我", "phone=13800138000"},
      {"12345678901", "item_number=12345678901"},
  };
  check(kCases);
}

TEST(EntityCodes, LeavesOtherDigitsAlone) {
  constexpr Case kCases[] = {
      {"SF1023456789012", ""},       {"yt9876543210987到哪了", ""},
      {"运单号 7312345678901", ""},  {"快递单号是731234567890", ""},
      {"123456789012345678901", ""}, {"9876543210", ""},
      {"12345678可以吗", ""},        {"abc13800138000", ""},
      {"138001380001234", ""},       {"邮编518000", ""},
      {"vx123456789", ""},
  };
  check(kCases);
}

// A reading that the sieve by the next character holds back is never tried.
TEST(EntityWords, OpenTheSieveOfWhatFollowsANumber) {
  for (const UnitWord& word : unit_words()) {
    EXPECT_TRUE(follow_of(word.word[0]) & kUnitFollows) << text::encode(word.word);
  }
  for (const CurrencyWord& word : currency_words()) {
    EXPECT_TRUE(follow_of(word.word[0]) & kCurrencyFollows) << text::encode(word.word);
    EXPECT_TRUE(follow_of(word.word[0]) & kThresholdFollows) << text::encode(word.word);
  }
  for (const MistypedUnit& unit : mistyped_units()) {
    EXPECT_TRUE(follow_of(unit.word[0]) & kUnitFollows) << text::encode(unit.word);
  }
}

TEST(EntityWords, AreWrittenAsTheNormaliserLeavesThem) {
  const auto check_form = [](std::u32string_view word) {
    const std::string utf8 = text::normalise_to_utf8(text::encode(word));
    EXPECT_EQ(text::normalise_to_chars(utf8), word) << utf8;
    EXPECT_FALSE(word.empty());
  };
  for (const UnitWord& word : unit_words()) check_form(word.word);
  for (const CurrencyWord& word : currency_words()) check_form(word.word);
  for (const MistypedUnit& unit : mistyped_units()) {
    check_form(unit.word);
    EXPECT_EQ(unit.word.size(), 1u);  // find_mistyped_unit looks at one character
  }
  for (const DateWord& word : date_words()) {
    check_form(word.word);
    EXPECT_FALSE(word.value.empty());
    text::Text text;
    text::normalise(text::encode(word.word), text);
    EXPECT_TRUE(may_begin(text.chars[0])) << text::encode(word.word);
    EXPECT_TRUE(may_begin_date(Chars(text), 0)) << text::encode(word.word);
  }
  for (const Cue& cue : left_cues()) check_form(cue.word);
  for (const Cue& cue : right_cues()) check_form(cue.word);
}

}  // namespace
}  // namespace xiaoer::entities::testing
