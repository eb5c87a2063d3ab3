#include <unistd.h>

#include <iostream>

#include "base/recent.hpp"
#include "cli/commands.hpp"
#include "engine.hpp"
#include "report/lines.hpp"
#include "wire.hpp"

namespace xiaoer::cli {
namespace {

// Answers lines; keeps the sessions by their keys.
class LineServer {
 public:
  LineServer(const Ruleset& ruleset, const reply::Facts& facts, const ReplyOptions& options,
             Language language)
      : ruleset_(ruleset),
        facts_(facts),
        options_(options),
        language_(language),
        sessions_(options.max_sessions) {}

  size_t forgotten() const { return sessions_.forgotten(); }

  // A line of which only the beginning is there.
  void refuse_line(int64_t number, std::string* out) {
    write_line_error("null", number,
                     over_limit("line-too-long", report::LineReader::kMaxBytes >> 20), language_,
                     out);
    out->push_back('\n');
  }

  // Appends the answer to line `number`, with its line break.
  void answer_line(std::string_view line, int64_t number, std::string* out) {
    Diagnostics diagnostics;
    wire::RequestDocument document;
    if (!wire::read_request(line, &document, &diagnostics)) {
      write_line_error(document.id_json, number, diagnostics.list().front(), language_, out);
    } else {
      answer_request(document, number, out);
    }
    out->push_back('\n');
  }

 private:
  void answer_request(wire::RequestDocument& document, int64_t number, std::string* out) {
    document.assume_sent = document.assume_sent || options_.assume_sent;
    const wire::Desk desk = {ruleset_, context_, find_session(document), &facts_};
    const size_t most = wire::serve(document, desk, &result_, &verdict_, out);
    if (most == 0) return;
    write_line_error(document.id_json, number, over_limit("message-too-long", most), language_,
                     out);
  }

  // A text for the guard alone starts no conversation, and ends nobody else's.
  dialogue::Session* find_session(const wire::RequestDocument& document) {
    if (document.session_key.empty()) return nullptr;
    return document.has_guard ? sessions_.find(document.session_key)
                              : &sessions_[document.session_key];
  }

  const Ruleset& ruleset_;
  const reply::Facts& facts_;
  const ReplyOptions& options_;
  Language language_;
  Context context_;
  Result result_;
  Verdict verdict_;
  Recent<dialogue::Session> sessions_;
};

}  // namespace

int run_reply(const ReplyOptions& options, const CommonOptions& common) {
  const auto ruleset = open_ruleset(options.pack, common);
  reply::Facts facts;
  if (ruleset == nullptr || !open_facts(options.facts, common, &facts)) return kProblems;
  note_facts(*ruleset, facts, common);

  std::ios::sync_with_stdio(false);
  LineServer server(*ruleset, facts, options, common.speech());
  const bool progress = isatty(STDERR_FILENO) != 0 && isatty(STDIN_FILENO) == 0;
  report::LineReader lines(&std::cin);
  std::string line, out;
  while (lines.next(&line)) {
    const int64_t number = lines.number();
    out.clear();
    if (lines.too_long()) {
      server.refuse_line(number, &out);
    } else {
      server.answer_line(line, number, &out);
    }
    std::cout << out;
    // A client that waits for this answer sends nothing more until it has it.
    if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
    if (progress && number % 10'000 == 0) std::cerr << '\r' << number << " lines" << std::flush;
  }
  std::cout.flush();
  if (progress && lines.number() >= 10'000) std::cerr << '\r' << lines.number() << " lines\n";
  if (server.forgotten() > 0) {
    std::cerr << "xiaoer reply: " << server.forgotten()
              << " conversations were forgotten; see --max-sessions\n";
  }
  return std::cout ? kSuccess : kProblems;
}

}  // namespace xiaoer::cli
