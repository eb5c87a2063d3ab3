// What a pack may change of the pack that it extends, and how.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "rules_fixture.hpp"

namespace xiaoer::rules {
namespace {

namespace fs = std::filesystem;

constexpr const char* kVendor = R"({
  "lexicon": {"便宜": ["便宜"], "贵": ["贵"]},
  "protect": ["评价"],
  "entities": [{"kind": "口味", "values": {"原味": ["原味"]}}],
  "facts": [{"name": "尺码表", "path": "product.size_chart", "type": "text"}],
  "intents": [
    {"id": "bargain", "title": "砍价", "policy": "suggest", "priority": 5, "patterns": ["<便宜>点", "{金额:出价}卖吗"],
     "examples": ["能少吗"], "techniques": ["recommend"],
     "replies": ["budget", {"variants": ["看看活动"]}, {"id": "own", "variants": ["我帮您问问"]}]},
    {"id": "report", "objection": "complaint", "patterns": ["投诉"]},
    {"id": "thin", "objection": "drawback", "patterns": ["有点薄"], "replies": ["budget"]},
    {"id": "hello", "patterns": ["你好"], "replies": ["budget"]},
    {"id": "again", "patterns": ["在吗", {"phrase": "还在", "after": "hello"}], "replies": ["budget"]}
  ],
  "replies": [{"id": "budget", "variants": ["您的预算大概多少"]}, {"id": "hold", "variants": ["请稍等"]}],
  "techniques": [{"id": "show", "technique": "recommend", "why": "拿不定主意", "variants": ["可以看看{{推荐一}}"]}],
  "compliance": [{"rule": "absolute-term", "words": ["最好"], "advice": "改"}],
  "settings": {"holding": ["hold"], "max_intents": 3},
  "tests": [{"message": "你好", "intent": "hello"}]
})";

class Overlay : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) /
            (std::string("xiaoer_overlay_") +
             testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(root_);
    fs::create_directories(root_ / "vendor");
    write("vendor/pack.json", R"({"format": 1, "id": "vendor", "version": "1.0.0"})");
    write("vendor/all.json", kVendor);
  }
  void TearDown() override { fs::remove_all(root_); }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  Loaded load(const std::string& text) {
    LoadOptions options;
    options.search_path = {root_.string()};
    return load_memory({{"pack.json", R"({"format": 1, "id": "mine", "version": "1.0.0",
                                          "extends": {"id": "vendor", "version": ">=1 <2"}})"},
                        {"mine.json", text}},
                       options);
  }
  fs::path root_;
};

std::vector<std::string> texts(const std::vector<PatternSource>& patterns) {
  std::vector<std::string> out;
  for (const PatternSource& pattern : patterns) out.push_back(pattern.text);
  return out;
}
using Texts = std::vector<std::string>;

TEST_F(Overlay, WithoutContentIsTheVendorsPack) {
  const Loaded loaded = load("{}");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.codes(), "");
  EXPECT_EQ(loaded.pack.manifest.id, "mine");
  EXPECT_EQ(loaded.pack.intents.size(), 5u);
  EXPECT_EQ(loaded.pack.find_intent("hello")->place.file, "vendor/all.json");
}

TEST_F(Overlay, FieldsReplaceAndTheRestStays) {
  const Loaded loaded =
      load(R"({"intents": [{"id": "bargain", "title": "讲价", "patterns": ["打折"]}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  const IntentSource& intent = *loaded.pack.find_intent("bargain");
  EXPECT_EQ(intent.title, "讲价");
  EXPECT_EQ(intent.priority, 5);
  EXPECT_EQ(intent.policy, Policy::kSuggest);
  EXPECT_EQ(texts(intent.patterns), Texts{"打折"});
  EXPECT_EQ(intent.examples.size(), 1u);
  EXPECT_EQ(intent.replies.size(), 3u);
  EXPECT_EQ(&intent, &loaded.pack.intents[0]);  // keeps its place in the order
}

TEST_F(Overlay, PlusAppends) {
  const Loaded loaded =
      load(R"({"intents": [{"id": "bargain", "patterns+": ["打折"], "examples+": ["少一点"],
      "techniques+": ["either_or"], "replies+": [{"variants": ["有券可以领"]}, "hold"]}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  const IntentSource& intent = *loaded.pack.find_intent("bargain");
  EXPECT_EQ(texts(intent.patterns), (Texts{"<便宜>点", "{金额:出价}卖吗", "打折"}));
  EXPECT_EQ(intent.examples.size(), 2u);
  EXPECT_EQ(intent.techniques.size(), 2u);
  EXPECT_EQ(intent.replies, (Texts{"budget", "bargain#1", "own", "bargain#2", "hold"}));
  EXPECT_EQ(intent.reply_places.size(), intent.replies.size());
}

TEST_F(Overlay, ReplacedListsTakeTheirOwnRepliesAlong) {
  const Loaded loaded =
      load(R"({"intents": [{"id": "bargain", "replies": [{"variants": ["新的"]}]}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.pack.find_intent("bargain")->replies, Texts{"bargain#1"});
  EXPECT_EQ(loaded.pack.find_reply("bargain#1")->variants[0].text, "新的");
  size_t count = 0;
  for (const ReplySource& reply : loaded.pack.replies) count += reply.id == "bargain#1";
  EXPECT_EQ(count, 1u);
}

TEST_F(Overlay, TheVoiceIsLaidOverWhatIsInherited) {
  const Loaded loaded = load(R"({"settings": {"voice": {"tone": "formal"}},
      "replies": [{"id": "own", "variants": ["我去申请看看哦"]}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.pack.find_reply("own")->variants[0].text, "我去申请看看。");
  EXPECT_EQ(loaded.pack.find_reply("hold")->variants[0].text, "请稍等。");
  EXPECT_EQ(loaded.pack.find_reply("bargain#1")->variants[0].text, "看看活动。");
}

TEST_F(Overlay, RepliesAndTechniquesChangeById) {
  const Loaded loaded = load(R"({"replies": [{"id": "own", "variants": ["我去申请看看"]}],
      "techniques": [{"id": "show", "when": {"has": "推荐一"}}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.pack.find_reply("own")->variants[0].text, "我去申请看看");
  EXPECT_EQ(loaded.pack.find_reply("show")->technique, Technique::kRecommend);
  EXPECT_EQ(loaded.pack.find_reply("show")->why, "拿不定主意");
  EXPECT_FALSE(loaded.pack.find_reply("show")->when.always());
}

TEST_F(Overlay, MannersAreAppendedAndChangedById) {
  const Loaded loaded = load(R"({"intents": [{"id": "bargain", "manners+": ["yield"]}],
      "manners": [{"id": "m", "manner": "yield", "why": "让", "variants": ["不急的"]}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.pack.find_intent("bargain")->manners, std::vector<Technique>{Technique::kYield});
  EXPECT_EQ(load(R"({"manners": [{"id": "show", "why": "换一种"}]})").codes(), "duplicate-id");
}

TEST_F(Overlay, DisabledRemovesAndSoDoReferences) {
  const Loaded loaded = load(R"({"intents": [{"id": "hello", "disabled": true}],
      "replies": [{"id": "own", "disabled": true}], "techniques": [{"id": "show", "disabled": true}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.pack.find_intent("hello"), nullptr);
  EXPECT_EQ(texts(loaded.pack.find_intent("again")->patterns), Texts{"在吗"});
  EXPECT_TRUE(loaded.pack.tests.empty());
  EXPECT_EQ(loaded.pack.find_reply("own"), nullptr);
  EXPECT_EQ(loaded.pack.find_reply("show"), nullptr);
  EXPECT_EQ(loaded.pack.find_intent("bargain")->replies, (Texts{"budget", "bargain#1"}));
}

TEST_F(Overlay, DisablingTheLastReplyIsSeen) {
  const Loaded loaded = load(R"({"replies": [{"id": "budget", "disabled": true}]})");
  EXPECT_FALSE(loaded.ok);
  EXPECT_EQ(loaded.find("no-unconditional-reply")->place.file, "vendor/all.json");
}

TEST_F(Overlay, LexiconAndEntitiesReplaceOrAppend) {
  const Loaded loaded = load(R"({"lexicon": {"便宜+": ["实惠"], "贵": ["太贵"], "新": ["新款"]},
      "entities": [{"kind": "口味", "values": {"甜": ["甜"], "辣": ["辣"]}}], "protect": ["灿烂"],
      "facts": [{"name": "洗涤", "path": "product.washing", "type": "text"}],
      "compliance": [{"rule": "absolute-term", "words": ["第一"], "advice": "改"}],
      "tests": [{"message": "投诉", "intent": "report"}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  const Pack& pack = loaded.pack;
  ASSERT_EQ(pack.concepts.size(), 3u);
  EXPECT_EQ(pack.concepts[0].words, (Texts{"便宜", "实惠"}));
  EXPECT_EQ(pack.concepts[1].words, Texts{"太贵"});
  EXPECT_EQ(pack.entities[0].values.size(), 2u);
  EXPECT_EQ(pack.protected_words, (Texts{"评价", "灿烂"}));
  EXPECT_EQ(pack.facts.size(), 2u);
  EXPECT_EQ(pack.compliance.size(), 2u);
  EXPECT_EQ(pack.tests.size(), 2u);
}

TEST_F(Overlay, ValuesAppend) {
  const Loaded loaded = load(R"({"entities": [
      {"kind": "口味", "values+": {"原味": ["本味"], "辣": ["辣", "香辣"]}}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  const EntitySource& taste = loaded.pack.entities[0];
  ASSERT_EQ(taste.values.size(), 2u);
  EXPECT_EQ(taste.values[0].words, (Texts{"原味", "本味"}));
  EXPECT_EQ(taste.values[1].words, (Texts{"辣", "香辣"}));
  EXPECT_NE(load(R"({"entities": [{"kind": "器型", "values+": {"壶": ["壶"]}}]})")
                .find("append-without-base"),
            nullptr);
  EXPECT_NE(
      load(
          R"({"entities": [{"kind": "口味", "values": {"甜": ["甜"]}, "values+": {"辣": ["辣"]}}]})")
          .find("conflicting-keys"),
      nullptr);
}

TEST_F(Overlay, NotReplacesOrAppendsApartFromValues) {
  const auto words_of = [](const EntitySource& entity, bool hidden) {
    Texts words;
    for (const EntityValue& value : entity.values) {
      if (value.value.empty() == hidden)
        words.insert(words.end(), value.words.begin(), value.words.end());
    }
    return words;
  };
  const Loaded added = load(R"({"entities": [{"kind": "口味", "not": ["原味坊"]},
      {"kind": "数量", "not": ["三只松鼠"]}]})");
  ASSERT_TRUE(added.ok) << added.codes();
  EXPECT_EQ(words_of(added.pack.entities[0], false), Texts{"原味"});
  EXPECT_EQ(words_of(added.pack.entities[0], true), Texts{"原味坊"});
  EXPECT_EQ(words_of(added.pack.entities[1], true), Texts{"三只松鼠"});
  const Loaded more =
      load(R"({"entities": [{"kind": "口味", "values": {"甜": ["甜"]}, "not+": ["甜甜圈"]}]})");
  ASSERT_TRUE(more.ok) << more.codes();
  EXPECT_EQ(words_of(more.pack.entities[0], true), Texts{"甜甜圈"});
  EXPECT_NE(
      load(R"({"entities": [{"kind": "数量", "not+": ["三只松鼠"]}]})").find("append-without-base"),
      nullptr);
  EXPECT_NE(load(R"({"entities": [{"kind": "口味", "not": ["a"], "not+": ["b"]}]})")
                .find("conflicting-keys"),
            nullptr);
  EXPECT_NE(load(R"({"entities": [{"kind": "器型"}]})").find("missing-key"), nullptr);
  EXPECT_NE(load(R"({"entities": [{"kind": "器型", "not": ["壶"]}]})").find("missing-key"),
            nullptr);
}

TEST_F(Overlay, SettingsReplaceOneByOne) {
  const Loaded loaded = load(R"({"settings": {"push_budget": 1}})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.pack.settings.push_budget, 1u);
  EXPECT_EQ(loaded.pack.settings.max_intents, 3u);
  EXPECT_EQ(loaded.pack.settings.holding, Texts{"hold"});
}

TEST_F(Overlay, PoliciesFollowObjections) {
  const Loaded loaded = load("{}");
  EXPECT_EQ(loaded.pack.find_intent("report")->policy, Policy::kHandoff);
  EXPECT_EQ(loaded.pack.find_intent("thin")->policy, Policy::kSuggest);
}

TEST_F(Overlay, PoliciesTighten) {
  const Loaded loaded = load(
      R"({"intents": [{"id": "bargain", "policy": "handoff"}, {"id": "thin", "policy": "handoff"}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.pack.find_intent("bargain")->policy, Policy::kHandoff);
  EXPECT_EQ(loaded.pack.find_intent("thin")->policy, Policy::kHandoff);
}

TEST_F(Overlay, PoliciesNeverLoosen) {
  for (const char* change :
       {R"({"id": "bargain", "policy": "auto"})", R"({"id": "thin", "policy": "auto"})",
        R"({"id": "report", "objection": "doubt", "policy": "suggest"})"}) {
    EXPECT_EQ(load(R"({"intents": [)" + std::string(change) + "]}").codes(), "policy-loosened")
        << change;
  }
}

TEST_F(Overlay, ChangingTheObjectionDoesNotLoosenEither) {
  const Loaded loaded = load(R"({"intents": [{"id": "report", "objection": "doubt"}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.pack.find_intent("report")->policy, Policy::kHandoff);
}

TEST_F(Overlay, ProblemsNameTheFileOfTheirLevel) {
  write("vendor/more.json", R"({"lexicon": {"断": ["<没有>"]}})");
  const Loaded loaded = load(R"({"lexicon": {"也断": ["<没有>"]}})");
  ASSERT_EQ(loaded.diagnostics.list().size(), 2u);
  EXPECT_EQ(loaded.diagnostics.list()[0].place.file, "mine.json");
  EXPECT_EQ(loaded.diagnostics.list()[1].place.file, "vendor/more.json");
}

TEST_F(Overlay, ABrokenAncestorIsReportedOnce) {
  write("vendor/more.json", "{");
  EXPECT_EQ(load(R"({"intents": [{"id": "hello", "replies+": ["budget"]}]})")
                .find("json-unfinished")
                ->place.file,
            "vendor/more.json");
}

TEST_F(Overlay, ChangesCuesAndCases) {
  write("vendor/buyer.json", R"({"buyer": [
      {"id": "cross", "emotion": "angry", "points": 0.7, "phrases": ["气死"], "intents": ["report"]},
      {"id": "thanks", "emotion": "calm", "phrases": ["谢谢"]}],
    "case": {"next_step": "接着办", "facts": ["订单号"], "names": {"angry": "生气"},
             "known_by": [{"words": "订单号", "from": "订单号"}]}})");
  const Loaded loaded = load(R"({"buyer": [
      {"id": "cross", "phrases+": ["火大"], "intents+": ["thin"]}, {"id": "thanks", "disabled": true},
      {"id": "mine", "type": "warm", "phrases": ["哈哈"]}],
    "case": {"facts+": ["订单金额"], "names": {"angry": "火大"}, "known_by+": [{"words": "照片", "from": "@hello"}]},
    "intents": [{"id": "bargain", "next_step": "先问预算", "actions": [{"action": "coupon"}]}]})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  ASSERT_EQ(loaded.pack.cues.size(), 2u);
  const CueSource& cross = loaded.pack.cues[0];
  EXPECT_EQ(cross.patterns.size(), 2u);
  EXPECT_EQ(cross.intents.size(), 2u);
  EXPECT_EQ(cross.points, 0.7);
  EXPECT_EQ(cross.shows, CueSource::Shows::kEmotion);
  EXPECT_EQ(loaded.pack.cues[1].id, "mine");
  const CaseSource& record = loaded.pack.case_record;
  EXPECT_EQ(record.next_step, "接着办");
  EXPECT_EQ(record.facts.size(), 2u);
  ASSERT_EQ(record.names.size(), 1u);
  EXPECT_EQ(record.names[0].second, "火大");
  EXPECT_EQ(record.known_by.size(), 2u);
  EXPECT_EQ(loaded.pack.find_intent("bargain")->next_step, "先问预算");
}

}  // namespace
}  // namespace xiaoer::rules
