#pragma once
// The guards: every check that an outgoing text must pass. A new guard is a
// function and a line in kChecks.

#include "reply/draft.hpp"
#include "reply/work.hpp"

namespace xiaoer::reply {

// A text without any such character holds neither raw templates nor control
// characters.
constexpr bool is_suspect(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F || c == '{' || c == '}';
}

// False: impl.refusal says which rule refused impl.draft. `position`: the
// intent that it answers.
bool guard(const Work& work, const VariantRecord& variant, uint32_t position);

}  // namespace xiaoer::reply
