// What opening checks, so that matching need not check.

#include <algorithm>

#include "match/views.hpp"
#include "rules/entity_kinds.hpp"

namespace xiaoer::match {
namespace {

using Views = Matcher::Views;

constexpr uint32_t kVersion = 2;

template <class Number>
bool all_below(std::span<const Number> numbers, size_t limit) {
  return std::all_of(numbers.begin(), numbers.end(), [&](Number n) { return n < limit; });
}

// The length of the path to each state; false when paths run in circles. A state that `fail` leads
// to must have a shorter path, and so must the atoms of a list, one after the other: both then end.
class StateCheck {
 public:
  explicit StateCheck(const Views& views) : views_(views), depths_(views.states.size(), kNone) {}

  bool run() {
    const size_t count = views_.states.size();
    if (count == 0 || count > INT32_MAX || views_.header.classes == 0) return false;
    // All of them before any path is walked, which leads to states further on.
    const auto is_sound = [&](const State& state) { return check_state(state); };
    if (!std::all_of(views_.states.begin(), views_.states.end(), is_sound)) return false;
    depths_[0] = 0;
    for (size_t i = 0; i < count; ++i) {
      if (views_.states[i].check >= 0 && !find_depth(static_cast<uint32_t>(i))) return false;
    }
    if (views_.states[0].fail != 0 || views_.states[0].output != 0) return false;
    for (size_t i = 1; i < count; ++i) {
      const State& state = views_.states[i];
      if (state.check < 0) continue;
      if (depths_[state.fail] == kNone || depths_[state.fail] >= depths_[i]) return false;
      if (state.output != 0 && length(state.output) > depths_[i]) return false;
    }
    return check_outputs();
  }

 private:
  uint32_t length(uint32_t output) const { return views_.outputs[output - 1].atom & 255; }

  bool check_state(const State& state) const {
    const size_t count = views_.states.size();
    return state.base >= 0 && static_cast<size_t>(state.base) + views_.header.classes <= count &&
           state.check < static_cast<int64_t>(count) && state.fail < count &&
           state.output <= views_.outputs.size();
  }

  bool find_depth(uint32_t i) {
    path_.clear();
    while (depths_[i] == kNone) {
      path_.push_back(i);
      depths_[i] = kBusy;
      if (views_.states[i].check < 0) return false;
      i = static_cast<uint32_t>(views_.states[i].check);
    }
    uint32_t depth = depths_[i];
    if (depth == kBusy) return false;
    for (auto at = path_.rbegin(); at != path_.rend(); ++at) depths_[*at] = ++depth;
    return true;
  }

  bool check_outputs() const {
    for (const Output& output : views_.outputs) {
      const uint32_t size = output.atom & 255;
      if (output.atom >> 8 >= views_.header.atoms || size == 0 || size > kMaxAtom) return false;
      if (output.next > views_.outputs.size()) return false;
      if (output.next != 0 && length(output.next) >= size) return false;
    }
    return true;
  }

  static constexpr uint32_t kBusy = kNone - 1;
  const Views& views_;
  std::vector<uint32_t> depths_;
  std::vector<uint32_t> path_;
};

// The length of each atom; false when two outputs differ about one. An atom without output has
// length 0 and never occurs.
bool find_lengths(const Views& views, std::vector<uint32_t>* lengths) {
  lengths->assign(views.header.atoms, 0);
  for (const Output& output : views.outputs) {
    uint32_t& length = (*lengths)[output.atom >> 8];
    if (length != 0 && length != (output.atom & 255)) return false;
    length = output.atom & 255;
  }
  return true;
}

// Lists, each a length and its entries, one after the other: where they begin. False: they do not
// fit, or an entry is none.
bool find_lists(std::span<const uint32_t> words, auto is_entry, std::vector<bool>* begins) {
  begins->assign(words.size(), false);
  for (size_t at = 0; at < words.size();) {
    (*begins)[at] = true;
    const uint32_t count = words[at];
    if (count > words.size() - at - 1) return false;
    const auto entries = words.subspan(at + 1, count);
    if (!std::all_of(entries.begin(), entries.end(), is_entry)) return false;
    at += 1 + count;
  }
  return true;
}

// Walks the programs from the first to the last and notes where they begin.
class ProgramCheck {
 public:
  ProgramCheck(const Views& views, const std::vector<uint32_t>& lengths)
      : views_(views), lengths_(lengths), begins_(views.programs.size(), false) {}

  bool run() {
    const auto is_pattern = [&](uint32_t pattern) { return pattern < views_.header.patterns; };
    const auto is_atom = [&](uint32_t atom) { return check_atom(atom); };
    if (!find_lists(views_.fanout, is_pattern, &lists_) ||
        !find_lists(views_.groups, is_atom, &groups_)) {
      return false;
    }
    size_t at = 0;
    while (at < views_.programs.size()) {
      if (views_.programs[at] == kNone) {
        ++at;
        continue;
      }
      const size_t size = check(at);
      if (size == 0) return false;
      begins_[at] = true;
      at += size;
    }
    return check_nots();
  }
  bool is_program(uint32_t offset) const { return offset < begins_.size() && begins_[offset]; }
  bool is_phrase(uint32_t offset) const {
    return is_program(offset) && !views_.program(offset).has(kIsRegex);
  }

 private:
  // Words of the program at `at`; 0: damaged.
  size_t check(size_t at) const {
    const size_t left = views_.programs.size() - at;
    if (left < kLeastProgram) return 0;
    const Program program = views_.program(static_cast<uint32_t>(at));
    if (left < program.size() || !check_patterns(program)) return 0;
    if (program.has(kIsRegex)) {
      if (!program.has(kExtended) || program.regex() >= views_.regexes.size()) return 0;
    } else if (program.segments() == 0) {
      return 0;
    }
    // Groups are shared; a program that named a long one everywhere would cost more than any that
    // the compiler lets pass.
    size_t atoms = 0;
    for (uint32_t i = 0; i < program.segments(); ++i) {
      const Segment segment = program.segment(i);
      if (!check_segment(segment, i)) return 0;
      if (program.has(kIsRegex) && segment.has(kIsSlot)) return 0;  // its segments name groups
      if (!segment.has(kIsSlot)) atoms += program.atoms(segment).size();
    }
    return atoms <= kMaxProgramAtoms ? program.size() : 0;
  }

  // A run of text side by side has neither gaps nor slots, and lies within one part.
  bool check_segment(Segment segment, uint32_t place) const {
    if (segment.gap_min() > segment.gap_max()) return false;
    const bool alone = segment.has(kIsSlot) || segment.has(kPartBegin) || segment.gap_max() > 0;
    if (segment.has(kJoined) && (place == 0 || alone)) return false;
    if (!segment.has(kIsSlot)) return segment.body < groups_.size() && groups_[segment.body];
    const uint32_t role = segment.role();
    return segment.kind() < views_.header.kinds && (role == kNone || role < views_.roles.size());
  }

  bool check_atom(uint32_t atom) const {
    return atom >> 8 < lengths_.size() && (atom & 255) == lengths_[atom >> 8];
  }

  bool check_patterns(Program program) const {
    const uint32_t patterns = program.patterns();
    if (program.has(kShared)) return patterns < lists_.size() && lists_[patterns];
    return patterns < views_.header.patterns || patterns == kNone;
  }

  bool check_nots() const {
    const auto is_entry = [&](const Not& other) { return is_phrase(other.program); };
    if (!std::all_of(views_.nots.begin(), views_.nots.end(), is_entry)) return false;
    if (!views_.nots.empty() && views_.nots.back().more != 0) return false;
    for (size_t at = 0; at < begins_.size(); ++at) {
      if (!begins_[at]) continue;
      const uint32_t nots = views_.program(static_cast<uint32_t>(at)).nots();
      if (nots > views_.nots.size()) return false;
    }
    return true;
  }

  const Views& views_;
  const std::vector<uint32_t>& lengths_;  // by atom
  std::vector<bool> begins_;              // by word
  std::vector<bool> lists_;               // by word of kMatchFanout
  std::vector<bool> groups_;              // by word of kMatchGroups
};

// Buckets one behind the other; of the lists each named once, and the last one ended.
bool check_pairs(const Views& views, auto callable) {
  const auto begins = views.pair_begins;
  if (begins.front() != 0 || begins.back() != views.pair_programs.size() ||
      !std::is_sorted(begins.begin(), begins.end())) {
    return false;
  }
  const auto lists = views.pair_lists;
  std::vector<bool> unnamed(lists.size(), false);
  bool ended = true;
  for (size_t i = 0; i < lists.size(); ++i) {
    unnamed[i] = ended;
    ended = (lists[i] & kListEnd) != 0;
    if (!callable(lists[i] & ~kListEnd)) return false;
  }
  const auto is_entry = [&](uint32_t entry) {
    if ((entry & kPairList) == 0) return callable(entry);
    const uint32_t list = entry & ~kPairList;
    if (list >= unnamed.size() || !unnamed[list]) return false;
    unnamed[list] = false;
    return true;
  };
  return ended && std::all_of(views.pair_programs.begin(), views.pair_programs.end(), is_entry);
}

// A program that has no patterns is evaluated on behalf of others only; nothing may call it.
bool check_calls(const Views& views, const ProgramCheck& programs) {
  const auto callable = [&](uint32_t offset) {
    return programs.is_program(offset) && views.program(offset).patterns() != kNone;
  };
  const auto all_callable = [&](std::span<const uint32_t> offsets) {
    return std::all_of(offsets.begin(), offsets.end(), callable);
  };
  if (!all_callable(views.always) || !all_callable(views.posting_programs) ||
      !check_pairs(views, callable)) {
    return false;
  }
  RangeCheck postings(views.postings.size());
  for (const Atom& atom : views.atoms) {
    if (!postings.take({atom.first, atom.count})) return false;
  }
  return std::all_of(views.role_programs.begin(), views.role_programs.end(),
                     [&](const RoleProgram& entry) { return programs.is_phrase(entry.program); });
}

// What a special atom covers begins within it.
bool check_specials(const Views& views, const std::vector<uint32_t>& lengths) {
  RangeCheck words(views.words.size()), covers(views.covers.size());
  for (size_t atom = 0; atom < views.specials.size(); ++atom) {
    const SpecialAtom& special = views.specials[atom];
    if (!words.take(special.words) || !covers.take(special.covers)) return false;
    for (const Cover& cover : views.covers.subspan(special.covers.first, special.covers.count)) {
      if (cover.atom >= views.header.atoms || cover.offset >= lengths[atom]) return false;
    }
  }
  return all_below(views.words, views.header.words);
}

bool check_sizes(const Views& views) {
  const MatchHeader& header = views.header;
  return header.version == kVersion && header.kinds <= rules::kMaxKinds &&
         header.atoms <= kMaxAtoms && views.atoms.size() == size_t{header.atoms} + header.kinds &&
         views.specials.size() == header.specials && header.specials <= header.atoms &&
         header.cues <= header.patterns && views.specificity.size() == header.patterns &&
         views.always.size() == header.always &&
         views.postings.size() == views.posting_programs.size() && header.pair_buckets > 0 &&
         views.pair_begins.size() == size_t{header.pair_buckets} + 1 &&
         views.pair_tags.size() == views.pair_programs.size();
}

}  // namespace

bool check_views(const Views& views) {
  if (!check_sizes(views) || !views.classes.check(views.header.classes) ||
      !views.image->holds(views.roles)) {
    return false;
  }
  std::vector<uint32_t> lengths;
  if (!StateCheck(views).run() || !find_lengths(views, &lengths)) return false;
  if (!check_specials(views, lengths)) return false;
  ProgramCheck programs(views, lengths);
  return programs.run() && check_calls(views, programs);
}

}  // namespace xiaoer::match
