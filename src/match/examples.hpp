#pragma once
// The example matcher: how much a message looks like the examples (and phrases) of each intent, by
// character n-grams. Trained when a pack is compiled, deterministically, stored as integer weights.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/image.hpp"
#include "match/example_grams.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::match {

struct Likeness {
  uint32_t intent = 0;  // index into pack.intents
  float score = 0;      // 0..1: how much evidence there is, in proportion to the best intent's
};

// Scratch memory of one thread.
struct ExampleScratch {
  std::vector<int32_t> sums;      // by intent; zero between messages
  std::vector<uint32_t> touched;  // intents whose sum is not zero
  std::vector<uint64_t> strong;   // sums worth ranking, see `ranking_key`
  std::vector<Likeness> ranked;
  std::vector<uint64_t> keys;  // of the message's grams, then the places of those known
  uint64_t signature[2] = {};  // of the grams known
  uint32_t key_count = 0;
  uint32_t touched_count = 0;
};

class ExampleMatcher {
 public:
  static constexpr uint32_t kMaxRanked = 6;
  static constexpr uint32_t kMaxCompared = 32;  // examples of an intent

  static void build(const rules::Pack& pack, ImageBuilder* image);
  bool open(const Image& image);  // `image` must outlive the matcher

  // The likeliest intents, best first, at most kMaxRanked, in scratch->ranked; those that share
  // next to nothing with the message are left out. Allocates nothing once the scratch has grown.
  // Long messages: the first 256 characters count.
  std::span<const Likeness> rank(const text::Text& text, ExampleScratch* scratch) const;

  // Of the intent's first kMaxCompared examples the one most like the message ranked last: a
  // running number over pack.intents[i].examples[j], UINT32_MAX when none shares a pair of
  // characters with it.
  uint32_t nearest(uint32_t intent, const ExampleScratch& scratch) const;
  std::string_view example_text(uint32_t example) const;

 private:
  void look_up(const text::Text& text, ExampleScratch* scratch) const;
  void add_up(ExampleScratch* scratch) const;
  void select(ExampleScratch* scratch) const;

  const Image* image_ = nullptr;
  uint32_t intents_ = 0;
  std::span<const GramRecord> grams_;
  std::span<const uint64_t> filter_;
  std::span<const ExampleRecord> examples_;
  std::span<const Range> by_intent_;
};

}  // namespace xiaoer::match
