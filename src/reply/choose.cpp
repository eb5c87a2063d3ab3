#include "reply/choose.hpp"

#include <algorithm>

#include "reply/condition.hpp"

namespace xiaoer::reply {
namespace {

constexpr float kLaterRound = 0.95f;  // how much a second-best reply yields to the best
constexpr float kGuess = 0.45f;       // below, the first intent is more likely wrong than right

// Adds the reply as a candidate if its condition holds.
void consider(const Work& work, uint32_t reply, uint32_t position, uint64_t intent_hash) {
  const ReplyRecord& record = work.views.replies[reply];
  std::vector<Candidate>& list = work.impl.candidates;
  if (!condition_holds(work.views, record.condition, work.situation, intent_hash)) {
    if (!work.situation.trace) return;
    Result& result = work.result;
    GuardItem item;
    item.rule = Result::share("condition");
    item.id = Result::share(work.views.text(record.id));
    std::string& note = work.impl.note;
    note.clear();
    const ConditionRecord& condition = work.views.conditions[record.condition];
    for (const StringRef text : slice(work.views.condition_texts, condition.texts)) {
      if (!note.empty()) note += "; ";
      note += work.views.text(text);
    }
    item.detail = result.add(note);
    result.guard.push_back(item);
    return;
  }
  const uint32_t specificity = work.views.conditions[record.condition].tests;
  const auto order = static_cast<uint32_t>(list.size());
  list.push_back({reply, position, specificity, order, record.priority});
}

void gather(const Work& work) {
  ReplyScratch::Impl& impl = work.impl;
  impl.candidates.clear();
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    const IntentRecord& intent = work.intent(position);
    for (const uint32_t reply : slice(work.views.intent_replies, intent.replies)) {
      const bool known = std::any_of(impl.candidates.begin(), impl.candidates.end(),
                                     [&](const Candidate& c) { return c.reply == reply; });
      if (!known) consider(work, reply, position, intent.hash);
    }
  }
  std::sort(impl.candidates.begin(), impl.candidates.end(), comes_before);
}

bool is_repeated(const Work& work) {
  for (const ReplyItem& item : work.result.replies) {
    if (work.result.text(item.text) == work.impl.draft.text) return true;
  }
  return false;
}

// Enters the passed draft into the result.
void accept(const Work& work, const Candidate& candidate, uint32_t variant, float score) {
  Result& result = work.result;
  const ReplyRecord& reply = work.views.replies[candidate.reply];
  ReplyItem item;
  item.id = Result::share(work.views.text(reply.id));
  item.text = result.add(work.impl.draft.text);
  item.score = score;
  item.variant = variant;
  item.intents.first = static_cast<uint32_t>(result.reply_intents.size());
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    const bool own = position == candidate.position;
    if (!own && !lists_reply(work, position, candidate.reply)) continue;
    result.reply_intents.push_back(position);
    ++item.intents.count;
    work.impl.answered[position] = 1;
    result.because(&item.why, "intent", Result::share(work.views.text(work.intent(position).id)),
                   work.situation.text->bytes(work.situation.intents[position].span),
                   work.situation.intents[position].score);
  }
  explain_draft(work, reply, variant, &item.why);
  if (result.replies.empty()) {
    for (const Slot& slot : work.impl.draft.slots) {
      if (slot.value != nullptr) work.impl.said.push_back(slot.piece->fact);
    }
  }
  result.replies.push_back(item);
  work.impl.chosen.push_back({candidate.reply, variant, candidate.position,
                              draft_is_proven(work, reply), reply.attended != 0});
  add_pending(work, reply, variant, false, candidate.position);
}

// Every matter has its turn, so that one reply can answer them all.
bool enough(const Work& work) {
  const auto& intents = work.situation.intents;
  const auto matters = static_cast<uint32_t>(std::count_if(
      intents.begin(), intents.end(), [](const auto& intent) { return intent.matter; }));
  return work.result.replies.size() >= std::max(work.views.settings.max_replies, matters);
}

// Tries candidates from the intent's cursor on until one passes. False: none is left.
bool next_reply(const Work& work, uint32_t position, float factor) {
  ReplyScratch::Impl& impl = work.impl;
  while (impl.cursors[position] < impl.cursor_ends[position]) {
    const Candidate& candidate = impl.candidates[impl.cursors[position]++];
    uint32_t variant = 0;
    if (!attempt(work, work.views.replies[candidate.reply], position, &variant)) continue;
    if (is_repeated(work)) continue;
    accept(work, candidate, variant, work.situation.intents[position].score * factor);
    return true;
  }
  return false;
}

// Adds at most `most` replies of this kind.
void add_spare(const Work& work, Spare spare, size_t most, float score) {
  ReplyScratch::Impl& impl = work.impl;
  impl.candidates.clear();
  for (const FallbackRecord& fallback : work.views.fallbacks) {
    if (fallback.spare == spare) consider(work, fallback.reply, kNoIntent, 0);
  }
  std::sort(impl.candidates.begin(), impl.candidates.end(), comes_before);
  for (const Candidate& candidate : impl.candidates) {
    if (most == 0) return;
    uint32_t variant = 0;
    if (!attempt(work, work.views.replies[candidate.reply], kNoIntent, &variant)) continue;
    if (is_repeated(work)) continue;
    accept(work, candidate, variant, score);
    --most;
  }
}

}  // namespace

bool lists_reply(const Work& work, uint32_t position, uint32_t reply) {
  const auto replies = slice(work.views.intent_replies, work.intent(position).replies);
  return std::find(replies.begin(), replies.end(), reply) != replies.end();
}

bool is_not_understood(const Work& work) {
  return work.intent_count() == 0 || work.situation.intents[0].score < kGuess;
}

// What was asked for is there: that is said, or, where the pack has no words for it, it is asked
// for again.
void choose_given(const Work& work) {
  ReplyScratch::Impl& impl = work.impl;
  if (work.intent_count() == 0 || impl.answered[0] || !(impl.withheld[0] & kGivenBefore)) return;
  const size_t before = work.result.replies.size(), pending = work.scratch.pending.size();
  add_spare(work, Spare::kGiven, 1, work.situation.intents[0].score);
  if (work.result.replies.size() > before) return put_last_first(work, pending);
  if (before > 0) return;
  impl.ask_again = true;
  choose_replies(work);
}

void choose_replies(const Work& work) {
  ReplyScratch::Impl& impl = work.impl;
  const uint32_t count = work.intent_count();
  gather(work);
  impl.answered.assign(count, 0);
  impl.withheld.assign(count, 0);
  impl.cursors.assign(count, 0);
  impl.cursor_ends.assign(count, 0);
  uint32_t at = 0;
  for (uint32_t position = 0; position < count; ++position) {
    impl.cursors[position] = at;
    while (at < impl.candidates.size() && impl.candidates[at].position == position) ++at;
    impl.cursor_ends[position] = at;
  }
  float factor = 1;
  bool progress = true;
  while (progress && !enough(work)) {
    progress = false;
    for (uint32_t position = 0; position < count && !enough(work); ++position) {
      if (next_reply(work, position, factor)) progress = true;
    }
    factor *= kLaterRound;
  }
}

void choose_fallback(const Work& work) {
  std::vector<ReplyItem>& replies = work.result.replies;
  if (replies.empty()) {
    add_spare(work, Spare::kFallback, work.views.settings.max_replies, 0);
    return;
  }
  // Asking what is meant goes before the answers to a guess, the last of which makes room.
  if (!is_not_understood(work)) return;
  const size_t guesses = replies.size(), pending = work.scratch.pending.size();
  add_spare(work, Spare::kFallback, 1, kGuess);
  if (replies.size() > guesses) put_last_first(work, pending);
}

void put_last_first(const Work& work, size_t pending_before) {
  std::vector<ReplyItem>& replies = work.result.replies;
  std::vector<Chosen>& chosen = work.impl.chosen;
  auto& pending = work.scratch.pending;
  std::rotate(replies.begin(), replies.end() - 1, replies.end());
  std::rotate(chosen.begin(), chosen.end() - 1, chosen.end());
  std::rotate(pending.begin(), pending.begin() + static_cast<ptrdiff_t>(pending_before),
              pending.end());
  const size_t most = std::max<size_t>(work.views.settings.max_replies, 1);
  if (replies.size() <= most) return;
  const size_t dropped = std::min(replies.size() - most, pending.size());  // none: no session
  pending.resize(pending.size() - dropped);
  replies.resize(most);
  chosen.resize(most);
}

void choose_holding(const Work& work, uint32_t position, Spare spare) {
  if (work.situation.session != nullptr && work.situation.session->holding_sent()) return;
  ReplyScratch::Impl& impl = work.impl;
  impl.candidates.clear();
  if (position != kNoIntent) {
    const uint32_t intent = work.situation.intents[position].intent;
    const Range own = work.views.cases.intents[intent].holdings;
    for (const uint32_t reply : slice(work.views.cases.holdings, own)) {
      consider(work, reply, position, work.intent(position).hash);
    }
  }
  for (const FallbackRecord& fallback : work.views.fallbacks) {
    if (fallback.spare == spare) consider(work, fallback.reply, kNoIntent, 0);
  }
  std::sort(impl.candidates.begin(), impl.candidates.end(), comes_before);
  for (const Candidate& candidate : impl.candidates) {
    const ReplyRecord& reply = work.views.replies[candidate.reply];
    uint32_t variant = 0;
    if (!attempt(work, reply, candidate.position, &variant)) continue;
    work.result.handoff.holding = work.result.add(impl.draft.text);
    work.result.handoff.holding_id = Result::share(work.views.text(reply.id));
    add_pending(work, reply, variant, true, kNoIntent);
    return;
  }
  if (spare != Spare::kHolding) choose_holding(work, position, Spare::kHolding);
}

}  // namespace xiaoer::reply
