#pragma once
// Letters and digits of ASCII, whatever the locale; of bytes and of code points.

namespace xiaoer::ascii {

template <class Char>
constexpr bool is_digit(Char c) {
  return c >= '0' && c <= '9';
}

template <class Char>
constexpr bool is_lower(Char c) {
  return c >= 'a' && c <= 'z';
}

template <class Char>
constexpr bool is_letter(Char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}

template <class Char>
constexpr bool is_alphanumeric(Char c) {
  return is_letter(c) || is_digit(c);
}

template <class Char>
constexpr Char to_lower(Char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<Char>(c + ('a' - 'A')) : c;
}

}  // namespace xiaoer::ascii
