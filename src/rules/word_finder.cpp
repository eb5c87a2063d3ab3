#include "rules/word_finder.hpp"

#include <algorithm>

#include "text/normaliser.hpp"

namespace xiaoer::rules {
namespace {

constexpr size_t kMaxHits =
    256;  // in one text: enough to tell, and a hostile pack cannot make it a square

}  // namespace

ComplianceFinder::ComplianceFinder(const std::vector<ComplianceSource>& entries) {
  const auto add = [&](const std::string& text, Word word) {
    std::u32string chars = text::normalise_to_chars(text);
    if (chars.empty()) return;
    by_first_[chars[0]].push_back(chars.size());
    words_.emplace(std::move(chars), word);
  };
  for (size_t i = 0; i < entries.size(); ++i) {
    for (const std::string& word : entries[i].words) add(word, {i, false});
    for (const std::string& word : entries[i].except) add(word, {i, true});
  }
  for (auto& [first, lengths] : by_first_) {
    std::sort(lengths.rbegin(), lengths.rend());
    lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());
  }
}

// Where a word may lie, the longest first.
std::vector<Span> ComplianceFinder::candidates(std::u32string_view chars) const {
  std::vector<Span> spans;
  for (size_t at = 0; at < chars.size(); ++at) {
    const auto lengths = by_first_.find(chars[at]);
    if (lengths == by_first_.end()) continue;
    for (const size_t length : lengths->second) {
      if (length > chars.size() - at) continue;
      spans.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + length)});
    }
  }
  std::stable_sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.size() > b.size(); });
  return spans;
}

std::vector<ComplianceHit> ComplianceFinder::find(std::u32string_view chars) const {
  std::vector<ComplianceHit> hits, covers;
  for (const Span span : candidates(chars)) {
    const auto [first, last] = words_.equal_range(chars.substr(span.begin, span.size()));
    for (auto word = first; word != last; ++word) {
      const ComplianceHit hit = {word->second.entry, span};
      const bool covered =
          std::any_of(covers.begin(), covers.end(), [&](const ComplianceHit& cover) {
            return cover.entry == hit.entry && cover.span.contains(hit.span);
          });
      if (!covered && !word->second.is_exception) hits.push_back(hit);
      covers.push_back(hit);
      if (covers.size() >= kMaxHits) return hits;
    }
  }
  return hits;
}

}  // namespace xiaoer::rules
