#pragma once
// Scratch memory of one thread. Nothing is cleared between messages: what belongs to the message at hand
// bears its epoch.

#include <cstdint>
#include <vector>

#include "match/matcher.hpp"
#include "match/records.hpp"
#include "match/regex.hpp"

namespace xiaoer::match {

// Where an atom occurs. A message of at most 63 characters has one mask; for longer ones `wide` leads to
// the list of occurrences.
struct AtomState {
  uint64_t mask = 0;   // bit i: the atom begins at character i and no protected word covers it
  uint32_t epoch = 0;  // valid when equal to MatchScratch::epoch
  uint32_t wide = 0;   // index into MatchScratch::wide_atoms
};

// Masks of atoms of which some occurrence is covered, before covering.
struct RawMask {
  uint64_t mask = 0;
  uint32_t epoch = 0;
};

// Occurrences of an atom in a long message, ascending: begin << 1 | covered.
struct WideAtom {
  uint32_t atom = 0;
  uint32_t first = 0, count = 0;  // into MatchScratch::wide_begins
  uint32_t dense = kNone;         // where many: place of two bit sets in wide_masks, open and raw
};

struct MatchScratch {
  uint32_t epoch = 0;
  // scan
  std::vector<AtomState> atoms;      // by atom
  std::vector<uint64_t> seen;        // by atom a bit, of those touched: small enough to stay near
  std::vector<uint32_t> touched;     // atoms seen; verify adds those of the entity kinds
  size_t scanned = 0;                // how many of them are of the scan
  uint64_t signature = 0;            // of the scanned atoms
  std::vector<Span> covers;          // occurrences of protected words, by end
  std::vector<uint32_t> cover_atoms; // the words themselves
  std::vector<RawMask> raw;          // by atom; empty when the pack protects no word
  std::vector<DictionaryHit> words;
  uint32_t length = 0;               // characters of the message
  uint32_t lead = 0, trail = 0;      // what is punctuation, space or symbol before and behind
  uint64_t crossable = 0;            // bit i: a gap may cross character i
  // scan of long messages
  std::vector<uint64_t> wide_hits;   // atom << 32 | begin, in order of their ends
  std::vector<uint32_t> wide_begins;
  std::vector<WideAtom> wide_atoms;
  std::vector<uint64_t> wide_masks;
  std::vector<std::vector<uint64_t>> wide_crossable;  // [k] bit i: a gap may cross 2^k characters from i
  std::vector<uint64_t> wide_sets;   // position sets of the evaluation at work
  // verify
  std::vector<uint32_t> candidates;  // program offsets
  std::vector<uint32_t> program_epochs, pattern_epochs;
  std::vector<PatternHit> hits;
  RegexInput regex_input;
  uint32_t regex_epoch = 0;
};

}  // namespace xiaoer::match
