#include "result/result.hpp"

namespace xiaoer {

std::string_view name_of(Decision value) {
  constexpr std::string_view kNames[] = {"auto", "suggest", "handoff", "silent"};
  return kNames[static_cast<size_t>(value)];
}

void Result::clear() {
  decision = Decision::kSilent;
  stage = order_state = objection = complaint = {};
  buyer = {};
  guidance = {};
  intents.clear();
  entities.clear();
  replies.clear();
  techniques.clear();
  guard.clear();
  near_misses.clear();
  handoff = {};
  actions.clear();
  arguments.clear();
  links.clear();
  traits.clear();
  case_facts.clear();
  quotes.clear();
  promises.clear();
  conversation = {};
  order_steps.clear();
  bargain = {};
  reasons.clear();
  reply_intents.clear();
  texts.clear();
  bytes.clear();
}

}  // namespace xiaoer
