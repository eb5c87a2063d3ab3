// Step 2 of matching: the programs called by the atoms of the message, evaluated.

#include <algorithm>

#include "base/prefetch.hpp"
#include "match/evaluate.hpp"
#include "match/narrow.hpp"
#include "match/scratch.hpp"
#include "match/views.hpp"
#include "match/wide.hpp"
#include "text/utf8.hpp"

namespace xiaoer::match {
namespace {

using Views = Matcher::Views;

// Adds the pseudo atoms of the entity kinds present.
void touch_kinds(const Views& views, const entities::Entities& entities, MatchScratch* scratch) {
  scratch->touched.resize(scratch->scanned);
  scratch->seen = scratch->signature;
  uint64_t kinds = 0;
  for (const entities::Entity& entity : entities.list) {
    if (entity.kind >= views.header.kinds || (kinds >> entity.kind & 1) != 0) continue;
    kinds |= 1ULL << entity.kind;
    const uint32_t atom = views.header.atoms + entity.kind;
    scratch->touched.push_back(atom);
    scratch->seen |= signature_bit(atom);
  }
}

// Programs lie anywhere in a large table; asked for while the others are gathered, they are near
// when their turn comes.
void add_candidate(const Views& views, uint32_t program, std::vector<uint32_t>* candidates) {
  candidates->push_back(program);
  prefetch(views.programs.data() + program);
}

void add_pair(const Views& views, uint32_t first, uint32_t second,
              std::vector<uint32_t>* candidates) {
  const PairPlace place(first, second, views.header.pair_buckets);
  const uint32_t end = views.pair_begins[place.bucket + 1];
  for (uint32_t at = views.pair_begins[place.bucket]; at < end; ++at) {
    if (views.pair_tags[at] != place.tag) continue;
    const uint32_t entry = views.pair_programs[at];
    if ((entry & kPairList) == 0) return add_candidate(views, entry, candidates);
    const uint32_t* list = views.pair_lists.data() + (entry & ~kPairList);
    for (; (*list & kListEnd) == 0; ++list) add_candidate(views, *list, candidates);
    return add_candidate(views, *list & ~kListEnd, candidates);
  }
}

// Programs whose rarest required group was seen and, by signature or as a pair, the second rarest
// too.
void gather(const Views& views, MatchScratch* scratch) {
  const uint64_t signature = scratch->seen;
  // Copies, so that the compiler knows that no candidate written changes them.
  const std::span<const uint32_t> touched = scratch->touched;
  const std::span<const uint64_t> postings = views.postings;
  std::vector<uint32_t>& candidates = scratch->candidates;
  std::vector<uint32_t>& seconds = scratch->seconds;
  candidates.assign(views.always.begin(), views.always.end());
  seconds.clear();
  for (const uint32_t atom : touched) {
    if (views.atoms[atom].is_second != 0) seconds.push_back(atom);
  }
  for (const uint32_t first : touched) {
    const Atom atom = views.atoms[first];
    for (uint32_t i = atom.first; i < atom.first + atom.count; ++i) {
      if ((postings[i] & signature) == 0) continue;
      add_candidate(views, views.posting_programs[i], &candidates);
    }
    if ((atom.pair_signature & signature) == 0) continue;
    for (const uint32_t second : seconds) {
      if ((atom.pair_signature & signature_bit(second)) == 0) continue;
      add_pair(views, first, second, &candidates);
    }
  }
}

// Of the matches of a pattern's programs the earliest, then the shortest is kept, so that the span
// does not depend on the order in which programs are evaluated.
void keep_better(PatternHit hit, std::vector<PatternHit>* hits) {
  for (PatternHit& known : *hits) {
    if (known.pattern != hit.pattern) continue;
    if (hit.span.end < known.span.end ||
        (hit.span.end == known.span.end && hit.span.begin > known.span.begin)) {
      known.span = hit.span;
    }
    return;
  }
}

void add_hit(const Views& views, Program program, Span span, MatchScratch* scratch) {
  const auto add = [&](uint32_t pattern) {
    if (scratch->pattern_epochs[pattern] == scratch->epoch) {
      keep_better({pattern, span}, &scratch->hits);
      return;
    }
    scratch->pattern_epochs[pattern] = scratch->epoch;
    scratch->hits.push_back({pattern, span});
  };
  if (!program.has(kShared)) {
    add(program.patterns());
    return;
  }
  const uint32_t* list = views.fanout.data() + program.patterns();
  for (uint32_t i = 1; i <= list[0]; ++i) add(list[i]);
}

void make_regex_input(const text::Text& text, MatchScratch* scratch) {
  RegexInput& input = scratch->regex_input;
  const uint32_t most = std::min(text.size(), kMaxRegexInput);
  input.text.resize(std::min(4 * most, kMaxRegexInput) + 4);
  char* out = input.text.data();
  uint32_t i = 0, size = 0;
  for (; i < most; ++i) {
    if (i == scratch->lead) input.core.begin = size;
    if (i == scratch->trail) input.core.end = size;
    const uint32_t bytes = text::encode_to(out + size, text.chars[i]);
    if (size + bytes > kMaxRegexInput) break;
    size += bytes;
  }
  input.text.resize(size);
  input.truncated = i < text.size();
  if (scratch->lead >= i) input.core.begin = size;
  if (scratch->trail >= i) input.core.end = size;
  input.core.end = std::max(input.core.end, input.core.begin);
}

// Bytes of the regex input to characters of the message.
Span to_chars(const RegexInput& input, Span bytes) {
  const auto count = [&](uint32_t begin, uint32_t end) {
    return static_cast<uint32_t>(
        text::count(std::string_view(input.text).substr(begin, end - begin)));
  };
  const uint32_t begin = count(0, bytes.begin);
  return {begin, begin + count(bytes.begin, bytes.end)};
}

// Whether all texts occur that the regex cannot match without.
bool may_match(Program program, const MatchScratch& scratch) {
  for (uint32_t i = 0; i < program.segments(); ++i) {
    const std::span<const uint32_t> atoms = program.atoms(program.segment(i));
    const auto occurs = [&](uint32_t atom) { return scratch.places[atom >> 8] != 0; };
    if (std::none_of(atoms.begin(), atoms.end(), occurs)) return false;
  }
  return true;
}

bool regex_matches(const Views& views, const text::Text& text, Program program,
                   MatchScratch* scratch, Span* span) {
  if (program.max_len() > 0 && text.size() > program.max_len()) return false;
  if (!may_match(program, *scratch)) return false;
  if (scratch->regex_epoch != scratch->epoch) {
    make_regex_input(text, scratch);
    scratch->regex_epoch = scratch->epoch;
  }
  Span bytes;
  if (!views.regexes[program.regex()].find(scratch->regex_input, &bytes)) return false;
  *span = to_chars(scratch->regex_input, bytes);
  return true;
}

void sort_hits(std::vector<PatternHit>* hits) {
  constexpr size_t kFew = 24;
  const auto less = [](const PatternHit& a, const PatternHit& b) { return a.pattern < b.pattern; };
  if (hits->size() > kFew) {
    std::sort(hits->begin(), hits->end(), less);
    return;
  }
  for (size_t i = 1; i < hits->size(); ++i) {
    const PatternHit hit = (*hits)[i];
    size_t at = i;
    for (; at > 0 && less(hit, (*hits)[at - 1]); --at) (*hits)[at] = (*hits)[at - 1];
    (*hits)[at] = hit;
  }
}

template <class Ops>
void verify_candidates(const Views& views, const text::Text& text,
                       const entities::Entities& entities, MatchScratch* scratch) {
  Evaluator<Ops> evaluator(views, scratch, entities);
  for (const uint32_t offset : scratch->candidates) {
    const Program program = views.program(offset);
    uint32_t& epoch = scratch->program_epochs[offset / kLeastProgram];
    if (epoch == scratch->epoch) continue;
    epoch = scratch->epoch;
    Span span;
    const bool matches = program.has(kIsRegex)
                             ? regex_matches(views, text, program, scratch, &span) &&
                                   (program.nots() == 0 || !evaluator.any_not_matches(program))
                             : evaluator.matches(program, &span);
    if (matches) add_hit(views, program, span, scratch);
  }
}

}  // namespace

void Matcher::verify(const text::Text& text, const entities::Entities& entities,
                     MatchScratch* scratch) const {
  const Views& views = *views_;
  scratch->hits.clear();
  touch_kinds(views, entities, scratch);
  gather(views, scratch);
  if (scratch->length <= kLongestNarrow) {
    verify_candidates<NarrowOps>(views, text, entities, scratch);
  } else {
    verify_candidates<WideOps>(views, text, entities, scratch);
  }
  sort_hits(&scratch->hits);
  scratch->cue_hits = 0;
  const size_t intents = pattern_count();
  for (size_t at = scratch->hits.size(); at > 0 && scratch->hits[at - 1].pattern >= intents; --at) {
    ++scratch->cue_hits;
  }
}

std::span<const PatternHit> Matcher::hits(const MatchScratch& scratch) const {
  return std::span(scratch.hits).first(scratch.hits.size() - scratch.cue_hits);
}

std::span<const PatternHit> Matcher::cue_hits(const MatchScratch& scratch) const {
  return std::span(scratch.hits).last(scratch.cue_hits);
}

void Matcher::find_slots(const text::Text&, const entities::Entities& entities, uint32_t pattern,
                         MatchScratch* scratch, std::vector<SlotHit>* out) const {
  const Views& views = *views_;
  const std::span<const RoleProgram> all = views.role_programs;
  auto found = std::lower_bound(
      all.begin(), all.end(), pattern,
      [](const RoleProgram& entry, uint32_t wanted) { return entry.pattern < wanted; });
  for (; found != all.end() && found->pattern == pattern; ++found) {
    const Program program = views.program(found->program);
    if (scratch->length <= kLongestNarrow) {
      Evaluator<NarrowOps>(views, scratch, entities).find_slots(program, pattern, out);
    } else {
      Evaluator<WideOps>(views, scratch, entities).find_slots(program, pattern, out);
    }
  }
}

}  // namespace xiaoer::match
