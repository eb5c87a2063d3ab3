#pragma once
// A whole run, written down: a table as it goes, JSON, a plot.

#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "bench/load/figures.hpp"

namespace xiaoer::load {

struct Run {
  std::string pack;
  size_t messages = 0, turns = 0;
  unsigned threads = 1;
  double step_seconds = 0, reload_seconds = 0;  // 0: no reloads
  Step closed;                                  // each message sent when the one before is answered
  std::vector<Step> steps;                      // in ascending order of rate

  // Messages a second that can be answered: the most that any step did when one did not keep up,
  // otherwise what one by one were answered, if that is more.
  double saturation() const;
  // The step that is nearest to this share of saturation; nullptr: none.
  const Step* at_share(double share) const;
  // Wrong or failed replies and reloads of all steps.
  size_t faults() const;
};

std::string table_head();
std::string table_row(const Step& step);
// What the table comes to.
std::string summary(const Run& run);

std::string to_json(const Run& run);
// Latency against load. False: `diagnostics` says why.
bool to_svg(const Run& run, std::string* svg, Diagnostics* diagnostics);

}  // namespace xiaoer::load
