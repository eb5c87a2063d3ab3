#include "reply/replier.hpp"

#include "reply/bargain.hpp"
#include "reply/choose.hpp"
#include "reply/compose.hpp"
#include "reply/condition.hpp"
#include "reply/decide.hpp"
#include "reply/review.hpp"
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

rules::OrderState Replier::order_state(const Situation& situation) {
  return order_state_of(situation);
}

void Replier::respond(const Situation& situation, ReplyScratch* scratch, Result* result) const {
  if (!scratch->impl) scratch->impl = std::make_shared<ReplyScratch::Impl>();
  scratch->pending.clear();
  scratch->bargain.reset();
  scratch->impl->answered.clear();
  scratch->impl->proven.clear();
  scratch->impl->said.clear();
  scratch->impl->chosen.clear();
  const Work work{views_, situation, *scratch, *scratch->impl, *result};
  if (situation.intents.empty() && is_empty_message(situation)) {
    result->decision = Decision::kSilent;
    return;
  }
  const uint32_t asks_for_person = handoff_intent(work);
  if (asks_for_person != kNoIntent || !concerns_price(views_, situation)) {
    return answer(work, asks_for_person);
  }
  Bargain& bargain = scratch->impl->bargain;
  reply::bargain(views_, situation, &bargain);
  if (bargain.asked()) scratch->bargain = bargain.after;
  Situation with = situation;
  with.bargain = &bargain;
  const Work bargaining{views_, with, *scratch, *scratch->impl, *result};
  report_bargain(bargaining);
  answer(bargaining, bargain.move == rules::Move::kHandoff ? bargain.position : kNoIntent);
}

// `asks_for_person`: the intent that does, or kNoIntent.
void Replier::answer(const Work& work, uint32_t asks_for_person) {
  choose_replies(work);
  compose(work);
  if (asks_for_person != kNoIntent) {
    hand_over(work, asks_for_person);
    choose_holding(work);
    work.result.decision = Decision::kHandoff;
    return;
  }
  choose_fallback(work);
  choose_techniques(work);
  choose_manner(work);
  work.result.decision = decide(work);
}

}  // namespace xiaoer::reply
