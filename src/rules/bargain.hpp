#pragma once
// The vocabulary of bargaining: what a buyer asks for, what the shop does about it, and how a pack
// steers that. The ladder itself is in reply/bargain.hpp.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace xiaoer::rules {

// What an intent asks of the price: `bargain` of an intent.
enum class Ask : uint8_t {
  kNone,
  kPrice,        // a lower price, with or without a number
  kRoundOff,     // 抹零
  kQuantity,     // a price for several
  kChangePrice,  // 拍下改价
  kGift,         // the others ask for a benefit: none of them ever gets a cut
  kCoupon,
  kFreeShipping,
  kPerk,  // cash for reviews, price protection
};
inline constexpr bool may_cut(Ask ask) { return ask >= Ask::kPrice && ask <= Ask::kChangePrice; }

// What the shop does about it in this round.
enum class Move : uint8_t {
  kNone,
  kHold,  // explains what the price is for
  kGift,
  kCoupon,
  kFreeShipping,
  kBundle,    // what is missing to a reduction of the promotion
  kQuantity,  // a price for several
  kConcede,   // to the next authorised step
  kAccept,    // the buyer's own number
  kCounter,   // the next authorised step instead of the buyer's number
  kFirm,      // what was offered stands: there is no more room
  kHandoff,   // a person decides
};

// What edits to an unpaid order the platform allows.
enum class PriceEdit : uint8_t { kPostage, kPrice };

std::string_view name_of(Ask value);
std::string_view name_of(Move value);
std::span<const std::string_view> ask_names();
std::span<const std::string_view> move_names();
// Names of `settings.bargain.prefer`, and the moves that they stand for.
std::span<const std::string_view> preference_names();
std::span<const Move> preference_moves();
std::span<const std::string_view> price_edit_names();

inline constexpr size_t kPreferences = 7;

// Lies in the image as it is, hence no bool and no padding of its own.
struct BargainSettings {
  // In which order moves are tried; what is not listed is never done unasked.
  std::array<Move, kPreferences> prefer = {Move::kHold,         Move::kGift,   Move::kCoupon,
                                           Move::kFreeShipping, Move::kBundle, Move::kQuantity,
                                           Move::kConcede};
  PriceEdit edit = PriceEdit::kPrice;
  uint32_t prefer_count = kPreferences;
  uint32_t hold_rounds = 1;    // rounds before the first cut
  uint32_t max_steps = 3;      // cuts a conversation
  uint32_t handoff_after = 2;  // rounds that a buyer insists on what cannot be
  uint8_t accept_named = 1;    // a named price within the next step may be taken up
  uint8_t auto_price = 0;      // a cut may go out by itself where all else allows it
  uint8_t padding[2] = {};
};

}  // namespace xiaoer::rules
