#include "reply/replier.hpp"

#include <array>

#include "reply/actions.hpp"
#include "reply/bargain.hpp"
#include "reply/case_record.hpp"
#include "reply/choose.hpp"
#include "reply/compose.hpp"
#include "reply/condition.hpp"
#include "reply/decide.hpp"
#include "reply/event.hpp"
#include "reply/fact_notes.hpp"
#include "reply/goods.hpp"
#include "reply/helpfulness.hpp"
#include "reply/review.hpp"
#include "reply/sizing.hpp"
#include "reply/technique.hpp"
#include "reply/work.hpp"

namespace xiaoer::reply {

bool Replier::open(const Image& image) { return views_.open(image); }

bool Replier::holds(uint32_t condition, const Situation& situation, uint64_t intent_hash) const {
  return condition_holds(views_, condition, situation, intent_hash);
}

bool Replier::review(const Situation& situation, std::string_view text, ReviewScratch* scratch,
                     Verdict* verdict) const {
  return reply::review(views_, situation, text, scratch, verdict);
}

void Replier::note_facts(const Facts& facts, Diagnostics* diagnostics) const {
  reply::note_facts(views_, facts, diagnostics);
}

std::optional<uint32_t> Replier::intent_of_event(const Situation& situation) const {
  return find_event_intent(views_, situation);
}

dialogue::StageMove Replier::move(const Situation& situation) const {
  return move_of(views_, situation);
}

std::optional<Instant> Replier::local(std::optional<Instant> now) const {
  if (now && now->offset_minutes == 0) now->offset_minutes = views_.settings.utc_offset_minutes;
  return now;
}

dialogue::Goods Replier::goods(const Situation& situation) const {
  return goods_of(views_, situation);
}

rules::Stage Replier::stage(const Situation& situation) const {
  return stage_of(views_, situation);
}

rules::OrderState Replier::order_state(const Situation& situation) {
  return order_state_of(situation);
}

namespace {

// The session's care as it is after this message, whatever is decided.
void take_care(const Situation& situation, dialogue::Care* care) {
  *care = situation.session != nullptr ? situation.session->care() : dialogue::Care{};
  if (situation.buyer != nullptr) care->mood = situation.buyer->mood;
  if (situation.session == nullptr || situation.entities == nullptr) return;
  static const auto hashes = [] {
    std::array<uint64_t, rules::kBuiltInKinds> all = {};
    for (size_t i = 0; i < all.size(); ++i) all[i] = stable_hash(rules::entity_kinds()[i].name);
    return all;
  }();
  // A message that continues the turn opens none.
  const uint32_t turn = situation.session->buyer_turns() + (situation.continues ? 0 : 1);
  for (const entities::Entity& entity : situation.entities->list) {
    if (entity.kind >= hashes.size()) continue;
    care->give(hashes[entity.kind], turn);
  }
}

TextRef objection_of(const Work& work) {
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    const auto objection = static_cast<rules::Objection>(work.intent(position).objection);
    if (objection == rules::Objection::kNone) continue;
    if (!work.is_about(position)) continue;
    return Result::share(rules::name_of(objection));
  }
  return {};
}

void hand_to_person(const Work& work, const Cause& cause, Spare holding) {
  hand_over(work, cause);
  choose_holding(work, cause.position, holding);
  work.result.decision = Decision::kHandoff;
  if (cause.position != kNoIntent) {
    const IntentRecord& intent = work.intent(cause.position);
    if (static_cast<rules::Objection>(intent.objection) == rules::Objection::kComplaint) {
      const int64_t at = work.situation.now ? work.situation.now->seconds : 0;
      work.scratch.care.complaint.complain(intent.hash, at);
    }
  }
  fill_case(work, cause.position);
}

void begin(ReplyScratch* scratch) {
  if (!scratch->impl) scratch->impl = std::make_shared<ReplyScratch::Impl>();
  ReplyScratch::Impl& impl = *scratch->impl;
  scratch->pending.clear();
  scratch->bargain.reset();
  impl.answered.clear();
  impl.withheld.clear();
  impl.spare_withheld = 0;
  impl.ask_again = false;
  impl.said.clear();
  impl.chosen.clear();
}

void be_silent(const Work& work, std::string_view reason) {
  work.result.decision = Decision::kSilent;
  work.result.conversation.silence = Result::share(reason);
}

// Why a person takes over, as far as the message asks for one. Bargaining, where the message is
// about a price, may come to that; what it comes to is part of the situation from here on.
Cause find_cause(const Work& work, Situation* situation) {
  const Cause cause = handover_cause(work);
  if (!cause.reason.empty() || !concerns_price(work.views, *situation)) return cause;
  Bargain& bargain = work.impl.bargain;
  reply::bargain(work.views, *situation, &bargain);
  if (bargain.asked() && !situation->facts->has_own_price()) work.scratch.bargain = bargain.after;
  situation->bargain = &bargain;
  report_bargain(work);
  return bargain.move == rules::Move::kHandoff ? Cause{"bargain", bargain.position} : Cause{};
}

void respond_to_event(const Work& work) {
  const std::string_view obstacle = event_obstacle(work);
  if (!obstacle.empty()) return be_silent(work, obstacle);
  const Cause cause = handover_cause(work);
  choose_replies(work);
  if (!cause.reason.empty()) {
    hand_to_person(work, cause, Spare::kHolding);
  } else if (work.result.replies.empty()) {
    be_silent(work, "no-answer");
  } else {
    work.result.decision = decide(work);
  }
}

// `cause`: why a person takes over, as far as the message asks for one.
void respond_to_message(const Work& work, Cause cause) {
  work.result.objection = objection_of(work);
  work.result.conversation.unhelpful = count_unhelpful(work);
  choose_actions(work);  // first, since what is asked anew is not done
  choose_replies(work);
  choose_given(work);
  compose(work);
  Spare holding = Spare::kHolding;
  if (cause.reason.empty()) {
    cause = helplessness(work);
    holding = Spare::kNotHelped;
  }
  fill_guidance(work, cause.reason.empty() ? kNoIntent : cause.position);
  if (!cause.reason.empty()) return hand_to_person(work, cause, holding);
  if (has_said_enough(work)) return be_silent(work, "said-before");
  choose_fallback(work);
  choose_techniques(work);
  choose_manner(work);
  choose_links(work);
  work.result.decision = decide(work);
}

}  // namespace

void Replier::respond(const Situation& situation, ReplyScratch* scratch, Result* result) const {
  begin(scratch);
  take_care(situation, &scratch->care);
  Situation whole = situation;
  whole.care = &scratch->care;
  find_sizing(*situation.facts, situation.measures, &scratch->impl->sizing);
  whole.sizing = &scratch->impl->sizing;
  const Work work{views_, whole, *scratch, *scratch->impl, *result};
  if (situation.event != rules::Event::kNone) {
    respond_to_event(work);
  } else if (situation.intents.empty() && is_empty_message(situation)) {
    be_silent(work, "empty");
  } else {
    const Cause cause = find_cause(work, &whole);
    respond_to_message(work, cause);
  }
  result->complaint = Result::share(dialogue::name_of(scratch->care.complaint.state));
}

}  // namespace xiaoer::reply
