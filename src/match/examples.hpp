#pragma once
// The example matcher: how much a message looks like the examples (and phrases) of each intent, by
// character n-grams. A linear model tells groups of intents apart, a second one the intents of a
// group. Trained when a pack is compiled, deterministically, stored as 8-bit weights.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/image.hpp"
#include "base/span.hpp"
#include "match/char_table.hpp"
#include "match/example_grams.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::match {

struct Likeness {
  uint32_t intent = 0;  // index into pack.intents
  float score = 0;      // 0..1: how sure the model is, less where the message is foreign to it
};

// A gram of the message that spoke for an intent and its group.
struct SpeakingGram {
  Span span;         // normalised characters
  float weight = 0;  // what it added to the logits
};

// What training makes of a pack: the records of its image.
struct ExampleModel {
  ExampleHeader header;
  CharTableBuilder<uint32_t> singles;  // rows, plus 1
  std::vector<uint64_t> slots;         // see slot_of
  std::vector<int8_t> rows;            // by gram: a weight a group, then GramVoices
  std::vector<Range> groups;           // places
  std::vector<uint16_t> intent_at;     // by place
  std::vector<ExampleRecord> examples;
  std::vector<Range> by_intent;  // examples
};

// Scratch memory of one thread.
struct ExampleScratch {
  struct Group {
    uint32_t group;
    float probability;
    float all;  // exponentials of its intents' logits together
  };
  std::vector<uint64_t> pairs;  // of the message, as far as the pack knows them
  std::vector<uint32_t> rows;   // of its grams that the pack knows
  std::vector<int16_t> group_sums;
  std::vector<float> groups;      // exponentials of their logits
  std::vector<Group> top;         // the likeliest groups
  std::vector<int16_t> sums;      // by place; zero between messages
  std::vector<uint16_t> touched;  // places that a gram speaks of, where there are many
  std::vector<uint32_t> epochs;   // by place: when it was touched last
  uint32_t epoch = 0;
  std::vector<uint16_t> near;    // places of a group that are not far behind its best
  std::vector<float> shares;     // exponentials of their logits
  std::vector<uint64_t> strong;  // the likeliest intents, see `ranking_key`
  std::vector<Likeness> ranked;
  uint64_t signature[2] = {};  // of the grams, once `nearest` has asked for it
  bool is_signed = false;
  uint32_t pair_count = 0, count = 0, touched_count = 0;  // of `pairs`, `rows` and `touched`
  float length = 0;                                       // of the message's vector
  float familiar = 0;  // share of the message's characters that the pack knows
};

class ExampleMatcher {
 public:
  static constexpr uint32_t kMaxRanked = 6;
  static constexpr uint32_t kMaxTopGroups = 4;
  static constexpr uint32_t kMaxCompared = 32;  // examples of an intent

  // Reads the pack and nothing else: may run beside what else compiles it.
  static ExampleModel train(const rules::Pack& pack);
  static void build(const rules::Pack& pack, ExampleModel model, ImageBuilder* image);
  bool open(const Image& image);  // `image` must outlive the matcher

  // The likeliest intents, best first, at most kMaxRanked, in scratch->ranked; those that share
  // next to nothing with the message are left out. Before them those `asked` for, each once, whose
  // group is likely: a phrase that occurs speaks for them already. Allocates nothing once the
  // scratch has grown. Long messages: the first kMaxExampleChars characters count.
  std::span<const Likeness> rank(const text::Text& text, std::span<const uint32_t> asked,
                                 ExampleScratch* scratch) const;

  // Of the intent's first kMaxCompared examples the one most like the message ranked last: a
  // running number over pack.intents[i].examples[j], UINT32_MAX when none shares a pair of
  // characters with it.
  uint32_t nearest(uint32_t intent, ExampleScratch* scratch) const;
  std::string_view example_text(uint32_t example) const;

  // The grams that spoke loudest for the intent and its group, loudest first, at most three. For
  // traces: allocates.
  std::vector<SpeakingGram> explain(uint32_t intent, const text::Text& text) const;

 private:
  const GramVoices& voices(uint32_t row) const;
  const int8_t* weights(uint32_t row) const { return rows_.data() + size_t{row} * row_size_; }
  bool check_rows() const;
  void prepare(size_t asked, ExampleScratch* scratch) const;
  void look_up(const text::Text& text, ExampleScratch* scratch) const;
  void add_groups(ExampleScratch* scratch) const;
  void rank_groups(ExampleScratch* scratch) const;
  bool is_listed() const;
  template <bool kListed>
  void add_intents(ExampleScratch* scratch) const;
  void rank_intents(std::span<const uint32_t> asked, ExampleScratch* scratch) const;
  void share_out(ExampleScratch::Group* group, ExampleScratch* scratch) const;
  float score_of_share(const ExampleScratch::Group& group, float share,
                       const ExampleScratch& scratch) const;
  void tell(uint32_t intent, ExampleScratch* scratch) const;

  const Image* image_ = nullptr;
  uint32_t intents_ = 0, groups_ = 0;
  uint32_t stride_ = 0, row_size_ = 0;  // bytes: of the groups' weights, of a row
  float group_unit_ = 0, intent_unit_ = 0;
  CharTable<uint32_t> singles_;  // rows, plus 1
  std::span<const uint64_t> slots_;
  std::span<const int8_t> rows_;
  std::span<const uint16_t> intent_at_;  // by place: intents in the order of their groups
  std::vector<uint32_t> place_of_;       // by intent
  std::span<const Range> places_;        // by group
  std::span<const ExampleRecord> examples_;
  std::span<const Range> by_intent_;
};

}  // namespace xiaoer::match
