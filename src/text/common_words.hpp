#pragma once
// Common Chinese words of two characters, so that one of them is not taken for a slip. The table
// (generated/common_words.cpp) holds what ICU's dictionary of Chinese keeps together, for the 3,755
// most used characters; tools/generate_pinyin_tables makes it.

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace xiaoer::text {

// A first character and, in order, those that make a word with it.
struct CommonWords {
  char16_t first;
  std::u16string_view seconds;
};

extern const size_t kCommonWordCount;
extern const CommonWords kCommonWords[];  // sorted by the first character

inline bool is_common_word(char32_t first, char32_t second) {
  if (first > 0xFFFF || second > 0xFFFF) return false;
  const CommonWords* const end = kCommonWords + kCommonWordCount;
  const CommonWords* const found =
      std::lower_bound(kCommonWords, end, first,
                       [](const CommonWords& words, char32_t c) { return words.first < c; });
  return found != end && found->first == first &&
         std::binary_search(found->seconds.begin(), found->seconds.end(),
                            static_cast<char16_t>(second));
}

}  // namespace xiaoer::text
