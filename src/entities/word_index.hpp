#pragma once
// A table of words indexed by one of their characters, made by the compiler: a look-up reads only
// the words that may fit, and most characters of a message are told apart by one load.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace xiaoer::entities {

// Common ideographs differ in their low bits; 512 buckets leave few of them together.
inline constexpr uint32_t kWordBuckets = 512;
constexpr uint32_t word_bucket(char32_t c) { return c & (kWordBuckets - 1); }

// Where the words of a bucket stand in `order`: [first[b], first[b + 1]).
template <size_t kCount>
struct WordIndex {
  std::array<uint16_t, kWordBuckets + 1> first = {};
  std::array<uint16_t, kCount> order = {};

  std::span<const uint16_t> candidates(char32_t c) const {
    const uint32_t bucket = word_bucket(c);
    return {order.data() + first[bucket], order.data() + first[bucket + 1]};
  }
};

// Indexes `words` by their last (`by_last`) or first character. Word needs a member `word`.
template <class Word, size_t kCount>
constexpr WordIndex<kCount> make_word_index(const Word (&words)[kCount], bool by_last = false) {
  WordIndex<kCount> index;
  const auto bucket_of = [&words, by_last](size_t i) {
    return word_bucket(by_last ? words[i].word.back() : words[i].word.front());
  };
  for (size_t i = 0; i < kCount; ++i) ++index.first[bucket_of(i) + 1];
  for (uint32_t b = 0; b < kWordBuckets; ++b) {
    index.first[b + 1] = static_cast<uint16_t>(index.first[b + 1] + index.first[b]);
  }
  std::array<uint16_t, kWordBuckets> next = {};
  for (uint32_t b = 0; b < kWordBuckets; ++b) next[b] = index.first[b];
  for (size_t i = 0; i < kCount; ++i) {
    index.order[next[bucket_of(i)]++] = static_cast<uint16_t>(i);
  }
  return index;
}

}  // namespace xiaoer::entities
