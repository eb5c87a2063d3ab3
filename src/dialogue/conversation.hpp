#pragma once
// How a chat runs: who is in charge, which turn is open, what was asked of the buyer, given by him
// and answered, which events were told, and how the order moved. A part of the session: bounded,
// copied as it is, no text of the buyer's. Times are seconds since the epoch, 0: unknown.

#include <array>
#include <cstdint>
#include <optional>

#include "dialogue/ring.hpp"
#include "rules/events.hpp"
#include "rules/facts.hpp"

namespace xiaoer::dialogue {

// A matter of a turn that nothing has been said to yet.
struct OpenMatter {
  uint64_t intent = 0;  // stable_hash of its id; 0: none
  uint32_t score = 0;   // millionths, so that a snapshot loses nothing
};
uint32_t to_millionths(float score);  // of 0 to 1; what lies beyond is brought there
float from_millionths(uint32_t score);

// The order reached this state.
struct OrderStep {
  rules::OrderState state = rules::OrderState::kNone;
  int64_t at = 0;
};

struct Conversation {
  static constexpr uint32_t kMaxOpen = 3;
  static constexpr uint32_t kMaxAnswered = 8;
  static constexpr uint32_t kMaxSteps = 8;
  static constexpr uint32_t kMaxTold = 255;

  bool person_in_charge = false;  // a person wrote a line of his own
  int64_t person_at = 0;          // when, the last time
  bool open = false;              // the buyer wrote, and nothing has been said since
  int64_t open_at = 0;            // when, the last time
  std::array<OpenMatter, kMaxOpen> matters = {};  // of the open turn
  uint32_t unhelpful = 0;                         // answers in a row that did not help
  uint64_t subject = 0;  // what the last question named: a hash of its entities
  uint32_t asked = 0;    // bits 1 << rules::Requested: asked for in a text that was sent
  uint32_t given = 0;    // the same: given by the buyer
  Ring<uint64_t, kMaxAnswered> answered;  // intents that texts which were sent answered
  uint64_t order = 0;                     // stable_hash of the order's id
  Ring<OrderStep, kMaxSteps> order_steps;
  std::array<uint32_t, rules::kEventCount> told = {};  // texts sent for each event of this order
  rules::Stage returns_to = rules::Stage::kNone;       // where a branch was left for; see stage.hpp

  // --- what happens
  void person_spoke(int64_t at);
  void person_left();
  // A text of the engine's was sent.
  void engine_spoke(int64_t at);
  // Another order than before has told nothing yet.
  void order_is(uint64_t id, rules::OrderState state, int64_t at);
  void answers(uint64_t intent);
  void tells(rules::Event event);

  // Texts sent for the event of this order (stable_hash of its id; 0: no matter which).
  uint32_t times_told(rules::Event event, uint64_t of_order) const;
};

// Until when the person is in charge: nothing when nobody is, or when that is unknown.
std::optional<int64_t> person_until(const Conversation& conversation, uint32_t minutes);

// Whether a person is in charge at `now` (nothing: unknown). A line at an unknown time holds until
// person_left(): better silent too long than talking over somebody.
bool is_person_in_charge(const Conversation& conversation, const std::optional<int64_t>& now,
                         uint32_t minutes);

// Whether a message at `now` belongs to the turn that is open: both times are known, and no more
// than `seconds` lie between.
bool continues_turn(const Conversation& conversation, const std::optional<int64_t>& now,
                    uint32_t seconds);

}  // namespace xiaoer::dialogue
