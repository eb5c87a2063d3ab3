#include "reply/event.hpp"

#include "reply/condition.hpp"
#include "reply/stated.hpp"
#include "reply/technique.hpp"

namespace xiaoer::reply {
namespace {

using rules::Event;
using rules::OrderState;

constexpr uint32_t bit(OrderState state) { return 1u << static_cast<uint32_t>(state); }

// The states of the order that the event can be about; an order that is known to have moved on is
// told of by another.
uint32_t states_of(Event event) {
  switch (event) {
    case Event::kOrderPlaced:
    case Event::kOrderUnpaid:
      return bit(OrderState::kNone) | bit(OrderState::kPlaced);
    case Event::kOrderPaid:
      return bit(OrderState::kNone) | bit(OrderState::kPaid);
    case Event::kOrderShipped:
      return bit(OrderState::kNone) | bit(OrderState::kShipped);
    case Event::kOrderDelivered:
      return bit(OrderState::kNone) | bit(OrderState::kShipped) | bit(OrderState::kReceived) |
             bit(OrderState::kSuccess);
    case Event::kOrderClosed:
      return bit(OrderState::kNone) | bit(OrderState::kClosed);
    default:
      return UINT32_MAX;
  }
}

// How many texts an event is worth.
uint32_t most_texts(const Work& work, Event event) {
  if (event == Event::kOrderUnpaid) return work.views.settings.unpaid_reminders;
  return event == Event::kBuyerWaiting ? 2 : 1;
}

// What the buyer did not ask for: it waits for a good moment or is left out.
bool is_uncalled(Event event) {
  return event == Event::kOrderUnpaid || event == Event::kFollowUp ||
         event == Event::kPromotionEnding;
}

bool is_too_early(const Work& work) {
  const FactValue& placed = work.situation.facts->get(known_facts().placed_at);
  constexpr int64_t kMinute = 60;
  return placed.present && work.situation.now &&
         work.situation.now->seconds - placed.time < kMinute * work.views.settings.unpaid_minutes;
}

bool has_asked_price(const Work& work) {
  const dialogue::Session* session = work.situation.session;
  if (session == nullptr) return false;
  for (const IntentRecord& intent : work.views.intents) {
    if ((intent.traits & kPriceTrait) && session->times(intent.hash) > 0) return true;
  }
  return false;
}

std::string_view promotion_obstacle(const Work& work) {
  if (!promotion_runs(work.situation)) return "no-promotion";
  if (!has_asked_price(work)) return "price-not-asked";
  const dialogue::Session& session = *work.situation.session;
  const bool spent = session.pushes() >= work.views.settings.push_budget ||
                     session.pushed_last_turn() ||
                     session.technique_used(rules::Technique::kDeadline);
  return spent ? "push-budget" : "";
}

}  // namespace

std::optional<uint32_t> find_event_intent(const Views& views, const Situation& situation) {
  std::optional<uint32_t> best;
  for (uint32_t i = 0; i < views.intents.size(); ++i) {
    const IntentRecord& intent = views.intents[i];
    if (static_cast<Event>(intent.event) != situation.event) continue;
    if (!condition_holds(views, intent.condition, situation, intent.hash)) continue;
    const auto tests = [&](uint32_t index) {
      return views.conditions[views.intents[index].condition].tests;
    };
    if (!best || tests(i) > tests(*best)) best = i;
  }
  return best;
}

std::string_view event_obstacle(const Work& work) {
  const Situation& situation = work.situation;
  const Event event = situation.event;
  if (work.intent_count() == 0) return "no-answer";
  const auto state = static_cast<uint32_t>(situation.facts->order_state());
  if ((states_of(event) & (1u << state)) == 0) return "order-moved-on";
  if (event == Event::kOrderUnpaid && is_too_early(work)) return "too-early";
  const dialogue::Session* session = situation.session;
  if (session != nullptr) {
    if (times_told(situation) >= most_texts(work, event)) return "told-before";
    if (event == Event::kBuyerJoined && session->has_spoken()) return "told-before";
    if (is_uncalled(event) && is_refusing(work)) return "buyer-refused";
    const bool sore = session->stage() == rules::Stage::kAfterSales || session->holding_sent();
    if (is_uncalled(event) && sore) return "wrong-moment";
  }
  return event == Event::kPromotionEnding ? promotion_obstacle(work) : "";
}

}  // namespace xiaoer::reply
