#include "match/regex.hpp"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "rules/pack.hpp"
#include "text/utf8.hpp"

namespace xiaoer::match {
namespace {

constexpr int64_t kMaxMemory = 1 << 20;  // bytes: the program and its DFA
constexpr int kMinAtomBytes = 1;         // a digit says much
constexpr size_t kMostGroups = 4;        // of necessary texts

re2::RE2::Options options() {
  re2::RE2::Options options;
  options.set_max_mem(kMaxMemory);
  options.set_log_errors(false);
  options.set_never_capture(true);
  return options;
}

// \C matches one byte and so could end inside a character. \\C is a backslash before a C, and
// between \Q and \E nothing is special.
bool has_any_byte(std::string_view text) {
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') continue;
    const char next = text[++i];
    if (next == 'C') return true;
    if (next == 'Q') {
      i = text.find("\\E", i);
      if (i == std::string_view::npos) return false;
      ++i;
    }
  }
  return false;
}

// FilteredRE2 lower-cases its atoms by its own table, messages are case-folded by Unicode's. They
// agree on ASCII and have nothing to fold in these ranges; an atom with other characters proves
// nothing.
bool has_no_case(char32_t c) {
  if (c < 0x80) return true;
  return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_safe(std::string_view atom) {
  if (!text::is_valid(atom)) return false;
  while (!atom.empty()) {
    const text::Decoded decoded = text::decode(atom);
    if (!has_no_case(decoded.code_point)) return false;
    atom.remove_prefix(decoded.size);
  }
  return true;
}

bool may_match(const re2::FilteredRE2& filter, const std::vector<int>& atoms) {
  std::vector<int> potentials;
  filter.AllPotentials(atoms, &potentials);
  return !potentials.empty();
}

// Atoms of which a match needs one, while those `left_out` alone make none: from the first of
// `order` on, whatever else makes none is left out as well.
std::vector<int> find_group(const re2::FilteredRE2& filter, const std::vector<int>& order,
                            std::vector<int> left_out) {
  std::vector<int> group;
  for (const int atom : order) {
    if (std::find(left_out.begin(), left_out.end(), atom) != left_out.end()) continue;
    left_out.push_back(atom);
    if (!may_match(filter, left_out)) continue;
    left_out.pop_back();
    group.push_back(atom);
  }
  return group;
}

}  // namespace

Regex::Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

Regex::Problem Regex::compile(const std::string& text, uint32_t kind, std::string* message,
                              std::string* part) {
  kind_ = kind;
  program_ = std::make_unique<re2::RE2>(text, options());
  if (program_->ok() && has_any_byte(text)) {
    *message = "\\C is not allowed";
    *part = "\\C";
    return Problem::kSyntax;
  }
  // RE2 can anchor a match at its begin, or at both ends, but not at its end only.
  if (program_->ok() && kind == static_cast<uint32_t>(rules::MatchKind::kEnd)) {
    program_ = std::make_unique<re2::RE2>("(?:" + text + ")\\z", options());
  }
  if (program_->ok()) return Problem::kFine;
  *message = program_->error();
  *part = program_->error_arg();
  return program_->error_code() == re2::RE2::ErrorPatternTooLarge ? Problem::kTooLarge
                                                                  : Problem::kSyntax;
}

void Regex::prepare() const { program_->ReverseProgramSize(); }

bool Regex::find_in(const RegexInput& input, Span range, Span* bytes) const {
  re2::RE2::Anchor anchor = re2::RE2::UNANCHORED;
  if (kind_ == static_cast<uint32_t>(rules::MatchKind::kWhole)) anchor = re2::RE2::ANCHOR_BOTH;
  if (kind_ == static_cast<uint32_t>(rules::MatchKind::kStart)) anchor = re2::RE2::ANCHOR_START;
  const re2::StringPiece text(input.text.data() + range.begin, range.size());
  re2::StringPiece found;
  if (!program_->Match(text, 0, text.size(), anchor, &found, 1)) return false;
  bytes->begin = static_cast<uint32_t>(found.data() - input.text.data());
  bytes->end = bytes->begin + static_cast<uint32_t>(found.size());
  return true;
}

bool Regex::find(const RegexInput& input, Span* bytes) const {
  const Span all{0, static_cast<uint32_t>(input.text.size())};
  switch (static_cast<rules::MatchKind>(kind_)) {
    case rules::MatchKind::kContains:
      return find_in(input, all, bytes);
    case rules::MatchKind::kStart:
      return find_in(input, {input.core.begin, all.end}, bytes) || find_in(input, all, bytes);
    case rules::MatchKind::kEnd:
      if (input.truncated) return false;
      return find_in(input, {0, input.core.end}, bytes) || find_in(input, all, bytes);
    case rules::MatchKind::kWhole:
      if (input.truncated) return false;
      return find_in(input, input.core, bytes) || find_in(input, all, bytes);
  }
  return false;
}

std::vector<Regex::Texts> Regex::necessary_texts(const std::string& text,
                                                 const Commonness& commonness) {
  re2::FilteredRE2 filter(kMinAtomBytes);
  int id = 0;
  Texts atoms;
  if (filter.Add(text, options(), &id) != re2::RE2::NoError) return {};
  filter.Compile(&atoms);
  std::vector<double> costs;
  for (const std::string& atom : atoms) {
    costs.push_back(is_safe(atom) ? commonness(atom) : HUGE_VAL);
  }
  // Of texts that are as common, ideographs go first: messages are full of them.
  std::vector<int> order(atoms.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    return costs[a] != costs[b] ? costs[a] > costs[b] : atoms[a] > atoms[b];
  });

  std::vector<Texts> groups;
  std::vector<int> present;  // the atoms of the groups before
  while (groups.size() < kMostGroups && !may_match(filter, present)) {
    Texts texts;
    for (const int atom : find_group(filter, order, present)) {
      if (!is_safe(atoms[atom])) return groups;
      texts.push_back(atoms[atom]);
      present.push_back(atom);
    }
    groups.push_back(std::move(texts));
  }
  return groups;
}

}  // namespace xiaoer::match
