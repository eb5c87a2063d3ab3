#include "text/pinyin.hpp"

#include <algorithm>

namespace xiaoer::text {

Readings readings_of(char32_t c) {
  using namespace pinyin_tables;
  Readings readings;
  const Syllable usual = syllable_of(c);
  if (usual == 0) return readings;
  readings.syllables[readings.count++] = usual;
  const Reading* const end = kReadings + kReadingCount;
  const Reading* more =
      std::lower_bound(kReadings, end, c,
                       [](const Reading& reading, char32_t to) { return reading.character < to; });
  for (; more != end && more->character == c && readings.count < readings.syllables.size();
       ++more) {
    readings.syllables[readings.count++] = more->syllable;
  }
  return readings;
}

Syllable find_syllable(std::string_view letters) {
  using namespace pinyin_tables;
  const std::string_view* const end = kSyllables + kSyllableCount;
  const std::string_view* const found = std::lower_bound(kSyllables + 1, end, letters);
  return found != end && *found == letters ? static_cast<Syllable>(found - kSyllables)
                                           : Syllable{0};
}

Syllable fold_accent(Syllable syllable) {
  char letters[kLongestSyllable];
  std::string_view text = pinyin_tables::kSyllables[syllable];
  if (text.size() > 2 && text[1] == 'h') {
    letters[0] = text[0];
    text.copy(letters + 1, text.size() - 2, 2);
    if (const Syllable folded = find_syllable({letters, text.size() - 1})) syllable = folded;
  }
  text = pinyin_tables::kSyllables[syllable];
  if (text.ends_with("ang") || text.ends_with("eng") || text.ends_with("ing")) {
    if (const Syllable folded = find_syllable(text.substr(0, text.size() - 1))) syllable = folded;
  }
  return syllable;
}

}  // namespace xiaoer::text
