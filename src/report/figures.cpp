#include "report/figures.hpp"

#include <algorithm>
#include <cmath>

#include "report/curves.hpp"

namespace xiaoer::report {
namespace {

bool contains(const std::vector<uint32_t>& list, uint32_t item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// Adds up what single messages contribute.
class Sums {
 public:
  explicit Sums(size_t classes) : rows_(classes) {}

  void add(const GoldMessage& message, const Answered& answer) {
    if (message.labels.empty()) {
      ++figures_.unclear;
      figures_.auto_on_unclear += answer.automatic;
      return;
    }
    ++figures_.clear;
    const bool hit = is_hit(message, answer);
    top1_ += hit;
    const uint32_t among_three = labels_found(message, answer);
    top3_ += among_three > 0;
    found_ += among_three;
    wanted_ += static_cast<uint32_t>(message.labels.size());
    auto_ += answer.automatic;
    auto_right_ += answer.automatic && hit;
    count(message, answer, hit);
  }

  Figures finish() {
    const auto share = [](uint32_t part, uint32_t whole) {
      return whole == 0 ? 0.0 : static_cast<double>(part) / whole;
    };
    figures_.top1 = share(top1_, figures_.clear);
    figures_.top3 = share(top3_, figures_.clear);
    figures_.label_recall3 = share(found_, wanted_);
    figures_.auto_coverage = share(auto_, figures_.clear);
    figures_.auto_precision = share(auto_right_, auto_);
    list_classes();
    return std::move(figures_);
  }

 private:
  static uint32_t labels_found(const GoldMessage& message, const Answered& answer) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < answer.class_count; ++i) {
      found += contains(message.labels, answer.classes[i]);
    }
    return found;
  }

  void count(const GoldMessage& message, const Answered& answer, bool hit) {
    const uint32_t first = answer.first();
    if (first != Classes::kNone) ++rows_[first].predicted;
    ClassFigures& actual = rows_[hit ? first : message.labels[0]];
    if (++actual.messages == 1) met_.push_back(hit ? first : message.labels[0]);
    actual.right += hit;
  }

  // The mean goes over the classes that messages have.
  void list_classes() {
    for (const uint32_t number : met_) {
      rows_[number].class_number = number;
      figures_.macro_f1 += rows_[number].f1() / static_cast<double>(met_.size());
      figures_.by_class.push_back(rows_[number]);
    }
    std::stable_sort(
        figures_.by_class.begin(), figures_.by_class.end(),
        [](const ClassFigures& a, const ClassFigures& b) { return a.messages > b.messages; });
  }

  Figures figures_;
  uint32_t top1_ = 0, top3_ = 0, found_ = 0, wanted_ = 0, auto_ = 0, auto_right_ = 0;
  std::vector<ClassFigures> rows_;  // by class
  std::vector<uint32_t> met_;       // classes with messages, in the order met
};

}  // namespace

bool is_hit(const GoldMessage& message, const Answered& answer) {
  return answer.class_count > 0 && contains(message.labels, answer.classes[0]);
}

std::vector<Sure> sureness(const Gold& gold, const std::vector<Answered>& answers) {
  std::vector<Sure> sure;
  sure.reserve(answers.size());
  for (size_t i = 0; i < answers.size(); ++i) {
    sure.push_back({answers[i].score, is_hit(gold.messages[i], answers[i])});
  }
  std::stable_sort(sure.begin(), sure.end(),
                   [](const Sure& a, const Sure& b) { return a.score > b.score; });
  return sure;
}

Figures figures_of(const Gold& gold, const std::vector<Answered>& answers) {
  Sums sums(gold.classes.size());
  for (size_t i = 0; i < answers.size(); ++i) sums.add(gold.messages[i], answers[i]);
  Figures figures = sums.finish();
  const std::vector<Sure> sure = sureness(gold, answers);
  const std::vector<CurvePoint> curve = precision_curve(sure);
  for (size_t i = 0; i < kPrecisions.size(); ++i) {
    figures.coverage[i] = coverage_at(kPrecisions[i], curve, sure.size());
  }
  figures.calibration_error = calibration_error(calibration_of(sure), sure.size());
  return figures;
}

}  // namespace xiaoer::report
