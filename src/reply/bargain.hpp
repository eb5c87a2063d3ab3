#pragma once
// The bargaining ladder: what the shop does about a wish for a lower price. It concedes by the
// authorised prices of the facts only, at most one step a round, and never below the floor;
// benefits (gift, coupon, postage, bundle, quantity price) come before cuts as the pack's settings
// say. It reads the session and writes none: what is to be remembered waits there until a text is
// told as sent. The floor steers and is never said.

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "dialogue/bargain_memory.hpp"
#include "dialogue/price_wish.hpp"
#include "reply/draft.hpp"
#include "reply/replier.hpp"

namespace xiaoer::reply {

// The facts "bargain.…", in the order of the vocabulary.
enum class BargainFact : rules::FactId {
  kOffer,
  kSaving,
  kStanding,
  kRound,
  kQuantity,
  kTotal,
  kReducedTotal,
  kGift,
  kCouponName,
  kCouponThreshold,
  kCouponValue,
  kCouponWhere,
  kFreeShipGap,
  kBundleGap,
  kTierMin,
  kTierPrice,
};
inline constexpr size_t kBargainFacts = 16;

struct Bargain {
  rules::Ask ask = rules::Ask::kNone;
  rules::Move move = rules::Move::kNone;
  uint32_t position = 0;          // of the intent that asks
  uint32_t round = 0;             // rounds that were answered, and this one
  std::optional<Decimal> offer;   // price for one that the move offers
  std::optional<Decimal> wish;    // what the buyer would pay for one
  dialogue::PriceWish said;       // as said
  dialogue::BargainMemory after;  // what to remember
  std::array<FactValue, kBargainFacts> values;

  bool asked() const { return ask != rules::Ask::kNone; }
  const FactValue& value(rules::FactId id) const { return values[id - known_facts().bargain]; }
  const FactValue& value(BargainFact fact) const { return values[static_cast<size_t>(fact)]; }
};

inline rules::FactId bargain_fact(BargainFact fact) {
  return static_cast<rules::FactId>(known_facts().bargain + static_cast<size_t>(fact));
}
// Whether the message is about the price at all: only then bargain() is worth its cost.
bool concerns_price(const Views& views, const Situation& situation);

// Fills `out`, whose memory is reused. Without a wish for a lower price only what was offered
// before is told.
void bargain(const Views& views, const Situation& situation, Bargain* out);

// Whether a price of the item may be said in this round: it is the price itself, a price for
// several, what was offered before, the next step of the ladder, or the buyer's own number no lower
// than that; and none of them below the floor. Asks the facts again rather than the move.
bool is_authorised(const Situation& situation, Decimal price);

// Whether the move commits the shop to a lower price.
bool is_cut(const Bargain& bargain);

// Whether a text with these slots, let in by `condition`, says what the move offers.
bool says_move(const Views& views, const Bargain& bargain, uint32_t condition,
               std::span<const Slot> slots);

// Tells the move, its round and offer, and why.
void report_bargain(const Work& work);

}  // namespace xiaoer::reply
