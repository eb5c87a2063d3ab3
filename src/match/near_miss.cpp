#include "match/near_miss.hpp"

#include <algorithm>
#include <bit>
#include <optional>

#include "match/evaluate.hpp"
#include "match/narrow.hpp"
#include "match/scratch.hpp"
#include "match/views.hpp"
#include "text/utf8.hpp"

namespace xiaoer::match {
namespace {

using Views = Matcher::Views;

constexpr size_t kMaxWords = 6;  // alternatives of a missing group that are told

class Finder {
 public:
  Finder(const Views& views, MatchScratch* scratch, const entities::Entities& entities)
      : views_(views),
        scratch_(*scratch),
        masks_(scratch->covers.empty() ? scratch->masks : scratch->raw_masks),
        entities_(entities),
        evaluator_(views, scratch, entities) {}

  // What kept the program from matching; nothing when it was not close.
  std::optional<NearMiss> look_at(uint32_t offset) {
    const Program program = views_.program(offset);
    if (program.has(kIsRegex) || program.patterns() == kNone) return std::nullopt;
    NearMiss miss;
    miss.program = offset;
    const uint32_t missing = count_groups(program, &miss);
    if (missing > 1 || miss.matched == 0) return std::nullopt;
    miss.complete = missing == 0;
    uint32_t faults = missing;
    if (!would_match(program, missing == 0 ? kNone : miss.segment, false, false, &miss.found)) {
      if (missing == 1 || !find_misplacement(program, &miss)) return std::nullopt;
      ++faults;
    }
    if (program.nots() != 0 && evaluator_.find_not(program, &miss.excluded)) {
      miss.lack = NearMiss::Lack::kNot;
      ++faults;
    }
    if (program.max_len() > 0 && scratch_.length > program.max_len()) {
      miss.lack = NearMiss::Lack::kTooLong;
      miss.value = program.max_len();
      ++faults;
    }
    return faults == 1 ? std::optional(miss) : std::nullopt;
  }

 private:
  // Counts required groups that do not occur and notes the last of them.
  uint32_t count_groups(Program program, NearMiss* miss) {
    uint32_t missing = 0, lacking = 0;
    taken_ = 0;
    for (uint32_t i = 0; i < program.segments() && missing < 2; ++i) {
      const Segment segment = program.segment(i);
      if (segment.has(kOptional)) continue;
      if (segment.has(kIsSlot) ? occurs(segment.kind()) : take_words(program, segment, miss)) {
        continue;
      }
      ++missing;
      miss->segment = i;
      miss->lack = segment.has(kIsSlot) ? NearMiss::Lack::kEntity : NearMiss::Lack::kWords;
      miss->value = segment.has(kIsSlot) ? segment.kind() : 0;
      if (!segment.has(kIsSlot)) lacking = shortest(program, segment);
    }
    return miss->matched < lacking ? 2 : missing;
  }

  // Counts the longest of the group's words that occur.
  bool take_words(Program program, Segment segment, NearMiss* miss) {
    uint32_t longest = 0;
    for (const uint32_t atom : program.atoms(segment)) {
      const uint32_t size = atom & 255;
      const uint32_t place = scratch_.places[atom >> 8];
      if (place == 0) continue;
      longest = std::max(longest, size);
      for (uint32_t k = 0; k < size; ++k) taken_ |= masks_[place] << k;
    }
    miss->matched += longest;
    return longest > 0;
  }

  static uint32_t shortest(Program program, Segment segment) {
    uint32_t size = kMaxAtom;
    for (const uint32_t atom : program.atoms(segment)) size = std::min(size, atom & 255);
    return size;
  }

  bool occurs(uint32_t kind) const {
    return std::any_of(entities_.list.begin(), entities_.list.end(), [&](const auto& entity) {
      return entity.kind == kind && entity.span.end <= scratch_.length;
    });
  }

  // Whether the program matches without `not` and max_len, and on request without one segment,
  // without its anchor, or without word protection.
  bool would_match(Program program, uint32_t without, bool anywhere, bool inside, Span* span) {
    relaxed_.assign(program.words, program.words + program.size());
    if (program.has(kExtended)) relaxed_[kMaxLenAt] = relaxed_[kNotsAt] = 0;
    if (without != kNone) relaxed_[program.header_words() + 2 * without] |= kOptional;
    if (anywhere) {
      relaxed_[0] &= ~kKindMask;
      relaxed_[0] |= static_cast<uint32_t>(rules::MatchKind::kContains);
    }
    if (inside) relaxed_[0] |= kInsideOk;
    return evaluator_.matches(Program{relaxed_.data(), program.groups}, span);
  }

  // All groups occur, yet the program does not match where they stand. False: for more than one
  // reason, or the groups found the same characters.
  bool find_misplacement(Program program, NearMiss* miss) {
    if (would_match(program, kNone, true, false, &miss->found)) {
      miss->lack = NearMiss::Lack::kPlace;
      miss->value = program.kind();
      return true;
    }
    if (would_match(program, kNone, false, true, &miss->found)) {
      miss->lack = NearMiss::Lack::kProtected;
      return true;
    }
    miss->lack = NearMiss::Lack::kOrder;
    miss->found = {};
    Span both;
    return static_cast<uint32_t>(std::popcount(taken_)) >= miss->matched &&
           !would_match(program, kNone, true, true, &both);
  }

  const Views& views_;
  const MatchScratch& scratch_;
  const std::vector<uint64_t>& masks_;  // by place, word protection aside
  const entities::Entities& entities_;
  Evaluator<NarrowOps> evaluator_;
  uint64_t taken_ = 0;             // characters of the words that occur
  std::vector<uint32_t> relaxed_;  // a program with some of its conditions lifted
};

bool better(const NearMiss& a, const NearMiss& b) {
  if (a.matched != b.matched) return a.matched > b.matched;
  if (a.complete != b.complete) return a.complete;
  if (a.pattern != b.pattern) return a.pattern < b.pattern;
  return a.program < b.program;
}

// The characters of atoms, read back from the automaton: only traces need them, so the image does
// not hold them.
class AtomReader {
 public:
  explicit AtomReader(const Views& views) : views_(views), chars_(views.header.classes, 0) {
    views.classes.for_each([&](char32_t c, uint16_t number) { chars_[number] = c; });
  }

  // The atoms' texts in the order of `atoms`, which are number << 8 | length.
  std::vector<std::u32string> read(std::span<const uint32_t> atoms) const {
    std::vector<std::u32string> texts(atoms.size());
    for (uint32_t state = 1; state < views_.states.size(); ++state) {
      const uint32_t output = views_.states[state].output;
      if (output == 0) continue;
      const auto found = std::find(atoms.begin(), atoms.end(), views_.outputs[output - 1].atom);
      if (found == atoms.end()) continue;
      std::u32string path = path_to(state);
      // Longer paths lead to the atom too where it is their end.
      if (path.size() == (*found & 255)) texts[found - atoms.begin()] = std::move(path);
    }
    return texts;
  }

 private:
  std::u32string path_to(uint32_t state) const {
    std::u32string path;
    while (state != 0) {
      const State& now = views_.states[state];
      if (now.check < 0) return {};
      const uint32_t parent = static_cast<uint32_t>(now.check);
      const uint32_t c = state - static_cast<uint32_t>(views_.states[parent].base);
      if (c >= chars_.size() || path.size() == kMaxAtom) return {};
      path.push_back(chars_[c]);
      state = parent;
    }
    std::reverse(path.begin(), path.end());
    return path;
  }

  const Views& views_;
  std::vector<char32_t> chars_;  // by class
};

}  // namespace

void Matcher::find_near_misses(const entities::Entities& entities, MatchScratch* scratch,
                               std::vector<NearMiss>* out) const {
  const Views& views = *views_;
  out->clear();
  if (scratch->length > kLongestNarrow) return;
  Finder finder(views, scratch, entities);
  for (uint32_t at = 0; at < views.programs.size();) {
    if (views.programs[at] == kNone) {
      ++at;
      continue;
    }
    const Program program = views.program(at);
    if (std::optional<NearMiss> miss = finder.look_at(at)) {
      const uint32_t own = program.patterns();
      const std::span<const uint32_t> patterns =
          program.has(kShared) ? views.fanout.subspan(own + 1, views.fanout[own])
                               : std::span<const uint32_t>(&own, 1);
      for (const uint32_t pattern : patterns) {
        miss->pattern = pattern;
        const bool of_cue = pattern >= pattern_count();
        if (!of_cue && scratch->pattern_epochs[pattern] != scratch->epoch) out->push_back(*miss);
      }
    }
    at += program.size();
  }
  std::sort(out->begin(), out->end(), better);
}

std::string Matcher::missing_words(const NearMiss& miss) const {
  const Program program = views_->program(miss.program);
  const std::span<const uint32_t> atoms = program.atoms(program.segment(miss.segment));
  const size_t shown = std::min<size_t>(atoms.size(), kMaxWords);
  std::string words;
  for (const std::u32string& word : AtomReader(*views_).read(atoms.first(shown))) {
    if (!words.empty()) words += '|';
    words += text::encode(word);
  }
  if (atoms.size() > shown) words += "|…";
  return words;
}

}  // namespace xiaoer::match
