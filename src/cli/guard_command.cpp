#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "cli/commands.hpp"
#include "engine.hpp"
#include "report/lines.hpp"
#include "wire.hpp"

namespace xiaoer::cli {
namespace {

// Judges texts one after the other and remembers the worst.
class GuardScreen {
 public:
  GuardScreen(const Ruleset& ruleset, const reply::Facts& facts, const std::optional<Instant>& now,
              const GuardOptions& options, const CommonOptions& common)
      : ruleset_(ruleset),
        facts_(facts),
        now_(now),
        json_(options.jsonl),
        language_(common.speech()),
        palette_(common.colour, isatty(STDOUT_FILENO) != 0) {}

  void judge_line(const std::string& line, int64_t number) {
    if (!json_) return judge({line, &facts_, now_}, "null", number);
    wire::RequestDocument document;
    Diagnostics diagnostics;
    bool read = wire::read_request(line, &document, &diagnostics);
    if (read && !document.has_guard) {
      diagnostics.error("request-no-guard", {"request", 1, 1, ""});
      read = false;
    }
    if (!read) return fail(document.id_json, number, diagnostics.list().front());
    GuardRequest request = wire::to_guard_request(document, &facts_);
    if (!request.now) request.now = now_;
    judge(request, document.id_json, number);
  }

  void refuse_length(std::string_view id_json, int64_t number) {
    const Diagnostic limit = over_limit("message-too-long", reply::kMaxReviewBytes);
    if (json_) return fail(id_json, number, limit);
    std::cerr << message_of(limit, language_) << '\n';
    worst_ = kUsage;
  }

  int exit_code() const { return worst_; }

 private:
  bool chinese() const { return language_ == Language::kChinese; }

  void fail(std::string_view id_json, int64_t number, const Diagnostic& problem) {
    std::string out;
    write_line_error(id_json, number, problem, language_, &out);
    std::cout << out << '\n';
    worst_ = kUsage;
  }

  void judge(const GuardRequest& request, std::string_view id_json, int64_t number) {
    if (guard(ruleset_, context_, nullptr, request, &verdict_) != Status::kOk) {
      return refuse_length(id_json, number);
    }
    if (verdict_.outcome != Outcome::kPass) worst_ = std::max<int>(worst_, kProblems);
    if (!json_) return show();
    std::string out;
    wire::write_verdict(id_json, verdict_, &out);
    std::cout << out << '\n';
  }

  std::string heading() const {
    switch (verdict_.outcome) {
      case Outcome::kPass:
        return palette_.green(chinese() ? "可以发" : "pass");
      case Outcome::kRewritten:
        return palette_.yellow(chinese() ? "改写后可以发" : "rewritten");
      case Outcome::kRefused:
        break;
    }
    return palette_.red(chinese() ? "不能发" : "refused");
  }

  // The text with the words that were found underlined.
  std::string marked() const {
    std::string out;
    uint32_t at = 0;
    const std::string_view text = verdict_.original;
    for (const FindingItem& finding : verdict_.findings) {
      if (finding.span.begin < at || finding.span.size() == text.size()) continue;
      out += printable(text.substr(at, finding.span.begin - at));
      out += palette_.underlined(printable(text.substr(finding.span.begin, finding.span.size())));
      at = finding.span.end;
    }
    return out + printable(text.substr(at));
  }

  void show() const {
    std::cout << heading() << "  " << marked() << '\n';
    for (const FindingItem& finding : verdict_.findings) show(finding);
    if (verdict_.outcome == Outcome::kRewritten) {
      std::cout << "  " << (chinese() ? "→ " : "-> ") << palette_.bold(printable(verdict_.text))
                << '\n';
    }
    for (const GroundItem& ground : verdict_.grounds) {
      const std::string words = printable(
          std::string_view(verdict_.original).substr(ground.span.begin, ground.span.size()));
      std::cout << palette_.dim("  = 「" + words + "」 " + printable(verdict_.get(ground.role)) +
                                "  " + printable(verdict_.get(ground.source)))
                << '\n';
    }
  }

  void show(const FindingItem& finding) const {
    const std::string rule = printable(verdict_.get(finding.rule));
    std::cout << "  · "
              << (finding.level == FindingLevel::kRefuse ? palette_.red(rule)
                                                         : palette_.yellow(rule))
              << " 「" << printable(verdict_.get(finding.words)) << "」";
    const std::string_view detail = verdict_.get(finding.detail);
    if (!detail.empty()) std::cout << "  " << printable(detail);
    std::cout << '\n';
    const std::string_view advice = verdict_.get(finding.advice);
    if (!advice.empty()) std::cout << palette_.dim("    " + printable(advice)) << '\n';
  }

  const Ruleset& ruleset_;
  const reply::Facts& facts_;
  std::optional<Instant> now_;
  bool json_;
  Language language_;
  Palette palette_;
  Context context_;
  Verdict verdict_;
  int worst_ = kSuccess;
};

}  // namespace

int run_guard(const GuardOptions& options, const CommonOptions& common) {
  const std::optional<Instant> now = now_or(options.now);
  if (!now) return bad_time(options.now);
  const auto ruleset = open_ruleset(options.pack, common);
  reply::Facts facts;
  if (ruleset == nullptr || !open_facts(options.facts, common, &facts)) return kUsage;
  note_facts(*ruleset, facts, common);
  GuardScreen screen(*ruleset, facts, now, options, common);
  if (options.has_text) {
    screen.judge_line(options.text, 1);
    return screen.exit_code();
  }
  std::ios::sync_with_stdio(false);
  report::LineReader lines(&std::cin);
  std::string line;
  bool any = false;
  while (lines.next(&line)) {
    any = true;
    if (lines.too_long()) {
      screen.refuse_length("null", lines.number());
    } else {
      screen.judge_line(line, lines.number());
    }
    if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
  }
  if (!any) {
    std::cerr << "xiaoer guard: no text came\n";
    return kUsage;
  }
  std::cout.flush();
  if (!std::cout) return kUsage;
  return screen.exit_code();
}

}  // namespace xiaoer::cli
