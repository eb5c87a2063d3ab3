#pragma once
// The readings of numbers and letters in a message: one pass from left to right; at every place the
// readings are tried in the order that finder.hpp publishes, and the first that fits takes its
// characters. Private to the entity finder.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/decimal.hpp"
#include "entities/entity.hpp"
#include "entities/words.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::entities {

// A number as it stands in the message.
struct Amount {
  Decimal value;
  uint32_t begin = 0;
  uint32_t end = 0;
  bool chinese = false;
  bool plain = false;        // 0-9 only
  bool approximate = false;  // 两百多, 80左右; that word is a part of [begin, end)

  bool is_between(int64_t least, int64_t most) const {
    return value >= Decimal::of(least) && value <= Decimal::of(most);
  }
  bool is_integer_between(int64_t least, int64_t most) const {
    return value.is_integer() && is_between(least, most);
  }
  int64_t units() const { return value.milli / 1000; }
};

// Reads the number at `at`, with the message around it in mind: the k of 5kg is no thousand, and
// 三百一袋 is three hundred for one bag.
std::optional<Amount> read_amount(const Chars& chars, uint32_t at);

class Scanner {
 public:
  // Readings beyond `limit` entities are dropped. Both arguments must outlive the scanner.
  Scanner(const text::Text& text, uint32_t limit, Entities* out)
      : text_(text), chars_(text), limit_(limit), out_(out) {}

  // Appends what it finds to `out`, in order of span.begin.
  void run();
  // Whether what was met may tell of a body: only then find_measures() is worth its cost.
  bool may_measure() const { return names_measure_ || (may_be_tall_ && numbers_ > 1); }

 private:
  // Bit i: something may begin at character first + i.
  uint64_t starts(uint32_t first) const;
  // Each scan_ function returns the end of what it took, or 0 when its reading does not fit. What
  // was taken need not be an entity: 两天 is taken so that nobody reads it as something else.
  uint32_t scan_at(uint32_t at);
  uint32_t scan_number(uint32_t at);
  uint32_t scan_bare(const Amount& amount);
  uint32_t scan_latin(
      uint32_t at);  // letter sizes, rmb80; other words and their digits are passed by
  bool says_nothing(uint32_t at) const;

  // codes.cpp
  uint32_t scan_code(uint32_t at);  // phone, order and item numbers, other long runs of digits
  uint32_t scan_phone(uint32_t at);

  // dates.cpp
  uint32_t scan_date_word(uint32_t at);
  uint32_t scan_weekday(uint32_t at);
  uint32_t scan_lunar_day(uint32_t at);  // 大年初七
  uint32_t scan_date_number(const Amount& amount);
  uint32_t scan_shopping_day(const Amount& amount);  // 618, 11.11
  uint32_t scan_iso_date(const Amount& amount);
  uint32_t scan_year(const Amount& amount);
  uint32_t scan_month(const Amount& amount);
  uint32_t scan_month_day(const Amount& amount);  // 12.3号
  uint32_t scan_day(const Amount& amount);
  uint32_t scan_duration(const Amount& amount);
  uint32_t add_month(Span span);  // with 初, 中, 底; returns its end
  uint32_t add_date(Span span, int64_t year, int64_t month, int64_t day);
  uint32_t add_day(Span span, Decimal day);

  // clock.cpp
  struct Clock {
    int64_t hour = 0;
    int64_t minute = 0;
    uint32_t end = 0;
  };
  // The hour `amount`; `part` is the part of the day before it, or nullptr.
  std::optional<Clock> read_clock(const Amount& amount, const DateWord* part) const;
  uint32_t read_minutes(uint32_t at, int64_t* minutes) const;
  uint32_t read_colon_minutes(uint32_t at, int64_t* minutes) const;
  void put_clock(const Clock& clock);
  uint32_t scan_clock(const Amount& amount);
  uint32_t scan_part_of_day(uint32_t at, const DateWord& word);
  // Takes what stands behind the day found last into it: 后天下午3点. Returns the end.
  uint32_t extend_day(uint32_t end);

  // sizes.cpp
  uint32_t scan_size(const Amount& amount);
  uint32_t scan_marked_size(const Amount& amount);  // 38码, 四十二码
  uint32_t scan_metres(const Amount& amount);
  uint32_t scan_pair_size(const Amount& amount);  // 170/92a, 30x40cm
  uint32_t scan_letter_size(uint32_t begin, uint32_t letters);
  bool letter_alone_is_size(uint32_t begin, uint32_t end) const;
  uint32_t scan_bare_size(const Amount& amount);  // 42的, 穿38
  uint32_t scan_feet(const Amount& amount);       // 腰围二尺三

  // money.cpp
  uint32_t scan_money_sign(uint32_t at);           // ¥80
  uint32_t scan_money(const Amount& amount);       // with a currency word
  uint32_t scan_bare_money(const Amount& amount);  // with a cue
  uint32_t scan_threshold(const Amount& amount);   // 满99减10, 199-10
  uint32_t scan_range(const Amount& amount);       // 50到80块, 3-5斤, 3到5号

  // quantities.cpp
  uint32_t scan_quantity(const Amount& amount);
  uint32_t scan_bare_quantity(const Amount& amount);  // 买8, 俩
  uint32_t scan_whole_message(const Amount& amount);  // nothing but a number

  // A number that belongs to a word on either side: a4, 3d, 95折, 8%.
  bool stands_alone(const Amount& amount) const;

  // Adds an entity whose value is what put() appends until finish(). False: `limit_` is reached,
  // and nothing may be put.
  bool start(rules::EntityKindId kind, Span span, Decimal number = {}, uint8_t flags = 0);
  void put(std::string_view text) { out_->values += text; }
  void put(Decimal number) { number.append_to(out_->values); }
  void put(std::u32string_view chars);
  void put_two_digits(int64_t number);  // 0..99
  void finish();
  void extend_last(uint32_t end);  // the last entity, its value too
  void add(rules::EntityKindId kind, Span span, std::string_view value);
  void add_counted(rules::EntityKindId kind, Span span, Decimal number, std::u32string_view unit);
  void add_money(Span span, const Amount& amount, uint8_t flags);
  bool full() const { return out_->list.size() >= limit_; }

  const text::Text& text_;
  Chars chars_;
  uint32_t limit_;
  Entities* out_;
  uint32_t numbers_ = 0;
  bool may_be_tall_ = false;
  bool names_measure_ = false;
};

// Whether the number may be a height by its size and unit, and whether it stands by the word for a
// measure.
bool may_be_height(const Chars& chars, const Amount& amount);
bool stands_by_measure_word(const Chars& chars, const Amount& amount);

// The buyer's height, weight and length of foot (body.cpp), in place of what else was
// read there.
void find_measures(const text::Text& text, Entities* out);

// Is what ends at `end`, before a digit, a word for a phone, which may stand glued to its number:
// tel13800138000?
bool names_phone(const Chars& chars, uint32_t end);

// 号 or 日 as a day of the month at `at`: not 1号链接, 3号色, 100日元.
bool is_day_mark(const Chars& chars, uint32_t at);

// The end of "一袋", "每袋", "/袋" after a price at `at`; 0 when there is none. Digits may count
// too when `after_currency` (80元3袋); without a currency word they would be part of the price.
uint32_t per_unit_end(const Chars& chars, uint32_t at, bool after_currency);

}  // namespace xiaoer::entities
