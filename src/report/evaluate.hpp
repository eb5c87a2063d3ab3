#pragma once
// Labelled messages through a pack: each alone, as the first of a conversation.

#include <vector>

#include "engine.hpp"
#include "report/figures.hpp"
#include "report/gold.hpp"
#include "report/lines.hpp"
#include "report/reasons.hpp"
#include "ruleset.hpp"

namespace xiaoer::report {

struct EvaluateOptions {
  const reply::Facts* facts = nullptr;  // borrowed; nullptr: none
  EvidenceKinds evidence;               // what the understanding may look at
  bool previous = false;                // hand over the line before, where the gold has one
  Progress progress;
};

// Answers every message. False: a message over the limit (message-too-long), or intents of no class
// where all classes were given (intent-without-class). Where the classes are those of the labels,
// answers with other intents are wrong ones, and a warning names these (intent-without-label).
bool evaluate(const Ruleset& ruleset, const Gold& gold, const EvaluateOptions& options,
              std::vector<Answered>* out, Diagnostics* diagnostics);

// An intent as it stood in an answer, and why.
struct TracedIntent {
  std::string id, title;
  double score = 0;
  std::vector<ReasonText> why;  // of a near miss: what it lacked
};
// A clear message whose first class is wrong.
struct WrongAnswer {
  const GoldMessage* message = nullptr;  // borrowed from the gold
  uint32_t got = Classes::kNone;         // class
  std::vector<TracedIntent> intents;     // the answer's
  std::vector<TracedIntent> missed;      // near misses of the labels' classes, at most a few
};

// Asks for the wrong ones again, with a trace; at most `limit` of them, in the order of the gold.
std::vector<WrongAnswer> trace_wrong(const Ruleset& ruleset, const Gold& gold,
                                     const std::vector<Answered>& answers,
                                     const EvaluateOptions& options, size_t limit);

}  // namespace xiaoer::report
