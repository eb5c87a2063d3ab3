#pragma once
// What lies behind the figures: precision against coverage, scores against the share that is right,
// and which class is taken for which.

#include <array>
#include <cstdint>
#include <vector>

#include "report/figures.hpp"

namespace xiaoer::report {

// Answering the `answered` surest messages, `right` of them are right. Messages of equal score are
// answered together, so only the last of them makes a point.
struct CurvePoint {
  size_t answered = 0;
  size_t right = 0;
};
std::vector<CurvePoint> precision_curve(const std::vector<Sure>& sure);
// The largest share of `all` messages that can be answered with at least this precision.
double coverage_at(double precision, const std::vector<CurvePoint>& curve, size_t all);

// Scores in [i/10, (i+1)/10), the last one closed.
struct CalibrationBin {
  size_t messages = 0;
  size_t right = 0;
  double score_sum = 0;
};
std::array<CalibrationBin, 10> calibration_of(const std::vector<Sure>& sure);
// The mean distance between score and share that is right, weighted by messages.
double calibration_error(const std::array<CalibrationBin, 10>& bins, size_t all);

// Clear messages of class `actual` (see ClassFigures) whose first class is `predicted` (kNone: no
// intent).
struct Confusion {
  uint32_t actual = 0, predicted = 0;
  uint32_t messages = 0;
};
// By actual, then predicted class; right answers too.
std::vector<Confusion> confusion_of(const Gold& gold, const std::vector<Answered>& answers);

}  // namespace xiaoer::report
