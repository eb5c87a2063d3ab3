#include "dialogue/understanding.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "base/exponential.hpp"

namespace xiaoer::dialogue {
namespace {

constexpr uint32_t kNone = UINT32_MAX;
constexpr float kContextPoints = 0.05f;            // for what the conversation is about already
constexpr float kLikeness = 0.8f;                  // what likeness weighs beside a phrase
constexpr float kMostEvidence = 1.9f;              // see order_key
constexpr uint64_t kCutsLine = uint64_t{1} << 62;  // the least key of what intercepts or is pinned
constexpr float kYield =
    0.35f;  // what words count beside a reading by context that they are none of

// Strength of phrase evidence, 0..1, from how much the phrase says and how much of the message it
// covers. The constants and those of `calibrated` are the only figures fitted to labelled messages.
float phrase_strength(uint32_t specificity, Span span, uint32_t message_size) {
  const float literal = std::min(specificity, 6u) / 6.0f;
  const float coverage = message_size == 0 ? 0.0f : static_cast<float>(span.size()) / message_size;
  return 0.45f + 0.30f * literal + 0.25f * std::min(coverage, 1.0f);
}

// One figure for all evidence; intents are ordered by it.
float evidence_of(const IntentCandidate& candidate) {
  return candidate.phrase_points + kLikeness * candidate.example_points + candidate.context_points;
}

// Evidence to a probability: a logistic curve, lower where a phrase of another family speaks too.
constexpr float kBase = 2.16f, kGain = 4.44f, kRivalry = 1.76f;
float calibrated(float evidence, float rival) {
  return 1.0f / (1.0f + bounded_exponential(kBase - kGain * evidence + kRivalry * rival));
}

// The evidence that gives the probability `least` beside that rival.
float evidence_for(float least, float rival) {
  if (least <= 0) return 0;
  return (kBase + kRivalry * rival - std::log(1 / least - 1)) / kGain;
}

// Characters that say something: the message without punctuation, spaces and symbols. Particles
// count: 在吗 is more of a greeting than of what else may hold 在.
uint32_t telling_size(const text::Text& text) {
  uint32_t size = 0;
  for (const uint16_t properties : text.properties) {
    size += (properties & (text::kPunctuation | text::kSpace | text::kSymbol)) == 0;
  }
  return size;
}

IntentRole role_of(std::string_view id) {
  const std::string_view name = id.substr(0, id.find('.'));
  if (name == "greet" || name == "thanks_bye" || name == "chat") return IntentRole::kCourtesy;
  if (name == "ack") return IntentRole::kAnswer;
  return name == "info" ? IntentRole::kData : IntentRole::kRequest;
}

bool contains(std::span<const uint64_t> hashes, uint64_t hash) {
  return std::find(hashes.begin(), hashes.end(), hash) != hashes.end();
}

}  // namespace

void Understanding::build(const rules::Pack& pack, std::span<const uint32_t> conditions,
                          ImageBuilder* image) {
  std::vector<IntentRecord> intents;
  std::vector<PatternRecord> patterns;
  for (const rules::IntentSource& source : pack.intents) {
    IntentRecord intent;
    intent.id = image->string(source.id);
    intent.title = image->string(source.title);
    intent.hash = stable_hash(source.id);
    intent.priority = source.priority;
    intent.intercept = source.intercept;
    intent.pinned = source.pinned;
    intent.stage = static_cast<uint8_t>(source.stage);
    intent.objection = static_cast<uint8_t>(source.objection);
    intent.role = role_of(source.id);
    intent.family = stable_hash(rules::family_of(source.id));
    intent.one_matter = source.id.starts_with("bargain") || source.id.starts_with("complaint");
    intent.has_valid_from = source.valid.from.has_value();
    intent.has_valid_to = source.valid.to.has_value();
    intent.valid_from = source.valid.from.value_or(0);
    intent.valid_to = source.valid.to.value_or(0);
    for (const rules::PatternSource& pattern_source : source.patterns) {
      PatternRecord pattern;
      pattern.text = image->string(pattern_source.text);
      pattern.after = pattern_source.after.empty() ? 0 : stable_hash(pattern_source.after);
      pattern.within = pattern_source.within;
      pattern.intent = static_cast<uint32_t>(intents.size());
      pattern.condition = conditions[patterns.size()];
      pattern.is_regex = pattern_source.is_regex;
      patterns.push_back(pattern);
    }
    intents.push_back(intent);
  }
  image->add(Section::kRulesIntents, intents);
  image->add(Section::kRulesPatterns, patterns);
}

bool Understanding::open(const Image& image, const match::Matcher& matcher) {
  image_ = &image;
  matcher_ = &matcher;
  intents_ = image.section<IntentRecord>(Section::kRulesIntents);
  patterns_ = image.section<PatternRecord>(Section::kRulesPatterns);
  if (patterns_.size() != matcher.pattern_count()) return false;
  has_campaigns_ = std::any_of(intents_.begin(), intents_.end(), [](const IntentRecord& intent) {
    return intent.has_valid_from != 0 || intent.has_valid_to != 0;
  });
  for (const IntentRecord& intent : intents_) {
    if (!image.holds(intent.id) || !image.holds(intent.title)) return false;
    if (intent.stage >= rules::stage_names().size()) return false;
    if (intent.objection >= rules::objection_names().size()) return false;
  }
  by_hash_.resize(intents_.size());
  std::iota(by_hash_.begin(), by_hash_.end(), 0u);
  std::sort(by_hash_.begin(), by_hash_.end(),
            [&](uint32_t a, uint32_t b) { return intents_[a].hash < intents_[b].hash; });
  return std::all_of(patterns_.begin(), patterns_.end(), [&](const PatternRecord& pattern) {
    return pattern.intent < intents_.size() && image.holds(pattern.text);
  });
}

bool Understanding::IntentRecord::holds_at(std::optional<int64_t> now) const {
  if (has_valid_from == 0 && has_valid_to == 0) return true;
  return now && (has_valid_from == 0 || *now >= valid_from) &&
         (has_valid_to == 0 || *now <= valid_to);
}

uint32_t Understanding::find(uint64_t hash) const {
  const auto found =
      std::lower_bound(by_hash_.begin(), by_hash_.end(), hash,
                       [&](uint32_t intent, uint64_t key) { return intents_[intent].hash < key; });
  return found != by_hash_.end() && intents_[*found].hash == hash ? *found : kNone;
}

bool Understanding::follows(const PatternRecord& pattern, const Evidence& evidence) const {
  if (pattern.after == 0 || contains(evidence.previous_intents, pattern.after)) return true;
  return evidence.session != nullptr &&
         evidence.session->turns_since(pattern.after) < pattern.within;
}

void Understanding::rank(const Evidence& evidence, bool trace, UnderstandScratch* scratch) const {
  scratch->candidates.clear();
  scratch->found.clear();
  scratch->misses.clear();
  scratch->slots.resize(intents_.size());
  scratch->epochs.resize(intents_.size());
  if (++scratch->epoch == 0) {
    std::fill(scratch->epochs.begin(), scratch->epochs.end(), 0);
    scratch->epoch = 1;
  }
  gather_phrases(evidence, trace, scratch);
  gather_examples(evidence, trace, scratch);
  gather_context(evidence, scratch);
  weigh(evidence, scratch);
  order(scratch);
  keep_best(evidence, trace, scratch);
}

IntentCandidate* Understanding::candidate(uint32_t intent, UnderstandScratch* scratch) const {
  if (scratch->epochs[intent] != scratch->epoch) {
    scratch->epochs[intent] = scratch->epoch;
    scratch->slots[intent] = static_cast<uint32_t>(scratch->found.size());
    IntentCandidate fresh;
    fresh.intent = intent;
    fresh.best_pattern = kNone;
    scratch->found.push_back(fresh);
  }
  return &scratch->found[scratch->slots[intent]];
}

void Understanding::gather_phrases(const Evidence& evidence, bool trace,
                                   UnderstandScratch* scratch) const {
  const uint32_t message_size = telling_size(*evidence.text);
  for (const match::PatternHit& hit : evidence.hits) {
    const PatternRecord& pattern = patterns_[hit.pattern];
    if (!follows(pattern, evidence)) {
      if (trace) {
        scratch->misses.push_back({pattern.intent, hit.pattern, 0, IntentMiss::Lack::kContext});
      }
      continue;
    }
    IntentCandidate* found = candidate(pattern.intent, scratch);
    const uint32_t specificity = matcher_->specificity(hit.pattern);
    const float strength = phrase_strength(specificity, hit.span, message_size);
    if (strength <= found->phrase_points) continue;
    found->best_pattern = hit.pattern;
    found->span = hit.span;
    found->specificity = specificity;
    found->phrase_points = strength;
    found->covers_message = hit.span.size() >= message_size;
  }
}

float Understanding::context_points(uint32_t intent, const Evidence& evidence) const {
  const uint64_t hash = intents_[intent].hash;
  const bool recent = contains(evidence.previous_intents, hash) ||
                      (evidence.session != nullptr && evidence.session->turns_since(hash) == 0);
  return recent ? kContextPoints : 0.0f;
}

// Beside a phrase most likeness is too weak for the threshold, whatever else it gets: it is passed
// over early.
void Understanding::gather_examples(const Evidence& evidence, bool trace,
                                    UnderstandScratch* scratch) const {
  float best = 0;
  for (const IntentCandidate& found : scratch->found) best = std::max(best, found.phrase_points);
  const bool all = trace || best == 0;
  const float least = all ? 0 : evidence_for(evidence.suggest_threshold, best);
  for (const match::Likeness& likeness : evidence.likeness) {
    if (!all && scratch->epochs[likeness.intent] != scratch->epoch &&
        kLikeness * likeness.score + context_points(likeness.intent, evidence) < least) {
      continue;
    }
    IntentCandidate* found = candidate(likeness.intent, scratch);
    found->example_points = likeness.score;
    if (found->best_pattern == kNone) found->span = {0, evidence.text->size()};
  }
}

void Understanding::gather_context(const Evidence& evidence, UnderstandScratch* scratch) const {
  for (const ContextReading& reading : evidence.context) {
    IntentCandidate* found = candidate(reading.intent, scratch);
    found->context_points = reading.points;
    found->source = reading.source;
    found->from = reading.from;
    if (found->best_pattern == kNone) found->span = {0, evidence.text->size()};
  }
}

// Sets every score to the intent's evidence; keep_best makes a probability of it. Words that mean
// nothing without a conversation (怎么弄) yield to what the conversation makes of them, unless the
// phrase waited for just this conversation.
void Understanding::weigh(const Evidence& evidence, UnderstandScratch* scratch) const {
  float covering = 0;  // of the strongest phrase that covers the whole message
  for (IntentCandidate& found : scratch->found) {
    const bool read = found.source != ContextSource::kTopic;
    if (!read) found.context_points = context_points(found.intent, evidence);
    const bool awaited =
        found.best_pattern != kNone && patterns_[found.best_pattern].condition != 0;
    if (!read && !awaited && !evidence.context.empty()) {
      found.phrase_points *= kYield;
      found.example_points *= kYield;
    }
    found.score = std::min(evidence_of(found), kMostEvidence);
    if (found.covers_message) covering = std::max(covering, found.score);
  }
  if (covering == 0) return;
  for (IntentCandidate& found : scratch->found) {
    // An example never outranks a phrase that covers the whole message.
    if (found.best_pattern == kNone && found.source == ContextSource::kTopic) {
      found.score = std::min(found.score, covering * 0.99f);
    }
  }
}

// The published order in one number: intercept, pinned, score, specificity. Floats that are not
// negative are ordered like their bits, and those below 2 leave the two highest bits free.
uint64_t Understanding::order_key(const IntentCandidate& found) const {
  const IntentRecord& intent = intents_[found.intent];
  // Only a phrase can intercept or pin: likeness is too weak a reason to cut the line.
  const bool phrase = found.best_pattern != kNone;
  const auto score = uint64_t{std::bit_cast<uint32_t>(found.score)} & 0x3FFFFFFF;
  return uint64_t{phrase && intent.intercept} << 63 | uint64_t{phrase && intent.pinned} << 62 |
         score << 32 | found.specificity;
}

void Understanding::order(UnderstandScratch* scratch) const {
  auto& places = scratch->places;
  places.clear();
  for (const IntentCandidate& found : scratch->found) {
    places.push_back({order_key(found), static_cast<uint32_t>(places.size())});
  }
  std::sort(places.begin(), places.end(),
            [&](const UnderstandScratch::Place& a, const UnderstandScratch::Place& b) {
              if (a.key != b.key) return a.key > b.key;
              const uint32_t left = scratch->found[a.slot].intent;
              const uint32_t right = scratch->found[b.slot].intent;
              if (intents_[left].priority != intents_[right].priority) {
                return intents_[left].priority > intents_[right].priority;
              }
              return left < right;
            });
}

// The strongest phrases of two different families: what speaks against any other intent.
Understanding::Rivals Understanding::find_rivals(const UnderstandScratch& scratch) const {
  Rivals rivals;
  for (const IntentCandidate& found : scratch.found) {
    if (found.phrase_points > rivals.first) {
      rivals.first = found.phrase_points;
      rivals.family = intents_[found.intent].family;
    }
  }
  for (const IntentCandidate& found : scratch.found) {
    if (intents_[found.intent].family == rivals.family) continue;
    rivals.second = std::max(rivals.second, found.phrase_points);
  }
  return rivals;
}

void Understanding::keep_best(const Evidence& evidence, bool trace,
                              UnderstandScratch* scratch) const {
  const Rivals rivals = find_rivals(*scratch);
  float before = 1;  // no intent is surer than one that it could not outrank
  for (const UnderstandScratch::Place& place : scratch->places) {
    if (scratch->candidates.size() == evidence.max_intents && !trace) return;
    IntentCandidate& found = scratch->found[place.slot];
    const bool own = intents_[found.intent].family == rivals.family;
    found.score = std::min(calibrated(found.score, own ? rivals.second : rivals.first), before);
    if (place.key < kCutsLine) before = found.score;
    const bool strong = found.score >= evidence.suggest_threshold;
    if (strong && scratch->candidates.size() < evidence.max_intents) {
      scratch->candidates.push_back(found);
    } else if (trace) {
      scratch->misses.push_back({found.intent, found.best_pattern, found.score,
                                 strong ? IntentMiss::Lack::kRank : IntentMiss::Lack::kScore});
    }
  }
}

}  // namespace xiaoer::dialogue
