#include "report/page.hpp"

#include <algorithm>
#include <cmath>

#include "report/curves.hpp"
#include "report/html.hpp"
#include "report/page_parts.hpp"
#include "report/plot.hpp"

namespace xiaoer::report {
namespace {

Plot calibration_plot(const std::vector<Sure>& sure, Words words) {
  Series share{words("占全部消息", "share of messages"), LineStyle::kBars, {}};
  Series ideal{words("理想", "ideal"), LineStyle::kDashed, {{0, 0}, {1, 1}}};
  Series actual{words("实际答对", "right"), LineStyle::kLinesPoints, {}};
  const auto bins = calibration_of(sure);
  for (size_t i = 0; i < bins.size(); ++i) {
    const auto count = static_cast<double>(bins[i].messages);
    share.points.push_back(
        {(static_cast<double>(i) + 0.5) / 10, count / static_cast<double>(sure.size())});
    if (count == 0) continue;
    actual.points.push_back(
        {bins[i].score_sum / count, static_cast<double>(bins[i].right) / count});
  }
  Plot plot;
  plot.title = words("校准: 打多少分, 就该答对多少", "Calibration: as sure as right");
  plot.x = {words("第一意图的分数", "score of the first intent"), true, 0, 1, false};
  plot.y = {words("比例", "share"), true, 0, 1, false};
  plot.series = {share, ideal, actual};
  return plot;
}

Plot precision_plot(const std::vector<Sure>& sure, Words words) {
  Series curve{"", LineStyle::kLine, {}};
  double lowest = 1;
  for (const CurvePoint& point : precision_curve(sure)) {
    const auto answered = static_cast<double>(point.answered);
    const double precision = static_cast<double>(point.right) / answered;
    curve.points.push_back({answered / static_cast<double>(sure.size()), precision});
    lowest = std::min(lowest, precision);
  }
  const double from = std::max(0.0, std::floor(lowest * 10) / 10 - 0.1);
  Series bar{"0.95", LineStyle::kDashed, {{0, 0.95}, {1, 0.95}}};
  Plot plot;
  plot.title = words("覆盖与准确: 先答最有把握的", "Precision against coverage, surest first");
  plot.x = {words("回答的消息占比", "share of messages answered"), true, 0, 1, false};
  plot.y = {words("其中答对", "of these right"), true, from, 1.01, false};
  plot.series = {bar, curve};
  return plot;
}

}  // namespace

bool write_page(const Evaluation& evaluation, Language language, std::string* html,
                Diagnostics* diagnostics) {
  const Words words(language);
  const std::vector<Sure> sure = sureness(*evaluation.gold, evaluation.answers);
  std::string calibration, precision;
  if (!draw(calibration_plot(sure, words), "calibration", &calibration, diagnostics) ||
      !draw(precision_plot(sure, words), "precision", &precision, diagnostics)) {
    return false;
  }
  const std::string title = words("话术包测评: ", "Measured: ") + evaluation.pack;
  std::string body = "<h1>" + escaped(title) + "</h1>\n";
  body += "<p class=\"soft\">" + escaped(evaluation.gold->file + evaluation.how) + "</p>\n";
  append_cards(evaluation.figures, words, &body);
  append_variants(evaluation.variants, words, &body);
  body += "<div class=\"plots\">" + calibration + precision + "</div>\n";
  append_classes(evaluation, words, &body);
  append_confusion(evaluation, words, &body);
  append_wrong(evaluation, words, &body);
  *html = whole_page(title, language == Language::kChinese ? "zh-CN" : "en", body);
  return true;
}

}  // namespace xiaoer::report
