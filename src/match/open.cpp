// Opening an image: its sections, checked so that matching need not check.

#include <algorithm>

#include "match/scratch.hpp"
#include "match/views.hpp"
#include "rules/entity_kinds.hpp"

namespace xiaoer::match {
namespace {

using Views = Matcher::Views;

constexpr uint32_t kVersion = 1;

template <class Number>
bool all_below(std::span<const Number> numbers, size_t limit) {
  return std::all_of(numbers.begin(), numbers.end(), [&](Number n) { return n < limit; });
}

bool inside(Range range, size_t size) {
  return range.first <= size && range.count <= size - range.first;
}

bool check_classes(const Views& views) {
  return views.pages.size() == 0x1100 && views.classes.size() % 256 == 0 &&
         all_below(views.pages, views.classes.size() / 256) &&
         all_below(views.classes, views.header.classes);
}

// The length of the path to each state; false when paths run in circles. A state that `fail` leads
// to must have a shorter path, and so must the atoms of a list, one after the other: both then end.
class StateCheck {
 public:
  explicit StateCheck(const Views& views) : views_(views), depths_(views.states.size(), kNone) {}

  bool run() {
    const size_t count = views_.states.size();
    if (count == 0 || count > INT32_MAX || views_.header.classes == 0) return false;
    depths_[0] = 0;
    for (size_t i = 0; i < count; ++i) {
      if (!check_state(views_.states[i])) return false;
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
    for (uint32_t i = 0; i < views_.outputs.size(); ++i) {
      const Output& output = views_.outputs[i];
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

// Walks the programs from the first to the last and notes where they begin.
class ProgramCheck {
 public:
  explicit ProgramCheck(const Views& views)
      : views_(views), lengths_(views.header.atoms, 0), begins_(views.programs.size(), false) {
    for (const Output& output : views.outputs) lengths_[output.atom >> 8] = output.atom & 255;
  }

  bool run() {
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

 private:
  // Words of the program at `at`; 0: damaged.
  size_t check(size_t at) const {
    const size_t left = views_.programs.size() - at;
    if (left < 3) return 0;
    const Program program{views_.programs.data() + at};
    const size_t head = program.header_words() + size_t{2} * program.segments();
    if (left < program.header_words() || left < head) return 0;
    if (program.number() >= views_.header.programs || !check_patterns(program)) return 0;
    if (program.has(kIsRegex)) {
      const bool ok = program.has(kExtended) && program.segments() == 0 &&
                      program.regex() < views_.regexes.size();
      return ok ? head : 0;
    }
    size_t end = head;
    for (uint32_t i = 0; i < program.segments(); ++i) {
      const Segment segment = program.segment(i);
      if (segment.gap_min() > segment.gap_max()) return 0;
      if (i == 0 && segment.has(kJoined)) return 0;
      if (segment.has(kIsSlot)) {
        const uint32_t role = segment.role();
        if (segment.kind() >= views_.header.kinds) return 0;
        if (role != kNone && role >= views_.roles.size()) return 0;
        continue;
      }
      if (segment.atoms() != end || segment.count() > left - end) return 0;
      end += segment.count();
      for (uint32_t k = 0; k < segment.count(); ++k) {
        if (!check_atom(program.atoms(segment)[k])) return 0;
      }
    }
    return end;
  }

  bool check_atom(uint32_t atom) const {
    return atom >> 8 < lengths_.size() && (atom & 255) == lengths_[atom >> 8];
  }

  bool check_patterns(Program program) const {
    if (!program.has(kShared)) {
      return program.patterns() < views_.header.patterns || program.patterns() == kNone;
    }
    const std::span<const uint32_t> fanout = views_.fanout;
    const uint32_t first = program.patterns();
    if (first >= fanout.size() || fanout[first] > fanout.size() - first - 1) return false;
    return all_below(fanout.subspan(first + 1, fanout[first]), views_.header.patterns);
  }

  bool check_nots() const {
    for (size_t at = 0; at < begins_.size(); ++at) {
      if (!begins_[at]) continue;
      const Program program{views_.programs.data() + at};
      if (program.nots() == 0) continue;
      const uint32_t first = program.nots() - 1;
      if (first >= views_.nots.size()) return false;
      const uint32_t count = views_.nots[first];
      if (count > views_.nots.size() - first - 1) return false;
      for (const uint32_t other : views_.nots.subspan(first + 1, count)) {
        if (!is_program(other) || Program{views_.programs.data() + other}.has(kIsRegex))
          return false;
      }
    }
    return true;
  }

  const Views& views_;
  std::vector<uint32_t> lengths_;  // by atom
  std::vector<bool> begins_;       // by word
};

// A program that has no patterns is evaluated on behalf of others only; nothing may call it.
bool check_calls(const Views& views, const ProgramCheck& programs) {
  const auto callable = [&](uint32_t offset) {
    return programs.is_program(offset) && views.program(offset).patterns() != kNone;
  };
  const auto all_callable = [&](std::span<const uint32_t> offsets) {
    return std::all_of(offsets.begin(), offsets.end(), callable);
  };
  if (!all_callable(views.always) || !all_callable(views.posting_programs) ||
      !all_callable(views.pair_lists)) {
    return false;
  }
  for (const Atom& atom : views.atoms) {
    if (!inside({atom.first, atom.count}, views.postings.size())) return false;
  }
  bool has_free = false;  // lookups end at a free slot
  for (const Pair& pair : views.pairs) {
    has_free = has_free || pair.key == 0;
    if (!inside(pair.programs, views.pair_lists.size())) return false;
  }
  for (const RoleProgram& entry : views.role_programs) {
    if (!programs.is_program(entry.program) || views.program(entry.program).has(kIsRegex)) {
      return false;
    }
  }
  return has_free;
}

bool check_specials(const Views& views) {
  for (const SpecialAtom& special : views.specials) {
    if (!inside(special.words, views.words.size())) return false;
    if (!inside(special.covers, views.covers.size())) return false;
  }
  for (const Cover& cover : views.covers) {
    if (cover.atom >= views.header.atoms || cover.offset >= kMaxAtom) return false;
  }
  return all_below(views.words, views.header.words);
}

// The length of each special atom bounds the offsets of what it covers.
bool check_cover_offsets(const Views& views) {
  for (const Output& output : views.outputs) {
    const uint32_t atom = output.atom >> 8;
    if (atom >= views.specials.size()) continue;
    const Range range = views.specials[atom].covers;
    for (const Cover& cover : views.covers.subspan(range.first, range.count)) {
      if (cover.offset >= (output.atom & 255)) return false;
    }
  }
  return true;
}

bool check_sizes(const Views& views) {
  const MatchHeader& header = views.header;
  return header.version == kVersion && header.kinds <= rules::kMaxKinds &&
         header.atoms <= kMaxAtoms && views.atoms.size() == size_t{header.atoms} + header.kinds &&
         views.specials.size() == header.specials && header.specials <= header.atoms &&
         views.specificity.size() == header.patterns && views.always.size() == header.always &&
         views.postings.size() == views.posting_programs.size() &&
         header.programs <= views.programs.size() &&
         views.pairs.size() == size_t{header.pair_mask} + 1;
}

bool check_strings(const Views& views) {
  const size_t size = views.image->section<char>(Section::kStrings).size();
  return std::all_of(views.roles.begin(), views.roles.end(), [&](StringRef ref) {
    return inside({ref.offset, ref.size}, size);
  });
}

bool open_regexes(Views* views) {
  const size_t pool = views->image->section<char>(Section::kStrings).size();
  for (const RegexRecord& record : views->image->section<RegexRecord>(Section::kMatchRegexes)) {
    if (!inside({record.text.offset, record.text.size}, pool)) return false;
    const std::string text(views->image->string(record.text));
    std::string message, part;
    const Regex::Problem problem =
        views->regexes.emplace_back().compile(text, record.kind & kKindMask, &message, &part);
    if (problem != Regex::Problem::kFine) return false;
  }
  return true;
}

void read_sections(const Image& image, Views* views) {
  views->pages = image.section<uint16_t>(Section::kMatchClassPages);
  views->classes = image.section<uint16_t>(Section::kMatchClasses);
  views->states = image.section<State>(Section::kMatchStates);
  views->outputs = image.section<Output>(Section::kMatchOutputs);
  views->atoms = image.section<Atom>(Section::kMatchAtoms);
  views->specials = image.section<SpecialAtom>(Section::kMatchSpecials);
  views->covers = image.section<Cover>(Section::kMatchCovers);
  views->words = image.section<uint32_t>(Section::kMatchDictionary);
  views->postings = image.section<uint64_t>(Section::kMatchPostings);
  views->posting_programs = image.section<uint32_t>(Section::kMatchPostingPrograms);
  views->pairs = image.section<Pair>(Section::kMatchPairs);
  views->pair_lists = image.section<uint32_t>(Section::kMatchPairLists);
  views->always = image.section<uint32_t>(Section::kMatchAlways);
  views->programs = image.section<uint32_t>(Section::kMatchPrograms);
  views->fanout = image.section<uint32_t>(Section::kMatchFanout);
  views->nots = image.section<uint32_t>(Section::kMatchNots);
  views->specificity = image.section<uint32_t>(Section::kMatchSpecificity);
  views->roles = image.section<StringRef>(Section::kMatchRoles);
  views->role_programs = image.section<RoleProgram>(Section::kMatchRolePrograms);
}

}  // namespace

bool check_views(const Views& views) {
  if (!check_sizes(views) || !check_classes(views) || !check_strings(views)) return false;
  if (!StateCheck(views).run() || !check_specials(views) || !check_cover_offsets(views)) {
    return false;
  }
  ProgramCheck programs(views);
  return programs.run() && check_calls(views, programs);
}

void Matcher::ViewsDelete::operator()(Views* views) const { delete views; }
void MatchScratchDelete::operator()(MatchScratch* scratch) const { delete scratch; }

bool Matcher::open(const Image& image) {
  views_.reset();
  std::unique_ptr<Views, ViewsDelete> views(new Views);
  views->image = &image;
  const std::span<const MatchHeader> header = image.section<MatchHeader>(Section::kMatchHeader);
  if (header.size() != 1) return false;
  views->header = header[0];
  read_sections(image, views.get());
  if (!open_regexes(views.get()) || !check_views(*views)) return false;
  views_ = std::move(views);
  return true;
}

MatchScratchPtr Matcher::make_scratch() const {
  MatchScratchPtr scratch(new MatchScratch);
  const MatchHeader& header = views_->header;
  scratch->places.resize(header.atoms, 0);
  scratch->program_epochs.resize(header.programs, 0);
  scratch->pattern_epochs.resize(header.patterns, 0);
  // What ordinary messages need; longer ones grow it.
  scratch->touched.reserve(1024);
  scratch->masks.reserve(1024);
  scratch->raw_masks.reserve(1024);
  scratch->candidates.reserve(header.always + 4096);
  scratch->hits.reserve(1024);
  scratch->words.reserve(128);
  scratch->covers.reserve(128);
  scratch->cover_atoms.reserve(128);
  return scratch;
}

uint32_t Matcher::find_role(std::string_view name) const {
  for (uint32_t i = 0; i < views_->roles.size(); ++i) {
    if (views_->image->string(views_->roles[i]) == name) return i;
  }
  return kNone;
}

size_t Matcher::pattern_count() const { return views_->header.patterns; }

uint32_t Matcher::specificity(uint32_t pattern) const { return views_->specificity[pattern]; }

}  // namespace xiaoer::match
