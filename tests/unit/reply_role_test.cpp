// What figures are said of: cues of the whole clause, with direction and distance.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "reply/role.hpp"

namespace xiaoer::reply {
namespace {

// The role of each figure of `text`, with a space between.
std::string roles(std::string_view text) {
  text::Text chars;
  EXPECT_EQ(text::normalise(text, chars), text::NormaliseStatus::kOk);
  std::vector<Figure> figures;
  read_figures(chars, &figures);
  std::string out;
  for (size_t i = 0; i < figures.size(); ++i) {
    const std::string_view name = name_of(read_role(chars, figures, i).role);
    out.append(out.empty() ? "" : " ").append(name.empty() ? "-" : name);
  }
  return out;
}

Said said(std::string_view text) {
  text::Text chars;
  EXPECT_EQ(text::normalise(text, chars), text::NormaliseStatus::kOk);
  std::vector<Figure> figures;
  read_figures(chars, &figures);
  return read_role(chars, figures, figures.size() - 1);
}

TEST(Role, AmountsAreThePriceUnlessAWordClaimsThem) {
  EXPECT_EQ(roles("给您99元"), "item-price");
  EXPECT_EQ(roles("运费的话我们这边统一是6元"), "fee");
  EXPECT_EQ(roles("要15块的邮费"), "fee");
  EXPECT_EQ(roles("满199减20"), "threshold reduction");
  EXPECT_EQ(roles("59元以上包邮"), "threshold");
  EXPECT_EQ(roles("原价199,现在129"), "list-price item-price");
  EXPECT_EQ(roles("店铺券满99减5"), "threshold reduction");
  EXPECT_EQ(roles("退您500定金"), "refund");
  EXPECT_EQ(roles("定金500元,剩下的2780元"), "deposit balance");
}

TEST(Role, LongerWordsHideThoseWithinThem) {
  EXPECT_EQ(roles("省心,99元"), "item-price");
  EXPECT_EQ(roles("用券之后是124元"), "total");
  EXPECT_EQ(roles("热水壶容量2升"), "trait");
}

TEST(Role, ATimeBelongsToWhatFollowsRatherThanToWhatItCountsFrom) {
  EXPECT_EQ(roles("收到七天内都能退"), "return");
  EXPECT_EQ(roles("发货后3天左右送到"), "arrival");
  EXPECT_EQ(roles("签收后7天内可以退换"), "return");
  EXPECT_EQ(roles("退货仓库收到后24小时内退款"), "refund");
}

TEST(Role, RangesAndDatesWithClocksAreOneStatement) {
  EXPECT_EQ(roles("1到3个工作日到账"), "refund refund");
  EXPECT_EQ(roles("早上9点到晚上11点营业"), "hours hours");
  EXPECT_EQ(roles("12月12日晚上8点结束"), "promotion promotion");
}

TEST(Role, ATimeWithoutWordsAsksTheClausesBeside) {
  EXPECT_EQ(roles("付款后48小时内,我们安排发货"), "shipping");
  EXPECT_EQ(roles("整机有保修的,两年"), "warranty");
}

TEST(Role, OnlyTheFreightGoesOnInTheNextClause) {
  EXPECT_TRUE(said("运费是6元,新疆是15元").role == Role::kFee ||
              said("运费是6元,别处是15元").continues_fee);
  EXPECT_FALSE(said("满59包邮,59给您").continues_fee);
  EXPECT_EQ(said("满59包邮,59给您").role, Role::kPrice);
}

TEST(Role, WordsThatHardlyReachLeaveThePricePlausible) {
  EXPECT_TRUE(said("发海南的话480").may_be(Role::kPrice));
  EXPECT_FALSE(said("运费480").may_be(Role::kPrice));
}

TEST(Role, UseIsToldFromTraits) {
  EXPECT_EQ(roles("95度水泡30秒"), "use use");
  EXPECT_EQ(roles("续航能到40小时"), "trait");
  EXPECT_EQ(roles("身高165体重110斤"), "buyer buyer");
  EXPECT_EQ(roles("您110斤的话选L"), "buyer");
}

TEST(Role, StockAndSalesAreCounted) {
  EXPECT_EQ(roles("库存还有6件"), "stock");
  EXPECT_EQ(roles("上个月卖了236件"), "sales");
  EXPECT_EQ(roles("一盒7袋"), "contents");
}

}  // namespace
}  // namespace xiaoer::reply
