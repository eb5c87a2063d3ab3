#include "dialogue/conversation.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoer::dialogue {
namespace {

constexpr float kMillion = 1e6f;

}  // namespace

uint32_t to_millionths(float score) {
  return static_cast<uint32_t>(std::lround(std::clamp(score, 0.0f, 1.0f) * kMillion));
}

float from_millionths(uint32_t score) { return static_cast<float>(score) / kMillion; }

void Conversation::person_spoke(int64_t at) {
  person_in_charge = true;
  person_at = at;
  open = false;
  unhelpful = 0;  // that was the engine's doing
}

void Conversation::person_left() {
  person_in_charge = false;
  person_at = 0;
}

void Conversation::engine_spoke(int64_t at) {
  open = false;
  // A person who picks suggestions is still there.
  if (person_in_charge && person_at != 0) person_at = std::max(person_at, at);
}

void Conversation::order_is(uint64_t id, rules::OrderState state, int64_t at) {
  if (id != 0 && id != order) {
    // What was told before an order was named may well have been about this one.
    if (order != 0) {
      told.fill(0);
      order_steps.clear();
    }
    order = id;
  }
  if (state == rules::OrderState::kNone) return;
  if (order_steps.size() == 0 || order_steps.newest().state != state) order_steps.push({state, at});
}

void Conversation::answers(uint64_t intent) {
  if (intent == 0) return;
  for (uint32_t i = 0; i < answered.size(); ++i) {
    if (answered[i] == intent) return;
  }
  answered.push(intent);
}

void Conversation::tells(rules::Event event) {
  uint32_t& count = told[static_cast<size_t>(event)];
  count = std::min(count + 1, kMaxTold);
}

uint32_t Conversation::times_told(rules::Event event, uint64_t of_order) const {
  const bool another = of_order != 0 && order != 0 && of_order != order;
  return another ? 0 : told[static_cast<size_t>(event)];
}

std::optional<int64_t> person_until(const Conversation& conversation, uint32_t minutes) {
  if (!conversation.person_in_charge || conversation.person_at == 0) return std::nullopt;
  constexpr int64_t kMinute = 60;
  return conversation.person_at + kMinute * minutes;
}

bool is_person_in_charge(const Conversation& conversation, const std::optional<int64_t>& now,
                         uint32_t minutes) {
  if (!conversation.person_in_charge || minutes == 0) return false;
  const std::optional<int64_t> until = person_until(conversation, minutes);
  return !until || !now || *now < *until;
}

bool continues_turn(const Conversation& conversation, const std::optional<int64_t>& now,
                    uint32_t seconds) {
  if (!conversation.open || conversation.open_at == 0 || !now) return false;
  return *now >= conversation.open_at && *now - conversation.open_at <= seconds;
}

}  // namespace xiaoer::dialogue
