// The five manners of persuasion beside the closing techniques.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reply_fixture.hpp"

namespace xiaoer::reply {
namespace {

using rules::Objection;
using rules::Occasion;
using rules::Technique;
using test::Desk;
using test::facts_of;
using test::PackBuilder;
using Names = std::vector<std::string>;

constexpr uint32_t bit(Occasion occasion) { return 1u << static_cast<uint32_t>(occasion); }

// Intents: 0 hesitate.think, 1 bargain.discount, 2 product.doubt (doubt), 3 product.info, 4
// complaint.anger, 5 after.return (drawback), 6 hesitate.refuse, 7 product.flaw (drawback), 8
// price.ask (doubt; its reply needs a price).
PackBuilder shop() {
  PackBuilder builder;
  builder.reply("r", {"好的呢"});
  builder.reply("priced", {"{{价格}}元"});
  builder.technique(Technique::kYield, "any", "不着急的").occasions = 0;
  builder.technique(Technique::kAgreement, "doubting", "您说得对").occasions =
      bit(Occasion::kDoubt);
  builder.technique(Technique::kInterest, "bargaining", "您会挑").occasions =
      bit(Occasion::kBargain);
  builder.technique(Technique::kScarcity, "scarce", "这款库存不多了");
  builder.intent("hesitate.think", {"r"}).techniques = {Technique::kScarcity};
  builder.intent("bargain.discount", {"r"});
  builder.intent("product.doubt", {"r"}).objection = Objection::kDoubt;
  builder.intent("product.info", {"r"});
  builder.intent("complaint.anger", {"r"}).objection = Objection::kDoubt;
  builder.intent("after.return", {"r"}).objection = Objection::kDrawback;
  builder.intent("hesitate.refuse", {"r"});
  builder.intent("product.flaw", {"r"}).objection = Objection::kDrawback;
  builder.intent("price.ask", {"priced"}).objection = Objection::kDoubt;
  return builder;
}

TEST(Manner, FitsTheOccasion) {
  Desk desk(shop().pack);
  EXPECT_EQ((desk.answer({{2, 0.9f}}), desk.techniques()), Names{"agreement"});
  EXPECT_EQ((desk.answer({{1, 0.9f}}), desk.techniques()), Names{"interest"});
  EXPECT_EQ((desk.answer({{0, 0.9f}}), desk.techniques()), Names{"yield"});
  EXPECT_EQ((desk.answer({{7, 0.9f}}), desk.techniques()), Names{"yield"});
  EXPECT_TRUE((desk.answer({{3, 0.9f}}), desk.techniques()).empty());
}

TEST(Manner, KeepsAwayFromAngerAfterSalesAndRefusals) {
  Desk desk(shop().pack);
  for (const uint32_t intent : {4u, 5u, 6u}) {
    EXPECT_TRUE((desk.answer({{intent, 0.9f}}), desk.techniques()).empty()) << intent;
  }
  EXPECT_TRUE((desk.answer({{2, 0.9f}, {4, 0.8f}}), desk.techniques()).empty());
  PackBuilder handoff = shop();
  handoff.pack.intents[2].policy = rules::Policy::kHandoff;
  Desk handed(handoff.pack);
  EXPECT_TRUE((handed.answer({{2, 0.9f}}), handed.techniques()).empty());
  dialogue::Session session;
  dialogue::Turn turn;
  turn.stage = rules::Stage::kAfterSales;
  session.buyer_turn(turn);
  desk.situation.session = &session;
  EXPECT_TRUE((desk.answer({{2, 0.9f}}), desk.techniques()).empty());
}

TEST(Manner, NeedsAReplyToJoin) {
  Desk desk(shop().pack);
  EXPECT_TRUE((desk.answer({{8, 0.9f}}), desk.techniques()).empty());
  desk.facts = facts_of(R"({"product": {"price": 9}})");
  EXPECT_EQ((desk.answer({{8, 0.9f}}), desk.techniques()), Names{"agreement"});
}

TEST(Manner, ComesBesideTheTechniquesAndCostsNoPush) {
  PackBuilder builder = shop();
  builder.pack.settings.max_techniques = 1;
  builder.pack.replies[5].variants[0].text = "这款可以先占住";
  Desk desk(builder.pack);
  desk.facts = facts_of(R"({"product": {"stock": 3}})");
  dialogue::Session session;
  session.buyer_turn({});
  desk.situation.session = &session;
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.techniques(), (Names{"scarcity", "yield"}));
  ASSERT_EQ(desk.scratch.pending.back().technique, Technique::kYield);
  session.add_pending(desk.scratch.pending.back());
  EXPECT_TRUE(session.sent(desk.scratch.pending.back().text, 0));
  EXPECT_EQ(session.pushes(), 0u);
  EXPECT_FALSE(session.pushed_last_turn());
  EXPECT_TRUE(session.technique_used(Technique::kYield));
  session.buyer_turn({});
  desk.answer({{0, 0.9f}});
  EXPECT_EQ(desk.techniques(), Names{"scarcity"});  // never the same twice
  std::string error;
  dialogue::Session restored;
  EXPECT_TRUE(restored.restore(session.snapshot(), &error)) << error;
  EXPECT_TRUE(restored.technique_used(Technique::kYield));
}

TEST(Manner, NoneWhenTechniquesAreSwitchedOff) {
  PackBuilder builder = shop();
  builder.pack.settings.max_techniques = 0;
  Desk desk(builder.pack);
  EXPECT_TRUE((desk.answer({{2, 0.9f}}), desk.techniques()).empty());
  builder.pack.settings.max_techniques = 3;
  builder.pack.settings.push_budget = 0;  // no pushes, yet manners push nobody
  Desk unpushing(builder.pack);
  EXPECT_EQ((unpushing.answer({{2, 0.9f}}), unpushing.techniques()), Names{"agreement"});
}

TEST(Manner, AnIntentsOwnListComesFirst) {
  PackBuilder builder = shop();
  builder.technique(Technique::kLowerGuard, "calm", "您慢慢看");
  builder.pack.intents[2].manners = {Technique::kLowerGuard, Technique::kYield};
  Desk desk(builder.pack);
  EXPECT_EQ((desk.answer({{2, 0.9f}}), desk.techniques()), Names{"lower_guard"});
  builder.pack.intents[2].manners = {Technique::kSympathy};  // nothing is worded for it
  Desk unworded(builder.pack);
  EXPECT_TRUE((unworded.answer({{2, 0.9f}}), unworded.techniques()).empty());
}

TEST(Manner, ConditionsChooseTheWording) {
  PackBuilder builder = shop();
  rules::ReplySource& wording = builder.technique(Technique::kSympathy, "stocked", "请您体谅");
  wording.occasions = bit(Occasion::kDoubt);
  builder.has(wording, "库存");
  Desk desk(builder.pack);
  EXPECT_EQ((desk.answer({{2, 0.9f}}), desk.techniques()), Names{"agreement"});
  desk.facts = facts_of(R"({"product": {"stock": 50}})");
  EXPECT_EQ((desk.answer({{2, 0.9f}}), desk.techniques()), Names{"sympathy"});
}

TEST(Manner, SaysWhyAndIsGuarded) {
  PackBuilder builder = shop();
  Desk desk(builder.pack);
  desk.answer({{2, 0.9f}});
  ASSERT_EQ(desk.result.techniques.size(), 1u);
  const TechniqueItem& item = desk.result.techniques[0];
  EXPECT_EQ(desk.result.text(item.id), "doubting");
  EXPECT_EQ(desk.result.text(item.text), "您说得对");
  EXPECT_TRUE(desk.explains(item.why, "intent", "product.doubt"));
  EXPECT_TRUE(desk.explains(item.why, "wording", "why doubting"));
  builder.pack.replies[3].variants[0].text = "您说得对,只剩3件";
  Desk guarded(builder.pack);
  guarded.answer({{2, 0.9f}});
  EXPECT_EQ(guarded.techniques(), Names{"yield"});
}

}  // namespace
}  // namespace xiaoer::reply
