// The example matcher's part of the image: checked here, so that ranking need not check.

#include <algorithm>
#include <bit>
#include <limits>

#include "match/examples.hpp"

namespace xiaoer::match {
namespace {

// What a weight of 1 may be worth: no sum of weights leaves what a float holds, none is turned
// round.
bool is_unit(float unit) { return unit >= std::numeric_limits<float>::min() && unit <= 1e6f; }

}  // namespace

bool ExampleMatcher::open(const Image& image) {
  const auto header = image.section<ExampleHeader>(Section::kMatchExampleHeader);
  singles_ = {image.section<uint16_t>(Section::kMatchExamplePages),
              image.section<uint32_t>(Section::kMatchExampleSingles)};
  slots_ = image.section<uint64_t>(Section::kMatchExampleSlots);
  rows_ = image.section<int8_t>(Section::kMatchExampleRows);
  intent_at_ = image.section<uint16_t>(Section::kMatchExamplePlaces);
  places_ = image.section<Range>(Section::kMatchExampleGroups);
  examples_ = image.section<ExampleRecord>(Section::kMatchExampleTexts);
  by_intent_ = image.section<Range>(Section::kMatchExampleIntents);
  image_ = &image;
  if (header.size() != 1 || header[0].groups > kMaxGroups) return false;
  intents_ = header[0].intents;
  groups_ = header[0].groups;
  group_unit_ = header[0].group_unit;
  intent_unit_ = header[0].intent_unit;
  if (!is_unit(group_unit_) || !is_unit(intent_unit_)) return false;
  if (intents_ >= UINT16_MAX || by_intent_.size() != intents_) return false;
  if (intent_at_.size() != intents_ || places_.size() != groups_) return false;
  for (const uint16_t intent : intent_at_) {
    if (intent >= intents_) return false;
  }
  uint64_t covered = 0;  // `explain` finds the group of every place
  for (const Range& group : places_) {
    if (group.first != covered) return false;
    if (group.count == 0 || group.first >= intents_) return false;
    if (group.count > intents_ - group.first) return false;
    covered += group.count;
  }
  if (covered != intents_) return false;
  place_of_.resize(intents_);
  for (uint32_t place = 0; place < intents_; ++place) place_of_[intent_at_[place]] = place;
  stride_ = groups_ < 2 ? 0 : (groups_ + kRowBlock - 1) / kRowBlock * kRowBlock;
  row_size_ = stride_ + uint32_t{sizeof(GramVoices)};
  if (header[0].row_size != row_size_ || header[0].slots_mask != slots_.size() - 1) return false;
  if (!check_rows()) return false;
  for (const Range& list : by_intent_) {
    if (list.first > examples_.size() || list.count > examples_.size() - list.first) return false;
  }
  return std::all_of(examples_.begin(), examples_.end(),
                     [&](const ExampleRecord& example) { return image.holds(example.text); });
}

bool ExampleMatcher::check_rows() const {
  if (!std::has_single_bit(slots_.size())) return false;
  const size_t rows = rows_.size() / row_size_;
  if (!singles_.check(rows + 1)) return false;
  size_t used = 0;
  for (const uint64_t slot : slots_) {
    used += slot != 0;
    if (slot != 0 && row_of(slot) >= rows) return false;
  }
  if (used >= slots_.size()) return false;     // look-ups end at a free place
  if (rows > 0 && groups_ == 0) return false;  // nothing that a gram could speak for
  for (uint32_t row = 0; row < rows; ++row) {
    const GramVoices& loud = voices(row);
    for (uint32_t i = 0; i < kMaxVoices; ++i) {
      if (loud.places[i] > intents_) return false;
    }
  }
  return true;
}

}  // namespace xiaoer::match
