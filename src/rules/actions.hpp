#pragma once
// What a client may be asked to do in the shop's systems.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace xiaoer::rules {

enum class Action : uint8_t {
  kRemark,  // a note on the order
  kChangePrice,
  kChangePostage,
  kChangeAddress,
  kChangeItem,
  kCancel,
  kIntercept,
  kCoupon,
  kRefund,
  kReturn,  // register a return
  kExchange,
  kResend,
  kInvoice,
  kCallback,
  kEnd
};
inline constexpr size_t kActions = static_cast<size_t>(Action::kEnd);

// "change_address"
std::string_view name_of(Action value);
std::optional<Action> find_action(std::string_view name);
std::span<const std::string_view> action_names();

// Whether no pack may let a program do it alone: it moves money or goods.
constexpr bool needs_person(Action value) {
  return value != Action::kRemark && value != Action::kInvoice && value != Action::kCallback;
}

}  // namespace xiaoer::rules
