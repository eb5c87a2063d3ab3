#pragma once
// What the client may carry out about the intents that were heard, and pages that may be sent
// along. Nothing here is done, and no text says that it is, before the client confirms it
// (done.hpp).

#include "reply/work.hpp"

namespace xiaoer::reply {

// Fills result.actions, in the order of the intents. Whoever only asks whether it was done (a
// pattern that waits for `done` or `failed`) asks for nothing new. Amounts obey the price guard;
// what breaks it is told in result.guard and missing.
void choose_actions(const Work& work);

// Fills result.links: the item at hand before an order, and the related items that a reply or
// technique names. After both are chosen.
void choose_links(const Work& work);

}  // namespace xiaoer::reply
