#include "match/wide.hpp"

#include <algorithm>
#include <bit>

namespace xiaoer::match {
namespace {

constexpr uint32_t kBits = 64;

uint64_t from_bit(uint32_t position) { return ~0ULL << (position % kBits); }
uint64_t to_bit(uint32_t position) { return ~0ULL >> (kBits - 1 - position % kBits); }

// Word `i` of the set; 0 outside.
uint64_t word(const WideSet& set, int64_t i) {
  return i >= set.lo && i < set.hi ? set.words[i] : 0;
}

void put(uint32_t position, WideSet* set) {
  set->words[position / kBits] |= 1ULL << (position % kBits);
}

}  // namespace

WideOps::WideOps(MatchScratch* scratch, const entities::Entities& entities)
    : scratch_(*scratch), entities_(entities), words_(scratch->length / kBits + 1) {
  if (scratch_.wide_sets.size() < size_t{kSets} * words_) {
    scratch_.wide_sets.resize(size_t{kSets} * words_);
  }
}

WideSet WideOps::make(uint32_t number) {
  return {scratch_.wide_sets.data() + size_t{number} * words_, 0, 0};
}

void WideOps::trim(Set* set) {
  while (set->lo < set->hi && set->words[set->lo] == 0) ++set->lo;
  while (set->lo < set->hi && set->words[set->hi - 1] == 0) --set->hi;
}

void WideOps::assign(const Set& from, Set* to) const {
  to->lo = from.lo;
  to->hi = from.hi;
  std::copy(from.words + from.lo, from.words + from.hi, to->words + from.lo);
}

void WideOps::fill(uint32_t from, uint32_t to, Set* set) const {
  set->lo = from / kBits;
  set->hi = to / kBits + 1;
  std::fill(set->words + set->lo, set->words + set->hi, ~0ULL);
  set->words[set->lo] &= from_bit(from);
  set->words[set->hi - 1] &= to_bit(to);
}

void WideOps::keep(uint32_t from, uint32_t to, Set* set) const {
  const uint32_t lo = std::max(set->lo, from / kBits);
  const uint32_t hi = std::min(set->hi, to / kBits + 1);
  if (from > to || lo >= hi) {
    clear(set);
    return;
  }
  set->lo = lo;
  set->hi = hi;
  if (lo == from / kBits) set->words[lo] &= from_bit(from);
  if (hi == to / kBits + 1) set->words[hi - 1] &= to_bit(to);
  trim(set);
}

void WideOps::remove(uint32_t from, uint32_t to, Set* set) const {
  if (from > to) return;
  const uint32_t first = from / kBits, last = to / kBits;
  for (uint32_t i = std::max(first, set->lo); i <= last && i < set->hi; ++i) {
    uint64_t gone = ~0ULL;
    if (i == first) gone &= from_bit(from);
    if (i == last) gone &= to_bit(to);
    set->words[i] &= ~gone;
  }
  trim(set);
}

bool WideOps::has(const Set& set, uint32_t position) {
  return (word(set, position / kBits) >> (position % kBits) & 1) != 0;
}

// The outermost words of a set that is not empty are not 0: every operation trims.
uint32_t WideOps::lowest(const Set& set) {
  return set.lo * kBits + static_cast<uint32_t>(std::countr_zero(set.words[set.lo]));
}

uint32_t WideOps::highest(const Set& set) {
  return set.hi * kBits - 1 - static_cast<uint32_t>(std::countl_zero(set.words[set.hi - 1]));
}

void WideOps::unite(const Set& other, Set* set) const {
  if (empty(other)) return;
  if (empty(*set)) {
    assign(other, set);
    return;
  }
  const uint32_t lo = std::min(other.lo, set->lo), hi = std::max(other.hi, set->hi);
  for (uint32_t i = lo; i < hi; ++i) set->words[i] = word(*set, i) | word(other, i);
  set->lo = lo;
  set->hi = hi;
}

void WideOps::intersect(const Set& other, Set* set) {
  set->lo = std::max(set->lo, other.lo);
  set->hi = std::max(set->lo, std::min(set->hi, other.hi));
  for (uint32_t i = set->lo; i < set->hi; ++i) set->words[i] &= other.words[i];
  trim(set);
}

// Bit i of the word: the 2^power + extra characters from i on may be crossed; extra <= 2^power.
uint64_t WideOps::crossable(uint32_t word, uint32_t power, uint32_t extra) const {
  const std::vector<uint64_t>& can = scratch_.wide_crossable[power];
  const size_t skip = word + extra / kBits;
  const uint32_t bits = extra % kBits;
  uint64_t shifted = skip < words_ ? can[skip] >> bits : 0;
  if (bits != 0 && skip + 1 < words_) shifted |= can[skip + 1] << (kBits - bits);
  return can[word] & shifted;
}

void WideOps::shift_up(uint32_t count, bool keep_old, Set* set) const {
  const uint32_t power = static_cast<uint32_t>(std::bit_width(count)) - 1;
  const uint32_t extra = count - (1u << power);
  const uint32_t skip = count / kBits, bits = count % kBits;
  const auto source = [&](int64_t i) {
    const uint64_t bits_of = word(*set, i);
    return bits_of == 0 ? 0 : bits_of & crossable(static_cast<uint32_t>(i), power, extra);
  };
  const uint32_t hi = std::min(words_, set->hi + skip + 1);
  // From the top down, so that every word is read before it is written.
  for (int64_t i = int64_t{hi} - 1; i >= set->lo; --i) {
    uint64_t moved = source(i - skip) << bits;
    if (bits != 0) moved |= source(i - skip - 1) >> (kBits - bits);
    if (keep_old) moved |= word(*set, i);
    set->words[i] = moved;
  }
  set->hi = hi;
  trim(set);
}

void WideOps::shift_down(uint32_t count, bool keep_old, Set* set) const {
  const uint32_t power = static_cast<uint32_t>(std::bit_width(count)) - 1;
  const uint32_t extra = count - (1u << power);
  const uint32_t skip = count / kBits, bits = count % kBits;
  const uint32_t lo = set->lo > skip + 1 ? set->lo - skip - 1 : 0;
  for (int64_t i = lo; i < set->hi; ++i) {
    uint64_t moved = word(*set, i + skip) >> bits;
    if (bits != 0) moved |= word(*set, i + skip + 1) << (kBits - bits);
    moved &= crossable(static_cast<uint32_t>(i), power, extra);
    if (keep_old) moved |= word(*set, i);
    set->words[i] = moved;
  }
  set->lo = lo;
  trim(set);
}

void WideOps::gap_forward(uint32_t min, uint32_t max, Set* set) const {
  if (min > 0 && !empty(*set)) shift_up(min, false, set);
  uint32_t left = std::min(max - min, scratch_.length);
  for (uint32_t step = 1; left > 0 && !empty(*set); step *= 2) {
    const uint32_t now = std::min(step, left);
    shift_up(now, true, set);
    left -= now;
  }
}

void WideOps::gap_backward(uint32_t min, uint32_t max, Set* set) const {
  if (min > 0 && !empty(*set)) shift_down(min, false, set);
  uint32_t left = std::min(max - min, scratch_.length);
  for (uint32_t step = 1; left > 0 && !empty(*set); step *= 2) {
    const uint32_t now = std::min(step, left);
    shift_down(now, true, set);
    left -= now;
  }
}

void WideOps::begin_step(const Set& in, bool optional, bool anywhere, Set* out) const {
  out->lo = anywhere || in.lo == 0 ? 0 : in.lo - 1;
  out->hi = anywhere ? words_ : std::min(words_, in.hi + 1);
  std::fill(out->words + out->lo, out->words + out->hi, 0);
  if (optional) std::copy(in.words + in.lo, in.words + in.hi, out->words + in.lo);
}

std::span<const uint32_t> WideOps::begins(const WideAtom& atom, uint32_t lo, uint32_t hi) const {
  const uint32_t* first = scratch_.wide_begins.data() + atom.first;
  const uint32_t* last = first + atom.count;
  first = std::lower_bound(first, last, lo * kBits * 2);
  last = std::lower_bound(first, last, hi * kBits * 2);
  return {first, last};
}

const uint64_t* WideOps::dense_mask(const WideAtom& atom, bool raw) const {
  return scratch_.wide_masks.data() + atom.dense + (raw ? words_ : 0);
}

void WideOps::group_forward(std::span<const uint32_t> atoms, bool raw, const Set& in,
                            Set* out) const {
  for (const uint32_t entry : atoms) {
    const uint32_t place = scratch_.places[entry >> 8];
    if (place == 0) continue;
    const WideAtom& atom = scratch_.wide_atoms[place - 1];
    const uint32_t length = entry & 63;
    if (atom.dense == kNone) {
      for (const uint32_t begin : begins(atom, in.lo, in.hi)) {
        if ((raw || (begin & 1) == 0) && has(in, begin / 2)) put(begin / 2 + length, out);
      }
      continue;
    }
    const uint64_t* mask = dense_mask(atom, raw);
    for (uint32_t w = in.lo; w < in.hi; ++w) {
      const uint64_t hits = in.words[w] & mask[w];
      if (hits == 0) continue;
      out->words[w] |= hits << length;
      if (hits >> (kBits - length) != 0) out->words[w + 1] |= hits >> (kBits - length);
    }
  }
}

void WideOps::group_backward(std::span<const uint32_t> atoms, bool raw, const Set& in,
                             Set* out) const {
  for (const uint32_t entry : atoms) {
    const uint32_t place = scratch_.places[entry >> 8];
    if (place == 0) continue;
    const WideAtom& atom = scratch_.wide_atoms[place - 1];
    const uint32_t length = entry & 63;
    if (atom.dense == kNone) {
      for (const uint32_t begin : begins(atom, out->lo, out->hi)) {
        if ((raw || (begin & 1) == 0) && has(in, begin / 2 + length)) put(begin / 2, out);
      }
      continue;
    }
    const uint64_t* mask = dense_mask(atom, raw);
    for (uint32_t w = out->lo; w < in.hi; ++w) {
      const uint64_t ends = word(in, w) >> length | word(in, int64_t{w} + 1) << (kBits - length);
      out->words[w] |= ends & mask[w];
    }
  }
}

void WideOps::slot_forward(uint32_t kind, const Set& in, Set* out) const {
  for (const entities::Entity& entity : entities_.list) {
    if (entity.kind == kind && entity.span.end <= scratch_.length && has(in, entity.span.begin)) {
      put(entity.span.end, out);
    }
  }
}

void WideOps::slot_backward(uint32_t kind, const Set& in, Set* out) const {
  for (const entities::Entity& entity : entities_.list) {
    if (entity.kind == kind && entity.span.end <= scratch_.length && has(in, entity.span.end)) {
      put(entity.span.begin, out);
    }
  }
}

}  // namespace xiaoer::match
