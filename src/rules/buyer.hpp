#pragma once
// The vocabulary of what a buyer shows of himself: his mood, what kind of buyer he is, what moves
// him, and what makes a complaint a major one. Evidence for the shop; no text ever says any of it.

#include <cstdint>
#include <span>
#include <string_view>

namespace xiaoer::rules {

enum class Emotion : uint8_t { kCalm, kAnxious, kAnnoyed, kAngry, kAbusive };

// Kinds of buyers, then what moves them.
enum class Trait : uint8_t {
  kRigid,  // prepared, exact
  kWarm,
  kPatient,  // asks every detail
  kFrank,    // decides fast
  kOverbearing,
  kHesitant,
  kFaceConscious,
  kBusiness,
  kCalculation,  // wants a bargain
  kStatus,       // wants respect
  kFear,         // wants to be sure
  kCuriosity,
  kSelfLove,  // likes to be agreed with
  kEnd
};
inline constexpr size_t kTraits = static_cast<size_t>(Trait::kEnd);
inline constexpr bool is_psychology(Trait trait) { return trait >= Trait::kCalculation; }

// Who complains, how intensely, and what is asked.
enum class Major : uint8_t {
  kSafety,  // health, fire
  kAuthority,
  kLaw,
  kMedia,
  kThreat,  // to report, to expose
  kCompensation,
  kLargeCustomer,
  kRepeated,
};

// Names as written in packs and results: "angry", "face_conscious", "safety".
std::string_view name_of(Emotion value);
std::string_view name_of(Trait value);
std::string_view name_of(Major value);
std::span<const std::string_view> emotion_names();
std::span<const std::string_view> trait_names();
std::span<const std::string_view> type_names();        // the traits that are kinds of buyers
std::span<const std::string_view> psychology_names();  // the others; the first is kCalculation
std::span<const std::string_view> major_names();

}  // namespace xiaoer::rules
