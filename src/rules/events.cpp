#include "rules/events.hpp"

#include <iterator>

namespace xiaoer::rules {
namespace {

constexpr std::string_view kEvents[] = {"none",
                                        "buyer_joined",
                                        "buyer_waiting",
                                        "order_placed",
                                        "order_unpaid",
                                        "order_paid",
                                        "order_shipped",
                                        "order_delivered",
                                        "order_closed",
                                        "follow_up",
                                        "promotion_ending",
                                        "review_good",
                                        "review_middling",
                                        "review_bad",
                                        "person_left"};
static_assert(std::size(kEvents) == kEventCount);

}  // namespace

std::span<const std::string_view> event_names() { return kEvents; }

std::string_view name_of(Event value) { return kEvents[static_cast<size_t>(value)]; }

std::optional<Event> find_event(std::string_view name) {
  for (size_t i = 1; i < std::size(kEvents); ++i) {
    if (kEvents[i] == name) return static_cast<Event>(i);
  }
  return std::nullopt;
}

}  // namespace xiaoer::rules
