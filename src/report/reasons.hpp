#pragma once
// Why something was chosen or was not, in words for people.

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "result/result.hpp"

namespace xiaoer::report {

// A Reason with texts of its own.
struct ReasonText {
  std::string kind;   // see docs/jsonl.md
  std::string rule;   // the phrase, example, condition or fact as written
  std::string words;  // of the message; empty where none applies
  double points = 0;
};
std::vector<ReasonText> reasons_of(const Result& result, ItemRange why, std::string_view message);

// What an intent or a phrase lacked, as a sentence; other kinds stay as they are in results.
std::string_view kind_in_words(std::string_view kind, Language language);

}  // namespace xiaoer::report
