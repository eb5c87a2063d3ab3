#pragma once
// Texts that say something was done: "备注好了", "已经退了". They may leave only once the client
// confirmed it (dialogue::Care). Which ones a template says is found when the pack loads.

#include <cstdint>
#include <string_view>

#include "reply/draft.hpp"
#include "reply/replier.hpp"

namespace xiaoer::reply {

// Bits of what `sample`, as of find_claims(), says was done; for check_done().
uint32_t find_done(std::string_view sample);

// Refuses ("not-confirmed", the action's name) what no client confirmed in this conversation.
bool check_done(uint32_t done, const Situation& situation, Refusal* refusal);

}  // namespace xiaoer::reply
