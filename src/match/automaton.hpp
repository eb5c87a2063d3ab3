#pragma once
// Builds the automaton that finds all atoms in one pass: Aho-Corasick over character classes, as a
// double array.

#include <cstdint>
#include <string>
#include <vector>

#include "base/image.hpp"

namespace xiaoer::match {

// Adds kMatchClassPages, kMatchClasses, kMatchStates and kMatchOutputs for `atoms` (unique, not
// empty, at most kMaxAtom characters). Returns the number of classes, or 0 when the atoms hold more
// different characters than there are classes.
uint32_t build_automaton(const std::vector<std::u32string>& atoms, ImageBuilder* image);

}  // namespace xiaoer::match
