#pragma once
// The vocabulary of facts: what a shop may tell the engine with a call, and by which Chinese name
// packs use it. rules/facts.schema.json is the same list for editors; a test compares the two.

#include <cstdint>
#include <span>
#include <string_view>

namespace xiaoer::rules {

enum class FactType : uint8_t {
  kText,
  kAmount,  // yuan
  kInteger,
  kBool,
  kTime,      // ISO 8601 with offset
  kClock,     // "16:00"
  kHours,     // "09:00-23:00"
  kTextList,  // ["..."]
};

// What a number stands for: the price guard treats each differently (design, section 7.2).
enum class FactRole : uint8_t {
  kPlain,
  kItemPrice,  // never below the floor
  kListPrice,
  kFee,
  kThreshold,
  kReduction,
  kOrderAmount,
  kStock,
  kSales,
  kDuration,
  kDate,
  kPersonal,  // receiver's data: only to the verified buyer of that order, masked
  kSecret,    // floor, ladder, scarcity threshold: steers, is never rendered
};

// Index into facts(); built-in facts first, then those a pack declares.
using FactId = uint16_t;
inline constexpr FactId kNoFact = 0xFFFF;

struct FactDef {
  std::string_view path;  // "product.price"
  std::string_view name;  // "价格"
  FactType type;
  FactRole role;
  std::string_view unit;  // what the number counts, for docs: "元", "小时", ""
};

// Whether the engine computes the fact at this path, so that nobody supplies it.
bool is_computed(std::string_view path);

// Built-in facts in FactId order.
std::span<const FactDef> facts();
// By Chinese name or by path; kNoFact when unknown.
FactId find_fact(std::string_view name_or_path);

enum class OrderState : uint8_t { kNone, kPlaced, kPaid, kShipped, kReceived, kSuccess, kClosed };
enum class Stage : uint8_t {
  kNone,
  kGreeting,
  kConsultation,
  kRecommendation,
  kObjection,
  kClosing,
  kConfirmation,
  kFarewell,
  kShipping,
  kAfterSales,
};
enum class Technique : uint8_t {
  kNone,
  kScarcity,
  kDeadline,
  kFastDelivery,
  kEitherOr,
  kHelpChoose,
  kCounterQuestion,
  kRecommend,
  kCrossSell,
  // The five manners of persuasion: worded and offered like techniques, but they push nobody.
  kYield,
  kSympathy,
  kLowerGuard,
  kInterest,
  kAgreement,
};
inline constexpr bool is_manner(Technique value) { return value >= Technique::kYield; }
enum class Policy : uint8_t { kAuto, kSuggest, kHandoff };
enum class Objection : uint8_t { kNone, kDoubt, kMisunderstanding, kDrawback, kComplaint };
enum class Route : uint8_t { kPresales, kAftersales, kComplaints, kFinance };

// What a shop may ask a buyer for. A set of them is bits 1 << Requested.
enum class Requested : uint8_t {
  kOrderNumber,
  kPicture,
  kPhone,
  kAddress,
  kReceiver,
  kRegion,
  kQuantity,
  kSize,
  kColour,
  kItem,
  kMeasures,  // of the body: height and weight, or the foot
};
inline constexpr uint32_t bit_of(Requested value) { return 1u << static_cast<uint32_t>(value); }
inline constexpr uint32_t kAllRequested = (bit_of(Requested::kMeasures) << 1) - 1;

// Names as written in packs and results: "placed", "after_sales", "fast_delivery", ...
std::string_view name_of(OrderState value);
std::string_view name_of(Stage value);
std::string_view name_of(Technique value);
std::string_view name_of(Policy value);
std::string_view name_of(Objection value);
std::string_view name_of(Route value);
// All names of one vocabulary in the order of its values (for "did you mean" and for parsing).
std::span<const std::string_view> order_state_names();
std::span<const std::string_view> stage_names();
std::span<const std::string_view> technique_names();  // without the manners
std::span<const std::string_view> manner_names();     // the first is that of kYield
std::span<const std::string_view> policy_names();
std::span<const std::string_view> objection_names();
std::span<const std::string_view> route_names();
std::span<const std::string_view> requested_names();

}  // namespace xiaoer::rules
