#pragma once
// Compiles what a pack says of cases and actions into the records of case_views.hpp.

#include <unordered_map>

#include "base/image.hpp"
#include "reply/replier.hpp"
#include "rules/pack.hpp"

namespace xiaoer::reply {

// `replies`: indices by id. Unknown holding replies were reported when the pack was checked and are
// left out here.
void build_cases(const rules::Pack& pack,
                 const std::unordered_map<std::string_view, uint32_t>& replies,
                 ConditionTable* conditions, ImageBuilder* image);

}  // namespace xiaoer::reply
