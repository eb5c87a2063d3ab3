#pragma once
// The guards: every check that an outgoing text must pass. A new guard is a function and a line in
// kChecks.

#include "reply/draft.hpp"
#include "reply/work.hpp"

namespace xiaoer::reply {

// False: impl.refusal says which rule refused impl.draft. `position`: the intent that it answers.
bool guard(const Work& work, const VariantRecord& variant, uint32_t position);

}  // namespace xiaoer::reply
