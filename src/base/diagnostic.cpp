#include "base/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <utility>

#include "base/ascii.hpp"
#include "base/catalogue_rows.hpp"

namespace xiaoer {
namespace {

constexpr char kTooMany[] = "too-many-problems";
constexpr size_t kMaxWord = 48;  // longer words are never compared: the answer would be of no help

bool is_wide(char byte) { return static_cast<unsigned char>(byte) >= 0x80; }

// Appends an argument of a sentence. Chinese sentences set a space beside their arguments, most of
// which are not Chinese: 要写 true, 要写数字.
void append_argument(const std::string& arg, std::string* out) {
  const size_t size = out->size();
  const bool gap = size > 1 && (*out)[size - 1] == ' ' && is_wide((*out)[size - 2]);
  if (gap && !arg.empty() && is_wide(arg.front())) out->pop_back();
  *out += arg;
}

// Replaces {0}, {1} ... by the arguments. Arguments are never looked into.
std::string fill(std::string_view sentence, const std::vector<std::string>& args) {
  std::string out;
  for (size_t i = 0; i < sentence.size(); ++i) {
    const bool slot = sentence[i] == '{' && i + 2 < sentence.size() && sentence[i + 2] == '}' &&
                      ascii::is_digit(sentence[i + 1]);
    if (!slot) {
      out += sentence[i];
      continue;
    }
    const size_t index = static_cast<size_t>(sentence[i + 1] - '0');
    if (index < args.size()) append_argument(args[index], &out);
    i += 2;
    const bool gap = i + 2 < sentence.size() && sentence[i + 1] == ' ' && is_wide(sentence[i + 2]);
    if (gap && !out.empty() && is_wide(out.back())) ++i;
  }
  return out;
}

std::vector<std::string> in_chinese(const std::vector<std::string>& causes) {
  std::vector<std::string> out;
  out.reserve(causes.size());
  for (const std::string& cause : causes) out.emplace_back(cause_in_chinese(cause));
  return out;
}

// Pack texts end up in terminals and logs: no line break or escape sequence may pass.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return text;
}

// Characters of well-formed UTF-8; nothing when there are more than kMaxWord. Ill-formed bytes
// count as characters of their own, which is good enough for a likeness.
size_t split(std::string_view word, std::array<char32_t, kMaxWord>* out) {
  size_t count = 0;
  for (const char byte : word) {
    const auto value = static_cast<unsigned char>(byte);
    if ((value & 0xC0) == 0x80 && count > 0) {
      (*out)[count - 1] = ((*out)[count - 1] << 8) | value;
      continue;
    }
    if (count == kMaxWord) return 0;
    (*out)[count++] = value;
  }
  return count;
}

// Optimal string alignment: insert, delete, replace, swap neighbours. `limit` ends hopeless cases
// early.
size_t distance(const std::array<char32_t, kMaxWord>& a, size_t a_size,
                const std::array<char32_t, kMaxWord>& b, size_t b_size, size_t limit) {
  if (a_size > b_size + limit || b_size > a_size + limit) return limit + 1;
  std::array<size_t, kMaxWord + 1> before{}, above{}, row{};
  for (size_t j = 0; j <= b_size; ++j) above[j] = j;
  for (size_t i = 1; i <= a_size; ++i) {
    row[0] = i;
    size_t least = i;
    for (size_t j = 1; j <= b_size; ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    before = above;
    above = row;
  }
  return above[b_size];
}

}  // namespace

const CatalogueEntry* find_catalogue_entry(std::string_view code) {
  const std::vector<CatalogueEntry>& rows = catalogue();
  const auto found = std::lower_bound(
      rows.begin(), rows.end(), code,
      [](const CatalogueEntry& row, std::string_view wanted) { return row.code < wanted; });
  return found != rows.end() && found->code == code ? &*found : nullptr;
}

std::string message_of(const Diagnostic& diagnostic, Language language) {
  const CatalogueEntry* row = find_catalogue_entry(diagnostic.code);
  if (row == nullptr) return diagnostic.code;
  if (language == Language::kEnglish) return one_line(fill(row->message_en, diagnostic.args));
  return one_line(fill(row->message_zh,
                       tells_a_cause(row->code) ? in_chinese(diagnostic.args) : diagnostic.args));
}

std::string remedy_of(const Diagnostic& diagnostic, Language language) {
  const CatalogueEntry* row = find_catalogue_entry(diagnostic.code);
  if (row == nullptr) return diagnostic.code;
  return one_line(
      fill(language == Language::kChinese ? row->remedy_zh : row->remedy_en, diagnostic.args));
}

std::string to_text(const Diagnostic& diagnostic, Language language) {
  const bool chinese = language == Language::kChinese;
  std::string out = one_line(diagnostic.place.file);
  if (diagnostic.place.line > 0) {
    out += ':' + std::to_string(diagnostic.place.line);
    if (diagnostic.place.column > 0) out += ':' + std::to_string(diagnostic.place.column);
  }
  if (!out.empty()) out += ": ";
  if (diagnostic.severity == Severity::kError) {
    out += chinese ? "错误: " : "error: ";
  } else {
    out += chinese ? "警告: " : "warning: ";
  }
  out += message_of(diagnostic, language);
  out += " (" + diagnostic.code;
  if (!diagnostic.rule_id.empty()) out += ", " + one_line(diagnostic.rule_id);
  out += ")\n    ";
  out += remedy_of(diagnostic, language);
  return out;
}

void Diagnostics::error(std::string code, Place place, std::vector<std::string> args,
                        std::string rule_id) {
  ++errors_;
  add({Severity::kError, std::move(code), std::move(place), std::move(rule_id), std::move(args)});
}

void Diagnostics::warning(std::string code, Place place, std::vector<std::string> args,
                          std::string rule_id) {
  ++warnings_;
  add({Severity::kWarning, std::move(code), std::move(place), std::move(rule_id), std::move(args)});
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (list_.size() < kMaxKept) {
    list_.push_back(std::move(diagnostic));
    return;
  }
  // The last entry gives way to the count, and counts itself.
  dropped_ += dropped_ == 0 ? 2 : 1;
  Diagnostic& last = list_.back();
  last = {};
  last.severity = errors_ > 0 ? Severity::kError : Severity::kWarning;
  last.code = kTooMany;
  last.args = {std::to_string(dropped_)};
}

void Diagnostics::sort() {
  const auto end = dropped_ > 0 ? list_.end() - 1 : list_.end();
  std::stable_sort(list_.begin(), end, [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) <
           std::tie(b.place.file, b.place.line, b.place.column);
  });
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates,
                         size_t most) {
  std::array<char32_t, kMaxWord> wanted{}, other{};
  const size_t size = split(word, &wanted);
  if (size == 0) return {};
  // At least one character may differ, but never all of them.
  size_t limit = std::min({std::max<size_t>(1, size / 3), size - 1, most});
  if (size == 1) return {};
  std::string_view best;
  for (const std::string_view candidate : candidates) {
    const size_t candidate_size = split(candidate, &other);
    if (candidate_size == 0) continue;
    const size_t away = distance(wanted, size, other, candidate_size, limit);
    if (away > limit || (!best.empty() && away == limit)) continue;
    best = candidate;
    limit = away;
    if (away == 0) break;
  }
  return best;
}

}  // namespace xiaoer
