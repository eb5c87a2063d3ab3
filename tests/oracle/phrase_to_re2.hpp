#pragma once
// Translates phrases to RE2 syntax: an independent statement of what they mean. No slots, no '+'.

#include <string>
#include <vector>

#include "rules/pack.hpp"
#include "rules/phrase.hpp"

namespace xiaoer::oracle {

// `characters`: all that occur in the messages; decides what the classes of sentence ends and of
// skipped characters hold.
class PhraseToRe2 {
 public:
  PhraseToRe2(const std::vector<rules::ConceptSource>& concepts, const std::u32string& characters);
  // A regex that matches (unanchored) exactly the messages that the phrase matches.
  std::string translate(const rules::Phrase& phrase, rules::MatchKind kind) const;

 private:
  std::string node(const rules::PhraseNode& node) const;
  std::string concept_words(const std::string& name) const;

  const std::vector<rules::ConceptSource>& concepts_;
  std::string not_sentence_end_, skipped_;
};

}  // namespace xiaoer::oracle
