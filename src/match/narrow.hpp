#pragma once
// Position sets of a message of at most 63 characters: one word, bit i for "before character i".

#include <bit>
#include <cstdint>
#include <span>

#include "entities/entity.hpp"
#include "match/scratch.hpp"

namespace xiaoer::match {

class NarrowOps {
 public:
  using Set = uint64_t;

  NarrowOps(MatchScratch* scratch, const entities::Entities& entities)
      : scratch_(*scratch), places_(scratch->places.data()), entities_(entities) {}

  static Set make(uint32_t) { return 0; }

  static void assign(Set from, Set* to) { *to = from; }
  static void clear(Set* set) { *set = 0; }
  // Positions from..to, both included.
  static void fill(uint32_t from, uint32_t to, Set* set) { *set = range(from, to); }
  static void keep(uint32_t from, uint32_t to, Set* set) { *set &= range(from, to); }
  static void remove(uint32_t from, uint32_t to, Set* set) { *set &= ~range(from, to); }
  static bool empty(Set set) { return set == 0; }
  static bool has(Set set, uint32_t position) { return (set >> position & 1) != 0; }
  static uint32_t lowest(Set set) { return static_cast<uint32_t>(std::countr_zero(set)); }
  static uint32_t highest(Set set) { return 63 - static_cast<uint32_t>(std::countl_zero(set)); }
  static void unite(Set other, Set* set) { *set |= other; }
  static void intersect(Set other, Set* set) { *set &= other; }

  // After a gap of min..max characters, none of which ends a sentence.
  void gap_forward(uint32_t min, uint32_t max, Set* set) const {
    Set now = *set;
    if (min > 0) now = min > 63 ? 0 : (now & crossable(min)) << min;
    spread(max - min, [&](uint64_t can, uint32_t t) { now |= (now & can) << t; });
    *set = now;
  }
  void gap_backward(uint32_t min, uint32_t max, Set* set) const {
    Set now = *set;
    if (min > 0) now = min > 63 ? 0 : now >> min & crossable(min);
    spread(max - min, [&](uint64_t can, uint32_t t) { now |= now >> t & can; });
    *set = now;
  }

  // out = in when optional, otherwise empty; the following add to it.
  static void begin_step(Set in, bool optional, bool, Set* out) { *out = optional ? in : 0; }
  static void end_step(Set*) {}

  // Ends of the atoms that begin in `in`. Raw: also where a protected word covers them.
  // Atoms not seen have an empty mask: which of them occur is anybody's guess, for the processor
  // too, so there is no branch on it.
  void group_forward(std::span<const uint32_t> atoms, bool raw, Set in, Set* out) const {
    const uint64_t* masks = masks_of(raw);
    for (const uint32_t atom : atoms) {
      *out |= (in & masks[places_[atom >> 8]]) << (atom & 63);
    }
  }
  void group_backward(std::span<const uint32_t> atoms, bool raw, Set in, Set* out) const {
    const uint64_t* masks = masks_of(raw);
    for (const uint32_t atom : atoms) {
      *out |= in >> (atom & 63) & masks[places_[atom >> 8]];
    }
  }
  // Whether the atoms begin at one place only before `end`.
  bool only_begin(std::span<const uint32_t> atoms, bool raw, uint32_t end, uint32_t* begin) const {
    const uint64_t* masks = masks_of(raw);
    uint64_t begins = 0;
    for (const uint32_t atom : atoms) begins |= masks[places_[atom >> 8]];
    begins &= (1ULL << end) - 1;
    if (!std::has_single_bit(begins)) return false;
    *begin = lowest(begins);
    return true;
  }
  void slot_forward(uint32_t kind, Set in, Set* out) const {
    for (const entities::Entity& entity : entities_.list) {
      if (entity.kind == kind && entity.span.end <= scratch_.length && has(in, entity.span.begin)) {
        *out |= 1ULL << entity.span.end;
      }
    }
  }
  void slot_backward(uint32_t kind, Set in, Set* out) const {
    for (const entities::Entity& entity : entities_.list) {
      if (entity.kind == kind && entity.span.end <= scratch_.length && has(in, entity.span.end)) {
        *out |= 1ULL << entity.span.begin;
      }
    }
  }

 private:
  static Set range(uint32_t from, uint32_t to) {
    return from > to ? 0 : (~0ULL >> (63 - (to - from))) << from;
  }
  const uint64_t* masks_of(bool raw) const {
    return raw ? scratch_.raw_masks.data() : scratch_.masks.data();
  }

  // Bit i: `count` (1..63) characters from i on may be crossed.
  uint64_t crossable(uint32_t count) const {
    if (count <= MatchScratch::kCrossable) return scratch_.crossable[count];
    uint64_t can = scratch_.crossable[1];
    uint32_t reach = 1;
    for (; 2 * reach <= count; reach *= 2) can &= can >> reach;
    return can & can >> (count - reach);
  }

  // Steps of 1, 2, 4 ... characters that add up to `count`; after each, all smaller sums are
  // reached too.
  template <class Step>
  void spread(uint32_t count, Step step) const {
    if (count < 2 * MatchScratch::kCrossable) {
      // Halves of halves: at most four steps, and none of them more than the others together and
      // one.
      for (int i = 0; i < 4; ++i, count /= 2) {
        const uint32_t half = count - count / 2;
        step(scratch_.crossable[half], half);
      }
      return;
    }
    if (count > 63) count = 63;
    uint64_t can = scratch_.crossable[1];
    uint64_t half = can;
    uint32_t t = 1;
    for (; t <= count; t *= 2) {
      step(can, t);
      count -= t;
      half = can;
      can &= can >> t;
    }
    // What is left is less than t; half is for t / 2 characters.
    if (count > t / 2)
      step(half & half >> (count - t / 2), count);
    else if (count > 0)
      step(crossable(count), count);
  }

  MatchScratch& scratch_;
  const uint32_t* places_;
  const entities::Entities& entities_;
};

}  // namespace xiaoer::match
