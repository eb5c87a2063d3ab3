#pragma once
// One reply to a message of several matters: the replies of each, joined in a natural order, said
// as one text. Comfort comes before the rest, the order that is there before what might be bought,
// and otherwise what was asked first; who only asks back asks at the end.

#include "reply/work.hpp"

namespace xiaoer::reply {

// After choose_replies: puts a joint reply to the matters (dialogue/matters.hpp) ahead of the
// replies to each, where at least two have one. The guards run over the whole text; where they
// refuse it, or it would be longer than a buyer reads, fewer matters are joined or none.
void compose(const Work& work);

}  // namespace xiaoer::reply
