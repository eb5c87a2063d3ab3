#pragma once
// Whether a `when` holds. ConditionTable (replier.hpp) compiles; this evaluates.

#include <cstdint>

#include "reply/records.hpp"
#include "reply/replier.hpp"

namespace xiaoer::reply {

// The state of the buyer's order: by the facts, else as the session remembers it.
rules::OrderState order_state_of(const Situation& situation);
// What the first intent does to the stage beside naming one.
dialogue::StageMove move_of(const Views& views, const Situation& situation);
// The stage of the conversation, this message included.
rules::Stage stage_of(const Views& views, const Situation& situation);
// How the buyer is cared for, with what this message asks once that is known; nullptr: not known.
const dialogue::Care* care_of(const Situation& situation);
// The buyer's mood: of this message once it is understood, before that as the session remembers it.
rules::Emotion emotion_of(const Situation& situation);
// Whether the shop is open: nothing without `now` or shop.hours.
std::optional<bool> shop_open(const Situation& situation);

// stable_hash of the order's id; 0: none is given.
uint64_t order_of(const Facts& facts);
// Texts sent for situation.event and this order so far.
uint32_t times_told(const Situation& situation);

// Whether the order is paid, not shipped, and past the time it was promised to be. False without
// `now`.
bool order_is_late(const Situation& situation);

// What the conversation names of a kind: the message, or for a region one before it.
struct Naming {
  bool found = false;
  bool earlier = false;
  std::string_view value;  // as the pack says it
  std::string_view said;   // as the buyer does; empty for an earlier message
  Decimal number;
};
Naming naming_of(const Situation& situation, rules::EntityKindId kind);

// `times` counts this message: the first time that an intent comes is 1.
bool condition_holds(const Views& views, uint32_t condition, const Situation& situation,
                     uint64_t intent_hash);

// Adds one reason of kind "condition" a test of the condition.
void explain_condition(const Views& views, uint32_t condition, Result* result, ItemRange* why);

}  // namespace xiaoer::reply
