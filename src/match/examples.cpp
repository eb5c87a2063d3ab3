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

// Bits set in both words together. Written out because std::popcount is a call into the compiler's
// library on a processor that is not known to count bits.
uint32_t count_bits(uint64_t a, uint64_t b) {
  constexpr uint64_t kOdd = 0x5555555555555555, kPairs = 0x3333333333333333,
                     kNibbles = 0x0F0F0F0F0F0F0F0F, kBytes = 0x0101010101010101;
  a -= a >> 1 & kOdd;
  b -= b >> 1 & kOdd;
  a = (a & kPairs) + (a >> 2 & kPairs);
  b = (b & kPairs) + (b >> 2 & kPairs);
  const uint64_t nibbles = (a & kNibbles) + (a >> 4 & kNibbles) + (b & kNibbles) +
                           (b >> 4 & kNibbles);  // at most 16 a byte
  return static_cast<uint32_t>(nibbles * kBytes >> 56);
}

// Orders as ranking wants it: the larger sum first, then the earlier intent.
uint64_t ranking_key(int32_t sum, uint32_t intent) {
  return static_cast<uint64_t>(sum) << 32 | (UINT32_MAX - intent);
}
int32_t sum_of(uint64_t key) { return static_cast<int32_t>(key >> 32); }
uint32_t intent_of(uint64_t key) { return UINT32_MAX - static_cast<uint32_t>(key); }

}  // namespace

bool ExampleMatcher::open(const Image& image) {
  const auto header = image.section<ExampleHeader>(Section::kMatchExampleHeader);
  grams_ = image.section<GramRecord>(Section::kMatchExampleGrams);
  filter_ = image.section<uint64_t>(Section::kMatchExampleFilter);
  examples_ = image.section<ExampleRecord>(Section::kMatchExampleTexts);
  by_intent_ = image.section<Range>(Section::kMatchExampleIntents);
  image_ = &image;
  if (header.size() != 1 || filter_.size() != kFilterWords) return false;
  intents_ = header[0].intents;
  if (!std::has_single_bit(grams_.size()) || header[0].grams_mask != grams_.size() - 1)
    return false;
  if (intents_ >= UINT16_MAX || by_intent_.size() != intents_) return false;
  size_t used = 0;
  for (const GramRecord& gram : grams_) {
    used += gram.key != 0;
    for (const GramWeight& weight : gram.weights) {
      if (weight.intent > intents_ || (weight.intent == intents_ && weight.weight != 0)) {
        return false;
      }
    }
  }
  if (used >= grams_.size()) return false;  // look-ups end at a free place
  for (const Range& list : by_intent_) {
    if (list.first > examples_.size() || list.count > examples_.size() - list.first) return false;
  }
  const uint64_t pool = image.section<char>(Section::kStrings).size();
  return std::all_of(examples_.begin(), examples_.end(), [&](const ExampleRecord& example) {
    return uint64_t{example.text.offset} + example.text.size <= pool;
  });
}

// Where the grams of the message that the pack knows lie. The table is larger than the nearest
// cache, so the first pass asks for what the second reads.
void ExampleMatcher::look_up(const text::Text& text, ExampleScratch* scratch) const {
  const size_t mask = grams_.size() - 1;
  uint64_t* next = scratch->keys.data();
  uint64_t signature[2] = {};
  // No branch on the filter's answer: it is a coin toss, and a wrong guess costs more than the
  // step.
  for_each_gram(text, text.size() <= kMaxSingles, [&](uint64_t key) {
    const uint64_t hash = gram_hash(key);
    __builtin_prefetch(&grams_[hash & mask]);
    *next = key;
    next += (filter_[hash >> 6 & (kFilterWords - 1)] >> (hash & 63)) & 1;
  });
  uint64_t* known = scratch->keys.data();
  for (const uint64_t* key = known; key != next; ++key) {
    const uint64_t hash = gram_hash(*key);
    size_t at = hash & mask;
    while (grams_[at].key != *key && grams_[at].key != 0) at = (at + 1) & mask;
    const bool found = grams_[at].key != 0;
    if (found) sign(*key, hash, signature);
    *known = at;
    known += found;
  }
  scratch->key_count = static_cast<uint32_t>(known - scratch->keys.data());
  scratch->signature[0] = signature[0];
  scratch->signature[1] = signature[1];
}

// Every gram adds all its places, those not needed too: cheaper than asking how many it has. They
// go to a sum after the last that is never zero, so that it is never taken for touched.
void ExampleMatcher::add_up(ExampleScratch* scratch) const {
  int32_t* sums = scratch->sums.data();
  uint32_t* touched = scratch->touched.data();
  uint32_t count = 0;
  for (uint32_t i = 0; i < scratch->key_count; ++i) {
    for (const GramWeight& weight : grams_[scratch->keys[i]].weights) {
      touched[count] = weight.intent;
      count += sums[weight.intent] == 0;
      sums[weight.intent] += weight.weight;
    }
  }
  scratch->touched_count = count;
}

// Keeps the kMaxRanked largest sums, largest first; ties go to the earlier intent. Sums far below
// the best are not worth ranking. Zeroes the sums for the next message.
void ExampleMatcher::select(ExampleScratch* scratch) const {
  int32_t* sums = scratch->sums.data();
  const std::span<const uint32_t> touched(scratch->touched.data(), scratch->touched_count);
  int32_t best = 0;
  for (const uint32_t intent : touched) best = std::max(best, sums[intent]);
  const int32_t least = std::max<int32_t>(1, best / kLeastShare);
  uint64_t* strong = scratch->strong.data();
  for (const uint32_t intent : touched) {
    *strong = ranking_key(sums[intent], intent);
    strong += sums[intent] >= least;
    sums[intent] = 0;
  }
  uint64_t top[kMaxRanked] = {};
  for (const uint64_t* key = scratch->strong.data(); key != strong; ++key) {
    uint64_t falling = *key;  // every rank keeps the larger of the two, the smaller falls on
    for (uint64_t& rank : top) {
      const uint64_t larger = std::max(rank, falling);
      falling = std::min(rank, falling);
      rank = larger;
    }
  }
  for (const uint64_t key : top) {
    if (key == 0) break;
    scratch->ranked.push_back({intent_of(key), static_cast<float>(sum_of(key))});
  }
}

// By the share of common bits of the signatures; ties go to the earlier example.
uint32_t ExampleMatcher::nearest(uint32_t intent, const ExampleScratch& scratch) const {
  const uint64_t* signature = scratch.signature;
  uint32_t best = UINT32_MAX, best_common = 0, best_either = 1;
  const Range list = by_intent_[intent];
  const uint32_t count = std::min(list.count, kMaxCompared);
  for (uint32_t i = list.first; i < list.first + count; ++i) {
    const uint64_t* other = examples_[i].signature;
    const uint32_t common = count_bits(signature[0] & other[0], signature[1] & other[1]);
    const uint32_t either = count_bits(signature[0] | other[0], signature[1] | other[1]);
    if (common * best_either <= best_common * either) continue;
    best = i;
    best_common = common;
    best_either = either;
  }
  return best;
}

std::span<const Likeness> ExampleMatcher::rank(const text::Text& text,
                                               ExampleScratch* scratch) const {
  if (scratch->sums.size() != intents_ + 1) scratch->sums.assign(intents_ + 1, 0);
  scratch->sums[intents_] = 1;
  // One place beyond what can be needed: the loops write first and then decide whether to keep it.
  scratch->touched.resize(intents_ + 1);
  scratch->strong.resize(intents_ + 1);
  scratch->keys.resize(2 * kMaxExampleChars + 1);
  scratch->ranked.reserve(kMaxRanked);
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
  return ranked;
}

std::string_view ExampleMatcher::example_text(uint32_t example) const {
  return image_->string(examples_[example].text);
}

}  // namespace xiaoer::match
