#pragma once
// A matcher that tries everything: slow, simple, and written from the grammar rather than from
// src/match. It knows all constructs, word protection included.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/span.hpp"
#include "entities/entity.hpp"
#include "rules/pack.hpp"
#include "rules/phrase.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::oracle {

// Phrases, each parsed once; they must be sound.
class PhraseTrees {
 public:
  const rules::Phrase& of(const std::string& phrase);

 private:
  std::map<std::string, rules::PhraseTree> trees_;
};

class BruteMatcher {
 public:
  BruteMatcher(const rules::Pack& pack, PhraseTrees* trees, const text::Text& text,
               const entities::Entities& entities);

  // All spans of one part.
  std::vector<Span> spans(const rules::PhraseNode& part, bool inside_ok) const;
  bool matches(const rules::PatternSource& source) const;
  // Spans of one way to match without '+', anchors considered.
  std::vector<Span> anchored_spans(const rules::PhraseNode& part, rules::MatchKind kind,
                                   bool inside_ok) const;

 private:
  // Where a match may have got to: its place, and where the run of literal text that ends there
  // began.
  using State = std::pair<uint32_t, uint32_t>;
  static constexpr uint32_t kNoRun = UINT32_MAX;
  using States = std::set<State>;

  States after(const rules::PhraseNode& node, const States& before, bool inside_ok) const;
  States after_gap(const rules::PhraseNode& node, const States& before, bool inside_ok) const;
  States after_slot(const rules::PhraseNode& node, const States& before, bool inside_ok) const;
  States after_concept(const std::string& name, const States& before, bool inside_ok) const;
  // The places whose run, if any, no protected word hides.
  std::set<uint32_t> closed(const States& states, bool inside_ok) const;
  bool hidden(Span run) const;
  bool alternative_matches(const rules::PhraseAlternative& alternative, rules::MatchKind kind,
                           bool inside_ok) const;
  bool phrase_matches(const std::string& phrase, rules::MatchKind kind, bool inside_ok) const;
  bool begins(Span span) const;
  bool ends(Span span) const;

  const rules::Pack& pack_;
  PhraseTrees* trees_;
  const text::Text& text_;
  const entities::Entities& entities_;
  std::vector<Span> protected_;
};

}  // namespace xiaoer::oracle
