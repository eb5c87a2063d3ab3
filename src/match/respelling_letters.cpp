// The respeller's other half: words left in Latin letters, as when an input method was not switched
// on. A run of letters is read as pinyin: the cheapest way, by dynamic programming over its places,
// to cover all of it with words of the vocabulary and, where the pack writes them side by side,
// single characters.

#include <algorithm>
#include <string_view>

#include "match/respelling_search.hpp"
#include "text/pinyin.hpp"

namespace xiaoer::match {
namespace {

using Path = RespellScratch::Path;

constexpr uint32_t kMaxLetters = 48;
constexpr uint32_t kMaxSteps = 4096;  // syllables tried in one message
constexpr uint32_t kLongRun = 6;      // letters that need no neighbour to speak for them
constexpr uint32_t kLongWhole = 4;    // the same where they are the whole message
// Costs of a path: few long words are likelier than many short ones.
constexpr uint32_t kWordCost = 200, kSingleCost = 300, kUnknownJoin = 120, kAccentCost = 50,
                   kMostFrequent = 100;
constexpr uint16_t kSkipped = text::kPunctuation | text::kSpace | text::kSymbol;

bool is_letter(const text::Text& text, uint32_t at) {
  return at < text.size() && (text.properties[at] & text::kLatin) != 0;
}

// What makes letters part of a name, an address or a code.
bool is_glue(const text::Text& text, uint32_t at) {
  if (at >= text.size()) return false;
  constexpr std::u32string_view kGlue = U"_@-/.:#&[]<>%*+=$";
  return (text.properties[at] & text::kDigit) != 0 || kGlue.find(text.chars[at]) != kGlue.npos;
}

// A syllable that somebody would write out; hm and ng are not.
text::Syllable written_syllable(std::string_view letters) {
  constexpr std::string_view kVowels = "aeiouv";
  if (letters.find_first_of(kVowels) == letters.npos) return 0;
  return text::find_syllable(letters);
}

}  // namespace

// Letters of the message, with single spaces between some of them.
struct Respeller::Run {
  uint32_t begin = 0, end = 0;
  bool after_han = false;
};

void Respeller::find_letters(const text::Text& heard, RespellScratch* scratch) const {
  scratch->steps = kMaxSteps;
  for (uint32_t at = 0; at < heard.size(); ++at) {
    if (!is_letter(heard, at)) continue;
    Run run{at, at + 1, at > 0 && (heard.properties[at - 1] & text::kHan) != 0};
    while (is_letter(heard, run.end) || (run.end < heard.size() && heard.chars[run.end] == U' ' &&
                                         is_letter(heard, run.end + 1))) {
      ++run.end;
    }
    at = run.end;
    if (run.end - run.begin < 2 || run.end - run.begin > kMaxLetters) continue;
    if ((run.begin > 0 && is_glue(heard, run.begin - 1)) || is_glue(heard, run.end)) continue;
    const std::span<const char32_t> chars(heard.chars.data() + run.begin, run.end - run.begin);
    if (known(spelling_key(chars))) continue;  // the pack writes it so
    read_run(heard, run, scratch);
  }
}

// Ends a path at `end` if it is the cheapest so far.
void Respeller::reach(const Path& path, uint32_t end, RespellScratch* scratch) const {
  Path& place = scratch->paths[end];
  if (path.cost < place.cost) place = path;
}

// Tries every syllable at `at`, behind those of `key` that began at `from`.
void Respeller::extend(uint32_t from, uint32_t at, uint64_t key, uint32_t depth,
                       RespellStretch* stretch, RespellScratch* scratch) const {
  const auto size = static_cast<uint32_t>(scratch->letters.size());
  const Path before = scratch->paths[from];
  for (uint32_t length = 1; length <= text::kLongestSyllable && at + length <= size; ++length) {
    const uint32_t end = at + length;
    // A space ends a syllable.
    if (length > 1 && scratch->positions[end - 1] != scratch->positions[end - 2] + 1) break;
    if (scratch->steps == 0) return;
    --scratch->steps;
    const text::Syllable syllable = written_syllable({scratch->letters.data() + at, length});
    if (syllable == 0) continue;
    stretch->syllables[depth] = syllable;
    stretch->ends[depth] = end;
    const uint64_t longer = add_syllable(key, folded_[syllable]);
    Path path = before;
    path.from = from;
    path.stretch = *stretch;
    if (depth == 0) {
      end_with_single(before, path, end, scratch);
    } else {
      end_with_word(before, path, longer, depth + 1, end, scratch);
    }
    if (depth + 1 < kMaxRespelledWord) extend(from, end, longer, depth + 1, stretch, scratch);
  }
}

void Respeller::end_with_single(const Path& before, Path path, uint32_t end,
                                RespellScratch* scratch) const {
  for (const char32_t c : singles_[path.stretch.syllables[0]].characters) {
    if (c == 0 || (before.last != 0 && !known(pair_key(before.last, c)))) continue;
    path.cost = before.cost + kSingleCost - std::min(frequency(c) / 32, kMostFrequent);
    path.word = UINT32_MAX;
    path.first = before.first == 0 ? c : before.first;
    path.last = c;
    reach(path, end, scratch);
  }
}

void Respeller::end_with_word(const Path& before, Path path, uint64_t key, uint32_t size,
                              uint32_t end, RespellScratch* scratch) const {
  ++path.words;
  for_each_word(key, [&](uint32_t word) {
    const std::span<const char32_t> chars = chars_of(word);
    if (chars.size() != size) return;
    const bool joins = before.last == 0 || known(pair_key(before.last, chars.front()));
    if (!joins && before.word == UINT32_MAX) return;  // a single must go with both
    uint32_t accents = 0;
    for (uint32_t i = 0; i < size; ++i) accents += !sounds(chars[i], path.stretch.syllables[i]);
    if (accents * 2 > size) return;
    path.cost = before.cost + kWordCost + (joins ? 0 : kUnknownJoin) + accents * kAccentCost -
                std::min(words_[word].count, kMostFrequent);
    path.word = word;
    path.first = before.first == 0 ? chars.front() : before.first;
    path.last = chars.back();
    reach(path, end, scratch);
  });
}

// Whether the whole run can be read, and enough speaks for its being a slip.
bool Respeller::may_be_meant(const text::Text& heard, const Run& run,
                             const RespellScratch& scratch) const {
  const auto size = static_cast<uint32_t>(scratch.letters.size());
  const Path& whole = scratch.paths[size];
  if (whole.cost == UINT32_MAX) return false;
  const auto skipped = [](uint16_t properties) { return (properties & kSkipped) != 0; };
  const auto begin = heard.properties.begin() + run.begin, end = heard.properties.begin() + run.end;
  const bool alone = std::all_of(heard.properties.begin(), begin, skipped) &&
                     std::all_of(end, heard.properties.end(), skipped);
  if (whole.words > 0 && size >= (alone ? kLongWhole : kLongRun)) return true;
  const bool goes_left = run.after_han && known(pair_key(heard.chars[run.begin - 1], whole.first));
  const bool right = run.end < heard.size() && (*end & text::kHan) != 0;
  return goes_left && (!right || known(pair_key(whole.last, heard.chars[run.end])) ||
                       (text::property_of(whole.last) & text::kParticle) != 0);
}

void Respeller::read_run(const text::Text& heard, const Run& run, RespellScratch* scratch) const {
  scratch->letters.clear();
  scratch->positions.clear();
  for (uint32_t at = run.begin; at < run.end; ++at) {
    if (heard.chars[at] == U' ') continue;
    scratch->letters.push_back(static_cast<char>(heard.chars[at]));
    scratch->positions.push_back(at);
  }
  const auto size = static_cast<uint32_t>(scratch->letters.size());
  scratch->paths.assign(size + 1, {});
  scratch->paths[0].cost = 0;
  scratch->paths[0].word = 0;  // a word may follow the begin, whatever stands before it
  scratch->paths[0].last = run.after_han ? heard.chars[run.begin - 1] : 0;
  RespellStretch stretch;
  for (uint32_t at = 0; at < size; ++at) {
    if (scratch->paths[at].cost != UINT32_MAX) extend(at, at, 0, 0, &stretch, scratch);
  }
  if (!may_be_meant(heard, run, *scratch)) return;
  scratch->found.push_back({{run.begin, run.end}, {}});
  for (uint32_t end = size; end > 0; end = scratch->paths[end].from) {
    const Path& path = scratch->paths[end];
    const uint32_t count = path.word == UINT32_MAX ? 1 : words_[path.word].size;
    for (uint32_t i = 0; i < count; ++i) {
      const uint32_t begin = i == 0 ? path.from : path.stretch.ends[i - 1];
      const char32_t c = path.word == UINT32_MAX ? path.last : chars_of(path.word)[i];
      const uint32_t last = path.stretch.ends[i] - 1;
      scratch->pieces.push_back({c, {scratch->positions[begin], scratch->positions[last] + 1}});
    }
  }
}

}  // namespace xiaoer::match
