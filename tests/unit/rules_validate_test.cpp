// Checks that the corpus in tests/packs/broken cannot show one by one: what must NOT be reported,
// and the words.

#include <gtest/gtest.h>

#include "rules_fixture.hpp"

namespace xiaoer::rules {
namespace {

TEST(Validate, ColumnsLeadIntoTexts) {
  const Loaded phrase = load_patterns(R"("甲\"乙<没有>")");
  ASSERT_EQ(phrase.codes(), "unknown-concept");
  // The text begins behind the quote; the escaped quote takes two columns.
  const Place& place = phrase.find("unknown-concept")->place;
  const Loaded plain = load_patterns(R"("甲x乙<没有>")");
  EXPECT_EQ(place.column, plain.find("unknown-concept")->place.column + 1);
  EXPECT_EQ(place.pointer, "/intents/0/patterns/0");
}

TEST(Validate, SuggestsTheNearestName) {
  EXPECT_EQ(load_patterns(R"("<便谊>")", R"({"便宜": ["优惠"]})").find("unknown-concept")->args[1],
            "您要写的是不是“便宜”？");
  EXPECT_EQ(load_variants(R"("{{库村}}")").find("unknown-variable")->args[2],
            "Did you mean \"库存\"? ");
  EXPECT_EQ(load_variants(R"("{{完全没有的}}")").find("unknown-variable")->args[1], "");
}

TEST(Validate, AllProblemsComeInOneGo) {
  const Loaded loaded = load_memory({
      {"pack.json", R"({"format": 1, "id": "test", "version": "1"})"},
      {"a.json", "{\"protect\": [,]}"},
      {"b.json", R"({"lexicon": {"甲": ["("]}, "setting": {}})"},
      {"c.json",
       R"({"intents": [{"id": "x", "patterns": ["乙["], "replies": [{"variants": ["三天到！"]}]}]})"},
  });
  EXPECT_EQ(
      loaded.codes(),
      "bad-version json-syntax literal-claim phrase-unclosed phrase-unclosed tone unknown-key");
}

TEST(Validate, ADuplicateNeedsTheSameOptions) {
  EXPECT_EQ(load_patterns(
                R"("便宜", {"phrase": "便宜", "kind": "whole"}, {"phrase": "便宜", "max_len": 5},
                             {"phrase": "便宜", "not": ["不"]}, {"phrase": "便宜", "inside_ok": true},
                             {"phrase": "便宜", "after": "a"}, {"phrase": "便宜", "after": "a", "within": 3},
                             {"phrase": "便宜", "when": {"has": "库存"}}, {"phrase": "便宜", "when": {"lacks": "库存"}},
                             {"phrase": "便宜", "when": {"shop_open": true}}, {"re": "便宜"})")
                .codes(),
            "");
  EXPECT_EQ(load_patterns(R"("便宜", {"phrase": "便 宜", "kind": "contains"})").codes(),
            "duplicate-phrase");
  EXPECT_EQ(load_patterns(R"("甲+乙", "乙+甲")").codes(), "duplicate-phrase");
  EXPECT_EQ(
      load_patterns(R"({"phrase": "便宜", "not": ["不 要"]}, {"phrase": "便宜", "not": ["不要"]})")
          .codes(),
      "duplicate-phrase");
}

TEST(Validate, AContainedPhraseIsNoDuplicate) {
  EXPECT_EQ(load_patterns(R"("便宜", {"phrase": "便宜点", "kind": "whole"})").codes(), "");
}

TEST(Validate, ReachablePhrasesAreLeftAlone) {
  EXPECT_EQ(load_patterns(R"({"phrase": "发货", "not": ["没发货", "发"]})").codes(),
            "unreachable-phrase");
  EXPECT_EQ(load_patterns(R"({"phrase": "发货", "not": ["没发货"], "max_len": 2})").codes(), "");
  EXPECT_EQ(load_patterns(
                R"({"phrase": "[马上]发货", "not": ["马上"], "when": {"has": ["库存", "价格"]}})")
                .codes(),
            "");
}

TEST(Validate, ConceptsMayShareAndNest) {
  EXPECT_EQ(load_patterns(R"("<甲><乙>")",
                          R"({"甲": ["<丙>一", "二"], "乙": ["<丙>三"], "丙": ["四", "五[六]"]})")
                .codes(),
            "");
}

TEST(Validate, ACycleIsReportedOnce) {
  EXPECT_EQ(load_patterns(R"("<甲>")",
                          R"({"甲": ["<乙>"], "乙": ["<丙>", "<甲>"], "丙": ["<乙>", "四"]})")
                .codes(),
            "concept-cycle concept-cycle");
  EXPECT_EQ(load_patterns(R"("<甲>")", R"({"甲": ["<甲>"]})").codes(), "concept-cycle");
}

TEST(Validate, HeldConditionsAreNotContradictions) {
  EXPECT_EQ(
      load_variants(R"("好")",
                    R"({"has": "库存", "lacks": "原价", "facts": {"库存": {"gte": 10, "lte": 10},
      "价格": {"gt": 1, "ne": 5, "lt": 9}}, "times": {"min": 2, "max": 2},
      "from": "2026-11-11T00:00:00+08:00", "to": "2026-11-11T00:00:00+08:00"})")
          .codes(),
      "");
  for (const char* when : {R"({"facts": {"库存": {"eq": 1, "gt": 1}}})",
                           R"({"facts": {"会员等级": {"eq": "甲", "ne": "甲"}}})",
                           R"({"lacks": "库存", "facts": {"库存": {"gt": 1}}})",
                           R"({"facts": {"库存": {"gt": 5, "lt": 5}}})"}) {
    EXPECT_EQ(load_variants(R"("好")", when).codes(), "impossible-condition") << when;
  }
}

TEST(Validate, ClaimsAreFineWithTheirFacts) {
  EXPECT_EQ(load_variants(R"("只剩{{库存}}件")").codes(), "");
  EXPECT_EQ(
      load_variants(R"("库存紧张")", R"({"facts": {"库存": {"lte": {"fact": "紧缺线"}}}})").codes(),
      "");
  EXPECT_EQ(load_variants(R"("最后一天")", R"({"has": "活动结束"})").codes(), "");
  EXPECT_EQ(load_variants(R"("马上截止")", R"({"has": "截单时间"})").codes(), "");
  EXPECT_EQ(load_variants(R"("热销款，月销{{月销量}}")").codes(), "");
  EXPECT_EQ(
      load_variants(R"("支持七天无理由")", R"({"facts": {"七天无理由": {"eq": true}}})").codes(),
      "");
  EXPECT_EQ(load_variants(R"("库存紧张")", R"({"lacks": "库存"})").codes(), "claim-without-fact");
  EXPECT_EQ(load_variants(R"("只剩{{库存|几}}件")").codes(), "claim-without-fact");
  EXPECT_EQ(load_variants(R"("保证正品")", R"({"has": "证书"})").codes(), "promise-in-reply");
}

TEST(Validate, SecretFactsMayStandInConditions) {
  EXPECT_EQ(load_variants(R"("好")", R"({"facts": {"价格": {"gt": {"fact": "底价"}}}})").codes(),
            "");
  EXPECT_EQ(load_variants(R"("{{下一档价}}")").codes(), "secret-variable");
}

TEST(Validate, VariablesMayBeFactsKindsOrRoles) {
  EXPECT_EQ(load_variants(R"("{{价格}}{{product.price}}{{金额}}{{商品编号}}")").codes(), "");
  EXPECT_EQ(load_text(R"({"entities": [{"kind": "口味", "values": {"原味": ["原味"]}}],
      "intents": [{"id": "a", "patterns": ["要{口味:想要}"], "replies": [{"variants": ["好的", "{{想要}}{{口味}}"]}]},
                  {"id": "b", "patterns": ["换口味"], "replies": [{"variants": ["好的", "{{想要}}"]}]}]})")
                .codes(),
            "unknown-variable");
}

TEST(Validate, ExceptionsOfComplianceWordsHold) {
  const auto check = [](const std::string& text) {
    return load_text(
               R"({"compliance": [{"rule": "absolute-term", "words": ["最好", "100%"], "except": ["最好在", "100%棉"],
        "advice": "改"}], "intents": [{"id": "a", "patterns": ["甲"], "replies": [{"variants": [")" +
               text + R"("]}]}]})")
        .codes();
  };
  EXPECT_EQ(check("最好在今天拍"), "");
  EXPECT_EQ(check("这个最 好"), "compliance-violation");
  EXPECT_EQ(check("最{{昵称|好}}"), "compliance-violation");
  EXPECT_EQ(check("最好在今天，最好"), "compliance-violation");
}

TEST(Validate, HandoffIntentsMayRelyOnHolding) {
  const auto check = [](const std::string& holding) {
    return load_text(R"({"intents": [{"id": "a", "policy": "handoff", "patterns": ["甲"]}],
        "replies": [{"id": "r", )" +
                     holding + R"(}], "settings": {"holding": ["r"]}})")
        .codes();
  };
  EXPECT_EQ(check(R"("variants": ["请稍等"])"), "");
  EXPECT_EQ(check(R"("variants": ["{{店名}}"])"), "no-unconditional-reply");
  EXPECT_EQ(check(R"("variants": ["{{店名|本店}}", "{{店名}}"])"), "");
  EXPECT_EQ(check(R"("when": {"shop_open": true}, "variants": ["请稍等"])"),
            "no-unconditional-reply");
}

TEST(Validate, ManyUnknownNamesStayQuick) {
  std::string intents, lexicon;
  for (int i = 0; i < 5000; ++i) {
    const std::string n = std::to_string(i);
    intents += (i > 0 ? "," : "") + std::string("\"<没有") + n + ">甲\"";
    lexicon += (i > 0 ? "," : "") + std::string("\"概念名字") + n + "\":[\"乙\"]";
  }
  const Loaded loaded = load_patterns(intents, "{" + lexicon + "}");
  EXPECT_EQ(loaded.diagnostics.error_count(), 5000u);
  EXPECT_EQ(loaded.diagnostics.list().back().code, "too-many-problems");
}

}  // namespace
}  // namespace xiaoer::rules
