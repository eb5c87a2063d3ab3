#pragma once
// Whether a fact bears a figure of a text out: it says the same of the same.

#include "reply/figures.hpp"
#include "reply/role.hpp"
#include "reply/sources.hpp"

namespace xiaoer::reply {

// Whether a fact of the role `known` can bear out what is said: of what no word claims any fact may
// be meant, and what the goods are also says how they are used.
bool is_open(Role role);
bool speaks_of(Role said, Role known);

// Whether the fact says what is said: 两天 of 48 小时, 24点 of 23:59, 200多 of 236.
bool same_value(const Figure& said, const Source& source);

}  // namespace xiaoer::reply
