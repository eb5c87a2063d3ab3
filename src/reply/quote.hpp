#pragma once
// The buyer's own numbers in our texts: quoted to decline or to ask back, never confirmed.

#include "reply/draft.hpp"
#include "reply/work.hpp"

namespace xiaoer::reply {

// Refuses ("unauthorised-quote") an amount of the buyer outside bargaining and price intents, an
// amount below the item's price (or beside no known price) and a day of the buyer in a text that
// agrees, or that neither declines nor asks. An amount of at least the item's price may be agreed
// to.
bool check_quotes(const Work& work, uint32_t position, Refusal* refusal);

// Whether the text agrees to something (可以, 没问题; not 不可以, 可以吗), and whether it declines
// or asks.
bool agrees(std::string_view text);
bool declines_or_asks(std::string_view text);

}  // namespace xiaoer::reply
