#pragma once
// A text against a list of words.

#include <algorithm>
#include <iterator>
#include <string_view>

namespace xiaoer {

template <class List>
bool contains_any(std::string_view text, const List& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

template <class List>
bool starts_with_any(std::string_view text, const List& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return text.starts_with(word); });
}

template <class List>
bool ends_with_any(std::string_view text, const List& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return text.ends_with(word); });
}

}  // namespace xiaoer
