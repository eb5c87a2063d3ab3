// Campaigns: overlay packs that apply for a while. What they bring is bound to their time; what
// would outlast them is refused.

#include <algorithm>

#include "rules/parse.hpp"

namespace xiaoer::rules {

void narrow_to_campaign(const ParseContext& context, Condition* condition) {
  const Validity& valid = context.draft().valid;
  if (valid.from) {
    condition->valid_from = std::max(condition->valid_from.value_or(*valid.from), *valid.from);
  }
  if (valid.to) {
    condition->valid_to = std::min(condition->valid_to.value_or(*valid.to), *valid.to);
  }
}

void refuse_in_campaign(ParseContext& context, const Node& node, std::string_view what) {
  if (!context.draft().valid.limited()) return;
  context.error("campaign-changes", node.place(), {std::string(what)});
}

}  // namespace xiaoer::rules
