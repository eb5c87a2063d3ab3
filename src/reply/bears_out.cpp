#include "reply/bears_out.hpp"

namespace xiaoer::reply {
namespace {

constexpr int64_t kDaysOfMonth = 30;

// Lengths of time in hours; -1: of months or of none.
int64_t hours_of(Measure measure) {
  switch (measure) {
    case Measure::kHours:
      return 1;
    case Measure::kDays:
      return 24;
    case Measure::kWeeks:
      return 24 * 7;
    case Measure::kMonths:
      return 24 * kDaysOfMonth;
    case Measure::kYears:
      return 24 * kDaysOfMonth * 12;
    default:
      return -1;
  }
}

bool same_duration(const Figure& said, const Source& source) {
  constexpr int64_t kMonthsOfYear = 12;
  const auto months = [](Measure measure) -> int64_t {
    if (measure == Measure::kMonths) return 1;
    return measure == Measure::kYears ? kMonthsOfYear : -1;
  };
  constexpr int64_t kDaysOfYear = 365;
  const auto equal = [&](int64_t a, int64_t b) {
    return a > 0 && b > 0 && said.value.milli * a == source.value.milli * b;
  };
  return said.value.milli <= Decimal::of(100'000).milli &&
         source.value.milli <= Decimal::of(100'000).milli &&
         (equal(months(said.measure), months(source.measure)) ||
          equal(hours_of(said.measure), hours_of(source.measure)) ||
          (said.measure == Measure::kYears && equal(24 * kDaysOfYear, hours_of(source.measure))));
}

bool same_date(const Figure& said, const Source& source) {
  const bool month = said.value.milli == 0 || said.value == source.value;
  const bool day = said.other.milli == 0 || said.other == source.other;
  return month && day;
}

// 23:59 is 24点.
bool same_clock(const Figure& said, const Source& source) {
  constexpr Decimal kMidnight = Decimal::of(24 * 60);
  const bool late = source.value + Decimal::of(1) == kMidnight;
  if (said.value == source.value || (late && said.value == kMidnight)) return true;
  return said.other.milli > 0 && said.value + Decimal::of(720) == source.value;
}

// 200多 of 236, 一千多 of 1200.
bool about(const Figure& said, const Source& source) {
  if (!said.approximate || source.value < said.value) return false;
  int64_t unit = 1000;
  while (said.value.milli % (unit * 10) == 0 && said.value.milli / unit >= 10) unit *= 10;
  return source.value.milli < said.value.milli + unit;
}

}  // namespace

bool is_open(Role role) {
  return role == Role::kNone || role == Role::kTrait || role == Role::kUse;
}

bool speaks_of(Role said, Role known) {
  if (is_open(said) || is_open(known) || said == known) return true;
  if (said == Role::kCampaign) return known == Role::kPromotion || known == Role::kStart;
  if (said == Role::kShipping) return known == Role::kCutoff;
  return said == Role::kCutoff && (known == Role::kShipping || known == Role::kPromotion);
}

bool same_value(const Figure& said, const Source& source) {
  if (source.any) return said.value == source.value;
  switch (said.measure) {
    case Measure::kHours:
    case Measure::kDays:
    case Measure::kWeeks:
    case Measure::kMonths:
    case Measure::kYears:
      return same_duration(said, source);
    default:
      break;
  }
  if (said.measure != source.measure) return false;
  switch (said.measure) {
    case Measure::kDate:
      return same_date(said, source);
    case Measure::kClock:
      return same_clock(said, source);
    case Measure::kCount:
      return said.value == source.value || about(said, source);
    case Measure::kNamed:
      return said.value == source.value && said.unit_key == source.unit_key;
    default:
      return said.value == source.value;
  }
}

}  // namespace xiaoer::reply
