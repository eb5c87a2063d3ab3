#pragma once
// The end of a call: what the session learns of it, and what the result tells of how the chat
// stands. Memory for both is taken before the session changes; after that nothing fails.

#include <string_view>

#include "call.hpp"

namespace xiaoer {

// Whether a person is in charge, so that nothing is to be sent.
bool is_silenced(const Call& call);
// Turns the result into suggestions for the person in charge.
void silence(const Call& call, std::string_view reason);

// After a message, and after an event.
void remember(const Call& call);
void remember_event(const Call& call);

// Fills result.stage, order_state and conversation, once the session has learnt.
void report_conversation(const Call& call);

}  // namespace xiaoer
