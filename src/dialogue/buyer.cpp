#include "dialogue/buyer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace xiaoer::dialogue {
namespace {

using rules::Emotion;
using From = BuyerSign::From;
using Shows = rules::CueSource::Shows;

// Least heat of each emotion, and what a cue of it gives by itself.
constexpr float kLeast[] = {0, 0.25f, 0.45f, 0.65f, 0.9f};
constexpr float kGiven[] = {0.5f, 0.35f, 0.55f, 0.75f, 0.95f};
constexpr float kTraitPoints = 0.4f;
constexpr float kMajorPoints = 1;

constexpr float kFurther = 0.05f;    // what every further cue adds
constexpr float kMarks = 0.1f;       // what a run of marks adds to what words say
constexpr float kMarksAlone = 0.2f;  // less than anxious
constexpr float kAgain = 0.1f;       // each time that the buyer had to say so before
constexpr float kCools = 0.8f;       // what a turn leaves of the heat
constexpr float kSoothed = 0.4f;     // and a friendly one
constexpr float kSinking = 0.05f;    // what new heat adds while the old has not gone
constexpr float kFades = 0.9f;       // what a turn leaves of a trait
constexpr uint16_t kClear = 300;     // thousandths of a trait
constexpr uint32_t kRun = 3;         // marks
constexpr float kMostWithoutAbuse = 0.89f;
constexpr float kMostWithoutAnger = 0.64f;

float points_of(const rules::CueSource& cue) {
  if (cue.points) return static_cast<float>(*cue.points);
  if (cue.shows == Shows::kEmotion) return kGiven[cue.value];
  return cue.shows == Shows::kTrait ? kTraitPoints : kMajorPoints;
}

uint16_t thousandths(float share) {
  return static_cast<uint16_t>(std::lround(std::clamp(share, 0.0f, 1.0f) * Mood::kWhole));
}
float share_of(uint16_t thousandths) { return static_cast<float>(thousandths) / Mood::kWhole; }

// A run of three or more ! and ?, as typed: the normaliser shortens runs. Empty: none.
Span find_marks(const text::Text& text) {
  const auto is_mark = [](char32_t c) {
    return c <= U'?' && (c == U'!' || c == U'?');  // most characters are far beyond both
  };
  const auto first = std::find_if(text.chars.begin(), text.chars.end(), is_mark);
  for (auto i = static_cast<uint32_t>(first - text.chars.begin()); i < text.size(); ++i) {
    const uint32_t begin = i;
    uint32_t marks = 0;
    for (; i < text.size() && is_mark(text.chars[i]); ++i) {
      for (uint32_t byte = text.begins[i]; byte < text.ends[i]; ++byte) {
        const auto c = static_cast<unsigned char>(text.original[byte]);
        if ((c & 0xC0) != 0x80 && c != ' ') ++marks;
      }
    }
    if (marks >= kRun) return {begin, i};
  }
  return {};
}

// What the message by itself says of the mood.
struct Heat {
  float most = 0;
  uint32_t cues = 0;
  bool soothed = false, angry = false, abusive = false;

  void add(const BuyerSign& sign) {
    if (sign.shows != Shows::kEmotion) return;
    const auto emotion = static_cast<Emotion>(sign.value);
    if (emotion == Emotion::kCalm) {
      soothed = true;
      return;
    }
    angry = angry || emotion >= Emotion::kAngry;
    abusive = abusive || emotion == Emotion::kAbusive;
    if (sign.from != From::kRepeated) ++cues;
    most = std::max(most, sign.points);
  }
  float limited(float value) const {
    if (abusive) return std::min(value, 1.0f);
    return std::min(value, angry ? kMostWithoutAbuse : kMostWithoutAnger);
  }
};

void sign(BuyerReading* out, From from, Emotion emotion, uint32_t number, Span span, float points) {
  out->signs.push_back(
      {from, Shows::kEmotion, static_cast<uint8_t>(emotion), number, span, points});
}

void add_marks(const text::Text& text, float before, Heat* heat, BuyerReading* out) {
  const Span marks = find_marks(text);
  if (marks.empty() || heat->soothed) return;
  const bool alone = heat->most == 0 && before < kLeast[1];
  const float points = alone ? kMarksAlone : kMarks;
  heat->most = heat->limited(heat->most + points);
  sign(out, From::kPunctuation, emotion_of(heat->most), 0, marks, points);
}

// New heat is felt at once; the old goes turn by turn.
void settle(float before, const Heat& heat, BuyerReading* out) {
  const float left = before * (heat.soothed && heat.most == 0 ? kSoothed : kCools);
  float now = std::max(heat.most, left);
  if (heat.most >= kLeast[1] && before >= kLeast[2]) {
    now = std::min(now + kSinking, std::max(now, kMostWithoutAbuse));
  }
  out->mood.heat = now > 0 ? thousandths(now) : uint16_t{0};
  out->heat = share_of(out->mood.heat);
  out->emotion = emotion_of(out->heat);
  if (left >= kLeast[1] && left >= heat.most) {
    sign(out, From::kHistory, emotion_of(left), 0, {}, left);
  }
}

}  // namespace

Emotion emotion_of(float heat) {
  size_t emotion = 0;
  while (emotion + 1 < std::size(kLeast) && heat >= kLeast[emotion + 1]) ++emotion;
  return static_cast<Emotion>(emotion);
}

void BuyerReader::build(const rules::Pack& pack, ImageBuilder* image) {
  std::vector<CueRecord> cues;
  std::vector<uint32_t> pattern_cues, indices;
  std::vector<Range> intent_cues;
  for (const rules::CueSource& source : pack.cues) {
    CueRecord record;
    record.id = image->string(source.id);
    record.points = points_of(source);
    record.shows = static_cast<uint8_t>(source.shows);
    record.value = source.value;
    pattern_cues.insert(pattern_cues.end(), source.patterns.size(),
                        static_cast<uint32_t>(cues.size()));
    cues.push_back(record);
  }
  for (const rules::IntentSource& intent : pack.intents) {
    Range range{static_cast<uint32_t>(indices.size()), 0};
    for (uint32_t cue = 0; cue < pack.cues.size(); ++cue) {
      const auto& names = pack.cues[cue].intents;
      if (std::none_of(names.begin(), names.end(), [&](const std::string& name) {
            return rules::is_or_below(intent.id, name);
          })) {
        continue;
      }
      indices.push_back(cue);
      ++range.count;
    }
    intent_cues.push_back(range);
  }
  image->add(Section::kDialogueCues, cues);
  image->add(Section::kDialogueCuePatterns, pattern_cues);
  image->add(Section::kDialogueIntentCues, intent_cues);
  image->add(Section::kDialogueCueIndices, indices);
}

bool BuyerReader::open(const Image& image, size_t intents, const match::Matcher& matcher) {
  image_ = &image;
  first_pattern_ = static_cast<uint32_t>(matcher.pattern_count());
  cues_ = image.section<CueRecord>(Section::kDialogueCues);
  pattern_cues_ = image.section<uint32_t>(Section::kDialogueCuePatterns);
  intent_cues_ = image.section<Range>(Section::kDialogueIntentCues);
  indices_ = image.section<uint32_t>(Section::kDialogueCueIndices);
  constexpr auto kEmotions = std::size(kLeast);
  const size_t values[] = {kEmotions, rules::kTraits, rules::major_names().size()};
  RangeCheck ranges(indices_.size());
  const auto is_cue = [&](uint32_t cue) { return cue < cues_.size(); };
  return intent_cues_.size() == intents && pattern_cues_.size() == matcher.cue_pattern_count() &&
         std::all_of(pattern_cues_.begin(), pattern_cues_.end(), is_cue) &&
         std::all_of(indices_.begin(), indices_.end(), is_cue) &&
         std::all_of(intent_cues_.begin(), intent_cues_.end(),
                     [&](Range range) { return ranges.take(range); }) &&
         std::all_of(cues_.begin(), cues_.end(), [&](const CueRecord& cue) {
           return image.holds(cue.id) && cue.shows < std::size(values) &&
                  cue.value < values[cue.shows] && cue.points >= 0 && cue.points <= 1;
         });
}

// A cue counts once, however often it is found.
void BuyerReader::add_cue(uint32_t cue, From from, Span span, BuyerReading* out) const {
  for (const BuyerSign& known : out->signs) {
    if (known.from <= From::kIntent && known.number == cue) return;
  }
  const CueRecord& record = cues_[cue];
  out->signs.push_back(
      {from, static_cast<Shows>(record.shows), record.value, cue, span, record.points});
}

// What the matters show, and that the buyer has to say it again.
void BuyerReader::add_intents(const Input& input, BuyerReading* out) const {
  for (size_t i = 0; i < input.intents.size(); ++i) {
    const IntentCandidate& found = input.intents[i];
    if (!found.is_heard(i)) continue;
    const Range range = intent_cues_[found.intent];
    for (const uint32_t cue : indices_.subspan(range.first, range.count)) {
      add_cue(cue, From::kIntent, found.span, out);
      const CueRecord& record = cues_[cue];
      const bool uneasy = record.shows == static_cast<uint8_t>(Shows::kEmotion) && record.value > 0;
      if (!uneasy || input.session == nullptr) continue;
      const uint32_t times = input.session->times(input.rules->intents()[found.intent].hash);
      if (times == 0) continue;
      const float points = record.points + kAgain * static_cast<float>(std::min(times, 3u));
      const float most = record.value >= static_cast<uint8_t>(Emotion::kAngry) ? kMostWithoutAbuse
                                                                               : kMostWithoutAnger;
      sign(out, From::kRepeated, static_cast<Emotion>(record.value), found.intent, found.span,
           std::max(record.points, std::min(points, most)));
    }
  }
}

// Traits fade, and grow with what shows them.
void BuyerReader::settle_traits(BuyerReading* out) {
  for (uint16_t& trait : out->mood.traits) trait = static_cast<uint16_t>(trait * kFades);
  for (const BuyerSign& found : out->signs) {
    if (found.shows != Shows::kTrait) continue;
    uint16_t& trait = out->mood.traits[found.value];
    trait = thousandths(share_of(trait) + (1 - share_of(trait)) * found.points);
  }
  for (size_t i = 0; i < rules::kTraits; ++i) {
    if (out->mood.traits[i] >= kClear) out->clear |= 1u << i;
  }
}

void BuyerReader::read(const Input& input, BuyerReading* out) const {
  const Mood before = input.session != nullptr ? input.session->care().mood : Mood{};
  out->signs.clear();
  out->clear = 0;
  for (const match::PatternHit& hit : input.cue_hits) {
    add_cue(pattern_cues_[hit.pattern - first_pattern_], From::kPhrase, hit.span, out);
  }
  if (!indices_.empty()) add_intents(input, out);
  Heat heat;
  out->mood = before;
  for (const BuyerSign& found : out->signs) heat.add(found);
  if (input.session != nullptr || !out->signs.empty()) settle_traits(out);
  if (heat.cues > 1) {
    heat.most =
        heat.limited(heat.most + kFurther * static_cast<float>(std::min(heat.cues - 1, 3u)));
  }
  add_marks(*input.text, share_of(before.heat), &heat, out);
  settle(share_of(before.heat), heat, out);
}

}  // namespace xiaoer::dialogue
