#pragma once
// Internal: the compliance words of a pack in its own templates. While a pack loads there is no
// automaton yet; words are at most 64 characters long, so one look-up for each length that occurs
// is quick enough.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/span.hpp"
#include "rules/pack.hpp"

namespace xiaoer::rules {

struct ComplianceHit {
  size_t entry = 0;  // index into Pack::compliance
  Span span;         // normalised characters
};

class ComplianceFinder {
 public:
  explicit ComplianceFinder(const std::vector<ComplianceSource>& entries);
  // Words of normalised `chars` that do not lie inside one of their entry's exceptions. A longer
  // word of the same entry hides a shorter one inside it.
  std::vector<ComplianceHit> find(std::u32string_view chars) const;

 private:
  struct Word {
    size_t entry;
    bool is_exception;
  };
  std::unordered_multimap<std::u32string, Word> words_;
  std::vector<size_t> lengths_;  // distinct, longest first
};

}  // namespace xiaoer::rules
