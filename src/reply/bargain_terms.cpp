#include "reply/bargain_terms.hpp"

#include <algorithm>

#include "reply/stated.hpp"

namespace xiaoer::reply {
namespace {

using dialogue::BargainMemory;

std::optional<Decimal> amount_of(const Facts& facts, rules::FactId id) {
  const FactValue& value = facts.get(id);
  if (!value.present) return std::nullopt;
  return value.number;
}

Decimal times(Decimal amount, uint32_t count) { return {amount.milli * count}; }

class Finder {
 public:
  Finder(const Situation& situation, const BargainMemory& memory, Terms* terms)
      : situation_(situation), facts_(*situation.facts), memory_(memory), terms_(*terms) {}

  void find(uint32_t quantity) {
    const KnownFacts& known = known_facts();
    terms_.quantity = std::max(quantity, 1u);
    terms_.floor = amount_of(facts_, known.floor_price);
    terms_.price = amount_of(facts_, known.price);
    // More than anything costs that is bargained over in a chat; its sums stay exact.
    constexpr Decimal kMostPrice = Decimal::of(10'000'000);
    if (terms_.price && terms_.price->milli > 0 && *terms_.price <= kMostPrice) {
      find_prices();
    } else {
      terms_.price.reset();
    }
    terms_.spent = amount_of(facts_, known.order_amount);
    if (!terms_.spent && terms_.price) terms_.spent = times(terms_.base, terms_.quantity);
    find_gift();
    find_shipping();
    if (promotion_is_over(situation_)) return;
    find_coupon();
    find_bundle();
  }

 private:
  bool above_floor(Decimal price) const { return !terms_.floor || price >= *terms_.floor; }

  void find_prices() {
    terms_.standing = terms_.least = *terms_.price;
    if (memory_.has_price) terms_.standing = std::min(terms_.standing, memory_.price);
    for (const Decimal step : facts_.ladder()) {
      terms_.least = std::min(terms_.least, clamped(step, terms_.floor));
    }
    find_tiers();
    terms_.base = terms_.tier != nullptr ? *terms_.tier->price : terms_.standing;
    for (const Decimal step : facts_.ladder()) {  // highest first
      const Decimal price = clamped(step, terms_.floor);
      if (price >= terms_.base) continue;
      if (price.milli > 0 && holds_with_coupon(price)) terms_.next = price;
      return;
    }
  }

  // The lowest price that the quantity reaches, and the nearest that more of them would.
  void find_tiers() {
    for (const FactEntry& entry : facts_.quantity_prices()) {
      if (!entry.min || !entry.price || !above_floor(*entry.price)) continue;
      if (*entry.price >= terms_.standing || entry.price->milli == 0) continue;
      if (*entry.min <= Decimal::of(terms_.quantity)) {
        if (terms_.tier == nullptr || *entry.price < *terms_.tier->price) terms_.tier = &entry;
      } else if (terms_.next_tier == nullptr || *entry.min < *terms_.next_tier->min) {
        terms_.next_tier = &entry;
      }
    }
  }

  // Whether `price` for each stays above the floor where a coupon was offered as well.
  bool holds_with_coupon(Decimal price) const {
    return !memory_.has_coupon || net_holds(price, memory_.coupon_threshold, memory_.coupon_value);
  }

  bool net_holds(Decimal price, Decimal threshold, Decimal value) const {
    const Decimal all = times(price, terms_.quantity);
    if (!terms_.floor || all < threshold) return true;
    return all - value >= times(*terms_.floor, terms_.quantity);
  }

  void find_gift() {
    for (const std::string& gift : facts_.get(known_facts().gifts).items) {
      if (memory_.was_told(stable_hash(gift))) continue;
      terms_.gift = &gift;
      return;
    }
  }

  void find_shipping() {
    const FactValue& fee = facts_.get(known_facts().ship_fee);
    const FactValue& from = facts_.get(known_facts().free_ship_floor);
    terms_.free_shipping = from.present || (fee.present && fee.number.milli == 0);
  }

  void find_bundle() {
    const KnownFacts& known = known_facts();
    const std::optional<Decimal> threshold = amount_of(facts_, known.threshold);
    if (!threshold || !facts_.get(known.reduction).present) return;
    if (!facts_.get(known.promotion_rule).present || !terms_.spent) return;
    if (*threshold > *terms_.spent) {
      terms_.bundle_gap = *threshold - *terms_.spent;
    } else if (is_taken_off_once()) {
      terms_.reduced = *terms_.spent - facts_.get(known.reduction).number;
    }
  }

  // 每满99减10 is taken off as often as it fits, and before its time nothing is.
  bool is_taken_off_once() const {
    const FactValue& starts = facts_.get(known_facts().promotion_starts);
    if (starts.present && (!situation_.now || starts.time > situation_.now->seconds)) return false;
    return facts_.get(known_facts().promotion_rule).text.find("每") == std::string::npos;
  }

  // One that applies already, the greatest of them; else the one that is nearest.
  void find_coupon() {
    const Decimal amount = terms_.spent.value_or(Decimal());
    const auto is_better = [&](const FactEntry& a, const FactEntry& b) {
      const bool a_applies = *a.threshold <= amount, b_applies = *b.threshold <= amount;
      if (a_applies != b_applies) return a_applies;
      return a_applies ? *a.value > *b.value : *a.threshold < *b.threshold;
    };
    for (const FactEntry& entry : facts_.coupons()) {
      if (!entry.value || !entry.threshold || entry.value->milli == 0) continue;
      if (memory_.was_told(name_of_coupon(entry))) continue;
      // A coupon is for everybody, but not on top of a cut below the floor.
      const bool after_cut = memory_.has_price && terms_.price;
      if (after_cut && !net_holds(terms_.base, *entry.threshold, *entry.value)) continue;
      if (terms_.coupon == nullptr || is_better(entry, *terms_.coupon)) terms_.coupon = &entry;
    }
  }

  const Situation& situation_;
  const Facts& facts_;
  const BargainMemory& memory_;
  Terms& terms_;
};

}  // namespace

Terms find_terms(const Situation& situation, const BargainMemory& memory, uint32_t quantity) {
  Terms terms;
  Finder(situation, memory, &terms).find(quantity);
  return terms;
}

uint64_t name_of_coupon(const FactEntry& coupon) {
  uint64_t name = stable_hash(coupon.name);
  name = name * 31 + static_cast<uint64_t>(coupon.value ? coupon.value->milli : 0);
  name = name * 31 + static_cast<uint64_t>(coupon.threshold ? coupon.threshold->milli : 0);
  return name | 1;
}

Decimal clamped(Decimal step, const std::optional<Decimal>& floor) {
  return floor ? std::max(step, *floor) : step;
}

}  // namespace xiaoer::reply
