#pragma once
// The UTF-8 gate: bytes are decoded and checked here once; behind it everything is well-formed.

#include <cstdint>
#include <string>
#include <string_view>

namespace xiaoer::text {

inline constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t code_point = kReplacement;
  uint8_t size = 1;  // bytes consumed, >= 1
  bool ok = false;   // false: ill-formed; code_point is U+FFFD and size the maximal subpart
};

// Decodes the character at `bytes[0]`; `bytes` must not be empty. Refuses overlong forms,
// surrogates and values over U+10FFFF (Unicode 15, table 3-7).
Decoded decode(std::string_view bytes);

bool is_valid(std::string_view bytes);
// Length of the longest well-formed prefix.
size_t valid_prefix(std::string_view bytes);
// `bytes` with every maximal ill-formed subpart replaced by U+FFFD.
std::string replace_invalid(std::string_view bytes);
// Writes `code_point` as one to four bytes and tells how many; surrogates and values over U+10FFFF
// are written as U+FFFD. There must be room for four.
inline uint32_t encode_to(char* out, char32_t code_point) {
  const auto tail = [](char32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
    code_point = kReplacement;
  }
  if (code_point < 0x80) {
    out[0] = static_cast<char>(code_point);
    return 1;
  }
  if (code_point < 0x800) {
    out[0] = static_cast<char>(0xC0 | code_point >> 6);
    out[1] = tail(code_point);
    return 2;
  }
  if (code_point < 0x10000) {
    out[0] = static_cast<char>(0xE0 | code_point >> 12);
    out[1] = tail(code_point >> 6);
    out[2] = tail(code_point);
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | code_point >> 18);
  out[1] = tail(code_point >> 12);
  out[2] = tail(code_point >> 6);
  out[3] = tail(code_point);
  return 4;
}
void append(std::string& out, char32_t code_point);
std::string encode(std::u32string_view chars);
// All of `bytes`, neither folded nor normalised; what is ill-formed becomes U+FFFD.
std::u32string decode_all(std::string_view bytes);
// Number of code points in well-formed `bytes`; ill-formed subparts count one each.
size_t count(std::string_view bytes);

}  // namespace xiaoer::text
