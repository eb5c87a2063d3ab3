#include "dialogue/session.hpp"

#include <algorithm>

namespace xiaoer::dialogue {

const Session::Count* Session::find_count(uint64_t intent) const {
  const auto end = counts_.begin() + count_size_;
  const auto found = std::find_if(counts_.begin(), end,
                                  [intent](const Count& count) { return count.intent == intent; });
  return found != end ? &*found : nullptr;
}

uint32_t Session::times(uint64_t intent) const {
  const Count* count = find_count(intent);
  return count != nullptr ? count->times : 0;
}

uint32_t Session::turns_since(uint64_t intent) const {
  const Count* count = find_count(intent);
  return count != nullptr ? buyer_turns_ - count->last_turn : UINT32_MAX;
}

uint32_t Session::turns_since_sent(uint64_t reply, uint32_t variant) const {
  for (uint32_t back = 0; back < used_.size(); ++back) {
    const UsedVariant& used = used_.newest(back);
    if (used.reply == reply && used.variant == variant) return buyer_turns_ - used.turn;
  }
  return UINT32_MAX;
}

uint32_t Session::last_variant(uint64_t reply) const {
  for (uint32_t back = 0; back < used_.size(); ++back) {
    if (used_.newest(back).reply == reply) return used_.newest(back).variant;
  }
  return UINT32_MAX;
}

bool Session::technique_used(rules::Technique technique) const {
  return (techniques_used_ >> static_cast<uint32_t>(technique) & 1) != 0;
}

bool Session::said(uint64_t text) const {
  for (uint32_t back = 0; back < spoken_.size(); ++back) {
    if (spoken_.newest(back).text == text) return true;
  }
  return false;
}

bool Session::was_offered(uint64_t text) const {
  for (uint32_t i = 0; i < offered_.size(); ++i) {
    if (offered_[i] == text) return true;
  }
  return false;
}

void Session::move_stage(const Turn& turn) {
  const StagePlace place = next_stage({stage_, conversation_.returns_to}, turn.stage, turn.move);
  stage_ = place.stage;
  conversation_.returns_to = place.returns_to;
}

void Session::count_intent(uint64_t intent) {
  if (const Count* known = find_count(intent)) {
    Count& count = counts_[static_cast<size_t>(known - counts_.data())];
    if (count.last_turn == buyer_turns_) return;  // named twice in one turn
    ++count.times;
    count.last_turn = buyer_turns_;
    return;
  }
  Count* place = counts_.data() + count_size_;
  if (count_size_ < kMaxCounts) {
    ++count_size_;
  } else {
    place = &*std::min_element(counts_.begin(), counts_.end(), [](const Count& a, const Count& b) {
      return a.last_turn < b.last_turn;
    });
  }
  *place = {intent, 1, buyer_turns_};
}

void Session::buyer_turn(const Turn& turn, bool continues) {
  if (!continues && buyer_turns_ < UINT32_MAX - 1) ++buyer_turns_;
  turns_.push(turn);
  turns_.newest_mutable().speaker = Speaker::kBuyer;
  for (const uint64_t intent : turn.intents) {
    if (intent != 0) count_intent(intent);
  }
  move_stage(turn);
  order_state_ = turn.order_state;
  if (continues) return;
  for (uint32_t i = 0; i < pending_.size(); ++i) offered_.push(pending_[i].text);
  pending_.clear();
  bargain_.close();
  pushed_last_turn_ = false;
}

void Session::event(const Turn& turn) {
  turns_.push(turn);
  turns_.newest_mutable().speaker = Speaker::kEvent;
  move_stage(turn);
  if (turn.order_state != rules::OrderState::kNone) order_state_ = turn.order_state;
}

bool Session::agent_line(uint64_t text, int64_t at, const std::array<uint64_t, 3>& digest,
                         bool takes_over) {
  if (sent(text, at) || is_echo(text)) return false;
  const bool own = takes_over && !was_offered(text);
  Turn turn;
  turn.speaker = Speaker::kAgent;
  turn.intents = digest;
  turn.stage = stage_;
  turn.order_state = order_state_;
  turn.at = at;
  turns_.push(turn);
  spoken_.push({text, own ? Speaker::kAgent : Speaker::kEngine});
  bargain_.answer(false);
  if (!own) {
    conversation_.engine_spoke(at);
    return false;
  }
  holding_sent_ = false;
  conversation_.person_spoke(at);
  return true;
}

// What the engine said before comes back from a client that reports every line.
bool Session::is_echo(uint64_t text) const {
  for (uint32_t back = 0; back < spoken_.size(); ++back) {
    if (spoken_.newest(back).text == text) return spoken_.newest(back).speaker == Speaker::kEngine;
  }
  return false;
}

void Session::buyer_offer(Decimal amount) { offers_.push({Speaker::kBuyer, amount, buyer_turns_}); }

void Session::add_pending(const PendingReply& reply) { pending_.push(reply); }

bool Session::sent(uint64_t text, int64_t at) {
  Ring<PendingReply, kMaxPending> rest;
  Turn turn;
  bool offers = false;
  size_t taken = 0;
  for (uint32_t i = 0; i < pending_.size(); ++i) {
    const PendingReply& reply = pending_[i];
    const auto parts = turn.intents.begin() + static_cast<ptrdiff_t>(taken);
    if (reply.text != text) {
      rest.push(reply);
    } else if (taken < turn.intents.size() &&
               std::find(turn.intents.begin(), parts, reply.reply) == parts) {
      turn.intents[taken++] = reply.reply;
      offers |= reply.bargain;
      take(reply);
    }
  }
  if (taken == 0) return false;
  pending_ = rest;
  bargain_.answer(offers);
  turn.speaker = Speaker::kEngine;
  turn.stage = stage_;
  turn.order_state = order_state_;
  turn.at = at;
  turns_.push(turn);
  spoken_.push({text, Speaker::kEngine});
  conversation_.engine_spoke(at);
  return true;
}

void Session::take(const PendingReply& reply) {
  used_.push({reply.reply, reply.variant, buyer_turns_});
  if (reply.has_offer) offers_.push({Speaker::kEngine, reply.offer, buyer_turns_});
  if (reply.due != 0) promises_.push({reply.reply, reply.due_fact, reply.due, buyer_turns_});
  if (reply.holding) holding_sent_ = true;
  if (reply.words != reply.text && reply.words != 0) spoken_.push({reply.words, Speaker::kEngine});
  conversation_.asked |= reply.asks;
  conversation_.answers(reply.intent);
  if (reply.event != rules::Event::kNone) conversation_.tells(reply.event);
  if (reply.technique == rules::Technique::kNone) return;
  techniques_used_ |= 1u << static_cast<uint32_t>(reply.technique);
  if (rules::is_manner(reply.technique)) return;
  if (pushes_ < UINT32_MAX) ++pushes_;
  pushed_last_turn_ = true;
}

}  // namespace xiaoer::dialogue
