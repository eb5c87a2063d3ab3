#include "reply/helpfulness.hpp"

#include <algorithm>

#include "reply/choose.hpp"
#include "reply/condition.hpp"

namespace xiaoer::reply {
namespace {

using dialogue::Speaker;
using dialogue::Turn;

// What the engine said since the buyer's last turn; nullptr: nothing.
const Turn* last_answer(const dialogue::Session& session) {
  const auto& turns = session.turns();
  for (uint32_t back = 0; back < turns.size(); ++back) {
    const Turn& turn = turns.newest(back);
    if (turn.speaker == Speaker::kBuyer) return nullptr;
    if (turn.speaker == Speaker::kEngine) return &turn;
  }
  return nullptr;
}

const Turn* last_question(const dialogue::Session& session) {
  const auto& turns = session.turns();
  for (uint32_t back = 0; back < turns.size(); ++back) {
    if (turns.newest(back).speaker == Speaker::kBuyer) return &turns.newest(back);
  }
  return nullptr;
}

// The buyer was asked what he means.
bool asked_back(const Work& work, const Turn& answer) {
  return std::any_of(work.views.fallbacks.begin(), work.views.fallbacks.end(),
                     [&](const FallbackRecord& record) {
                       return record.spare == Spare::kFallback &&
                              work.views.replies[record.reply].hash == answer.intents[0];
                     });
}

bool says_so(const Work& work) {
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    const bool heard = work.situation.intents[position].score >= dialogue::kHeard;
    if (heard && (work.intent(position).traits & kNotHelpedTrait)) return true;
  }
  return false;
}

// The same question about the same thing. Bargaining repeats itself by its nature.
bool asks_again(const Work& work, const dialogue::Session& session) {
  if (is_not_understood(work)) return false;
  const IntentRecord& intent = work.intent(0);
  if (intent.traits & (kTalkTrait | kBargainTrait)) return false;
  const Turn* question = last_question(session);
  return question != nullptr && question->intents[0] == intent.hash &&
         session.conversation().subject == work.situation.subject;
}

}  // namespace

uint32_t count_unhelpful(const Work& work) {
  const dialogue::Session* session = work.situation.session;
  if (session == nullptr) return 0;
  const uint32_t before = session->conversation().unhelpful;
  const Turn* answer = last_answer(*session);
  if (answer == nullptr) return before;
  const bool lost = asked_back(work, *answer) && is_not_understood(work);
  if (lost || says_so(work) || asks_again(work, *session)) return before + 1;
  return 0;
}

Cause helplessness(const Work& work) {
  constexpr std::string_view kReason = "not-helped";
  const bool understood = !is_not_understood(work);
  const uint32_t position = understood ? 0 : kNoIntent;
  if (work.result.conversation.unhelpful >= work.views.settings.unhelpful_answers) {
    return {kReason, position};
  }
  if (!understood || work.impl.answered[0] || !(work.impl.withheld[0] & kSaidBefore)) return {};
  if (has_said_enough(work)) return {};
  return {kReason, position};
}

bool has_said_enough(const Work& work) {
  if (work.intent_count() == 0 || work.impl.answered[0]) return false;
  if (!(work.impl.withheld[0] & kSaidBefore)) return false;
  const uint16_t traits = work.intent(0).traits;
  return (traits & kTalkTrait) != 0 && (traits & kGreetTrait) == 0;
}

}  // namespace xiaoer::reply
