#pragma once
// One thing that a text may claim: the words that claim it, and what bears it out.

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

struct Claim {
  std::string_view name;
  std::span<const std::string_view> words;  // "今天…发货": both in a clause, in order
  bool (*holds)(const Situation&);
  Tense tense;
  std::string_view basis;  // the facts, or what else can bear it out
  // What is done: said to be done where 已 or 刚 stands before it, or 了, 好了, 成功 after it.
  std::span<const std::string_view> deeds = {};
};

}  // namespace xiaoer::reply
