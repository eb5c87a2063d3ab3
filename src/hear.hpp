#pragma once
// The first step of the pipeline: what the buyer wrote.

#include "call.hpp"

namespace xiaoer {

// What is none of the buyer's words left out, and the rest normalised into
// scratch.reading.text; call.unheard says why when nothing is left. False: the message is too long.
bool hear(Call* call);

}  // namespace xiaoer
