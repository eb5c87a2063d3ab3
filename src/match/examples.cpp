#include "match/examples.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "match/example_grams.hpp"

namespace xiaoer::match {
namespace {

// How much evidence is needed before likeness counts in full: sums of this size give 63 %.
constexpr float kEnough = 1.0f;
constexpr int32_t kLeastShare = 3;  // of the best sum, as a divisor
constexpr float kLeast = 0.02f;     // weaker likeness is not worth telling

}  // namespace

void ExampleMatcher::sign(const text::Text& text, uint64_t signature[2]) {
  for_each_gram(text, [&](uint64_t key, bool pair) {
    if (!pair) return;
    const uint64_t hash = gram_hash(key) >> 40;
    signature[hash >> 6 & 1] |= uint64_t{1} << (hash & 63);
  });
}

bool ExampleMatcher::open(const Image& image) {
  const auto header = image.section<ExampleHeader>(Section::kMatchExampleHeader);
  grams_ = image.section<GramRecord>(Section::kMatchExampleGrams);
  weights_ = image.section<GramWeight>(Section::kMatchExampleWeights);
  filter_ = image.section<uint64_t>(Section::kMatchExampleFilter);
  examples_ = image.section<ExampleRecord>(Section::kMatchExampleTexts);
  by_intent_ = image.section<Range>(Section::kMatchExampleIntents);
  image_ = &image;
  if (header.size() != 1 || filter_.size() != kFilterWords) return false;
  intents_ = header[0].intents;
  if (!std::has_single_bit(grams_.size()) || header[0].grams_mask != grams_.size() - 1)
    return false;
  if (intents_ > UINT16_MAX || by_intent_.size() != intents_) return false;
  size_t used = 0;
  for (const GramRecord& gram : grams_) {
    const Range list = gram.weights;
    if (list.first > weights_.size() || list.count > weights_.size() - list.first) return false;
    used += gram.key != 0;
  }
  if (used >= grams_.size()) return false;  // look-ups end at a free place
  for (const GramWeight& weight : weights_) {
    if (weight.intent >= intents_) return false;
  }
  for (const Range& list : by_intent_) {
    if (list.first > examples_.size() || list.count > examples_.size() - list.first) return false;
  }
  const uint64_t pool = image.section<char>(Section::kStrings).size();
  return std::all_of(examples_.begin(), examples_.end(), [&](const ExampleRecord& example) {
    return uint64_t{example.text.offset} + example.text.size <= pool;
  });
}

// Where the grams of the message that the pack knows lie. Table and weights are larger than the
// nearest cache, so each step asks for what the next one reads.
void ExampleMatcher::look_up(const text::Text& text, ExampleScratch* scratch) const {
  const size_t mask = grams_.size() - 1;
  scratch->keys.resize(2 * kMaxExampleChars);
  uint64_t* next = scratch->keys.data();
  const bool singles = text.size() <= kMaxSingles;
  // No branch on the filter's answer: it is a coin toss, and a wrong guess costs more than the
  // step.
  for_each_gram(text, [&](uint64_t key, bool pair) {
    const uint64_t hash = gram_hash(key);
    __builtin_prefetch(&grams_[hash & mask]);
    *next = key;
    next += (filter_[hash >> 6 & (kFilterWords - 1)] >> (hash & 63)) & 1 & (pair || singles);
  });
  uint64_t* known = scratch->keys.data();
  for (const uint64_t* key = known; key != next; ++key) {
    size_t at = gram_hash(*key) & mask;
    while (grams_[at].key != *key && grams_[at].key != 0) at = (at + 1) & mask;
    __builtin_prefetch(&weights_[grams_[at].weights.first]);
    const bool found = grams_[at].key != 0;
    *known = at;
    known += found;
  }
  scratch->key_count = static_cast<uint32_t>(known - scratch->keys.data());
}

void ExampleMatcher::add_up(ExampleScratch* scratch) const {
  for (uint32_t i = 0; i < scratch->key_count; ++i) {
    const Range list = grams_[scratch->keys[i]].weights;
    for (const GramWeight& weight : weights_.subspan(list.first, list.count)) {
      if (scratch->epochs[weight.intent] != scratch->epoch) {
        scratch->epochs[weight.intent] = scratch->epoch;
        scratch->sums[weight.intent] = 0;
        scratch->touched.push_back(weight.intent);
      }
      scratch->sums[weight.intent] += weight.weight;
    }
  }
}

// Keeps the kMaxRanked largest sums, largest first; ties go to the earlier intent. Sums far below
// the best are not worth ranking.
void ExampleMatcher::select(ExampleScratch* scratch) const {
  int32_t best = 0;
  for (const uint32_t intent : scratch->touched) best = std::max(best, scratch->sums[intent]);
  const int32_t least = std::max<int32_t>(1, best / kLeastShare);
  auto& ranked = scratch->ranked;
  const auto before = [](const Likeness& a, const Likeness& b) {
    return a.score != b.score ? a.score > b.score : a.intent < b.intent;
  };
  for (const uint32_t intent : scratch->touched) {
    if (scratch->sums[intent] < least) continue;
    const Likeness fresh{intent, static_cast<float>(scratch->sums[intent]), UINT32_MAX};
    if (ranked.size() == kMaxRanked) {
      if (!before(fresh, ranked.back())) continue;
      ranked.pop_back();
    }
    ranked.insert(std::lower_bound(ranked.begin(), ranked.end(), fresh, before), fresh);
  }
}

uint32_t ExampleMatcher::nearest(uint32_t intent, const uint64_t signature[2]) const {
  uint32_t best = UINT32_MAX;
  float best_share = 0;
  const Range list = by_intent_[intent];
  const uint32_t count = std::min(list.count, kMaxComparedExamples);
  for (uint32_t i = list.first; i < list.first + count; ++i) {
    const uint64_t* other = examples_[i].signature;
    const int common =
        std::popcount(signature[0] & other[0]) + std::popcount(signature[1] & other[1]);
    const int either =
        std::popcount(signature[0] | other[0]) + std::popcount(signature[1] | other[1]);
    const float share = either == 0 ? 0 : static_cast<float>(common) / either;
    if (share > best_share) {
      best_share = share;
      best = i;
    }
  }
  return best;
}

std::span<const Likeness> ExampleMatcher::rank(const text::Text& text,
                                               ExampleScratch* scratch) const {
  scratch->sums.resize(intents_);
  scratch->epochs.resize(intents_);
  scratch->ranked.reserve(kMaxRanked);
  if (++scratch->epoch == 0) {
    std::fill(scratch->epochs.begin(), scratch->epochs.end(), 0);
    scratch->epoch = 1;
  }
  scratch->touched.clear();
  scratch->ranked.clear();
  look_up(text, scratch);
  add_up(scratch);
  select(scratch);

  auto& ranked = scratch->ranked;
  if (ranked.empty()) return {};
  const float top = ranked[0].score;
  const float scale = (1 - std::exp(-top / kWeightUnit / kEnough)) / top;
  for (Likeness& likeness : ranked) likeness.score *= scale;
  while (!ranked.empty() && ranked.back().score < kLeast) ranked.pop_back();
  uint64_t signature[2] = {};
  sign(text, signature);
  for (size_t i = 0; i < std::min<size_t>(ranked.size(), kMaxCompared); ++i) {
    ranked[i].example = nearest(ranked[i].intent, signature);
  }
  return ranked;
}

std::string_view ExampleMatcher::example_text(uint32_t example) const {
  return image_->string(examples_[example].text);
}

}  // namespace xiaoer::match
