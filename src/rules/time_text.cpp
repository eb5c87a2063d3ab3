#include "rules/time_text.hpp"

namespace xiaoer::rules {
namespace {

// Takes exactly `digits` digits off the front.
std::optional<int32_t> take_number(std::string_view* text, size_t digits) {
  if (text->size() < digits) return std::nullopt;
  int32_t number = 0;
  for (size_t i = 0; i < digits; ++i) {
    const char c = (*text)[i];
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  text->remove_prefix(digits);
  return number;
}

bool take(std::string_view* text, char wanted) {
  if (text->empty() || text->front() != wanted) return false;
  text->remove_prefix(1);
  return true;
}

bool is_leap(int32_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int32_t days_in(int32_t year, int32_t month) {
  constexpr int32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

// Days since 1970-01-01 in the Gregorian calendar; years from 1970 on.
int64_t days_since_epoch(int32_t year, int32_t month, int32_t day) {
  const int64_t before = year - 1;
  int64_t days = before * 365 + before / 4 - before / 100 + before / 400 - 719162;
  for (int32_t m = 1; m < month; ++m) days += days_in(year, m);
  return days + day - 1;
}

std::optional<int64_t> take_date(std::string_view* text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day || *year < 1970 || *month < 1 || *month > 12 || *day < 1 ||
      *day > days_in(*year, *month)) {
    return std::nullopt;
  }
  return days_since_epoch(*year, *month, *day);
}

// Seconds of the day.
std::optional<int32_t> take_time(std::string_view* text) {
  const auto hour = take_number(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  int32_t second = 0;
  if (take(text, ':')) {
    const auto read = take_number(text, 2);
    if (!read || *read > 59) return std::nullopt;
    second = *read;
    if (take(text, '.')) {
      if (!take_number(text, 1)) return std::nullopt;
      while (take_number(text, 1)) continue;
    }
  }
  return *hour * 3600 + *minute * 60 + second;
}

// Seconds east of Greenwich.
std::optional<int32_t> take_offset(std::string_view* text) {
  if (take(text, 'Z')) return 0;
  const bool west = take(text, '-');
  if (!west && !take(text, '+')) return std::nullopt;
  const auto hour = take_number(text, 2);
  if (!hour) return std::nullopt;
  take(text, ':');
  const auto minute = take_number(text, 2);
  if (!minute || *hour > 14 || *minute > 59) return std::nullopt;
  const int32_t seconds = *hour * 3600 + *minute * 60;
  return west ? -seconds : seconds;
}

}  // namespace

std::optional<int64_t> read_instant(std::string_view text) {
  const auto days = take_date(&text);
  if (!days || !take(&text, 'T')) return std::nullopt;
  const auto seconds = take_time(&text);
  if (!seconds) return std::nullopt;
  const auto offset = take_offset(&text);
  if (!offset || !text.empty()) return std::nullopt;
  return *days * 86400 + *seconds - *offset;
}

std::optional<int32_t> read_clock(std::string_view text) {
  const auto hour = take_number(&text, 2);
  if (!hour || !take(&text, ':')) return std::nullopt;
  const auto minute = take_number(&text, 2);
  if (!minute || !text.empty() || *minute > 59) return std::nullopt;
  const int32_t minutes = *hour * 60 + *minute;
  if (minutes > 24 * 60) return std::nullopt;
  return minutes;
}

std::optional<std::pair<int32_t, int32_t>> read_hours(std::string_view text) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto from = read_clock(text.substr(0, dash));
  const auto to = read_clock(text.substr(dash + 1));
  if (!from || !to || *from == *to) return std::nullopt;
  return std::pair(*from, *to);
}

}  // namespace xiaoer::rules
