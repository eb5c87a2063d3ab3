#pragma once
// What a session remembers of bargaining over one product. Only what was really sent counts: a
// suggestion waits in `pending` until the shop says something, and what it would offer is taken
// over only if that text was told as sent.

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/decimal.hpp"
#include "rules/bargain.hpp"

namespace xiaoer::dialogue {

// What the move of this round would offer.
struct BargainStep {
  rules::Move move = rules::Move::kNone;
  bool cut = false;      // below what was offered before
  bool counts = false;   // a round of its own: the buyer asks for a cut
  bool insists = false;  // the buyer asks for what cannot be
  Decimal offer;         // of a cut
  uint64_t told = 0;     // stable_hash of the gift's or coupon's name
  Decimal coupon_value, coupon_threshold;
};

struct BargainMemory {
  static constexpr uint32_t kMost = 1'000'000;  // no counter grows beyond
  static constexpr size_t kMaxTold = 8;

  uint64_t product = 0;     // stable_hash of its id; another product begins anew
  uint32_t answered = 0;    // rounds that the shop answered, whoever wrote it
  uint32_t steps = 0;       // cuts that were sent
  uint32_t insisted = 0;    // answered rounds in which the buyer asked for what cannot be
  uint32_t moves = 0;       // bit 1 << Move: sent before
  uint32_t quantity = 0;    // that the buyer spoke of last; 0: none
  bool has_price = false;   // a price below the list was offered
  bool has_best = false;    // the buyer named a price
  bool has_coupon = false;  // a coupon was offered
  bool has_person = false;  // a person's own line named a price
  bool open = false;        // the last message bargains and is not answered yet
  Decimal price;            // lowest price for one that was sent
  Decimal best;             // highest that the buyer named for one
  Decimal person;           // the last that a person of the shop named
  Decimal coupon_value, coupon_threshold;
  std::array<uint64_t, kMaxTold> told = {};  // gifts and coupons that were offered; 0: free
  BargainStep pending;

  bool was_told(uint64_t name) const {
    return name != 0 && std::find(told.begin(), told.end(), name) != told.end();
  }
  bool was_sent(rules::Move move) const { return (moves >> static_cast<uint32_t>(move) & 1) != 0; }
  void close() {
    open = false;
    pending = {};
  }
  bool under_way() const { return open || answered > 0; }
  // The shop said something; `offered`: it is what the move of this round offers.
  void answer(bool offered);

 private:
  void take(const BargainStep& step);
};

inline void BargainMemory::answer(bool offered) {
  if (!open) return;
  const BargainStep step = pending;
  close();
  if (step.counts) answered = std::min(answered + 1, kMost);
  if (step.insists) insisted = std::min(insisted + 1, kMost);
  if (offered) take(step);
}

inline void BargainMemory::take(const BargainStep& step) {
  moves |= 1u << static_cast<uint32_t>(step.move);
  if (step.cut) {
    steps = std::min(steps + 1, kMost);
    price = has_price ? std::min(price, step.offer) : step.offer;
    has_price = true;
  }
  if (step.told != 0 && !was_told(step.told)) {
    std::rotate(told.begin(), told.end() - 1, told.end());
    told[0] = step.told;
  }
  if (step.move == rules::Move::kCoupon) {
    has_coupon = true;
    coupon_value = step.coupon_value;
    coupon_threshold = step.coupon_threshold;
  }
}

}  // namespace xiaoer::dialogue
