#pragma once
// What may be given in this round, by the facts and by what was given before.

#include <cstdint>
#include <optional>
#include <string>

#include "dialogue/bargain_memory.hpp"
#include "reply/bargain.hpp"

namespace xiaoer::reply {

struct Terms {
  std::optional<Decimal> price;  // nothing is bargained over without
  std::optional<Decimal> floor;
  Decimal least;                // lowest that the ladder reaches
  Decimal standing;             // lowest that was offered for one; the price before that
  Decimal base;                 // the same for `quantity` of them
  std::optional<Decimal> next;  // next authorised step below base
  uint32_t quantity = 1;
  const FactEntry* tier = nullptr;       // the quantity price that `quantity` reaches
  const FactEntry* next_tier = nullptr;  // the one that more would reach
  const FactEntry* coupon = nullptr;     // the best that was not offered yet
  const std::string* gift = nullptr;     // the first that was not offered yet
  bool free_shipping = false;            // the shop has a rule for it
  std::optional<Decimal> spent;          // what the buyer would pay so far, or ordered already
  std::optional<Decimal> bundle_gap;     // what is missing to a reduction of the promotion
  std::optional<Decimal> reduced;        // `spent` less that reduction, where nothing is missing
};

Terms find_terms(const Situation& situation, const dialogue::BargainMemory& memory,
                 uint32_t quantity);

// Fills the facts "bargain.…" of `out`, whose move is known; `gift` is the one of a gift move.
void tell_facts(const Facts& facts, const Terms& terms, const std::string* gift, Bargain* out);

// What a session remembers of this coupon; never 0.
uint64_t name_of_coupon(const FactEntry& coupon);

// The authorised price that a step of the ladder comes to: none below the floor.
Decimal clamped(Decimal step, const std::optional<Decimal>& floor);

}  // namespace xiaoer::reply
