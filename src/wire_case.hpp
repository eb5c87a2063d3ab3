#pragma once
// The JSON form of what a result tells the shop beside replies: the buyer, what to do
// next, actions, links, and the
// handover with its case record.

#include "wire_items.hpp"

namespace xiaoer::wire {

// Each appends a key and its value to the open object.
void write_buyer(ItemWriter& out);
void write_guidance(ItemWriter& out);
void write_actions(ItemWriter& out);
void write_links(ItemWriter& out);
void write_handoff(ItemWriter& out);

}  // namespace xiaoer::wire
