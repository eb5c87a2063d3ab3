#include "oracle/phrase_brute.hpp"

#include <algorithm>

#include "rules/entity_kinds.hpp"

namespace xiaoer::oracle {
namespace {

using rules::MatchKind;
using rules::PhraseNode;

bool stands_at(const text::Text& text, uint32_t at, const std::u32string& word) {
  return word.size() <= text.size() - at &&
         std::equal(word.begin(), word.end(), text.chars.begin() + at);
}

bool is_skipped(uint16_t properties) {
  return (properties & (text::kPunctuation | text::kSpace | text::kSymbol)) != 0;
}

}  // namespace

const rules::Phrase& PhraseTrees::of(const std::string& phrase) {
  const auto [entry, added] = trees_.try_emplace(phrase);
  rules::PhraseError error;
  if (added) entry->second = rules::parse_phrase(phrase, &error);
  return *entry->second;
}

BruteMatcher::BruteMatcher(const rules::Pack& pack, PhraseTrees* trees, const text::Text& text,
                           const entities::Entities& entities)
    : pack_(pack), trees_(trees), text_(text), entities_(entities) {
  for (const std::string& word : pack.protected_words) {
    const std::u32string chars = text::normalise_to_chars(word);
    const uint32_t size = static_cast<uint32_t>(chars.size());
    for (uint32_t at = 0; at < text.size(); ++at) {
      if (stands_at(text, at, chars)) protected_.push_back({at, at + size});
    }
  }
  for (uint32_t at = 0, begin = 0; at < text.size(); ++at) {
    if ((text.properties[at] & text::kDigit) == 0) begin = at + 1;
    if (begin <= at && (at + 1 == text.size() || (text.properties[at + 1] & text::kDigit) == 0)) {
      protected_.push_back({begin, at + 1});
    }
  }
}

bool BruteMatcher::hidden(Span run) const {
  return std::any_of(protected_.begin(), protected_.end(),
                     [&](Span word) { return word.contains(run) && word != run; });
}

std::set<uint32_t> BruteMatcher::closed(const States& states, bool inside_ok) const {
  std::set<uint32_t> places;
  for (const auto& [at, run] : states) {
    if (run == kNoRun || inside_ok || !hidden({run, at})) places.insert(at);
  }
  return places;
}

BruteMatcher::States BruteMatcher::after(const PhraseNode& node, const States& before,
                                         bool inside_ok) const {
  States result;
  switch (node.kind) {
    case PhraseNode::Kind::kLiteral:
      for (const auto& [at, run] : before) {
        if (!stands_at(text_, at, node.literal)) continue;
        const uint32_t size = static_cast<uint32_t>(node.literal.size());
        result.insert({at + size, run == kNoRun && size > 0 ? at : run});
      }
      return result;
    case PhraseNode::Kind::kSequence:
      result = before;
      for (const PhraseNode& child : node.children) result = after(child, result, inside_ok);
      return result;
    case PhraseNode::Kind::kAlternatives:
      if (node.optional) result = before;
      for (const PhraseNode& child : node.children) {
        result.merge(after(child, before, inside_ok));
      }
      return result;
    case PhraseNode::Kind::kConcept:
      return after_concept(node.name, before, inside_ok);
    case PhraseNode::Kind::kSlot:
      return after_slot(node, before, inside_ok);
    case PhraseNode::Kind::kGap:
      return after_gap(node, before, inside_ok);
  }
  return result;
}

BruteMatcher::States BruteMatcher::after_concept(const std::string& name, const States& before,
                                                 bool inside_ok) const {
  States result;
  for (const rules::ConceptSource& source : pack_.concepts) {
    if (source.name != name) continue;
    for (const std::string& word : source.words) {
      for (const rules::PhraseAlternative& alternative : trees_->of(word).alternatives) {
        result.merge(after(alternative.parts[0], before, inside_ok));
      }
    }
  }
  return result;
}

BruteMatcher::States BruteMatcher::after_gap(const PhraseNode& node, const States& before,
                                             bool inside_ok) const {
  States result;
  for (const uint32_t at : closed(before, inside_ok)) {
    for (uint32_t size = 0; size <= node.gap_max && at + size <= text_.size(); ++size) {
      if (size > 0 && (text_.properties[at + size - 1] & text::kSentenceEnd) != 0) break;
      if (size >= node.gap_min) result.insert({at + size, kNoRun});
    }
  }
  return result;
}

BruteMatcher::States BruteMatcher::after_slot(const PhraseNode& node, const States& before,
                                              bool inside_ok) const {
  States result;
  for (const uint32_t at : closed(before, inside_ok)) {
    for (const entities::Entity& entity : entities_.list) {
      if (entity.kind == rules::find_entity_kind(node.name) && entity.span.begin == at) {
        result.insert({entity.span.end, kNoRun});
      }
    }
  }
  return result;
}

std::vector<Span> BruteMatcher::spans(const PhraseNode& part, bool inside_ok) const {
  std::vector<Span> found;
  for (uint32_t at = 0; at <= text_.size(); ++at) {
    for (const uint32_t end : closed(after(part, {{at, kNoRun}}, inside_ok), inside_ok)) {
      found.push_back({at, end});
    }
  }
  return found;
}

bool BruteMatcher::begins(Span span) const {
  return std::all_of(text_.properties.begin(), text_.properties.begin() + span.begin, is_skipped);
}

bool BruteMatcher::ends(Span span) const {
  return std::all_of(text_.properties.begin() + span.end, text_.properties.end(), is_skipped);
}

std::vector<Span> BruteMatcher::anchored_spans(const PhraseNode& part, MatchKind kind,
                                               bool inside_ok) const {
  std::vector<Span> found = spans(part, inside_ok);
  std::erase_if(found, [&](Span span) {
    return ((kind == MatchKind::kWhole || kind == MatchKind::kStart) && !begins(span)) ||
           ((kind == MatchKind::kWhole || kind == MatchKind::kEnd) && !ends(span));
  });
  return found;
}

bool BruteMatcher::alternative_matches(const rules::PhraseAlternative& alternative, MatchKind kind,
                                       bool inside_ok) const {
  if (alternative.parts.size() == 1) {
    return !anchored_spans(alternative.parts[0], kind, inside_ok).empty();
  }
  bool start = kind != MatchKind::kWhole && kind != MatchKind::kStart;
  bool end = kind != MatchKind::kWhole && kind != MatchKind::kEnd;
  for (const PhraseNode& part : alternative.parts) {
    const std::vector<Span> found = spans(part, inside_ok);
    if (found.empty()) return false;
    for (const Span span : found) {
      start = start || begins(span);
      end = end || ends(span);
    }
  }
  return start && end;
}

bool BruteMatcher::phrase_matches(const std::string& phrase, MatchKind kind, bool inside_ok) const {
  const rules::Phrase& tree = trees_->of(phrase);
  return std::any_of(tree.alternatives.begin(), tree.alternatives.end(),
                     [&](const rules::PhraseAlternative& alternative) {
                       return alternative_matches(alternative, kind, inside_ok);
                     });
}

bool BruteMatcher::matches(const rules::PatternSource& source) const {
  if (source.max_len > 0 && text_.size() > source.max_len) return false;
  if (!phrase_matches(source.text, source.kind, source.inside_ok)) return false;
  return std::none_of(source.nots.begin(), source.nots.end(), [&](const std::string& other) {
    return phrase_matches(other, MatchKind::kContains, source.inside_ok);
  });
}

}  // namespace xiaoer::oracle
