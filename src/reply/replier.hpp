#pragma once
// From understood intents to sendable replies: choose candidates in order, render and guard each
// until enough pass, add closing techniques, decide. The stages are choose, render, guard,
// techniques, decide: one file pair each; this class calls them in that order.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/image.hpp"
#include "dialogue/bargain_memory.hpp"
#include "dialogue/buyer.hpp"
#include "dialogue/entities.hpp"
#include "dialogue/session.hpp"
#include "dialogue/understand.hpp"
#include "match/matcher.hpp"
#include "reply/facts.hpp"
#include "reply/records.hpp"
#include "result.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::reply {

struct Bargain;
struct Work;

// Everything that a reply may depend on. Borrowed for the call.
struct Situation {
  const text::Text* text = nullptr;
  const dialogue::Entities* entities = nullptr;
  std::span<const dialogue::IntentCandidate>
      intents;                              // in order, best first; already >= suggest_threshold
  std::span<const match::PatternHit> hits;  // of phrases whose condition holds
  std::span<const dialogue::Understanding::PatternRecord> patterns;  // what hits count
  const match::Matcher* matcher = nullptr;                           // for find_slots
  match::MatchScratch* match_scratch = nullptr;
  const Facts* facts = nullptr;                   // never null; may be empty
  const dialogue::Session* session = nullptr;     // nullptr: a conversation of one message
  const dialogue::BuyerReading* buyer = nullptr;  // nullptr: not read (yet)
  const dialogue::Care* care = nullptr;  // with what this message asks; nullptr: the session's
  std::optional<Instant> now;
  uint64_t seed = 0;
  bool trace = false;  // add reasons for what was not chosen
  // The message means nothing without a conversation, and there is none.
  bool out_of_context = false;
  const Bargain* bargain = nullptr;  // what bargaining comes to; the replier sets it
};

// Scratch memory of one thread.
struct ReplyScratch {
  std::string rendered;
  std::vector<match::SlotHit> slots;
  std::vector<dialogue::PendingReply>
      pending;          // one a reply and technique of the result, in that order,
                        // then the holding reply; the engine hands them to the session
  dialogue::Care care;  // the session's after this message
  // What the session is to remember of bargaining; nothing where the message does not bargain.
  std::optional<dialogue::BargainMemory> bargain;
  struct Impl;
  std::shared_ptr<Impl> impl;  // the stages' own buffers
};

// Compiles conditions for whoever has them (replies here, patterns in the engine's compile step).
// Index 0 is the condition that always holds; equal conditions share an index.
class ConditionTable {
 public:
  ConditionTable();
  ~ConditionTable();
  uint32_t add(const rules::Condition& condition, const rules::Pack& pack, ImageBuilder* image);
  void finish(ImageBuilder* image);  // writes kReplyConditions and kReplyOperands

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class Replier {
 public:
  // Compiles replies, techniques, compliance words and settings into the kReply sections;
  // `conditions` is shared with the patterns and finished by the caller afterwards.
  static void build(const rules::Pack& pack, ConditionTable* conditions, ImageBuilder* image,
                    Diagnostics* diagnostics);
  bool open(const Image& image);  // `image` must outlive the replier; false: damaged

  // Whether a pattern's or reply's condition holds. `condition` is what ConditionTable::add gave.
  bool holds(uint32_t condition, const Situation& situation, uint64_t intent_hash) const;

  // Where the buyer's order stands: by the facts, else as the session remembers it.
  static rules::OrderState order_state(const Situation& situation);

  // Fills replies, techniques, actions, guard, handoff and decision of `result`, whose intents and
  // entities are filled. Allocates nothing once `scratch` and `result` have grown.
  void respond(const Situation& situation, ReplyScratch* scratch, Result* result) const;

  const SettingsRecord& settings() const { return views_.settings; }
  size_t intent_count() const { return views_.intents.size(); }

 private:
  static void answer(const Work& work, uint32_t asks_for_person);

  Views views_;
};

}  // namespace xiaoer::reply
