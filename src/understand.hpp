#pragma once
// The second step of the pipeline: what the message means by itself, by the conversation, clause by
// clause, and with its slips corrected; or what an event means.

#include "call.hpp"

namespace xiaoer {

// From scratch.reading.text to situation.intents, entities and buyer; call.unheard says so when the
// message is a card of the platform.
void understand(Call* call);

// From request.event to situation.event and the intent that answers it; no event: it is unknown.
void understand_event(Call* call);

}  // namespace xiaoer
