#pragma once
// Whether the engine's answers help. One did not when the buyer says so, when he asks the same
// again, or when he was asked what he means and is not understood again. Only answers that were
// sent count: one that nobody read helped nobody, nor did it fail to.

#include <cstdint>

#include "reply/decide.hpp"

namespace xiaoer::reply {

// How many answers in a row did not help, the last one by what this message says of it.
uint32_t count_unhelpful(const Work& work);

// Why a person is asked for although no intent does: "not-helped" after as many answers as the pack
// says, or where all words for an answer have been said. Call it when the replies are chosen and
// result.conversation.unhelpful is set.
Cause helplessness(const Work& work);

// All words for a courtesy have been said: saying nothing is the answer.
bool has_said_enough(const Work& work);

}  // namespace xiaoer::reply
