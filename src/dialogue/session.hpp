#pragma once
// The bounded memory of one conversation. Holds no text and no ruleset: rules are remembered by the
// stable hash of their ids, so a session outlives a reload and can be kept by any store as bytes.
// Only what was really sent counts: suggestions stay pending until sent() names one.
//
// Order of calls for one message: the pipeline asks (everything below still tells of the turns
// before), then records buyer_turn(), buyer_offer() and the suggestions with add_pending(); sent(),
// agent_line() and event() come when they happen. So at the time of asking:
//   - times() does not count the message at hand; turns_since() is 0 for an intent of the turn
//   before it
//   - pushed_last_turn() tells whether a technique was sent since the turn before it
// Stage: a buyer turn or event moves it unless its own is kNone. Order state: a buyer turn's
// replaces it, an event's does so unless it is kNone. Suggestions are forgotten at the next buyer
// turn, unless the message continues the turn that is open (conversation.hpp). A holding reply that
// was sent counts until a person answers: an agent_line() that is none of the suggestions. All
// rings forget their oldest entry; of the intents counted, the one that came longest ago is
// forgotten.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/decimal.hpp"
#include "dialogue/bargain_memory.hpp"
#include "dialogue/care.hpp"
#include "dialogue/conversation.hpp"
#include "dialogue/mentioned.hpp"
#include "dialogue/ring.hpp"
#include "dialogue/stage.hpp"
#include "rules/facts.hpp"

namespace xiaoer::dialogue {

enum class Speaker : uint8_t { kBuyer, kAgent, kEngine, kEvent };

// One thing that happened.
struct Turn {
  Speaker speaker = Speaker::kBuyer;
  rules::Stage stage = rules::Stage::kNone;
  rules::OrderState order_state = rules::OrderState::kNone;
  rules::Objection objection = rules::Objection::kNone;
  int64_t at = 0;  // seconds since the epoch; 0: the caller gave no time
  // Buyer: hashes of the first intents; event: hash of its type; engine: of the replies that the
  // text is made of; agent: the line's digest (lines.hpp). 0: none.
  std::array<uint64_t, 3> intents = {};
  StageMove move = StageMove::kNone;  // buyer; not kept
};

struct UsedVariant {
  uint64_t reply = 0;  // stable_hash of the reply's id
  uint32_t variant = 0;
  uint32_t turn = 0;  // number of the buyer's turn when it was sent
};

// An amount that was named for an item: by the buyer, or by the shop in a sent reply.
struct Offer {
  Speaker speaker = Speaker::kBuyer;
  Decimal amount;
  uint32_t turn = 0;
};

// A time that a sent reply named.
struct Promise {
  uint64_t reply = 0;
  uint64_t fact = 0;  // stable_hash of the fact's path
  int64_t due = 0;
  uint32_t turn = 0;
};

// A reply of the last result that may yet be sent.
struct PendingReply {
  uint64_t text = 0;  // stable_hash of the rendered text
  uint64_t reply = 0;
  uint32_t variant = 0;
  rules::Technique technique = rules::Technique::kNone;
  bool holding = false;
  bool bargain = false;  // it says what the move of this round offers
  bool has_offer = false;
  Decimal offer;
  int64_t due = 0;  // 0: names no time
  uint64_t due_fact = 0;
  uint64_t words = 0;  // stable_hash of its own text; another than `text` for a part of a joint one
  uint64_t intent = 0;  // hash of the intent that it answers
  uint32_t asks = 0;    // bits 1 << rules::Requested: what it asks the buyer for
  rules::Event event = rules::Event::kNone;  // that it answers
};

// A text that the shop said.
struct Spoken {
  uint64_t text = 0;                   // stable_hash
  Speaker speaker = Speaker::kEngine;  // or kAgent: a person's own
};

class Session {
 public:
  static constexpr uint32_t kMaxTurns = 64;
  static constexpr uint32_t kMaxUsed = 128;
  static constexpr uint32_t kMaxOffers = 32;
  static constexpr uint32_t kMaxPromises = 32;
  static constexpr uint32_t kMaxPending = 32;
  static constexpr uint32_t kMaxCounts = 128;
  static constexpr uint32_t kMaxSpoken = 128;
  static constexpr uint32_t kMaxOffered = 32;

  // --- what the pipeline asks
  uint32_t buyer_turns() const { return buyer_turns_; }
  rules::Stage stage() const { return stage_; }
  rules::OrderState order_state() const { return order_state_; }
  const Ring<Turn, kMaxTurns>& turns() const { return turns_; }
  const Ring<Offer, kMaxOffers>& offers() const { return offers_; }
  const Ring<Promise, kMaxPromises>& promises() const { return promises_; }
  // How often the buyer brought this intent so far.
  uint32_t times(uint64_t intent) const;
  // Buyer turns since this intent last came; UINT32_MAX: never (or forgotten).
  uint32_t turns_since(uint64_t intent) const;
  // Buyer turns since this variant was sent; UINT32_MAX: never.
  uint32_t turns_since_sent(uint64_t reply, uint32_t variant) const;
  // The variant of the reply that was sent last; UINT32_MAX: none.
  uint32_t last_variant(uint64_t reply) const;
  bool holding_sent() const { return holding_sent_; }  // since the last handover was closed
  uint32_t pushes() const { return pushes_; }
  bool technique_used(rules::Technique technique) const;
  bool pushed_last_turn() const { return pushed_last_turn_; }
  const Care& care() const { return care_; }
  // Buyer's turn of the last push; 0: none.
  uint32_t last_push() const { return last_push_; }
  const BargainMemory& bargain() const { return bargain_; }
  // Whether this text is among the last that the shop said: the engine's or a person's.
  bool said(uint64_t text) const;
  bool has_spoken() const { return spoken_.size() > 0; }  // the shop has said something
  const Conversation& conversation() const { return conversation_; }
  const Mentioned& mentioned() const { return mentioned_; }

  // --- what the engine records; none of these fails or allocates
  // Counts intents, forgets pending replies, moves the stage. `continues`: the message belongs to
  // the turn before it, whose suggestions may yet be sent.
  void buyer_turn(const Turn& turn, bool continues = false);
  void event(const Turn& turn);  // what happened in the shop: order paid, parcel sent
  // A line under the shop's name; an equal pending reply counts as sent. What no suggestion was is
  // a person's own, which is told by true: he is in charge from then on, unless not `takes_over`.
  bool agent_line(uint64_t text, int64_t at, const std::array<uint64_t, 3>& digest = {},
                  bool takes_over = true);
  Conversation& conversation() { return conversation_; }
  void buyer_offer(Decimal amount);
  Care& care() { return care_; }
  Mentioned& mentioned() { return mentioned_; }
  void add_pending(const PendingReply& reply);
  // A price that a person's own line names, while a price is bargained over.
  void person_named(Decimal price) {
    bargain_.person = price;
    bargain_.has_person = true;
  }
  // After buyer_turn(), where the message bargains.
  void bargain_turn(const BargainMemory& memory) { bargain_ = memory; }

  // Counts the pending reply whose text hashes to `text` as sent, all parts of a joint one: its
  // variant is used, its offer, promise and push count, and it is pending no more. False: no such
  // pending reply (nothing changes).
  bool sent(uint64_t text, int64_t at);

  // Bytes of a versioned snapshot, independent of machine and build; at most kMaxSnapshot.
  static constexpr size_t kMaxSnapshot = 64u << 10;
  std::string snapshot() const;
  // Replaces this session. False: not a snapshot, damaged, or from a newer version; `*error` (may
  // be null) says which, the session is unchanged. snapshot() of what was restored gives the same
  // bytes.
  bool restore(std::string_view bytes, std::string* error);

 private:
  friend struct SnapshotAccess;  // snapshot.cpp
  struct Count {
    uint64_t intent = 0;
    uint32_t times = 0;
    uint32_t last_turn = 0;
  };
  const Count* find_count(uint64_t intent) const;
  void count_intent(uint64_t intent);
  void take(const PendingReply& reply);
  void move_stage(const Turn& turn);
  bool was_offered(uint64_t text) const;
  bool is_echo(uint64_t text) const;
  Ring<Turn, kMaxTurns> turns_;
  Ring<UsedVariant, kMaxUsed> used_;
  Ring<Offer, kMaxOffers> offers_;
  Ring<Promise, kMaxPromises> promises_;
  Ring<PendingReply, kMaxPending> pending_;
  std::array<Count, kMaxCounts> counts_ = {};
  uint32_t count_size_ = 0;
  uint32_t buyer_turns_ = 0;
  uint32_t pushes_ = 0;
  uint32_t techniques_used_ = 0;  // bit 1 << Technique, manners too
  rules::Stage stage_ = rules::Stage::kNone;
  rules::OrderState order_state_ = rules::OrderState::kNone;
  bool holding_sent_ = false;
  bool pushed_last_turn_ = false;
  Ring<Spoken, kMaxSpoken> spoken_;
  Ring<uint64_t, kMaxOffered> offered_;  // texts of suggestions that came before the last result
  Conversation conversation_;
  Care care_;
  uint32_t last_push_ = 0;
  BargainMemory bargain_;
  Mentioned mentioned_;
};

}  // namespace xiaoer::dialogue
