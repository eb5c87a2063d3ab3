// What `xiaoer check` warns of beyond loading: each lint with a pack that shows it and one that
// does not.

#include "e2e/fixture.hpp"
#include "text/utf8.hpp"

namespace xiaoer::test {
namespace {

constexpr const char* kManifest = R"({"format": 1, "id": "test", "version": "1.0.0"})";

struct Checked {
  Diagnostics diagnostics;
  bool ok = false;

  size_t count(std::string_view code) const {
    size_t count = 0;
    for (const Diagnostic& each : diagnostics.list()) count += each.code == code;
    return count;
  }
  const Diagnostic* find(std::string_view code) const {
    for (const Diagnostic& each : diagnostics.list()) {
      if (each.code == code) return &each;
    }
    return nullptr;
  }
};

Checked check(const std::string& body, bool lint = true) {
  Checked checked;
  CompileOptions options;
  options.load.lint = lint;
  const std::vector<rules::PackFile> files = {{"pack.json", kManifest},
                                              {"all.json", "{" + body + "}"}};
  checked.ok = Ruleset::from_files(files, options, &checked.diagnostics) != nullptr;
  EXPECT_TRUE(checked.ok) << shown(checked.diagnostics);
  return checked;
}

// One intent with these patterns.
Checked check_patterns(const std::string& patterns, const std::string& more = "") {
  return check(R"("intents": [{"id": "a", "patterns": [)" + patterns +
               R"(], "replies": [{"variants": ["好的"]}]}])" + more);
}

Checked check_variant(const std::string& variant) {
  return check(R"("intents": [{"id": "a", "patterns": ["发货"], "replies": [{"variants": [")" +
               variant + R"("]}]}])");
}

TEST(Lint, IsSilentUnlessAskedFor) {
  const std::string body =
      R"("intents": [{"id": "a", "patterns": ["发货"], "replies": [{"variants": ["自己看😊😊😊"]}]}])";
  EXPECT_EQ(check(body, false).diagnostics.warning_count(), 0u);
  EXPECT_GT(check(body, true).diagnostics.warning_count(), 0u);
}

TEST(Lint, ExamplesThatAnotherIntentAnswers) {
  const std::string intents = R"("intents": [
    {"id": "ship", "patterns": ["能发货吗"], "examples": ["什么时候发货", "现在能发货不"], "replies": [{"variants": ["好的"]}]},
    {"id": "stock", "patterns": ["有货"], "examples": ["有货吗", ")";
  const std::string end = R"("], "replies": [{"variants": ["好的"]}]}])";
  const Checked stray = check(intents + "能发货吗现在" + end);
  ASSERT_EQ(stray.count("example-answered-elsewhere"), 1u);
  const Diagnostic& found = *stray.find("example-answered-elsewhere");
  EXPECT_EQ(found.rule_id, "stock");
  EXPECT_EQ(found.place.file, "all.json");
  EXPECT_EQ(found.place.line, 3u);
  EXPECT_NE(message_of(found, Language::kEnglish).find("能发货吗现在 → ship"), std::string::npos);
  EXPECT_EQ(check(intents + "还有货没" + end).count("example-answered-elsewhere"), 0u);
  // One among four may lie on the border.
  EXPECT_EQ(check(intents + R"(能发货吗现在", "还有货没", "有货的话告诉我)" + end)
                .count("example-answered-elsewhere"),
            0u);
}

TEST(Lint, PhrasesThatAnotherCovers) {
  const Checked covered = check_patterns(R"("便宜点", "[再](便宜|优惠)点")");
  ASSERT_EQ(covered.count("covered-phrase"), 1u);
  EXPECT_EQ(covered.find("covered-phrase")->args[0], "便宜点");
  // A longer phrase says more, so it is of use beside a shorter one.
  EXPECT_EQ(check_patterns(R"("便宜", "便宜点")").count("covered-phrase"), 0u);
  // Other conditions, another kind, a regex, a slot: not the same.
  EXPECT_EQ(check_patterns(R"({"phrase": "便宜点", "max_len": 8}, "(便宜|优惠)点")")
                .count("covered-phrase"),
            0u);
  EXPECT_EQ(check_patterns(R"({"phrase": "便宜点", "kind": "whole"}, "(便宜|优惠)点")")
                .count("covered-phrase"),
            0u);
  EXPECT_EQ(check_patterns(R"({"re": "便宜点"}, "(便宜|优惠)点")").count("covered-phrase"), 0u);
  EXPECT_EQ(check_patterns(R"("{金额}卖吗", "(便宜|优惠)点")").count("covered-phrase"), 0u);
}

TEST(Lint, ConceptsCoverTheirWords) {
  EXPECT_EQ(check_patterns(R"("优惠点", "<便宜>点")", R"(, "lexicon": {"便宜": ["便宜", "优惠"]})")
                .count("covered-phrase"),
            1u);
  EXPECT_EQ(check_patterns(R"("实惠点", "<便宜>点")", R"(, "lexicon": {"便宜": ["便宜", "优惠"]})")
                .count("covered-phrase"),
            0u);
}

TEST(Lint, PhrasesThatDoNotMatchTheirOwnWords) {
  const std::string lexicon = R"(, "lexicon": {"货": ["货", "东西"]})";
  const auto found = [&](const std::string& pattern) {
    return check_patterns(pattern + R"(, "发货")", lexicon).count("unmatched-phrase");
  };
  EXPECT_EQ(found(R"({"phrase": "退货", "not": ["<货>"]})"), 1u);
  EXPECT_EQ(found(R"x({"phrase": "退(货|款)", "not": ["<货>"]})x"), 0u);
  EXPECT_EQ(found(R"({"phrase": "退款", "not": ["<货>"]})"), 0u);
  EXPECT_EQ(found(R"({"phrase": "退+货", "not": ["<货>"]})"), 0u);  // of parts nothing is said
}

TEST(Lint, RepliesThatAreNeverReached) {
  const auto holding = [](const std::string& when, const std::string& first = "请稍等") {
    return check(R"("settings": {"holding": ["one", "two"]}, "replies": [
        {"id": "one", "variants": [")" +
                 first + R"("]}, {"id": "two")" + when + R"(, "variants": ["请等等"]}])")
        .count("unreached-reply");
  };
  EXPECT_EQ(holding(""), 1u);
  EXPECT_EQ(holding(R"(, "when": {"has": "售后时间"})"), 0u);  // conditions go first
  EXPECT_EQ(holding("", "{{昵称}},请稍等"), 0u);               // one may be out of the running
  const auto listed = [](const std::string& ids) {
    return check(
               R"("settings": {"max_replies": 2}, "intents": [{"id": "a", "patterns": ["发货"], "replies": [)" +
               ids +
               R"(]}], "replies": [{"id": "x", "variants": ["甲"]}, {"id": "y", "variants": ["乙"]},
                 {"id": "z", "variants": ["丙"]}])")
        .count("unreached-reply");
  };
  EXPECT_EQ(listed(R"("x", "y", "x")"), 1u);
  EXPECT_EQ(listed(R"("x", "y", "z")"), 1u);
  EXPECT_EQ(listed(R"("x", "y")"), 0u);
}

TEST(Lint, WordingsOfTechniquesThatNoIntentLists) {
  const auto found = [](const std::string& listed) {
    return check(
               R"("techniques": [{"id": "t", "technique": "recommend", "why": "想听建议", "variants": ["看看这款"]}],
        "intents": [{"id": "a", "patterns": ["发货"], "techniques": [)" +
               listed + R"(], "replies": [{"variants": ["好的"]}]}])")
        .count("unreached-reply");
  };
  EXPECT_EQ(found(""), 1u);
  EXPECT_EQ(found(R"("scarcity")"), 1u);
  EXPECT_EQ(found(R"("recommend")"), 0u);
}

TEST(Lint, Wording) {
  const auto codes = [](const std::string& variant) {
    const Checked checked = check_variant(variant);
    std::string all;
    for (const Diagnostic& each : checked.diagnostics.list()) {
      if (each.place.pointer.find("variants") == std::string::npos) continue;
      all += (all.empty() ? "" : " ") + each.code;
    }
    return all;
  };
  EXPECT_EQ(codes("好的😊[微笑](^_^)"), "too-many-emoticons");
  EXPECT_EQ(codes("好的😊[微笑]"), "");
  EXPECT_EQ(codes("您自己看详情页"), "impatient-wording");
  EXPECT_EQ(codes("您可以看一下详情页哦"), "");
  EXPECT_EQ(codes("您不是已经问过了吗"), "tone");
  EXPECT_EQ(codes("您是不是已经付款了吗"), "");
  EXPECT_EQ(codes("怎么会有问题呢"), "tone");
  EXPECT_EQ(codes("这样怎么会不好"), "tone");
  EXPECT_EQ(codes("好的！"), "tone");
  EXPECT_EQ(codes("您喜欢黑色还是蓝色呢"), "");
  EXPECT_EQ(codes("不是质量问题,您看可以吗"), "");
  EXPECT_EQ(codes("亲,您好"), "address-outside-convention");
  EXPECT_EQ(codes("好的{{昵称|亲}}"), "address-outside-convention");
  EXPECT_EQ(codes("{{昵称|亲}}您好"), "address-outside-convention");
  EXPECT_EQ(codes("{{昵称|亲}},您好"), "");
  EXPECT_EQ(codes("我亲自看过,送父母亲友都合适"), "");
  std::string sentence;
  for (int i = 0; i < 91; ++i) sentence += i % 2 == 0 ? "看" : "听";
  EXPECT_EQ(codes(sentence), "sentence-too-long");
  EXPECT_EQ(codes(sentence.substr(0, 45 * 3) + "。" + sentence.substr(45 * 3)), "");
}

TEST(Lint, WordingIsPointedAtWithItsColumn) {
  const Checked checked = check_variant("好的,您自己看看");
  const Diagnostic* found = checked.find("impatient-wording");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->place.line, 1u);
  const std::string body =
      R"({"intents": [{"id": "a", "patterns": ["发货"], "replies": [{"variants": [")";
  EXPECT_EQ(found->place.column, text::count(body) + 5);
  EXPECT_EQ(remedy_of(*found, Language::kEnglish), "Reword it so that it offers help");
}

std::string texts(const char* stem, int count) {
  std::string list;
  for (int i = 0; i < count; ++i) {
    list += std::string(i == 0 ? "\"" : ", \"") + stem + static_cast<char>('a' + i) + '"';
  }
  return list;
}

Checked check_tests(int examples, int hits, int misses) {
  return check(
      R"("intents": [{"id": "a", "patterns": ["发货"], "replies": [{"variants": ["好的"]}], "examples": [)" +
      texts("何时发货", examples) + R"(], "tests": {"hit": [)" + texts("快发货", hits) +
      R"(], "miss": [)" + texts("退款", misses) + "]}}]");
}

TEST(Lint, IntentsWantExamplesAndTests) {
  const Checked bare = check_tests(3, 2, 0);
  EXPECT_EQ(bare.count("no-near-miss-tests"), 1u);
  EXPECT_EQ(bare.count("few-hit-tests"), 1u);
  EXPECT_EQ(bare.count("few-examples"), 1u);
  EXPECT_EQ(bare.find("few-examples")->place.line, 1u);
  const Checked rich = check_tests(12, 6, 1);
  EXPECT_EQ(rich.diagnostics.warning_count(), 0u) << shown(rich.diagnostics);
  EXPECT_EQ(check_tests(0, 6, 1).count("few-examples"), 0u);  // phrases alone are enough
}

// What is said of an overlay of a small pack with these sections.
Diagnostics check_overlay(const std::string& sections) {
  CompileOptions options;
  options.load.lint = true;
  options.load.search_path = {XIAOER_TEST_DATA "/packs"};
  rules::Pack pack;
  Diagnostics diagnostics;
  const std::vector<rules::PackFile> files = {
      {"pack.json",
       R"({"format": 1, "id": "shop", "version": "1.0.0", "extends": {"id": "import-base", "version": ">=0"}})"},
      {"shop.json", sections}};
  EXPECT_TRUE(rules::load_files(files, options.load, &pack, &diagnostics)) << shown(diagnostics);
  return diagnostics;
}

// What a vendor's intents lack is not asked of the shop that changes their replies; what the shop
// adds is.
TEST(Lint, OverlaysAnswerForWhatTheyAdd) {
  const auto codes = [](const std::string& sections) {
    const Diagnostics diagnostics = check_overlay(sections);
    std::string all;
    for (const Diagnostic& each : diagnostics.list()) all += each.code + ' ';
    return all;
  };
  EXPECT_EQ(codes(R"({"replies": [{"id": "holding.wait", "variants": ["请您稍等哦"]}]})"), "");
  EXPECT_EQ(codes(R"({"intents": [{"id": "ship.fee.query", "patterns+": ["寄过去要加钱么"]}]})"),
            "");
  EXPECT_EQ(codes(R"({"intents": [{"id": "shop.own", "patterns": ["自家的事"],
                "replies": [{"variants": ["好的😊您说😊我听😊"]}]}]})"),
            "no-near-miss-tests few-hit-tests too-many-emoticons ");
  // Beside a vendor's pack three of each will do.
  EXPECT_EQ(codes(R"({"intents": [{"id": "shop.own", "patterns": ["自家的事"],
                "examples": ["说说自家的事", "自家的事怎么样", "问个自家的事"],
                "tests": {"hit": ["自家的事", "讲讲自家的事", "聊自家的事"], "miss": ["多少钱"]},
                "replies": [{"variants": ["好的"]}]}]})"),
            "");
}

TEST(Lint, OverlaysThatReplaceWhereTheyMeanToAdd) {
  const auto codes = [](const std::string& fields) {
    const Diagnostics diagnostics =
        check_overlay(R"({"intents": [{"id": "ship.fee.query", )" + fields + "}]}");
    std::string all;
    for (const Diagnostic& each : diagnostics.list()) {
      if (each.code == "phrases-replaced") all += each.args[1] + '@' + each.place.pointer + ' ';
    }
    return all;
  };
  EXPECT_EQ(codes(R"("patterns": ["寄过去要加钱么"])"), "patterns@/intents/0/patterns ");
  EXPECT_EQ(codes(R"("examples": ["寄过去要加钱么"], "patterns+": ["寄过去呢"])"),
            "examples@/intents/0/examples ");
  EXPECT_EQ(codes(R"("patterns+": ["寄过去要加钱么"])"), "");
  EXPECT_EQ(codes(R"("patterns": ["寄过去要加钱么"], "examples": ["寄过去呀"])"), "");
  EXPECT_EQ(codes(R"("replies": [{"variants": ["好的"]}])"), "");
}

}  // namespace
}  // namespace xiaoer::test
