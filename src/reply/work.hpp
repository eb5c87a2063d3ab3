#pragma once
// What the stages of one reply share: borrowed inputs, scratch memory, and the result being filled.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "reply/abridge.hpp"
#include "reply/bargain.hpp"
#include "reply/draft.hpp"
#include "reply/replier.hpp"
#include "reply/sizing.hpp"

namespace xiaoer::reply {

// A reply that may be tried, for the intent at `position` of Situation::intents.
struct Candidate {
  uint32_t reply = 0;
  uint32_t position = 0;
  uint32_t specificity = 0;
  uint32_t order = 0;
  int32_t priority = 0;
};

// Intents in their order, then the author's priority, then the more particular reply, then author
// order.
inline bool comes_before(const Candidate& a, const Candidate& b) {
  if (a.position != b.position) return a.position < b.position;
  if (a.priority != b.priority) return a.priority > b.priority;
  if (a.specificity != b.specificity) return a.specificity > b.specificity;
  return a.order < b.order;
}

// Which record a reply of the result was made from.
struct Chosen {
  uint32_t reply = 0;
  uint32_t variant = 0;
  uint32_t position = 0;  // of its own intent, kNoIntent for a fallback
  bool proven = false;    // it used a fact
  bool attended = false;  // by the pack a person looks at it first
};

struct VariantChoice {
  uint32_t variant = 0;
  uint32_t age = 0;  // buyer turns since it was sent; UINT32_MAX: never
};

struct TechniqueChoice {
  rules::Technique technique = rules::Technique::kNone;
  uint32_t position = 0;  // of the intent that lists it
  float score = 0;        // may exceed 1
};

// Why texts that may leave by themselves do not in this conversation.
enum Withheld : uint8_t {
  kSaidBefore = 1,   // it was said in these words
  kGivenBefore = 2,  // it asks for what the buyer has given
};

struct ReplyScratch::Impl {
  Bargain bargain;
  Sizing sizing;
  Draft draft;
  Refusal refusal;
  std::string note;
  std::vector<Candidate> candidates;
  std::vector<uint32_t> cursors;  // by intent position: next candidate
  std::vector<uint32_t> cursor_ends;
  std::vector<uint8_t> answered;    // by intent position: a reply of its own passed
  std::vector<uint8_t> withheld;    // by intent position: bits of Withheld
  uint8_t spare_withheld = 0;       // the same of replies that belong to no intent
  uint64_t draft_hash = 0;          // of the text of a draft that passed, for a session
  bool ask_again = false;           // what the buyer has given may be asked for again
  std::vector<rules::FactId> said;  // facts in the text of the first reply
  std::vector<Chosen> chosen;       // by reply of the result: where it came from
  std::vector<Part> parts;          // of the joint reply; the first `part_count` are in use
  uint32_t part_count = 0;
  EmoticonBudget emoticons;
  std::vector<VariantChoice> variants;
  std::vector<TechniqueChoice> techniques;
};

// Handed on as const: where it points stays, what it points to is filled.
struct Work {
  const Views& views;
  const Situation& situation;
  ReplyScratch& scratch;
  ReplyScratch::Impl& impl;
  Result& result;

  const IntentRecord& intent(uint32_t position) const {
    return views.intents[situation.intents[position].intent];
  }
  // The first intent is what the message is about, however weak; others are from kHeard on.
  bool is_about(uint32_t position) const {
    return position == 0 || situation.intents[position].score >= dialogue::kHeard;
  }
  uint32_t intent_count() const { return static_cast<uint32_t>(situation.intents.size()); }
};

inline constexpr uint32_t kNoIntent = UINT32_MAX;

// Bits of Withheld: why texts for the intent at `position` (kNoIntent: for none) were.
inline uint8_t& withheld(const Work& work, uint32_t position) {
  return position == kNoIntent ? work.impl.spare_withheld : work.impl.withheld[position];
}

// Tries the variants of a reply in their order for this call until one renders and passes every
// guard; it is then in impl.draft. What was refused is told in result.guard. `position`: the intent
// it answers, or kNoIntent.
bool attempt(const Work& work, const ReplyRecord& reply, uint32_t position, uint32_t* variant);

// Orders the variants: by a deterministic rotation, those not yet sent in this conversation first,
// then the longest unsent.
void order_variants(const Work& work, const ReplyRecord& reply);

// Reasons that a passed draft gives: the tests of its condition, its facts, its variant.
void explain_draft(const Work& work, const ReplyRecord& reply, uint32_t variant, ItemRange* why);

// A text as it stood by itself before it was joined to others.
struct PartText {
  std::string_view text;
  std::span<const Slot> slots;
  uint32_t position = kNoIntent;  // of the intent that it answers
};

// The pending entry of a passed draft, or of the part `said` of a joint one.
void add_pending(const Work& work, const ReplyRecord& reply, uint32_t variant, bool holding,
                 uint32_t position);
void add_pending(const Work& work, const ReplyRecord& reply, uint32_t variant, bool holding,
                 const PartText& said);

// Whether the draft, or the condition that let it in, rests on a fact that can prove an answer.
bool draft_is_proven(const Work& work, const ReplyRecord& reply);

}  // namespace xiaoer::reply
