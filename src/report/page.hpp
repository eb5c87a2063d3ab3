#pragma once
// The page of `xiaoer eval --html`: figures, curves, confusion and every wrong answer with its
// trace, in one file that needs no network.

#include <string>
#include <vector>

#include "report/evaluate.hpp"
#include "report/figures.hpp"
#include "report/gold.hpp"

namespace xiaoer::report {

// One way of evaluating, to be set beside others.
struct Variant {
  std::string name;
  Figures figures;
};

struct Evaluation {
  std::string pack;  // its title, id and version
  std::string how;   // the options that it was measured with; may be empty
  const Gold* gold = nullptr;
  std::vector<Answered> answers;
  Figures figures;
  std::vector<Variant> variants;   // may be empty
  std::vector<WrongAnswer> wrong;  // those shown
};

// False: no gnuplot (program-missing, program-failed).
bool write_page(const Evaluation& evaluation, Language language, std::string* html,
                Diagnostics* diagnostics);

}  // namespace xiaoer::report
