#pragma once
// One thing that a text may claim: the words that claim it, and what bears it out.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "reply/replier.hpp"

namespace xiaoer::reply {

enum class Tense : uint8_t {
  kStated,
  kAlways,  // claims also in questions and deferrals
  kDone,    // says that something was done
};

using Words = std::span<const std::string_view>;

inline constexpr size_t kMaxGapBytes = 36;  // twelve characters

// A way to claim it in two words: one of `first`, and behind it, at most so far, one of `then`.
struct WordPair {
  Words first, then;
  size_t gap = kMaxGapBytes;
};

struct Claim {
  std::string_view name;
  // "地址…改好": both in a clause, in order; "今天发$": where the clause ends, but for particles,
  // so that 今天发票 is none. In pairs, too.
  Words words;
  bool (*holds)(const Situation&);
  Tense tense;
  std::string_view basis;  // the facts, or what else can bear it out
  // What is done: said to be done where 已 or 刚 stands before it, or 了, 好了, 成功 after it.
  Words deeds = {};
  std::span<const WordPair> pairs = {};
};

}  // namespace xiaoer::reply
