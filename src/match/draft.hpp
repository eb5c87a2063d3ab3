#pragma once
// What compiling a pack produces before it is laid out: atoms, programs, and what they belong to.

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/image.hpp"
#include "match/records.hpp"

namespace xiaoer::match {

struct SegmentDraft {
  uint32_t gap_min = 0, gap_max = 0;
  uint32_t flags = 0;           // SegmentFlag
  std::vector<uint32_t> atoms;  // group
  uint32_t kind = 0, role = 0;  // slot; role 0: none, otherwise 1 + number
  bool required() const { return (flags & kOptional) == 0 && (kind_is_set() || !atoms.empty()); }
  bool kind_is_set() const { return (flags & kIsSlot) != 0; }
};

struct ProgramDraft {
  uint32_t flags = 0;  // kind and ProgramFlag
  uint32_t max_len = 0;
  std::vector<uint32_t> nots;  // program numbers
  uint32_t regex = kNone;
  std::vector<SegmentDraft> segments;  // of a regex: groups of each of which one must occur
  std::vector<uint32_t> patterns;      // empty: a `not` program, evaluated only on behalf of others
};

struct RegexDraft {
  std::string text;
  uint32_t kind = 0;
};

// All atoms, numbered in order of first use until `renumber`.
class AtomTable {
 public:
  uint32_t add(const std::u32string& string);
  uint32_t find(const std::u32string& string) const;  // kNone when it is no atom
  const std::vector<std::u32string>& strings() const { return strings_; }
  // Gives `first` the numbers from 0 on; returns new numbers by old ones.
  std::vector<uint32_t> renumber(const std::vector<uint32_t>& first);

 private:
  struct Hash {
    size_t operator()(const std::u32string& string) const;
  };
  std::unordered_map<std::u32string, uint32_t, Hash> numbers_;
  std::vector<std::u32string> strings_;
};

struct Draft {
  AtomTable atoms;
  std::vector<ProgramDraft> programs;
  std::vector<RegexDraft> regexes;
  std::vector<uint32_t> specificity;  // by pattern
  std::vector<std::string> roles;
  std::vector<uint32_t> protected_atoms;
  std::map<uint32_t, std::vector<uint32_t>> word_atoms;  // atom to dictionary words
  uint32_t words = 0;
  uint32_t kinds = 0;
  uint32_t cues = 0;  // patterns of cues, the last

  std::vector<uint32_t> number_atoms() const;  // those of digits only
};

// Chooses the atoms that call for each program and adds all sections but those of the automaton.
// `classes`: number of character classes.
void lay_out(const Draft& draft, uint32_t classes, ImageBuilder* image);

// Gives protected words, dictionary words and numbers the lowest atom numbers.
void number_specials_first(Draft* draft);

}  // namespace xiaoer::match
