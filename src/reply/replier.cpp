#include "reply/replier.hpp"

#include "reply/bargain.hpp"
#include "reply/choose.hpp"
#include "reply/compose.hpp"
#include "reply/condition.hpp"
#include "reply/decide.hpp"
#include "reply/event.hpp"
#include "reply/helpfulness.hpp"
#include "reply/technique.hpp"
#include "reply/work.hpp"

namespace xiaoer::reply {

bool Replier::open(const Image& image) { return views_.open(image); }

bool Replier::holds(uint32_t condition, const Situation& situation, uint64_t intent_hash) const {
  return condition_holds(views_, condition, situation, intent_hash);
}

std::optional<uint32_t> Replier::intent_of_event(const Situation& situation) const {
  return find_event_intent(views_, situation);
}

dialogue::StageMove Replier::move(const Situation& situation) const {
  return move_of(views_, situation);
}

rules::Stage Replier::stage(const Situation& situation) const {
  return stage_of(views_, situation);
}

rules::OrderState Replier::order_state(const Situation& situation) {
  return order_state_of(situation);
}

namespace {

void begin(ReplyScratch* scratch) {
  if (!scratch->impl) scratch->impl = std::make_shared<ReplyScratch::Impl>();
  ReplyScratch::Impl& impl = *scratch->impl;
  scratch->pending.clear();
  scratch->bargain.reset();
  impl.answered.clear();
  impl.withheld.clear();
  impl.spare_withheld = 0;
  impl.ask_again = false;
  impl.proven.clear();
  impl.said.clear();
  impl.chosen.clear();
}

void be_silent(const Work& work, std::string_view reason) {
  work.result.decision = Decision::kSilent;
  work.result.conversation.silence = Result::share(reason);
}

void respond_to_event(const Work& work) {
  const std::string_view obstacle = event_obstacle(work);
  if (!obstacle.empty()) return be_silent(work, obstacle);
  const Cause cause = handover_cause(work);
  choose_replies(work);
  if (!cause.reason.empty()) {
    hand_over(work, cause);
    choose_holding(work, Spare::kHolding);
    work.result.decision = Decision::kHandoff;
  } else if (work.result.replies.empty()) {
    be_silent(work, "no-answer");
  } else {
    work.result.decision = decide(work);
  }
}

// `cause`: why a person takes over, as far as the message asks for one.
void respond_to_message(const Work& work, Cause cause) {
  work.result.conversation.unhelpful = count_unhelpful(work);
  choose_replies(work);
  choose_given(work);
  compose(work);
  Spare holding = Spare::kHolding;
  if (cause.reason.empty()) {
    cause = helplessness(work);
    holding = Spare::kNotHelped;
  }
  if (!cause.reason.empty()) {
    hand_over(work, cause);
    choose_holding(work, holding);
    work.result.decision = Decision::kHandoff;
    return;
  }
  if (has_said_enough(work)) return be_silent(work, "said-before");
  choose_fallback(work);
  choose_techniques(work);
  choose_manner(work);
  work.result.decision = decide(work);
}

}  // namespace

void Replier::respond(const Situation& situation, ReplyScratch* scratch, Result* result) const {
  begin(scratch);
  const Work work{views_, situation, *scratch, *scratch->impl, *result};
  if (situation.event != rules::Event::kNone) return respond_to_event(work);
  if (situation.intents.empty() && is_empty_message(situation)) return be_silent(work, "empty");
  const Cause cause = handover_cause(work);
  if (!cause.reason.empty() || !concerns_price(views_, situation)) {
    return respond_to_message(work, cause);
  }
  Bargain& bargain = scratch->impl->bargain;
  reply::bargain(views_, situation, &bargain);
  if (bargain.asked()) scratch->bargain = bargain.after;
  Situation with = situation;
  with.bargain = &bargain;
  const Work bargaining{views_, with, *scratch, *scratch->impl, *result};
  report_bargain(bargaining);
  const bool insists = bargain.move == rules::Move::kHandoff;
  respond_to_message(bargaining, insists ? Cause{"bargain", bargain.position} : Cause{});
}

}  // namespace xiaoer::reply
