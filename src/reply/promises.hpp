#pragma once
// The ledger of promises: times that the shop named, and what became of them.

#include "reply/work.hpp"

namespace xiaoer::reply {

// Fills result.promises: what was sent in this conversation, and what the order itself promises.
void fill_promises(const Work& work, CaseItem* record);

// Whether one of result.promises is overdue.
bool has_overdue_promise(const Result& result);

// When a reply that says `value` of fact `id` promises to do what; 0: it promises nothing.
int64_t due_of(const Situation& situation, rules::FactId id, const FactValue& value);

}  // namespace xiaoer::reply
