#include "base/instant.hpp"

#include <chrono>
#include <cstdlib>

#include "base/ascii.hpp"

namespace xiaoer {
namespace {

constexpr int64_t kDaySeconds = 86400;
constexpr int32_t kDayMinutes = 1440;

// Reads fixed-width fields from the front of a text.
class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}
  bool number(size_t width, int32_t* out) {
    if (rest_.size() < width) return false;
    int32_t value = 0;
    for (size_t i = 0; i < width; ++i) {
      if (!ascii::is_digit(rest_[i])) return false;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(width);
    *out = value;
    return true;
  }
  bool literal(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // ".5", ".123456"; true also when there is none.
  bool fraction() {
    if (!literal('.')) return true;
    size_t digits = 0;
    while (digits < rest_.size() && ascii::is_digit(rest_[digits])) ++digits;
    rest_.remove_prefix(digits);
    return digits > 0;
  }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// "Z", "+08:00", "+0800".
bool read_offset(Fields* fields, int32_t* minutes) {
  if (fields->literal('Z')) {
    *minutes = 0;
    return true;
  }
  const bool negative = fields->literal('-');
  if (!negative && !fields->literal('+')) return false;
  int32_t hour = 0, minute = 0;
  if (!fields->number(2, &hour)) return false;
  fields->literal(':');
  if (!fields->number(2, &minute) || hour > 14 || minute > 59) return false;
  *minutes = (hour * 60 + minute) * (negative ? -1 : 1);
  return true;
}

// With zeros in front up to `width` digits.
void append_number(int64_t value, size_t width, std::string* out) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out->append(width - digits.size(), '0');
  out->append(digits);
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
  Fields fields(text);
  int32_t year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const bool date = fields.number(4, &year) && fields.literal('-') && fields.number(2, &month) &&
                    fields.literal('-') && fields.number(2, &day);
  if (!date || (!fields.literal('T') && !fields.literal(' '))) return std::nullopt;
  if (!fields.number(2, &hour) || !fields.literal(':') || !fields.number(2, &minute)) {
    return std::nullopt;
  }
  if (fields.literal(':') && (!fields.number(2, &second) || !fields.fraction())) {
    return std::nullopt;
  }
  Instant result;
  if (!read_offset(&fields, &result.offset_minutes) || !fields.done()) return std::nullopt;
  const std::chrono::year_month_day named(std::chrono::year(year),
                                          std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day)));
  if (year < 1970 || !named.ok()) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  result.seconds = std::chrono::sys_days(named).time_since_epoch().count() * kDaySeconds +
                   hour * 3600 + minute * 60 + second - int64_t{result.offset_minutes} * 60;
  return result;
}

std::optional<int32_t> parse_utc_offset(std::string_view text) {
  Fields fields(text);
  int32_t minutes = 0;
  if (!read_offset(&fields, &minutes) || !fields.done()) return std::nullopt;
  return minutes;
}

std::optional<int32_t> parse_clock(std::string_view text, bool allow_midnight) {
  Fields fields(text);
  int32_t hour = 0, minute = 0;
  const size_t width = text.find(':');
  if (width != 1 && width != 2) return std::nullopt;
  if (!fields.number(width, &hour) || !fields.literal(':') || !fields.number(2, &minute) ||
      !fields.done() || minute > 59) {
    return std::nullopt;
  }
  const int32_t result = hour * 60 + minute;
  if (result > kDayMinutes || (result == kDayMinutes && !allow_midnight)) return std::nullopt;
  return result;
}

std::optional<Hours> parse_hours(std::string_view text) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::optional<int32_t> from = parse_clock(text.substr(0, dash), false);
  const std::optional<int32_t> to = parse_clock(text.substr(dash + 1), true);
  if (!from || !to) return std::nullopt;
  return Hours{*from, *to};
}

bool within(Hours hours, int32_t minute) {
  if (hours.from == hours.to) return true;
  if (hours.from < hours.to) return hours.from <= minute && minute < hours.to;
  return minute >= hours.from || minute < hours.to;
}

LocalTime local_time(int64_t seconds, int32_t offset_minutes) {
  const std::chrono::sys_seconds local(
      std::chrono::seconds(seconds + int64_t{offset_minutes} * 60));
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  LocalTime result;
  result.day = day.time_since_epoch().count();
  result.year = static_cast<int32_t>(date.year());
  result.month = static_cast<int32_t>(static_cast<unsigned>(date.month()));
  result.day_of_month = static_cast<int32_t>(static_cast<unsigned>(date.day()));
  result.weekday = static_cast<int32_t>(std::chrono::weekday(day).iso_encoding());
  result.minute = static_cast<int32_t>((local - day).count() / 60);
  return result;
}

void append_instant(const Instant& instant, std::string* out) {
  const LocalTime time = local_time(instant.seconds, instant.offset_minutes);
  const int32_t offset = std::abs(instant.offset_minutes);
  append_number(time.year, 4, out);
  append_number(time.month, 2, &out->append("-"));
  append_number(time.day_of_month, 2, &out->append("-"));
  append_number(time.minute / 60, 2, &out->append("T"));
  append_number(time.minute % 60, 2, &out->append(":"));
  append_number(((instant.seconds % 60) + 60) % 60, 2, &out->append(":"));
  append_number(offset / 60, 2, &out->append(instant.offset_minutes < 0 ? "-" : "+"));
  append_number(offset % 60, 2, &out->append(":"));
}

void append_time(int64_t seconds, int32_t offset_minutes, const std::optional<Instant>& now,
                 std::string* out) {
  const LocalTime time = local_time(seconds, now ? now->offset_minutes : offset_minutes);
  bool named = false;
  if (now) {
    constexpr std::string_view kDays[] = {"昨天", "今天", "明天"};
    const LocalTime today = local_time(now->seconds, now->offset_minutes);
    const int64_t ahead = time.day - today.day;
    named = ahead >= -1 && ahead <= 1;
    if (named) out->append(kDays[ahead + 1]);
    if (!named && time.year != today.year) {
      append_number(time.year, 1, out);
      out->append("年");
    }
  }
  if (!named) {
    append_number(time.month, 1, out);
    out->append("月");
    append_number(time.day_of_month, 1, out);
    out->append("日 ");
  }
  append_number(time.minute / 60, 2, out);
  out->push_back(':');
  append_number(time.minute % 60, 2, out);
}

}  // namespace xiaoer
