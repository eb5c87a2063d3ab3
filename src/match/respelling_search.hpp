#pragma once
// What both halves of the respeller look words up with.

#include <algorithm>

#include "match/respeller.hpp"
#include "text/pinyin.hpp"

namespace xiaoer::match {

// Whether a character has exactly this reading.
inline bool sounds(char32_t c, text::Syllable syllable) {
  const text::Readings readings = text::readings_of(c);
  return std::find(readings.begin(), readings.end(), syllable) != readings.end();
}

// Calls visit(word) for every word that is read so.
template <class Visit>
void Respeller::for_each_word(uint64_t key, Visit visit) const {
  for (size_t at = mix(key) & header_.keys_mask; keys_[at].key != 0;
       at = (at + 1) & header_.keys_mask) {
    if (keys_[at].key == key) visit(keys_[at].word);
  }
}

}  // namespace xiaoer::match
