#pragma once
// The usual slips of a hand that make a text no JSON: each gets words of its own.

#include <string_view>

namespace xiaoer::json {

// The code of the diagnostic for what begins with `rest`, where a parser could not read on;
// `before` is the last byte ahead of it that is neither white space nor comment, 0: none.
const char* slip_of(std::string_view rest, char before);

}  // namespace xiaoer::json
