// Hours and parts of the day, alone (20:00, 晚上8点) or behind a day (后天下午, 周五晚8点).

#include "entities/scanner.hpp"

namespace xiaoer::entities {
namespace {

int64_t hour_of_day(int64_t hour, const DateWord* part) {
  if (part == nullptr) return hour;
  switch (part->kind) {
    case DateWordKind::kNoon:
      return hour < 6 ? hour + 12 : hour;
    case DateWordKind::kAfternoon:
      return hour < 12 ? hour + 12 : hour;
    case DateWordKind::kEvening:
      return hour >= 1 && hour <= 12 ? hour + 12 : hour;
    case DateWordKind::kNight:
      return hour == 12 ? 0 : hour;
    default:
      return hour;
  }
}

// 早8点, 晚8点: a single character for the part of the day, unless it is 最早, 最晚.
constexpr DateWord kEarly = {U"早", U"早上", DateWordKind::kMorning};
constexpr DateWord kLate = {U"晚", U"晚上", DateWordKind::kEvening};

const DateWord* short_part(char32_t c) {
  return c == U'早' ? &kEarly : c == U'晚' ? &kLate : nullptr;
}

bool is_part_of_day(const DateWord* word) {
  return word != nullptr && word->kind != DateWordKind::kDay &&
         word->kind != DateWordKind::kMonth && word->day.empty();
}

}  // namespace

std::optional<Scanner::Clock> Scanner::read_clock(const Amount& amount,
                                                  const DateWord* part) const {
  if (!amount.is_integer_between(0, 24) || chars_.any_before(amount.begin, U"第几.")) return {};
  Clock clock;
  clock.hour = hour_of_day(amount.units(), part);
  const char32_t mark = chars_[amount.end];
  if (amount.plain && mark == U':') {
    clock.end = read_colon_minutes(amount.end, &clock.minute);
  } else if (mark == U'点') {
    // 一点 is "a little" and 两点 "two remarks" unless the words around say otherwise.
    const bool named = part != nullptr && part->word.size() > 1;  // but 晚一点 is "a little later"
    const bool little = amount.chinese && amount.is_between(1, 2) && !named &&
                        (amount.is_between(1, 1) || chars_.any_before(amount.begin, U"有这那"));
    if (chars_.any(amount.end + 1, U"建意疑要问几数赞击评心名菜儿")) return {};
    if (little && !chars_.any(amount.end + 1, U"半钟多前之左整")) return {};
    clock.end = read_minutes(amount.end + 1, &clock.minute);
  } else if (mark == U'时' && !chars_.any(amount.end + 1, U"候间尚常装代光差速效段刻长不")) {
    clock.end = read_minutes(amount.end + 1, &clock.minute);
  }
  if (clock.end == 0) return {};
  return clock;
}

// 8:30, 11:22:37; the seconds are passed by. 0: no minutes.
uint32_t Scanner::read_colon_minutes(uint32_t at, int64_t* minutes) const {
  const auto two_digits = [this](uint32_t from) {
    return chars_.is(from, text::kDigit) && chars_.is(from + 1, text::kDigit) &&
           !chars_.is(from + 2, text::kDigit) && chars_[from] < U'6';
  };
  if (!two_digits(at + 1)) return 0;
  const auto digit = [this](uint32_t from) { return static_cast<int64_t>(chars_[from] - U'0'); };
  *minutes = digit(at + 1) * 10 + digit(at + 2);
  const uint32_t end = at + 3;
  return chars_[end] == U':' && two_digits(end + 1) ? end + 3 : end;
}

uint32_t Scanner::read_minutes(uint32_t at, int64_t* minutes) const {
  if (chars_[at] == U'半') {
    *minutes = 30;
    return at + 1;
  }
  if (chars_.has(at, U"一刻") || chars_.has(at, U"三刻")) {
    *minutes = chars_[at] == U'一' ? 15 : 45;
    return at + 2;
  }
  if (chars_.any(at, U"钟整")) return at + 1;
  const auto amount = read_amount(chars_, at);
  if (!amount || !amount->is_integer_between(0, 59)) return at;
  const bool marked = chars_[amount->end] == U'分';
  const bool two_places = amount->chinese ? amount->is_between(10, 59) : amount->end - at == 2;
  const bool other = find_unit(chars_, amount->end) != nullptr ||
                     find_currency(chars_, amount->end) != nullptr ||
                     chars_.any(amount->end, U"折号月日天点%");
  if (!marked && (!two_places || other)) return at;
  *minutes = amount->units();
  return amount->end + marked;
}

void Scanner::put_clock(const Clock& clock) {
  put_two_digits(clock.hour);
  put(":");
  put_two_digits(clock.minute);
}

uint32_t Scanner::scan_clock(const Amount& amount) {
  const DateWord* part = short_part(chars_.before(amount.begin));
  if (part != nullptr && amount.begin >= 2 && chars_.any(amount.begin - 2, U"最更尽")) {
    part = nullptr;  // 最晚8点
  }
  const auto clock = read_clock(amount, part);
  if (!clock) return 0;
  if (start(rules::kDate, {amount.begin - (part != nullptr), clock->end})) {
    put_clock(*clock);
    finish();
  }
  return clock->end;
}

uint32_t Scanner::scan_part_of_day(uint32_t at, const DateWord& word) {
  const uint32_t end = at + static_cast<uint32_t>(word.word.size());
  const auto amount = read_amount(chars_, end + (chars_[end] == U'的'));
  const auto clock = amount ? read_clock(*amount, &word) : std::nullopt;
  if (!start(rules::kDate, {at, clock ? clock->end : end})) return end;
  put(clock ? word.day : word.value);
  if (clock) put_clock(*clock);
  finish();
  return clock ? clock->end : end;
}

uint32_t Scanner::extend_day(uint32_t end) {
  uint32_t at = end + (chars_[end] == U'的' || chars_[end] == U' ');
  const DateWord* part = may_begin_date(chars_, at) ? find_date_word(chars_, at) : nullptr;
  if (is_part_of_day(part)) {
    at += static_cast<uint32_t>(part->word.size());
  } else {
    part = short_part(chars_[at]);
    at += part != nullptr;
  }
  const auto amount = read_amount(chars_, at + (chars_[at] == U'的'));
  if (const auto clock = amount ? read_clock(*amount, part) : std::nullopt) {
    put_clock(*clock);
    extend_last(clock->end);
    return clock->end;
  }
  if (part == nullptr || part->word.size() == 1) return end;
  put(part->value);
  extend_last(at);
  return at;
}

}  // namespace xiaoer::entities
