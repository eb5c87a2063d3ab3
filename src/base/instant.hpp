#pragma once
// Points in time as packs and facts write them, and as buyers read them. No clock: the caller says
// what time it is.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace xiaoer {

// Seconds since the epoch and the offset of an ISO 8601 time with offset
// ("2026-11-21T10:00:00+08:00", "Z").
struct Instant {
  int64_t seconds = 0;
  int32_t offset_minutes = 0;
};
// Nothing for other text. Seconds may be missing or have a fraction (which is dropped).
std::optional<Instant> parse_instant(std::string_view text);
// The reverse: appends "2026-11-22T16:00:00+08:00".
void append_instant(const Instant& instant, std::string* out);

// "+08:00", "+0800" or "Z" as minutes.
std::optional<int32_t> parse_utc_offset(std::string_view text);

// "16:00" as minutes of the day; "24:00" only where `allow_midnight`. Hours may have one digit.
std::optional<int32_t> parse_clock(std::string_view text, bool allow_midnight);
// "09:00-23:00"; the end may lie after midnight ("18:00-02:00") or be "24:00".
struct Hours {
  int32_t from = 0;
  int32_t to = 0;
};
std::optional<Hours> parse_hours(std::string_view text);
// Whether `minute` of the day lies in [from, to); from > to spans midnight, from == to is the whole
// day.
bool within(Hours hours, int32_t minute);

// A time in a wall clock's terms.
struct LocalTime {
  int64_t day = 0;  // days since the epoch
  int32_t year = 0, month = 0, day_of_month = 0;
  int32_t weekday = 0;  // 1 Monday .. 7 Sunday
  int32_t minute = 0;   // of the day
};
LocalTime local_time(int64_t seconds, int32_t offset_minutes);

// Appends the time as Chinese text: "今天16:00", "明天09:30", "11月25日 23:59", "2027年1月3日
// 08:00" in another year. With `now` in its offset, otherwise in the time's own, and then never
// "today".
void append_time(int64_t seconds, int32_t offset_minutes, const std::optional<Instant>& now,
                 std::string* out);

}  // namespace xiaoer
