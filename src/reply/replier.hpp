#pragma once
// From understood intents to sendable replies: choose candidates in order, render and guard each
// until enough pass, add closing techniques, decide. The order of the stages, one file pair each,
// is that of respond_to_message() in replier.cpp; attempt.cpp renders a candidate and guards it.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/image.hpp"
#include "base/instant.hpp"
#include "dialogue/bargain_memory.hpp"
#include "dialogue/buyer.hpp"
#include "dialogue/session.hpp"
#include "dialogue/understanding.hpp"
#include "entities/finder.hpp"
#include "match/matcher.hpp"
#include "reply/facts.hpp"
#include "reply/records.hpp"
#include "result/result.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"

namespace xiaoer {
struct Verdict;
}

namespace xiaoer::reply {

struct Bargain;
struct Sizing;
struct ReviewScratch;
struct Work;

// Everything that a reply may depend on. Borrowed for the call.
struct Situation {
  const text::Text* text = nullptr;
  const entities::Entities* entities = nullptr;
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
  rules::Event event = rules::Event::kNone;  // that is answered instead of a message
  bool continues = false;  // the message belongs to the turn before it, which is not answered yet
  std::string_view last_matter;  // id of what the buyer spoke of before; empty: of nothing
  uint64_t subject = 0;          // what the message names: a hash of its entities
  uint32_t given = 0;            // bits 1 << rules::Requested: what it gives the shop
  dialogue::Goods goods = dialogue::Goods::kUnnamed;  // that the message speaks of
  // A person looks at the answer: the message names variants at different prices, or one that is
  // sold out.
  bool attended = false;
  uint64_t open_goods = 0;      // see goods.hpp: before the facts are narrowed to a variant
  std::string_view region;      // named before this message, empty: none was
  entities::Measures measures;  // the buyer's, as far as he told them till now
  // What bargaining comes to, and which size fits; the replier sets them.
  const Bargain* bargain = nullptr;
  const Sizing* sizing = nullptr;
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

  // Which goods the message speaks of.
  dialogue::Goods goods(const Situation& situation) const;

  // Where the buyer's order stands: by the facts, else as the session remembers it.
  static rules::OrderState order_state(const Situation& situation);

  // Fills replies, techniques, actions, guard, handoff and decision of `result`, whose intents and
  // entities are filled. Allocates nothing once `scratch` and `result` have grown.
  void respond(const Situation& situation, ReplyScratch* scratch, Result* result) const;

  // The guard alone (review.hpp): of `situation` facts, session and now count.
  bool review(const Situation& situation, std::string_view text, ReviewScratch* scratch,
              Verdict* verdict) const;
  // Warns of facts that look like slips of the pen (fact_notes.hpp).
  void note_facts(const Facts& facts, Diagnostics* diagnostics) const;
  // The intent that answers situation.event: of those whose condition holds the one with most
  // tests, then the first; nothing: none does.
  std::optional<uint32_t> intent_of_event(const Situation& situation) const;
  // Whether the intent is for cards of the platform.
  bool is_system(uint32_t intent) const { return views_.intents[intent].system != 0; }
  // What the first intent does to the stage beside naming one.
  dialogue::StageMove move(const Situation& situation) const;
  // The stage of the conversation, this message included.
  rules::Stage stage(const Situation& situation) const;
  // The time in the shop's offset: servers run on UTC, and buyers read clocks on the wall.
  std::optional<Instant> local(std::optional<Instant> now) const;
  // Bits 1 << rules::Requested: what such a message gives the shop.
  uint32_t gives(uint32_t intent) const { return views_.intents[intent].gives; }

  const SettingsRecord& settings() const { return views_.settings; }
  size_t intent_count() const { return views_.intents.size(); }

 private:
  Views views_;
};

}  // namespace xiaoer::reply
