#pragma once
// The vocabulary of events: what may happen in a shop beside a buyer's message. A client tells one
// by its name; an intent of the pack answers it.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace xiaoer::rules {

enum class Event : uint8_t {
  kNone,
  kBuyerJoined,   // the chat was opened: first contact
  kBuyerWaiting,  // the buyer wrote, and nobody has answered for a while
  kOrderPlaced,
  kOrderUnpaid,  // still unpaid; a reminder
  kOrderPaid,    // the order is confirmed with the buyer
  kOrderShipped,
  kOrderDelivered,
  kOrderClosed,
  kFollowUp,         // some time after delivery
  kPromotionEnding,  // a push: costs one of the budget
  kReviewGood,
  kReviewMiddling,
  kReviewBad,
  kPersonLeft,  // gives the conversation back to the engine
};

// Names as written in packs and requests: "order_unpaid", ...; the first, "none", is for neither.
std::span<const std::string_view> event_names();
std::string_view name_of(Event value);
// Nothing when the name is unknown.
std::optional<Event> find_event(std::string_view name);

inline constexpr size_t kEventCount = static_cast<size_t>(Event::kPersonLeft) + 1;

}  // namespace xiaoer::rules
