#include "result/verdict.hpp"

namespace xiaoer {

std::string_view name_of(Outcome value) {
  constexpr std::string_view kNames[] = {"pass", "rewritten", "refused"};
  return kNames[static_cast<size_t>(value)];
}

std::string_view name_of(FindingLevel value) {
  constexpr std::string_view kNames[] = {"note", "rewrite", "refuse"};
  return kNames[static_cast<size_t>(value)];
}

void Verdict::clear() {
  outcome = Outcome::kRefused;
  original.clear();
  text.clear();
  findings.clear();
  grounds.clear();
  bytes.clear();
}

}  // namespace xiaoer
