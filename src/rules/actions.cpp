#include "rules/actions.hpp"

#include <algorithm>

namespace xiaoer::rules {
namespace {

constexpr std::string_view kNames[kActions] = {
    "remark",   "change_price", "change_postage", "change_address", "change_item",
    "cancel",   "intercept",    "coupon",         "refund",         "return",
    "exchange", "resend",       "invoice",        "callback"};

}  // namespace

std::string_view name_of(Action value) { return kNames[static_cast<size_t>(value)]; }
std::optional<Action> find_action(std::string_view name) {
  const auto found = std::find(std::begin(kNames), std::end(kNames), name);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<Action>(found - std::begin(kNames));
}

std::span<const std::string_view> action_names() { return kNames; }

}  // namespace xiaoer::rules
