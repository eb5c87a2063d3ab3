#pragma once
// What happened in the shop is answered like a message: by an intent of the pack, which is then the
// only candidate. Here: which one, and when nothing is to be said after all.

#include <optional>
#include <string_view>

#include "reply/work.hpp"

namespace xiaoer::reply {

// Of the intents for situation.event whose condition holds the one with most tests, then the first.
std::optional<uint32_t> find_event_intent(const Views& views, const Situation& situation);

// Why the event is not answered, as results say it (docs/jsonl.md lists them); empty: it is.
std::string_view event_obstacle(const Work& work);

}  // namespace xiaoer::reply
