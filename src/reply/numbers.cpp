#include "reply/numbers.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "reply/chars.hpp"
#include "text/utf8.hpp"

namespace xiaoer::reply {
namespace {

using text::Text;

struct Unit {
  std::u32string_view text;
  std::string_view name;
  bool counter;  // of things: a figure only after words of stock, or by the
                 // hundred
};

// Longer ones first where one begins another.
constexpr Unit kUnits[] = {
    {U"个工作日", "工作日", false},
    {U"工作日", "工作日", false},
    {U"个小时", "小时", false},
    {U"个钟头", "小时", false},
    {U"个星期", "周", false},
    {U"个礼拜", "周", false},
    {U"个月", "个月", false},
    {U"小时", "小时", false},
    {U"钟头", "小时", false},
    {U"分钟", "分钟", false},
    {U"星期", "周", false},
    {U"礼拜", "周", false},
    {U"块钱", "元", false},
    {U"分钱", "分", false},
    {U"毛钱", "角", false},
    {U"公斤", "公斤", false},
    {U"点钟", "点", false},
    {U"点半", "点", false},
    {U"点前", "点", false},
    {U"点之前", "点", false},
    {U"点整", "点", false},
    {U"点后", "点", false},
    {U"点左右", "点", false},
    {U"天", "天", false},
    {U"日", "日", false},
    {U"号", "日", false},
    {U"周", "周", false},
    {U"月", "月", false},
    {U"年", "年", false},
    {U"秒", "秒", false},
    {U"元", "元", false},
    {U"块", "元", false},
    {U"毛", "角", false},
    {U"折", "折", false},
    {U"%", "%", false},
    {U"倍", "倍", false},
    {U"件", "件", true},
    {U"袋", "件", true},
    {U"只", "件", true},
    {U"盒", "件", true},
    {U"双", "件", true},
    {U"套", "件", true},
    {U"箱", "件", true},
    {U"瓶", "件", true},
    {U"台", "件", true},
    {U"包", "件", true},
    {U"单", "件", true},
    {U"斤", "斤", false},
    {U"克", "克", false},
    {U"升", "升", false},
    {U"码", "码", true},
};

// Words with a numeral that state nothing.
constexpr std::u32string_view kIdioms[] = {U"一分钱一分货", U"一年四季", U"一天到晚",
                                           U"一天比一天",   U"一周年",   U"半天"};
constexpr std::u32string_view kStockWords[] = {U"剩",   U"剩下", U"剩余", U"还有", U"只有", U"仅有",
                                               U"库存", U"卖了", U"卖出", U"存货", U"最后"};
// 号 that names a thing, not a day.
constexpr std::u32string_view kNames[] = {U"号链接", U"号色", U"号款", U"号码",
                                          U"号店",   U"号尺", U"号线", U"号楼"};

// By the low bits of a unit's first character: the first such unit.
constexpr uint32_t kUnitSlots = 256;
constexpr auto kFirstUnits = [] {
  std::array<uint8_t, kUnitSlots> first = {};
  first.fill(static_cast<uint8_t>(std::size(kUnits)));
  for (size_t i = std::size(kUnits); i-- > 0;) {
    first[kUnits[i].text[0] % kUnitSlots] = static_cast<uint8_t>(i);
  }
  return first;
}();

const Unit* find_unit(const Text& text, uint32_t at) {
  if (at < text.size() && text.chars[at] == U' ') ++at;
  if (at >= text.size()) return nullptr;
  const uint32_t first = kFirstUnits[text.chars[at] % kUnitSlots];
  for (const Unit& unit : std::span(kUnits).subspan(first)) {
    if (!starts(text, at, unit.text)) continue;
    constexpr std::u32string_view kIncluding = U"邮括含送安退换";  // 89包邮 counts no packets
    const bool includes = unit.text == U"包" && at + 1 < text.size() &&
                          kIncluding.find(text.chars[at + 1]) != std::u32string_view::npos;
    return includes ? nullptr : &unit;
  }
  return nullptr;
}

bool multiplier(char32_t c) {
  return c == U'十' || c == U'百' || c == U'千' || c == U'万' || c == U'亿' || c == U'半' ||
         c == U'k' || c == U'w';
}

// End of the digits that begin at `at`: 1,299.5, 9:00, 3万, 2w (but not the k
// of 5kg).
uint32_t digits_end(const Text& text, uint32_t at) {
  uint32_t end = at;
  while (end < text.size()) {
    const char32_t c = text.chars[end];
    const bool joint = c == U'.' || c == U',' || c == U':';
    if (!has(text, end, text::kDigit) && !(joint && has(text, end + 1, text::kDigit))) break;
    ++end;
  }
  while (end < text.size() && multiplier(text.chars[end])) {
    if (has(text, end, text::kLatin) && has(text, end + 1, text::kLatin)) break;
    ++end;
  }
  return end;
}

// ⑧, ❽, ², ㎡, 8️⃣: marks that number a list or belong to a word.
bool is_mark(const Text& text, uint32_t at) {
  constexpr std::string_view kFrames[] = {"\u20E3", "\uFE0F\u20E3"};
  const std::string_view behind = text.original.substr(text.ends[at]);
  const char32_t c = text::decode(text.original.substr(text.begins[at])).code_point;
  return (c >= U'\u00B2' && c <= U'\u00BE') || (c >= U'\u2070' && c <= U'\u27BF') ||
         (c >= U'\u3200' && c <= U'\u33FF') || (c >= U'\U0001F100' && c <= U'\U0001F5FF') ||
         std::any_of(std::begin(kFrames), std::end(kFrames),
                     [&](std::string_view frame) { return behind.starts_with(frame); });
}

// A digit as written, or a mark where it counts something: ⑧⓪元.
bool is_figure(const Text& text, uint32_t at) {
  if (!has(text, at, text::kDigit)) return false;
  if (!is_mark(text, at)) return true;
  const bool in_unit = at > 0 && has(text, at - 1, text::kLatin);
  return !in_unit && find_unit(text, digits_end(text, at)) != nullptr;
}

// "1、外包装照片": one digit at the head of a line or after a mark, followed by
// a list mark.
bool list_marker(const Text& text, Span digits) {
  if (digits.size() != 1) return false;
  // Normalising drops spaces between ideographs, so the source is asked for
  // them.
  const uint32_t byte = text.begins[digits.begin];
  const bool head = digits.begin == 0 || byte == 0 ||
                    has(text, digits.begin - 1, text::kPunctuation) ||
                    text.original[byte - 1] == ' ' || text.original[byte - 1] == '\n';
  if (!head || digits.end >= text.size()) return false;
  const char32_t mark = text.chars[digits.end];
  return (mark == U'、' || mark == U'.' || mark == U')') &&
         !has(text, digits.end + 1, text::kDigit);
}

constexpr std::u32string_view kDayTimes[] = {U"早上", U"上午", U"下午", U"晚上", U"中午",
                                             U"凌晨", U"今晚", U"明早", U"傍晚"};
constexpr std::u32string_view kWeeks[] = {U"周", U"星期", U"礼拜"};

// 买一送一, 满二减一, 假一赔十.
bool is_deal(const Text& text, Span run) {
  constexpr std::u32string_view kBefore[] = {U"买", U"满", U"假"};
  constexpr std::u32string_view kAfter[] = {U"送", U"减", U"赠", U"赔"};
  return ends_any(text, run.begin, kBefore) && starts_any(text, run.end, kAfter);
}

// "三件": a stock or sales figure only where the words around say so.
bool counts_stock(const Text& text, Span run) {
  if (ends_any(text, run.begin, kStockWords)) return true;
  for (uint32_t at = run.begin; at < run.end; ++at) {
    const char32_t c = text.chars[at];
    if (c == U'百' || c == U'千' || c == U'万') return true;
  }
  return false;
}

// Whether the Chinese numeral `run` states something.
bool numeral_states(const Text& text, Span run) {
  if (ends_any(text, run.begin, kWeeks)) return run.size() == 1;
  const char32_t last = text.chars[run.end - 1];
  if (starts(text, run.end, U"分之") || (last == U'百' && starts(text, run.end, U"分百"))) {
    return true;
  }
  if (last == U'半' && starts(text, run.end, U"价")) return true;
  if (is_deal(text, run)) return true;
  if (starts(text, run.end, U"点") && ends_any(text, run.begin, kDayTimes)) return true;
  constexpr std::u32string_view kAbout[] = {U"多", U"来", U"余"};  // 一百多件
  const Unit* unit = find_unit(text, run.end + (starts_any(text, run.end, kAbout) ? 1 : 0));
  if (unit == nullptr || starts_any(text, run.end, kNames)) return false;
  if (unit->counter) return counts_stock(text, run);
  // 一块, 一毛 and 半块 are said of many things.
  const bool alone = run.size() == 1 && (last == U'一' || last == U'半');
  if (alone && (starts(text, run.end, U"块") || starts(text, run.end, U"毛"))) {
    return starts(text, run.end + 1, U"钱");
  }
  const bool ordinal = ends(text, run.begin, U"第");
  return !ordinal || unit->name == "天" || unit->name == "周" || unit->name == "年";
}

// End of an idiom that begins at `at`, or `at`.
uint32_t skip_idiom(const Text& text, uint32_t at) {
  for (const std::u32string_view idiom : kIdioms) {
    if (starts(text, at, idiom)) return at + static_cast<uint32_t>(idiom.size());
  }
  return at;
}

const Slot* slot_around(const Draft& draft, Span bytes) {
  for (const Slot& slot : draft.slots) {
    if (slot.begin <= bytes.begin && bytes.end <= slot.end) return &slot;
  }
  return nullptr;
}

// The unit around a slot's number must be its fact's own.
bool check_unit(const Views& views, const Draft& draft, const Slot& slot, Span number,
                Refusal* refusal) {
  const bool at_end = draft.chars.bytes(number).end == slot.end;
  const bool at_begin = draft.chars.bytes(number).begin == slot.begin;
  std::string_view unit;
  if (slot.value != nullptr) unit = views.fact_unit(slot.piece->fact);
  if (slot.quoted == rules::kMoney) unit = "元";
  if (unit.empty()) return true;
  const bool yuan_sign =
      at_begin && number.begin > 0 && draft.chars.chars[number.begin - 1] == U'¥';
  const bool dollar_sign =
      at_begin && number.begin > 0 && draft.chars.chars[number.begin - 1] == U'$';
  const std::string_view found = at_end ? unit_at(draft.chars, number.end) : std::string_view();
  if (unit_agrees(unit, found) && !(yuan_sign && unit != "元") && !dollar_sign) return true;
  return refusal->set("unit-mismatch", views.text(slot.piece->text));
}

}  // namespace

bool unit_agrees(std::string_view unit, std::string_view found) {
  if (found.empty() || unit.empty() || found == unit) return true;
  if (unit == "天" && found == "日") return true;
  const bool duration = unit == "小时" || unit == "天" || unit == "个月";
  return found == "件" && !duration;
}

std::string_view unit_at(const Text& text, uint32_t at) {
  const Unit* unit = find_unit(text, at);
  return unit == nullptr ? std::string_view() : unit->name;
}

uint32_t unit_end(const Text& text, uint32_t at) {
  const Unit* unit = find_unit(text, at);
  if (unit == nullptr) return at;
  if (text.chars[at] == U' ') ++at;
  return at + static_cast<uint32_t>(unit->text.size());
}

Span next_number(const Text& text, uint32_t at) {
  while (at < text.size()) {
    const uint16_t* const properties = text.properties.data();
    while (at < text.size() && (properties[at] & (text::kDigit | text::kNumeral)) == 0) ++at;
    if (is_figure(text, at)) {
      const Span digits{at, digits_end(text, at)};
      if (!list_marker(text, digits)) return digits;
      at = digits.end;
      continue;
    }
    if (!has(text, at, text::kNumeral)) {
      ++at;
      continue;
    }
    const uint32_t idiom_end = skip_idiom(text, at);
    if (idiom_end > at) {
      at = idiom_end;
      continue;
    }
    Span run{at, at + 1};
    while (has(text, run.end, text::kNumeral)) ++run.end;
    if (numeral_states(text, run)) return run;
    at = run.end;
  }
  return {};
}

bool claim_vouches(const Text& text, Span number) {
  const char32_t digit = text.chars[number.begin];
  return number.size() == 1 && (digit == U'七' || digit == U'7') &&
         starts(text, number.end, U"天无理由");
}

bool check_numbers(const Views& views, const Draft& draft, Refusal* refusal) {
  for (Span number = next_number(draft.chars, 0); !number.empty();
       number = next_number(draft.chars, number.end)) {
    const Slot* slot = slot_around(draft, draft.chars.bytes(number));
    if (slot != nullptr && !slot->fallback) {
      if (!check_unit(views, draft, *slot, number, refusal)) return false;
      continue;
    }
    if (claim_vouches(draft.chars, number)) continue;
    const uint32_t end = std::min(number.end + 2, draft.chars.size());
    return refusal->set("unsupported-number", draft.chars.source({number.begin, end}));
  }
  return true;
}

}  // namespace xiaoer::reply
