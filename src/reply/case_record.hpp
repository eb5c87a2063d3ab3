#pragma once
// The case record that a handover carries: what the person who takes over should know.

#include "reply/work.hpp"

namespace xiaoer::reply {

// Fills result.guidance: what to do next and what is not known yet, about the intent at `position`
// that asks for a person, or, where it is kNoIntent, about the first matter that says either.
void fill_guidance(const Work& work, uint32_t position);

// Fills result.handoff.record and route. After hand_over() and choose_holding(). `position`: the
// intent that asked for a person, or kNoIntent.
void fill_case(const Work& work, uint32_t position);

}  // namespace xiaoer::reply
