#pragma once
// Which replies are tried, in which order, and how they enter the result.

#include "reply/work.hpp"

namespace xiaoer::reply {

// Fills result.replies: for each round the next best reply of every intent, in the order of the
// intents, until max_replies passed. Within an intent the reply of higher priority comes first,
// then the one with more conditions, then author order.
void choose_replies(const Work& work);

// Fills result.replies with the fallback replies for a message that nothing else answered; puts one
// ahead of the answers to a mere guess.
void choose_fallback(const Work& work);

// Whether the first intent, if any, is a mere guess.
bool is_not_understood(const Work& work);

// Puts a reply first that takes note of what the buyer gave, where every reply to the first intent
// would ask for just that.
void choose_given(const Work& work);

// Whether the intent at `position` has the reply among its own.
bool lists_reply(const Work& work, uint32_t position, uint32_t reply);

// Moves the reply added last to the front, and what a session is to remember of it: the pending
// ones from `pending_before` on. At most max_replies stay, each of the last with one pending.
void put_last_first(const Work& work, size_t pending_before);

// The first holding reply that passes, into result.handoff: one of the intent that asked for a
// person (kNoIntent: none did), else one of the settings of this kind, else of kHolding; nothing
// where one was sent already.
void choose_holding(const Work& work, uint32_t position, Spare spare);

}  // namespace xiaoer::reply
