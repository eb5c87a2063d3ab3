#pragma once
// Internal: times as packs write them.

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace xiaoer::rules {

// "2026-11-11T00:00:00+08:00", "...Z"; seconds may be missing or have a fraction. Seconds since the
// epoch.
std::optional<int64_t> read_instant(std::string_view text);
// "16:00" to minutes of the day, 0 to 1440.
std::optional<int32_t> read_clock(std::string_view text);
// "09:00-18:00"; the end may be before the beginning (past midnight), not the same.
std::optional<std::pair<int32_t, int32_t>> read_hours(std::string_view text);

}  // namespace xiaoer::rules
