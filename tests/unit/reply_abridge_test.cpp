#include <gtest/gtest.h>

#include "reply/abridge.hpp"
#include "reply/facts.hpp"

namespace xiaoer::reply {
namespace {

Part part_of(const std::string& text) {
  Part part;
  part.text = text;
  split_clauses(&part);
  return part;
}

// What `second` leaves out behind `first`, and the joint text.
std::string joined(const std::string& first, const std::string& second, uint32_t emoticons = 2) {
  Draft draft;
  EmoticonBudget budget;
  budget.left = emoticons;
  append_kept(part_of(first), &budget, &draft);
  Part part = part_of(second);
  drop_repeated(draft, &part);
  append_kept(part, &budget, &draft);
  return draft.text;
}

TEST(Abridge, JoinsWithAFullStop) {
  EXPECT_EQ(joined("有货的,", "今天发"), "有货的。今天发");
  EXPECT_EQ(joined("有货的~", "今天发"), "有货的~今天发");
  EXPECT_EQ(joined("有货的。", "今天发。"), "有货的。今天发。");
}

TEST(Abridge, SaysNothingTwice) {
  EXPECT_EQ(joined("仓库今天就打包,有货的", "仓库今天就打包哦,明天通知您"),
            "仓库今天就打包,有货的。明天通知您");
  EXPECT_EQ(joined("真的抱歉,碎了", "抱歉,这款没有赠品"), "真的抱歉,碎了。这款没有赠品");
  EXPECT_EQ(joined("有货的", "您好呀,好的哦,今天发"), "有货的。今天发");
  EXPECT_EQ(joined("有货的", "抱歉,今天发不了"), "有货的。抱歉,今天发不了");
  EXPECT_EQ(joined("有货的", "有货的"), "有货的。有货的");  // too short to be sure
}

TEST(Abridge, DropsTheAddressAndSaidFactsOnly) {
  PieceRecord nickname, price;
  nickname.fact = known_facts().nickname;
  price.fact = known_facts().price;
  FactValue value;
  value.present = true;
  Part part = part_of("小鱼,现价39.9元,今天发");
  part.slots = {{0, 6, &nickname, nullptr, false, rules::kNoKind, {}},
                {13, 17, &price, &value, false, rules::kNoKind, {}}};
  split_clauses(&part);
  Draft draft;
  draft.text = "现在卖39.9元";
  Part fresh = part;
  drop_repeated(draft, &fresh);
  EXPECT_FALSE(fresh.clauses[0].kept);
  EXPECT_TRUE(fresh.clauses[1].kept);
  draft.slots = {{9, 13, &price, &value, false, rules::kNoKind, {}}};
  drop_repeated(draft, &part);
  EXPECT_FALSE(part.clauses[1].kept);
  EXPECT_TRUE(part.clauses[2].kept);
}

TEST(Abridge, FindsTheClosingQuestion) {
  EXPECT_EQ(closing_question(part_of("有货的,您要几件呢")), 1u);
  EXPECT_EQ(closing_question(part_of("有货的,要是不确定,您平时穿多大呢")), 1u);
  EXPECT_EQ(closing_question(part_of("有货的,您寄到哪里呢,我帮您核对")), 1u);
  EXPECT_EQ(closing_question(part_of("有货的,今天发")), 2u);
  EXPECT_TRUE(only_asks(part_of("您好,您要几件呢")));
  EXPECT_TRUE(only_asks(part_of("抱歉让您久等了,是哪一单呢")));
  EXPECT_FALSE(only_asks(part_of("有货的,您要几件呢")));
  EXPECT_FALSE(only_asks(part_of("有货的")));
}

TEST(Abridge, KeepsTheBudgetOfEmoticons) {
  EXPECT_EQ(joined("有货[微笑][玫瑰]", "今天发[微笑]"), "有货[微笑][玫瑰]今天发");
  EXPECT_EQ(joined("有货😊", "今天发😊哦", 1), "有货😊今天发哦");
}

TEST(Abridge, SlotsMoveWithTheirText) {
  Part part = part_of("好的,单价39.9元哦");
  PieceRecord price;
  part.slots = {{13, 17, &price, nullptr, false, rules::kNoKind, {}}};
  split_clauses(&part);
  Draft draft;
  draft.text = "有货的";
  EmoticonBudget budget;
  drop_repeated(draft, &part);
  append_kept(part, &budget, &draft);
  ASSERT_EQ(draft.slots.size(), 1u);
  EXPECT_EQ(draft.text.substr(draft.slots[0].begin, 4), "39.9");
  EXPECT_EQ(draft.slots[0].end - draft.slots[0].begin, 4u);
}

}  // namespace
}  // namespace xiaoer::reply
