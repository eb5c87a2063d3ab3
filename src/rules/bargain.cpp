#include "rules/bargain.hpp"

namespace xiaoer::rules {
namespace {

constexpr std::string_view kAsks[] = {"none", "price",  "round_off",     "quantity", "change_price",
                                      "gift", "coupon", "free_shipping", "perk"};
constexpr std::string_view kMoves[] = {"none",          "hold",    "gift",     "coupon",
                                       "free_shipping", "bundle",  "quantity", "concede",
                                       "accept",        "counter", "firm",     "handoff"};
constexpr std::string_view kPreferenceNames[] = {"explain", "gift",     "coupon", "free_shipping",
                                                 "bundle",  "quantity", "price"};
constexpr Move kPreferenceMoves[] = {Move::kHold,         Move::kGift,   Move::kCoupon,
                                     Move::kFreeShipping, Move::kBundle, Move::kQuantity,
                                     Move::kConcede};
static_assert(std::size(kPreferenceNames) == kPreferences &&
              std::size(kPreferenceMoves) == kPreferences);
constexpr std::string_view kEdits[] = {"postage", "price"};

}  // namespace

std::string_view name_of(Ask value) { return kAsks[static_cast<size_t>(value)]; }
std::string_view name_of(Move value) { return kMoves[static_cast<size_t>(value)]; }
std::span<const std::string_view> ask_names() { return kAsks; }
std::span<const std::string_view> move_names() { return kMoves; }
std::span<const std::string_view> preference_names() { return kPreferenceNames; }
std::span<const Move> preference_moves() { return kPreferenceMoves; }
std::span<const std::string_view> price_edit_names() { return kEdits; }

}  // namespace xiaoer::rules
