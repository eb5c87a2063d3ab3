// Step 1 of matching: one pass of the automaton over the message.

#include <algorithm>

#include "base/prefetch.hpp"
#include "match/scratch.hpp"
#include "match/views.hpp"

namespace xiaoer::match {
namespace {

constexpr uint16_t kSkipped = text::kPunctuation | text::kSpace | text::kSymbol;
constexpr uint32_t kAhead =
    8;  // characters: where words may begin is asked for before it is needed
constexpr size_t kCrossablePowers = 12;  // 2^11 .. < kMaxGapSum

using Views = Matcher::Views;

void begin_message(MatchScratch* scratch) {
  if (++scratch->epoch == 0) {  // wrapped around: every old epoch could be taken for a new one
    std::fill(scratch->program_epochs.begin(), scratch->program_epochs.end(), 0);
    std::fill(scratch->pattern_epochs.begin(), scratch->pattern_epochs.end(), 0);
    scratch->regex_epoch = 0;
    scratch->epoch = 1;
  }
  // All of them, `scanned` or not: a message that memory ran out for left some behind.
  for (const uint32_t atom : scratch->touched) {
    if (atom < scratch->places.size()) scratch->places[atom] = 0;
  }
  scratch->touched.clear();
  scratch->scanned = 0;
  scratch->signature = 0;
  scratch->covers.clear();
  scratch->cover_atoms.clear();
  scratch->number_hits.clear();
  scratch->numbers.clear();
  scratch->words.clear();
  scratch->hits.clear();
  scratch->cue_hits = 0;
}

void find_core(const text::Text& text, MatchScratch* scratch) {
  const uint32_t size = text.size();
  uint32_t lead = 0, trail = size;
  while (lead < size && (text.properties[lead] & kSkipped) != 0) ++lead;
  while (trail > 0 && (text.properties[trail - 1] & kSkipped) != 0) --trail;
  scratch->length = size;
  scratch->lead = lead;
  scratch->trail = trail;
}

// Runs the automaton and calls hit(atom, begin, end) for every atom in the message, in order of
// their ends, longer ones first.
template <class Hit>
void run_automaton(const Views& views, const text::Text& text, Hit hit) {
  const State* states = views.states.data();
  const Output* outputs = views.outputs.data();
  const CharTable<uint16_t> classes = views.classes;  // a copy, which no hit can change
  const uint32_t size = text.size();
  const State* const root = states + states[0].base;
  const char32_t* const chars = text.chars.data();
  uint32_t ahead[kAhead];  // classes of the characters from i on
  const auto look_at = [&](uint32_t i) {
    const uint32_t c = classes.of(chars[i]);
    prefetch(root + c);
    ahead[i % kAhead] = c;
  };
  for (uint32_t i = 0; i < size && i < kAhead; ++i) look_at(i);
  uint32_t state = 0;
  for (uint32_t i = 0; i < size; ++i) {
    const uint32_t c = ahead[i % kAhead];
    if (i + kAhead < size) look_at(i + kAhead);
    if (c == 0) {
      state = 0;
      continue;
    }
    for (;;) {
      const uint32_t next = static_cast<uint32_t>(states[state].base) + c;
      if (states[next].check == static_cast<int32_t>(state)) {
        state = next;
        break;
      }
      if (state == 0) break;
      state = states[state].fail;
    }
    for (uint32_t output = states[state].output; output != 0; output = outputs[output - 1].next) {
      const uint32_t atom = outputs[output - 1].atom;
      hit(atom >> 8, i + 1 - (atom & 255), i + 1);
    }
  }
}

// A number is a protected word, too: 12345 is none in 91234567.
void note_number(const text::Text& text, uint32_t place, Span atom, MatchScratch* scratch) {
  const auto is_digit = [&](uint32_t i) { return (text.properties[i] & text::kDigit) != 0; };
  if (!is_digit(atom.begin)) return;  // only in a forged image
  std::vector<Span>& numbers = scratch->numbers;
  if (numbers.empty() || numbers.back().end <= atom.begin) {
    Span number = atom;
    while (number.begin > 0 && is_digit(number.begin - 1)) --number.begin;
    while (number.end < text.size() && is_digit(number.end)) ++number.end;
    if (number == atom) return;
    numbers.push_back(number);
  }
  if (numbers.back().contains(atom) && numbers.back() != atom) {
    scratch->number_hits.push_back({place, atom.begin});
  }
}

// Not inlined: few atoms are special, and the loop over the characters needs the registers.
[[gnu::noinline]] void add_special(const Views& views, const text::Text& text, uint32_t atom,
                                   Span at, MatchScratch* scratch) {
  const SpecialAtom& special = views.specials[atom];
  for (uint32_t i = 0; i < special.words.count; ++i) {
    scratch->words.push_back({views.words[special.words.first + i], at});
  }
  if (special.is_protected != 0) {
    scratch->covers.push_back(at);
    scratch->cover_atoms.push_back(atom);
  }
  if (special.is_number != 0) note_number(text, scratch->places[atom], at, scratch);
}

// Numbers in which an atom stands join the protected words: merged from the back, so that covers
// stay in order of their ends.
void cover_numbers(MatchScratch* scratch) {
  const std::vector<Span>& numbers = scratch->numbers;
  size_t words = scratch->covers.size(), left = numbers.size();
  scratch->covers.resize(words + left);
  scratch->cover_atoms.resize(words + left);
  for (size_t at = words + left; left > 0;) {
    --at;
    if (words > 0 && scratch->covers[words - 1].end > numbers[left - 1].end) {
      scratch->covers[at] = scratch->covers[--words];
      scratch->cover_atoms[at] = scratch->cover_atoms[words];
    } else {
      scratch->covers[at] = numbers[--left];
      scratch->cover_atoms[at] = kNone;
    }
  }
}

// Calls use(atom, begin) for what stands strictly inside the protected words of the pack.
template <class Use>
void for_each_covered(const Views& views, const MatchScratch& scratch, Use use) {
  for (size_t i = 0; i < scratch.covers.size(); ++i) {
    if (scratch.cover_atoms[i] == kNone) continue;
    const Range list = views.specials[scratch.cover_atoms[i]].covers;
    for (const Cover& cover : views.covers.subspan(list.first, list.count)) {
      use(scratch.places[cover.atom], scratch.covers[i].begin + cover.offset);
    }
  }
  for (const NumberHit& hit : scratch.number_hits) use(hit.place, hit.begin);
}

// Dictionary words strictly inside a protected word are no finds. Covers are in order of their
// ends.
void cover_words(MatchScratch* scratch) {
  const std::vector<Span>& covers = scratch->covers;
  std::erase_if(scratch->words, [&](const entities::DictionaryHit& word) {
    auto cover = std::lower_bound(covers.begin(), covers.end(), word.span.end,
                                  [](Span span, uint32_t end) { return span.end < end; });
    for (; cover != covers.end() && cover->end <= word.span.end + kMaxAtom; ++cover) {
      if (cover->contains(word.span) && *cover != word.span) return true;
    }
    return false;
  });
}

void cover_masks(const Views& views, MatchScratch* scratch) {
  scratch->raw_masks = scratch->masks;
  for_each_covered(views, *scratch, [&](uint32_t place, uint32_t begin) {
    scratch->masks[place] &= ~(1ULL << begin);
  });
}

void scan_narrow(const Views& views, const text::Text& text, MatchScratch* scratch) {
  uint64_t barriers = 0;
  for (uint32_t i = 0; i < text.size(); ++i) {
    barriers |= static_cast<uint64_t>((text.properties[i] & text::kSentenceEnd) != 0) << i;
  }
  uint64_t* crossable = scratch->crossable;
  crossable[0] = ~0ULL;
  crossable[1] = ~barriers & ((1ULL << text.size()) - 1);
  for (uint32_t k = 2; k <= MatchScratch::kCrossable; ++k) {
    crossable[k] = crossable[k - 1] & crossable[k - 1] >> 1;
  }
  const uint32_t specials = views.header.specials;
  uint32_t* places = scratch->places.data();
  scratch->masks.assign(1, 0);  // of atoms not seen
  uint64_t signature = 0;
  run_automaton(views, text, [&](uint32_t atom, uint32_t begin, uint32_t end) {
    uint32_t& place = places[atom];
    if (place == 0) {
      scratch->touched.push_back(atom);
      place = static_cast<uint32_t>(scratch->touched.size());
      scratch->masks.push_back(0);
      signature |= signature_bit(atom);
    }
    scratch->masks[place] |= 1ULL << begin;
    if (atom < specials) add_special(views, text, atom, {begin, end}, scratch);
  });
  scratch->signature = signature;
}

// *out = `from` and `from` shifted down by `count` bits.
void intersect_shifted(const std::vector<uint64_t>& from, uint32_t count,
                       std::vector<uint64_t>* out) {
  const size_t skip = count / 64;
  const uint32_t bits = count % 64;
  for (size_t i = 0; i < from.size(); ++i) {
    const uint64_t low = i + skip < from.size() ? from[i + skip] : 0;
    const uint64_t high = i + skip + 1 < from.size() ? from[i + skip + 1] : 0;
    (*out)[i] = from[i] & (bits == 0 ? low : low >> bits | high << (64 - bits));
  }
}

void find_crossable(const text::Text& text, MatchScratch* scratch) {
  const size_t words = text.size() / 64 + 1;
  scratch->wide_crossable.resize(kCrossablePowers);
  std::vector<uint64_t>& one = scratch->wide_crossable[0];
  one.assign(words, 0);
  for (uint32_t i = 0; i < text.size(); ++i) {
    if ((text.properties[i] & text::kSentenceEnd) == 0) one[i / 64] |= 1ULL << (i % 64);
  }
  for (size_t k = 1; k < kCrossablePowers; ++k) {
    scratch->wide_crossable[k].resize(words);
    intersect_shifted(scratch->wide_crossable[k - 1], 1u << (k - 1), &scratch->wide_crossable[k]);
  }
}

// Sorts the hits by atom; within an atom they are in order already.
void group_hits(MatchScratch* scratch) {
  uint32_t first = 0;
  for (WideAtom& atom : scratch->wide_atoms) {
    atom.first = first;
    first += atom.count;
    atom.count = 0;
  }
  scratch->wide_begins.resize(first);
  for (const uint64_t hit : scratch->wide_hits) {
    WideAtom& atom = scratch->wide_atoms[hit >> 32];
    scratch->wide_begins[atom.first + atom.count++] = static_cast<uint32_t>(hit) << 1;
  }
}

void cover_begins(const Views& views, MatchScratch* scratch) {
  for_each_covered(views, *scratch, [&](uint32_t place, uint32_t covered) {
    if (place == 0) return;
    const WideAtom& atom = scratch->wide_atoms[place - 1];
    const auto begin = scratch->wide_begins.begin() + atom.first;
    const uint32_t wanted = covered << 1;
    const auto found = std::lower_bound(begin, begin + atom.count, wanted);
    if (found != begin + atom.count && (*found | 1) == (wanted | 1)) *found |= 1;
  });
}

// Atoms with at least one occurrence a word of a bit set are read faster from bit sets, which also
// bounds the work that a message can cause. Together they take at most two words an occurrence.
void make_dense(MatchScratch* scratch) {
  const uint32_t words = scratch->length / 64 + 1;
  scratch->wide_masks.clear();
  for (WideAtom& atom : scratch->wide_atoms) {
    atom.dense = kNone;
    if (atom.count < words) continue;
    atom.dense = static_cast<uint32_t>(scratch->wide_masks.size());
    scratch->wide_masks.resize(atom.dense + 2 * words, 0);
    uint64_t* open = scratch->wide_masks.data() + atom.dense;
    uint64_t* raw = open + words;
    for (uint32_t i = 0; i < atom.count; ++i) {
      const uint32_t begin = scratch->wide_begins[atom.first + i];
      const uint64_t bit = 1ULL << (begin / 2 % 64);
      raw[begin / 128] |= bit;
      if ((begin & 1) == 0) open[begin / 128] |= bit;
    }
  }
}

void scan_wide(const Views& views, const text::Text& text, MatchScratch* scratch) {
  find_crossable(text, scratch);
  scratch->wide_atoms.clear();
  scratch->wide_hits.clear();
  run_automaton(views, text, [&](uint32_t atom, uint32_t begin, uint32_t end) {
    uint32_t& place = scratch->places[atom];
    if (place == 0) {
      scratch->wide_atoms.push_back({atom, 0, 0, kNone});
      scratch->touched.push_back(atom);
      place = static_cast<uint32_t>(scratch->touched.size());
      scratch->signature |= signature_bit(atom);
    }
    ++scratch->wide_atoms[place - 1].count;
    scratch->wide_hits.push_back(static_cast<uint64_t>(place - 1) << 32 | begin);
    if (atom < views.header.specials) add_special(views, text, atom, {begin, end}, scratch);
  });
  group_hits(scratch);
}

}  // namespace

void Matcher::scan(const text::Text& text, MatchScratch* scratch) const {
  const Views& views = *views_;
  begin_message(scratch);
  find_core(text, scratch);
  const bool narrow = text.size() <= kLongestNarrow;
  if (narrow) {
    scan_narrow(views, text, scratch);
  } else {
    scan_wide(views, text, scratch);
  }
  cover_numbers(scratch);
  if (!scratch->covers.empty()) {
    cover_words(scratch);
    if (narrow) {
      cover_masks(views, scratch);
    } else {
      cover_begins(views, scratch);
    }
  }
  if (!narrow) make_dense(scratch);
  scratch->scanned = scratch->touched.size();
}

std::span<const entities::DictionaryHit> Matcher::dictionary_hits(
    const MatchScratch& scratch) const {
  return scratch.words;
}

}  // namespace xiaoer::match
