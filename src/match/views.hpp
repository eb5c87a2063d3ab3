#pragma once
// The opened image as the matcher reads it.

#include <span>
#include <string_view>
#include <vector>

#include "match/char_table.hpp"
#include "match/matcher.hpp"
#include "match/records.hpp"
#include "match/regex.hpp"

namespace xiaoer::match {

struct Matcher::Views {
  const Image* image = nullptr;
  MatchHeader header;
  CharTable<uint16_t> classes;
  std::span<const State> states;
  std::span<const Output> outputs;
  std::span<const Atom> atoms;
  std::span<const SpecialAtom> specials;
  std::span<const Cover> covers;
  std::span<const uint32_t> words;  // kMatchDictionary
  std::span<const uint64_t> postings;
  std::span<const uint32_t> posting_programs;
  std::span<const uint32_t> pair_begins;  // by bucket, and the end
  std::span<const uint16_t> pair_tags;
  std::span<const uint32_t> pair_programs, pair_lists;
  std::span<const uint32_t> always;
  std::span<const uint32_t> programs, groups;
  std::span<const uint32_t> fanout;
  std::span<const Not> nots;
  std::span<const uint16_t> specificity;
  std::span<const StringRef> roles;
  std::span<const RoleProgram> role_programs;
  std::vector<Regex> regexes;

  // Beyond all numbers of programs, see kLeastProgram.
  size_t program_numbers() const { return programs.size() / kLeastProgram + 1; }
  Program program(uint32_t offset) const { return {programs.data() + offset, groups.data()}; }
};

// Whether everything in `views` that is used as an index or a length stays inside: a damaged image
// is refused here, so that matching need not check.
bool check_views(const Matcher::Views& views);

}  // namespace xiaoer::match
