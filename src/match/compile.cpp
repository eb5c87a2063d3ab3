#include "match/compile.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "match/automaton.hpp"
#include "match/matcher.hpp"
#include "match/regex.hpp"
#include "text/normaliser.hpp"
#include "text/utf8.hpp"

namespace xiaoer::match {
namespace {

constexpr uint32_t kContains = static_cast<uint32_t>(rules::MatchKind::kContains);
constexpr const char* kTooComplex = "phrase-too-complex";

void put(uint32_t value, std::string* key) {
  key->append(reinterpret_cast<const char*>(&value), sizeof(value));
}

// Everything by which a program matches; equal keys, equal matches.
std::string key_of(const ProgramDraft& program) {
  std::string key;
  put(program.flags, &key);
  put(program.max_len, &key);
  put(program.regex, &key);
  put(static_cast<uint32_t>(program.nots.size()), &key);
  for (const uint32_t number : program.nots) put(number, &key);
  for (const SegmentDraft& segment : program.segments) {
    put(segment.gap_min << 16 | segment.gap_max, &key);
    put(segment.flags, &key);
    put(segment.kind, &key);
    put(segment.role, &key);
    put(static_cast<uint32_t>(segment.atoms.size()), &key);
    for (const uint32_t atom : segment.atoms) put(atom, &key);
  }
  return key;
}

// Marks what a `contains` part can do without: at its ends, what may match nothing adds no match
// and moves neither the earliest end nor the latest begin. For the same reason a gap that may be
// empty goes at the begin.
void mark_edges(ProgramDraft* program, size_t first) {
  std::vector<SegmentDraft>& segments = program->segments;
  const auto can_go = [&](size_t i) {
    return segments[i].gap_min == 0 && (segments[i].flags & kOptional) != 0;
  };
  size_t i = first;
  for (; i < segments.size() && can_go(i); ++i) {
    segments[i].flags |= kEdge;
    segments[i].gap_max = 0;
  }
  if (i < segments.size() && segments[i].gap_min == 0) segments[i].gap_max = 0;
  size_t end = segments.size();
  while (end > i && can_go(end - 1)) segments[--end].flags |= kEdge;
}

size_t shortest(const std::vector<uint32_t>& group, const std::vector<std::u32string>& atoms) {
  size_t size = SIZE_MAX;
  for (const uint32_t atom : group) size = std::min(size, atoms[atom].size());
  return size;
}

// Literal characters of the shortest way to match; of a regex, those of the text that calls it.
uint32_t shortest(const ProgramDraft& program, const std::vector<std::u32string>& atoms) {
  size_t sum = 0;
  for (const SegmentDraft& segment : program.segments) {
    if (segment.required() && !segment.kind_is_set()) sum += shortest(segment.atoms, atoms);
    if (program.regex != kNone) break;
  }
  return static_cast<uint32_t>(sum);
}

bool has_trigger(const ProgramDraft& program) {
  return std::any_of(program.segments.begin(), program.segments.end(),
                     [](const SegmentDraft& segment) { return segment.required(); });
}

}  // namespace

Compiler::Compiler(const rules::Pack& pack, Draft* draft, Diagnostics* diagnostics)
    : pack_(pack), draft_(draft), diagnostics_(diagnostics), expander_(pack) {}

void Compiler::report(const std::string& code, std::vector<std::string> args) {
  diagnostics_->error(code, source_->place, std::move(args), rule_);
}

void Compiler::compile() {
  for (const rules::IntentSource& intent : pack_.intents) {
    add_patterns(intent.id, intent.patterns);
  }
  const uint32_t intents = pattern_;
  for (const rules::CueSource& cue : pack_.cues) add_patterns(cue.id, cue.patterns);
  draft_->cues = pattern_ - intents;
  draft_->kinds = static_cast<uint32_t>(rules::kBuiltInKinds + pack_.own_kinds().size());
  draft_->roles.resize(roles_.size());
  for (const auto& [name, number] : roles_) draft_->roles[number - 1] = name;
  add_words();
}

void Compiler::add_patterns(const std::string& rule,
                            const std::vector<rules::PatternSource>& patterns) {
  rule_ = rule;
  for (const rules::PatternSource& source : patterns) {
    draft_->specificity.push_back(UINT32_MAX);
    add_pattern(source);
    uint32_t& specificity = draft_->specificity.back();
    if (specificity == UINT32_MAX) specificity = 0;
    ++pattern_;
  }
}

void Compiler::add_pattern(const rules::PatternSource& source) {
  source_ = &source;
  ProgramDraft common;
  common.flags = static_cast<uint32_t>(source.kind) | (source.inside_ok ? kInsideOk : 0u);
  common.max_len = source.max_len;
  if (!add_nots(source, source.inside_ok ? kInsideOk : 0u, &common.nots)) return;
  const size_t before = draft_->programs.size();
  if (source.is_regex) {
    add_regex(source, common);
  } else {
    add_phrase(source, common);
  }
  for (size_t i = before; i < draft_->programs.size(); ++i) {
    if (has_trigger(draft_->programs[i])) continue;
    diagnostics_->warning("pattern-without-atoms", source.place, {source.text}, rule_);
    break;
  }
}

void Compiler::add_phrase(const rules::PatternSource& source, const ProgramDraft& common) {
  std::vector<ExpandedAlternative> ways;
  ExpandError error;
  if (!expander_.expand(source.text, source.tree, &ways, &error)) {
    report(error.code, std::move(error.args));
    return;
  }
  for (const ExpandedAlternative& way : ways) {
    ProgramDraft program = common;
    if (!to_program(way, &program)) {
      report(kTooComplex, {std::to_string(kMaxGapSum)});
      return;
    }
    uint32_t& specificity = draft_->specificity.back();
    specificity = std::min(specificity, shortest(program, draft_->atoms.strings()));
    std::vector<uint32_t>& patterns = draft_->programs[intern(std::move(program))].patterns;
    if (patterns.empty() || patterns.back() != pattern_) patterns.push_back(pattern_);
  }
}

void Compiler::add_regex(const rules::PatternSource& source, const ProgramDraft& common) {
  Regex regex;
  std::string message, part;
  switch (regex.compile(source.text, static_cast<uint32_t>(source.kind), &message, &part)) {
    case Regex::Problem::kSyntax:
      report("regex-error", {message, part});
      return;
    case Regex::Problem::kTooLarge:
      report("regex-too-large", {message, part});
      return;
    case Regex::Problem::kFine:
      break;
  }
  ProgramDraft program = common;
  program.flags |= kIsRegex;
  const auto cost = [&](std::string_view text) { return commonness(text); };
  for (const Regex::Texts& texts : Regex::necessary_texts(source.text, cost)) {
    SegmentDraft group;
    if (!add_atoms(texts, &group.atoms)) break;
    program.segments.push_back(std::move(group));
  }
  const auto same = [&](const RegexDraft& other) {
    return other.text == source.text && other.kind == static_cast<uint32_t>(source.kind);
  };
  const auto found = std::find_if(draft_->regexes.begin(), draft_->regexes.end(), same);
  program.regex = static_cast<uint32_t>(found - draft_->regexes.begin());
  if (found == draft_->regexes.end()) {
    draft_->regexes.push_back({source.text, static_cast<uint32_t>(source.kind)});
  }
  draft_->specificity.back() = shortest(program, draft_->atoms.strings());
  draft_->programs[intern(std::move(program))].patterns.push_back(pattern_);
}

// False: normalising changes a text, so that it never occurs as it stands, yet a regex may match
// around it.
bool Compiler::add_atoms(const std::vector<std::string>& texts, std::vector<uint32_t>* atoms) {
  for (const std::string& text : texts) {
    const std::u32string chars = text::normalise_to_chars(text);
    if (chars.empty() || chars.size() > kMaxAtom || text::encode(chars) != text) return false;
    atoms->push_back(draft_->atoms.add(chars));
  }
  return true;
}

void Compiler::count_examples() {
  auto& examples = examples_with_.emplace();
  for (const rules::IntentSource& intent : pack_.intents) {
    for (const rules::ExampleSource& example : intent.examples) {
      std::u32string chars = text::normalise_to_chars(example.text);
      std::sort(chars.begin(), chars.end());
      chars.erase(std::unique(chars.begin(), chars.end()), chars.end());
      for (const char32_t c : chars) ++examples[c];
    }
  }
}

double Compiler::commonness(std::string_view text) {
  if (!examples_with_) count_examples();
  constexpr double kNextCharacter = 0.3;  // of the texts with a character have it behind another
  const std::u32string chars = text::decode_all(text);
  uint32_t least = UINT32_MAX;
  for (const char32_t c : chars) {
    const auto found = examples_with_->find(c);
    least = std::min(least, found == examples_with_->end() ? 0 : found->second);
  }
  return (1.0 + least) * std::pow(kNextCharacter, chars.size());
}

bool Compiler::add_nots(const rules::PatternSource& source, uint32_t flags,
                        std::vector<uint32_t>* out) {
  for (size_t i = 0; i < source.nots.size(); ++i) {
    std::vector<ExpandedAlternative> ways;
    ExpandError error;
    if (!expander_.expand(source.nots[i], rules::excluded_by(source, i), &ways, &error)) {
      report(error.code, std::move(error.args));
      return false;
    }
    for (const ExpandedAlternative& way : ways) {
      ProgramDraft program;
      program.flags = kContains | flags;
      if (!to_program(way, &program)) {
        report(kTooComplex, {std::to_string(kMaxGapSum)});
        return false;
      }
      out->push_back(intern(std::move(program)));
    }
  }
  std::sort(out->begin(), out->end());
  out->erase(std::unique(out->begin(), out->end()), out->end());
  return true;
}

bool Compiler::to_program(const ExpandedAlternative& way, ProgramDraft* program) {
  if (way.parts.size() > 1) program->flags |= kHasParts;
  for (const Form& form : way.parts) {
    if (!add_part(form, program)) return false;
  }
  size_t atoms = 0;
  for (const SegmentDraft& segment : program->segments) atoms += segment.atoms.size();
  return program->segments.size() <= kMaxSegments && atoms <= kMaxProgramAtoms;
}

// The gaps become properties of the segment after them; one at the end needs an empty segment.
bool Compiler::add_part(const Form& form, ProgramDraft* program) {
  const size_t first = program->segments.size();
  uint32_t gap_min = 0, gap_max = 0;
  bool after_gap = true, after_group = false;
  const auto push = [&](SegmentDraft segment) {
    segment.gap_min = gap_min;
    segment.gap_max = gap_max;
    if (program->segments.size() == first) segment.flags |= kPartBegin;
    gap_min = gap_max = 0;
    after_gap = false;
    program->segments.push_back(std::move(segment));
  };
  for (const Item& item : form) {
    if (item.gap_max > kMaxGapSum) return false;
    if (item.kind == Item::Kind::kGap) {
      gap_min = item.gap_min;
      gap_max = item.gap_max;
      after_gap = true;
      continue;
    }
    const bool group = item.kind == Item::Kind::kGroup;
    SegmentDraft segment = group ? group_segment(item) : slot_segment(item);
    if (group && after_group && !after_gap) segment.flags |= kJoined;
    program->flags |= (segment.flags & kJoined) != 0 ? kHasRuns : 0u;
    program->flags |= group ? 0u : kHasSlots;
    push(std::move(segment));
    after_group = group;
  }
  if (gap_max > 0 || program->segments.size() == first) {
    SegmentDraft nothing;
    nothing.flags = kOptional;
    push(std::move(nothing));
  }
  if ((program->flags & kKindMask) == kContains) mark_edges(program, first);
  return true;
}

SegmentDraft Compiler::group_segment(const Item& item) {
  SegmentDraft segment;
  for (const std::u32string& string : item.strings) {
    if (string.empty()) {
      segment.flags |= kOptional;
    } else {
      segment.atoms.push_back(draft_->atoms.add(string));
    }
  }
  return segment;
}

SegmentDraft Compiler::slot_segment(const Item& item) {
  SegmentDraft segment;
  segment.flags = kIsSlot;
  segment.kind = item.entity_kind;
  if (!item.role.empty()) {
    const uint32_t next = static_cast<uint32_t>(roles_.size()) + 1;
    segment.role = roles_.try_emplace(item.role, next).first->second;
  }
  return segment;
}

uint32_t Compiler::intern(ProgramDraft program) {
  const auto [entry, added] =
      known_.try_emplace(key_of(program), static_cast<uint32_t>(draft_->programs.size()));
  if (added) draft_->programs.push_back(std::move(program));
  return entry->second;
}

// Words longer than an atom are left out: no buyer writes them, and packs of such words are
// refused.
void Compiler::add_words() {
  for (const std::string& word : pack_.protected_words) {
    const std::u32string chars = text::normalise_to_chars(word);
    if (chars.size() < 2 || chars.size() > kMaxAtom) continue;  // one character covers nothing
    draft_->protected_atoms.push_back(draft_->atoms.add(chars));
  }
  for (const rules::EntitySource& entity : pack_.entities) {
    for (const rules::EntityValue& value : entity.values) {
      for (const std::string& word : value.words) {
        const std::u32string chars = text::normalise_to_chars(word);
        const uint32_t number = draft_->words++;
        if (chars.empty() || chars.size() > kMaxAtom) continue;
        draft_->word_atoms[draft_->atoms.add(chars)].push_back(number);
      }
    }
  }
}

void Matcher::build(const rules::Pack& pack, ImageBuilder* image, Diagnostics* diagnostics) {
  Draft draft;
  Compiler(pack, &draft, diagnostics).compile();
  if (draft.atoms.strings().size() > kMaxAtoms) {
    diagnostics->error(kTooComplex, pack.manifest.place, {std::to_string(kMaxAtoms)});
    return;
  }
  number_specials_first(&draft);
  const uint32_t classes = build_automaton(draft.atoms.strings(), image);
  if (classes == 0) {
    diagnostics->error(kTooComplex, pack.manifest.place, {"65535"});
    return;
  }
  lay_out(draft, classes, image);
}

}  // namespace xiaoer::match
