#pragma once
// One row of a quick-phrase file on its way into a pack, and what became of it.

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"

namespace xiaoer::importer {

// A share or certainty as people read it: 0.45.
inline std::string two_decimals(double value) {
  char shown[32];
  std::snprintf(shown, sizeof shown, "%.2f", value);
  return shown;
}

enum class Outcome : uint8_t {
  kReported,  // not in the pack: `reasons` say why
  kMerged,    // the same as another row, whose line is same_as
  kPlaced,    // a variant of the reply of `intent`
};

struct Phrase {
  uint32_t line = 0;
  std::string code, group, text;    // as in the file; for a row that is none, text is all of it
  std::string reply;                // the template that `text` became
  std::string words;                // `text` without emoticon codes and variables: what is compared
  std::vector<Diagnostic> reasons;  // why it was reported
  std::vector<Diagnostic> notes;    // what was changed or is worth a look
  Outcome outcome = Outcome::kReported;
  uint32_t same_as = 0;
  std::string intent;  // the likeliest intent's id, also of a phrase that was not placed
  std::string title;   // of that intent
  double sure = 0;     // 0..1

  bool sound() const { return reasons.empty(); }
  void reject(std::string code_of_reason, std::vector<std::string> args = {}) {
    reasons.push_back(
        {Severity::kError, std::move(code_of_reason), {{}, line, 0, {}}, {}, std::move(args)});
  }
  void note(std::string code_of_note, std::vector<std::string> args = {}) {
    notes.push_back(
        {Severity::kWarning, std::move(code_of_note), {{}, line, 0, {}}, {}, std::move(args)});
  }
};

}  // namespace xiaoer::importer
