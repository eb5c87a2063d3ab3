#include "reply/bargain.hpp"

#include <algorithm>

#include "reply/bargain_terms.hpp"
#include "reply/condition.hpp"

namespace xiaoer::reply {
namespace {

using dialogue::BargainMemory;
using dialogue::BargainStep;
using dialogue::PriceWish;
using rules::Ask;
using rules::Move;

constexpr int64_t kCent = 10;  // thousandths of a yuan

uint64_t product_of(const Facts& facts) {
  const FactValue& id = facts.get(known_facts().product_id);
  return id.present ? stable_hash(id.text) : 0;
}

// What a person of the shop offered binds as if it had been a suggestion; an amount that cannot be
// a price of the product is none.
void take_over_person(const Facts& facts, BargainMemory* memory) {
  const FactValue& price = facts.get(known_facts().price);
  if (!memory->has_person || !price.present) return;
  const Decimal said = memory->person;
  memory->has_person = false;
  if (said >= price.number || said.milli < price.number.milli / 2) return;
  memory->price = memory->has_price ? std::min(memory->price, said) : said;
  memory->has_price = true;
}

// What was bargained so far over the product at hand.
BargainMemory memory_of(const Situation& situation) {
  BargainMemory memory;
  if (situation.facts->has_own_price()) return memory;  // was about the product's own price
  const uint64_t product = product_of(*situation.facts);
  if (situation.session != nullptr && situation.session->bargain().product == product) {
    memory = situation.session->bargain();
  }
  memory.product = product;
  memory.close();
  take_over_person(*situation.facts, &memory);
  return memory;
}

// The first intent that was heard and asks for something.
Ask find_ask(const Views& views, const Situation& situation, uint32_t* position) {
  for (uint32_t i = 0; i < situation.intents.size(); ++i) {
    const dialogue::IntentCandidate& found = situation.intents[i];
    const auto ask = static_cast<Ask>(views.intents[found.intent].ask);
    if (ask == Ask::kNone) continue;
    if (i > 0 && !found.matter && found.score < dialogue::kHeard) continue;
    *position = i;
    return ask;
  }
  return Ask::kNone;
}

Decimal down_to_cent(Decimal amount) { return {amount.milli - amount.milli % kCent}; }

// What the buyer would pay for one; `exact`: it comes to whole cents.
std::optional<Decimal> wish_for_one(const PriceWish& said, Ask ask, const Terms& terms,
                                    bool* exact) {
  if (said.total && terms.quantity < 2) return std::nullopt;  // for how many, nobody said
  const int64_t base = terms.base.milli;
  const int64_t count = said.total ? terms.quantity : 1;
  int64_t milli = 0;
  switch (said.kind) {
    case PriceWish::Kind::kPrice:
      milli = said.amount.milli;
      break;
    case PriceWish::Kind::kLess:
      milli = base * count - said.amount.milli;
      break;
    case PriceWish::Kind::kShare:
      milli = terms.price->milli / 1000 * said.amount.milli +
              terms.price->milli % 1000 * said.amount.milli / 1000;
      break;
    case PriceWish::Kind::kNone: {
      if (ask != Ask::kRoundOff) return std::nullopt;
      const int64_t all = base * terms.quantity;
      const bool small = all < 10'000 || (all < 100'000 && all % 1000 != 0);
      const int64_t unit = small ? 1000 : 10'000;
      const Decimal one{(all - all % unit) / terms.quantity};
      if (one == terms.base || one == Decimal()) return std::nullopt;
      *exact = one.milli % kCent == 0 && one.milli * terms.quantity % unit == 0;
      return one;
    }
  }
  milli = std::max<int64_t>(milli, 0);
  *exact = !said.approximate && milli % count == 0 && milli / count % kCent == 0;
  return down_to_cent({milli / count});
}

// One use: from what is known to the move.
class Negotiation {
 public:
  Negotiation(const Views& views, const Situation& situation, const BargainMemory& memory,
              const Terms& terms, Bargain* out)
      : settings_(views.settings.bargain),
        facts_(*situation.facts),
        memory_(memory),
        terms_(terms),
        out_(*out) {}

  void run() {
    if (terms_.price) out_.wish = wish_for_one(out_.said, out_.ask, terms_, &exact_);
    insists_ = out_.wish && *out_.wish < terms_.least;
    out_.move = rules::may_cut(out_.ask) ? choose_cut() : choose_benefit();
    BargainStep& step = out_.after.pending;
    step.move = out_.move;
    step.counts = rules::may_cut(out_.ask);
    step.insists = insists_ || out_.move == Move::kFirm || out_.move == Move::kHandoff;
    step.cut = out_.offer && *out_.offer < terms_.base;
    if (step.cut) step.offer = *out_.offer;
    if (out_.move == Move::kGift) step.told = stable_hash(*gift());
    if (out_.move == Move::kCoupon) {
      step.told = name_of_coupon(*terms_.coupon);
      step.coupon_value = *terms_.coupon->value;
      step.coupon_threshold = *terms_.coupon->threshold;
    }
  }

  const std::string* gift() const {
    if (terms_.gift != nullptr || out_.ask != Ask::kGift) return terms_.gift;
    const auto& gifts = facts_.get(known_facts().gifts).items;
    return gifts.empty() ? nullptr : gifts.data();  // asked for, it is told again
  }

 private:
  Move choose_benefit() {
    Move wanted = Move::kHold;  // nothing is given for a review, nor after the sale
    if (out_.ask == Ask::kGift) wanted = Move::kGift;
    if (out_.ask == Ask::kCoupon) wanted = Move::kCoupon;
    if (out_.ask == Ask::kFreeShipping) wanted = Move::kFreeShipping;
    return can(wanted) ? wanted : Move::kHold;
  }

  Move choose_cut() {
    if (out_.ask == Ask::kChangePrice) {
      if (const auto move = change_price()) return *move;
    }
    if (out_.wish && *out_.wish >= terms_.base && fits(terms_.base)) {
      return offers(Move::kAccept, terms_.base);  // no more than what was offered already
    }
    if (memory_.insisted >= settings_.handoff_after && (insists_ || !has_more())) {
      return Move::kHandoff;
    }
    if (asks_for_several()) {
      if (terms_.tier != nullptr) return offers(Move::kQuantity, *terms_.tier->price);
      if (terms_.next_tier != nullptr && !memory_.was_sent(Move::kQuantity)) return Move::kQuantity;
    }
    if (may_cut_now() && settings_.accept_named != 0 && out_.wish && *out_.wish >= *terms_.next) {
      return exact_ ? offers(Move::kAccept, *out_.wish) : offers(Move::kConcede, *terms_.next);
    }
    for (uint32_t i = 0; i < settings_.prefer_count; ++i) {
      const Move move = settings_.prefer[i];
      if (move == Move::kConcede && may_cut_now()) {
        return offers(out_.wish ? Move::kCounter : Move::kConcede, *terms_.next);
      }
      if (move != Move::kConcede && is_new(move) && can(move)) return move;
    }
    return has_more() ? Move::kHold : Move::kFirm;
  }

  // What was agreed is kept where the order's price can be edited. Where only the postage can, a
  // coupon does what an edit would.
  std::optional<Move> change_price() {
    if (settings_.edit == rules::PriceEdit::kPostage) {
      for (const Move move : {Move::kCoupon, Move::kFreeShipping, Move::kGift}) {
        if (is_new(move) && can(move)) return move;
      }
      return Move::kHold;
    }
    if (!memory_.has_price || !fits(terms_.standing)) return std::nullopt;
    return offers(Move::kAccept, terms_.standing);
  }

  // A quantity price is told once for each quantity.
  bool asks_for_several() const {
    const bool named = out_.said.quantity > 1 && out_.said.quantity != memory_.quantity;
    return named || (out_.ask == Ask::kQuantity && !memory_.was_sent(Move::kQuantity));
  }

  bool fits(Decimal price) const { return !terms_.floor || price >= *terms_.floor; }
  bool lists(Move move) const {
    const auto end = settings_.prefer.begin() + settings_.prefer_count;
    return std::find(settings_.prefer.begin(), end, move) != end;
  }
  bool may_cut_at_all() const {
    return terms_.next && lists(Move::kConcede) && memory_.steps < settings_.max_steps;
  }
  bool may_cut_now() const { return may_cut_at_all() && out_.round > settings_.hold_rounds; }
  // Whether a later round may still bring something.
  bool has_more() const {
    if (may_cut_at_all()) return true;
    for (uint32_t i = 0; i < settings_.prefer_count; ++i) {
      const Move move = settings_.prefer[i];
      if (move != Move::kConcede && is_new(move) && can(move)) return true;
    }
    return false;
  }

  // Gifts and coupons are new by their names, the others once a conversation; what the price is
  // for is explained first or not at all.
  bool is_new(Move move) const {
    if (move == Move::kHold) return memory_.answered == 0;
    return move == Move::kGift || move == Move::kCoupon || !memory_.was_sent(move);
  }
  bool can(Move move) const {
    switch (move) {
      case Move::kHold:
        return true;
      case Move::kGift:
        return gift() != nullptr;
      case Move::kCoupon:
        return terms_.coupon != nullptr;
      case Move::kFreeShipping:
        return terms_.free_shipping;
      case Move::kBundle:
        return terms_.bundle_gap.has_value();
      case Move::kQuantity:
        return terms_.next_tier != nullptr;
      default:
        return false;
    }
  }

  Move offers(Move move, Decimal price) {
    out_.offer = price;
    return move;
  }

  const rules::BargainSettings& settings_;
  const Facts& facts_;
  const BargainMemory& memory_;
  const Terms& terms_;
  Bargain& out_;
  bool exact_ = false;
  bool insists_ = false;
};

// What the buyer said is remembered whatever the shop does.
void remember_buyer(Bargain* out) {
  BargainMemory& after = out->after;
  after.open = true;
  if (out->said.quantity > 0) after.quantity = std::min(out->said.quantity, BargainMemory::kMost);
  if (!out->wish || out->wish->milli == 0) return;
  after.best = after.has_best ? std::max(after.best, *out->wish) : *out->wish;
  after.has_best = true;
}

}  // namespace

bool concerns_price(const Views& views, const Situation& situation) {
  unsigned any = 0;
  for (const dialogue::IntentCandidate& found : situation.intents) {
    const IntentRecord& intent = views.intents[found.intent];
    any |= intent.ask | (intent.traits & kPriceTrait);
  }
  return any != 0;
}

void bargain(const Views& views, const Situation& situation, Bargain* out) {
  out->position = 0;
  out->ask = find_ask(views, situation, &out->position);
  out->move = Move::kNone;
  out->offer.reset();
  out->wish.reset();
  out->said = {};
  out->after = memory_of(situation);
  out->round = out->asked() ? out->after.answered + 1 : 0;
  const BargainMemory before = out->after;
  const FactValue& price = situation.facts->get(known_facts().price);
  const FactValue& unit = situation.facts->get(known_facts().unit);
  dialogue::PriceWish said;
  if (situation.text != nullptr && situation.entities != nullptr) {
    said = dialogue::read_price_wish(*situation.text, *situation.entities,
                                     {price.present ? price.number : Decimal(), unit.text});
  }
  if (out->asked()) out->said = said;
  const uint32_t quantity = said.quantity > 0 ? said.quantity : before.quantity;
  const Terms terms = find_terms(situation, before, quantity);
  const std::string* gift = nullptr;
  if (out->asked()) {
    Negotiation negotiation(views, situation, before, terms, out);
    negotiation.run();
    gift = negotiation.gift();
    remember_buyer(out);
  }
  tell_facts(*situation.facts, terms, gift, out);
}

bool is_cut(const Bargain& bargain) { return bargain.after.pending.cut; }

}  // namespace xiaoer::reply
