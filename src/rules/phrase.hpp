#pragma once
// The phrase language: text to a tree. docs/phrase-language.md has the grammar; one node kind a
// construct.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"

namespace xiaoer::rules {

struct PhraseNode {
  enum class Kind : uint8_t {
    kLiteral,       // `literal`, normalised characters
    kSequence,      // children in order
    kAlternatives,  // one of the children; `optional` allows none
    kConcept,       // <name>
    kSlot,          // {name} or {name:role}
    kGap,           // min..max characters, not across a sentence end
  };
  Kind kind = Kind::kSequence;
  bool optional = false;
  uint32_t gap_min = 0, gap_max = 0;
  std::u32string literal;
  std::string name;     // concept or slot
  std::string role;     // slot
  uint32_t column = 0;  // 1-based character column inside the phrase's text
  std::vector<PhraseNode> children;
};

// One alternative of a phrase split at '|': parts joined by '+', each a sequence.
struct PhraseAlternative {
  std::vector<PhraseNode> parts;
};

struct Phrase {
  std::vector<PhraseAlternative> alternatives;
};
using PhraseTree = std::shared_ptr<const Phrase>;  // parsed once, handed on

inline constexpr uint32_t kDefaultGap = 8;
inline constexpr uint32_t kMaxGap = 200;
inline constexpr uint32_t kMaxNesting = 8;

struct PhraseError {
  std::string code;     // a catalogue code: phrase-unclosed, phrase-empty, phrase-unexpected, ...
  uint32_t column = 0;  // 1-based character column inside the phrase
  std::vector<std::string> args;
};

// Parses `text` (UTF-8). Literals are normalised exactly as messages are. Null: `*error` says where
// and why. Thread-safe.
PhraseTree parse_phrase(std::string_view text, PhraseError* error);

}  // namespace xiaoer::rules
