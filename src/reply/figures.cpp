#include "reply/figures.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "base/stable_hash.hpp"
#include "reply/chars.hpp"
#include "reply/numbers.hpp"
#include "text/numerals.hpp"

namespace xiaoer::reply {
namespace {

using text::Text;
using Words = std::u32string_view;

constexpr int64_t kMostPieces = 1000;  // so that sums of prices stay far from overflow
constexpr uint32_t kLongRun = 7;       // digits in a row that are a number of somebody or something

// Of things, beside those that numbers.cpp knows.
constexpr Words kPieces =
    U"个款种张位次步页条道层格排副根支片颗粒组杯本家口枚档段圈株棵针味楼人份顿餐场孔轮扇床匹卷桶罐"
    U"碗勺滴枝朵束串丸瓣趟遍挡把室厅";
// What stands beside a Chinese numeral that is an amount though no unit says so.
constexpr Words kOffersAfter[] = {U"给", U"卖",   U"拿",   U"成交", U"成", U"可以",
                                  U"行", U"包",   U"到手", U"算",   U"整", U"吧",
                                  U"都", U"真的", U"左右", U"就",   U"人"};
constexpr Words kOffersBefore[] = {U"给您",   U"给你", U"算您",   U"按",   U"只要",   U"到手",
                                   U"就卖",   U"卖",   U"价",     U"月销", U"销量",   U"已售",
                                   U"卖了",   U"减",   U"券",     U"运费", U"定金",   U"尾款",
                                   U"退您",   U"补您", U"赔您",   U"收您", U"您说的", U"优惠到",
                                   U"便宜到", U"改成", U"给您改", U"降到", U"费"};
// 十分, 千万别, 百搭 are words.
constexpr Words kWordsAfter[] = {U"分", U"别", U"不", U"要", U"搭", U"货", U"能", U"里", U"足"};

struct Unit {
  std::string_view name;
  Measure measure;
};
constexpr Unit kMeasures[] = {
    {"元", Measure::kMoney},        {"角", Measure::kMoney},   {"分", Measure::kMoney},
    {"折", Measure::kTenths},       {"%", Measure::kPercent},  {"秒", Measure::kSeconds},
    {"分钟", Measure::kMinutes},    {"小时", Measure::kHours}, {"天", Measure::kDays},
    {"工作日", Measure::kWorkdays}, {"周", Measure::kWeeks},   {"个月", Measure::kMonths},
    {"年", Measure::kYears},        {"月", Measure::kDate},    {"日", Measure::kDate},
    {"点", Measure::kClock},        {"件", Measure::kCount},
};

std::optional<Measure> measure_of(std::string_view unit) {
  for (const Unit& known : kMeasures) {
    if (known.name == unit) return known.measure;
  }
  return std::nullopt;
}

// Units with two names.
struct Synonym {
  Words name, other;
};
constexpr Synonym kSynonyms[] = {{U"克", U"g"},    {U"公斤", U"kg"}, {U"千克", U"kg"},
                                 {U"升", U"l"},    {U"毫升", U"ml"}, {U"厘米", U"cm"},
                                 {U"毫米", U"mm"}, {U"米", U"m"}};

constexpr Words kNamedUnits[] = {U"摄氏度", U"度",   U"°c", U"℃",    U"大卡", U"千卡", U"毫安",
                                 U"瓦",     U"分贝", U"寸", U"英寸", U"岁",   U"期"};

uint64_t key_of(Words unit) {
  for (const Synonym& synonym : kSynonyms) {
    if (unit == synonym.name) unit = synonym.other;
  }
  return stable_hash(unit);
}

bool among(const Text& text, uint32_t at, Words set) {
  return at < text.size() && set.find(text.chars[at]) != Words::npos;
}

// Whether what begins at `at` belongs to a name or an ordinal: E5, iphone 15, 第3页.
bool in_name(const Text& text, uint32_t at) {
  if (at == 0) return false;
  if (text.chars[at - 1] == U'第') return true;
  uint32_t before = at - 1;
  if (text.chars[before] == U' ' && before > 0) --before;
  if (!has(text, before, text::kLatin) || ends(text, at, U"rmb")) return false;
  const bool times =
      text.chars[before] == U'x' && before > 0 && has(text, before - 1, text::kDigit);
  return !times;
}

// 2026新款, 2026年.
bool is_year(const Text& text, Span digits) {
  if (digits.size() != 4) return false;
  const bool century = starts(text, digits.begin, U"19") || starts(text, digits.begin, U"20");
  return century && among(text, digits.end, U"年新款春夏秋冬版");
}

uint32_t digit_run(const Text& text, uint32_t at) {
  uint32_t end = at;
  while (has(text, end, text::kDigit)) ++end;
  return end - at;
}

// The time of day said before a clock: 0 none, 1 before noon, 2 after.
int half_of_day(const Text& text, uint32_t at) {
  constexpr Words kMorning[] = {U"早上", U"上午", U"凌晨", U"明早", U"早"};
  constexpr Words kEvening[] = {U"下午", U"晚上", U"今晚", U"明晚", U"傍晚", U"晚"};
  if (ends_any(text, at, kEvening)) return 2;
  return ends_any(text, at, kMorning) ? 1 : 0;
}

class FigureReader {
 public:
  FigureReader(const Text& text, std::vector<Figure>* out) : text_(text), out_(*out) {}

  void run() {
    out_.clear();
    for (Span next = next_run(0); !next.empty();) next = next_run(read(next));
    share_units();
  }

 private:
  Span next_run(uint32_t at) const {
    const Span stated = next_number(text_, at);
    const Span offered = next_offered(at, stated.empty() ? text_.size() : stated.begin);
    return offered.empty() ? stated : offered;
  }

  // 九成, not 九成新 and 一成交.
  bool is_tenths(Span run) const {
    constexpr Words kOtherWords = U"交为功分本人套员年新色品型长";
    return run.size() == 1 && starts(text_, run.end, U"成") &&
           !among(text_, run.end + 1, kOtherWords);
  }

  // A Chinese numeral before `stop` that the words beside it make an amount.
  Span next_offered(uint32_t at, uint32_t stop) const {
    for (; at < stop; ++at) {
      if (!has(text_, at, text::kNumeral) || (at > 0 && has(text_, at - 1, text::kNumeral))) {
        continue;
      }
      if (is_tenths({at, at + 1})) return {at, at + 1};
      const auto number = text::read_number(text_.chars, at);
      if (!number || number->value < Decimal::of(10)) continue;
      const uint32_t end = at + number->length;
      if (end - at == 1 && starts_any(text_, end, kWordsAfter)) continue;
      if (ends(text_, at, U"第") || ends(text_, at, U"双") || starts(text_, end, U"分")) continue;
      const bool alone = clause_around(text_, {at, end}) == Span{at, end} && end - at > 1;
      if (alone || sells_one(end) || starts_any(text_, end, kOffersAfter) ||
          ends_any(text_, at, kOffersBefore)) {
        return {at, end};
      }
    }
    return {};
  }

  // 买一送一 is told by its claim.
  bool is_offer(Span run) const {
    constexpr Words kGiving[] = {U"送", U"赠", U"得"};
    constexpr uint32_t kBuying = 3;  // characters before the gift: 买一送
    if (ends(text_, run.begin, U"买") && starts_any(text_, run.end, kGiving)) return true;
    return run.begin >= kBuying && ends_any(text_, run.begin, kGiving) &&
           text_.chars[run.begin - kBuying] == U'买';
  }

  // Whether one piece follows: 二百三一副.
  bool sells_one(uint32_t at) const {
    constexpr Words kUnits = U"件套盒袋双包箱瓶斤";
    return starts(text_, at, U"一") &&
           (among(text_, at + 1, kUnits) || among(text_, at + 1, kPieces));
  }

  // Reads the number of `run`; gives where to go on.
  uint32_t read(Span run) {
    const uint32_t digits = digit_run(text_, run.begin);
    // A long one is the number of an order or a person, unless it counts something.
    const bool long_number = digits >= kLongRun && unit_at(text_, run.begin + digits).empty();
    if (long_number || is_year(text_, {run.begin, run.begin + digits})) {
      return run.begin + digits;
    }
    constexpr Words kNumbered = U"链色款码店线楼尺库仓门机";  // 2号链接
    const bool numbered = starts(text_, run.end, U"号") && among(text_, run.end + 1, kNumbered);
    constexpr Words kOfSets[] = {U"件套", U"件式", U"合一", U"合1"};  // 四件套: one thing
    if (numbered || in_name(text_, run.begin) || starts_any(text_, run.end, kOfSets) ||
        is_offer(run)) {
      return run.end;
    }
    Figure figure = {};
    figure.span = run;
    if (read_clock_digits(&figure) || read_share(&figure)) return add(figure);
    if (starts(text_, run.begin, U"百分")) return run.end;  // 百分之多少
    const auto number = text::read_number(text_.chars, run.begin);
    if (!number || number->length == 0) return add(figure);  // of no value that could be borne out
    figure.value = number->value;
    figure.approximate = number->approximate;
    figure.span.end = figure.unit.begin = figure.unit.end = run.begin + number->length;
    if (!read_weekday(&figure)) read_unit(&figure);
    return add(figure);
  }

  uint32_t add(Figure figure) {
    const bool sign = figure.span.begin > 0 && (text_.chars[figure.span.begin - 1] == U'¥' ||
                                                ends(text_, figure.span.begin, U"rmb"));
    if (sign && figure.measure == Measure::kBare) figure.measure = Measure::kMoney;
    figure.unit_key = key_of(view(text_, figure.unit));
    out_.push_back(figure);
    return figure.span.end;
  }

  // 9:00, 23:59.
  bool read_clock_digits(Figure* figure) const {
    const uint32_t begin = figure->span.begin, hours = digit_run(text_, begin);
    if (hours == 0 || hours > 2 || !starts(text_, begin + hours, U":")) return false;
    if (digit_run(text_, begin + hours + 1) != 2) return false;
    const auto hour = text::read_number(text_.chars, begin);
    const auto digit = [&](uint32_t at) { return static_cast<int64_t>(text_.chars[at] - U'0'); };
    const int64_t minute = digit(begin + hours + 1) * 10 + digit(begin + hours + 2);
    if (!hour) return false;
    figure->measure = Measure::kClock;
    figure->value = Decimal::of(hour->value.milli / 1000 % 100 * 60 + minute);
    if (half_of_day(text_, begin) == 2 && hour->value < Decimal::of(12)) {
      figure->value = figure->value + Decimal::of(720);
    }
    figure->span.end = begin + hours + 3;
    return true;
  }

  // 百分之八十, 九成.
  bool read_share(Figure* figure) const {
    const uint32_t begin = figure->span.begin;
    if (is_tenths(figure->span)) {
      figure->measure = Measure::kPercent;
      figure->value = {number_at(begin).milli * 10};
      ++figure->span.end;
      return true;
    }
    if (!starts(text_, begin, U"百分之")) return false;
    const auto number = text::read_number(text_.chars, begin + 3);
    if (!number) return false;
    figure->measure = Measure::kPercent;
    figure->value = number->value;
    figure->span.end = begin + 3 + number->length;
    return true;
  }

  // 周六, 下周三.
  bool read_weekday(Figure* figure) const {
    constexpr Words kWeeks[] = {U"周", U"星期", U"礼拜"};
    const bool single = figure->span.size() == 1 && !has(text_, figure->span.begin, text::kDigit);
    if (!single || !ends_any(text_, figure->span.begin, kWeeks)) return false;
    figure->measure = Measure::kWeekday;
    return true;
  }

  void read_unit(Figure* figure) const {
    const uint32_t at = figure->span.end;
    std::string_view unit = unit_at(text_, at);
    if (unit.empty() && is_oclock(*figure)) unit = "点";
    if (unit.empty() || (unit == "件" && !figure->value.is_integer())) {
      return read_other_unit(figure);
    }
    figure->unit = {at, std::max(unit_end(text_, at), at + 1)};
    figure->span.end = figure->unit.end;
    figure->measure = measure_of(unit).value_or(Measure::kNamed);
    if (unit == "元" && !read_tenths(figure)) read_cents(figure);
    if (unit == "角") figure->value.milli /= 10;
    if (unit == "分") figure->value.milli /= 100;
    if (unit == "点") read_oclock(figure);
    if (unit == "月") read_day(figure);
    if (unit == "日") figure->value = {}, figure->other = number_at(figure->span.begin);
  }

  // 9点, 晚上八点; not 便宜一点.
  bool is_oclock(const Figure& figure) const {
    const bool told =
        has(text_, figure.span.begin, text::kDigit) || half_of_day(text_, figure.span.begin) != 0;
    return told && starts(text_, figure.span.end, U"点") && figure.value.is_integer() &&
           figure.value <= Decimal::of(24);
  }

  void read_other_unit(Figure* figure) const {
    const uint32_t at = figure->span.end;
    uint32_t end = at;
    while (has(text_, end, text::kLatin)) ++end;
    if (starts(text_, at, U"rmb")) {
      figure->measure = Measure::kMoney;
    } else if (end > at && !(end == at + 1 && text_.chars[at] == U'x')) {
      figure->measure = Measure::kNamed;
    } else if (const uint32_t named = named_unit(at); named > at) {
      figure->measure = Measure::kNamed;
      end = named;
    } else if (among(text_, at, kPieces) && !among(text_, at + 1, U"价民均购合")) {
      figure->measure = Measure::kCount;
      end = at + 1;
    } else if (starts(text_, at, U"小袋") || starts(text_, at, U"小包")) {
      figure->measure = Measure::kCount;
      end = at + 2;
    } else {
      return;
    }
    figure->unit = {at, end};
    figure->span.end = end;
  }

  // 毫升, 厘米: units that numbers.cpp does not know.
  uint32_t named_unit(uint32_t at) const {
    for (const Words unit : kNamedUnits) {
      if (starts(text_, at, unit)) return at + static_cast<uint32_t>(unit.size());
    }
    for (const Synonym& synonym : kSynonyms) {
      if (starts(text_, at, synonym.name)) return at + static_cast<uint32_t>(synonym.name.size());
    }
    return at;
  }

  Decimal number_at(uint32_t at) const {
    const auto number = text::read_number(text_.chars, at);
    return number ? number->value : Decimal{};
  }

  // 29块9, 8块25, 二十四块九: what follows the yuan without a unit of its own.
  void read_cents(Figure* figure) const {
    const uint32_t at = figure->span.end;
    if (text_.chars[figure->unit.begin] != U'块' || figure->unit.size() != 1) return;
    const uint32_t digits = digit_run(text_, at);
    const bool numeral = digits == 0 && has(text_, at, text::kNumeral);
    if (digits > 2 || (digits == 0 && !numeral)) return;
    const uint32_t end = at + (numeral ? 1 : digits);
    if (digits > 0 && (!unit_at(text_, end).empty() || starts(text_, end, U"."))) return;
    const Decimal cents = number_at(at);
    if (cents.milli <= 0 || cents >= Decimal::of(numeral || digits == 1 ? 10 : 100)) return;
    figure->value.milli += cents.milli / (numeral || digits == 1 ? 10 : 100);
    figure->span.end = end;
  }

  // 59元8角.
  bool read_tenths(Figure* figure) const {
    const uint32_t at = figure->span.end;
    const auto more = text::read_number(text_.chars, at);
    if (!more || more->value >= Decimal::of(10)) return false;
    const uint32_t unit = at + more->length;
    if (!starts(text_, unit, U"角") && !starts(text_, unit, U"毛")) return false;
    figure->value.milli += more->value.milli / 10;
    figure->span.end = std::max(unit_end(text_, unit), unit + 1);
    return true;
  }

  void read_oclock(Figure* figure) const {
    const int half = half_of_day(text_, figure->span.begin);
    int64_t minutes = figure->value.milli * 60 / 1000;
    if (half == 2 && minutes <= 720) minutes += 720;  // 晚上12点 ends the day
    figure->other = Decimal::of(half == 0 && minutes <= 720 ? 1 : 0);
    const uint32_t dot = figure->unit.begin + 1;
    const auto more = text::read_number(text_.chars, dot);
    if (starts(text_, dot, U"半")) {
      minutes += 30;
    } else if (more && starts(text_, dot + more->length, U"分")) {
      minutes += more->value.milli / 1000;
      figure->span.end = dot + more->length + 1;
    }
    figure->value = Decimal::of(minutes);
  }

  // 12月25日; the day belongs to the month before it.
  void read_day(Figure* figure) const {
    const auto day = text::read_number(text_.chars, figure->span.end);
    if (!day) return;
    const uint32_t end = figure->span.end + day->length;
    figure->other = day->value;
    figure->span.end = unit_at(text_, end) == "日" ? unit_end(text_, end) : end;
  }

  // 95到108斤, 210×95×88cm: the unit is said once.
  void share_units() {
    for (size_t i = out_.size(); i-- > 1;) {
      Figure& first = out_[i - 1];
      const Figure& second = out_[i];
      if (first.measure != Measure::kBare || second.span.begin != first.span.end + 1) continue;
      if (!among(text_, first.span.end, U"到至-~×x*、/")) continue;
      first.measure = second.measure == Measure::kClock ? Measure::kBare : second.measure;
      first.unit_key = second.unit_key;
      if (first.measure == Measure::kDate) std::swap(first.value, first.other);
    }
  }

  const Text& text_;
  std::vector<Figure>& out_;
};

// The pieces counted by the number at `at`, and where its counter ends; 0: none.
int64_t count_at(const Text& text, uint32_t at, uint32_t* end) {
  const auto number = text::read_number(text.chars, at);
  if (!number || !number->value.is_integer() || number->value > Decimal::of(kMostPieces)) return 0;
  const uint32_t counter = at + number->length;
  const bool counts = unit_at(text, counter) == "件" || among(text, counter, U"个款条张副双");
  if (!counts) return 0;
  *end = std::max(unit_end(text, counter), counter + 1);
  return number->value.milli / 1000;
}

bool begins_number(const Text& text, uint32_t at) {
  constexpr uint16_t kAny = text::kDigit | text::kNumeral;
  return has(text, at, kAny) && (at == 0 || !has(text, at - 1, kAny));
}

}  // namespace

void read_figures(const Text& text, std::vector<Figure>* out) { FigureReader(text, out).run(); }

void read_counts(const Text& text, std::vector<int64_t>* out) {
  out->clear();
  for (uint32_t at = 0; at < text.size() && out->size() < kMaxCounts; ++at) {
    if (!begins_number(text, at)) continue;
    uint32_t end = at;
    const int64_t count = count_at(text, at, &end);
    const bool known = std::find(out->begin(), out->end(), count) != out->end();
    if (count > 1 && !known) out->push_back(count);
  }
}

int64_t count_before(const Text& text, uint32_t at) {
  constexpr uint32_t kReach = 6;
  for (uint32_t begin = at > kReach ? at - kReach : 0; begin < at; ++begin) {
    if (!begins_number(text, begin)) continue;
    uint32_t end = begin;
    const int64_t count = count_at(text, begin, &end);
    if (count > 0 && end == at) return count;
  }
  return 0;
}

}  // namespace xiaoer::reply
