#pragma once
// The example matcher: how much a message looks like the examples (and phrases) of each intent, by
// character n-grams. Trained when a pack is compiled, deterministically, stored as integer weights.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/image.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::match {

struct Likeness {
  uint32_t intent = 0;   // index into pack.intents
  float score = 0;       // 0..1; about the share of right answers at this likeness
  uint32_t example = 0;  // nearest example: running number over pack.intents[i].examples[j], UINT32_MAX: none
};

// Scratch memory of one thread.
struct ExampleScratch {
  std::vector<int32_t> sums;     // by intent
  std::vector<uint32_t> epochs;  // by intent: sums are valid when equal to `epoch`
  std::vector<uint32_t> touched;
  std::vector<Likeness> ranked;
  uint32_t epoch = 0;
};

class ExampleMatcher {
 public:
  static constexpr uint32_t kMaxRanked = 8;

  static void build(const rules::Pack& pack, ImageBuilder* image);
  bool open(const Image& image);  // `image` must outlive the matcher

  // The likeliest intents, best first, at most kMaxRanked, in scratch->ranked. Allocates nothing once the
  // scratch has grown. Long messages: the first 256 characters count.
  std::span<const Likeness> rank(const text::Text& text, ExampleScratch* scratch) const;

  std::string_view example_text(uint32_t example) const;

 private:
  const Image* image_ = nullptr;
  uint32_t intents_ = 0;
};

}  // namespace xiaoer::match
