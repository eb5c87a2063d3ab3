#pragma once
// Curves drawn by the program gnuplot, which must be installed (Debian: gnuplot-nox): an SVG to put
// into a page.

#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"

namespace xiaoer::report {

enum class LineStyle : uint8_t { kLine, kLinesPoints, kPoints, kBars, kDashed };

struct Series {
  std::string title;  // for the legend; empty: not in it
  LineStyle style = LineStyle::kLine;
  std::vector<std::pair<double, double>> points;  // not finite: left out
};

struct Axis {
  std::string title;
  bool has_range = false;  // otherwise it fits the points
  double from = 0, to = 1;
  bool logarithmic = false;
};

struct Plot {
  std::string title;
  Axis x, y;
  std::vector<Series> series;
};

// What gnuplot reads. Titles may hold any bytes: they are quoted, nothing in them is a command.
std::string plot_script(const Plot& plot);

// Draws `plot` into one <svg> element without prologue, as wide as its place allows; black in it is
// for the page to restyle. `name` (letters) goes before every id in it, so that a page can hold
// several. Runs `program` from PATH, without a shell. False: program-missing, program-failed.
bool draw(const Plot& plot, const std::string& name, std::string* svg, Diagnostics* diagnostics,
          const char* program = "gnuplot");

}  // namespace xiaoer::report
