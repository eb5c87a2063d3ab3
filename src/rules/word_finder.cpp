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
    lengths_.push_back(chars.size());
    words_.emplace(std::move(chars), word);
  };
  for (size_t i = 0; i < entries.size(); ++i) {
    for (const std::string& word : entries[i].words) add(word, {i, false});
    for (const std::string& word : entries[i].except) add(word, {i, true});
  }
  std::sort(lengths_.rbegin(), lengths_.rend());
  lengths_.erase(std::unique(lengths_.begin(), lengths_.end()), lengths_.end());
}

std::vector<ComplianceHit> ComplianceFinder::find(std::u32string_view chars) const {
  std::vector<ComplianceHit> hits, covers;
  for (const size_t length : lengths_) {
    for (size_t at = 0; length > 0 && at + length <= chars.size(); ++at) {
      const auto [first, last] = words_.equal_range(std::u32string(chars.substr(at, length)));
      for (auto word = first; word != last; ++word) {
        const ComplianceHit hit = {word->second.entry,
                                   {static_cast<uint32_t>(at), static_cast<uint32_t>(at + length)}};
        const bool covered =
            std::any_of(covers.begin(), covers.end(), [&](const ComplianceHit& cover) {
              return cover.entry == hit.entry && cover.span.contains(hit.span);
            });
        if (!covered && !word->second.is_exception) hits.push_back(hit);
        covers.push_back(hit);
        if (covers.size() >= kMaxHits) return hits;
      }
    }
  }
  return hits;
}

}  // namespace xiaoer::rules
