#include "text/squeezer.hpp"

#include <algorithm>

#include "text/tables.hpp"

namespace xiaoer::text {
namespace {

constexpr uint32_t kMostCapacity = kMaxChars + 1;  // one more tells that the limit is exceeded
constexpr uint16_t kAlphanumeric = kDigit | kLatin;

bool is_dots(char32_t c) { return c == U'.' || c == U'…'; }
bool has(std::u32string_view set, char32_t c) { return set.find(c) != set.npos; }

char32_t usual_form(char32_t c) {
  const Variant* const variant = find_variant(c);
  return variant != nullptr ? variant->usual : c;
}

}  // namespace

Squeezer::Squeezer(Text& out, size_t bytes) : out_(out) {
  resize(static_cast<uint32_t>(std::min<size_t>(bytes + 1, kMostCapacity)));
}

void Squeezer::resize(uint32_t capacity) {
  out_.chars.resize(capacity);
  out_.properties.resize(capacity);
  out_.begins.resize(capacity);
  out_.ends.resize(capacity);
  columns_ = {out_.chars.data(), out_.properties.data(), out_.begins.data(),
              out_.ends.data(),  columns_.count,         capacity};
}

void Squeezer::push(char32_t c, uint16_t bits, Span bytes) {
  if (columns_.count == columns_.capacity) {
    if (columns_.capacity == kMostCapacity) {
      too_long_ = true;
      return;
    }
    resize(std::min(columns_.capacity * 2, kMostCapacity));
  }
  columns_.write(c, bits, bytes);
}

void Squeezer::add_gap(const Gap& gap) {
  if (gap.kind != Gap::kNone) gap_.add(gap.kind, gap.bytes);
}

// White space at the very beginning or end comes to nothing.
void Squeezer::decide_gap(uint16_t bits_after) {
  const uint32_t count = columns_.count;
  const bool line_break = gap_.kind == Gap::kLineBreak;
  const bool kept =
      count > 0 && (line_break || ((columns_.properties[count - 1] & kAlphanumeric) != 0 &&
                                   (bits_after & kAlphanumeric) != 0));
  if (kept) {
    const char32_t c = line_break ? U'\n' : U' ';
    push(c, static_cast<uint16_t>(line_break ? kSpace | kSentenceEnd : kSpace), gap_.bytes);
    set_last(c, 1);
    variant_ = nullptr;
  }
  gap_.kind = Gap::kNone;
}

// Gives the last character its other form if `after` calls for it. Not where that would make a
// third of the same character in a row: the result, normalised again, must stay as it is.
void Squeezer::decide_variant(char32_t after) {
  const uint32_t at = columns_.count - 1;
  const char32_t other = variant_->other;
  const bool joins_run = other != variant_->source && at > 0 && columns_.chars[at - 1] == other;
  if (has(variant_->after, after) && !joins_run) {
    columns_.chars[at] = other;
    columns_.properties[at] = property_of(other);
  }
  variant_ = nullptr;
}

// True: `c` went into the run before it.
bool Squeezer::squeeze(char32_t c, uint16_t bits, Span bytes) {
  const uint32_t at = columns_.count - 1;  // there is one, else last_ were 0
  if (is_dots(c) && is_dots(last_)) {
    columns_.chars[at] = U'…';
    columns_.properties[at] = property_of(U'…');
    columns_.ends[at] = bytes.end;
    last_ = U'…';
    return true;
  }
  if (c != last_) {
    run_ = 1;
    return false;
  }
  const uint32_t kept = (bits & kPunctuation) != 0 ? 1 : 2;
  if (run_ >= kept && (bits & kDigit) == 0) {
    columns_.ends[at] = bytes.end;
    return true;
  }
  ++run_;
  return false;
}

void Squeezer::put(char32_t folded, Span bytes) {
  const uint32_t entry = tables::entry_of(folded);
  const bool simple = tables::kind_of(entry) == tables::kSimple;
  const char32_t c = simple ? tables::mapped(folded, entry) : folded;
  const auto bits = static_cast<uint16_t>(
      simple ? tables::properties(entry) & static_cast<uint16_t>(~kSpace) : 0);
  if (gap_.kind != Gap::kNone) decide_gap(bits);
  if (squeeze(c, bits, bytes)) return;
  if (variant_ != nullptr) decide_variant(c);
  last_ = c;
  const bool neighbours = simple && (entry & tables::kNeighbourBit) != 0;
  const Variant* const variant = neighbours ? find_variant(folded) : nullptr;
  if (variant != nullptr) {
    put_variant(*variant, bytes);
  } else {
    push(c, bits, bytes);
  }
}

void Squeezer::put_variant(const Variant& variant, Span bytes) {
  const uint32_t count = columns_.count;
  if (count > 0 && has(variant.before, columns_.chars[count - 1])) {
    push(variant.other, property_of(variant.other), bytes);
    last_ = usual_form(variant.other);
    return;
  }
  push(variant.usual, property_of(variant.usual), bytes);
  variant_ = too_long_ ? nullptr : &variant;
}

NormaliseStatus Squeezer::finish() {
  const bool fits = !too_long_ && columns_.count <= kMaxChars;
  if (!fits) columns_.count = 0;
  resize(columns_.count);
  return fits ? NormaliseStatus::kOk : NormaliseStatus::kTooLong;
}

}  // namespace xiaoer::text
