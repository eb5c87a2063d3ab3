// Days, months, hours and shopping festivals, as the buyer said them. The normal form is not
// resolved against a calendar: 明天 stays 明天, because the engine has no clock of its own.

#include "entities/scanner.hpp"

namespace xiaoer::entities {
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

// Street numbers and "one size up": 解放路12号, 大一号.
constexpr CharSet kNotBeforeDay = U"路街巷道弄栋幢座村组大小加换";

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
    {U"工作日"},
    {U"小时"},
    {U"钟头"},
    {U"分钟"},
    {U"秒"},
    {U"秒钟"},
    {U"星期", U"一二三四五六日天"},
    {U"礼拜"},
    {U"周", U"岁年边到"},
    {U"月", U"饼嫂子经票销"},
    {U"年", U"货糕级轻"},
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

// 九, 十五, 二十三: the day of a lunar month; returns its end, or `at`.
uint32_t lunar_day_end(const Chars& chars, uint32_t at) {
  uint32_t end = at;
  if (chars.any(end, U"二三") && chars[end + 1] == U'十') ++end;
  const bool tens = chars.any(end, U"十廿");
  end += tens;
  const bool ones = chars.any(end, U"一二三四五六七八九");
  return end + ones;
}

}  // namespace

bool is_day_mark(const Chars& chars, uint32_t at) {
  if (chars[at] == U'号') return !chars.any(at + 1, U"链色楼线店仓机门院款码桌室柜");
  return chars[at] == U'日' && !chars.any(at + 1, U"元本式用常子系");
}

uint32_t Scanner::scan_date_word(uint32_t at) {
  if (chars_.any(at, U"大正腊年初")) {
    if (const uint32_t end = scan_lunar_day(at)) return end;
  }
  const DateWord* word = find_date_word(chars_, at);
  if (word == nullptr) return chars_.any(at, U"下上这本周星礼") ? scan_weekday(at) : 0;
  uint32_t end = at + static_cast<uint32_t>(word->word.size());
  const bool part = word->kind != DateWordKind::kDay && word->kind != DateWordKind::kMonth;
  if (part) return scan_part_of_day(at, *word);
  if (chars_[end] == U'节' && !chars_.any(end + 1, U"目约省奏气能点")) ++end;  // 国庆节
  if (!start(rules::kDate, {at, end})) return end;
  put(word->value);
  if (word->kind == DateWordKind::kMonth) return add_month({at, end});
  finish();
  return extend_day(end);
}

// Writes the part of the month behind it, too.
uint32_t Scanner::add_month(Span span) {
  uint32_t end = span.end;
  if (chars_.any(end, U"初中底末") && chars_[end + 1] != U'旬') {
    put(chars_[end] == U'末' ? U"底" : chars_.slice(end, end + 1));
    ++end;
  } else if (chars_.any(end, U"上中下") && chars_[end + 1] == U'旬') {
    put(chars_.slice(end, end + 2));
    end += 2;
  }
  extend_last(end);
  return end;
}

// 初四 to 初十 stand alone; 初一 to 初三 are forms at school too, and need 大年, 正月 or 年 before.
uint32_t Scanner::scan_lunar_day(uint32_t at) {
  const uint32_t prefix = match_any(chars_, at, {U"大年", U"正月", U"腊月", U"年"});
  uint32_t from = at + prefix;
  const bool first_days = chars_[from] == U'初';
  if (first_days) ++from;
  if (!first_days && chars_[at + 1] != U'月') return 0;
  const uint32_t end = lunar_day_end(chars_, from);
  if (end == from) return 0;
  if (prefix == 0 && (chars_.any(from, U"一二三") || chars_.any_before(at, U"最起当年"))) return 0;
  if (!start(rules::kDate, {at, end})) return end;
  put(first_days ? U"初" : chars_.slice(at, from));
  put(chars_.slice(from, end));
  finish();
  return extend_day(end);
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
  if (!start(rules::kDate, {at, end})) return end;
  put(prefix);
  put("周");
  if (has_day) put(kNames[day]);
  finish();
  return has_day ? extend_day(end) : end;
}

uint32_t Scanner::scan_date_number(const Amount& amount) {
  using Reading = uint32_t (Scanner::*)(const Amount&);
  constexpr Reading kReadings[] = {
      &Scanner::scan_iso_date, &Scanner::scan_month_day, &Scanner::scan_year,
      &Scanner::scan_month,    &Scanner::scan_day,       &Scanner::scan_duration,
  };
  if (const uint32_t end = scan_clock(amount)) return end;
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
  if (!chars_.any(amount.begin, U"615") || amount.end - amount.begin < 3) return 0;
  for (const Day& day : kDays) {
    if (chars_.slice(amount.begin, amount.end) != day.text) continue;
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
  return add_date({amount.begin, day.end}, year.value, month.value, day.value);
}

uint32_t Scanner::scan_month_day(const Amount& amount) {
  const Small month = read_digits(chars_, amount.begin, false);
  if (!is_month(month.value) || !chars_.any(month.end, U"./-")) return 0;
  const Small day = read_digits(chars_, month.end + 1, false);
  if (!is_day(day.value) || !is_day_mark(chars_, day.end)) return 0;
  if (chars_[month.end] == U'-' && month.value < day.value) return 0;  // 3-5号: from 3 to 5
  return add_date({amount.begin, day.end + 1}, 0, month.value, day.value);
}

uint32_t Scanner::scan_year(const Amount& amount) {
  if (!amount.is_integer_between(1900, 2100) || chars_[amount.end] != U'年') return 0;
  const uint32_t end = amount.end + 1;
  const auto month = read_amount(chars_, end);
  if (!month || !month->is_integer_between(1, 12) || chars_[month->end] != U'月') return end;
  const auto day = read_amount(chars_, month->end + 1);
  if (day && day->is_integer_between(1, 31) && is_day_mark(chars_, day->end)) {
    return add_date({amount.begin, day->end + 1}, amount.units(), month->units(), day->units());
  }
  return add_date({amount.begin, month->end + 1}, amount.units(), month->units(), 0);
}

uint32_t Scanner::scan_month(const Amount& amount) {
  if (!amount.is_integer_between(1, 12) || chars_[amount.end] != U'月' ||
      chars_.any(amount.end + 1, U"饼嫂子经票销")) {
    return 0;
  }
  uint32_t end = amount.end + 1;
  const auto day = read_amount(chars_, end);
  if (day && day->is_integer_between(1, 31) && is_day_mark(chars_, day->end)) {
    return add_date({amount.begin, day->end + 1}, 0, amount.units(), day->units());
  }
  if (chars_[end] == U'份') ++end;
  if (!start(rules::kDate, {amount.begin, end})) return end;
  put(amount.value);
  put("月");
  return add_month({amount.begin, end});
}

uint32_t Scanner::scan_day(const Amount& amount) {
  if (!amount.is_integer_between(1, 31) || !is_day_mark(chars_, amount.end)) return 0;
  if (chars_.any_before(amount.begin, kNotBeforeDay)) return amount.end + 1;
  return add_day({amount.begin, amount.end + 1}, amount.value);
}

// Three days are no date; three days later are.
uint32_t Scanner::scan_duration(const Amount& amount) {
  uint32_t unit_at = amount.end + (chars_[amount.end] == U'个');  // 两个多月, 一个半小时
  unit_at += chars_.any(unit_at, U"多来半");
  const DurationWord* unit = nullptr;
  for (const uint16_t i : kDurationIndex.candidates(chars_[unit_at])) {
    const DurationWord& candidate = kDurations[i];
    if (!chars_.has(unit_at, candidate.word)) continue;
    if (unit == nullptr || candidate.word.size() > unit->word.size()) unit = &candidate;
  }
  if (unit == nullptr || (unit->word == U"月" && unit_at == amount.end)) return 0;
  const uint32_t end = unit_at + static_cast<uint32_t>(unit->word.size());
  if (chars_.any(end, unit->not_before)) return 0;
  for (const Suffix& suffix : kSuffixes) {
    const uint32_t suffix_end = end + static_cast<uint32_t>(suffix.word.size());
    if (!chars_.has(end, suffix.word) || chars_.any(suffix_end, suffix.not_before)) continue;
    if (start(rules::kDate, {amount.begin, suffix_end})) {
      put(amount.value);
      put(chars_.slice(amount.end, end));
      put(suffix.normal);
      finish();
    }
    return suffix_end;
  }
  return end;  // a bare duration is no date, and nothing else either
}

uint32_t Scanner::add_date(Span span, int64_t year, int64_t month, int64_t day) {
  if (!start(rules::kDate, span)) return span.end;
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
  return day > 0 ? extend_day(span.end) : span.end;
}

uint32_t Scanner::add_day(Span span, Decimal day) {
  if (!start(rules::kDate, span)) return span.end;
  put(day);
  put("日");
  finish();
  return extend_day(span.end);
}

}  // namespace xiaoer::entities
