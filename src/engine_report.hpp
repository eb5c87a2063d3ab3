#pragma once
// What a result tells of how the message was understood: intents, near misses and entities, each
// with its reasons.

#include "call.hpp"

namespace xiaoer {

// Fills intents, entities, the buyer and, when a trace is wanted, near misses. Allocates nothing
// without a trace once the result has grown.
void report(const Call& call);

}  // namespace xiaoer
