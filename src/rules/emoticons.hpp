#pragma once
// Internal: emoticons in a shop's texts: emoji, [微笑] and its like, (^_^), ^_^ and :).

#include <cstddef>
#include <string_view>

#include "base/span.hpp"

namespace xiaoer::rules {

// The first emoticon of `chars` (as written, not normalised) from `from` on, emoji in a row as one;
// empty: none.
Span find_emoticon(std::u32string_view chars, size_t from);

// How many there are.
size_t count_emoticons(std::u32string_view chars);

}  // namespace xiaoer::rules
