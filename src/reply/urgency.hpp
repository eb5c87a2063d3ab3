#pragma once
// How urgent a case is, and whether its complaint is a major one; each with reasons.

#include "reply/work.hpp"

namespace xiaoer::reply {

// Fills record.major: who complains, how intensely, what is asked, health and safety. Only a
// complaint can be a major one.
void fill_major(const Work& work, uint32_t position, CaseItem* record);

// Fills record.urgency. After fill_major() and fill_promises().
void fill_urgency(const Work& work, uint32_t position, CaseItem* record);

}  // namespace xiaoer::reply
