#pragma once
// A pack as its authors wrote it, after reading, overlaying and checking, before compiling. Every
// part remembers its place so that later stages can still point at it. docs/pack-format.md is the
// contract.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.hpp"
#include "base/diagnostic.hpp"
#include "json/value.hpp"
#include "rules/actions.hpp"
#include "rules/bargain.hpp"
#include "rules/buyer.hpp"
#include "rules/entity_kinds.hpp"
#include "rules/events.hpp"
#include "rules/facts.hpp"
#include "rules/phrase.hpp"

namespace xiaoer::rules {

// When a campaign's replies, intents and phrases apply, in seconds since the epoch, both ends
// included; nothing: no limit on that side.
struct Validity {
  std::optional<int64_t> from, to;
  Place place;

  bool limited() const { return from || to; }
};

enum class Compare : uint8_t { kPresent, kAbsent, kEq, kNe, kLt, kLte, kGt, kGte };

// One entry of `when.facts`: a fact against a literal, another fact, or what the message names.
// What is absent makes every comparison but kAbsent false. A list equals what it holds.
struct FactTest {
  FactId fact = kNoFact;
  Compare compare = Compare::kPresent;
  FactId other = kNoFact;           // compare with this fact
  std::optional<Decimal> number;    // or with this number
  std::optional<std::string> text;  // or with this text ("true"/"false" for booleans)
  std::string entity = {};          // or with the message's first entity of this kind
};

// `when`: everything named must hold; an empty condition always holds.
struct Condition {
  uint32_t order_states = 0;  // bit 1 << OrderState, 0: any
  uint32_t stages = 0;        // bit 1 << Stage, 0: any
  uint32_t weekdays = 0;      // bit 1 << (1..7, Monday 1), 0: any
  std::vector<FactTest> facts;
  std::optional<int32_t> hours_from,
      hours_to;                       // minutes of the day, local; from > to spans midnight
  std::optional<bool> shop_open;      // by shop.hours and now
  std::optional<bool> late;           // now is past order.promised_ship_at
  std::optional<bool> first_contact;  // the shop has said nothing yet in this conversation
  std::optional<bool> other_goods;    // the message names goods that no fact names
  std::optional<int64_t> valid_from, valid_to;  // seconds since the epoch
  std::vector<std::string> buyer_tiers;
  std::vector<std::string> items;         // product ids
  std::vector<std::string> after;         // the buyer's last matter: ids, of intents or above them
  uint32_t times_min = 0, times_max = 0;  // nth time this intent in the session; 0: any
  uint32_t emotions = 0;                  // bit 1 << Emotion, 0: any
  uint32_t done = 0, failed = 0;          // bits 1 << Action: one that the client confirmed so
  uint32_t moves = 0;                     // bit 1 << Move, 0: any
  uint32_t round_min = 0, round_max = 0;  // of bargaining; 0: any
  std::optional<PriceEdit> price_edit;    // what settings.bargain says
  Place place;

  bool always() const {
    return order_states == 0 && stages == 0 && weekdays == 0 && facts.empty() && !hours_from &&
           !shop_open && !late && !first_contact && !other_goods && !valid_from && !valid_to &&
           buyer_tiers.empty() && items.empty() && after.empty() && times_min == 0 &&
           times_max == 0 && emotions == 0 && done == 0 && failed == 0 && !bargains();
  }
  bool bargains() const { return moves != 0 || round_min != 0 || round_max != 0 || price_edit; }
};

enum class MatchKind : uint8_t { kContains, kWhole, kStart, kEnd };

// One entry of `patterns`.
struct PatternSource {
  std::string text;  // phrase, or RE2 expression when is_regex
  bool is_regex = false;
  MatchKind kind = MatchKind::kContains;
  uint32_t max_len = 0;           // longest message in normalised characters, 0: any
  std::vector<std::string> nots;  // phrases none of which may match
  // Of `text` and of each of `nots`, where a reader has parsed them (otherwise null): phrase_of()
  // and excluded_by() hand them on.
  PhraseTree tree;
  std::vector<PhraseTree> not_trees;
  bool inside_ok = false;  // switches word protection off
  std::string after;       // intent id: only within `within` turns after it
  uint32_t within = 0;
  Condition when;
  Place place;
};

// The phrase of a pattern, and of its `not` number `i`: what the reader parsed, otherwise parsed
// now. Null: a regex, or the text is no phrase.
PhraseTree phrase_of(const PatternSource& pattern);
PhraseTree excluded_by(const PatternSource& pattern, size_t i);

struct ExampleSource {
  std::string text;
  Place place;
  bool inherited = false;  // given by an ancestor; told of tests alone
};

// Intents of a family are neighbours by name: the id up to its last dot (invoice of invoice.title).
inline std::string_view family_of(std::string_view intent_id) {
  return intent_id.substr(0, intent_id.rfind('.'));
}

// Whether `id` is `name`, or one of the intents of that class or family.
inline bool is_or_below(std::string_view id, std::string_view name) {
  return id.starts_with(name) && (id.size() == name.size() || id[name.size()] == '.');
}

// What a summary can say beside facts: mood, matter and wish of the buyer.
inline constexpr std::string_view kCaseVariables[] = {"情绪", "事由", "诉求"};

// Where a value comes from: a fact, an entity of the message ("{地区}"), an intent that brings it
// ("@info.picture"), the clause in which the intent was found ("原话").
struct ValueSource {
  enum class Kind : uint8_t { kFact, kEntity, kIntent, kWords } kind = Kind::kFact;
  std::string name;
  Place place;
};

// Something that the client may do about an intent.
struct ActionSource {
  struct Argument {
    std::string name;
    std::vector<ValueSource> sources;  // the first that has a value gives it
  };
  Action action = Action::kRemark;
  bool requires_person = true;
  std::vector<Argument> arguments;
  Condition when;
  Place place;
};

struct IntentSource {
  std::string id;
  std::string title;
  Stage stage = Stage::kNone;
  Policy policy = Policy::kAuto;
  Objection objection = Objection::kNone;
  Route route = Route::kPresales;
  Ask ask = Ask::kNone;  // `bargain`
  bool intercept = false;
  bool pinned = false;
  bool system = false;         // a card or notice of the platform, no buyer's words
  Event event = Event::kNone;  // what it answers instead of messages
  Condition when;              // of an event
  int32_t priority = 0;
  std::vector<PatternSource> patterns;
  std::vector<ExampleSource> examples;
  std::vector<ExampleSource> hits, misses;  // tests
  std::vector<std::string> replies;         // reply ids in order
  std::vector<Place> reply_places;          // of each of them
  std::vector<Technique> techniques;        // fitting closing techniques, best first
  std::vector<Technique> manners;           // fitting manners of persuasion, best first
  std::vector<std::string> needs;           // what a person taking over still has to ask for
  std::string next_step;                    // for the agent: what to do about it
  std::string wish;                         // what the buyer wants by it: 换货
  std::vector<std::string> holding;         // reply ids: said on handover before the settings' own
  std::vector<Place> holding_places;
  std::vector<ActionSource> actions;
  Validity valid;  // of the campaign that brought it
  Place place;
};

// What shows a mood, a trait, or that a complaint is a major one.
struct CueSource {
  enum class Shows : uint8_t { kEmotion, kTrait, kMajor } shows = Shows::kEmotion;
  std::string id;
  uint8_t value = 0;  // of Emotion, Trait or Major
  std::optional<double> points;
  std::vector<PatternSource> patterns;
  std::vector<std::string> intents;  // ids; "complaint" also stands for all below it
  std::vector<Place> intent_places;
  Place place;
};

// Which values make it needless to ask for something: by words that the need is named with.
struct KnownBy {
  std::vector<std::string> words;
  std::vector<ValueSource> sources;
};

// What a case record says.
struct CaseSource {
  std::string next_step;               // where the intent has none
  std::vector<ExampleSource> summary;  // clauses; one whose variable is missing is left out
  std::vector<std::pair<std::string, std::string>> names;  // "angry": 生气, "paid": 已付款
  std::vector<FactId> facts;
  std::vector<KnownBy> known_by;
  std::vector<Condition> large_customer;  // one of them holds
  std::optional<Decimal> large_amount;    // a claim of this much is a major one
};

// What a manner answers: an intent's objection, or its class.
enum class Occasion : uint8_t { kDoubt, kMisunderstanding, kDrawback, kBargain, kHesitate };

// A reply, or the wording of a technique or manner (`technique` is then set).
struct ReplySource {
  std::string id;
  Technique technique = Technique::kNone;
  uint32_t occasions = 0;         // manner: bit 1 << Occasion, 0: any
  uint32_t suits = 0;             // technique: bit 1 << Trait of the buyers whom it fits best
  std::string why;                // technique: one sentence for the agent
  Policy policy = Policy::kAuto;  // a reply's: kSuggest where it promises what a person must keep
  int32_t priority = 0;           // a reply's: a higher one comes before more conditions
  Condition when;
  std::vector<ExampleSource> variants;  // templates
  Place place;
};

struct EntityValue {
  std::string value;               // normal form, "黑色"; empty: the kind's `not` words
  std::vector<std::string> words;  // how buyers write it
  Place place;
};
// Words of a dictionary kind: colour, size, carrier, region, or one that the pack invents. Words of
// `not` (三只松鼠 is no quantity) hide what the kind finds inside them, also numbers that the
// engine reads by itself.
struct EntitySource {
  std::string kind;  // "颜色"
  std::vector<EntityValue> values;
  Place place;
};

struct ConceptSource {
  std::string name;
  std::vector<std::string> words;  // phrases without gaps or slots; may name other concepts
  Place place;
};

// How buyers misspell a word; read so where a message was not understood.
struct TypoSource {
  std::string right;
  std::vector<std::string> wrong;
  Place place;
};

// What may stand in a word's place; empty: the word is left out.
struct RewriteSource {
  std::string word, text;
  Place place;
};

// Words that must not leave the shop.
struct ComplianceSource {
  std::string rule;  // "absolute-term", "off-platform", "paid-review", ...
  std::vector<std::string> words;
  std::vector<std::string> except;      // longer words in which it is harmless: 100%棉
  std::string advice;                   // zh sentence: what to write instead
  std::vector<RewriteSource> rewrites;  // lawful ones, for words that have one
  bool disguised = false;               // also with marks, spaces or signs between the characters
  Place place;
};

struct FactSource {  // a fact the pack adds
  std::string name, path;
  FactType type = FactType::kText;
  Place place;
};

// A conversation-level test of the pack: message in, intent and decision out.
struct PackTestSource {
  std::string message;
  std::string intent;    // expected first intent, "" = none
  std::string decision;  // "" = any
  Place place;
  bool inherited = false;
};

// One thing that a step of a scenario must show; what the names mean is in scenario_checks.hpp.
struct ScenarioCheck {
  std::string name;                // "decision", "text.none", "handoff.needs"
  std::vector<std::string> texts;  // what is wanted; "true" or "false" for flags
  double number = 0;
  Place place;
};

struct ScenarioStep {
  json::Value input;  // the request: message, messages, event, observe, sent, previous
  double after_minutes = 0;
  json::Value facts;  // merged into the facts so far; kNull: nothing
  std::vector<ScenarioCheck> checks;
  std::string then;  // "", "send", "send_technique", "send_holding", "send_all"
  Place place;
};

// A conversation that shows how the pack behaves, told step by step.
struct ScenarioSource {
  std::string id, title;
  std::vector<std::string> duties;  // which duties of a shop assistant it shows
  json::Value facts;                // kNull: none
  std::string now;                  // ISO 8601; empty: no time is told
  uint64_t seed = 0;
  std::vector<ScenarioStep> steps;
  uint32_t level = 0;  // of the pack in its chain of overlays
  Place place;
};

// How the shop speaks; laid over every template when the pack is loaded (voice.hpp).
struct Voice {
  std::optional<std::string> address;  // instead of 亲; "" for none, nothing: as written
  bool formal = false;                 // no soft particles, no emoticons
  Place place;                         // of the address
};

// How a chat runs; see dialogue/turn_taking.hpp.
struct ConversationSettings {
  uint32_t bubble_seconds = 8;     // bubbles this close are one turn, unless something was said
  uint32_t takeover_minutes = 10;  // a person's line silences the engine for so long
  uint32_t unhelpful_answers = 2;  // after so many that did not help, a person is asked for
  uint32_t unpaid_minutes = 30;    // before the first reminder
  uint32_t unpaid_reminders = 2;   // at most
  std::vector<std::string> not_helped;  // reply ids: holding replies of that handover
  std::vector<std::string> given;       // reply ids: the buyer has given what was asked for
  std::vector<std::pair<std::string, std::vector<std::string>>> asks;  // kind and its words
};

struct Settings {
  double auto_threshold = 0.85;     // least score of a first intent that may go out by itself
  double suggest_threshold = 0.12;  // least score of an intent to be listed
  uint32_t max_intents = 5;
  uint32_t max_matters = 3;  // answered in one joint reply; 1: only the first is answered
  uint32_t max_replies = 5;
  uint32_t max_techniques = 3;
  uint32_t push_budget = 2;           // closing techniques a conversation
  int32_t utc_offset_minutes = 0;     // of the shop's local time, for a now that is told in UTC
  std::string goods;                  // the kind of entities that goods are; empty: none
  bool tolerance = true;              // slips are corrected where a message is not understood
  std::vector<std::string> fallback;  // reply ids when nothing was understood
  std::vector<std::string> holding;   // reply ids on handover
  Voice voice;
  ConversationSettings conversation;
  BargainSettings bargain;
  Place place;
};

struct Manifest {
  std::string id, version, title, license, language;
  std::string extends_id, extends_range;  // empty: none
  Validity valid;                         // of a campaign
  Place place;
};

struct Pack {
  Manifest manifest;
  std::vector<ConceptSource> concepts;
  std::vector<std::string> protected_words;
  std::vector<TypoSource> typos;
  std::vector<EntitySource> entities;
  std::vector<FactSource> facts;  // FactId = facts().size() + index
  std::vector<IntentSource> intents;
  std::vector<IntentSource> disabled;  // what an overlay took away, without replies; for tests
  std::vector<ReplySource> replies;    // replies and technique wordings, ids unique
  std::vector<ComplianceSource> compliance;
  std::vector<PackTestSource> tests;
  std::vector<CueSource> cues;  // their patterns count on behind those of the intents
  CaseSource case_record;
  std::vector<ScenarioSource> scenarios;  // the pack's own; those of its ancestors stay with them
  Settings settings;

  const ReplySource* find_reply(std::string_view id) const;
  const IntentSource* find_intent(std::string_view id) const;
  // Built-in or declared fact by Chinese name or path; kNoFact when unknown.
  FactId find_fact(std::string_view name_or_path) const;
  FactType fact_type(FactId id) const;
  std::string_view fact_path(FactId id) const;
  // Kind of entities, built-in or the pack's own, by either name; kNoKind when unknown.
  EntityKindId find_kind(std::string_view name) const;
  // The pack's own kinds, numbered on from kBuiltInKinds; as many as have a number.
  std::vector<std::string_view> own_kinds() const;
};

}  // namespace xiaoer::rules
