#pragma once
// Scratch memory of one thread. Next to nothing is cleared between messages: what belongs to the
// message at hand bears its epoch or is a short list.

#include <cstdint>
#include <vector>

#include "match/matcher.hpp"
#include "match/records.hpp"
#include "match/regex.hpp"

namespace xiaoer::match {

// Characters of the longest message whose positions, 0 to 63, fill one word.
inline constexpr uint32_t kLongestNarrow = 63;

// Occurrences of an atom in a long message, ascending: begin << 1 | covered.
struct WideAtom {
  uint32_t atom = 0;
  uint32_t first = 0, count = 0;  // into MatchScratch::wide_begins
  uint32_t dense = kNone;         // where many: place of two bit sets in wide_masks, open and raw
};

// An atom, by its place, that is a part of a longer number.
struct NumberHit {
  uint32_t place = 0, begin = 0;
};

struct MatchScratch {
  static constexpr uint32_t kCrossable = 8;

  uint32_t epoch = 0;
  // scan
  std::vector<uint32_t> places;       // by atom: 0 not seen, otherwise 1 + its place in `touched`
  std::vector<uint32_t> touched;      // atoms seen; verify adds those of the entity kinds
  size_t scanned = 0;                 // how many of them are of the scan
  uint64_t signature = 0;             // of the scanned atoms
  uint64_t seen = 0;                  // of all touched ones
  std::vector<Span> covers;           // occurrences of protected words, by end
  std::vector<uint32_t> cover_atoms;  // the words themselves; kNone: a number
  std::vector<Span> numbers;          // in which a shorter one stands
  std::vector<NumberHit> number_hits;
  std::vector<entities::DictionaryHit> words;
  uint32_t length = 0;           // characters of the message
  uint32_t lead = 0, trail = 0;  // what is punctuation, space or symbol before and behind
  // scan of messages of at most kLongestNarrow characters
  std::vector<uint64_t> masks;      // by place: bit i: the atom begins at character i, not covered
  std::vector<uint64_t> raw_masks;  // the same before covering; valid when `covers` is not empty
  uint64_t crossable[kCrossable + 1] = {};  // [k] bit i: a gap may cross k characters from i on
  // scan of long messages
  std::vector<uint64_t> wide_hits;  // atom << 32 | begin, in order of their ends
  std::vector<uint32_t> wide_begins;
  std::vector<WideAtom> wide_atoms;
  std::vector<uint64_t> wide_masks;
  std::vector<std::vector<uint64_t>>
      wide_crossable;               // [k] bit i: a gap may cross 2^k characters from i
  std::vector<uint64_t> wide_sets;  // position sets of the evaluation at work
  // verify
  std::vector<uint32_t> seconds;     // of `touched` those that may be the second of a pair
  std::vector<uint32_t> candidates;  // program offsets
  std::vector<uint32_t> program_epochs, pattern_epochs;
  std::vector<PatternHit> hits;
  size_t cue_hits = 0;  // how many of them, the last, are of cues
  RegexInput regex_input;
  uint32_t regex_epoch = 0;
};

}  // namespace xiaoer::match
