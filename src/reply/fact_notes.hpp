#pragma once
// Keys of a facts object that look like slips of the pen: they are kept, as keys of the caller's
// own are, and no reply ever reads them.

#include "base/diagnostic.hpp"
#include "reply/facts.hpp"
#include "reply/records.hpp"

namespace xiaoer::reply {

// A warning ("fact-unknown") for each key that neither the vocabulary nor the pack has, and that is
// near one which they have: product.prise. Not for keys without a likeness, which a caller may have
// for reasons of his own.
void note_facts(const Views& views, const Facts& facts, Diagnostics* diagnostics);

}  // namespace xiaoer::reply
