#pragma once
// From phrase trees to forms: straight sequences of groups, gaps and slots, in which concepts are
// expanded and alternatives of pure text have become sets of strings. A phrase matches where one of
// its forms does.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "rules/entity_kinds.hpp"
#include "rules/pack.hpp"
#include "rules/phrase.hpp"

namespace xiaoer::match {

// Limits of one pattern; beyond them it is refused as phrase-too-complex.
inline constexpr size_t kMaxForms = 64;            // straight sequences
inline constexpr size_t kMaxFormStrings = 4095;    // strings of one group
inline constexpr size_t kMaxTotalStrings = 20000;  // of all groups

struct Item {
  enum class Kind : uint8_t { kGroup, kGap, kSlot };
  Kind kind = Kind::kGroup;
  std::vector<std::u32string> strings;  // group: sorted, unique; an empty one means "or nothing"
  uint32_t gap_min = 0, gap_max = 0;
  uint32_t entity_kind = 0;
  std::string role;
};
using Form = std::vector<Item>;

// '+' joined parts of one way to match.
struct ExpandedAlternative {
  std::vector<Form> parts;
};

// Why a phrase could not be expanded.
struct ExpandError {
  std::string code;
  std::vector<std::string> args;
};

class Expander {
 public:
  explicit Expander(const rules::Pack& pack);
  // `tree`: what `phrase` says, or null to have it parsed. False: `*error` says why.
  bool expand(const std::string& phrase, const rules::PhraseTree& tree,
              std::vector<ExpandedAlternative>* out, ExpandError* error);

 private:
  using Forms = std::vector<Form>;
  bool expand_alternative(const rules::PhraseAlternative& alternative,
                          std::vector<ExpandedAlternative>* out);
  bool expand_node(const rules::PhraseNode& node, Forms* out);
  bool expand_sequence(const rules::PhraseNode& node, Forms* out);
  bool expand_choice(const rules::PhraseNode& node, Forms* out);
  bool expand_concept(const std::string& name, Forms* out);
  bool expand_slot(const rules::PhraseNode& node, Forms* out);
  bool merge_choices(Forms forms, bool optional, Forms* out);
  bool strings_fit(const Forms& forms);
  bool fail(std::string code, std::vector<std::string> args);

  const rules::Pack& pack_;
  std::map<std::string, size_t> concept_numbers_;
  std::map<std::string, Forms> concepts_;  // expanded already
  uint32_t depth_ = 0;
  ExpandError error_;
};

}  // namespace xiaoer::match
