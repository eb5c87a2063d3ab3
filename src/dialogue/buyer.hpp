#pragma once
// What a message shows of the buyer: his mood, kind and what moves him, and what makes a complaint
// a major one. Evidence from the pack's cues (phrases and intents), punctuation, repetition and the
// turns before. A mood rises at once and falls slowly.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/image.hpp"
#include "dialogue/session.hpp"
#include "dialogue/understanding.hpp"
#include "match/matcher.hpp"
#include "rules/buyer.hpp"
#include "rules/pack.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::dialogue {

// One piece of evidence.
struct BuyerSign {
  enum class From : uint8_t { kPhrase, kIntent, kPunctuation, kRepeated, kHistory } from;
  rules::CueSource::Shows shows;
  uint8_t value = 0;    // of Emotion, Trait or Major
  uint32_t number = 0;  // kPhrase, kIntent: the cue; kRepeated: the intent
  Span span;            // normalised characters
  float points = 0;
};

struct BuyerReading {
  rules::Emotion emotion = rules::Emotion::kCalm;
  float heat = 0;      // 0..1, behind the emotion
  uint32_t clear = 0;  // bits 1 << rules::Trait: what is clear enough to act on
  Mood mood;           // for the session
  std::vector<BuyerSign> signs;
};

// The emotion that so much heat is.
rules::Emotion emotion_of(float heat);

class BuyerReader {
 public:
  struct CueRecord {
    StringRef id;
    float points = 0;
    uint8_t shows = 0, value = 0;
    uint8_t padding[2] = {};
  };
  struct Input {
    const text::Text* text = nullptr;
    std::span<const IntentCandidate> intents;
    std::span<const match::PatternHit> cue_hits;
    const Session* session = nullptr;
    const Understanding* rules = nullptr;
  };

  static void build(const rules::Pack& pack, ImageBuilder* image);
  // `image` must outlive this. False: damaged.
  bool open(const Image& image, size_t intents, const match::Matcher& matcher);
  // Allocates nothing once `out` has grown.
  void read(const Input& input, BuyerReading* out) const;
  std::string_view cue_id(uint32_t cue) const { return image_->string(cues_[cue].id); }

 private:
  void add_cue(uint32_t cue, BuyerSign::From from, Span span, BuyerReading* out) const;
  static void settle_traits(BuyerReading* out);
  void add_intents(const Input& input, BuyerReading* out) const;

  const Image* image_ = nullptr;
  uint32_t first_pattern_ = 0;
  std::span<const CueRecord> cues_;
  std::span<const uint32_t> pattern_cues_;  // by cue pattern
  std::span<const Range> intent_cues_;      // by intent: into indices_
  std::span<const uint32_t> indices_;
};

}  // namespace xiaoer::dialogue
