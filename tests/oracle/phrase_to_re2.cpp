#include "oracle/phrase_to_re2.hpp"

#include <re2/re2.h>

#include "text/normaliser.hpp"
#include "text/utf8.hpp"

namespace xiaoer::oracle {
namespace {

std::string escaped(std::u32string_view chars) { return re2::RE2::QuoteMeta(text::encode(chars)); }

// A class that holds the characters with one of the properties.
std::string char_class(const std::u32string& characters, uint16_t properties, const char* open) {
  std::string out = open;
  for (const char32_t c : characters) {
    if ((text::property_of(c) & properties) != 0) out += escaped(std::u32string(1, c));
  }
  return out + "]";
}

}  // namespace

PhraseToRe2::PhraseToRe2(const std::vector<rules::ConceptSource>& concepts,
                         const std::u32string& characters)
    : concepts_(concepts),
      not_sentence_end_(char_class(characters, text::kSentenceEnd, "[^")),
      skipped_(char_class(characters, text::kPunctuation | text::kSpace | text::kSymbol, "[")) {}

std::string PhraseToRe2::translate(const rules::Phrase& phrase, rules::MatchKind kind) const {
  std::string all;
  for (const rules::PhraseAlternative& alternative : phrase.alternatives) {
    if (!all.empty()) all += '|';
    all += "(?:" + node(alternative.parts[0]) + ")";
  }
  const bool starts = kind == rules::MatchKind::kWhole || kind == rules::MatchKind::kStart;
  const bool ends = kind == rules::MatchKind::kWhole || kind == rules::MatchKind::kEnd;
  return "(?s)" + (starts ? "\\A" + skipped_ + "*" : std::string()) + "(?:" + all + ")" +
         (ends ? skipped_ + "*\\z" : std::string());
}

std::string PhraseToRe2::node(const rules::PhraseNode& node) const {
  using Kind = rules::PhraseNode::Kind;
  std::string out;
  switch (node.kind) {
    case Kind::kLiteral:
      return escaped(node.literal);
    case Kind::kGap:
      return not_sentence_end_ + "{" + std::to_string(node.gap_min) + "," +
             std::to_string(node.gap_max) + "}";
    case Kind::kConcept:
      return concept_words(node.name);
    case Kind::kSequence:
      for (const rules::PhraseNode& child : node.children) out += this->node(child);
      return out;
    case Kind::kAlternatives:
      for (const rules::PhraseNode& child : node.children) {
        out += (out.empty() ? "(?:(?:" : "|(?:") + this->node(child) + ")";
      }
      return out + (node.optional ? ")?" : ")");
    case Kind::kSlot:
      break;
  }
  return "(?:unknown)";
}

std::string PhraseToRe2::concept_words(const std::string& name) const {
  std::string out;
  for (const rules::ConceptSource& source : concepts_) {
    if (source.name != name) continue;
    for (const std::string& word : source.words) {
      rules::PhraseError error;
      const rules::PhraseTree phrase = rules::parse_phrase(word, &error);
      if (phrase == nullptr) continue;
      for (const rules::PhraseAlternative& alternative : phrase->alternatives) {
        out += (out.empty() ? "(?:(?:" : "|(?:") + node(alternative.parts[0]) + ")";
      }
    }
  }
  return out + ")";
}

}  // namespace xiaoer::oracle
