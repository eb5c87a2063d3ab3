#pragma once
// Internal: what can be told of a phrase without a message: what it names, how short its matches
// are, what every match holds.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/phrase.hpp"

namespace xiaoer::rules {

// Measures of a concept, or of a phrase whose concepts are measured.
struct Shape {
  uint64_t strings = 0;   // texts it stands for, gaps and slots apart; kMany and more are the same
  uint32_t shortest = 0;  // characters
  uint32_t longest = 0;
};
inline constexpr uint64_t kMany = 1u << 30;

using Shapes = std::unordered_map<std::string, Shape>;

// Concepts that `shapes` lacks count as one text of one character.
Shape measure(const PhraseNode& node, const Shapes& shapes);
Shape measure(const Phrase& phrase, const Shapes& shapes);

// Calls `visit` for every node.
void walk(const Phrase& phrase, const std::function<void(const PhraseNode&)>& visit);

// A text that is equal for phrases that are written differently but are the same.
std::string canonical(const PhraseAlternative& alternative);
std::string canonical(const Phrase& phrase);

// Whether every match of `phrase` has a match of `other` inside, as far as literals show it.
bool always_contains(const Phrase& phrase, const Phrase& other);

}  // namespace xiaoer::rules
