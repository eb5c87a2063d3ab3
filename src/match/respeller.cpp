#include "match/respeller.hpp"

#include <algorithm>
#include <bit>
#include <iterator>

#include "match/respelling_search.hpp"
#include "text/common_words.hpp"

namespace xiaoer::match {
namespace {

constexpr uint16_t kNeverRespelled = text::kParticle | text::kNumeral;

bool is_han(const text::Text& text, uint32_t at) {
  return at < text.size() && (text.properties[at] & text::kHan) != 0;
}

// Characters of the shortest word that says enough to be heard with an accent and without regard to
// its neighbours, and of the shortest that may have two slips.
constexpr uint32_t kAccentWord = 4, kTwoSlips = 5;
constexpr uint32_t kRefused = UINT32_MAX;

// Whether a place lies inside a word of letters.
bool cuts_letters(const text::Text& text, uint32_t at) {
  return at > 0 && at < text.size() && (text.properties[at - 1] & text::kLatin) != 0 &&
         (text.properties[at] & text::kLatin) != 0;
}

bool overlaps(const std::vector<Respelling>& found, Span span) {
  return std::any_of(found.begin(), found.end(),
                     [&](const Respelling& other) { return other.heard.overlaps(span); });
}

bool sound_alike(char32_t a, char32_t b) {
  const text::Readings readings = text::readings_of(a);
  return std::any_of(readings.begin(), readings.end(),
                     [&](text::Syllable syllable) { return sounds(b, syllable); });
}

// How many times as frequent as the corrected word's rarest pair the character may be that is taken
// for a slip: the shorter the word, the less it says by itself.
uint64_t most_frequent(uint32_t size, uint32_t count) {
  constexpr uint32_t kFactors[] = {0, 0, 3, 10, 300};
  return uint64_t{kFactors[std::min(size, 4u)]} * count;
}

}  // namespace

bool Respeller::open(const Image& image) {
  const auto header = image.section<RespellHeader>(Section::kMatchRespellHeader);
  keys_ = image.section<RespellKey>(Section::kMatchRespellKeys);
  words_ = image.section<RespellWord>(Section::kMatchRespellWords);
  letters_ = image.section<char32_t>(Section::kMatchRespellLetters);
  chars_ = image.section<RespellChar>(Section::kMatchRespellChars);
  singles_ = image.section<RespellSingles>(Section::kMatchRespellSingles);
  known_ = image.section<uint64_t>(Section::kMatchRespellKnown);
  if (header.empty()) return words_.empty();
  for (uint32_t i = 1; i < text::pinyin_tables::kSyllableCount; ++i) {
    folded_[i] = text::fold_accent(static_cast<text::Syllable>(i));
  }
  header_ = header[0];
  if (!tables_fit() || !words_fit()) return false;
  find_places();
  return true;
}

// Where in words of which size each syllable occurs.
void Respeller::find_places() {
  for (const RespellKey& entry : keys_) {
    if (entry.key == 0 || is_spelling(entry.key)) continue;
    const uint32_t size = words_[entry.word].size;
    uint64_t key = entry.key;
    for (uint32_t at = size; at-- > 0; key >>= kSyllableBits) {
      places_[key & (text::kMaxSyllables - 1)] |= place_bit(size, at);
    }
  }
}

// Look-ups stay inside their tables and come to an end.
bool Respeller::tables_fit() const {
  if (!std::has_single_bit(keys_.size()) || header_.keys_mask != keys_.size() - 1) return false;
  if (!std::has_single_bit(known_.size()) || header_.known_mask != known_.size() * 64 - 1) {
    return false;
  }
  const auto is_free = [](const RespellKey& key) { return key.key == 0; };
  return singles_.size() == text::pinyin_tables::kSyllableCount &&
         std::any_of(keys_.begin(), keys_.end(), is_free);
}

bool Respeller::words_fit() const {
  const auto is_character = [](char32_t c) { return c <= 0x10FFFF; };
  return std::all_of(letters_.begin(), letters_.end(), is_character) &&
         std::all_of(singles_.begin(), singles_.end(),
                     [&](const RespellSingles& single) {
                       return std::all_of(std::begin(single.characters),
                                          std::end(single.characters), is_character);
                     }) &&
         std::all_of(
             keys_.begin(), keys_.end(),
             [&](const RespellKey& key) { return key.key == 0 || key.word < words_.size(); }) &&
         std::all_of(words_.begin(), words_.end(), [&](const RespellWord& word) {
           return word.size >= 1 && word.size <= kMaxRespelledWord && word.right < words_.size() &&
                  uint64_t{word.first} + word.size <= letters_.size();
         });
}

bool Respeller::known(uint64_t key) const {
  const uint64_t hash = mix(key);
  for (uint32_t probe = 0; probe < kFilterProbes; ++probe) {
    const uint32_t bit = filter_bit(hash, probe, header_.known_mask);
    if ((known_[bit / 64] >> (bit % 64) & 1) == 0) return false;
  }
  return true;
}

uint32_t Respeller::frequency(char32_t c) const {
  const auto found =
      std::lower_bound(chars_.begin(), chars_.end(), c,
                       [](const RespellChar& a, char32_t to) { return a.character < to; });
  return found != chars_.end() && found->character == c ? found->count : 0;
}

// Whether the pack never writes this character beside its neighbours.
bool Respeller::is_stranger(const text::Text& text, uint32_t at) const {
  if (!is_han(text, at) || (text.properties[at] & kNeverRespelled) != 0) return false;
  const bool left = at > 0 && is_han(text, at - 1), right = is_han(text, at + 1);
  if (!left && !right) return false;
  return !(left && known(pair_key(text.chars[at - 1], text.chars[at]))) &&
         !(right && known(pair_key(text.chars[at], text.chars[at + 1])));
}

// A word that may be meant at a place of the message.
struct Respeller::Slip {
  uint32_t begin = 0, size = 0;
  uint32_t word = UINT32_MAX;
  uint32_t support = 0;  // neighbours that go with it
  uint32_t count = 0;

  bool better_than(const Slip& other) const {
    if (other.word == UINT32_MAX || size != other.size) return true;  // longer ones come first
    if (support != other.support) return support > other.support;
    return count > other.count;
  }
};

// Whether the message differs from the word at `begin` by strangers that sound like it only.
bool Respeller::is_slip_of(const text::Text& heard, uint32_t begin, uint32_t word) const {
  const std::span<const char32_t> chars = chars_of(word);
  const auto size = static_cast<uint32_t>(chars.size());
  uint32_t differing = 0;
  for (uint32_t i = 0; i < size; ++i) {
    const char32_t c = heard.chars[begin + i];
    if (c == chars[i]) continue;
    ++differing;
    if (!is_stranger(heard, begin + i)) return false;
    if ((text::property_of(chars[i]) & kNeverRespelled) != 0) return false;
    if (frequency(c) > most_frequent(size, words_[word].count)) return false;
    if (size < kAccentWord && !sound_alike(c, chars[i])) return false;
  }
  return differing > 0 && differing <= (size < kTwoSlips ? 1 : 2);
}

// How many neighbours go with the word at `begin`; kRefused if one speaks for what is written.
uint32_t Respeller::support_of(const text::Text& heard, uint32_t begin, uint32_t word) const {
  const std::span<const char32_t> chars = chars_of(word);
  const auto size = static_cast<uint32_t>(chars.size());
  const uint32_t end = begin + size;
  const std::vector<char32_t>& written = heard.chars;
  const bool left = begin > 0 && is_han(heard, begin - 1), right = is_han(heard, end);
  const bool first = written[begin] != chars[0], last = written[end - 1] != chars[size - 1];
  // In a word of two the character that is kept must not belong to a neighbour either.
  const bool all = size == 2;
  if ((first || all) && left && text::is_common_word(written[begin - 1], written[begin])) {
    return kRefused;
  }
  if ((last || all) && right && text::is_common_word(written[end - 1], written[end])) {
    return kRefused;
  }
  const bool goes_left = left && known(pair_key(written[begin - 1], chars[0]));
  const bool goes_right = right && known(pair_key(chars[size - 1], written[end]));
  if (size < kAccentWord && ((left && !goes_left) || (right && !goes_right))) return kRefused;
  if (size > 2) return uint32_t{goes_left} + uint32_t{goes_right};
  // Two characters say too little: the pack must have them beside this very neighbour.
  const char32_t kept = first ? chars[1] : chars[0];
  if (text::is_common_word(written[begin], written[begin + 1])) return kRefused;
  if (frequency(kept) > header_.everyday && !text::is_common_word(chars[0], chars[1])) {
    return kRefused;
  }
  const bool left_three = goes_left && known(three_key(written[begin - 1], chars[0], chars[1]));
  const bool right_three = goes_right && known(three_key(chars[0], chars[1], written[end]));
  return left_three || right_three ? uint32_t{left_three} + uint32_t{right_three} : kRefused;
}

void Respeller::weigh(const text::Text& heard, uint32_t begin, uint32_t word, Slip* best) const {
  if (!is_slip_of(heard, begin, word)) return;
  const uint32_t support = support_of(heard, begin, word);
  if (support == kRefused) return;
  const Slip slip{begin, words_[word].size, word, support, words_[word].count};
  if (slip.better_than(*best)) *best = slip;
}

// A window of the message by how it is read, with one of its characters read as `own`; 0: surely no
// word.
uint64_t Respeller::reading_of(const text::Text& heard, Span window, uint32_t at,
                               text::Syllable own) const {
  uint64_t key = 0;
  for (uint32_t i = window.begin; i < window.end; ++i) {
    const text::Syllable syllable = folded_[i == at ? own : text::syllable_of(heard.chars[i])];
    if ((places_[syllable] & place_bit(window.size(), i - window.begin)) == 0) return 0;
    key = add_syllable(key, syllable);
  }
  return key;
}

// The longest word around the stranger at `at` that begins at `from` or later.
bool Respeller::find_slip(const text::Text& heard, uint32_t at, uint32_t from, Slip* best) const {
  const text::Readings readings = text::readings_of(heard.chars[at]);
  uint32_t places = 0;  // where in a word of which size it may stand
  for (const text::Syllable own : readings) places |= places_[folded_[own]];
  for (uint32_t size = kMaxRespelledWord; size >= 2 && best->word == UINT32_MAX; --size) {
    if ((places & places_of(size)) == 0) continue;
    const uint32_t first = std::max(from, at + 1 < size ? 0 : at + 1 - size);
    for (uint32_t begin = first; begin <= at && begin + size <= heard.size(); ++begin) {
      if ((places & place_bit(size, at - begin)) == 0) continue;
      for (const text::Syllable own : readings) {
        const uint64_t key = reading_of(heard, {begin, begin + size}, at, own);
        if (key == 0) continue;
        for_each_word(key, [&](uint32_t word) {
          if (words_[word].size == size) weigh(heard, begin, word, best);
        });
      }
    }
  }
  return best->word != UINT32_MAX;
}

void Respeller::find_slips(const text::Text& heard, RespellScratch* scratch) const {
  uint32_t from = 0;  // behind the last word corrected
  for (uint32_t at = 0; at < heard.size(); ++at) {
    if (!is_stranger(heard, at)) continue;
    Slip slip;
    if (!find_slip(heard, at, from, &slip)) continue;
    from = slip.begin + slip.size;
    scratch->found.push_back({{slip.begin, from}, {}});
    const std::span<const char32_t> chars = chars_of(slip.word);
    for (uint32_t i = 0; i < slip.size; ++i) {
      scratch->pieces.push_back({chars[i], {slip.begin + i, slip.begin + i + 1}});
    }
    at = from - 1;
  }
}

// The longest misspelling, or protected word, that the pack lists and that begins here.
uint32_t Respeller::find_listed(const text::Text& heard, uint32_t begin) const {
  const std::span<const char32_t> rest = std::span(heard.chars).subspan(begin);
  uint32_t found = UINT32_MAX;
  for (auto size = std::min<size_t>(kMaxRespelledWord, rest.size()); size >= 2; --size) {
    const uint32_t end = begin + static_cast<uint32_t>(size);
    if (cuts_letters(heard, begin) || cuts_letters(heard, end)) continue;
    for_each_word(spelling_key(rest.first(size)), [&](uint32_t word) {
      if (std::ranges::equal(chars_of(word), rest.first(size))) found = word;
    });
    if (found != UINT32_MAX) break;
  }
  return found;
}

// Listed misspellings, where no correction was found already and no protected word stands.
void Respeller::find_typos(const text::Text& heard, RespellScratch* scratch) const {
  if (header_.has_typos == 0) return;
  for (uint32_t begin = 0; begin < heard.size(); ++begin) {
    const uint32_t word = find_listed(heard, begin);
    if (word == UINT32_MAX) continue;
    const Span span{begin, begin + words_[word].size};
    const uint32_t right = words_[word].right;
    begin = span.end - 1;
    if (right == word || overlaps(scratch->found, span)) continue;
    scratch->found.push_back({span, {}});
    for (const char32_t c : chars_of(right)) scratch->pieces.push_back({c, span});
  }
}

namespace {

void copy_char(const text::Text& heard, uint32_t at, text::Text* out) {
  out->chars.push_back(heard.chars[at]);
  out->properties.push_back(heard.properties[at]);
  out->begins.push_back(heard.begins[at]);
  out->ends.push_back(heard.ends[at]);
}

// The message with every respelling in its place. The pieces come in the order of the respellings.
void write_reading(const text::Text& heard, RespellScratch* scratch, text::Text* out) {
  out->clear();
  out->original = heard.original;
  out->well_formed = heard.well_formed;
  uint32_t at = 0;
  auto piece = scratch->pieces.begin();
  for (Respelling& respelling : scratch->found) {
    while (at < respelling.heard.begin) copy_char(heard, at++, out);
    respelling.understood.begin = out->size();
    for (; piece != scratch->pieces.end() && piece->heard.begin < respelling.heard.end; ++piece) {
      out->chars.push_back(piece->character);
      out->properties.push_back(text::property_of(piece->character));
      out->begins.push_back(heard.begins[piece->heard.begin]);
      out->ends.push_back(heard.ends[piece->heard.end - 1]);
    }
    respelling.understood.end = out->size();
    at = respelling.heard.end;
  }
  while (at < heard.size()) copy_char(heard, at++, out);
}

}  // namespace

bool Respeller::respell(const text::Text& heard, RespellScratch* scratch, text::Text* out) const {
  scratch->found.clear();
  scratch->pieces.clear();
  if (!is_on() || heard.size() > kLongest) return false;
  find_slips(heard, scratch);
  find_letters(heard, scratch);
  find_typos(heard, scratch);
  if (scratch->found.empty()) return false;
  std::sort(scratch->found.begin(), scratch->found.end(),
            [](const Respelling& x, const Respelling& y) { return x.heard.begin < y.heard.begin; });
  // Those of a listed misspelling all stand for the whole of it.
  using Piece = RespellScratch::Piece;
  for (size_t i = 0; i < scratch->pieces.size(); ++i) {
    scratch->pieces[i].order = static_cast<uint32_t>(i);
  }
  std::sort(scratch->pieces.begin(), scratch->pieces.end(), [](const Piece& x, const Piece& y) {
    return x.heard.begin != y.heard.begin ? x.heard.begin < y.heard.begin : x.order < y.order;
  });
  write_reading(heard, scratch, out);
  return true;
}

}  // namespace xiaoer::match
