#pragma once
// The last step of normalising: folded characters become simplified ones, runs are squeezed, white
// space is decided on, and what remains is written to a Text. See normaliser.hpp for the rules.

#include <cstddef>
#include <cstdint>

#include "base/span.hpp"
#include "text/normaliser.hpp"
#include "text/variants.hpp"

namespace xiaoer::text {

// White space that was read but not decided on, because that takes the character after it.
struct Gap {
  enum Kind : uint8_t { kNone, kBlank, kLineBreak };
  Kind kind = kNone;
  Span bytes;

  void add(Kind more, Span where) {
    if (kind == kNone) bytes.begin = where.begin;
    bytes.end = where.end;
    if (more > kind) kind = more;
  }
};

class Squeezer {
 public:
  // Where characters are written. The arrays belong to the Text and hold `capacity` elements each.
  struct Columns {
    char32_t* chars;
    uint16_t* properties;
    uint32_t* begins;
    uint32_t* ends;
    uint32_t count;
    uint32_t capacity;

    void write(char32_t c, uint16_t bits, Span bytes) {
      chars[count] = c;
      properties[count] = bits;
      begins[count] = bytes.begin;
      ends[count] = bytes.end;
      ++count;
    }
  };

  // `bytes` is the size of the message; room is made for one character a byte, up to the limit.
  Squeezer(Text& out, size_t bytes);
  Squeezer(const Squeezer&) = delete;
  Squeezer& operator=(const Squeezer&) = delete;

  // Takes a character after NFKC casefold, no white space.
  void put(char32_t folded, Span bytes);
  void add_gap(const Gap& gap);
  bool too_long() const { return too_long_; }
  // Trims the Text to what was written, or empties it and returns kTooLong.
  NormaliseStatus finish();

  // For the fast path, which writes columns itself. It may do so with characters that table entries
  // fully describe and that differ from the one before.
  bool takes_plain() const { return gap_.kind == Gap::kNone && variant_ == nullptr; }
  char32_t last() const { return last_; }
  Columns& columns() { return columns_; }
  // Which character was written last, and how often in a row.
  void set_last(char32_t c, uint32_t run) {
    last_ = c;
    run_ = run;
  }

 private:
  void resize(uint32_t capacity);
  void push(char32_t c, uint16_t bits, Span bytes);
  void decide_gap(uint16_t bits_after);
  void decide_variant(char32_t after);
  bool squeeze(char32_t c, uint16_t bits, Span bytes);
  void put_variant(const Variant& variant, Span bytes);

  Text& out_;
  Columns columns_{};
  Gap gap_;
  const Variant* variant_ = nullptr;  // the last character, if what follows may change it
  char32_t last_ = 0;                 // the last character, in its usual form
  uint32_t run_ = 0;                  // how often it was written in a row
  bool too_long_ = false;
};

}  // namespace xiaoer::text
