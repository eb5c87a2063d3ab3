#include "rules/buyer.hpp"

namespace xiaoer::rules {
namespace {

constexpr std::string_view kEmotions[] = {"calm", "anxious", "annoyed", "angry", "abusive"};
constexpr std::string_view kTraitNames[kTraits] = {
    "rigid",    "warm",        "patient", "frank", "overbearing", "hesitant", "face_conscious",
    "business", "calculation", "status",  "fear",  "curiosity",   "self_love"};
constexpr std::string_view kMajors[] = {
    "safety", "authority", "law", "media", "threat", "compensation", "large_customer", "repeated"};
constexpr auto kFirstPsychology = static_cast<size_t>(Trait::kCalculation);

}  // namespace

std::string_view name_of(Emotion value) { return kEmotions[static_cast<size_t>(value)]; }
std::string_view name_of(Trait value) { return kTraitNames[static_cast<size_t>(value)]; }
std::string_view name_of(Major value) { return kMajors[static_cast<size_t>(value)]; }

std::span<const std::string_view> emotion_names() { return kEmotions; }
std::span<const std::string_view> trait_names() { return kTraitNames; }
std::span<const std::string_view> type_names() {
  return std::span(kTraitNames).first(kFirstPsychology);
}
std::span<const std::string_view> psychology_names() {
  return std::span(kTraitNames).subspan(kFirstPsychology);
}
std::span<const std::string_view> major_names() { return kMajors; }

}  // namespace xiaoer::rules
