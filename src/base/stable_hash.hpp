#pragma once
// FNV-1a, 64 bit: names rules and texts in images, sessions and snapshots, where it must mean the
// same for ever.

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace xiaoer {

// Of bytes, or of characters, each taken whole.
template <class Char>
constexpr uint64_t stable_hash(std::basic_string_view<Char> text) {
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const Char c : text) hash = (hash ^ std::make_unsigned_t<Char>(c)) * 0x100000001b3ULL;
  return hash;
}

constexpr uint64_t stable_hash(std::string_view text) { return stable_hash<char>(text); }
constexpr uint64_t stable_hash(std::u32string_view text) { return stable_hash<char32_t>(text); }

}  // namespace xiaoer
