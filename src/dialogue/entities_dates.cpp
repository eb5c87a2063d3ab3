// Days, months, hours and shopping festivals, as the buyer said them. The normal form is not
// resolved against a calendar: 明天 stays 明天, because the engine has no clock of its own.

#include "dialogue/entities_scan.hpp"

namespace xiaoer::dialogue {
namespace {

struct Small {
  int64_t value = -1;  // -1: no number
  uint32_t end = 0;
};

// One or two digits, or four when `year`, with no further digit behind.
Small read_digits(const Chars& chars, uint32_t at, bool year) {
  Small result = {0, at};
  while (chars.is(result.end, text::kDigit) && result.end - at < 5) {
    result.value = result.value * 10 + static_cast<int64_t>(chars[result.end++] - U'0');
  }
  const uint32_t count = result.end - at;
  if (year ? count != 4 : count == 0 || count > 2) result.value = -1;
  return result;
}

bool is_month(int64_t value) { return value >= 1 && value <= 12; }
bool is_day(int64_t value) { return value >= 1 && value <= 31; }
bool is_year(int64_t value) { return value >= 1900 && value <= 2100; }

// 号 or 日 as a day of the month at `at`: not 1号链接, 3号色, 100日元.
bool is_day_mark(const Chars& chars, uint32_t at) {
  if (chars[at] == U'号') return !chars.any(at + 1, U"链色楼线店仓机门院款码桌");
  return chars[at] == U'日' && !chars.any(at + 1, U"元本式用常子系");
}

// One of `words` at `at`: its length, 0 for none. Longer words come first.
uint32_t match_any(const Chars& chars, uint32_t at,
                   std::initializer_list<std::u32string_view> words) {
  for (const std::u32string_view word : words) {
    if (chars.has(at, word)) return static_cast<uint32_t>(word.size());
  }
  return 0;
}

struct DurationWord {
  std::u32string_view word;
  CharSet not_before = {};
};
constexpr DurationWord kDurations[] = {
    {U"天", U"猫下平"},
    {U"个工作日"},
    {U"工作日"},
    {U"小时"},
    {U"个小时"},
    {U"个钟头"},
    {U"分钟"},
    {U"秒"},
    {U"秒钟"},
    {U"星期", U"一二三四五六日天"},
    {U"个星期"},
    {U"礼拜"},
    {U"个礼拜"},
    {U"周", U"岁年边到"},
    {U"个月"},
    {U"个多月"},
    {U"年", U"货糕级轻"},
    {U"多天"},
    {U"多年"},
    {U"来天"},
};

constexpr auto kDurationIndex = make_word_index(kDurations);

struct Suffix {
  std::u32string_view word;
  std::u32string_view normal;
  CharSet not_before = {};
};
constexpr Suffix kSuffixes[] = {
    {U"以后", U"后", U""}, {U"之后", U"后", U""}, {U"后", U"后", U"面期悔"},
    {U"以内", U"内", U""}, {U"之内", U"内", U""}, {U"内", U"内", U"蒙衣裤部"},
    {U"以前", U"前", U""}, {U"之前", U"前", U""}, {U"前", U"前", U"台面"},
};

int64_t hour_of_day(int64_t hour, const DateWord* part) {
  if (part == nullptr) return hour;
  switch (part->kind) {
    case DateWordKind::kNoon:
      return hour < 6 ? hour + 12 : hour;
    case DateWordKind::kAfternoon:
      return hour < 12 ? hour + 12 : hour;
    case DateWordKind::kEvening:
      return hour <= 12 ? hour + 12 : hour;
    case DateWordKind::kNight:
      return hour == 12 ? 0 : hour;
    default:
      return hour;
  }
}

// 早8点, 晚8点: a single character for the part of the day, unless it is 最早, 最晚.
constexpr DateWord kEarly = {U"早", U"早上", DateWordKind::kMorning};
constexpr DateWord kLate = {U"晚", U"晚上", DateWordKind::kEvening};

const DateWord* part_before(const Chars& chars, uint32_t at) {
  if (at >= 2 && chars.any(at - 2, U"最更尽")) return nullptr;
  if (chars.before(at) == U'早') return &kEarly;
  if (chars.before(at) == U'晚') return &kLate;
  return nullptr;
}

}  // namespace

uint32_t Scanner::scan_date_word(uint32_t at) {
  const DateWord* word = find_date_word(chars_, at);
  if (word == nullptr) return scan_weekday(at);
  uint32_t end = at + static_cast<uint32_t>(word->word.size());
  if (word->kind == DateWordKind::kMonth) {
    const bool part = chars_.any(end, U"初中底末");
    if (start(rules::kDate, {at, end + part})) {
      put(word->value);
      if (part) put(chars_[end] == U'末' ? U"底" : chars_.slice(end, end + 1));
      finish();
    }
    return end + part;
  }
  if (word->kind != DateWordKind::kDay) {
    const uint32_t hour = end + (chars_[end] == U'的');
    if (const auto amount = read_amount(chars_, hour)) {
      if (const uint32_t clock = scan_clock(*amount, at, word)) return clock;
    }
  }
  if (start(rules::kDate, {at, end})) {
    put(word->value);
    finish();
  }
  return end;
}

uint32_t Scanner::scan_weekday(uint32_t at) {
  struct Prefix {
    std::u32string_view word;
    std::string_view value;
  };
  constexpr Prefix kPrefixes[] = {
      {U"下下", "下下"}, {U"下", "下"}, {U"上", "上"}, {U"这", "本"}, {U"本", "本"}};
  uint32_t end = at;
  std::string_view prefix;
  for (const Prefix& candidate : kPrefixes) {
    if (!chars_.has(at, candidate.word)) continue;
    prefix = candidate.value;
    end += static_cast<uint32_t>(candidate.word.size());
    if (chars_[end] == U'个') ++end;
    break;
  }
  const uint32_t week = match_any(chars_, end, {U"星期", U"礼拜", U"周"});
  if (week == 0) return 0;
  end += week;
  constexpr std::u32string_view kDays = U"一二三四五六日天末1234567";
  constexpr std::string_view kNames[] = {"一", "二", "三", "四", "五", "六", "日", "日",
                                         "末", "一", "二", "三", "四", "五", "六", "日"};
  const size_t day = chars_[end] == U'\0' ? kDays.npos : kDays.find(chars_[end]);
  const bool has_day = day != kDays.npos && !chars_.is(end + 1, text::kDigit);
  if (!has_day && (prefix.empty() || chars_.any(end, U"年岁边围到期刊"))) return 0;
  if (has_day) ++end;
  if (start(rules::kDate, {at, end})) {
    put(prefix);
    put("周");
    if (has_day) put(kNames[day]);
    finish();
  }
  return end;
}

uint32_t Scanner::scan_date_number(const Amount& amount) {
  using Reading = uint32_t (Scanner::*)(const Amount&);
  constexpr Reading kReadings[] = {
      &Scanner::scan_shopping_day, &Scanner::scan_iso_date, &Scanner::scan_month_day,
      &Scanner::scan_year,         &Scanner::scan_month,    &Scanner::scan_day,
      &Scanner::scan_duration,
  };
  const DateWord* part = part_before(chars_, amount.begin);
  if (const uint32_t end = scan_clock(amount, amount.begin - (part != nullptr), part)) return end;
  for (const Reading reading : kReadings) {
    if (const uint32_t end = (this->*reading)(amount)) return end;
  }
  return 0;
}

uint32_t Scanner::scan_shopping_day(const Amount& amount) {
  struct Day {
    std::u32string_view text;
    std::string_view value;
  };
  constexpr Day kDays[] = {
      {U"618", "618"}, {U"6.18", "618"}, {U"11.11", "双11"}, {U"12.12", "双12"}, {U"520", "520"}};
  for (const Day& day : kDays) {
    if (amount.end - amount.begin != day.text.size() || !chars_.has(amount.begin, day.text))
      continue;
    const Cue* left = find_left_cue(chars_, amount.begin);
    const bool priced = (left != nullptr && left->role >= CueRole::kPrice && left->bare_from > 0) ||
                        find_right_cue(chars_, amount.end) != nullptr ||
                        find_currency(chars_, amount.end) != nullptr ||
                        find_unit(chars_, amount.end) != nullptr;
    if (priced || !stands_alone(amount) || chars_.any_before(amount.begin, U"¥") ||
        chars_.is(amount.end, text::kNumeral)) {
      return 0;
    }
    add(rules::kDate, {amount.begin, amount.end}, day.value);
    return amount.end;
  }
  return 0;
}

uint32_t Scanner::scan_iso_date(const Amount& amount) {
  const Small year = read_digits(chars_, amount.begin, true);
  const char32_t mark = chars_[year.end];
  if (!is_year(year.value) || (mark != U'-' && mark != U'/' && mark != U'.')) return 0;
  const Small month = read_digits(chars_, year.end + 1, false);
  if (!is_month(month.value) || chars_[month.end] != mark) return 0;
  const Small day = read_digits(chars_, month.end + 1, false);
  if (!is_day(day.value)) return 0;
  add_day({amount.begin, day.end}, year.value, month.value, day.value);
  return day.end;
}

uint32_t Scanner::scan_month_day(const Amount& amount) {
  const Small month = read_digits(chars_, amount.begin, false);
  if (!is_month(month.value) || !chars_.any(month.end, U"./-")) return 0;
  const Small day = read_digits(chars_, month.end + 1, false);
  if (!is_day(day.value) || !is_day_mark(chars_, day.end)) return 0;
  add_day({amount.begin, day.end + 1}, 0, month.value, day.value);
  return day.end + 1;
}

uint32_t Scanner::scan_year(const Amount& amount) {
  if (!amount.is_integer_between(1900, 2100) || chars_[amount.end] != U'年') return 0;
  const uint32_t end = amount.end + 1;
  const auto month = read_amount(chars_, end);
  if (!month || !month->is_integer_between(1, 12) || chars_[month->end] != U'月') return end;
  const auto day = read_amount(chars_, month->end + 1);
  if (day && day->is_integer_between(1, 31) && is_day_mark(chars_, day->end)) {
    add_day({amount.begin, day->end + 1}, amount.units(), month->units(), day->units());
    return day->end + 1;
  }
  add_day({amount.begin, month->end + 1}, amount.units(), month->units(), 0);
  return month->end + 1;
}

uint32_t Scanner::scan_month(const Amount& amount) {
  if (!amount.is_integer_between(1, 12) || chars_[amount.end] != U'月' ||
      chars_.any(amount.end + 1, U"饼嫂子经票销")) {
    return 0;
  }
  uint32_t end = amount.end + 1;
  const auto day = read_amount(chars_, end);
  if (day && day->is_integer_between(1, 31) && is_day_mark(chars_, day->end)) {
    add_day({amount.begin, day->end + 1}, 0, amount.units(), day->units());
    return day->end + 1;
  }
  if (chars_[end] == U'份') ++end;
  const bool part = chars_.any(end, U"初中底末");
  if (start(rules::kDate, {amount.begin, end + part})) {
    put(amount.value);
    put("月");
    if (part) put(chars_[end] == U'末' ? U"底" : chars_.slice(end, end + 1));
    finish();
  }
  return end + part;
}

uint32_t Scanner::scan_day(const Amount& amount) {
  if (!amount.is_integer_between(1, 31) || !is_day_mark(chars_, amount.end)) return 0;
  if (start(rules::kDate, {amount.begin, amount.end + 1})) {
    put(amount.value);
    put("日");
    finish();
  }
  return amount.end + 1;
}

uint32_t Scanner::scan_duration(const Amount& amount) {
  const DurationWord* unit = nullptr;
  for (const uint16_t i : kDurationIndex.candidates(chars_[amount.end])) {
    const DurationWord& candidate = kDurations[i];
    if (!chars_.has(amount.end, candidate.word)) continue;
    if (unit == nullptr || candidate.word.size() > unit->word.size()) unit = &candidate;
  }
  if (unit == nullptr) return 0;
  const uint32_t end = amount.end + static_cast<uint32_t>(unit->word.size());
  if (chars_.any(end, unit->not_before)) return 0;
  for (const Suffix& suffix : kSuffixes) {
    const uint32_t suffix_end = end + static_cast<uint32_t>(suffix.word.size());
    if (!chars_.has(end, suffix.word) || chars_.any(suffix_end, suffix.not_before)) continue;
    if (start(rules::kDate, {amount.begin, suffix_end})) {
      put(amount.value);
      put(unit->word);
      put(suffix.normal);
      finish();
    }
    return suffix_end;
  }
  return end;  // a bare duration is no date, and nothing else either
}

uint32_t Scanner::scan_clock(const Amount& amount, uint32_t begin, const DateWord* part) {
  if (!amount.is_integer_between(0, 24) || chars_.any_before(amount.begin, U"第几.")) return 0;
  int64_t minutes = 0;
  uint32_t end = amount.end;
  if (amount.plain && chars_[end] == U':') {
    const Small after = read_digits(chars_, end + 1, false);
    if (after.value < 0 || after.value > 59 || after.end - end != 3) return 0;
    minutes = after.value;
    end = after.end;
  } else if (chars_[end] == U'点') {
    // 一点 is "a little" and 两点 "two remarks" unless the words around say otherwise.
    const bool little = amount.chinese && amount.is_between(1, 2) && part == nullptr &&
                        (amount.is_between(1, 1) || chars_.any_before(amount.begin, U"有这那"));
    if (chars_.any(end + 1, U"建意疑要问几数赞击评心名菜儿")) return 0;
    if (little && !chars_.any(end + 1, U"半钟多前之左整")) return 0;
    end = read_minutes(end + 1, &minutes);
  } else {
    return 0;
  }
  if (start(rules::kDate, {begin, end})) {
    if (part != nullptr) put(part->day);
    put_two_digits(hour_of_day(amount.units(), part));
    put(":");
    put_two_digits(minutes);
    finish();
  }
  return end;
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

void Scanner::add_day(Span span, int64_t year, int64_t month, int64_t day) {
  if (!start(rules::kDate, span)) return;
  if (year > 0) {
    put(Decimal::of(year));
    put("-");
  }
  put_two_digits(month);
  if (day > 0) {
    put("-");
    put_two_digits(day);
  }
  finish();
}

}  // namespace xiaoer::dialogue
