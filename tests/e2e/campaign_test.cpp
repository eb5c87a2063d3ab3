// Campaigns: overlays that apply for a while.

#include <gtest/gtest.h>

#include "e2e/fixture.hpp"

namespace xiaoer::test {
namespace {

constexpr int64_t kFrom = 1'796'832'000;  // 2026-12-10T00:00:00+08:00, as in the example
constexpr int64_t kTo = 1'797'091'199;    // 2026-12-12T23:59:59+08:00

std::shared_ptr<const Ruleset> load_campaign(Diagnostics* diagnostics,
                                             std::optional<int64_t> now = {}) {
  CompileOptions options;
  options.load.search_path = {XIAOER_RULES};
  options.load.lint = now.has_value();
  options.load.now = now;
  options.run_tests = true;
  return Ruleset::from_folder(XIAOER_EXAMPLES "/campaigns/double-twelve", options, diagnostics);
}

// The first intent and the ids of all replies.
std::string answered(const Ruleset& ruleset, const std::string& message,
                     std::optional<int64_t> now) {
  static const reply::Facts facts =
      facts_of(R"({"promotion": {"rule": "满199减20", "ends": "2026-12-20T23:59:59+08:00"}})");
  Talk talk(ruleset);
  talk.request.facts = &facts;
  if (now) talk.request.now = Instant{*now, 480};
  talk.say(message);
  std::string out = talk.first_intent();
  for (const ReplyItem& reply : talk.result.replies) {
    out += " " + std::string(talk.result.text(reply.id));
  }
  return out;
}

TEST(Campaign, AppliesWithinItsTimeOnly) {
  Diagnostics diagnostics;
  const auto ruleset = load_campaign(&diagnostics);
  ASSERT_NE(ruleset, nullptr) << shown(diagnostics);
  const auto starts = [&](const std::string& message, std::optional<int64_t> now) {
    return answered(*ruleset, message, now);
  };
  for (const int64_t now : {kFrom, kTo}) {
    EXPECT_TRUE(starts("现在有什么活动", now).starts_with("promo.activity double12.activity"));
    EXPECT_TRUE(starts("双十二怎么玩", now).starts_with("promo.double12 double12.how"));
  }
  for (const std::optional<int64_t> now :
       {std::optional<int64_t>(kFrom - 1), std::optional<int64_t>(kTo + 1),
        std::optional<int64_t>()}) {
    EXPECT_EQ(starts("现在有什么活动", now).find("double12"), std::string::npos);
    EXPECT_EQ(starts("双十二怎么玩", now).find("double12"), std::string::npos);
    // Nor by likeness to the examples of the intent.
    EXPECT_EQ(starts("你们双12有啥玩法", now).find("double12"), std::string::npos);
  }
}

TEST(Campaign, CheckTellsWhatIsOver) {
  Diagnostics before, after;
  ASSERT_NE(load_campaign(&before, kTo), nullptr);
  EXPECT_EQ(shown(before).find("campaign-over"), std::string::npos) << shown(before);
  ASSERT_NE(load_campaign(&after, kTo + 1), nullptr);
  EXPECT_NE(shown(after).find("campaign-over"), std::string::npos);
  EXPECT_EQ(after.warning_count(), before.warning_count() + 1) << shown(after);
}

// The codes that loading a campaign on top of a small pack gives.
std::string codes(const std::string& valid, const std::string& body, const std::string& base = {}) {
  const std::string manifest =
      R"({"format": 1, "id": "c", "version": "1.0.0", )" + base + R"("valid": )" + valid + "}";
  CompileOptions options;
  options.load.search_path = {XIAOER_TEST_DATA "/packs"};
  Diagnostics diagnostics;
  Ruleset::from_files({{"pack.json", manifest}, {"a.json", body}}, options, &diagnostics);
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    if (!out.empty()) out += ' ';
    out += diagnostic.code;
  }
  return out;
}

constexpr char kBase[] = R"("extends": {"id": "demo", "version": ">=1"}, )";
constexpr char kYear[] =
    R"({"from": "2026-01-01T00:00:00+08:00", "to": "2026-12-31T23:59:59+08:00"})";

TEST(Campaign, MayOnlyAdd) {
  EXPECT_EQ(
      codes(kYear, R"({"intents": [{"id": "bargain.discount", "patterns+": ["什么时候开团呀"]}]})",
            kBase),
      "");
  EXPECT_EQ(codes(kYear, R"({"intents": [{"id": "bargain.discount", "title": "活动"}]})", kBase),
            "campaign-changes");
  EXPECT_EQ(codes(kYear, R"({"intents": [{"id": "bargain.discount", "disabled": true}]})", kBase),
            "campaign-changes");
  EXPECT_EQ(
      codes(kYear,
            R"({"replies": [{"id": "bargain.discount.plain", "variants": ["以页面为准哦"]}]})",
            kBase)
          .find("campaign-changes"),
      0U);
  EXPECT_EQ(codes(kYear, R"({"settings": {"max_replies": 3}})", kBase), "campaign-changes");
}

TEST(Campaign, MustBeBoundAndOnTopOfAPack) {
  EXPECT_EQ(codes(kYear, "{}"), "campaign-alone");
  EXPECT_EQ(codes(R"({"from": "2026-12-02T00:00:00+08:00", "to": "2026-12-01T00:00:00+08:00"})",
                  "{}", kBase),
            "campaign-ends-before");
  EXPECT_EQ(codes(R"({"to": "2026-12-01"})", "{}", kBase), "bad-time");
  EXPECT_EQ(codes("{}", "{}", kBase), "missing-key");
}

TEST(Campaign, AConditionThatIsOverIsTold) {
  CompileOptions options;
  options.load.search_path = {XIAOER_TEST_DATA "/packs"};
  options.load.lint = true;
  options.load.now = kTo;
  Diagnostics diagnostics;
  Ruleset::from_files(
      {{"pack.json",
        R"({"format": 1, "id": "s", "version": "1.0.0", "extends": {"id": "demo", "version": ">=1"}})"},
       {"a.json", R"({"intents": [{"id": "bargain.discount", "replies+": [
          {"id": "old", "when": {"to": "2026-11-01T00:00:00+08:00"}, "variants": ["活动时间以页面为准哦"]}]}]})"}},
      options, &diagnostics);
  EXPECT_NE(shown(diagnostics).find("condition-over"), std::string::npos) << shown(diagnostics);
}

}  // namespace
}  // namespace xiaoer::test
