#pragma once
// How good the answers to labelled messages are, in a handful of figures. docs/measuring.md says
// what each means.

#include <array>
#include <cstdint>
#include <vector>

#include "report/gold.hpp"

namespace xiaoer::report {

// What matters of the answer to one message.
struct Answered {
  std::array<uint32_t, 3> classes = {};  // the first different classes of its intents
  uint32_t class_count = 0;
  double score = 0;  // of the first intent as results are written: six digits; 0: there is none
  bool automatic = false;

  uint32_t first() const { return class_count == 0 ? Classes::kNone : classes[0]; }
};

// A score and whether the first class was right.
struct Sure {
  double score = 0;
  bool hit = false;
};

struct ClassFigures {
  uint32_t class_number = 0;
  uint32_t messages = 0;   // that have it: the class that was hit, else the first label
  uint32_t predicted = 0;  // messages answered with it, unclear ones left out
  uint32_t right = 0;

  double recall() const { return static_cast<double>(right) / messages; }
  double precision() const { return predicted == 0 ? 0.0 : static_cast<double>(right) / predicted; }
  double f1() const { return 2.0 * right / (predicted + messages); }
};

inline constexpr std::array<double, 3> kPrecisions = {0.90, 0.95, 0.97};

struct Figures {
  uint32_t clear = 0, unclear = 0;
  // Over the clear messages.
  double top1 = 0, top3 = 0, label_recall3 = 0, macro_f1 = 0;
  // Over all; an unclear one counts as wrong.
  std::array<double, 3> coverage = {};  // at kPrecisions
  double calibration_error = 0;         // in ten equal bins
  double auto_coverage = 0, auto_precision = 0;
  uint32_t auto_on_unclear = 0;
  std::vector<ClassFigures> by_class;  // those with most messages first
};

// Whether the first class is one of the labels; never for an unclear message.
bool is_hit(const GoldMessage& message, const Answered& answer);

// Surest first; among equals in the order of the file.
std::vector<Sure> sureness(const Gold& gold, const std::vector<Answered>& answers);

// `answers[i]` answers gold.messages[i]; at least one message is clear.
Figures figures_of(const Gold& gold, const std::vector<Answered>& answers);

}  // namespace xiaoer::report
