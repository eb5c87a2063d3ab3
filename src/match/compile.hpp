#pragma once
// Patterns of a pack to programs: the front half of Matcher::build.

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.hpp"
#include "match/draft.hpp"
#include "match/expand.hpp"
#include "rules/pack.hpp"

namespace xiaoer::match {

class Compiler {
 public:
  Compiler(const rules::Pack& pack, Draft* draft, Diagnostics* diagnostics);
  void compile();

 private:
  void add_patterns(const std::string& rule, const std::vector<rules::PatternSource>& patterns);
  void add_pattern(const rules::PatternSource& source);
  void add_phrase(const rules::PatternSource& source, const ProgramDraft& common);
  void add_regex(const rules::PatternSource& source, const ProgramDraft& common);
  bool add_nots(const rules::PatternSource& source, uint32_t flags, std::vector<uint32_t>* out);
  bool add_atoms(const std::vector<std::string>& texts, std::vector<uint32_t>* atoms);
  void count_examples();
  // How often messages may hold `text`: as the pack's examples hold its characters.
  double commonness(std::string_view text);
  // One way to match as a program; false when it is too complex.
  bool to_program(const ExpandedAlternative& way, ProgramDraft* program);
  bool add_part(const Form& form, ProgramDraft* program);
  SegmentDraft group_segment(const Item& item);
  SegmentDraft slot_segment(const Item& item);
  // Number of the program, which is shared with equal ones.
  uint32_t intern(ProgramDraft program);
  void add_words();
  void report(const std::string& code, std::vector<std::string> args);

  const rules::Pack& pack_;
  Draft* draft_;
  Diagnostics* diagnostics_;
  Expander expander_;
  std::unordered_map<std::string, uint32_t> known_;  // programs by their bytes
  std::map<std::string, uint32_t> roles_;            // by name, from 1 on
  // By character; counted for the first regex.
  std::optional<std::unordered_map<char32_t, uint32_t>> examples_with_;
  const rules::PatternSource* source_ = nullptr;  // at work, for reports
  std::string rule_;                              // the intent or cue that it belongs to
  uint32_t pattern_ = 0;
};

}  // namespace xiaoer::match
