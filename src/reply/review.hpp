#pragma once
// The guard for a text of which nothing is known: written by a person or a language model. The same
// rules as for the engine's own drafts (guard.hpp), found from the words alone; a text that can be
// put right by leaving out or changing a few words is rewritten, and what comes out must pass.

#include <memory>
#include <string_view>

#include "reply/replier.hpp"
#include "result/verdict.hpp"

namespace xiaoer::reply {

// Longest text in bytes.
inline constexpr size_t kMaxReviewBytes = 16u << 10;

// Scratch memory of one thread.
struct ReviewScratch {
  struct Impl;
  std::shared_ptr<Impl> impl;
};

// Of the situation only facts (never null), session and now count. False: the text is too long;
// `verdict` is then empty. Allocates nothing once scratch and verdict have grown.
bool review(const Views& views, const Situation& situation, std::string_view text,
            ReviewScratch* scratch, Verdict* verdict);

}  // namespace xiaoer::reply
