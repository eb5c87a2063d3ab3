#include "report/curves.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace xiaoer::report {

std::vector<CurvePoint> precision_curve(const std::vector<Sure>& sure) {
  std::vector<CurvePoint> curve;
  size_t right = 0;
  for (size_t i = 0; i < sure.size(); ++i) {
    right += sure[i].hit;
    if (i + 1 == sure.size() || sure[i + 1].score < sure[i].score) curve.push_back({i + 1, right});
  }
  return curve;
}

double coverage_at(double precision, const std::vector<CurvePoint>& curve, size_t all) {
  size_t best = 0;
  for (const CurvePoint& point : curve) {
    const bool good =
        static_cast<double>(point.right) >= precision * static_cast<double>(point.answered);
    if (good) best = point.answered;
  }
  return all == 0 ? 0.0 : static_cast<double>(best) / static_cast<double>(all);
}

std::array<CalibrationBin, 10> calibration_of(const std::vector<Sure>& sure) {
  std::array<CalibrationBin, 10> bins;
  for (const Sure& each : sure) {
    CalibrationBin& bin = bins[std::min<size_t>(static_cast<size_t>(each.score * 10), 9)];
    ++bin.messages;
    bin.right += each.hit;
    bin.score_sum += each.score;
  }
  return bins;
}

double calibration_error(const std::array<CalibrationBin, 10>& bins, size_t all) {
  double sum = 0;
  for (const CalibrationBin& bin : bins) {
    sum += std::fabs(bin.score_sum - static_cast<double>(bin.right));
  }
  return all == 0 ? 0.0 : sum / static_cast<double>(all);
}

std::vector<Confusion> confusion_of(const Gold& gold, const std::vector<Answered>& answers) {
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> cells;
  for (size_t i = 0; i < answers.size(); ++i) {
    const GoldMessage& message = gold.messages[i];
    if (message.labels.empty()) continue;
    const uint32_t predicted = answers[i].first();
    const uint32_t actual = is_hit(message, answers[i]) ? predicted : message.labels[0];
    ++cells[{actual, predicted}];
  }
  std::vector<Confusion> list;
  list.reserve(cells.size());
  for (const auto& [classes, count] : cells) list.push_back({classes.first, classes.second, count});
  return list;
}

}  // namespace xiaoer::report
