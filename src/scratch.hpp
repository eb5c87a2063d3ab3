#pragma once
// What a thread brings to its calls: buffers that grow to what messages need, and then stay.

#include <cstdint>
#include <string>
#include <vector>

#include "dialogue/buyer.hpp"
#include "dialogue/clauses.hpp"
#include "dialogue/context.hpp"
#include "dialogue/lines.hpp"
#include "dialogue/matters.hpp"
#include "match/respeller.hpp"
#include "reading.hpp"
#include "reply/facts.hpp"
#include "reply/replier.hpp"
#include "reply/review.hpp"

namespace xiaoer {

struct Scratch {
  // Empties what is sized by another image than this ruleset's.
  void adapt(const Ruleset& ruleset);

  uint32_t image = 0;  // checksum of the image that the buffers are sized for
  std::string heard;   // the message, without what is none of the buyer's words
  Reading reading;     // the message, as it is in use
  Reading other;       // the reading not in use, when a message was respelled
  Reading aside;       // one clause or line at a time, or the shop's question
  Reading previous;    // the shop's line before
  match::RespellScratch respell;
  std::vector<uint64_t> previous_intents;  // hashes
  dialogue::ShopLine line;
  std::vector<dialogue::ContextReading> context;
  std::vector<dialogue::ClauseReading> clauses;
  dialogue::BuyerReading buyer;
  reply::ReplyScratch reply;
  reply::ReviewScratch review;
  reply::Facts no_facts;
  reply::Facts narrowed;  // the facts of the variant that the message names
};

}  // namespace xiaoer
