#pragma once
// Buyers as a client of the C interface plays them: conversations of a few messages, each with a
// session of its own, and what every message must be answered with.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/reloader.hpp"
#include "bench/load/run.hpp"
#include "xiaoer/xiaoer.hpp"

namespace xiaoer::load {

// The decision, ids and texts of intents, replies and techniques, the holding reply. Views are
// borrowed from the result.
void read_answer(const xiaoer_result* result, std::vector<std::string_view>* parts);

class Script {
 public:
  // Conversations of `turns` messages each, the last may be shorter; 0: no session, each message on
  // its own. The right answers are those that `rules` gives to one thread, before any load.
  Script(std::vector<std::string> messages, size_t turns, const std::string& facts_json,
         const xr::Ruleset& rules);

  const std::vector<std::string>& messages() const { return messages_; }
  bool starts_conversation(size_t message) const { return turns_ == 0 || message % turns_ == 0; }
  bool has_sessions() const { return turns_ > 0; }
  bool is_right(size_t message, const std::vector<std::string_view>& answer) const;
  xiaoer_request request_for(size_t message) const;
  // The beginning of a conversation for thread `thread` of `threads`, so that they do not walk in
  // step.
  size_t beginning_for(unsigned thread, unsigned threads) const;

 private:
  std::vector<std::string> messages_;
  size_t turns_;
  xr::Facts facts_;
  std::vector<std::vector<std::string>> answers_;  // of each message
};

// A client that plays `script` over and over, beginning at message `first`, from whatever ruleset
// is current. Both outlive it.
Client make_client(const Script& script, const Reloader& rules, size_t first);

}  // namespace xiaoer::load
