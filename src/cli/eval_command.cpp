#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "cli/commands.hpp"
#include "json/writer.hpp"
#include "report/evaluate.hpp"
#include "report/page.hpp"

namespace xiaoer::cli {
namespace {

using report::ClassFigures;
using report::Evaluation;
using report::Figures;
using report::Gold;

constexpr size_t kMaxWrongOnPage = 2000;

// Figures by the names of their fields, in the order in which they are shown.
struct Named {
  std::string name;
  double value = 0;
  bool whole = false;
};
std::vector<Named> named(const Figures& figures) {
  std::vector<Named> list = {{"clear", static_cast<double>(figures.clear), true},
                             {"unclear", static_cast<double>(figures.unclear), true},
                             {"top1", figures.top1},
                             {"top3", figures.top3},
                             {"label_recall3", figures.label_recall3},
                             {"macro_f1", figures.macro_f1}};
  for (size_t i = 0; i < figures.coverage.size(); ++i) {
    char name[32];
    std::snprintf(name, sizeof(name), "coverage@%.2f", report::kPrecisions[i]);
    list.push_back({name, figures.coverage[i]});
  }
  list.push_back({"ece", figures.calibration_error});
  list.push_back({"auto_coverage", figures.auto_coverage});
  list.push_back({"auto_precision", figures.auto_precision});
  list.push_back({"auto_on_unclear", static_cast<double>(figures.auto_on_unclear), true});
  return list;
}

std::string one_line(const Figures& figures) {
  std::string line;
  for (const Named& each : named(figures)) {
    char value[32];
    std::snprintf(value, sizeof(value), each.whole ? "%.0f" : "%.4f", each.value);
    line += (line.empty() ? "" : "  ") + each.name + ' ' + value;
  }
  return line;
}

// All digits: the writer's six are for scores.
void write_exactly(double value, json::Writer* writer) {
  char digits[32];
  writer->raw({digits, std::to_chars(digits, digits + sizeof(digits), value).ptr});
}

void write_figures(const Figures& figures, json::Writer* writer) {
  for (const Named& each : named(figures)) {
    writer->key(each.name);
    write_exactly(each.value, writer);
  }
}

void write_class(const ClassFigures& row, const Gold& gold, json::Writer* writer) {
  writer->begin_object();
  writer->key("class").value(gold.classes.name(row.class_number));
  writer->key("messages").value(row.messages).key("predicted").value(row.predicted);
  writer->key("right").value(row.right);
  for (const auto& [key, value] :
       {std::pair{"recall", row.recall()}, {"precision", row.precision()}, {"f1", row.f1()}}) {
    writer->key(key);
    write_exactly(value, writer);
  }
  writer->end_object();
}

std::string to_json(const Evaluation& evaluation) {
  std::string out;
  json::Writer writer(&out);
  writer.begin_object();
  write_figures(evaluation.figures, &writer);
  writer.key("classes").begin_array();
  for (const ClassFigures& row : evaluation.figures.by_class) {
    write_class(row, *evaluation.gold, &writer);
  }
  writer.end_array();
  if (!evaluation.variants.empty()) {
    writer.key("side_by_side").begin_object();
    for (const report::Variant& variant : evaluation.variants) {
      writer.key(variant.name).begin_object();
      write_figures(variant.figures, &writer);
      writer.end_object();
    }
    writer.end_object();
  }
  writer.end_object();
  return out;
}

void print(const Evaluation& evaluation, const EvalOptions& options) {
  if (evaluation.variants.empty()) std::cout << one_line(evaluation.figures) << '\n';
  for (const report::Variant& variant : evaluation.variants) {
    std::cout << variant.name << ": " << one_line(variant.figures) << '\n';
  }
  if (!options.by_class) return;
  for (const ClassFigures& row : evaluation.figures.by_class) {
    char line[96];
    std::snprintf(line, sizeof(line), "  n %4u  recall %.2f  precision %.2f  f1 %.2f", row.messages,
                  row.recall(), row.precision(), row.f1());
    std::string name = printable(evaluation.gold->classes.name(row.class_number));
    if (name.size() < 18) name.resize(18, ' ');
    std::cout << "  " << name << line << '\n';
  }
}

// The evaluation of one pack, step by step; each step says on stderr what keeps it from succeeding.
class Run {
 public:
  Run(const EvalOptions& options, const CommonOptions& common)
      : options_(options), common_(common), terminal_(isatty(STDERR_FILENO) != 0) {}

  bool read() {
    ruleset_ = open_ruleset(options_.pack, common_);
    if (ruleset_ == nullptr || !open_facts(options_.facts, common_, &facts_)) return false;
    report::Classes classes;
    if (!options_.classes.empty() && !read_classes(&classes)) return shown();
    std::ifstream stream;
    if (!open_file(options_.gold, &stream, &diagnostics_)) return shown();
    const report::Classes* known = options_.classes.empty() ? nullptr : &classes;
    return report::read_gold(&stream, options_.gold, known, &gold_, &diagnostics_) || shown();
  }

  bool evaluate() {
    evaluation_.gold = &gold_;
    evaluation_.pack = std::string(ruleset_->title()) + " (" + std::string(ruleset_->id()) + ' ' +
                       std::string(ruleset_->version()) + ')';
    if (!options_.facts.empty()) evaluation_.how += " --facts " + options_.facts;
    if (options_.previous) evaluation_.how += " --previous";
    if (!options_.without.empty()) evaluation_.how += " --without " + options_.without;
    chosen_.facts = &facts_;
    chosen_.previous = options_.previous;
    chosen_.evidence.phrases = options_.without != "phrases";
    chosen_.evidence.examples = options_.without != "examples";
    if (terminal_) {
      chosen_.progress = [this](size_t done) {
        std::cerr << '\r' << done << " / " << gold_.messages.size() << std::flush;
      };
    }
    if (!measure(chosen_, &evaluation_.answers, &evaluation_.figures)) return false;
    return !options_.side_by_side || compare();
  }

  bool write_page() {
    evaluation_.wrong =
        report::trace_wrong(*ruleset_, gold_, evaluation_.answers, chosen_, kMaxWrongOnPage);
    std::string html;
    if (!report::write_page(evaluation_, common_.speech(), &html, &diagnostics_)) return shown();
    return write_file(options_.html, html, &diagnostics_) || shown();
  }

  const Evaluation& evaluation() const { return evaluation_; }

 private:
  bool shown() const {
    show(diagnostics_, common_);
    return false;
  }

  bool read_classes(report::Classes* classes) {
    std::string bytes, error;
    if (read_file(options_.classes, &bytes, &error)) {
      return report::read_classes(bytes, options_.classes, classes, &diagnostics_);
    }
    diagnostics_.error("cannot-read", {options_.classes, 0, 0, ""}, {error});
    return false;
  }

  bool measure(const report::EvaluateOptions& how, std::vector<report::Answered>* answers,
               Figures* figures) {
    Diagnostics found;
    const bool ok = report::evaluate(*ruleset_, gold_, how, answers, &found);
    if (terminal_ && gold_.messages.size() >= report::kProgressStep) std::cerr << '\n';
    // Warnings are told once, not again for every way to measure.
    if (!ok || answers == &evaluation_.answers) show(found, common_);
    if (ok) *figures = report::figures_of(gold_, *answers);
    return ok;
  }

  // What each kind of evidence is worth, and the line before.
  bool compare() {
    struct Way {
      const char* name;
      EvidenceKinds evidence;
      bool previous;
    };
    const bool any_previous =
        std::any_of(gold_.messages.begin(), gold_.messages.end(),
                    [](const report::GoldMessage& each) { return !each.previous_text.empty(); });
    evaluation_.variants.push_back({"both", evaluation_.figures});
    std::vector<report::Answered> answers;
    for (const Way& way : {Way{"phrases", {true, false}, false},
                           Way{"examples", {false, true}, false}, Way{"previous", {}, true}}) {
      if (way.previous && !any_previous) continue;
      report::EvaluateOptions how = chosen_;
      how.evidence = way.evidence;
      how.previous = way.previous;
      report::Variant variant{way.name, {}};
      if (!measure(how, &answers, &variant.figures)) return false;
      evaluation_.variants.push_back(std::move(variant));
    }
    return true;
  }

  const EvalOptions& options_;
  const CommonOptions& common_;
  bool terminal_;
  std::shared_ptr<const Ruleset> ruleset_;
  reply::Facts facts_;
  Gold gold_;
  report::EvaluateOptions chosen_;
  Evaluation evaluation_;
  Diagnostics diagnostics_;
};

}  // namespace

int run_eval(const EvalOptions& options, const CommonOptions& common) {
  Run run(options, common);
  if (!run.read() || !run.evaluate()) return kProblems;
  if (options.json) {
    std::cout << to_json(run.evaluation()) << '\n';
  } else {
    print(run.evaluation(), options);
  }
  if (!std::cout.flush()) return kProblems;
  return options.html.empty() || run.write_page() ? kSuccess : kProblems;
}

}  // namespace xiaoer::cli
