#include "remember.hpp"

#include <algorithm>

#include "reply/condition.hpp"
#include "reply/goods.hpp"
#include "rules/events.hpp"

namespace xiaoer {
namespace {

using dialogue::Conversation;
using dialogue::IntentCandidate;
using dialogue::PendingReply;
using dialogue::Session;
using rules::Event;
using rules::OrderState;

// On handover only the holding reply goes out; otherwise the first reply and the first technique.
void assume_sent(const Call& call) {
  if (!call.request.assume_sent || call.result->decision == Decision::kSilent) return;
  const bool handoff = call.result->decision == Decision::kHandoff;
  bool reply_sent = false, technique_sent = false;
  for (const PendingReply& pending : call.scratch.reply.pending) {
    if (pending.holding != handoff) continue;
    bool& sent = pending.technique == rules::Technique::kNone ? reply_sent : technique_sent;
    if (!sent) call.session->sent(pending.text, call.at());
    sent = true;
  }
}

// What has not been answered yet, for a message that continues the turn.
void leave_open(const Call& call, Conversation* conversation) {
  const auto records = call.ruleset.understanding().intents();
  conversation->open = true;
  conversation->open_at = call.at();
  conversation->matters = {};
  size_t count = 0;
  for (const IntentCandidate& intent : call.situation.intents) {
    const bool request = records[intent.intent].role == dialogue::IntentRole::kRequest;
    if (!intent.matter || !request || intent.score < dialogue::kHeard) continue;
    if (count == conversation->matters.size()) return;
    conversation->matters[count++] = {records[intent.intent].hash,
                                      dialogue::to_millionths(intent.score)};
  }
}

void note_order(const Call& call, OrderState state) {
  call.session->conversation().order_is(reply::order_of(*call.situation.facts), state, call.at());
}

// Where the order stands when an event says so and no fact does.
OrderState state_after(Event event) {
  switch (event) {
    case Event::kOrderPlaced:
    case Event::kOrderUnpaid:
      return OrderState::kPlaced;
    case Event::kOrderPaid:
      return OrderState::kPaid;
    case Event::kOrderShipped:
      return OrderState::kShipped;
    case Event::kOrderDelivered:
      return OrderState::kReceived;
    case Event::kOrderClosed:
      return OrderState::kClosed;
    default:
      return OrderState::kNone;
  }
}

// What later messages may leave out.
void note_mentioned(const Call& call) {
  const reply::Situation& situation = call.situation;
  dialogue::Mentioned& mentioned = call.session->mentioned();
  mentioned.measures = situation.measures;
  mentioned.name_goods(situation.goods, situation.open_goods, call.session->buyer_turns());
  const entities::Entity* const region = situation.entities->find(rules::kRegion);
  if (region != nullptr) mentioned.region = stable_hash(situation.entities->value(*region));
}

// Room for all that report_session() may add: once the session has learnt, nothing may fail.
void make_room(Result* result) {
  const size_t texts = 2 * rules::requested_names().size() + Conversation::kMaxAnswered +
                       rules::technique_names().size();
  result->texts.reserve(result->texts.size() + texts);
  result->order_steps.reserve(result->order_steps.size() + Conversation::kMaxSteps);
}

// Names of the bits, as texts of the result.
ItemRange add_names(uint32_t bits, std::span<const std::string_view> names, Result* result) {
  ItemRange range{static_cast<uint32_t>(result->texts.size()), 0};
  for (size_t i = 0; i < names.size(); ++i) {
    if ((bits >> i & 1) == 0) continue;
    result->texts.push_back(Result::share(names[i]));
    ++range.count;
  }
  return range;
}

// Intents that this ruleset has no more are left out.
ItemRange add_answered(const Call& call) {
  Result& result = *call.result;
  ItemRange range{static_cast<uint32_t>(result.texts.size()), 0};
  const auto& answered = call.session->conversation().answered;
  const dialogue::Understanding& rules = call.ruleset.understanding();
  for (uint32_t i = 0; i < answered.size(); ++i) {
    const uint32_t intent = rules.find(answered[i]);
    if (intent == UINT32_MAX) continue;
    result.texts.push_back(Result::share(rules.id_of(intent)));
    ++range.count;
  }
  return range;
}

void report_session(const Call& call) {
  constexpr uint32_t kTechniques = 1u << static_cast<uint32_t>(rules::Technique::kYield);
  Result& result = *call.result;
  ConversationItem& item = result.conversation;
  const Session& session = *call.session;
  const Conversation& conversation = session.conversation();
  item.turn = session.buyer_turns();
  item.person_in_charge = is_silenced(call);
  const uint32_t minutes = call.ruleset.replier().settings().takeover_minutes;
  if (item.person_in_charge) item.person_until = person_until(conversation, minutes).value_or(0);
  if (conversation.returns_to != rules::Stage::kNone) {
    item.returns_to = Result::share(rules::name_of(conversation.returns_to));
  }
  item.asked = add_names(conversation.asked, rules::requested_names(), &result);
  item.given = add_names(conversation.given, rules::requested_names(), &result);
  item.answered = add_answered(call);
  uint32_t used = 0;
  for (uint32_t bit = 2; bit < kTechniques; bit <<= 1) {
    const auto technique = static_cast<rules::Technique>(std::countr_zero(bit));
    if (session.technique_used(technique)) used |= bit;
  }
  item.offered = add_names(used, rules::technique_names(), &result);
  item.order_steps.first = static_cast<uint32_t>(result.order_steps.size());
  for (uint32_t i = 0; i < conversation.order_steps.size(); ++i) {
    const dialogue::OrderStep& step = conversation.order_steps[i];
    result.order_steps.push_back({Result::share(rules::name_of(step.state)), step.at});
    ++item.order_steps.count;
  }
}

}  // namespace

bool is_silenced(const Call& call) {
  if (!call.has_session()) return false;
  return is_person_in_charge(call.session->conversation(), call.now(),
                             call.ruleset.replier().settings().takeover_minutes);
}

void silence(const Call& call, std::string_view reason) {
  call.result->decision = Decision::kSilent;
  call.result->handoff = {};
  call.result->conversation.silence = Result::share(reason);
}

void remember(const Call& call) {
  make_room(call.result);
  const reply::ReplyScratch& replies = call.scratch.reply;
  Session& session = *call.session;
  const reply::Situation& situation = call.situation;
  const std::span<const IntentCandidate> intents = situation.intents;
  const auto records = call.ruleset.understanding().intents();
  dialogue::Turn turn;
  turn.at = call.at();
  turn.order_state = reply::Replier::order_state(situation);
  turn.move = call.ruleset.replier().move(situation);
  for (size_t i = 0; i < std::min(intents.size(), turn.intents.size()); ++i) {
    turn.intents[i] = records[intents[i].intent].hash;
  }
  if (!intents.empty()) {
    turn.stage = static_cast<rules::Stage>(records[intents[0].intent].stage);
    turn.objection = static_cast<rules::Objection>(records[intents[0].intent].objection);
  }
  session.buyer_turn(turn, situation.continues);
  session.care() = replies.care;
  note_mentioned(call);
  for (const entities::Entity& entity : situation.entities->list) {
    if (entity.flags & entities::kOffer) session.buyer_offer(entity.number);
  }
  if (replies.bargain) session.bargain_turn(*replies.bargain);
  for (const PendingReply& pending : replies.pending) session.add_pending(pending);
  note_order(call, situation.facts->order_state());
  Conversation& conversation = session.conversation();
  conversation.given |= situation.given;
  conversation.subject = situation.subject;
  conversation.unhelpful = call.result->conversation.unhelpful;
  leave_open(call, &conversation);
  assume_sent(call);
}

void remember_event(const Call& call) {
  make_room(call.result);
  const reply::ReplyScratch& replies = call.scratch.reply;
  Session& session = *call.session;
  const reply::Situation& situation = call.situation;
  dialogue::Turn turn;
  turn.at = call.at();
  turn.order_state = situation.facts->order_state();
  if (turn.order_state == OrderState::kNone) turn.order_state = state_after(situation.event);
  turn.intents[0] = stable_hash(call.request.event);
  if (!situation.intents.empty()) {
    const auto& record = call.ruleset.understanding().intents()[situation.intents[0].intent];
    turn.stage = static_cast<rules::Stage>(record.stage);
  }
  if (situation.event != Event::kNone) session.care() = replies.care;
  session.event(turn);
  if (situation.event == Event::kPersonLeft) session.conversation().person_left();
  note_order(call, turn.order_state);
  for (const PendingReply& pending : replies.pending) session.add_pending(pending);
  call.result->conversation.unhelpful = session.conversation().unhelpful;
  assume_sent(call);
}

void report_conversation(const Call& call) {
  Result& result = *call.result;
  const reply::Situation& situation = call.situation;
  const rules::Stage stage =
      call.has_session() ? call.session->stage() : call.ruleset.replier().stage(situation);
  const OrderState state =
      call.has_session() ? call.session->order_state() : reply::Replier::order_state(situation);
  result.stage = Result::share(rules::name_of(stage));
  result.order_state = Result::share(rules::name_of(state));
  result.conversation.continues = situation.continues;
  result.conversation.turn = situation.event == Event::kNone ? 1 : 0;
  if (call.has_session()) report_session(call);
}

}  // namespace xiaoer
