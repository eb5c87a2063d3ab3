#pragma once
// One log through two packs: what changed from the old one to the new one.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/recent.hpp"
#include "engine.hpp"
#include "report/reasons.hpp"
#include "ruleset.hpp"
#include "wire.hpp"

namespace xiaoer::report {

// What one pack made of a line.
struct Outcome {
  std::string intent, title;  // the first one; empty: none
  double score = 0;
  std::vector<ReasonText> why;  // what spoke for it
  std::string decision;
  std::string reply_id, reply;  // the first reply, on a handover the holding reply; may be empty
};

struct Change {
  std::string id_json, session, message;
  bool intent = false, reply = false, decision = false;  // which of them changed
  Outcome before, after;

  bool any() const { return intent || reply || decision; }
};

struct ReplayOptions {
  const reply::Facts* facts = nullptr;  // for lines that bring none; borrowed
  bool assume_sent = false;             // the first reply counts as sent
  size_t max_sessions = 2000;           // the conversation unheard of longest is forgotten first
};

class Replay {
 public:
  enum class Line : uint8_t { kCompared, kTold, kUnreadable };

  // Both rulesets must outlive this.
  Replay(const Ruleset& before, const Ruleset& after, const ReplayOptions& options);

  // One line of a log, as `xiaoer reply --jsonl` reads it; on kCompared `*change` is filled
  // (perhaps with nothing changed). kTold: a line that only told something. kUnreadable: why is in
  // `diagnostics` (json-*, request-*, fact-*, message-too-long), and neither pack heard it.
  Line hear(std::string_view line, Change* change, Diagnostics* diagnostics);

  size_t forgotten() const { return pairs_.forgotten(); }  // conversations

 private:
  // A conversation, once with each pack.
  struct Pair {
    dialogue::Session before, after;
  };
  Status ask(const Ruleset& ruleset, dialogue::Session* session, Outcome* out);

  const Ruleset& before_;
  const Ruleset& after_;
  ReplayOptions options_;
  Context context_before_, context_after_;
  wire::RequestDocument document_;
  std::string scrap_;
  Result result_;
  Recent<Pair> pairs_;
};

}  // namespace xiaoer::report
