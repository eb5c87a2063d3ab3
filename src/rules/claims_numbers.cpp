// Numbers that a template must not state by itself. Digits are strict; Chinese numerals also live
// in set words (一点, 两个人, 千万别), so they need a unit that leaves no doubt.

#include <algorithm>
#include <span>

#include "base/ascii.hpp"
#include "rules/claims.hpp"

namespace xiaoer::rules {
namespace {

using Texts = std::span<const std::u32string_view>;

constexpr std::u32string_view kNumerals = U"〇零一二两俩三四五六七八九十百千万半";

// After digits or Chinese numerals. Longer units first.
constexpr std::u32string_view kUnits[] = {
    U"块钱",   U"毛钱",     U"分钱",   U"元",   U"折",     U"%",    U"小时", U"个小时",
    U"分钟",   U"秒钟",     U"天",     U"个月", U"个星期", U"星期", U"周",   U"礼拜",
    U"个礼拜", U"个工作日", U"工作日", U"点钟", U"点半",   U"月",   U"年"};
// Only after digits.
constexpr std::u32string_view kDigitUnits[] = {U"块", U"毛", U"角", U"点", U"号",
                                               U"日", U"时", U"秒", U"件", U"‰"};
// Only after Chinese numerals other than a plain 一: 一块 is "together", 一日 and 一时 are idle
// words.
constexpr std::u32string_view kNumeralUnits[] = {U"块", U"毛", U"日", U"号"};
// Counters: a stock figure when one of kStockWords stands before.
constexpr std::u32string_view kCounters[] = {U"件", U"个", U"只", U"套", U"双", U"瓶",
                                             U"袋", U"箱", U"盒", U"台", U"条", U"张",
                                             U"把", U"支", U"份", U"单"};
constexpr std::u32string_view kStockWords[] = {U"剩",   U"剩下", U"剩余", U"还有", U"只有",
                                               U"仅有", U"库存", U"卖了", U"卖出"};
// Numbers in these are no claims: a name, a figure of speech, a way to count things.
constexpr std::u32string_view kSetWords[] = {
    U"一年四季", U"一分钱一分货", U"一天比一天", U"两天打鱼", U"半天", U"百年好合", U"一周年"};
constexpr std::u32string_view kNotDates[] = {U"号链接", U"号色", U"号款", U"号码",
                                             U"号店",   U"号尺", U"号线", U"号楼"};
constexpr std::u32string_view kClockWords[] = {U"上午", U"下午", U"晚上", U"早上", U"中午",
                                               U"凌晨", U"傍晚", U"今晚", U"明早"};
constexpr std::u32string_view kWeeks[] = {U"周", U"星期", U"礼拜"};

bool is_numeral(char32_t c) { return kNumerals.find(c) != std::u32string_view::npos; }

// Length of the longest of `words` that `text` begins with, 0 for none.
size_t prefix(std::u32string_view text, Texts words) {
  size_t longest = 0;
  for (const std::u32string_view word : words) {
    if (text.starts_with(word)) longest = std::max(longest, word.size());
  }
  return longest;
}

bool ends_with(std::u32string_view text, Texts words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view word) { return text.ends_with(word); });
}

class NumberScanner {
 public:
  NumberScanner(std::u32string_view chars, bool no_reason_return)
      : chars_(chars), no_reason_return_(no_reason_return) {}

  std::vector<Span> run() {
    while (at_ < chars_.size()) {
      const size_t size = claim_size();
      if (size > 0) {
        add(static_cast<uint32_t>(at_), static_cast<uint32_t>(at_ + size));
        at_ += size;
      } else {
        at_ += skip_;
      }
    }
    return std::move(claims_);
  }

 private:
  std::u32string_view rest(size_t from) const {
    return chars_.substr(std::min(from, chars_.size()));
  }

  // 11月11日 is one claim, not two.
  void add(uint32_t begin, uint32_t end) {
    if (!claims_.empty() && claims_.back().end == begin) {
      claims_.back().end = end;
    } else {
      claims_.push_back({begin, end});
    }
  }

  // Characters of the claim that begins at at_, or 0 with the characters to pass over in skip_.
  size_t claim_size() {
    skip_ = 1;
    const std::u32string_view here = rest(at_);
    if (const size_t set = prefix(here, kSetWords); set > 0) {
      skip_ = set;
      return 0;
    }
    if (here.starts_with(U"百分之") && here.size() > 3 && is_numeral(here[3])) return 4;
    if (here.starts_with(U"半价")) return 2;
    if (const size_t week = weekday_size(here); week > 0) return week;
    if (ascii::is_digit(here[0])) return digits_claim(here);
    if (is_numeral(here[0])) return numeral_claim(here);
    return 0;
  }

  size_t weekday_size(std::u32string_view here) const {
    const size_t week = prefix(here, kWeeks);
    if (week == 0 || here.size() <= week) return 0;
    if (std::u32string_view(U"一二三四五六日天").find(here[week]) == std::u32string_view::npos)
      return 0;
    // 一周三次: "three times a week"
    const bool counted = at_ > 0 && (is_numeral(chars_[at_ - 1]) || chars_[at_ - 1] == U'每');
    return counted ? 0 : week + 1;
  }

  bool is_no_reason(std::u32string_view after_number) const {
    return no_reason_return_ && after_number.starts_with(U"天无理由");
  }

  size_t digits_claim(std::u32string_view here) {
    size_t size = 0;
    while (size < here.size() &&
           (ascii::is_digit(here[size]) || here[size] == ',' || here[size] == '.'))
      ++size;
    while (!ascii::is_digit(here[size - 1])) --size;
    skip_ = size;
    if (at_ > 0 && chars_[at_ - 1] == U'¥') return size;
    const std::u32string_view after = here.substr(size);
    // 16:00, 11/11, 2026-11-11
    if (after.size() > 1 && ascii::is_digit(after[1]) &&
        (after[0] == ':' || after[0] == '/' || after[0] == '-')) {
      size += 2;
      while (size < here.size() && ascii::is_digit(here[size])) ++size;
      return size;
    }
    if (is_no_reason(after) || prefix(after, kNotDates) > 0) return 0;
    const size_t about = !after.empty() && (after[0] == U'多' || after[0] == U'来') ? 1 : 0;
    const std::u32string_view unit = after.substr(about);
    size_t found = std::max(prefix(unit, kUnits), prefix(unit, kDigitUnits));
    if (found == 0 && follows_stock()) found = prefix(unit, kCounters);
    return found > 0 ? size + about + found : 0;
  }

  size_t numeral_claim(std::u32string_view here) {
    size_t size = 0;
    while (size < here.size() && is_numeral(here[size])) ++size;
    skip_ = size;
    const std::u32string_view after = here.substr(size);
    if (is_no_reason(after)) return 0;
    const size_t about = !after.empty() && (after[0] == U'多' || after[0] == U'来') ? 1 : 0;
    const std::u32string_view unit = after.substr(about);
    size_t found = prefix(unit, kUnits);
    const bool plain_one = here.substr(0, size) == U"一" || here.substr(0, size) == U"半";
    if (found == 0 && !plain_one) found = prefix(unit, kNumeralUnits);
    if (found == 0 && follows_stock()) found = prefix(unit, kCounters);
    if (found == 0 && unit.starts_with(U'点') && ends_with(chars_.substr(0, at_), kClockWords)) {
      found = 1;
    }
    return found > 0 ? size + about + found : 0;
  }

  bool follows_stock() const { return ends_with(chars_.substr(0, at_), kStockWords); }

  std::u32string_view chars_;
  bool no_reason_return_;
  size_t at_ = 0;
  size_t skip_ = 1;
  std::vector<Span> claims_;
};

}  // namespace

std::vector<Span> find_number_claims(std::u32string_view chars, bool no_reason_return) {
  return NumberScanner(chars, no_reason_return).run();
}

}  // namespace xiaoer::rules
