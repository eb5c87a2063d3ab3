#pragma once
// One template and the facts to one text, in a single pass: values are never scanned again.

#include "reply/draft.hpp"
#include "reply/replier.hpp"
#include "reply/work.hpp"

namespace xiaoer::reply {

// Longest text in bytes.
inline constexpr size_t kMaxTextBytes = 4096;

// Fills work.impl.draft (text, slots, chars). False: impl.refusal says which variable could not be
// said.
bool render(const Work& work, const VariantRecord& variant, uint32_t position);

}  // namespace xiaoer::reply
