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
// Appends `code_point`; surrogates and values over U+10FFFF append U+FFFD.
void append(std::string& out, char32_t code_point);
std::string encode(std::u32string_view chars);
// Number of code points in well-formed `bytes`; ill-formed subparts count one each.
size_t count(std::string_view bytes);

}  // namespace xiaoer::text
