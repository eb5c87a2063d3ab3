#include "report/plot.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>

#include "report/html.hpp"
#include "text/utf8.hpp"

namespace xiaoer::report {
namespace {

constexpr const char* kPackage = "gnuplot-nox";
// Readable on white and on black, and told apart by the colour-blind (Okabe and Ito).
constexpr const char* kColours[] = {"#0072b2", "#d55e00", "#009e73",
                                    "#cc79a7", "#e69f00", "#56b4e9"};
constexpr const char* kGrey = "#808080";

// A string constant: between single quotes gnuplot knows no escape but the doubled quote.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text::replace_invalid(text)) {
    if (c == '\'') out += '\'';
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  }
  return out + "'";
}

void append_number(double value, std::string* out) {
  char digits[32];
  out->append(digits, std::to_chars(digits, digits + sizeof(digits), value).ptr);
}

void append_axis(const char* name, const Axis& axis, std::string* out) {
  *out += std::string("set ") + name + "label " + quoted(axis.title) + '\n';
  if (axis.has_range) {
    *out += std::string("set ") + name + "range [";
    append_number(axis.from, out);
    *out += ':';
    append_number(axis.to, out);
    *out += "]\n";
  }
  if (axis.logarithmic) *out += std::string("set logscale ") + name + '\n';
}

void append_data(const std::vector<Series>& series, std::string* out) {
  for (size_t i = 0; i < series.size(); ++i) {
    *out += "$data" + std::to_string(i) + " << END\n";
    for (const auto& [x, y] : series[i].points) {
      if (!std::isfinite(x) || !std::isfinite(y)) continue;
      append_number(x, out);
      *out += ' ';
      append_number(y, out);
      *out += '\n';
    }
    *out += "END\n";
  }
}

std::string style_of(LineStyle style, const std::string& colour) {
  const std::string line = " lw 2 lc rgb '" + colour + "'";
  switch (style) {
    case LineStyle::kLine:
      return "lines" + line;
    case LineStyle::kLinesPoints:
      return "linespoints pt 7 ps 0.6" + line;
    case LineStyle::kPoints:
      return "points pt 7 ps 0.6" + line;
    case LineStyle::kBars:
      return "boxes fs solid 0.35 noborder" + line;
    case LineStyle::kDashed:
      return "lines dt 2 lw 1.5 lc rgb '" + std::string(kGrey) + "'";
  }
  return "lines";
}

void append_curves(const std::vector<Series>& series, std::string* out) {
  size_t colour = 0;
  for (size_t i = 0; i < series.size(); ++i) {
    const Series& each = series[i];
    *out += i == 0 ? "plot " : ", ";
    *out += "$data" + std::to_string(i) + " using 1:2 with " +
            style_of(each.style, kColours[colour % std::size(kColours)]);
    *out += each.title.empty() ? " notitle" : " title " + quoted(each.title);
    if (each.style != LineStyle::kDashed) ++colour;
  }
  *out += '\n';
}

struct CloseFile {
  void operator()(FILE* file) const { std::fclose(file); }
};
using FilePtr = std::unique_ptr<FILE, CloseFile>;

std::string contents(FILE* file) {
  std::string bytes;
  char buffer[4096];
  std::rewind(file);
  while (const size_t count = std::fread(buffer, 1, sizeof(buffer), file)) {
    bytes.append(buffer, count);
  }
  return bytes;
}

// Streams of a child as nameless files rather than pipes: neither side ever waits for the other.
struct Child {
  FilePtr in{std::tmpfile()}, out{std::tmpfile()}, err{std::tmpfile()};

  // 0, or the errno of what kept the program from running to its end.
  int run(const char* program, const std::string& input, int* status) {
    if (in == nullptr || out == nullptr || err == nullptr) return errno;
    if (std::fwrite(input.data(), 1, input.size(), in.get()) != input.size() ||
        std::fflush(in.get()) != 0) {
      return errno;
    }
    std::rewind(in.get());
    pid_t pid = 0;
    if (const int error = spawn(program, &pid)) return error;
    while (waitpid(pid, status, 0) < 0) {
      if (errno != EINTR) return errno;
    }
    return 0;
  }

 private:
  int spawn(const char* program, pid_t* pid) {
    posix_spawn_file_actions_t actions;
    if (const int error = posix_spawn_file_actions_init(&actions)) return error;
    posix_spawn_file_actions_adddup2(&actions, fileno(in.get()), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fileno(out.get()), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fileno(err.get()), STDERR_FILENO);
    std::string name = program, defaults = "-d";  // -d: no settings of the user's
    char* const arguments[] = {name.data(), defaults.data(), nullptr};
    const int error = posix_spawnp(pid, program, &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
  }
};

void replace_all(std::string_view from, const std::string& to, std::string* text) {
  for (size_t at = 0; (at = text->find(from, at)) != std::string::npos; at += to.size()) {
    text->replace(at, from.size(), to);
  }
}

// Without prologue, with ids and a title of its own.
bool make_embeddable(const std::string& name, const std::string& title, std::string* svg) {
  const size_t begin = svg->find("<svg"), end = svg->rfind("</svg>");
  if (begin == std::string::npos || end == std::string::npos) return false;
  *svg = svg->substr(begin, end + 6 - begin);
  for (const std::string before : {" id='", " id=\"", "href='#", "url(#"}) {
    replace_all(before, before + name + '-', svg);
  }
  replace_all("<title>Gnuplot</title>", "<title>" + escaped(title) + "</title>", svg);
  return true;
}

}  // namespace

std::string plot_script(const Plot& plot) {
  std::string script =
      "set encoding utf8\n"
      "set terminal svg size 640,400 dynamic noenhanced font 'sans-serif,13'\n";
  script += "set title " + quoted(plot.title) + '\n';
  script += "set grid lc rgb '" + std::string(kGrey) + "' lw 0.4\nset key below\n";
  append_axis("x", plot.x, &script);
  append_axis("y", plot.y, &script);
  append_data(plot.series, &script);
  append_curves(plot.series, &script);
  return script;
}

bool draw(const Plot& plot, const std::string& name, std::string* svg, Diagnostics* diagnostics,
          const char* program) {
  Child child;
  int status = 0;
  const int error = child.run(program, plot_script(plot), &status);
  if (error == ENOENT || (error == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 127)) {
    diagnostics->error("program-missing", {program, 0, 0, ""}, {program, kPackage});
    return false;
  }
  if (error != 0) {
    diagnostics->error("program-failed", {program, 0, 0, ""}, {program, std::strerror(error)});
    return false;
  }
  *svg = contents(child.out.get());
  if (status == 0 && make_embeddable(name, plot.title, svg)) return true;
  diagnostics->error("program-failed", {program, 0, 0, ""}, {program, contents(child.err.get())});
  return false;
}

}  // namespace xiaoer::report
