#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "rules/loader.hpp"
#include "rules_fixture.hpp"

namespace xiaoer::rules {
namespace {

namespace fs = std::filesystem;

TEST(Loader, ReadsEverySectionIntoThePack) {
  const Loaded loaded = load_text(R"({
    "$schema": "x",
    "lexicon": {"便宜": ["便宜", "优惠"], "贵": "太贵"},
    "protect": ["评价"],
    "typos": {"包邮": ["包油", "包由"], "优惠券": "yhq"},
    "entities": [{"kind": "口味", "values": {"原味": ["原味", "没味道"]}}],
    "facts": [{"name": "尺码表", "path": "product.size_chart", "type": "list"}],
    "intents": [{
      "id": "bargain.discount", "title": "砍价", "stage": "objection", "policy": "suggest", "route": "finance",
      "intercept": true, "pinned": true, "priority": -3,
      "patterns": ["<便宜>点", {"re": "[0-9]+折", "kind": "end"},
                   {"phrase": "少{金额:出价}", "kind": "whole", "max_len": 12, "not": ["不少", "别"], "inside_ok": true,
                    "after": "bargain.discount"}],
      "examples": ["可以少点吗"], "tests": {"hit": ["便宜点吧"], "miss": ["好评价"]},
      "replies": ["ask", {"variants": ["好的"]}], "techniques": ["either_or", "recommend"], "needs": ["想要几件"]
    }],
    "replies": [{"id": "ask", "variants": ["您的预算是{{出价|多少}}", "好"]}],
    "techniques": [{"id": "choose", "technique": "either_or", "why": "买家拿不定主意", "variants": ["{{选项一}}还是{{选项二}}"]}],
    "compliance": [{"rule": "absolute-term", "words": "最好", "except": ["最好在"], "advice": "改"}],
    "settings": {"auto_threshold": 0.9, "suggest_threshold": 0.1, "max_intents": 4, "max_replies": 3, "max_techniques": 0,
                 "push_budget": 1, "utc_offset": "-05:30", "tolerance": false, "fallback": ["ask"], "holding": "ask"},
    "tests": [{"message": "便宜点", "intent": "bargain.discount", "decision": "suggest"}, {"message": "？", "intent": ""}]
  })");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.codes(), "");
  const Pack& pack = loaded.pack;
  EXPECT_EQ(pack.manifest.id, "test");
  ASSERT_EQ(pack.concepts.size(), 2u);
  EXPECT_EQ(pack.concepts[1].words, std::vector<std::string>{"太贵"});
  ASSERT_EQ(pack.typos.size(), 2u);
  EXPECT_EQ(pack.typos[0].right, "包邮");
  EXPECT_EQ(pack.typos[0].wrong, (std::vector<std::string>{"包油", "包由"}));
  EXPECT_EQ(pack.typos[1].wrong, std::vector<std::string>{"yhq"});
  EXPECT_FALSE(pack.settings.tolerance);
  EXPECT_EQ(pack.settings.utc_offset_minutes, -330);
  EXPECT_EQ(pack.entities[0].values[0].words.size(), 2u);
  EXPECT_EQ(pack.fact_type(pack.find_fact("尺码表")), FactType::kTextList);
  EXPECT_EQ(pack.fact_path(pack.find_fact("product.size_chart")), "product.size_chart");
  const IntentSource& intent = *pack.find_intent("bargain.discount");
  EXPECT_EQ(intent.stage, Stage::kObjection);
  EXPECT_EQ(intent.policy, Policy::kSuggest);
  EXPECT_EQ(intent.route, Route::kFinance);
  EXPECT_TRUE(intent.intercept && intent.pinned);
  EXPECT_EQ(intent.priority, -3);
  ASSERT_EQ(intent.patterns.size(), 3u);
  EXPECT_TRUE(intent.patterns[1].is_regex);
  EXPECT_EQ(intent.patterns[1].kind, MatchKind::kEnd);
  EXPECT_EQ(intent.patterns[2].max_len, 12u);
  EXPECT_EQ(intent.patterns[2].within, 2u);
  EXPECT_EQ(intent.patterns[2].nots.size(), 2u);
  EXPECT_EQ(intent.replies, (std::vector<std::string>{"ask", "bargain.discount#1"}));
  EXPECT_EQ(intent.techniques[1], Technique::kRecommend);
  EXPECT_EQ(pack.find_reply("choose")->technique, Technique::kEitherOr);
  EXPECT_EQ(pack.settings.max_techniques, 0u);
  EXPECT_EQ(pack.settings.holding, std::vector<std::string>{"ask"});
  EXPECT_EQ(pack.tests.size(), 2u);
  EXPECT_EQ(pack.find_intent("x"), nullptr);
  EXPECT_EQ(pack.find_reply("x"), nullptr);
}

TEST(Loader, ReadsConditions) {
  const Loaded loaded = load_variants("\"好\"", R"({
    "order_state": ["paid", "shipped"], "stage": "closing", "has": "库存", "lacks": ["原价"],
    "facts": {"库存": {"gte": 1, "lt": {"fact": "紧缺线"}}, "会员等级": {"ne": "老客"}, "运费险": {"eq": true}},
    "hours": "22:00-06:00", "shop_open": false, "weekday": [1, 7], "late": true, "other_goods": false,
    "from": "2026-11-11T00:00:00+08:00", "to": "2026-11-12T00:00Z",
    "buyer_tier": "老客", "item": ["1", "2"], "after": "a", "times": {"min": 2}})");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  const Condition& when = loaded.pack.find_reply("a#2")->when;
  EXPECT_FALSE(when.always());
  EXPECT_EQ(when.order_states, (1u << 2) | (1u << 3));
  EXPECT_EQ(when.stages, 1u << static_cast<unsigned>(Stage::kClosing));
  EXPECT_EQ(when.weekdays, (1u << 1) | (1u << 7));
  ASSERT_EQ(when.facts.size(), 6u);
  EXPECT_EQ(when.facts[0].compare, Compare::kPresent);
  EXPECT_EQ(when.facts[1].compare, Compare::kAbsent);
  EXPECT_EQ(when.facts[2].number, Decimal::of(1));
  EXPECT_EQ(when.facts[3].other, find_fact("紧缺线"));
  EXPECT_EQ(when.facts[4].text, "老客");
  EXPECT_EQ(when.facts[5].text, "true");
  EXPECT_EQ(when.hours_from, 22 * 60);
  EXPECT_EQ(when.hours_to, 6 * 60);
  EXPECT_EQ(when.shop_open, false);
  EXPECT_EQ(when.late, true);
  EXPECT_EQ(when.other_goods, false);
  EXPECT_EQ(when.valid_from, 1794326400);
  EXPECT_EQ(when.valid_to, 1794441600);
  EXPECT_EQ(when.after, std::vector<std::string>{"a"});
  EXPECT_EQ(when.times_min, 2u);
  EXPECT_EQ(when.times_max, 0u);
  EXPECT_TRUE(loaded.pack.find_reply("a#1")->when.always());
}

TEST(Loader, JoinsFilesInTheOrderOfTheirNames) {
  const Loaded loaded = load_memory({
      {"z.json", R"({"intents": [{"id": "last", "patterns": ["丙"], "replies": ["r"]}]})"},
      {"pack.json", plain_manifest()},
      {"b/c.json", R"({"intents": [{"id": "middle", "patterns": ["乙"], "replies": ["r"]}]})"},
      {"a.json", R"(// shared
         {"replies": [{"id": "r", "variants": "好的"}], "intents": [{"id": "first", "patterns": ["甲"], "replies": ["r"]}]})"},
      {"readme.md", "not JSON, and none of our business"},
  });
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  ASSERT_EQ(loaded.pack.intents.size(), 3u);
  EXPECT_EQ(loaded.pack.intents[0].id, "first");
  EXPECT_EQ(loaded.pack.intents[1].id, "middle");
  EXPECT_EQ(loaded.pack.intents[1].place.file, "b/c.json");
  EXPECT_EQ(loaded.pack.intents[2].id, "last");
}

TEST(Loader, FactsMayBeDeclaredBehindTheirUse) {
  const Loaded loaded = load_memory({
      {"pack.json", plain_manifest()},
      {"a.json", R"({"intents": [{"id": "a", "patterns": ["尺码"], "replies": [{"variants": ["好"]},
          {"when": {"has": "尺码表"}, "variants": ["{{尺码表}}"]}]}]})"},
      {"z.json",
       R"({"facts": [{"name": "尺码表", "path": "product.size_chart", "type": "text"}]})"},
  });
  EXPECT_TRUE(loaded.ok) << loaded.codes();
}

TEST(Loader, AFailedLoadLeavesNothing) {
  const Loaded loaded = load_text(R"({"intents": [{"id": "a", "patterns": ["甲"]}]})");
  EXPECT_FALSE(loaded.ok);
  EXPECT_TRUE(loaded.pack.intents.empty());
  EXPECT_TRUE(loaded.pack.manifest.id.empty());
  EXPECT_EQ(loaded.codes(), "no-unconditional-reply");
}

TEST(Loader, BrokenFilesDoNotMakeInnocentNamesUnknown) {
  const Loaded loaded = load_memory({
      {"pack.json", plain_manifest()},
      {"a.json", R"({"intents": [{"id": "a", "patterns": ["<便宜>"], "replies": ["r"]}]})"},
      {"b.json", R"({"lexicon": {"便宜": ["便宜"]}, "replies": [)"},
  });
  EXPECT_EQ(loaded.codes(), "json-unfinished");
}

TEST(Loader, RefusesNamesThatLeadOutOfThePack) {
  for (const char* name :
       {"../a.json", "/a.json", "a/../b.json", "a\\b.json", "", "a//b.json", "./a.json"}) {
    const Loaded loaded = load_memory({{"pack.json", plain_manifest()}, {name, "{}"}});
    EXPECT_FALSE(loaded.ok) << name;
    EXPECT_EQ(loaded.codes(), "bad-file-name") << name;
  }
  EXPECT_EQ(
      load_memory({{"pack.json", plain_manifest()}, {"a.json", "{}"}, {"a.json", "{}"}}).codes(),
      "bad-file-name");
}

TEST(Loader, TheFolderOfAllPacksIsNoPack) {
  const std::string manifest = R"({"format": 1, "id": "x", "version": "1.0.0"})";
  const auto loaded = load_memory({{"a.json", "{"}, {"shops/mine/pack.json", manifest}});
  EXPECT_EQ(loaded.codes(), "manifest-deeper");
  EXPECT_NE(to_text(loaded.diagnostics.list()[0], Language::kEnglish).find("shops/mine/"),
            std::string::npos);
}

TEST(Loader, NoFilesMeansNoManifest) { EXPECT_EQ(load_memory({}).codes(), "no-manifest"); }

TEST(Loader, KeepsItsLimits) {
  const std::string text = R"({"lexicon": {"甲": ["一", "二"]}, "intents": [
      {"id": "a", "patterns": ["乙", "丙"], "replies": ["r"]}, {"id": "b", "patterns": ["丁"], "replies": ["r"]}],
      "replies": [{"id": "r", "variants": ["好的"]}]})";
  ASSERT_TRUE(load_text(text).ok);
  LoadOptions options;
  options.max_files = 1;
  EXPECT_EQ(load_text(text, options).codes(), "limit-files");
  options = {};
  options.max_bytes = 200;
  EXPECT_EQ(load_text(text, options).codes(), "limit-bytes");
  options = {};
  options.max_intents = 1;
  EXPECT_EQ(load_text(text, options).find("limit-intents")->place.line, 2u);
  options.max_intents = 2;
  EXPECT_TRUE(load_text(text, options).ok);
  options = {};
  options.max_phrases = 4;
  EXPECT_NE(load_text(text, options).find("limit-phrases"), nullptr);
  options.max_phrases = 5;
  EXPECT_TRUE(load_text(text, options).ok);
  options = {};
  options.max_expansions = 1;
  EXPECT_EQ(load_text(text, options).codes(), "limit-expansions");
}

TEST(Loader, LimitsDeclaredFactsAndKinds) {
  std::string facts, kinds;
  for (int i = 0; i < 1001; ++i) {
    const std::string n = std::to_string(i);
    facts += (i > 0 ? "," : "") + std::string(R"({"name": "f)") + n + R"(", "path": "x.f)" + n +
             R"(", "type": "text"})";
    if (static_cast<size_t>(i) <= kMaxKinds - kBuiltInKinds) {
      kinds +=
          (i > 0 ? "," : "") + std::string(R"({"kind": "k)") + n + R"(", "values": {"甲": "甲"}})";
    }
  }
  EXPECT_EQ(load_text("{\"facts\": [" + facts + "]}").codes(), "limit-facts");
  EXPECT_EQ(load_text("{\"entities\": [" + kinds + "]}").codes(), "limit-kinds");
}

TEST(Loader, WordsHaveALimit) {
  std::string word;
  for (int i = 0; i < 65; ++i) word += i % 2 == 0 ? "甲" : "乙";
  EXPECT_EQ(load_text("{\"protect\": [\"" + word + "\"]}").codes(), "word-too-long");
}

TEST(Loader, TemplatesHaveALimit) {
  std::string text;
  for (int i = 0; i < 700; ++i) text += "甲乙";
  EXPECT_EQ(load_variants("\"" + text + "\"").codes(), "template-too-long");
}

class FolderTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ =
        fs::path(testing::TempDir()) /
        (std::string("xiaoer_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  Loaded load(const std::string& name, const LoadOptions& options = {}) {
    Loaded loaded;
    loaded.ok = load_folder((root_ / name).string(), options, &loaded.pack, &loaded.diagnostics);
    return loaded;
  }
  fs::path root_;
};

TEST_F(FolderTest, ReadsSubfoldersAndLinksButNotHiddenFiles) {
  write("p/pack.json", plain_manifest());
  write("p/.editor/settings.json", "not JSON");
  write("p/.hidden.json", "not JSON");
  write("p/notes.txt", "not JSON");
  write("p/deep/er/a.json", R"({"protect": ["评价"]})");
  write("elsewhere/b.json", R"({"protect": ["灿烂"]})");
  fs::create_symlink(root_ / "elsewhere" / "b.json", root_ / "p" / "link.json");
  fs::create_directory_symlink(root_ / "p", root_ / "p" / "deep" / "loop");
  const Loaded loaded = load("p");
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.pack.protected_words, (std::vector<std::string>{"评价", "灿烂"}));
}

TEST_F(FolderTest, SaysWhenThereIsNoFolder) {
  EXPECT_EQ(load("nowhere").codes(), "no-such-folder");
  write("file", "x");
  EXPECT_EQ(load("file").codes(), "not-a-folder");
  fs::create_directory(root_ / "empty");
  EXPECT_EQ(load("empty").codes(), "no-manifest");
}

TEST_F(FolderTest, DeadLinksAreReported) {
  write("p/pack.json", plain_manifest());
  fs::create_symlink(root_ / "gone.json", root_ / "p" / "dead.json");
  EXPECT_EQ(load("p").codes(), "cannot-read");
}

TEST_F(FolderTest, LooksForAncestorsOnTheSearchPathFirstThenBesideThePack) {
  const auto vendor = [](const char* word) {
    return std::string(R"({"protect": [")") + word + "\"]}";
  };
  const char* manifest = R"({"format": 1, "id": "vendor", "version": "1.2.0"})";
  write("vendor/pack.json", manifest);
  write("vendor/a.json", vendor("旁边"));
  write("path/vendor/pack.json", manifest);
  write("path/vendor/a.json", vendor("路径"));
  write("mine/pack.json", R"({"format": 1, "id": "mine", "version": "1.0.0",
        "extends": {"id": "vendor", "version": ">=1.2 <2"}})");
  EXPECT_EQ(load("mine").pack.protected_words, std::vector<std::string>{"旁边"});
  LoadOptions options;
  options.search_path = {(root_ / "path").string()};
  EXPECT_EQ(load("mine", options).pack.protected_words, std::vector<std::string>{"路径"});
  Loaded memory;
  memory.ok = load_files({{"pack.json", R"({"format": 1, "id": "m", "version": "1.0.0",
        "extends": {"id": "vendor", "version": "=1.2"}})"}},
                         options, &memory.pack, &memory.diagnostics);
  EXPECT_TRUE(memory.ok) << memory.codes();
}

TEST_F(FolderTest, ChainsOfOverlaysAreLimited) {
  write("p0/pack.json", R"({"format": 1, "id": "p0", "version": "1.0.0"})");
  for (int i = 1; i <= 9; ++i) {
    const std::string id = "p" + std::to_string(i);
    write(id + "/pack.json", R"({"format": 1, "id": ")" + id +
                                 R"(", "version": "1.0.0", "extends": {"id": "p)" +
                                 std::to_string(i - 1) + R"(", "version": "=1"}})");
  }
  EXPECT_TRUE(load("p8").ok);
  EXPECT_EQ(load("p9").codes(), "extends-too-long");
}

}  // namespace
}  // namespace xiaoer::rules
