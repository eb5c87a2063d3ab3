#pragma once
// Internal: the options of a pattern as one text, to tell which patterns differ in their phrase
// alone.

#include <string>

#include "rules/pack.hpp"

namespace xiaoer::rules {

// Everything but the phrase that decides when a pattern matches; equal for equal options.
std::string options_key(const PatternSource& pattern);

}  // namespace xiaoer::rules
