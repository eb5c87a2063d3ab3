#include "reply/decide.hpp"

#include <algorithm>

#include "reply/condition.hpp"
#include "reply/goods.hpp"
#include "rules/pack.hpp"

namespace xiaoer::reply {
namespace {

using dialogue::kHeard;
using rules::Objection;
using rules::Policy;

constexpr float kLeading = 0.3f;  // the first, or one that intercepts, from this one on

Policy policy_of(const IntentRecord& intent) { return static_cast<Policy>(intent.policy); }
Objection objection_of(const IntentRecord& intent) {
  return static_cast<Objection>(intent.objection);
}

bool wants_person(const IntentRecord& intent) {
  return policy_of(intent) == Policy::kHandoff || objection_of(intent) == Objection::kComplaint;
}

// Whether the intent by itself forbids an unattended answer.
bool is_attended(const IntentRecord& intent) {
  return policy_of(intent) != Policy::kAuto || objection_of(intent) == Objection::kDrawback ||
         objection_of(intent) == Objection::kComplaint;
}

// A weak guess by likeness alone hands nothing over; a phrase of the first intent, or of one that
// intercepts, does.
bool is_heard(const Work& work, uint32_t position) {
  const dialogue::IntentCandidate& found = work.situation.intents[position];
  if (found.score >= kHeard) return true;
  const bool leads = position == 0 || work.intent(position).intercept != 0;
  return leads && (found.best_pattern != UINT32_MAX || found.score >= kLeading);
}

// Whether the reply that would go out answers the intent at `position`.
bool first_answers(const Work& work, uint32_t position) {
  const ItemRange told = work.result.replies[0].intents;
  const auto begin = work.result.reply_intents.begin() + told.first;
  return std::find(begin, begin + told.count, position) != begin + told.count;
}

}  // namespace

bool needs_proof(const IntentRecord& intent) {
  return objection_of(intent) == Objection::kDoubt ||
         objection_of(intent) == Objection::kMisunderstanding;
}

bool is_empty_message(const Situation& situation) {
  if (situation.text == nullptr) return true;
  for (const uint16_t properties : situation.text->properties) {
    if ((properties & text::kSpace) == 0) return false;
  }
  return true;
}

// The first intent that asks for a person, an intercepting one, or a further one that is at least
// as likely as not.
Cause handover_cause(const Work& work) {
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    const IntentRecord& intent = work.intent(position);
    if (!wants_person(intent) || !is_heard(work, position)) continue;
    if (objection_of(intent) == Objection::kComplaint) return {"complaint", position};
    return {intent.traits & kHumanTrait ? "human" : "policy", position};
  }
  return {};
}

void hand_over(const Work& work, const Cause& cause) {
  Result& result = work.result;
  HandoffItem& handoff = result.handoff;
  handoff.present = true;
  handoff.reason = Result::share(cause.reason);
  if (cause.position == kNoIntent) {
    const bool after_sales = stage_of(work.views, work.situation) == rules::Stage::kAfterSales;
    handoff.route = Result::share(
        rules::name_of(after_sales ? rules::Route::kAftersales : rules::Route::kPresales));
    return;
  }
  const IntentRecord& intent = work.intent(cause.position);
  handoff.route = Result::share(rules::name_of(static_cast<rules::Route>(intent.route)));
  handoff.intent = Result::share(work.views.text(intent.id));
}

// 什么时候发 after 少发了一盒 asks for what is to be sent later, not for the rule of the shop.
bool follows_trouble(const Work& work) {
  constexpr std::string_view kTroubles[] = {"after", "complaint"};
  const std::string_view last = work.situation.last_matter;
  if (last.empty() || (work.intent(0).traits & kTalkTrait) != 0) return false;
  return std::any_of(std::begin(kTroubles), std::end(kTroubles),
                     [&](std::string_view name) { return rules::is_or_below(last, name); });
}

bool speaks_of_region(const Views& views, const Chosen& chosen) {
  const ReplyRecord& reply = views.replies[chosen.reply];
  const auto operands = slice(views.operands, views.conditions[reply.condition].operands);
  const auto pieces =
      slice(views.pieces, slice(views.variants, reply.variants)[chosen.variant].pieces);
  return std::any_of(
             operands.begin(), operands.end(),
             [](const OperandRecord& operand) { return operand.entity == rules::kRegion; }) ||
         std::any_of(pieces.begin(), pieces.end(),
                     [](const PieceRecord& piece) { return piece.entity == rules::kRegion; });
}

// The region that a reply, or a part of the joint one, speaks of was named a while ago, perhaps of
// something else.
bool rests_on_earlier_region(const Work& work) {
  if (!naming_of(work.situation, rules::kRegion).earlier) return false;
  return std::any_of(work.impl.chosen.begin(), work.impl.chosen.end(),
                     [&](const Chosen& chosen) { return speaks_of_region(work.views, chosen); });
}

Decision decide(const Work& work) {
  const auto& intents = work.situation.intents;
  const auto& replies = work.result.replies;
  if (intents.empty() || replies.empty()) return Decision::kSuggest;
  if (intents[0].score < work.views.settings.auto_threshold) return Decision::kSuggest;
  // A mere guess from the conversation, or one that lacks it, is for a person.
  if (work.situation.out_of_context || intents[0].inherited()) return Decision::kSuggest;
  if (work.situation.attended) return Decision::kSuggest;
  // After the promised day the same words are a complaint: a person looks at the answer first.
  if (order_is_late(work.situation)) return Decision::kSuggest;
  if (follows_trouble(work)) return Decision::kSuggest;
  // What the facts say is said of other goods than the buyer asks about.
  if (is_about_others(work.situation)) return Decision::kSuggest;
  // A person looks at what the shop would give away, unless the pack says otherwise.
  const Bargain* const bargain = work.situation.bargain;
  if (bargain != nullptr && is_cut(*bargain) && work.views.settings.bargain.auto_price == 0) {
    return Decision::kSuggest;
  }
  // The reply that would go out must answer the first intent.
  if (work.impl.answered.empty() || work.impl.answered[0] == 0) return Decision::kSuggest;
  const Chosen& first = work.impl.chosen[0];
  if (first.attended || rests_on_earlier_region(work)) return Decision::kSuggest;
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    const IntentRecord& intent = work.intent(position);
    if (is_attended(intent)) return Decision::kSuggest;
    if (needs_proof(intent) && !first.proven) return Decision::kSuggest;
    // Half an answer is worse than a person's whole one.
    if (intents[position].matter) {
      if (intents[position].score < work.views.settings.auto_threshold) return Decision::kSuggest;
      if (!first_answers(work, position)) return Decision::kSuggest;
    }
    // Likeness alone rests on the words that the others rest on.
    const bool worded = intents[position].best_pattern != UINT32_MAX;
    const bool heard = worded && intents[position].score >= kHeard;
    if (heard && work.impl.answered[position] == 0) return Decision::kSuggest;
  }
  return Decision::kAuto;
}

}  // namespace xiaoer::reply
