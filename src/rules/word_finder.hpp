#pragma once
// Internal: the compliance words of a pack in its own templates. While a pack loads there is no
// automaton yet; one look-up for each length that words with the first character have is quick
// enough.

#include <cstdint>
#include <functional>
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
  std::vector<Span> candidates(std::u32string_view chars) const;
  struct Word {
    size_t entry;
    bool is_exception;
  };
  // Looked up by views: nothing is copied for a look-up.
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::u32string_view text) const {
      return std::hash<std::u32string_view>()(text);
    }
  };
  std::unordered_multimap<std::u32string, Word, Hash, std::equal_to<>> words_;
  std::unordered_map<char32_t, std::vector<size_t>> by_first_;  // lengths of words, longest first
};

}  // namespace xiaoer::rules
