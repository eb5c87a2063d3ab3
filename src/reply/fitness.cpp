#include "reply/fitness.hpp"

#include "base/instant.hpp"
#include "reply/condition.hpp"

namespace xiaoer::reply {
namespace {

using rules::Stage;
using rules::Technique;

constexpr float kStageFit = 0.05f;
constexpr float kFactFit = 0.1f;
constexpr float kWeekendFit = 0.05f;
constexpr float kSignalFit = 0.15f;  // repeated signals: help to come to an end
constexpr float kSignalHelps = 0.05f;
constexpr float kAgainFit = 0.1f;     // hesitates again: find the real reason
constexpr float kAnxious = -0.3f;     // who is uneasy is not hurried
constexpr float kSuits = 0.3f;        // of the share of the trait
constexpr int64_t kSoon = 48 * 3600;  // an offer that ends within this presses
constexpr int32_t kNearCutoff = 180;  // minutes
constexpr uint32_t kRepeated = 2;

const FactValue& fact(const Work& work, rules::FactId id) { return work.situation.facts->get(id); }

// How many turns before this one brought one of these intents.
uint32_t times(const Work& work, std::span<const uint64_t> intents) {
  const dialogue::Session* session = work.situation.session;
  uint32_t count = 0;
  for (size_t i = 0; session != nullptr && i < intents.size(); ++i) {
    count += session->times(intents[i]);
  }
  return count;
}

bool hurries(Technique technique) {
  return technique == Technique::kScarcity || technique == Technique::kDeadline;
}

void fit_facts(const Work& work, Technique technique, Fits* fits) {
  const KnownFacts& k = known_facts();
  const std::optional<Instant>& now = work.situation.now;
  if (technique == Technique::kScarcity && fact(work, k.stock).number <= Decimal::of(3)) {
    fits->add("stock-very-low", kFactFit);
  }
  if (!now) return;
  if (technique == Technique::kDeadline &&
      fact(work, k.promotion_ends).time - now->seconds <= kSoon) {
    fits->add("ends-soon", kFactFit);
  }
  if (technique != Technique::kFastDelivery) return;
  const LocalTime local = local_time(now->seconds, now->offset_minutes);
  if (fact(work, k.cutoff).present) {
    const auto left = static_cast<int32_t>(fact(work, k.cutoff).number.milli / 1000) - local.minute;
    if (left > 0 && left <= kNearCutoff) fits->add("near-cutoff", kFactFit);
  }
  constexpr int32_t kFriday = 5;
  if (local.weekday >= kFriday) fits->add("weekend", kWeekendFit);
}

void fit_history(const Work& work, Technique technique, uint32_t position, Fits* fits) {
  const uint32_t traits = work.intent(position).traits;
  const uint32_t signals = times(work, work.views.signals) + ((traits & kReadyTrait) != 0 ? 1 : 0);
  if (signals >= kRepeated) {
    const bool ends = technique == Technique::kEitherOr;
    fits->add("buying-signals", ends ? kSignalFit : kSignalHelps);
  }
  const bool helps = technique == Technique::kHelpChoose || technique == Technique::kEitherOr;
  if (helps && (traits & kHesitateTrait) != 0 && times(work, work.views.hesitations) > 0) {
    fits->add("hesitates-again", kAgainFit);
  }
}

void fit_buyer(const Work& work, Technique technique, Fits* fits) {
  if (hurries(technique) && emotion_of(work.situation) == rules::Emotion::kAnxious) {
    fits->add("anxious", kAnxious);
  }
  const uint32_t clear = clear_traits(work.situation);
  if (clear == 0) return;
  uint32_t suited = 0;
  for (const TechniqueRecord& record : work.views.techniques) {
    if (record.technique == static_cast<uint32_t>(technique)) suited |= record.suits & clear;
  }
  for (size_t i = 0; i < rules::kTraits; ++i) {
    if ((suited >> i & 1) == 0) continue;
    const auto share = static_cast<float>(work.situation.buyer->mood.traits[i]);
    fits->add(rules::trait_names()[i], kSuits * share / dialogue::Mood::kWhole);
  }
}

}  // namespace

float Fits::total() const {
  float sum = 0;
  for (const Fit& fit : all()) sum += fit.points;
  return sum;
}

Fits fits_of(const Work& work, Technique technique, uint32_t position) {
  Fits fits;
  const auto stage = static_cast<Stage>(work.intent(position).stage);
  if (stage == Stage::kClosing || stage == Stage::kObjection || stage == Stage::kRecommendation) {
    fits.add(rules::name_of(stage), kStageFit);
  }
  fit_facts(work, technique, &fits);
  fit_history(work, technique, position, &fits);
  fit_buyer(work, technique, &fits);
  return fits;
}

uint32_t clear_traits(const Situation& situation) {
  return situation.buyer != nullptr ? situation.buyer->clear : 0;
}

}  // namespace xiaoer::reply
