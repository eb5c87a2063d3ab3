// A few thousand packs with random damage: whatever the bytes, loading ends with a pack or with
// diagnostics that name a place, and never crashes. Deterministic: the generator is seeded with the
// round.

#include <gtest/gtest.h>

#include <random>

#include "rules/phrase.hpp"
#include "rules/template.hpp"
#include "rules_fixture.hpp"

namespace xiaoer::rules {
namespace {

constexpr std::string_view kSeed = R"({
  // a pack with a little of everything
  "lexicon": {"便宜": ["便宜", "优惠[点]", "(打|有)折"], "贵": ["<便宜>不了"]},
  "protect": ["评价"],
  "entities": [{"kind": "口味", "values": {"原味": ["原味", "没味道"]}}],
  "facts": [{"name": "尺码表", "path": "product.size_chart", "type": "text"}],
  "intents": [
    {"id": "bargain", "policy": "suggest", "objection": "drawback",
     "patterns": ["<便宜>点|少{金额:出价}…{0,4}吗", {"phrase": "太贵+能少", "not": ["不贵"], "max_len": 20,
       "when": {"has": "库存", "facts": {"价格": {"gt": {"fact": "底价"}}}, "from": "2026-11-11T00:00:00+08:00"}},
       {"re": "[0-9]+折", "kind": "end"}],
     "examples": ["能不能少一点"], "tests": {"hit": ["便宜点"], "miss": ["评价"]},
     "replies": ["ask", {"when": {"hours": "09:00-18:00", "times": {"min": 1}}, "variants": ["{{价格}}元，{{昵称|亲}}"]}]}
  ],
  "replies": [{"id": "ask", "variants": ["您的预算是{{出价|多少}}"]}],
  "techniques": [{"id": "t", "technique": "scarcity", "why": "快卖完", "variants": ["只剩{{库存}}件"]}],
  "compliance": [{"rule": "x", "words": ["最好"], "except": ["最好在"], "advice": "改"}],
  "settings": {"holding": ["ask"], "auto_threshold": 0.9},
  "tests": [{"message": "便宜点", "intent": "bargain"}]
})";

constexpr std::string_view kPieces[] = {
    "{",         "}",        "[",       "]",  "\"",   ",",    ":",     "\\",   "|",
    "+",         "(",        ")",       "<",  ">",    "…",    "{{",    "}}",   "null",
    "-1e9",      "true",     "\\u0000", "/*", "//",   "\n",   "便宜",  "\xFF", "\xEF\xBF\xBC",
    "patterns+", "disabled", "id",      "0",  "\"\"", "<贵>", "[[[[[["};

std::string damaged(std::string text, std::mt19937* random) {
  const auto pick = [&](size_t limit) { return limit == 0 ? 0 : (*random)() % limit; };
  const size_t rounds = 1 + pick(3);
  for (size_t i = 0; i < rounds; ++i) {
    const size_t at = pick(text.size());
    switch (pick(5)) {
      case 0:
        text.erase(at, 1 + pick(12));
        break;
      case 1:
        text.insert(at, kPieces[pick(std::size(kPieces))]);
        break;
      case 2:
        text.insert(at, text.substr(pick(text.size()), pick(60)));
        break;
      case 3:
        if (!text.empty()) text[at] = static_cast<char>(pick(256));
        break;
      default:
        text.replace(at, pick(8), kPieces[pick(std::size(kPieces))]);
    }
  }
  return text;
}

TEST(Mutation, TheSeedItselfLoads) {
  const Loaded loaded = load_text(std::string(kSeed));
  EXPECT_TRUE(loaded.ok) << loaded.codes();
}

TEST(Mutation, DamagedPacksNeverCrash) {
  size_t loaded_count = 0, refused = 0;
  for (uint32_t round = 0; round < 4000; ++round) {
    std::mt19937 random(round);
    const std::string text = damaged(std::string(kSeed), &random);
    const Loaded loaded = load_text(text);
    ++(loaded.ok ? loaded_count : refused);
    EXPECT_NE(loaded.ok, loaded.diagnostics.has_errors()) << text;
    for (const Diagnostic& each : loaded.diagnostics.list()) {
      EXPECT_NE(find_catalogue_entry(each.code), nullptr) << each.code;
      EXPECT_GT(each.place.line, 0u) << each.code << "\n" << text;
    }
  }
  EXPECT_GT(loaded_count, 40u);  // some damage is harmless: both ways are tried
  EXPECT_GT(refused, 1000u);
}

TEST(Mutation, DamagedManifestsNeverCrash) {
  const std::string seed = R"({"format": 1, "id": "mine", "version": "1.2.3", "title": "x",
                               "extends": {"id": "vendor", "version": ">=0.1 <1"}})";
  for (uint32_t round = 0; round < 1000; ++round) {
    std::mt19937 random(round);
    const Loaded loaded = load_memory({{"pack.json", damaged(seed, &random)}});
    EXPECT_NE(loaded.ok, loaded.diagnostics.has_errors());
  }
}

TEST(Mutation, DamagedPhrasesAndTemplatesNeverCrash) {
  for (uint32_t round = 0; round < 20000; ++round) {
    std::mt19937 random(round);
    const std::string text = damaged("(甲|[乙]丙)…{0,4}<丁>+{金额:出价}|{{价格|亲}}\\{", &random);
    PhraseError error;
    if (parse_phrase(text, &error) == nullptr) {
      EXPECT_NE(find_catalogue_entry(error.code), nullptr) << error.code;
      EXPECT_GE(error.column, 1u);
    }
    std::vector<TemplatePiece> pieces;
    if (!parse_template(text, &pieces, &error)) {
      EXPECT_NE(find_catalogue_entry(error.code), nullptr) << error.code;
    }
  }
}

}  // namespace
}  // namespace xiaoer::rules
