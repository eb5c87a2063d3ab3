#pragma once
// Evaluates one program on the message at hand. Ops is NarrowOps or WideOps: the same steps on sets
// of positions, which are one word or many.
//
// A position is the place before a character; position n is the end. A step takes the set of
// positions where what is already matched may end to the set after the next gap and group: exact,
// with neither backtracking nor a choice between alternatives.
//
// Anchors: a match of kind start begins where only punctuation, symbols and spaces stand before it,
// one of kind end ends where only such stand behind it, and a whole match does both. With parts
// joined by '+', one of them does (for whole: one begins the message, one ends it), and the span is
// their hull.
//
// Word protection: a run of literal text (groups side by side, without gap or slot between) does
// not match strictly inside an occurrence of a protected word. A run of one group is covered atom
// by atom while scanning. In a run of several groups what counts is the run, so where protected
// words occur its begins inside them are followed one by one.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "entities/entity.hpp"
#include "match/matcher.hpp"
#include "match/scratch.hpp"
#include "match/views.hpp"
#include "rules/pack.hpp"

namespace xiaoer::match {

template <class Ops>
class Evaluator {
 public:
  Evaluator(const Matcher::Views& views, MatchScratch* scratch, const entities::Entities& entities)
      : views_(views),
        scratch_(*scratch),
        entities_(entities),
        ops_(scratch, entities),
        next_(ops_.make(0)),
        set_(ops_.make(1)),
        run_in_(ops_.make(2)),
        run_out_(ops_.make(3)),
        run_one_(ops_.make(4)),
        slot_set_(ops_.make(5)) {}

  // Whether the program (not a regex) matches; its nots and max_len count. `*span`: one match, of
  // those with the earliest end the shortest.
  bool matches(Program program, Span* span) {
    const bool plain = !program.has(kExtended);  // most: neither max_len nor `not`
    if (!plain && program.max_len() > 0 && scratch_.length > program.max_len()) return false;
    prepare(program);
    if (!(program.has(kHasParts) ? parts_match(program, span) : only_part_matches(program, span))) {
      return false;
    }
    return plain || program.nots() == 0 || !any_not_matches(program);
  }

  bool any_not_matches(Program program) {
    Span span;
    return find_not(program, &span);
  }

  // Where one of the phrases of `not` matches; they are contains programs without conditions.
  bool find_not(Program program, Span* span) {
    const Not* other = views_.nots.data() + program.nots() - 1;
    for (;; ++other) {
      if ((other->signature & scratch_.seen) != 0) {
        const Program phrase = views_.program(other->program);
        prepare(phrase);
        if (parts_match(phrase, span)) return true;
      }
      if (other->more == 0) return false;
    }
  }

  // Entities that fill the slots with roles in the match that `matches` finds.
  void find_slots(Program program, uint32_t pattern, std::vector<SlotHit>* out) {
    Span span;
    if (!matches(program, &span)) return;
    prepare(program);
    const bool single = !program.has(kHasParts);
    for_each_part(program, [&](uint32_t first, uint32_t last) {
      if (part_matches(program, first, last, single && starts(program), single && ends(program),
                       &span)) {
        fill_slots(program, first, last, span, pattern, out);
      }
      return true;
    });
  }

 private:
  using Set = typename Ops::Set;

  static bool starts(Program program) {
    return program.kind() == static_cast<uint32_t>(rules::MatchKind::kWhole) ||
           program.kind() == static_cast<uint32_t>(rules::MatchKind::kStart);
  }
  static bool ends(Program program) {
    return program.kind() == static_cast<uint32_t>(rules::MatchKind::kWhole) ||
           program.kind() == static_cast<uint32_t>(rules::MatchKind::kEnd);
  }

  void prepare(Program program) {
    const bool protection = !scratch_.covers.empty();
    raw_ = protection && program.has(kInsideOk);
    careful_ = protection && program.has(kHasRuns) && !program.has(kInsideOk);
  }

  // Calls part(first, last) for the segments [first, last) of each part until it gives false.
  template <class Part>
  static bool for_each_part(Program program, Part part) {
    uint32_t first = 0;
    for (uint32_t i = 1; i <= program.segments(); ++i) {
      if (i < program.segments() && !program.segment(i).has(kPartBegin)) continue;
      if (!part(first, i)) return false;
      first = i;
    }
    return true;
  }

  bool only_part_matches(Program program, Span* span) {
    return part_matches(program, 0, program.segments(), starts(program), ends(program), span);
  }

  bool parts_match(Program program, Span* span) {
    bool need_start = starts(program), need_end = ends(program);
    Span hull{UINT32_MAX, 0};
    const auto match = [&](uint32_t first, uint32_t last, bool at_start, bool at_end) {
      Span found;
      if (!part_matches(program, first, last, at_start, at_end, &found)) return false;
      hull = {std::min(hull.begin, found.begin), std::max(hull.end, found.end)};
      return true;
    };
    const bool all = for_each_part(program, [&](uint32_t first, uint32_t last) {
      if (!match(first, last, false, false)) return false;
      if (need_start && match(first, last, true, false)) need_start = false;
      if (need_end && match(first, last, false, true)) need_end = false;
      return true;
    });
    *span = hull;
    return all && !need_start && !need_end;
  }

  bool part_matches(Program program, uint32_t first, uint32_t last, bool at_start, bool at_end,
                    Span* span) {
    ops_.fill(0, at_start ? scratch_.lead : scratch_.length, &set_);
    if (!forward(program, first, last, &set_)) return false;
    if (at_end) {
      ops_.keep(scratch_.trail, scratch_.length, &set_);
      if (ops_.empty(set_)) return false;
    }
    span->end = ops_.lowest(set_);
    if (begin_is_plain(program, first, last, span)) return true;
    ops_.fill(span->end, span->end, &set_);
    backward(program, first, last, &set_);
    if (at_start) ops_.keep(0, scratch_.lead, &set_);
    if (ops_.empty(set_)) return false;  // only a forged program matches forward and not back
    span->begin = ops_.highest(set_);
    return true;
  }

  // Most phrases begin with a group that occurs once, which saves walking back from the end.
  bool begin_is_plain(Program program, uint32_t first, uint32_t last, Span* span) const {
    if (careful_) return false;
    while (first < last && program.segment(first).has(kEdge)) ++first;
    if (first == last) return false;
    const Segment segment = program.segment(first);
    if (segment.has(kOptional) || segment.has(kIsSlot) || segment.gap_max() > 0) return false;
    return ops_.only_begin(program.atoms(segment), raw_, span->end, &span->begin);
  }

  // Ends of the segments [first, last) from the positions in *set; false when there are none.
  bool forward(Program program, uint32_t first, uint32_t last, Set* set) {
    for (uint32_t i = first; i < last; ++i) {
      const Segment segment = program.segment(i);
      if (segment.has(kEdge) && !careful_) continue;
      if (segment.gap_max() > 0) ops_.gap_forward(segment.gap_min(), segment.gap_max(), set);
      const uint32_t end = careful_ ? run_end(program, i, last) : i + 1;
      if (end > i + 1) {
        run_forward(program, i, end, set);
        i = end - 1;
      } else {
        step_forward(program, segment, raw_, set);
      }
      if (ops_.empty(*set)) return false;
    }
    return true;
  }

  void backward(Program program, uint32_t first, uint32_t last, Set* set) {
    for (uint32_t end = last; end > first;) {
      const uint32_t i = careful_ ? run_begin(program, end - 1) : end - 1;
      const Segment segment = program.segment(i);
      if (segment.has(kEdge) && !careful_) {
        end = i;
        continue;
      }
      if (end > i + 1) {
        run_backward(program, i, end, set);
      } else {
        step_backward(program, segment, raw_, set);
      }
      if (segment.gap_max() > 0) ops_.gap_backward(segment.gap_min(), segment.gap_max(), set);
      end = i;
    }
  }

  void step_forward(Program program, Segment segment, bool raw, Set* set) {
    ops_.begin_step(*set, segment.has(kOptional), segment.has(kIsSlot), &next_);
    if (segment.has(kIsSlot)) {
      ops_.slot_forward(segment.kind(), *set, &next_);
    } else {
      ops_.group_forward(program.atoms(segment), raw, *set, &next_);
    }
    ops_.end_step(&next_);
    std::swap(*set, next_);
  }

  void step_backward(Program program, Segment segment, bool raw, Set* set) {
    ops_.begin_step(*set, segment.has(kOptional), segment.has(kIsSlot), &next_);
    if (segment.has(kIsSlot)) {
      ops_.slot_backward(segment.kind(), *set, &next_);
    } else {
      ops_.group_backward(program.atoms(segment), raw, *set, &next_);
    }
    ops_.end_step(&next_);
    std::swap(*set, next_);
  }

  static uint32_t run_end(Program program, uint32_t i, uint32_t last) {
    do {
      ++i;
    } while (i < last && program.segment(i).has(kJoined));
    return i;
  }
  static uint32_t run_begin(Program program, uint32_t i) {
    while (program.segment(i).has(kJoined)) --i;
    return i;
  }

  void run_steps(Program program, uint32_t first, uint32_t last, Set* set) {
    for (uint32_t i = first; i < last && !ops_.empty(*set); ++i) {
      step_forward(program, program.segment(i), true, set);
    }
  }
  void run_steps_back(Program program, uint32_t first, uint32_t last, Set* set) {
    for (uint32_t i = last; i > first && !ops_.empty(*set); --i) {
      step_backward(program, program.segment(i - 1), true, set);
    }
  }

  // Protected words that position `at` is inside of, counting their begin (or their end instead).
  template <class Use>
  void covers_around(uint32_t at, bool count_begin, Use use) const {
    const std::vector<Span>& covers = scratch_.covers;
    const uint32_t least = count_begin ? at + 1 : at;
    auto cover = std::lower_bound(covers.begin(), covers.end(), least,
                                  [](Span span, uint32_t end) { return span.end < end; });
    for (; cover != covers.end() && cover->end <= at + kMaxAtom; ++cover) {
      if (count_begin ? cover->begin <= at : cover->begin < at) use(*cover);
    }
  }

  // A run over several segments, with word protection.
  void run_forward(Program program, uint32_t first, uint32_t last, Set* set) {
    // Begins from which the run matches at all; those outside protected words go together.
    ops_.assign(*set, &run_in_);
    run_steps(program, first, last, set);
    run_steps_back(program, first, last, set);
    ops_.intersect(*set, &run_in_);
    ops_.assign(run_in_, set);
    for (const Span& cover : scratch_.covers) ops_.remove(cover.begin, cover.end - 1, set);
    run_steps(program, first, last, set);
    ops_.assign(*set, &run_out_);
    for (; !ops_.empty(run_in_);) {
      const uint32_t begin = ops_.lowest(run_in_);
      ops_.remove(begin, begin, &run_in_);
      bool inside = false;
      covers_around(begin, true, [&](Span) { inside = true; });
      if (!inside) continue;
      ops_.fill(begin, begin, &run_one_);
      run_steps(program, first, last, &run_one_);
      covers_around(begin, true, [&](Span cover) {
        ops_.remove(begin + 1, cover.begin < begin ? cover.end : cover.end - 1, &run_one_);
      });
      ops_.unite(run_one_, &run_out_);
    }
    ops_.assign(run_out_, set);
  }

  void run_backward(Program program, uint32_t first, uint32_t last, Set* set) {
    ops_.assign(*set, &run_in_);
    ops_.clear(&run_out_);
    for (; !ops_.empty(run_in_);) {
      const uint32_t end = ops_.lowest(run_in_);
      ops_.remove(end, end, &run_in_);
      ops_.fill(end, end, &run_one_);
      run_steps_back(program, first, last, &run_one_);
      if (ops_.empty(run_one_)) continue;
      covers_around(end, false, [&](Span cover) {
        ops_.remove(end < cover.end ? cover.begin : cover.begin + 1, end - 1, &run_one_);
      });
      ops_.unite(run_one_, &run_out_);
    }
    ops_.assign(run_out_, set);
  }

  // Walks the part of match `span` and takes at each slot the first entity with which the rest
  // still fits.
  void fill_slots(Program program, uint32_t first, uint32_t last, Span span, uint32_t pattern,
                  std::vector<SlotHit>* out) {
    ops_.fill(span.begin, span.begin, &slot_set_);
    for (uint32_t i = first; i < last;) {
      const Segment segment = program.segment(i);
      if (!segment.has(kIsSlot)) {
        const uint32_t end = careful_ ? run_end(program, i, last) : i + 1;
        forward(program, i, end, &slot_set_);
        i = end;
        continue;
      }
      if (segment.gap_max() > 0) {
        ops_.gap_forward(segment.gap_min(), segment.gap_max(), &slot_set_);
      }
      const uint32_t chosen = choose_entity(program, i, last, span.end);
      if (chosen == kNone) return;
      if (segment.role() != kNone) add_slot({pattern, segment.role(), chosen}, out);
      const uint32_t end = entities_.list[chosen].span.end;
      ops_.fill(end, end, &slot_set_);
      ++i;
    }
  }

  uint32_t choose_entity(Program program, uint32_t slot, uint32_t last, uint32_t match_end) {
    const uint32_t kind = program.segment(slot).kind();
    for (uint32_t number = 0; number < entities_.list.size(); ++number) {
      const entities::Entity& entity = entities_.list[number];
      if (entity.kind != kind || entity.span.end > scratch_.length ||
          !ops_.has(slot_set_, entity.span.begin)) {
        continue;
      }
      ops_.fill(entity.span.end, entity.span.end, &set_);
      if (forward(program, slot + 1, last, &set_) && ops_.has(set_, match_end)) return number;
    }
    return kNone;
  }

  // Alternatives of a pattern may find the same.
  static void add_slot(SlotHit hit, std::vector<SlotHit>* out) {
    for (const SlotHit& known : *out) {
      if (known.pattern == hit.pattern && known.role == hit.role && known.entity == hit.entity) {
        return;
      }
    }
    out->push_back(hit);
  }

  const Matcher::Views& views_;
  MatchScratch& scratch_;
  const entities::Entities& entities_;
  Ops ops_;
  Set next_, set_, run_in_, run_out_, run_one_, slot_set_;
  bool raw_ = false;      // word protection is off
  bool careful_ = false;  // runs are to be followed with word protection
};

}  // namespace xiaoer::match
