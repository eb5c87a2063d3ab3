// xiaoer_load: how long replies take under load. Messages come at set rates (Poisson), whether or
// not earlier ones were answered, through the C interface from several threads, while the pack is
// reloaded again and again; every reply is compared with the right one.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "bench/load/conversation.hpp"
#include "bench/load/reloader.hpp"
#include "bench/load/report.hpp"
#include "bench/load/run.hpp"
#include "bench/material.hpp"

namespace {

using namespace xiaoer;

// Shares of what is answered one by one: more than all are offered at the end.
constexpr double kShares[] = {0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1};
// Messages that are played, of those that the pack's tests give: all of them are answered once
// before the load, for reference.
constexpr size_t kMostMessages = 4000;

struct Options {
  std::string pack = bench::default_pack_folder();
  std::vector<std::string> search_path;
  uint32_t phrases = 0;  // not 0: a generated pack instead
  unsigned threads = std::max(1U, std::thread::hardware_concurrency() - 1);
  double seconds = 20;
  double reload_seconds = 1;
  size_t turns = 8;
  std::vector<double> rates;
  std::string json, svg;
};

void add_options(CLI::App* app, Options* options) {
  app->add_option("--pack", options->pack, "pack folder; default: the shipped rules/zh-CN");
  app->add_option("--search-path", options->search_path, "folder in which `extends` is looked up");
  app->add_option("--phrases", options->phrases, "a generated pack of so many phrases instead")
      ->check(CLI::Range(1, 50'000));
  app->add_option("--threads", options->threads, "that answer; default: one core less than all")
      ->check(CLI::Range(1, 256));
  app->add_option("--rates", options->rates,
                  "messages a second, ascending; default: shares of what one by one are answered")
      ->delimiter(',')
      ->check(CLI::PositiveNumber);
  app->add_option("--seconds", options->seconds, "for all steps together; overload may double it")
      ->check(CLI::Range(0.1, 3600.0));
  app->add_option("--reload", options->reload_seconds, "open the pack anew so often; 0: never")
      ->check(CLI::Range(0.0, 3600.0));
  app->add_option("--turns", options->turns, "messages a conversation; 0: no sessions");
  app->add_option("--json", options->json, "write all figures to this file");
  app->add_option("--svg", options->svg, "draw latency against load (needs gnuplot)");
}

// A pack to be opened through the C interface, and messages for it.
struct Subject {
  std::string name;
  std::function<xr::Ruleset()> open;
  std::vector<std::string> messages;
};

Subject generated_subject(uint32_t phrases) {
  Subject subject;
  subject.name = "generated, " + std::to_string(phrases) + " phrases";
  subject.open = [files = bench::generate_files(phrases, 7)] {
    std::vector<xr::File> borrowed;
    borrowed.reserve(files.size());
    for (const auto& file : files) borrowed.push_back({file.name, file.bytes});
    return xr::Ruleset::open_files(borrowed);
  };
  subject.messages = bench::generate_messages(kMostMessages, 11);
  return subject;
}

Subject pack_subject(const Options& options) {
  Subject subject;
  xr::RulesetOptions how;
  how.search_path = options.search_path;
  subject.open = [path = options.pack, how] { return xr::Ruleset::open(path, how); };
  subject.messages = bench::messages_of(options.pack, options.search_path);
  if (subject.messages.size() > kMostMessages) subject.messages.resize(kMostMessages);
  subject.name = std::filesystem::path(options.pack).filename().string();
  return subject;
}

load::Step measure(const load::StepPlan& plan, const load::Script& script,
                   const load::Reloader& reloader) {
  const load::Reloader::Count before = reloader.count();
  load::Step step = load::run_step(plan, [&](unsigned thread) {
    return load::make_client(script, reloader, script.beginning_for(thread, plan.threads));
  });
  const load::Reloader::Count after = reloader.count();
  step.reloads = after.opened - before.opened;
  step.failed_reloads = after.failed - before.failed;
  std::fprintf(stderr, "%s\n", load::table_row(step).c_str());
  return step;
}

load::Run run(const Options& options, const Subject& subject) {
  load::Reloader reloader(subject.open);
  const load::Script script(subject.messages, options.turns, bench::generate_facts_json(),
                            reloader.current());
  load::Run run;
  run.pack = subject.name;
  run.messages = subject.messages.size();
  run.turns = options.turns;
  run.threads = options.threads;
  run.reload_seconds = options.reload_seconds;
  const size_t steps = 1 + (options.rates.empty() ? std::size(kShares) : options.rates.size());
  run.step_seconds = options.seconds / static_cast<double>(steps);
  std::fprintf(stderr, "%s\n", load::table_head().c_str());
  reloader.start(std::chrono::milliseconds(static_cast<int64_t>(options.reload_seconds * 1000)));
  load::StepPlan plan{0, run.step_seconds, options.threads, 1};
  run.closed = measure(plan, script, reloader);
  std::vector<double> rates = options.rates;
  if (rates.empty()) {
    for (const double share : kShares) rates.push_back(share * run.closed.answered);
  }
  for (const double rate : rates) {
    plan.rate = rate;
    ++plan.seed;
    run.steps.push_back(measure(plan, script, reloader));
  }
  return run;
}

bool write(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (out.flush()) return true;
  std::fprintf(stderr, "%s: cannot be written\n", path.c_str());
  return false;
}

bool write_files(const Options& options, const load::Run& run) {
  bool good = options.json.empty() || write(options.json, load::to_json(run));
  if (options.svg.empty()) return good;
  std::string svg;
  Diagnostics diagnostics;
  if (load::to_svg(run, &svg, &diagnostics)) return write(options.svg, svg) && good;
  std::fprintf(stderr, "%s\n", to_text(diagnostics.list()[0], Language::kEnglish).c_str());
  return false;
}

int run_program(int argc, char** argv) {
  Options options;
  CLI::App app("Latency of replies under load; exit status 1 when a reply or reload is wrong");
  add_options(&app, &options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const Subject subject =
      options.phrases > 0 ? generated_subject(options.phrases) : pack_subject(options);
  if (subject.messages.empty()) {
    std::fprintf(stderr, "%s: no pack, or no test in it says what buyers write\n",
                 options.pack.c_str());
    return 1;
  }
  const load::Run measured = run(options, subject);
  std::fputs(load::summary(measured).c_str(), stdout);
  return write_files(options, measured) && measured.faults() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run_program(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
  } catch (...) {
    std::fputs("unknown error\n", stderr);
  }
  return 1;
}
