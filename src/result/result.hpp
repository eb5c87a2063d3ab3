#pragma once
// What one call gives back. Texts made for the call lie in one arena, texts of the pack stay where
// they are, in the ruleset, which the result keeps alive. Memory is kept from call to call, so that
// a reused result allocates nothing. It needs neither the message nor the caller's hold on the
// ruleset once it is filled.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/span.hpp"

namespace xiaoer {

class Ruleset;

enum class Decision : uint8_t { kAuto, kSuggest, kHandoff, kSilent };
std::string_view name_of(Decision value);  // "auto", "suggest", "handoff", "silent"

// A text of a result, to be read by Result::text.
struct TextRef {
  const char* shared = nullptr;  // in the ruleset or static; nullptr: in TextArena::bytes
  uint32_t offset = 0;           // into TextArena::bytes
  uint32_t size = 0;
};
// Items [first, first + count) of another list of the result.
struct ItemRange {
  uint32_t first = 0;
  uint32_t count = 0;
};

// One reason: what spoke for an intent, a reply or a technique, or (points <= 0) what it lacked.
struct Reason {
  TextRef kind;  // "phrase", "regex", "example", "context", "condition", "fact", "priority", ...
  TextRef rule;  // the phrase, example, condition or fact as written
  Span span;     // bytes of the buyer's message; empty where none applies
  float points = 0;
};

struct IntentItem {
  TextRef id, title;
  float score = 0;  // read as the probability that it is right
  Span span;        // bytes of the buyer's message
  ItemRange why;
};
struct EntityItem {
  TextRef kind, value, text;
  Span span;
};
struct ReplyItem {
  TextRef id;
  ItemRange intents;  // into Result::reply_intents, indices into Result::intents
  TextRef text;
  float score = 0;
  uint32_t variant = 0;
  ItemRange why;
};
struct TechniqueItem {
  TextRef technique;  // "scarcity", ...
  TextRef id;         // the wording's id
  TextRef text;
  float score = 0;
  uint32_t variant = 0;
  ItemRange why;
};
// A text that a guard refused; it is not among the replies.
struct GuardItem {
  TextRef rule;    // "missing-variable", "price-below-floor", "unsupported-number", ...
  TextRef id;      // of the reply or technique
  TextRef detail;  // the variable, amount or words concerned
};
// What the message shows of the buyer; for the shop alone.
struct BuyerItem {
  TextRef emotion;
  float score = 0;   // how heated, 0..1
  ItemRange traits;  // into Result::traits, the clearest first
  ItemRange why;
};
struct TraitItem {
  TextRef id;
  bool psychology = false;  // what moves the buyer, not what kind he is
  float score = 0;
};
// Something that the client may carry out.
struct ActionItem {
  TextRef action;       // "change_address", ...
  TextRef intent;       // id of the intent that asks for it
  ItemRange arguments;  // into Result::arguments
  bool requires_person = true;
  ItemRange why;
};
struct ArgumentItem {
  TextRef name, value;  // the value is empty where it is missing, or was given in an earlier turn
  TextRef source;       // "message", "fact", "earlier", "missing"
  Span span;            // of the message
};
// A page of the shop that may be sent along.
struct LinkItem {
  TextRef role;  // "asked": the item at hand, "related"
  TextRef name, url;
};
struct CaseFactItem {
  TextRef path, name, value;
};
// A time that the shop named.
struct PromiseItem {
  TextRef path, name;  // of the fact
  TextRef due;         // ISO 8601
  TextRef state;       // "open", "overdue", "kept", "late": done, but after its time
};
// What the person who takes over should know.
struct CaseItem {
  TextRef summary;
  ItemRange facts;     // into Result::case_facts
  ItemRange quotes;    // into Result::quotes
  ItemRange promises;  // into Result::promises
  bool major = false;
  ItemRange major_why;
  float urgency = 0;  // 0..1
  ItemRange urgency_why;
};
// What to do next about the message, and what has to be asked for it.
struct GuidanceItem {
  TextRef intent, next_step;  // both empty: nothing
  ItemRange needs;            // into Result::texts
};
struct HandoffItem {
  bool present = false;
  TextRef reason;   // "complaint", "policy", "not-understood", ...
  TextRef route;    // "presales", ...
  TextRef holding;  // the holding reply's text; empty when one was sent already
  TextRef holding_id;
  TextRef intent;  // id of the intent that asked for a person; may be empty
  CaseItem record;
};
// The order reached a state, when the engine heard of it.
struct OrderStepItem {
  TextRef state;
  int64_t at = 0;  // 0: unknown
};
// How the chat stands after this message or event.
struct ConversationItem {
  TextRef silence;         // of a silent result: why; empty otherwise
  uint32_t turn = 0;       // of the buyer, from 1; 0: he has said nothing
  bool continues = false;  // the message belongs to the turn before it, and is answered with it
  bool person_in_charge = false;
  int64_t person_until = 0;  // 0: unknown, or nobody is
  uint32_t unhelpful = 0;    // answers in a row that did not help
  TextRef returns_to;        // stage that an objection or the after-sales branch broke into
  ItemRange asked, given;    // into Result::texts: "order_number", ...
  ItemRange answered;        // into Result::texts: ids of intents that sent texts answered
  ItemRange offered;         // into Result::texts: techniques that were sent
  ItemRange order_steps;     // into Result::order_steps
};
// What bargaining came to; never holds the floor.
struct BargainItem {
  bool present = false;
  TextRef move;  // "hold", "concede", ...
  uint32_t round = 0;
  TextRef offer;                // price for one that the move offers, "189.5"; empty: none
  bool floor_respected = true;  // the offer is not below product.floor_price
  ItemRange why;
};
// For explanations: an intent that nearly won and what it lacked.
struct NearMissItem {
  TextRef id;
  float score = 0;
  ItemRange why;
};

// Texts of an answer: those made for the call lie here, those of the pack stay in the ruleset.
struct TextArena {
  std::string bytes;
  std::shared_ptr<const Ruleset> source;  // of the shared texts

  std::string_view text(TextRef ref) const {
    return ref.shared != nullptr ? std::string_view(ref.shared, ref.size)
                                 : std::string_view(bytes).substr(ref.offset, ref.size);
  }
  // Copies `piece` into the arena.
  TextRef add(std::string_view piece) {
    const TextRef ref{nullptr, static_cast<uint32_t>(bytes.size()),
                      static_cast<uint32_t>(piece.size())};
    bytes.append(piece);
    return ref;
  }
  // Refers to `piece`, which must be static or a text of `source`.
  static TextRef share(std::string_view piece) {
    return {piece.data(), 0, static_cast<uint32_t>(piece.size())};
  }
};

struct Result : TextArena {
  Decision decision = Decision::kSilent;
  TextRef stage;  // of the conversation after this message
  TextRef order_state;
  std::vector<IntentItem> intents;
  std::vector<EntityItem> entities;
  std::vector<ReplyItem> replies;
  std::vector<TechniqueItem> techniques;
  std::vector<GuardItem> guard;
  std::vector<NearMissItem> near_misses;  // filled only when a trace is asked for
  HandoffItem handoff;
  GuidanceItem guidance;
  BuyerItem buyer;
  TextRef objection;  // "doubt", ... of the first intent that objects; empty: none
  TextRef complaint;  // where the buyer's complaint stands after this message; empty: there is none
  std::vector<ActionItem> actions;
  std::vector<ArgumentItem> arguments;
  std::vector<LinkItem> links;
  std::vector<TraitItem> traits;
  std::vector<CaseFactItem> case_facts;
  std::vector<Span> quotes;  // bytes of the buyer's message
  std::vector<PromiseItem> promises;
  ConversationItem conversation;
  std::vector<OrderStepItem> order_steps;
  BargainItem bargain;
  std::vector<Reason> reasons;
  std::vector<uint32_t> reply_intents;
  std::vector<TextRef> texts;

  // Adds a reason and widens `range`, whose reasons must be the newest. `kind` must be static.
  void because(ItemRange* range, std::string_view kind, TextRef rule, Span span, float points) {
    if (range->count == 0) range->first = static_cast<uint32_t>(reasons.size());
    reasons.push_back({share(kind), rule, span, points});
    ++range->count;
  }
  // Empties the result, keeping its memory and `source`.
  void clear();
};

}  // namespace xiaoer
