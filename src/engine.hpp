#pragma once
// The pipeline: a buyer's message in, ranked replies and closing techniques out. Read engine.cpp
// first.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "dialogue/session.hpp"
#include "reply/facts.hpp"
#include "result/result.hpp"
#include "result/verdict.hpp"
#include "ruleset.hpp"
#include "scratch.hpp"

namespace xiaoer {

// Longest buyer message in bytes, all bubbles together.
inline constexpr size_t kMaxMessageBytes = 64u << 10;

enum class Status : uint8_t {
  kOk,
  kMessageTooLong,  // over kMaxMessageBytes, or over text::kMaxChars characters once normalised
};

// One call's input. Everything is borrowed for the call.
struct Request {
  std::string_view message;             // the buyer's words; of several bubbles, see add_bubble()
  std::string_view event;               // "order_paid", ...: what happened, instead of a message
  std::string_view previous_agent;      // the line before the message, when no session remembers it
  const reply::Facts* facts = nullptr;  // nullptr: none
  std::optional<Instant> now;
  uint64_t seed = 0;
  bool trace = false;
  bool assume_sent = false;  // the first reply of an `auto` or `suggest` result counts as sent
};

// Adds a bubble to a message: several that are answered together are its lines.
void add_bubble(std::string_view bubble, std::string* message);

// For measuring what each kind of evidence is worth: what is false is left out.
struct EvidenceKinds {
  // Phrases and regexes of the message; the previous line is read by them still.
  bool phrases = true;
  // Likeness, which knows the pack's examples and its phrases.
  bool examples = true;
};

// A text that somebody else wrote, for the guard. Everything is borrowed for the call.
struct GuardRequest {
  std::string_view text;
  const reply::Facts* facts = nullptr;  // nullptr: none
  std::optional<Instant> now;
};

// What a thread brings to its calls; adapts when it meets another ruleset.
class Context {
 public:
  // From now on; both at first.
  void look_at(EvidenceKinds kinds) { kinds_ = kinds; }

 private:
  friend Status answer(const Ruleset&, Context&, dialogue::Session*, const Request&, Result*);
  friend Status guard(const Ruleset&, Context&, const dialogue::Session*, const GuardRequest&,
                      Verdict*);

  Scratch scratch_;
  EvidenceKinds kinds_;
};

// Answers one message. `session` may be nullptr (a conversation of one message). On failure the
// session is unchanged and the result empty. Throws nothing but std::bad_alloc. Allocates nothing
// once `context` and `result` have grown. One thread at a time for each of context, session and
// result; any for the ruleset.
Status answer(const Ruleset& ruleset, Context& context, dialogue::Session* session,
              const Request& request, Result* result);

// Says of a text whether it may leave the shop (docs/guard.md). `session` may be nullptr and is not
// changed: it tells which numbers the buyer named and what the client confirmed. Otherwise as
// answer(), but for the limit, reply::kMaxReviewBytes.
Status guard(const Ruleset& ruleset, Context& context, const dialogue::Session* session,
             const GuardRequest& request, Verdict* verdict);

// Tells the session a line under the shop's name: what a person wrote, who is then in charge, or a
// text that the engine offered.
void observe(dialogue::Session* session, std::string_view agent_text, int64_t at);
// Tells the session that a text which the engine offered was sent. False: the last result held no
// such text; it is kept as a line of the shop's.
bool sent(dialogue::Session* session, std::string_view text, int64_t at);

}  // namespace xiaoer
