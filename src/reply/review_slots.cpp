// Variables that nobody filled: {{昵称}}, {name}, ${price}, %s, 【姓名】, XXX, undefined.

#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"
#include "base/words.hpp"
#include "reply/review_work.hpp"
#include "rules/facts.hpp"
#include "text/utf8.hpp"

namespace xiaoer::reply {
namespace {

constexpr size_t kLongestSlot = 48;  // bytes between the brackets

constexpr std::string_view kPersons[] = {"姓名", "昵称", "称呼", "名字", "客户", "买家"};
constexpr std::string_view kThings[] = {"时间", "日期", "金额", "单号", "公司", "地址", "电话",
                                        "商品", "店铺", "链接", "数量", "价格", "快递", "订单"};
constexpr std::string_view kEmptyValues[] = {"undefined", "null", "nan", "none", "n/a", "nil"};

struct Brackets {
  std::string_view open, close;
  bool names_only;  // marks that texts also use otherwise
};
constexpr Brackets kBrackets[] = {
    {"{{", "}}", false}, {"${", "}", false}, {"{", "}", true},   {"【", "】", true},
    {"[", "]", true},    {"<", ">", true},   {"〔", "〕", true},
};

// customer_name, buyer.nickname, 0.
bool is_identifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return ascii::is_alphanumeric(c) || c == '_' || c == '.';
  });
}

bool is_fact_name(std::string_view text) {
  const auto facts = rules::facts();
  return std::any_of(facts.begin(), facts.end(),
                     [&](const rules::FactDef& fact) { return fact.name == text; });
}

// What stands between brackets names a variable. At the head of a line a thing may be a heading.
bool names_variable(std::string_view inner, bool at_head, bool braces) {
  if (braces && is_identifier(inner)) return true;
  if (text::count(inner) > 10) return false;
  if (xiaoer::contains_any(inner, kPersons)) return true;
  return !at_head && (xiaoer::contains_any(inner, kThings) || is_fact_name(inner));
}

class SlotFinder {
 public:
  explicit SlotFinder(const ReviewWork& work) : work_(work), text_(work.text()) {}

  void run() {
    for (size_t at = 0; at < text_.size();) {
      const size_t size = std::max({bracketed(at), formatted(at), empty_value(at), crossed(at)});
      if (size > 0) report(at, size);
      at += std::max<size_t>(size, 1);
    }
  }

 private:
  void report(size_t at, size_t size) const {
    const Span span = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + size)};
    work_.refuse("missing-variable", span, work_.source(span));
  }

  bool at_head(size_t at) const { return at == 0 || text_[at - 1] == '\n'; }

  size_t bracketed(size_t at) const {
    const std::string_view rest = text_.substr(at);
    for (const Brackets& pair : kBrackets) {
      if (!rest.starts_with(pair.open)) continue;
      const size_t close = rest.find(pair.close, pair.open.size());
      const bool whole = close != rest.npos && close - pair.open.size() <= kLongestSlot;
      if (!pair.names_only) return whole ? close + pair.close.size() : pair.open.size();
      if (!whole) return 0;
      const std::string_view inner = rest.substr(pair.open.size(), close - pair.open.size());
      const bool names = names_variable(inner, at_head(at), pair.open == "{");
      return names ? close + pair.close.size() : 0;
    }
    return rest.starts_with("}}") ? 2 : 0;
  }

  // %s, %d, %1$s, %(name)s.
  size_t formatted(size_t at) const {
    std::string_view rest = text_.substr(at);
    if (!rest.starts_with('%') || (at > 0 && ascii::is_digit(text_[at - 1]))) return 0;
    size_t end = 1;
    if (rest.substr(1).starts_with('(')) {
      const size_t close = rest.find(')');
      if (close > kLongestSlot) return 0;  // or none
      end = close + 1;
    }
    while (end < rest.size() && (ascii::is_digit(rest[end]) || rest[end] == '$')) ++end;
    const bool format = end < rest.size() && (rest[end] == 's' || rest[end] == 'd');
    const bool letter = end + 1 < rest.size() && ascii::is_letter(rest[end + 1]);
    return format && !letter ? end + 1 : 0;
  }

  bool bounded(size_t at, size_t size) const {
    const auto joins = [](char c) { return ascii::is_alphanumeric(c) || c == '_'; };
    return (at == 0 || !joins(text_[at - 1])) &&
           (at + size >= text_.size() || !joins(text_[at + size]));
  }

  size_t empty_value(size_t at) const {
    for (const std::string_view word : kEmptyValues) {
      const std::string_view here = text_.substr(at, word.size());
      const bool same = here.size() == word.size() &&
                        std::equal(here.begin(), here.end(), word.begin(),
                                   [](char a, char b) { return ascii::to_lower(a) == b; });
      if (same && bounded(at, word.size())) return word.size();
    }
    return 0;
  }

  // XXX, xxxx.
  size_t crossed(size_t at) const {
    size_t size = 0;
    while (at + size < text_.size() && (text_[at + size] == 'x' || text_[at + size] == 'X')) ++size;
    return size >= 3 && bounded(at, size) ? size : 0;
  }

  const ReviewWork& work_;
  std::string_view text_;
};

// Control characters, and marks that turn the direction of writing, are left out.
bool is_control(char32_t c) {
  return (c < 0x20 && c != U'\n') || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

void review_slots(const ReviewWork& work) {
  const ReviewScratch::Impl& impl = work.impl;
  const Span all = {0, static_cast<uint32_t>(work.text().size())};
  if (impl.chars.size() == 0) work.refuse("empty-text", all, "");
  if (!impl.chars.well_formed) work.refuse("ill-formed-text", all, "");
  SlotFinder(work).run();
  for (size_t i = 0; i < impl.written.size(); ++i) {
    if (!is_control(impl.written[i])) continue;
    const bool blank = impl.written[i] == U'\t';
    work.rewrite("control-character", {impl.begins[i], impl.begins[i + 1]}, "", blank ? " " : "");
  }
}

}  // namespace xiaoer::reply
