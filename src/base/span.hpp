#pragma once
// Half-open ranges. Inside the engine a Span counts normalised characters or bytes of the buyer's
// own text; the name of the variable says which.

#include <cstdint>

namespace xiaoer {

struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(const Span&, const Span&) = default;
};

}  // namespace xiaoer
