#pragma once
// One reading of a text and what was found in it: the message as typed, the same with its slips
// corrected, one of its clauses, or the shop's line before it. Scratch memory of one thread.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "dialogue/mentioned.hpp"
#include "dialogue/understanding.hpp"
#include "entities/entity.hpp"
#include "match/examples.hpp"
#include "match/matcher.hpp"
#include "text/normaliser.hpp"

namespace xiaoer {

class Ruleset;

struct Reading {
  text::Text text;
  match::MatchScratchPtr match;  // made when first needed
  match::ExampleScratch examples;
  entities::Entities entities;
  std::vector<match::PatternHit> admitted;  // hits whose pattern's condition holds
  std::vector<uint32_t> matched;            // the intents of these
  std::vector<dialogue::IntentMiss> unmet;  // the other hits, for traces
  dialogue::UnderstandScratch understand;
  dialogue::Goods goods = dialogue::Goods::kUnnamed;  // that it speaks of
  bool out_of_context = false;                        // it needs a conversation and there is none
};

inline constexpr std::string_view kSystemCard = "system-card";  // why nothing was heard

// Fills entities and hits from the text.
void find_matches(const Ruleset& ruleset, Reading* reading);
// Whether one of the hits is that of a card of the platform.
bool is_card(const Ruleset& ruleset, std::span<const match::PatternHit> hits);

}  // namespace xiaoer
