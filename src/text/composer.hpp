#pragma once
// The slow half of NFKC: canonical ordering and composition of one base character and its combining
// marks. The normaliser comes here only for characters that may change together with their
// neighbours.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/span.hpp"

namespace xiaoer::text {

// One base character with the marks after it. Marks are at most kMaxMarks, counted after
// decomposition, so the work per character is bounded and any text takes linear time.
class Cluster {
 public:
  bool empty() const { return !has_base_ && mark_count_ == 0; }
  // Begins an empty cluster with a character after NFKC casefold. A mark may be its only character.
  void start(char32_t c, Span bytes);
  // The same for a character that is known to be no mark.
  void start_base(char32_t c, Span bytes) {
    bytes_ = bytes;
    has_base_ = true;
    decomposed_ = false;
    mark_count_ = 0;
    chars_[0] = c;
  }
  // Takes a character after NFKC casefold into the cluster; false if it does not belong to it.
  // Marks beyond the cap belong to it and are dropped.
  bool add(char32_t c, Span bytes);
  // The composed characters in canonical order, valid until the next call; the cluster is then
  // empty.
  std::span<const char32_t> close();
  // The same for a cluster without marks: empties it and returns its base; 0 if it is empty or has
  // marks.
  char32_t take_base() {
    if (!has_base_ || mark_count_ != 0) return 0;
    has_base_ = false;
    return chars_[0];
  }
  // The bytes that the characters, also the dropped ones, came from. After close() still there.
  Span bytes() const { return bytes_; }

 private:
  static constexpr uint32_t kMarks = 30;  // kMaxMarks

  void add_mark(char32_t c, uint8_t combining_class);
  void decompose_base();
  void compose_marks();

  bool has_base_ = false;
  bool decomposed_ = false;  // the base is as short as it gets, its own marks are in marks_
  uint32_t mark_count_ = 0;
  Span bytes_;
  char32_t chars_[kMarks + 1];  // base, then marks in canonical order; not cleared: that takes time
  uint8_t classes_[kMarks + 1];
};

// Composition of two characters, 0 if there is none. Hangul included.
char32_t compose(char32_t first, char32_t second);

// NFKC casefold with plain digits (normaliser.hpp), otherwise equal to ICU's nfkc_cf as long as no
// base carries more than kMaxMarks marks.
// Used by the tests: it walks the same table and cluster as the normaliser.
std::u32string fold_nfkc(std::string_view text);

}  // namespace xiaoer::text
