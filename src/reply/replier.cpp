#include "reply/replier.hpp"

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
  choose_replies(work);
  compose(work);
  if (asks_for_person != kNoIntent) {
    hand_over(work, asks_for_person);
    choose_holding(work);
    result->decision = Decision::kHandoff;
    return;
  }
  choose_fallback(work);
  choose_techniques(work);
  choose_manner(work);
  result->decision = decide(work);
}

}  // namespace xiaoer::reply
