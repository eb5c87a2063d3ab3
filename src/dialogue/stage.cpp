#include "dialogue/stage.hpp"

namespace xiaoer::dialogue {
namespace {

using rules::Stage;

bool is_branch(Stage stage) { return stage == Stage::kObjection || stage == Stage::kAfterSales; }

}  // namespace

StagePlace next_stage(const StagePlace& from, Stage stage, StageMove move) {
  if (stage == Stage::kNone) {
    const bool settled = (from.stage == Stage::kObjection && move != StageMove::kNone) ||
                         (from.stage == Stage::kAfterSales && move == StageMove::kSettles);
    if (!settled || from.returns_to == Stage::kNone) return from;
    return {from.returns_to, Stage::kNone};
  }
  const bool begins = from.stage == Stage::kNone || from.stage == Stage::kFarewell;
  if (stage == Stage::kGreeting && !begins) return from;
  if (!is_branch(stage)) return {stage, Stage::kNone};
  // From one branch into the other: what the first broke into is what both return to.
  return {stage, is_branch(from.stage) ? from.returns_to : from.stage};
}

}  // namespace xiaoer::dialogue
