#include "text/emoticon_codes.hpp"

#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"

namespace xiaoer::text {
namespace {

using Chars = std::u32string_view;

// Behind "/:", longer ones first.
constexpr Chars kSigns[] = {U":'(", U"^_^", U"^$^", U"^w^", U"^x^", U"^o^", U"!!!", U",@-d", U",@p",
                            U":)",  U":~",  U":b",  U":|",  U"8-)", U":<",  U":$",  U":x",   U":z",
                            U":@",  U":p",  U":d",  U":o",  U":(",  U"-f",  U"-w",  U"-t",   U"-q",
                            U">_<", U"t_t", U"@>",  U")-",  U"(&)", U"b-",  U"k",   U"q",    U"p",
                            U"x",   U"b",   U"l",   U")",   U"(",   U"%",   U"~",   U"$",    U">"};
constexpr size_t kDigitsOfSign = 3;  // /:809

struct Entity {
  Chars name;
  char32_t character;
};
constexpr Entity kEntities[] = {{U"nbsp;", U' '}, {U"gt;", U'>'},   {U"lt;", U'<'},
                                {U"amp;", U'&'},  {U"quot;", U'"'}, {U"#39;", U'\''}};

bool is_digit_at(Chars rest, size_t at) { return at < rest.size() && ascii::is_digit(rest[at]); }

size_t digits_at(Chars rest, size_t at) {
  size_t end = at;
  while (is_digit_at(rest, end)) ++end;
  return end - at;
}

size_t named_size(Chars rest) {
  for (const Chars name : kEmoticonNames) {
    if (rest.substr(1).starts_with(name) && rest.substr(1 + name.size()).starts_with(U']')) {
      return name.size() + 2;
    }
  }
  return 0;
}

size_t signed_size(Chars rest) {
  if (!rest.starts_with(U"/:")) return 0;
  if (digits_at(rest, 2) == kDigitsOfSign) return 2 + kDigitsOfSign;
  for (const Chars sign : kSigns) {
    if (rest.substr(2).starts_with(sign)) return 2 + sign.size();
  }
  return 0;
}

// #E-s21, and #E-s[数字x] of logs without personal data.
size_t numbered_size(Chars rest) {
  constexpr Chars kStart = U"#e-s";
  constexpr size_t kLongestMask = 6;
  if (!rest.starts_with(kStart)) return 0;
  const size_t digits = std::min<size_t>(digits_at(rest, kStart.size()), kDigitsOfSign);
  const Chars behind = rest.substr(kStart.size(), kLongestMask);
  const size_t mask = behind.starts_with(U'[') ? behind.find(U']') + 1 : 0;  // 0: no end
  return kStart.size() + std::max(digits, mask);
}

// Characters of the emoticon that `rest` begins with; 0: none.
size_t emoticon_size(Chars rest) {
  switch (rest[0]) {
    case U'[':
      return named_size(rest);
    case U'/':
      return signed_size(rest);
    case U'#':
      return numbered_size(rest);
    default:
      return 0;
  }
}

// Whether a blank between these two says something, as in the normaliser.
bool separates(const Text& text, uint32_t left, uint32_t right) {
  constexpr uint16_t kAlphanumeric = kDigit | kLatin;
  return (text.properties[left] & kAlphanumeric) != 0 &&
         (text.properties[right] & kAlphanumeric) != 0;
}

const Entity* find_entity(Chars rest) {
  if (rest[0] != U'&') return nullptr;
  const auto found = std::find_if(std::begin(kEntities), std::end(kEntities), [&](const Entity& e) {
    return rest.substr(1).starts_with(e.name);
  });
  return found != std::end(kEntities) ? found : nullptr;
}

}  // namespace

void fold_codes(Text* text) {
  const Chars chars(text->chars.data(), text->chars.size());
  uint32_t out = 0;
  const auto write = [&](char32_t c, uint16_t properties, Span bytes) {
    text->chars[out] = c;
    text->properties[out] = properties;
    text->begins[out] = bytes.begin;
    text->ends[out] = bytes.end;
    ++out;
  };
  uint32_t size = 0;
  for (uint32_t at = 0; at < chars.size(); at += size) {
    const Chars rest = chars.substr(at);
    const Entity* const entity = find_entity(rest);
    size = static_cast<uint32_t>(entity != nullptr ? entity->name.size() + 1 : emoticon_size(rest));
    const Span bytes{text->begins[at], text->ends[at + std::max(size, 1u) - 1]};
    if (size == 0) {
      write(chars[at], text->properties[at], bytes);
      size = 1;
    } else if (entity == nullptr) {
      write(kEmoticon, property_of(kEmoticon), bytes);
    } else if (entity->character != U' ') {
      write(entity->character, property_of(entity->character), bytes);
    } else if (at + size < chars.size() && out > 0 && separates(*text, out - 1, at + size)) {
      write(U' ', kSpace, bytes);
    }
  }
  text->chars.resize(out);
  text->properties.resize(out);
  text->begins.resize(out);
  text->ends.resize(out);
}

}  // namespace xiaoer::text
