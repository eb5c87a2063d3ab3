#pragma once
// How a shop does not talk to buyers, whatever its pack says: impatience, rhetorical questions,
// heaps of emoticons, sentences without end. Lint warns of it in templates; the guard finds it in
// texts that others wrote.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/span.hpp"

namespace xiaoer::rules {

inline constexpr size_t kMostEmoticons = 2;
inline constexpr size_t kLongestSentence = 90;  // characters

// The first words of impatience in normalised `chars` from `from` on; empty: none.
Span find_impatience(std::u32string_view chars, size_t from);

// The first rhetorical question from `from` on, up to the end of its clause; empty: none. 是不是…吗
// and 还是不是 ask.
Span find_rhetorical(std::u32string_view chars, size_t from);

// The first sentence from `from` on that is longer than kLongestSentence; empty: none.
Span find_long_sentence(std::u32string_view chars, size_t from);

}  // namespace xiaoer::rules
