#include "reply/replier.hpp"

#include <array>

#include "reply/actions.hpp"
#include "reply/bargain.hpp"
#include "reply/case_record.hpp"
#include "reply/choose.hpp"
#include "reply/compose.hpp"
#include "reply/condition.hpp"
#include "reply/decide.hpp"
#include "reply/technique.hpp"
#include "reply/work.hpp"

namespace xiaoer::reply {

bool Replier::open(const Image& image) { return views_.open(image); }

bool Replier::holds(uint32_t condition, const Situation& situation, uint64_t intent_hash) const {
  return condition_holds(views_, condition, situation, intent_hash);
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
  for (const dialogue::Entity& entity : situation.entities->list) {
    if (entity.kind >= hashes.size()) continue;
    care->give(hashes[entity.kind], situation.session->buyer_turns() + 1);
  }
}

TextRef objection_of(const Work& work) {
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    const auto objection = static_cast<rules::Objection>(work.intent(position).objection);
    if (objection == rules::Objection::kNone) continue;
    if (position > 0 && work.situation.intents[position].score < dialogue::kHeard) continue;
    return Result::share(rules::name_of(objection));
  }
  return {};
}

void hand_to_person(const Work& work, uint32_t position) {
  hand_over(work, position);
  choose_holding(work, position);
  const IntentRecord& intent = work.intent(position);
  if (static_cast<rules::Objection>(intent.objection) == rules::Objection::kComplaint) {
    const int64_t at = work.situation.now ? work.situation.now->seconds : 0;
    work.scratch.care.complaint.complain(intent.hash, at);
  }
  fill_case(work, position);
}

// The intent that asks for a person, or kNoIntent. Bargaining, where the message is about a price,
// may come to that; what it comes to is part of the situation from here on.
uint32_t find_person(const Work& work, Situation* situation) {
  const uint32_t asks_for_person = handoff_intent(work);
  if (asks_for_person != kNoIntent || !concerns_price(work.views, *situation)) {
    return asks_for_person;
  }
  Bargain& bargain = work.impl.bargain;
  reply::bargain(work.views, *situation, &bargain);
  if (bargain.asked()) work.scratch.bargain = bargain.after;
  situation->bargain = &bargain;
  report_bargain(work);
  return bargain.move == rules::Move::kHandoff ? bargain.position : kNoIntent;
}

}  // namespace

void Replier::respond(const Situation& situation, ReplyScratch* scratch, Result* result) const {
  if (!scratch->impl) scratch->impl = std::make_shared<ReplyScratch::Impl>();
  scratch->pending.clear();
  scratch->bargain.reset();
  scratch->impl->answered.clear();
  scratch->impl->proven.clear();
  scratch->impl->said.clear();
  scratch->impl->chosen.clear();
  take_care(situation, &scratch->care);
  Situation whole = situation;
  whole.care = &scratch->care;
  const Work work{views_, whole, *scratch, *scratch->impl, *result};
  result->decision = Decision::kSilent;
  if (!situation.intents.empty() || !is_empty_message(situation)) {
    answer(work, find_person(work, &whole));
  }
  result->complaint = Result::share(dialogue::name_of(scratch->care.complaint.state));
}

// `asks_for_person`: the intent that does, or kNoIntent.
void Replier::answer(const Work& work, uint32_t asks_for_person) {
  work.result.objection = objection_of(work);
  choose_actions(work);  // first, since what is asked anew is not done
  choose_replies(work);
  compose(work);
  fill_guidance(work, asks_for_person);
  if (asks_for_person != kNoIntent) {
    hand_to_person(work, asks_for_person);
    work.result.decision = Decision::kHandoff;
    return;
  }
  choose_fallback(work);
  choose_techniques(work);
  choose_manner(work);
  choose_links(work);
  work.result.decision = decide(work);
}

}  // namespace xiaoer::reply
