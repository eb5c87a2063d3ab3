#pragma once
// For a few entries: stable, and without memory, which std::stable_sort asks for.

#include <cstddef>
#include <utility>

namespace xiaoer {

// `before(a, b)`: a stands before b. The list is a vector, an array or a span.
template <class List, class Before>
constexpr void insertion_sort(List&& list, Before&& before) {
  for (size_t i = 1; i < list.size(); ++i) {
    for (size_t j = i; j > 0 && before(list[j], list[j - 1]); --j) std::swap(list[j], list[j - 1]);
  }
}

}  // namespace xiaoer
