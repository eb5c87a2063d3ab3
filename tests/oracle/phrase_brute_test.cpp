// What the RE2 oracle leaves out, against a matcher that tries everything: '+', `not`, max_len,
// slots, word protection, and where a match begins and ends.

#include "oracle/phrase_brute.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "oracle/match_support.hpp"
#include "oracle/phrase_random.hpp"
#include "rules/entity_kinds.hpp"

namespace xiaoer::oracle {
namespace {

using rules::MatchKind;

constexpr uint32_t kRounds = 24;
constexpr uint32_t kPhrases = 30;
constexpr uint32_t kMessages = 25;

struct Source {
  rules::PatternSource pattern;
  rules::PhraseTree tree;
};

Source random_source(PhraseRandom* random, const PhraseShape& shape) {
  Source source;
  rules::PhraseError error;
  while (source.tree == nullptr) {
    source.pattern = match::phrase(random->phrase(shape));
    source.tree = rules::parse_phrase(source.pattern.text, &error);
  }
  if (random->one_in(3)) source.pattern.kind = static_cast<MatchKind>(random->below(4));
  if (random->one_in(8)) source.pattern.max_len = 1 + random->below(100);
  source.pattern.inside_ok = random->one_in(5);
  if (random->one_in(6)) {
    for (uint32_t count = 1 + random->below(2); count > 0; --count) {
      const std::string other = random->phrase(shape);
      if (rules::parse_phrase(other, &error)) source.pattern.nots.push_back(other);
    }
  }
  return source;
}

entities::Entities random_entities(PhraseRandom* random, const text::Text& text) {
  entities::Entities entities;
  for (uint32_t count = random->below(12); count > 0 && text.size() > 0; --count) {
    entities::Entity entity;
    entity.kind = random->one_in(2) ? rules::kMoney : rules::kQuantity;
    const uint32_t begin = random->below(text.size());
    entity.span = {begin, std::min(text.size(), begin + 1 + random->below(3))};
    entities.list.push_back(entity);
  }
  return entities;
}

class BruteTest : public ::testing::Test {
 protected:
  void compare(uint64_t seed, const PhraseShape& shape, bool protection);
  void make_pack(PhraseRandom* random, const PhraseShape& shape, bool protection);
  void check_message(match::Compiled* compiled, const text::Text& text,
                     const entities::Entities& entities);
  void check_span(const BruteMatcher& brute, const Source& source, const match::PatternHit& hit);
  void check_slots(match::Compiled* compiled, const text::Text& text,
                   const entities::Entities& entities, const match::PatternHit& hit);

  rules::Pack pack_;
  std::vector<Source> sources_;
  PhraseTrees trees_;
  uint64_t pairs_ = 0, matches_ = 0, slots_ = 0;
};

void BruteTest::make_pack(PhraseRandom* random, const PhraseShape& shape, bool protection) {
  pack_ = match::pack_of({});
  sources_.clear();
  pack_.concepts = random->concepts();
  while (sources_.size() < kPhrases) {
    Source source = random_source(random, shape);
    rules::Pack alone = match::pack_of({source.pattern});
    alone.concepts = pack_.concepts;
    const match::Compiled compiled(alone);
    if (compiled.diagnostics().has_errors()) continue;  // too complex
    pack_.intents[0].patterns.push_back(source.pattern);
    sources_.push_back(std::move(source));
  }
  for (uint32_t count = protection ? 8 : 0; count > 0; --count) {
    pack_.protected_words.push_back(random->word(4));
  }
}

void BruteTest::compare(uint64_t seed, const PhraseShape& shape, bool protection) {
  PhraseRandom random(seed);
  for (uint32_t round = 0; round < kRounds && !HasFailure(); ++round) {
    make_pack(&random, shape, protection);
    match::Compiled compiled(pack_);
    ASSERT_TRUE(compiled.ok());
    text::Text text;
    for (uint32_t i = 0; i < kMessages && !HasFailure(); ++i) {
      text::normalise(random.message(1 + random.below(random.one_in(3) ? 110 : 25)), text);
      check_message(&compiled, text, random_entities(&random, text));
    }
  }
  std::printf("pairs: %llu, matches: %llu, slots: %llu\n", static_cast<unsigned long long>(pairs_),
              static_cast<unsigned long long>(matches_), static_cast<unsigned long long>(slots_));
  EXPECT_GE(matches_, pairs_ / 50);
}

void BruteTest::check_message(match::Compiled* compiled, const text::Text& text,
                              const entities::Entities& entities) {
  const BruteMatcher brute(pack_, &trees_, text, entities);
  const std::vector<match::PatternHit> hits = compiled->hits(text, entities);
  EXPECT_TRUE(std::is_sorted(hits.begin(), hits.end(),
                             [](const auto& a, const auto& b) { return a.pattern < b.pattern; }));
  for (uint32_t i = 0; i < sources_.size(); ++i) {
    const auto found =
        std::find_if(hits.begin(), hits.end(), [&](const auto& hit) { return hit.pattern == i; });
    const bool expected = brute.matches(sources_[i].pattern);
    ++pairs_;
    ASSERT_EQ(found != hits.end(), expected)
        << sources_[i].pattern.text << " kind " << static_cast<int>(sources_[i].pattern.kind)
        << " on " << text.original;
    if (!expected) continue;
    ++matches_;
    check_span(brute, sources_[i], *found);
    check_slots(compiled, text, entities, *found);
  }
}

void BruteTest::check_span(const BruteMatcher& brute, const Source& source,
                           const match::PatternHit& hit) {
  const bool inside_ok = source.pattern.inside_ok;
  bool explained = false;
  for (const rules::PhraseAlternative& alternative : source.tree->alternatives) {
    if (alternative.parts.size() == 1) {
      const std::vector<Span> spans =
          brute.anchored_spans(alternative.parts[0], source.pattern.kind, inside_ok);
      explained = explained || std::find(spans.begin(), spans.end(), hit.span) != spans.end();
      continue;
    }
    bool begin = false, end = false;  // the hull: each side is one of some part's match
    for (const rules::PhraseNode& part : alternative.parts) {
      for (const Span span : brute.spans(part, inside_ok)) {
        begin = begin || span.begin == hit.span.begin;
        end = end || span.end == hit.span.end;
      }
    }
    explained = explained || (begin && end);
  }
  EXPECT_TRUE(explained) << source.pattern.text << " at " << hit.span.begin << "-" << hit.span.end;
}

void BruteTest::check_slots(match::Compiled* compiled, const text::Text& text,
                            const entities::Entities& entities, const match::PatternHit& hit) {
  std::vector<match::SlotHit> slots;
  compiled->matcher().find_slots(text, entities, hit.pattern, compiled->scratch(), &slots);
  for (const match::SlotHit& slot : slots) {
    ++slots_;
    ASSERT_LT(slot.entity, entities.list.size());
    EXPECT_EQ(entities.list[slot.entity].kind, rules::kQuantity);  // the kind that has roles
    EXPECT_EQ(slot.pattern, hit.pattern);
    EXPECT_TRUE(slot.role == compiled->matcher().find_role("a") ||
                slot.role == compiled->matcher().find_role("b"));
  }
}

TEST_F(BruteTest, SpansOfPlainPhrases) { compare(1, {}, false); }
TEST_F(BruteTest, PartsInAnyOrder) { compare(2, {true, false}, false); }
TEST_F(BruteTest, Slots) {
  compare(3, {false, true}, false);
  EXPECT_GE(slots_, 20u);
}
TEST_F(BruteTest, WordProtection) { compare(4, {}, true); }
TEST_F(BruteTest, Everything) { compare(5, {true, true}, true); }

// Without '+': of the matches with the earliest end, the shortest.
TEST_F(BruteTest, SpanIsEarliestAndShortest) {
  PhraseRandom random(6);
  for (uint32_t round = 0; round < kRounds; ++round) {
    make_pack(&random, {}, round % 2 == 0);
    match::Compiled compiled(pack_);
    text::Text text;
    for (uint32_t i = 0; i < kMessages; ++i) {
      text::normalise(random.message(1 + random.below(90)), text);
      const BruteMatcher brute(pack_, &trees_, text, entities::Entities());
      for (const match::PatternHit& hit : compiled.hits(text, entities::Entities())) {
        const Source& source = sources_[hit.pattern];
        std::vector<Span> spans;
        for (const rules::PhraseAlternative& alternative : source.tree->alternatives) {
          const std::vector<Span> some = brute.anchored_spans(
              alternative.parts[0], source.pattern.kind, source.pattern.inside_ok);
          spans.insert(spans.end(), some.begin(), some.end());
        }
        ASSERT_FALSE(spans.empty());
        const Span best = *std::min_element(spans.begin(), spans.end(), [](Span a, Span b) {
          return a.end != b.end ? a.end < b.end : a.begin > b.begin;
        });
        EXPECT_EQ(hit.span, best) << source.pattern.text << " on " << text.original;
      }
    }
  }
}

}  // namespace
}  // namespace xiaoer::oracle
