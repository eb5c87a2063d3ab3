#include "result.hpp"

namespace xiaoer {

std::string_view name_of(Decision value) {
  constexpr std::string_view kNames[] = {"auto", "suggest", "handoff", "silent"};
  return kNames[static_cast<size_t>(value)];
}

void Result::clear() {
  decision = Decision::kSilent;
  stage = order_state = {};
  intents.clear();
  entities.clear();
  replies.clear();
  techniques.clear();
  guard.clear();
  near_misses.clear();
  handoff = {};
  conversation = {};
  order_steps.clear();
  bargain = {};
  reasons.clear();
  reply_intents.clear();
  texts.clear();
  bytes.clear();
}

}  // namespace xiaoer
