#pragma once
// The reception flow: greeting, consultation, recommendation, objection, closing, confirmation,
// farewell, shipping, and after-sales as a branch that may begin at any time. A message moves the
// conversation to its intent's stage, forwards or back, with these exceptions:
//   - a greeting amid the conversation leads nowhere: 在吗 does not begin anew
//   - an objection and the after-sales branch are left for the stage that they broke into, once
//   the buyer says that it is settled (an objection: also by a plain 好的)

#include <cstdint>

#include "rules/facts.hpp"

namespace xiaoer::dialogue {

// What a message does to the stage beside naming one.
enum class StageMove : uint8_t {
  kNone,
  kAcknowledges,  // 好的
  kSettles,       // 解决了
};

struct StagePlace {
  rules::Stage stage = rules::Stage::kNone;
  rules::Stage returns_to = rules::Stage::kNone;  // the stage that a branch broke into
};

// Where the conversation stands after a message or event whose first intent is of `stage` (kNone:
// of none).
StagePlace next_stage(const StagePlace& from, rules::Stage stage, StageMove move);

}  // namespace xiaoer::dialogue
