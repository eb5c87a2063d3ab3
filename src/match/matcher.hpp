#pragma once
// Phrases and regexes against one message. Built from a pack into the image; matched in three
// steps: scan (one pass of the automaton over the characters), then, once entities are known,
// verify (position masks of the phrases whose rarest atom was seen; regexes whose atoms were seen).
//
// What the kinds mean: a match of kind start begins where only punctuation, symbols and spaces
// stand before it, one of kind end ends where only such stand behind it, a whole match does both.
// When parts are joined by
// '+', one of them does. For a regex the message without such characters at its ends is tried
// first, then all of it; regexes see the first 4 KiB of the normalised message, so that in longer
// ones the end is out of reach.
//
// Word protection: literal text that stands strictly inside an occurrence of a protected word does
// not count. The text is what a phrase has side by side, with its alternatives and optional parts
// chosen: (评|好)价 is found in 评价. A number covers the shorter ones in it. Patterns with
// inside_ok are free of it, and so are regexes; dictionary words are not.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/image.hpp"
#include "base/span.hpp"
#include "entities/entity.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::match {

// A pattern that matched. `pattern` counts all patterns of all intents of the pack in order: the
// running number over pack.intents[i].patterns[j]; those of cues count on behind them.
struct PatternHit {
  uint32_t pattern = 0;
  // Normalised characters of one match: of those with the earliest end the shortest. For parts
  // joined by
  // '+' the hull of one match each.
  Span span;
};

// A slot with a role in a matched phrase: {金额:出价}. Roles are numbered by Matcher::roles().
struct SlotHit {
  uint32_t pattern = 0;
  uint32_t role = 0;
  uint32_t entity = 0;  // index into Entities::list
};

struct NearMiss;  // near_miss.hpp

// Scratch memory of one thread; grows to what the longest message so far needed, then stays.
struct MatchScratch;
struct MatchScratchDelete {
  void operator()(MatchScratch* scratch) const;
};
using MatchScratchPtr = std::unique_ptr<MatchScratch, MatchScratchDelete>;

class Matcher {
 public:
  // Compiles all patterns and dictionary words of `pack` into the kMatch sections. Reports bad
  // regexes (RE2's own words and the part at fault), phrases too large to expand, and, as warnings,
  // patterns without atoms, which cost something on every message.
  static void build(const rules::Pack& pack, ImageBuilder* image, Diagnostics* diagnostics);

  // Prepares to match from `image`, which must outlive the matcher; compiles the regexes. False:
  // damaged.
  bool open(const Image& image);

  MatchScratchPtr make_scratch() const;
  // Whether `scratch`, made by any matcher, is as large as this one needs.
  bool fits(const MatchScratch& scratch) const;

  // Step 1. Finds atoms and dictionary words; the results stay in `scratch` until the next scan.
  void scan(const text::Text& text, MatchScratch* scratch) const;
  // In order of their ends, longer ones first.
  std::span<const entities::DictionaryHit> dictionary_hits(const MatchScratch& scratch) const;

  // Step 2. Finds every pattern that matches; each at most once. Order: by pattern number.
  // hits() has those of intents, cue_hits() those of cues.
  void verify(const text::Text& text, const entities::Entities& entities,
              MatchScratch* scratch) const;
  std::span<const PatternHit> hits(const MatchScratch& scratch) const;
  std::span<const PatternHit> cue_hits(const MatchScratch& scratch) const;

  // Slots with roles of the pattern hit `pattern`, found on demand. Appends to `out`.
  void find_slots(const text::Text& text, const entities::Entities& entities, uint32_t pattern,
                  MatchScratch* scratch, std::vector<SlotHit>* out) const;

  // For traces, after verify: phrases that nearly matched, those with most characters found first,
  // and the alternatives that one of them lacked (NearMiss::Lack::kWords). See near_miss.hpp.
  void find_near_misses(const entities::Entities& entities, MatchScratch* scratch,
                        std::vector<NearMiss>* out) const;
  std::string missing_words(const NearMiss& miss) const;

  // Number of the role named `name`, or UINT32_MAX.
  uint32_t find_role(std::string_view name) const;

  size_t pattern_count() const;  // of intents
  size_t cue_pattern_count() const;
  // Literal characters of the shortest way to match the pattern: a measure of how specific it is.
  uint32_t specificity(uint32_t pattern) const;

  struct Views;  // the opened image; of use to src/match only

 private:
  struct ViewsDelete {
    void operator()(Views* views) const;
  };
  std::unique_ptr<Views, ViewsDelete> views_;
};

}  // namespace xiaoer::match
