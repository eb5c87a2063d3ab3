#pragma once
// Position sets of longer messages: several words, of which only those that hold something are
// touched.

#include <cstdint>
#include <span>

#include "entities/entity.hpp"
#include "match/scratch.hpp"

namespace xiaoer::match {

// Words [lo, hi) may hold positions; what the others contain means nothing.
struct WideSet {
  uint64_t* words = nullptr;
  uint32_t lo = 0, hi = 0;
};

// The operations of NarrowOps; see there.
class WideOps {
 public:
  using Set = WideSet;
  static constexpr uint32_t kSets = 8;

  WideOps(MatchScratch* scratch, const entities::Entities& entities);

  Set make(uint32_t number);  // number < kSets

  void assign(const Set& from, Set* to) const;
  static void clear(Set* set) { set->lo = set->hi = 0; }
  void fill(uint32_t from, uint32_t to, Set* set) const;
  void keep(uint32_t from, uint32_t to, Set* set) const;
  void remove(uint32_t from, uint32_t to, Set* set) const;
  static bool empty(const Set& set) { return set.lo == set.hi; }
  static bool has(const Set& set, uint32_t position);
  static uint32_t lowest(const Set& set);
  static uint32_t highest(const Set& set);
  void unite(const Set& other, Set* set) const;
  static void intersect(const Set& other, Set* set);

  void gap_forward(uint32_t min, uint32_t max, Set* set) const;
  void gap_backward(uint32_t min, uint32_t max, Set* set) const;

  // `anywhere`: the step may reach further than an atom is long.
  void begin_step(const Set& in, bool optional, bool anywhere, Set* out) const;
  static void end_step(Set* out) { trim(out); }
  void group_forward(std::span<const uint32_t> atoms, bool raw, const Set& in, Set* out) const;
  void group_backward(std::span<const uint32_t> atoms, bool raw, const Set& in, Set* out) const;
  static bool only_begin(std::span<const uint32_t>, bool, uint32_t, uint32_t*) { return false; }
  void slot_forward(uint32_t kind, const Set& in, Set* out) const;
  void slot_backward(uint32_t kind, const Set& in, Set* out) const;

 private:
  static void trim(Set* set);
  uint64_t crossable(uint32_t word, uint32_t power, uint32_t extra) const;
  void shift_up(uint32_t count, bool keep_old, Set* set) const;
  void shift_down(uint32_t count, bool keep_old, Set* set) const;
  // The occurrences of an atom that may begin in words [lo, hi).
  std::span<const uint32_t> begins(const WideAtom& atom, uint32_t lo, uint32_t hi) const;
  const uint64_t* dense_mask(const WideAtom& atom, bool raw) const;

  MatchScratch& scratch_;
  const entities::Entities& entities_;
  uint32_t words_;  // of a set
};

}  // namespace xiaoer::match
