#include "bench/load/report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "json/writer.hpp"
#include "report/plot.hpp"

namespace xiaoer::load {
namespace {

constexpr double kMicro = 1e3;  // nanoseconds
constexpr double kBarShare = 0.7;

template <class... Values>
std::string formatted(const char* format, Values... values) {
  char line[256];
  std::snprintf(line, sizeof(line), format, values...);
  return line;
}

void write_quantiles(const char* name, const Quantiles& values, json::Writer* writer) {
  writer->key(name).begin_object();
  writer->key("p50").value(values.p50).key("p90").value(values.p90);
  writer->key("p99").value(values.p99).key("p99.9").value(values.p999);
  writer->key("p99.99").value(values.p9999).key("max").value(values.max).end_object();
}

void write_step(const Step& step, json::Writer* writer) {
  const auto count = [&](const char* name, size_t value) {
    writer->key(name).value(static_cast<int64_t>(value));
  };
  writer->begin_object();
  writer->key("offered_per_second").value(step.offered);
  writer->key("answered_per_second").value(step.answered);
  count("replies", step.replies);
  count("failed", step.failed);
  count("wrong", step.wrong);
  count("unanswered", step.unanswered);
  count("reloads", step.reloads);
  count("failed_reloads", step.failed_reloads);
  writer->key("saturated").value(step.saturated());
  write_quantiles("latency_ns", step.latency, writer);
  write_quantiles("service_ns", step.service, writer);
  writer->end_object();
}

report::Series curve(const Run& run, const char* title, double Quantiles::*quantile) {
  report::Series series{title, report::LineStyle::kLinesPoints, {}};
  for (const Step& step : run.steps) {
    series.points.emplace_back(step.offered, step.latency.*quantile / kMicro);
  }
  return series;
}

}  // namespace

double Run::saturation() const {
  double most = 0;
  bool kept_up = true;
  for (const Step& step : steps) {
    most = std::max(most, step.answered);
    kept_up = kept_up && !step.saturated();
  }
  return kept_up ? std::max(most, closed.answered) : most;
}

const Step* Run::at_share(double share) const {
  const double wanted = share * saturation();
  const auto nearest =
      std::min_element(steps.begin(), steps.end(), [&](const Step& a, const Step& b) {
        return std::abs(a.offered - wanted) < std::abs(b.offered - wanted);
      });
  return nearest == steps.end() ? nullptr : &*nearest;
}

size_t Run::faults() const {
  size_t count = closed.wrong + closed.failed + closed.failed_reloads;
  for (const Step& step : steps) count += step.wrong + step.failed + step.failed_reloads;
  return count;
}

std::string table_head() {
  return "   offered/s answered/s   p50 us   p90 us   p99 us p99.9 us p99.99 us   max us  wrong "
         "failed reloads";
}

std::string table_row(const Step& step) {
  const Quantiles& l = step.latency;
  const std::string offered = step.offered > 0 ? formatted("%12.0f", step.offered) : "  one by one";
  return offered +
         formatted("%11.0f%9.1f%9.1f%9.1f%9.1f%10.1f%9.0f%7zu%7zu%8zu", step.answered,
                   l.p50 / kMicro, l.p90 / kMicro, l.p99 / kMicro, l.p999 / kMicro,
                   l.p9999 / kMicro, l.max / kMicro, step.wrong, step.failed, step.reloads) +
         (step.saturated() ? "  saturated" : "");
}

std::string summary(const Run& run) {
  std::string text = formatted("saturation: %.0f replies a second from %u threads\n",
                               run.saturation(), run.threads);
  if (const Step* step = run.at_share(kBarShare)) {
    text += formatted(
        "at %.0f %% of it: p50 %.1f us, p99.9 %.1f us, %.1f times; by service time %.1f times\n",
        100 * step->offered / run.saturation(), step->latency.p50 / kMicro,
        step->latency.p999 / kMicro, step->latency.p999 / step->latency.p50,
        step->service.p999 / step->service.p50);
  }
  return text + formatted("wrong or failed replies and reloads: %zu\n", run.faults());
}

std::string to_json(const Run& run) {
  std::string text;
  json::Writer writer(&text);
  writer.begin_object().key("pack").value(run.pack);
  writer.key("messages").value(static_cast<int64_t>(run.messages));
  writer.key("turns").value(static_cast<int64_t>(run.turns));
  writer.key("threads").value(run.threads);
  writer.key("step_seconds").value(run.step_seconds);
  writer.key("reload_seconds").value(run.reload_seconds);
  writer.key("saturation_per_second").value(run.saturation());
  writer.key("one_by_one");
  write_step(run.closed, &writer);
  writer.key("steps").begin_array();
  for (const Step& step : run.steps) write_step(step, &writer);
  writer.end_array().end_object();
  return text + '\n';
}

bool to_svg(const Run& run, std::string* svg, Diagnostics* diagnostics) {
  report::Plot plot;
  plot.title = "Latency against load: " + run.pack;
  plot.x.title = "messages a second (saturation: " + formatted("%.0f", run.saturation()) + ")";
  plot.y.title = "microseconds from when a message was due";
  plot.y.logarithmic = true;
  plot.series = {curve(run, "max", &Quantiles::max), curve(run, "p99.99", &Quantiles::p9999),
                 curve(run, "p99.9", &Quantiles::p999), curve(run, "p99", &Quantiles::p99),
                 curve(run, "p50", &Quantiles::p50)};
  if (!report::draw(plot, "load", svg, diagnostics)) return false;
  *svg += '\n';
  return true;
}

}  // namespace xiaoer::load
