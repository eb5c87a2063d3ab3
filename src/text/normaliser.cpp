#include "text/normaliser.hpp"

#include <algorithm>
#include <limits>
#include <span>

#include "base/ascii.hpp"
#include "text/composer.hpp"
#include "text/squeezer.hpp"
#include "text/tables.hpp"
#include "text/utf8.hpp"

namespace xiaoer::text {
namespace {

// Decodes ASCII and the three-byte characters, which is what chats are made of: without a call, and
// in whole words, because mixed widths make the compiler spill bytes and the processor wait for
// them. Returns the size, 0 for anything else. `left` bytes, at least one, may be read.
inline uint32_t decode_common(const unsigned char* p, size_t left, char32_t& c) {
  const uint32_t first = p[0];
  c = first;
  if (first < 0x80) return 1;
  if ((first & 0xF0) != 0xE0 || left < 3) return 0;
  const uint32_t second = p[1] ^ 0x80u;
  const uint32_t third = p[2] ^ 0x80u;
  c = ((first & 0x0F) << 12) | (second << 6) | third;
  if (((second | third) & 0xC0) != 0) [[unlikely]]
    return 0;
  if (c < 0x800) [[unlikely]]
    return 0;
  return 3;
}

// The table entry is all there is to know about such a character.
inline bool is_plain(uint32_t entry) {
  static_assert(tables::kSimple == 0);
  return (entry & ((3u << tables::kKindShift) | tables::kNeighbourBit)) == 0;
}

// Whether the character last written from `first` on may be written once more: see the rules for
// runs.
inline bool may_repeat(const Squeezer::Columns& columns, uint32_t first) {
  const uint32_t count = columns.count;
  if (count == first) return false;
  const uint16_t bits = columns.properties[count - 1];
  if ((bits & (kDigit | kPunctuation)) != 0) return (bits & kDigit) != 0;
  return count - first < 2 || columns.chars[count - 2] != columns.chars[count - 1];
}

// Whether the space at `p` separates two words. Only where no mark can come to change the letter
// after it, not even behind more blanks: the byte after that must be a visible ASCII character.
inline bool is_word_gap(const unsigned char* p, size_t left, uint16_t bits_before) {
  return p[0] == ' ' && (bits_before & (kDigit | kLatin)) != 0 && left > 2 &&
         ascii::is_alphanumeric(p[1]) && p[2] > 0x20 && p[2] < 0x7F;
}

inline bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// One pass over a message. A character is written only when the next one is known not to be a mark
// that would change it; until then it is the cluster.
class Pass {
 public:
  Pass(std::string_view message, Text& out)
      : message_(message), out_(out), squeezer_(out, message.size()) {}

  NormaliseStatus run() {
    const auto size = static_cast<uint32_t>(message_.size());
    while (at_ < size && !squeezer_.too_long()) step();
    close_cluster();
    return squeezer_.finish();
  }

 private:
  bool run_plain(uint32_t begin);
  void step();
  void add(char32_t folded, Span bytes);
  void add_blank(Span bytes);
  void close_cluster();

  std::string_view message_;
  Text& out_;
  Squeezer squeezer_;
  Cluster cluster_;
  Gap gap_;  // blanks after the cluster
  uint32_t at_ = 0;
};

// The fast path: as many plain characters as follow each other without a run. They are written at
// once; the last is then taken back and becomes the cluster. False: not even one. Not inlined,
// because the loop needs every register.
[[gnu::noinline]] bool Pass::run_plain(uint32_t begin) {
  const auto* const text = reinterpret_cast<const unsigned char*>(message_.data());
  const auto text_size = static_cast<uint32_t>(message_.size());
  Squeezer::Columns columns = squeezer_.columns();  // a copy, so that it stays in registers
  const uint32_t first = columns.count;
  const uint32_t room = columns.capacity - columns.count;
  // Every character takes at least one byte.
  const uint32_t end = room < text_size - begin ? begin + room : text_size;
  uint32_t at = begin;
  char32_t last = squeezer_.last();
  while (at < end) {
    char32_t c;
    const uint32_t size = decode_common(text + at, text_size - at, c);
    if (size == 0) break;
    const uint32_t entry = tables::entry_of(c);
    const char32_t mapped = tables::mapped(c, entry);
    if (!is_plain(entry)) {
      // The end of a word must not be the end of the run, which is taken back.
      if (columns.count == first || at + 1 >= end) break;
      const uint16_t before = columns.properties[columns.count - 1];
      if (!is_word_gap(text + at, text_size - at, before)) break;
    }
    if (mapped == last && !may_repeat(columns, first)) break;
    columns.chars[columns.count] = mapped;
    columns.properties[columns.count] = tables::properties(entry);
    columns.begins[columns.count] = at;
    ++columns.count;
    at += size;
    last = mapped;
  }
  if (at == begin) return false;
  // Each ends where the next begins.
  std::copy(columns.begins + first + 1, columns.begins + columns.count, columns.ends + first);
  const uint32_t taken_back = columns.count - 1;
  squeezer_.columns().count = taken_back;
  if (taken_back != first) {
    const char32_t before = columns.chars[taken_back - 1];
    const bool repeated = taken_back - first > 1 && columns.chars[taken_back - 2] == before;
    squeezer_.set_last(before, repeated ? 2 : 1);
  }
  const Span bytes{columns.begins[taken_back], at};
  const char32_t c = decode(message_.substr(bytes.begin)).code_point;
  cluster_.start_base(tables::fold_only(c, tables::entry_of(c)), bytes);
  at_ = at;
  return true;
}

// One character of any kind.
void Pass::step() {
  const Decoded decoded = decode(message_.substr(at_));
  const char32_t c = decoded.code_point;
  const Span bytes{at_, at_ + decoded.size};
  const uint32_t entry = tables::entry_of(c);
  at_ = bytes.end;
  if (!decoded.ok) out_.well_formed = false;
  switch (tables::kind_of(entry)) {
    case tables::kSimple:
      close_cluster();
      if (!squeezer_.takes_plain() || !run_plain(bytes.begin)) {
        cluster_.start_base(tables::fold_only(c, entry), bytes);
      }
      break;
    case tables::kDropped:
      break;
    case tables::kWhiteSpace:
      if ((tables::properties(entry) & kSentenceEnd) == 0) {
        add_blank(bytes);
      } else {
        close_cluster();
        squeezer_.add_gap({Gap::kLineBreak, bytes});
      }
      break;
    case tables::kSlow:
      if (tables::length(entry) == 0) add(c, bytes);
      for (uint32_t i = 0; i < tables::length(entry); ++i) {
        add(tables::expansion(entry)[i], bytes);
      }
      break;
  }
}

void Pass::add(char32_t folded, Span bytes) {
  if (folded == U' ') {
    add_blank(bytes);
  } else if (cluster_.add(folded, bytes)) {
    gap_ = {};  // the blanks would be dropped and the mark stand beside its base: so it joins it at
                // once
  } else {
    close_cluster();
    cluster_.start(folded, bytes);
  }
}

void Pass::add_blank(Span bytes) {
  if (cluster_.empty()) {
    squeezer_.add_gap({Gap::kBlank, bytes});
  } else {
    gap_.add(Gap::kBlank, bytes);
  }
}

void Pass::close_cluster() {
  const Span bytes = cluster_.bytes();
  if (const char32_t base = cluster_.take_base()) {
    squeezer_.put(base, bytes);
  } else {
    std::span<const char32_t> chars = cluster_.close();
    if (!chars.empty() && is_digit(chars.front())) chars = chars.first(1);  // 8̲0̲ is 80
    for (const char32_t c : chars) squeezer_.put(c, bytes);
  }
  if (gap_.kind != Gap::kNone) squeezer_.add_gap(gap_);
  gap_ = {};
}

}  // namespace

NormaliseStatus normalise(std::string_view message, Text& out) {
  out.original = message;
  out.well_formed = true;
  // Offsets have 32 bits.
  const bool fits = message.size() <= std::numeric_limits<uint32_t>::max() - 4;
  const NormaliseStatus status = fits ? Pass(message, out).run() : NormaliseStatus::kTooLong;
  if (status == NormaliseStatus::kTooLong) {
    out.original = {};
    out.chars.clear();
    out.properties.clear();
    out.begins.clear();
    out.ends.clear();
  }
  return status;
}

std::u32string normalise_to_chars(std::string_view text) {
  Text out;
  normalise(text, out);
  return std::u32string(out.chars.begin(), out.chars.end());
}

std::string normalise_to_utf8(std::string_view text) { return encode(normalise_to_chars(text)); }

uint16_t property_of(char32_t normalised) {
  if (normalised > 0x10FFFF) return 0;
  const uint32_t entry = tables::entry_of(normalised);
  switch (tables::kind_of(entry)) {
    case tables::kSimple:
      return tables::properties(entry) & static_cast<uint16_t>(~kSpace);
    case tables::kWhiteSpace:
      return tables::properties(entry);
    default:
      return 0;
  }
}

}  // namespace xiaoer::text
