#include "rules/emoticons.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "text/emoticon_codes.hpp"

namespace xiaoer::rules {
namespace {

using Words = std::u32string_view;

// Longer ones first.
constexpr Words kSigned[] = {U"/:^_^", U"/:)", U"^_^", U"^o^", U"^O^", U"^-^", U"^.^", U"^ω^",
                             U"^▽^",   U"^^",  U"T_T", U">_<", U"=_=", U":-)", U":-D", U":-P",
                             U";-)",   U":)",  U":D",  U":P",  U";)",  U"=)",  U"QAQ"};
constexpr Words kFaceParts = U"^_*><;´`･・ωﾟ▽∀Д￣≧≦◕‿∩•｡﹏~=ˊˋ╯╰°ಥ﹃—-.'oOTvwxXuU3";
constexpr Words kFaceMarks = U"^_´ω▽∀Д￣≧≦◕‿∩•﹏ಥ╯╰ˊˋ";
constexpr Words kArms = U"oO~\\/ノヾっづ";
constexpr size_t kLongestFace = 12;

bool among(char32_t c, Words set) { return set.find(c) != Words::npos; }

bool is_emoji(char32_t c) {
  return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x2775) ||
         (c >= 0x2794 && c <= 0x27BF) || c == 0x2B50 || c == 0x2B55 || c == 0x263A;
}
// Most characters of a reply; no emoticon holds one.
bool is_ideograph(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }
bool joins_emoji(char32_t c) { return c == 0xFE0E || c == 0xFE0F || c == 0x200D || c == 0x20E3; }

size_t emoji_size(Words rest) {
  size_t size = 0;
  while (size < rest.size() && (is_emoji(rest[size]) || (size > 0 && joins_emoji(rest[size])))) {
    ++size;
  }
  return size;
}

size_t named_size(Words rest) {
  if (!rest.starts_with(U'[')) return 0;
  const auto is_named = [&](Words name) {
    return rest.substr(1).starts_with(name) && rest.substr(1 + name.size()).starts_with(U']');
  };
  for (const Words name : text::kEmoticonNames) {
    if (is_named(name)) return name.size() + 2;
  }
  constexpr Words kAsWritten = U"OK";
  return is_named(kAsWritten) ? kAsWritten.size() + 2 : 0;
}

// A face in brackets: nothing but its parts, one that only faces have among them.
size_t face_size(Words rest) {
  if (rest.empty() || !among(rest[0], U"(（")) return 0;
  bool marked = false;
  for (size_t i = 1; i < std::min(rest.size(), kLongestFace + 2); ++i) {
    if (among(rest[i], U")）")) return marked ? i + 1 : 0;
    if (!among(rest[i], kFaceParts)) return 0;
    marked = marked || among(rest[i], kFaceMarks);
  }
  return 0;
}

size_t signed_size(Words rest) {
  for (const Words sign : kSigned) {
    if (rest.starts_with(sign)) return sign.size();
  }
  return 0;
}

}  // namespace

Span find_emoticon(std::u32string_view chars, size_t from) {
  for (size_t at = from; at < chars.size(); ++at) {
    if (is_ideograph(chars[at])) continue;
    const Words rest = chars.substr(at);
    size_t begin = at, end = at + std::max({emoji_size(rest), named_size(rest), signed_size(rest)});
    if (const size_t face = face_size(rest); face > 0) {
      end = at + face;
      while (begin > from && among(chars[begin - 1], kArms)) --begin;
      while (end < chars.size() && among(chars[end], kArms)) ++end;
    }
    if (end > at) return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }
  return {};
}

size_t count_emoticons(std::u32string_view chars) {
  size_t count = 0;
  for (Span found = find_emoticon(chars, 0); !found.empty();
       found = find_emoticon(chars, found.end)) {
    ++count;
  }
  return count;
}

}  // namespace xiaoer::rules
