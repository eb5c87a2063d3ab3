#pragma once
// Values as a buyer reads them. What comes in is data: it is cleaned, never parsed again.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "reply/facts.hpp"
#include "rules/facts.hpp"

namespace xiaoer::reply {

// Longest value in characters.
inline constexpr uint32_t kMaxValueChars = 200;

// Appends `text` with control characters and line breaks as spaces and without invisible and
// bidirectional controls. False: longer than kMaxValueChars; `out` then ends with a part of it.
bool append_clean(std::string_view text, std::string* out);

// Appends a fact as `type` says. Personal facts go through append_masked instead.
bool append_value(const FactValue& value, rules::FactType type, const std::optional<Instant>& now,
                  std::string* out);

enum class Mask : uint8_t { kName, kPhone, kAddress };
Mask mask_of(rules::FactId personal);  // of a personal fact
// 张* , 138****1234, 浙江省杭州市余杭区*** : never the whole value.
bool append_masked(std::string_view text, Mask mask, std::string* out);

}  // namespace xiaoer::reply
