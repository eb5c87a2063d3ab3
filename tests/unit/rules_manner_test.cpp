// The section `manners`, and intents that list them.

#include <gtest/gtest.h>

#include "rules_fixture.hpp"

namespace xiaoer::rules {
namespace {

// A pack with one manner, `fields` beside its id and variants.
Loaded load_manner(const std::string& fields) {
  return load_text(R"({"manners": [{"id": "m", "variants": ["您说得对"])" + fields + "}]}");
}

TEST(MannerSection, IsReadLikeTechniques) {
  const Loaded loaded = load_manner(
      R"(, "manner": "agreement", "objections": ["doubt", "bargain"], "why": "先认同", "when": {"has": "库存"})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  const ReplySource* manner = loaded.pack.find_reply("m");
  ASSERT_NE(manner, nullptr);
  EXPECT_EQ(manner->technique, Technique::kAgreement);
  EXPECT_EQ(manner->why, "先认同");
  EXPECT_EQ(manner->occasions, 1u << static_cast<uint32_t>(Occasion::kDoubt) |
                                   1u << static_cast<uint32_t>(Occasion::kBargain));
  EXPECT_FALSE(manner->when.always());
  EXPECT_EQ(load_manner(R"(, "manner": "yield", "why": "让", "objections": "hesitate")").codes(),
            "");
}

TEST(MannerSection, ReportsWhatIsWrong) {
  EXPECT_EQ(load_manner(R"(, "manner": "yield")").codes(), "missing-key");
  EXPECT_EQ(load_manner(R"(, "why": "让")").codes(), "missing-key");
  EXPECT_EQ(load_manner(R"(, "manner": "yeild", "why": "让")").codes(), "bad-value");
  EXPECT_EQ(load_manner(R"(, "manner": "scarcity", "why": "让")").codes(), "bad-value");
  EXPECT_EQ(load_manner(R"(, "manner": "yield", "why": "让", "objections": ["complaint"])").codes(),
            "bad-value");
  EXPECT_EQ(load_manner(R"(, "manner": "yield", "why": "让", "technique": "scarcity")").codes(),
            "unknown-key");
}

TEST(MannerSection, IsNoReplyAndNoTechnique) {
  const std::string manner =
      R"("manners": [{"id": "m", "manner": "yield", "why": "让", "variants": ["不急的"]}])";
  EXPECT_EQ(
      load_text(
          "{" + manner +
          R"(, "intents": [{"id": "a", "patterns": ["发货"], "replies": ["m", {"variants": ["好的"]}]}]})")
          .codes(),
      "unknown-reply");
  EXPECT_EQ(
      load_text(
          "{" + manner +
          R"(, "techniques": [{"id": "m", "technique": "recommend", "why": "荐", "variants": ["看看"]}]})")
          .codes(),
      "duplicate-id");
}

TEST(MannerSection, ItsWordingIsCheckedLikeAReply) {
  EXPECT_EQ(load_text(R"({"manners": [{"id": "m", "manner": "yield", "why": "让",
                "variants": ["您看，保证满意", "只剩3件", "难道不好"]}]})")
                .codes(),
            "claim-without-fact literal-claim promise-in-reply tone");
}

TEST(MannerSection, IntentsListManners) {
  const auto load = [](const std::string& list) {
    return load_text(R"({"intents": [{"id": "a", "patterns": ["发货"], "manners": [)" + list +
                     R"(], "replies": [{"variants": ["好的"]}]}]})");
  };
  const Loaded loaded = load(R"("interest", "yield")");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.pack.find_intent("a")->manners,
            (std::vector<Technique>{Technique::kInterest, Technique::kYield}));
  EXPECT_EQ(load(R"("scarcity")").codes(), "bad-value");
  EXPECT_EQ(load_text(R"({"intents": [{"id": "a", "patterns": ["发货"], "manners+": ["yield"],
                "replies": [{"variants": ["好的"]}]}]})")
                .codes(),
            "append-without-base");
}

}  // namespace
}  // namespace xiaoer::rules
