#include "json/slip.hpp"

#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"

namespace xiaoer::json {
namespace {

constexpr std::string_view kFullWidth[] = {"，", "：", "；", "、", "“",  "”",  "‘", "’",
                                           "【", "】", "［", "］", "｛", "｝", "。"};

bool begins_value(char c) {
  return c == '"' || c == '{' || c == '[' || c == '-' || ascii::is_digit(c);
}

bool ends_value(char c) { return c == '"' || c == '}' || c == ']' || ascii::is_alphanumeric(c); }

// A text that the end of its line comes before the end of.
bool is_unclosed(std::string_view rest) {
  for (size_t i = 1; i < rest.size() && rest[i] != '\n'; ++i) {
    if (rest[i] == '"') return false;
    if (rest[i] == '\\') ++i;
  }
  return true;
}

}  // namespace

const char* slip_of(std::string_view rest, char before) {
  if (rest.empty()) return "json-syntax";
  const char c = rest[0];
  if (std::any_of(std::begin(kFullWidth), std::end(kFullWidth),
                  [&](std::string_view mark) { return rest.starts_with(mark); })) {
    return "json-full-width-mark";
  }
  if (before == ',' && (c == ',' || c == ']' || c == '}')) return "json-comma-extra";
  if (c == '"' && is_unclosed(rest)) return "json-quote-missing";
  if (begins_value(c) && ends_value(before)) return "json-comma-missing";
  const bool word = ascii::is_letter(c) || c == '_' || c == '\'' || (c & 0x80) != 0;
  return word ? "json-unquoted" : "json-syntax";
}

}  // namespace xiaoer::json
