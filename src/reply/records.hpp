#pragma once
// The flat records of the kReply sections, and read access to them. Written by
// build.cpp, condition_table.cpp, template.cpp, literals.cpp and
// compliance.cpp; checked once, in Views::open (open.cpp).

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/image.hpp"
#include "reply/case_views.hpp"
#include "reply/facts.hpp"
#include "reply/literals.hpp"
#include "rules/bargain.hpp"
#include "rules/entity_kinds.hpp"
#include "rules/events.hpp"
#include "rules/facts.hpp"

namespace xiaoer::reply {

// kJoin: a comma that is only said when something stands before it.
enum class PieceKind : uint8_t { kLiteral, kFact, kEntity, kRole, kJoin };

struct Situation;

// One piece of a template. kFact may also carry an entity kind of the same
// name, which then stands in for an absent fact (订单号).
struct PieceRecord {
  StringRef text;  // the literal, or the variable's name as written
  StringRef fallback;
  rules::FactId fact = rules::kNoFact;
  PieceKind kind = PieceKind::kLiteral;
  rules::EntityKindId entity = rules::kNoKind;
  uint8_t has_fallback = 0;
  uint8_t padding[3] = {};
};

struct VariantRecord {
  Range pieces;
  uint64_t claims = 0;  // bit 1 << claim (claims.hpp): what its literal words assert
  uint32_t clean = 0;   // 1: no literal has a suspect character (guard.hpp)
  uint32_t asks = 0;    // bits 1 << rules::Requested: what it asks the buyer for
};

struct ReplyRecord {
  StringRef id;
  StringRef why;  // technique: the author's sentence
  uint64_t hash = 0;
  uint32_t condition = 0;
  uint32_t technique = 0;  // rules::Technique
  uint32_t attended = 0;   // 1: a person looks at it before it goes out
  int32_t priority = 0;    // before the number of conditions
  Range variants;
};

enum IntentTrait : uint16_t {
  kPriceTrait = 1,    // class bargain or price: the buyer's amount may be quoted
  kStockTrait = 2,    // class stock
  kHumanTrait = 4,    // class human
  kRefusalTrait = 8,  // the buyer said no, or cannot pay
  kNoPushTrait = 16,  // complaints, after-sales and the like: no closing technique
  kBargainTrait = 32,
  kHesitateTrait = 64,
  kReadyTrait = 128,         // a buying signal
  kTalkTrait = 256,          // greetings, thanks, small talk, yes and no, bare data: no question
  kGreetTrait = 512,         // of these: a greeting waits for an answer
  kAcknowledgeTrait = 1024,  // 好的
  kSettledTrait = 2048,      // the trouble is over
  kNotHelpedTrait = 4096,    // the buyer says that the answer did not help
};

struct IntentRecord {
  StringRef id;
  uint64_t hash = 0;
  Range replies;     // of kReplyIntentReplies: indices of replies
  Range techniques;  // of kReplyIntentTechniques: rules::Technique, manners last
  Range needs;       // of kReplyNeeds
  uint8_t stage = 0, policy = 0, objection = 0, route = 0;
  uint8_t intercept = 0, system = 0;
  uint8_t event = 0;  // rules::Event
  uint8_t ask = 0;    // rules::Ask
  uint16_t traits = 0;
  uint16_t gives = 0;      // bits 1 << rules::Requested: what such a message gives the shop
  uint32_t condition = 0;  // of an event
};

// A wording of a technique or manner; sorted by technique, then author order.
struct TechniqueRecord {
  uint32_t technique = 0;
  uint32_t reply = 0;
  uint32_t occasions = 0;  // manner: bit 1 << rules::Occasion, 0: any
  uint32_t suits = 0;      // technique: bit 1 << rules::Trait
};

// What the replies of settings, which belong to no intent, are for.
enum class Spare : uint32_t {
  kFallback,   // the message was not understood
  kHolding,    // until a person takes over
  kNotHelped,  // the same, where answers did not help
  kGiven,      // the buyer gave what every reply would ask for
};
struct FallbackRecord {
  Spare spare = Spare::kFallback;
  uint32_t reply = 0;
};

// A fact that the pack declares.
struct FactRecord {
  StringRef path;
  uint32_t type = 0;  // rules::FactType
};

enum class OperandKind : uint8_t { kFactTest, kTier, kItem, kAfter };

struct OperandRecord {
  Decimal number;
  StringRef text;
  rules::FactId fact = rules::kNoFact;
  rules::FactId other = rules::kNoFact;
  OperandKind kind = OperandKind::kFactTest;
  uint8_t compare = 0;  // rules::Compare
  uint8_t has_number = 0, has_text = 0;
  rules::EntityKindId entity = rules::kNoKind;  // compare with the message's first of this kind
  uint8_t padding[7] = {};
};

struct ConditionRecord {
  int64_t valid_from = 0, valid_to = 0;
  uint32_t order_states = 0, stages = 0, weekdays = 0;
  int32_t hours_from = 0, hours_to = 0;
  uint32_t times_min = 0, times_max = 0;
  uint32_t moves = 0, round_min = 0, round_max = 0;
  uint32_t tests = 0;  // how specific: number of tests
  Range operands;
  Range texts;  // of kReplyConditionTexts: its tests as people read them
  uint8_t has_hours = 0;
  uint8_t shop_open = 0;  // 0 any, 1 closed, 2 open
  uint8_t late = 0;       // 0 any, 1 not late, 2 late
  uint8_t has_valid_from = 0, has_valid_to = 0;
  uint8_t price_edit = 0;     // 0 any, 1 + rules::PriceEdit
  uint8_t bargains = 0;       // 1: one of moves, rounds, price_edit is there
  uint8_t first_contact = 0;  // 0 any, 1 the shop has spoken, 2 not yet
  uint8_t other_goods = 0;    // 0 any, 1 none are named, 2 some are
  uint8_t reserved[3] = {};
  uint32_t emotions = 0;          // bit 1 << rules::Emotion, 0: any
  uint32_t done = 0, failed = 0;  // bits 1 << rules::Action, 0: any
};

// A word of the compliance list; sorted by first character.
struct WordRecord {
  Range chars;    // of kReplyWordChars, normalised
  Range excepts;  // of kReplyExcepts
  StringRef rule, word, advice;
  StringRef rewrite;  // empty also where the word is left out
  uint8_t has_rewrite = 0;
  uint8_t disguised = 0;  // signs and spaces may stand between its characters
  uint8_t padding[2] = {};
};
struct ExceptRecord {
  Range chars;
};

// Signs that may stand in a row between the characters of a disguised word.
inline constexpr uint32_t kMostSigns = 2;

// Whether a word of the list may begin with two characters: no for nearly all pairs by which none
// does.
class WordStarts {
 public:
  void add(std::span<const char32_t> word, bool disguised) {
    const auto size = static_cast<uint32_t>(word.size());
    longest_ = std::max(longest_, disguised ? (1 + kMostSigns) * size : size);
    set(place(word[0], 0), &firsts_);
    set(place(word[0], word.size() > 1 ? word[1] : kAny), &pairs_);
    if (disguised) set(place(word[0], kSign), &pairs_);
  }
  bool may_begin(char32_t c) const { return has(place(c, 0), firsts_); }
  bool may_begin(char32_t c, char32_t next) const {
    return has(place(c, next), pairs_) || has(place(c, kAny), pairs_);
  }
  bool may_begin_before_sign(char32_t c) const { return has(place(c, kSign), pairs_); }
  // Characters that a word may take, signs included.
  uint32_t longest() const { return longest_; }

 private:
  static constexpr uint32_t kBits = 8192;
  static constexpr char32_t kAny = 0x110000, kSign = 0x110001;  // no characters
  using Bits = std::array<uint64_t, kBits / 64>;

  static uint32_t place(char32_t c, char32_t next) { return (c + next * 769) % kBits; }
  static void set(uint32_t bit, Bits* bits) { (*bits)[bit / 64] |= uint64_t{1} << bit % 64; }
  static bool has(uint32_t bit, const Bits& bits) { return (bits[bit / 64] >> bit % 64 & 1) != 0; }

  Bits firsts_ = {}, pairs_ = {};
  uint32_t longest_ = 0;
};

struct SettingsRecord {
  float auto_threshold = 0, suggest_threshold = 0;
  uint32_t max_intents = 0, max_matters = 0, max_replies = 0, max_techniques = 0;
  uint32_t push_budget = 0;
  uint32_t bubble_seconds = 0, takeover_minutes = 0, unhelpful_answers = 0;
  uint32_t unpaid_minutes = 0, unpaid_reminders = 0;
  int32_t utc_offset_minutes = 0;   // of the shop's local time, for a now that is told in UTC
  uint32_t goods = rules::kNoKind;  // the kind of entities that goods are
  uint32_t has_system = 0;          // 1: some intent is for cards of the platform
  rules::BargainSettings bargain;
};

// Spans over an open image.
struct Views {
  const Image* image = nullptr;
  std::span<const ConditionRecord> conditions;
  std::span<const OperandRecord> operands;
  std::span<const StringRef> condition_texts;
  std::span<const ReplyRecord> replies;
  std::span<const VariantRecord> variants;
  std::span<const PieceRecord> pieces;
  std::span<const TechniqueRecord> techniques;
  std::span<const IntentRecord> intents;
  std::span<const uint32_t> intent_replies;
  std::span<const uint32_t> intent_techniques;
  std::span<const StringRef> needs;
  std::span<const FallbackRecord> fallbacks;
  std::span<const uint64_t> refusals;              // hashes of intents by which a buyer refuses
  std::span<const uint64_t> hesitations, signals;  // or hesitates, or is about to buy
  CaseViews cases;
  std::span<const FactRecord> facts;
  std::span<const WordRecord> words;
  std::span<const ExceptRecord> excepts;
  std::span<const char32_t> word_chars;
  WordStarts word_starts;
  Literals literals;
  std::vector<uint8_t> free_literals;  // by piece, see compliance.hpp
  SettingsRecord settings;
  rules::FactId bargain_facts = rules::kNoFact;  // the first of them
  rules::FactId sizing_facts = rules::kNoFact;

  // False: an index, a text or a name's number points outside, so the image is
  // damaged. `source` must outlive this.
  bool open(const Image& source);
  std::string_view text(StringRef ref) const { return image->string(ref); }
  // The value of a built-in or declared fact; absent when the supplied value is
  // of another type.
  const FactValue& fact(const Facts& facts, rules::FactId id) const;
  // The same of a situation, which also knows what bargaining comes to.
  const FactValue& fact(const Situation& situation, rules::FactId id) const;
  std::string_view fact_path(rules::FactId id) const;
  rules::FactType fact_type(rules::FactId id) const;
  rules::FactRole fact_role(rules::FactId id) const;
  std::string_view fact_unit(rules::FactId id) const;
};

template <class T>
std::span<const T> slice(std::span<const T> items, Range range) {
  return items.subspan(range.first, range.count);
}

}  // namespace xiaoer::reply
