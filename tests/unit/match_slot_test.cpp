// Slots: entities found elsewhere take part in phrases.

#include <gtest/gtest.h>

#include "oracle/match_support.hpp"
#include "rules/entity_kinds.hpp"

namespace xiaoer::match {
namespace {

struct Case {
  explicit Case(const rules::Pack& pack) : compiled(pack) {}

  void say(std::string_view message) {
    original = message;
    entities.clear();
    text::normalise(original, text);
  }
  void add(rules::EntityKindId kind, uint32_t begin, uint32_t end) {
    entities::Entity entity;
    entity.kind = kind;
    entity.span = {begin, end};
    entities.list.push_back(entity);
  }
  std::vector<PatternHit> hits() { return compiled.hits(text, entities); }
  std::vector<SlotHit> slots(uint32_t pattern) {
    hits();
    std::vector<SlotHit> found;
    compiled.matcher().find_slots(text, entities, pattern, compiled.scratch(), &found);
    return found;
  }

  Compiled compiled;
  std::string original;
  text::Text text;
  entities::Entities entities;
};

TEST(MatchSlot, TakesAnEntityOfTheKind) {
  Case test(pack_of({phrase("{金额}卖不卖")}));
  test.say("80元卖不卖");
  EXPECT_TRUE(test.hits().empty());
  test.add(rules::kQuantity, 0, 3);
  EXPECT_TRUE(test.hits().empty());
  test.add(rules::kMoney, 0, 3);
  ASSERT_EQ(test.hits().size(), 1u);
  EXPECT_EQ(test.hits()[0].span, (Span{0, 6}));
}

TEST(MatchSlot, StandsAloneWithoutAWarning) {
  Case test(pack_of({phrase("{订单号}")}));
  EXPECT_EQ(test.compiled.diagnostics().warning_count(), 0u);
  test.say("1234567");
  EXPECT_TRUE(test.hits().empty());
  test.add(rules::kOrderNumber, 0, 7);
  EXPECT_EQ(test.hits().size(), 1u);
}

TEST(MatchSlot, OwnKindsOfThePack) {
  rules::Pack pack = pack_of({phrase("要{口味}的")});
  pack.entities.push_back({"颜色", {}, {}});
  pack.entities.push_back({"产地", {}, {}});
  pack.entities.push_back({"口味", {{"原味", {"原味"}, {}}}, {}});
  Case test(pack);
  test.say("要原味的");
  test.add(rules::kBuiltInKinds + 1, 1, 3);
  EXPECT_EQ(test.hits().size(), 1u);
}

TEST(MatchSlot, UnknownSlotIsAnError) {
  Compiled compiled(pack_of({phrase("要{口味}的")}));
  ASSERT_EQ(compiled.diagnostics().error_count(), 1u);
  EXPECT_EQ(compiled.diagnostics().list()[0].code, "unknown-slot");
}

TEST(MatchSlot, FindsTheEntityOfARole) {
  Case test(pack_of({phrase("原价{金额:原价}…{金额:出价}行不行")}));
  test.say("原价99元,80元行不行");
  test.add(rules::kMoney, 2, 5);
  test.add(rules::kMoney, 6, 9);
  const uint32_t offer = test.compiled.matcher().find_role("出价");
  const uint32_t list = test.compiled.matcher().find_role("原价");
  EXPECT_EQ(test.compiled.matcher().find_role("别的"), UINT32_MAX);
  const std::vector<SlotHit> slots = test.slots(0);
  ASSERT_EQ(slots.size(), 2u);
  EXPECT_EQ(slots[0].role, list);
  EXPECT_EQ(slots[0].entity, 0u);
  EXPECT_EQ(slots[1].role, offer);
  EXPECT_EQ(slots[1].entity, 1u);
}

// Readings compete: the likelier comes first, but it must lead to a match.
TEST(MatchSlot, TakesTheReadingThatFits) {
  Case test(pack_of({phrase("{金额:出价}行不行")}));
  test.say("80元一件行不行");
  test.add(rules::kMoney, 0, 3);
  test.add(rules::kMoney, 0, 5);
  ASSERT_EQ(test.slots(0).size(), 1u);
  EXPECT_EQ(test.slots(0)[0].entity, 1u);
}

TEST(MatchSlot, AlternativesWithTheSameEntityTellItOnce) {
  Case test(pack_of({phrase("{金额:出价}行|{金额:出价}…不行")}));
  test.say("80元行不行");
  test.add(rules::kMoney, 0, 3);
  EXPECT_EQ(test.slots(0).size(), 1u);
}

TEST(MatchSlot, InLongMessages) {
  Case test(pack_of({phrase("出{金额:出价}行不行")}));
  std::string message;
  for (int i = 0; i < 100; ++i) message += "1";
  test.say(message + "出80元行不行");
  test.add(rules::kMoney, 101, 104);
  ASSERT_EQ(test.hits().size(), 1u);
  EXPECT_EQ(test.hits()[0].span, (Span{100, 107}));
  EXPECT_EQ(test.slots(0).size(), 1u);
}

}  // namespace
}  // namespace xiaoer::match
