#include <unistd.h>

#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>

#include "cli/commands.hpp"
#include "json/writer.hpp"
#include "report/lines.hpp"
#include "report/replay.hpp"

namespace xiaoer::cli {
namespace {

using report::Change;
using report::Outcome;
using report::Replay;

constexpr int kTrouble = 2;  // as diff(1) has it; 1 tells of changes
constexpr size_t kMaxTransitions = 20;

// What became of all lines. Bounded: transitions are pairs of intents of the packs.
struct Counts {
  size_t compared = 0, told = 0, unreadable = 0;
  size_t changed = 0, intent = 0, reply = 0, decision = 0;
  std::map<std::pair<std::string, std::string>, size_t> transitions;  // of first intents

  void add(const Change& change) {
    ++compared;
    changed += change.any();
    intent += change.intent;
    reply += change.reply;
    decision += change.decision;
    if (change.intent) ++transitions[{change.before.intent, change.after.intent}];
  }

  // The most frequent ones.
  std::vector<std::pair<size_t, std::pair<std::string, std::string>>> most() const {
    std::multimap<size_t, std::pair<std::string, std::string>, std::greater<>> sorted;
    for (const auto& [intents, count] : transitions) sorted.emplace(count, intents);
    std::vector<std::pair<size_t, std::pair<std::string, std::string>>> list(sorted.begin(),
                                                                             sorted.end());
    if (list.size() > kMaxTransitions) list.resize(kMaxTransitions);
    return list;
  }
};

// Where changes go while the log is read, and the counts at its end.
class Output {
 public:
  virtual ~Output() = default;
  virtual void change(const Change& change, uint32_t line) = 0;
  virtual void finish(const Counts& counts, size_t forgotten) = 0;
};

class JsonOutput : public Output {
 public:
  JsonOutput() : writer_(&text_) { writer_.begin_object().key("changes").begin_array(); }

  void change(const Change& change, uint32_t line) override {
    writer_.begin_object();
    writer_.key("line").value(line).key("id").raw(change.id_json);
    if (!change.session.empty()) writer_.key("session").value(change.session);
    writer_.key("message").value(change.message);
    writer_.key("changed").begin_array();
    if (change.intent) writer_.value("intent");
    if (change.reply) writer_.value("reply");
    if (change.decision) writer_.value("decision");
    writer_.end_array();
    outcome("old", change.before);
    outcome("new", change.after);
    writer_.end_object();
    flush();
  }

  void finish(const Counts& counts, size_t forgotten) override {
    writer_.end_array().key("summary").begin_object();
    for (const auto& [key, value] : {std::pair{"compared", counts.compared},
                                     {"told", counts.told},
                                     {"unreadable", counts.unreadable},
                                     {"changed", counts.changed},
                                     {"intent", counts.intent},
                                     {"reply", counts.reply},
                                     {"decision", counts.decision},
                                     {"sessions_forgotten", forgotten}}) {
      writer_.key(key).value(static_cast<int64_t>(value));
    }
    writer_.key("transitions").begin_array();
    for (const auto& [count, intents] : counts.most()) {
      writer_.begin_object().key("old").value(intents.first).key("new").value(intents.second);
      writer_.key("count").value(static_cast<int64_t>(count)).end_object();
    }
    writer_.end_array().end_object().end_object();
    text_ += '\n';
    flush();
  }

 private:
  void outcome(const char* key, const Outcome& outcome) {
    writer_.key(key).begin_object();
    writer_.key("intent").value(outcome.intent).key("score").value(outcome.score);
    writer_.key("decision").value(outcome.decision);
    writer_.key("reply_id").value(outcome.reply_id).key("reply").value(outcome.reply);
    writer_.key("why").begin_array();
    for (const report::ReasonText& reason : outcome.why) {
      writer_.begin_object().key("kind").value(reason.kind).key("rule").value(reason.rule);
      writer_.key("words").value(reason.words).key("points").value(reason.points).end_object();
    }
    writer_.end_array().end_object();
  }

  // The writer keeps its place; what it wrote need not stay.
  void flush() {
    std::cout << text_;
    text_.clear();
  }

  std::string text_;
  json::Writer writer_;
};

class TextOutput : public Output {
 public:
  explicit TextOutput(const CommonOptions& common)
      : chinese_(common.speech() == Language::kChinese),
        palette_(common.colour, isatty(STDOUT_FILENO) != 0) {}

  void change(const Change& change, uint32_t line) override {
    std::cout << palette_.bold(say("第 ", "line ") + std::to_string(line) + say(" 行", ""));
    if (change.id_json != "null") std::cout << ' ' << printable(change.id_json);
    if (!change.session.empty()) std::cout << " [" << printable(change.session) << ']';
    std::cout << ": " << printable(change.message) << '\n';
    outcome("- ", change.before, change, [this](const std::string& t) { return palette_.red(t); });
    outcome("+ ", change.after, change, [this](const std::string& t) { return palette_.green(t); });
  }

  void finish(const Counts& counts, size_t forgotten) override {
    std::cout << counts.compared << say(" 条消息, ", " messages, ") << counts.changed
              << say(" 条有变化: 意图 ", " changed: intent ") << counts.intent
              << say(", 回复 ", ", reply ") << counts.reply << say(", 决定 ", ", decision ")
              << counts.decision << '\n';
    if (counts.unreadable > 0) {
      std::cout << counts.unreadable << say(" 行读不了\n", " lines could not be read\n");
    }
    if (forgotten > 0) {
      std::cout << forgotten
                << say(" 个会话太久没有消息, 已不再记得\n", " conversations were forgotten\n");
    }
    for (const auto& [count, intents] : counts.most()) {
      std::cout << "  " << count << '\t' << name_of(intents.first) << " → "
                << name_of(intents.second) << '\n';
    }
  }

 private:
  std::string say(const char* zh, const char* en) const { return chinese_ ? zh : en; }
  std::string name_of(const std::string& intent) const {
    return intent.empty() ? say("(没有听懂)", "(none)") : printable(intent);
  }

  template <class Paint>
  void outcome(const char* mark, const Outcome& outcome, const Change& change, Paint paint) {
    char score[16];
    std::snprintf(score, sizeof(score), "%.2f", outcome.score);
    std::cout << paint(std::string("  ") + mark + name_of(outcome.intent) + ' ' + score + ' ' +
                       outcome.decision)
              << '\n';
    for (const report::ReasonText& reason : outcome.why) {
      char points[16];
      std::snprintf(points, sizeof(points), " +%.2f", reason.points);
      std::string line = "      " + reason.kind;
      if (!reason.rule.empty()) line += ": " + printable(reason.rule);
      if (!reason.words.empty()) line += " ← 「" + printable(reason.words) + "」";
      std::cout << palette_.dim(line + points) << '\n';
    }
    if (!change.reply || outcome.reply_id.empty()) return;
    std::cout << "      " << printable(outcome.reply_id) << ": " << printable(outcome.reply)
              << '\n';
  }

  bool chinese_;
  Palette palette_;
};

// A line that neither pack could hear.
void tell_unreadable(const std::string& file, uint32_t line, const Diagnostics& found,
                     const CommonOptions& common) {
  Diagnostics placed;
  if (found.list().empty()) {
    placed.error("line-too-long", {file, line, 0, ""},
                 {std::to_string(report::LineReader::kMaxBytes >> 20)});
  } else {
    const Diagnostic& first = found.list().front();
    placed.error(first.code, {file, line, first.place.column, first.place.pointer}, first.args);
  }
  show(placed, common);
}

void replay_log(std::istream* log, const DiffOptions& options, const CommonOptions& common,
                Replay* replay, Output* output, Counts* counts) {
  const bool progress = isatty(STDERR_FILENO) != 0 && isatty(STDOUT_FILENO) == 0;
  report::LineReader lines(log);
  std::string line;
  Change change;
  while (lines.next(&line)) {
    Diagnostics found;
    const auto heard =
        lines.too_long() ? Replay::Line::kUnreadable : replay->hear(line, &change, &found);
    if (heard == Replay::Line::kUnreadable) {
      ++counts->unreadable;
      tell_unreadable(options.log, lines.number(), found, common);
    } else if (heard == Replay::Line::kTold) {
      ++counts->told;
    } else {
      counts->add(change);
      if (change.any()) output->change(change, lines.number());
    }
    if (progress && lines.number() % report::kProgressStep == 0) {
      std::cerr << '\r' << lines.number() << std::flush;
    }
  }
  if (progress && lines.number() >= report::kProgressStep) std::cerr << '\n';
}

int compare(const DiffOptions& options, const CommonOptions& common) {
  const auto before = open_ruleset(options.before, common);
  const auto after = open_ruleset(options.after, common);
  reply::Facts facts;
  if (before == nullptr || after == nullptr || !open_facts(options.facts, common, &facts)) {
    return kTrouble;
  }
  std::ifstream file;
  Diagnostics diagnostics;
  const bool from_stdin = options.log == "-";
  if (!from_stdin && !open_file(options.log, &file, &diagnostics)) {
    show(diagnostics, common);
    return kTrouble;
  }
  report::ReplayOptions how;
  how.facts = &facts;
  how.assume_sent = options.assume_sent;
  Replay replay(*before, *after, how);
  std::unique_ptr<Output> output;
  if (options.json) {
    output = std::make_unique<JsonOutput>();
  } else {
    output = std::make_unique<TextOutput>(common);
  }
  Counts counts;
  std::istream* const log = from_stdin ? &std::cin : static_cast<std::istream*>(&file);
  replay_log(log, options, common, &replay, output.get(), &counts);
  output->finish(counts, replay.forgotten());
  if (!std::cout.flush() || counts.unreadable > 0) return kTrouble;
  return counts.changed > 0 ? kProblems : kSuccess;
}

}  // namespace

int run_diff(const DiffOptions& options, const CommonOptions& common) {
  std::ios::sync_with_stdio(false);
  try {
    return compare(options, common);
  } catch (const std::exception& error) {
    std::cerr << "xiaoer: " << error.what() << '\n';
    return kTrouble;
  }
}

}  // namespace xiaoer::cli
