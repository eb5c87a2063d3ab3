#pragma once
// Whether a message says by itself what it is about. 那黑色的呢, 什么时候, 两份 do not: they are
// made of question words, pronouns, auxiliaries, numbers and entities, and mean what the
// conversation is about. docs/context.md lists the words.

#include <cstdint>
#include <string_view>

#include "base/span.hpp"
#include "entities/entity.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::dialogue {

struct Shape {
  bool bare = false;    // nothing in it names a matter
  bool asks = false;    // a question word, 吗, 呢 or a question mark
  bool when = false;    // asks for a time: 什么时候, 多久, 几天
  bool points = false;  // 这个, 那款, 另外一个
  bool counts = false;  // a number or a quantity
  bool names = false;   // another entity: a colour, a size, a date
  bool denies = false;  // begins with 不, 没, 别
  Span word;            // its question word; empty: none
};

// Whether `words` (UTF-8) asks for a time with any of the words that do.
bool asks_when(std::string_view words);

// Linear in the text; messages of more than kMaxBare telling characters are never bare.
inline constexpr uint32_t kMaxBare = 12;
Shape shape_of(const text::Text& text, const entities::Entities& entities);

}  // namespace xiaoer::dialogue
