// What the move says, as facts for templates and conditions.

#include "reply/bargain.hpp"
#include "reply/bargain_terms.hpp"

namespace xiaoer::reply {
namespace {

using rules::Move;

// Fills the facts "bargain.…".
class Teller {
 public:
  Teller(const Terms& terms, Bargain* out) : terms_(terms), out_(*out) {}

  void tell(const Facts& facts, const std::string* gift) {
    for (FactValue& value : out_.values) value.present = false;
    is_ordered_ = facts.get(known_facts().order_amount).present;
    tell_prices();
    if (!out_.asked()) return;
    number(BargainFact::kRound, Decimal::of(out_.round), "");
    if (out_.move == Move::kGift) text(BargainFact::kGift, *gift, "product.gifts");
    if (out_.move == Move::kCoupon) tell_coupon();
    if (out_.move == Move::kQuantity && terms_.tier == nullptr) {
      number(BargainFact::kTierMin, *terms_.next_tier->min, "product.quantity_prices");
      number(BargainFact::kTierPrice, *terms_.next_tier->price, "product.quantity_prices");
    }
    if (out_.move == Move::kBundle) {
      number(BargainFact::kBundleGap, *terms_.bundle_gap,
             is_ordered_ ? "promotion.threshold, order.amount"
                         : "promotion.threshold, what is offered");
    }
    const FactValue& from = facts.get(known_facts().free_ship_floor);
    if (out_.move != Move::kFreeShipping || !from.present || !terms_.spent) return;
    if (from.number > *terms_.spent) {
      number(BargainFact::kFreeShipGap, from.number - *terms_.spent,
             is_ordered_ ? "shop.free_ship_floor, order.amount"
                         : "shop.free_ship_floor, what is offered");
    }
  }

 private:
  void tell_prices() {
    if (!terms_.price) return;
    const bool fits = !terms_.floor || terms_.standing >= *terms_.floor;
    if (terms_.standing < *terms_.price && fits) {
      number(BargainFact::kStanding, terms_.standing, "offered before");
    }
    if (terms_.quantity > 1) {
      number(BargainFact::kQuantity, Decimal::of(terms_.quantity), "the buyer's message");
    }
    if (!out_.offer) {
      if (terms_.quantity > 1) {
        number(BargainFact::kTotal, {terms_.base.milli * terms_.quantity},
               "product.price x bargain.quantity");
        tell_reduced();
      }
      return;
    }
    std::string_view from = "product.ladder";
    if (out_.move == Move::kAccept) from = "the buyer's number, product.ladder";
    if (out_.move == Move::kQuantity) from = "product.quantity_prices";
    number(BargainFact::kOffer, *out_.offer, from);
    if (*out_.offer < *terms_.price) {
      number(BargainFact::kSaving, *terms_.price - *out_.offer, "product.price - bargain.offer");
    }
    if (terms_.quantity > 1) {
      number(BargainFact::kTotal, {out_.offer->milli * terms_.quantity},
             "bargain.offer x bargain.quantity");
    }
  }

  // Of the list price alone: whether a cut or a quantity price comes on top, nobody said. And no
  // less than the floor, as everything that is told.
  void tell_reduced() {
    if (!terms_.reduced || terms_.base != *terms_.price || is_ordered_) return;
    if (terms_.floor && *terms_.reduced < Decimal{terms_.floor->milli * terms_.quantity}) return;
    number(BargainFact::kReducedTotal, *terms_.reduced, "bargain.total - promotion.reduction");
  }

  void tell_coupon() {
    constexpr std::string_view kFrom = "promotion.coupons";
    const FactEntry& coupon = *terms_.coupon;
    text(BargainFact::kCouponName, coupon.name, kFrom);
    text(BargainFact::kCouponWhere, coupon.where, kFrom);
    number(BargainFact::kCouponThreshold, *coupon.threshold, kFrom);
    number(BargainFact::kCouponValue, *coupon.value, kFrom);
  }

  void number(BargainFact fact, Decimal number, std::string_view from) {
    FactValue& value = out_.values[static_cast<size_t>(fact)];
    value.present = true;
    value.number = number;
    value.derived_from = from;
  }

  void text(BargainFact fact, const std::string& text, std::string_view from) {
    if (text.empty()) return;
    FactValue& value = out_.values[static_cast<size_t>(fact)];
    value.present = true;
    value.text.assign(text);
    value.derived_from = from;
  }

  const Terms& terms_;
  Bargain& out_;
  bool is_ordered_ = false;  // what is spent is an order's amount, not the price for so many
};

}  // namespace

void tell_facts(const Facts& facts, const Terms& terms, const std::string* gift, Bargain* out) {
  Teller(terms, out).tell(facts, gift);
}

}  // namespace xiaoer::reply
