// What the other stages ask of the ladder, and what a result tells of it.

#include <algorithm>
#include <string>

#include "reply/bargain.hpp"
#include "reply/bargain_terms.hpp"
#include "reply/work.hpp"

namespace xiaoer::reply {
namespace {

using rules::Move;

bool is_quantity_price(const Facts& facts, Decimal price) {
  return std::any_of(facts.quantity_prices().begin(), facts.quantity_prices().end(),
                     [&](const FactEntry& entry) { return entry.price && *entry.price == price; });
}

// The first authorised step below `standing`.
std::optional<Decimal> step_below(const Facts& facts, const std::optional<Decimal>& floor,
                                  Decimal standing) {
  for (const Decimal step : facts.ladder()) {
    if (clamped(step, floor) < standing) return clamped(step, floor);
  }
  return std::nullopt;
}

// The facts that a text says when it says the move.
bool says(Move move, rules::FactId id) {
  const KnownFacts& known = known_facts();
  const auto is = [&](BargainFact fact) { return id == bargain_fact(fact); };
  switch (move) {
    case Move::kGift:
      return is(BargainFact::kGift) || id == known.gifts;
    case Move::kCoupon:
      return is(BargainFact::kCouponValue);
    case Move::kFreeShipping:
      return id == known.free_ship_floor;
    case Move::kBundle:
      return is(BargainFact::kBundleGap);
    case Move::kQuantity:
      return is(BargainFact::kTierPrice) || is(BargainFact::kOffer) || id == known.bulk_price;
    case Move::kConcede:
    case Move::kAccept:
    case Move::kCounter:
      return is(BargainFact::kOffer);
    case Move::kNone:
    case Move::kHold:
    case Move::kFirm:
    case Move::kHandoff:
      break;
  }
  return false;
}

std::string_view kind_of(dialogue::PriceWish::Kind kind) {
  using Kind = dialogue::PriceWish::Kind;
  if (kind == Kind::kLess) return "less ";
  return kind == Kind::kShare ? "share " : "";
}

}  // namespace

bool is_authorised(const Situation& situation, Decimal price) {
  const Facts& facts = *situation.facts;
  const FactValue& floor = facts.get(known_facts().floor_price);
  const FactValue& list = facts.get(known_facts().price);
  if (floor.present && price < floor.number) return false;
  if (list.present && price == list.number) return true;
  if (is_quantity_price(facts, price)) return true;
  const Bargain& bargain = *situation.bargain;
  const dialogue::BargainMemory& memory = bargain.after;
  if (memory.has_price && price == memory.price) return true;
  if (!list.present) return false;
  const Decimal standing = memory.has_price ? std::min(memory.price, list.number) : list.number;
  const std::optional<Decimal> least = floor.present ? std::optional(floor.number) : std::nullopt;
  const std::optional<Decimal> next = step_below(facts, least, standing);
  if (!next) return false;
  if (bargain.move == Move::kAccept) return price >= *next && price <= standing;
  // For several the ladder goes on below their price.
  return price == *next ||
         (bargain.value(BargainFact::kQuantity).present && price < *next &&
          std::any_of(facts.ladder().begin(), facts.ladder().end(),
                      [&](Decimal step) { return clamped(step, least) == price; }));
}

bool says_move(const Views& views, const Bargain& bargain, uint32_t condition,
               std::span<const Slot> slots) {
  if (bargain.offer) {
    // A price counts as offered only where it was said.
    return std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) {
      return slot.value == &bargain.value(BargainFact::kOffer);
    });
  }
  const uint32_t moves = views.conditions[condition].moves;
  if ((moves >> static_cast<uint32_t>(bargain.move) & 1) != 0) return true;
  return std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) {
    return slot.value != nullptr && says(bargain.move, slot.piece->fact);
  });
}

void report_bargain(const Work& work) {
  const Bargain& bargain = *work.situation.bargain;
  if (!bargain.asked()) return;
  Result& result = work.result;
  BargainItem& item = result.bargain;
  item.present = true;
  item.move = Result::share(rules::name_of(bargain.move));
  item.round = bargain.round;
  const FactValue& floor = work.situation.facts->get(known_facts().floor_price);
  item.floor_respected = !bargain.offer || !floor.present || *bargain.offer >= floor.number;

  const dialogue::IntentCandidate& intent = work.situation.intents[bargain.position];
  result.because(&item.why, "intent",
                 Result::share(work.views.text(work.intent(bargain.position).id)),
                 work.situation.text->bytes(intent.span), intent.score);
  result.because(&item.why, "ask", Result::share(rules::name_of(bargain.ask)), {}, 1);
  std::string& note = work.impl.note;
  if (bargain.offer) {
    note.clear();
    bargain.offer->append_to(note);
    item.offer = result.add(note);
  }
  if (bargain.said.kind != dialogue::PriceWish::Kind::kNone) {
    note.assign(kind_of(bargain.said.kind));
    bargain.said.amount.append_to(note);
    if (bargain.said.total) {
      note += " / ";
      Decimal::of(bargain.said.quantity).append_to(note);
    }
    if (bargain.wish) {
      note += " = ";
      bargain.wish->append_to(note);
    }
    result.because(&item.why, "wish", result.add(note), {}, 1);
  }
  for (const BargainFact fact : {BargainFact::kOffer, BargainFact::kTotal}) {
    const FactValue& value = bargain.value(fact);
    if (!value.present) continue;
    note.assign(work.views.fact_path(bargain_fact(fact)));
    note.push_back('=');
    value.number.append_to(note);
    note.append(" (").append(value.derived_from).push_back(')');
    result.because(&item.why, "fact", result.add(note), {}, 1);
  }
}

}  // namespace xiaoer::reply
