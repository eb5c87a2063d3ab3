#pragma once
// From hits to intents: one score over phrases, context and examples, in the published order
// (intercept, pinned, score, specificity, priority, file order), and the stage of the conversation.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/image.hpp"
#include "base/span.hpp"
#include "dialogue/session.hpp"
#include "entities/entity.hpp"
#include "match/examples.hpp"
#include "match/matcher.hpp"
#include "rules/facts.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::dialogue {

// What context speaks for an intent, see context.hpp. kTopic: the conversation is about it anyway.
// kOpen: the buyer said so a moment ago, and nobody has answered yet; kEvent: no message, an event.
enum class ContextSource : uint8_t { kTopic, kAsked, kLine, kTurn, kOrder, kOpen, kEvent };

// What the conversation makes of a message that does not say by itself what it is about.
struct ContextReading {
  uint32_t intent = 0;
  float points = 0;
  ContextSource source = ContextSource::kTopic;
  // kAsked: bits of Asked; kLine, kTurn, kOpen: an intent; kOrder: the OrderState; kEvent: the
  // Event
  uint32_t from = 0;
};

// An intent counts from this score on: it is at least as likely as not.
inline constexpr float kHeard = 0.5f;

// How an intent was recognised in this message.
struct IntentCandidate {
  uint32_t intent = 0;        // index of the intent in the pack
  float score = 0;            // 0..1
  Span span;                  // normalised characters of the best evidence
  uint32_t best_pattern = 0;  // UINT32_MAX: recognised by examples alone
  uint32_t specificity = 0;
  float phrase_points = 0, example_points = 0, context_points = 0;
  bool covers_message = false;  // the phrase covers the whole message
  bool matter = false;          // see matters.hpp
  Span clause;                  // of a matter that a clause alone says; empty otherwise
  ContextSource source = ContextSource::kTopic;  // of context_points
  uint32_t from = 0;                             // see ContextReading

  // Nothing but the conversation says so, and not in as many words.
  bool inherited() const {
    const bool guessed = source != ContextSource::kTopic && source != ContextSource::kOpen &&
                         source != ContextSource::kEvent;
    return best_pattern == UINT32_MAX && guessed;
  }
  // Likely enough, or the first (of `position` 0) and said in words that a phrase knows.
  bool is_heard(size_t position) const {
    return score >= kHeard || (position == 0 && best_pattern != UINT32_MAX);
  }
};

// What an intent is beside others. Classes are fixed, so ids say it.
enum class IntentRole : uint8_t {
  kRequest,
  kCourtesy,  // greet, thanks_bye, chat
  kAnswer,    // ack: means nothing without what it answers
  kData,      // info: bare data, a picture, a link
};

// One intent that was looked at and not chosen, for traces.
struct IntentMiss {
  uint32_t intent = 0;
  uint32_t pattern = 0;  // the pattern that matched but was not allowed; UINT32_MAX: examples only
  float score = 0;
  enum class Lack : uint8_t { kScore, kCondition, kContext, kRank } lack = Lack::kScore;
};

// Borrowed inputs of one ranking.
struct Evidence {
  const text::Text* text = nullptr;
  std::span<const match::PatternHit> hits;    // by pattern number, conditions already checked
  std::span<const match::Likeness> likeness;  // best first
  const Session* session = nullptr;
  std::span<const uint64_t> previous_intents;  // hashes: what the line before was about
  std::span<const ContextReading> context;     // of a message that needs its context
  float suggest_threshold = 0;
  uint32_t max_intents = 0;
};

// Scratch memory of one thread.
struct UnderstandScratch {
  struct Place {
    uint64_t key;   // see `order_key`
    uint32_t slot;  // in `found`
  };
  std::vector<IntentCandidate> candidates;  // the answer, best first
  std::vector<IntentMiss> misses;           // filled when a trace is wanted
  std::vector<IntentCandidate> found;       // all that had evidence
  std::vector<Place> places;                // in the published order
  std::vector<uint32_t> slots;              // by intent: its place in `found`, valid by `epochs`
  std::vector<uint32_t> epochs;
  uint32_t epoch = 0;
};

// What the pipeline needs to know of intents and patterns; immutable, any thread.
class Understanding {
 public:
  struct IntentRecord {
    StringRef id, title;
    uint64_t hash = 0;
    int32_t priority = 0;
    uint8_t intercept = 0, pinned = 0;
    uint8_t stage = 0, objection = 0;
    IntentRole role = IntentRole::kRequest;
    uint8_t one_matter = 0;  // all intents of its family are one matter, see matters.hpp
    uint8_t has_valid_from = 0, has_valid_to = 0;
    uint8_t padding[4] = {};
    uint64_t family = 0;                   // hash of the id up to its last dot
    int64_t valid_from = 0, valid_to = 0;  // of the campaign that brought it
    bool holds_at(std::optional<int64_t> now) const;
  };
  struct PatternRecord {
    StringRef text;
    uint64_t after = 0;  // hash of the intent it must follow, 0: none
    uint32_t within = 0;
    uint32_t intent = 0;
    uint32_t condition = 0;  // see reply::ConditionTable
    uint8_t is_regex = 0;
    uint8_t padding[3] = {};
  };

  // `conditions[i]` is the compiled condition of pattern i.
  static void build(const rules::Pack& pack, std::span<const uint32_t> conditions,
                    ImageBuilder* image);
  // Both must outlive this; false: damaged.
  bool open(const Image& image, const match::Matcher& matcher);

  // Ranks the intents of one message into scratch->candidates: the published order, only those at
  // or over the threshold, at most max_intents. Allocates nothing once the scratch has grown.
  void rank(const Evidence& evidence, bool trace, UnderstandScratch* scratch) const;

  // Whether the pattern's `after` is met by the session or the previous line.
  bool follows(const PatternRecord& pattern, const Evidence& evidence) const;

  std::span<const IntentRecord> intents() const { return intents_; }
  // Whether any intent is a campaign's, and so may be out of its time.
  bool has_campaigns() const { return has_campaigns_; }
  std::span<const PatternRecord> patterns() const { return patterns_; }
  // The intent of this hash; UINT32_MAX: this ruleset has none.
  uint32_t find(uint64_t hash) const;
  std::string_view id_of(uint32_t intent) const { return image_->string(intents_[intent].id); }

 private:
  IntentCandidate* candidate(uint32_t intent, UnderstandScratch* scratch) const;
  void gather_phrases(const Evidence& evidence, bool trace, UnderstandScratch* scratch) const;
  void gather_examples(const Evidence& evidence, bool trace, UnderstandScratch* scratch) const;
  void gather_context(const Evidence& evidence, UnderstandScratch* scratch) const;
  float context_points(uint32_t intent, const Evidence& evidence) const;
  void weigh(const Evidence& evidence, UnderstandScratch* scratch) const;
  void order(UnderstandScratch* scratch) const;
  // The strongest phrase, its family, and the strongest phrase of another family.
  struct Rivals {
    float first = 0, second = 0;
    uint64_t family = 0;
  };
  Rivals find_rivals(const UnderstandScratch& scratch) const;
  void keep_best(const Evidence& evidence, bool trace, UnderstandScratch* scratch) const;
  uint64_t order_key(const IntentCandidate& found) const;

  const Image* image_ = nullptr;
  const match::Matcher* matcher_ = nullptr;
  std::span<const IntentRecord> intents_;
  bool has_campaigns_ = false;
  std::span<const PatternRecord> patterns_;
  std::vector<uint32_t> by_hash_;  // intents in the order of their hashes
};

}  // namespace xiaoer::dialogue
