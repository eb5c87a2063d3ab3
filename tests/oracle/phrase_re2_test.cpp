// Every phrase against the same phrase as a regex: no pair of phrase and message may be judged
// differently.

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <cstdio>
#include <memory>

#include "oracle/match_support.hpp"
#include "oracle/phrase_random.hpp"
#include "oracle/phrase_to_re2.hpp"
#include "text/utf8.hpp"

namespace xiaoer::oracle {
namespace {

constexpr uint32_t kRounds = 100;
constexpr uint32_t kPhrases = 100;   // a round
constexpr uint32_t kMessages = 120;  // a round
constexpr uint64_t kEnoughPairs = 1'000'000;

rules::MatchKind random_kind(PhraseRandom* random) {
  return random->one_in(2) ? rules::MatchKind::kContains
                           : static_cast<rules::MatchKind>(random->below(4));
}

// What one round compares: patterns of a pack and the same as regexes.
struct Round {
  std::unique_ptr<match::Compiled> compiled;
  std::vector<std::unique_ptr<re2::RE2>> regexes;  // by pattern
  std::vector<std::string> phrases;
  std::vector<bool> refused;  // as too complex
};

std::u32string all_characters() { return text::normalise_to_chars("天地人12b。!,价￥x"); }

Round make_round(PhraseRandom* random) {
  Round round;
  rules::Pack pack = match::pack_of({});
  pack.concepts = random->concepts();
  const PhraseToRe2 translator(pack.concepts, all_characters());
  while (round.phrases.size() < kPhrases) {
    const std::string text = random->phrase({});
    rules::PhraseError error;
    const rules::PhraseTree phrase = rules::parse_phrase(text, &error);
    if (phrase == nullptr) continue;
    const rules::MatchKind kind = random_kind(random);
    re2::RE2::Options options;
    options.set_max_mem(64 << 20);
    auto regex = std::make_unique<re2::RE2>(translator.translate(*phrase, kind), options);
    if (!regex->ok()) continue;  // a gap of a gap of a gap: too large for RE2
    round.phrases.push_back(text);
    round.regexes.push_back(std::move(regex));
    pack.intents[0].patterns.push_back(match::phrase(text, kind));
    pack.intents[0].patterns.back().inside_ok = true;  // RE2 cannot tell where a number ends
  }
  for (uint32_t i = 0; i < kPhrases; ++i) pack.intents[0].patterns[i].place.line = i;
  round.compiled = std::make_unique<match::Compiled>(pack);
  round.refused.assign(kPhrases, false);
  for (const Diagnostic& problem : round.compiled->diagnostics().list()) {
    if (problem.severity == Severity::kError) round.refused[problem.place.line] = true;
  }
  return round;
}

// Returns the number of disagreements on one message.
uint64_t compare(Round* round, const text::Text& text, uint64_t* pairs, uint64_t* matches) {
  const std::string message = text::encode(std::u32string(text.chars.begin(), text.chars.end()));
  std::vector<bool> hit(round->phrases.size(), false);
  for (const match::PatternHit& found : round->compiled->hits(text, entities::Entities())) {
    hit[found.pattern] = true;
  }
  uint64_t disagreements = 0;
  for (size_t i = 0; i < hit.size(); ++i) {
    if (round->refused[i]) continue;
    ++*pairs;
    const bool expected = re2::RE2::PartialMatch(message, *round->regexes[i]);
    *matches += expected;
    if (expected == hit[i]) continue;
    if (++disagreements == 1) {
      ADD_FAILURE() << round->phrases[i] << " as " << round->regexes[i]->pattern() << " on "
                    << message << ": RE2 " << expected;
    }
  }
  return disagreements;
}

TEST(PhraseOracle, AgreesWithRe2) {
  PhraseRandom random(20240611);
  uint64_t pairs = 0, matches = 0, disagreements = 0, refused = 0, wide = 0;
  for (uint32_t i = 0; i < kRounds; ++i) {
    Round round = make_round(&random);
    ASSERT_TRUE(round.compiled->ok());
    refused += round.compiled->diagnostics().error_count();
    text::Text text;
    for (uint32_t k = 0; k < kMessages; ++k) {
      const std::string message = random.message(1 + random.below(random.one_in(3)   ? 200
                                                                  : random.one_in(2) ? 70
                                                                                     : 20));
      ASSERT_EQ(text::normalise(message, text), text::NormaliseStatus::kOk);
      wide += text.size() > 63;
      disagreements += compare(&round, text, &pairs, &matches);
    }
  }
  std::printf(
      "pairs compared: %llu, of which %llu match; long messages: %llu; disagreements: %llu\n",
      static_cast<unsigned long long>(pairs), static_cast<unsigned long long>(matches),
      static_cast<unsigned long long>(wide), static_cast<unsigned long long>(disagreements));
  EXPECT_EQ(disagreements, 0u);
  EXPECT_LE(refused, kRounds * kPhrases / 100);
  EXPECT_GE(pairs, kEnoughPairs);
  EXPECT_GE(matches, pairs / 20);  // pairs that tell something
  EXPECT_LE(matches, pairs * 19 / 20);
}

}  // namespace
}  // namespace xiaoer::oracle
