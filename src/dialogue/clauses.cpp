#include "dialogue/clauses.hpp"

#include <algorithm>
#include <string_view>

namespace xiaoer::dialogue {
namespace {

constexpr uint32_t kLeastTelling = 2;  // 亲, 嗯 alone say nothing worth a look of their own

bool is_telling(uint16_t properties) {
  constexpr uint16_t kNoWord = text::kPunctuation | text::kSpace | text::kSymbol | text::kParticle;
  return (properties & kNoWord) == 0;
}

// 39.9 holds no border, and neither does a.b.
bool is_point_inside(const text::Text& text, uint32_t at) {
  const auto is_ascii = [&](uint32_t i) {
    return (text.properties[i] & (text::kDigit | text::kLatin)) != 0;
  };
  return at > 0 && at + 1 < text.size() && is_ascii(at - 1) && is_ascii(at + 1);
}

bool is_mark(const text::Text& text, uint32_t at) {
  const char32_t c = text.chars[at];
  if (c == U'.') return !is_point_inside(text, at);
  return c == U',' || c == U'~' || (text.properties[at] & text::kSentenceEnd) != 0;
}

bool ends_question(char32_t c) { return c == U'吗' || c == U'呢'; }

// White space that normalising dropped between this character and the next. Other invisible
// characters are no border.
bool space_follows(const text::Text& text, uint32_t at) {
  if (at + 1 >= text.size() || text.ends[at] >= text.begins[at + 1]) return false;
  const std::string_view between =
      text.original.substr(text.ends[at], text.begins[at + 1] - text.ends[at]);
  return between.find_first_of(" \t") != between.npos || between.find("\u3000") != between.npos;
}

// Whether a clause ends behind this character, which belongs to it.
bool border_behind(const text::Text& text, uint32_t at) {
  if (space_follows(text, at)) return true;
  if (!ends_question(text.chars[at])) return false;
  return at + 1 < text.size() && (text.properties[at + 1] & text::kParticle) == 0;
}

}  // namespace

Clauses find_clauses(const text::Text& text) {
  Clauses out;
  Span clause;
  uint32_t telling = 0;
  const auto close = [&](uint32_t end, uint32_t next) {
    clause.end = end;
    if (telling >= kLeastTelling && out.count < Clauses::kMax) {
      out.spans[out.count++] = clause;
    } else if (telling >= kLeastTelling) {
      out.spans[out.count - 1].end = end;
    }
    clause.begin = next;
    telling = 0;
  };
  for (uint32_t at = 0; at < text.size(); ++at) {
    if (is_mark(text, at)) {
      close(at, at + 1);
      continue;
    }
    telling += is_telling(text.properties[at]);
    if (border_behind(text, at)) close(at + 1, at + 1);
  }
  close(text.size(), text.size());
  return out;
}

void cut(const text::Text& text, Span span, text::Text* out) {
  const auto copy = [&](const auto& from, auto* to) {
    to->assign(from.begin() + span.begin, from.begin() + span.end);
  };
  out->original = text.original;
  copy(text.chars, &out->chars);
  copy(text.properties, &out->properties);
  copy(text.begins, &out->begins);
  copy(text.ends, &out->ends);
  out->well_formed = text.well_formed;
}

}  // namespace xiaoer::dialogue
