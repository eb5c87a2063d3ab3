#pragma once
// Spans count bytes inside and characters in JSON.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/utf8.hpp"

namespace xiaoer::wire {

// Byte offsets to character offsets. One pass counts the characters up to the marks, so that each
// lookup decodes a short stretch only: linear however many spans there are, and without allocation.
class CharOffsets {
 public:
  explicit CharOffsets(std::string_view bytes)
      : bytes_(bytes), stride_(std::max<size_t>(64, (bytes.size() + kMarks - 1) / kMarks)) {
    Mark at;
    size_t next = 0;
    while (at.offset < bytes_.size()) {
      if (at.offset >= next * stride_) marks_[next++] = at;
      at = {at.offset + size_at(at.offset), at.count + 1};
    }
    used_ = next;
  }

  uint32_t chars(size_t offset) const {
    if (used_ == 0) return 0;
    size_t index = std::min(offset / stride_, used_ - 1);
    if (marks_[index].offset > offset) --index;  // a character straddles the mark's nominal place
    Mark at = marks_[index];
    while (at.offset < std::min(offset, bytes_.size())) {
      at = {at.offset + size_at(at.offset), at.count + 1};
    }
    return at.count;
  }

 private:
  static constexpr size_t kMarks = 256;
  struct Mark {
    uint32_t offset = 0;
    uint32_t count = 0;
  };
  uint32_t size_at(size_t offset) const { return text::decode(bytes_.substr(offset)).size; }

  std::string_view bytes_;
  size_t stride_;
  size_t used_ = 0;
  std::array<Mark, kMarks + 1> marks_;
};

}  // namespace xiaoer::wire
