#pragma once
// The JSON form of a call: one request object in, one result object out, as `xiaoer reply --jsonl`
// and xiaoer_reply_json read and write them. docs/jsonl.md is the contract.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/instant.hpp"
#include "engine.hpp"
#include "json/value.hpp"
#include "reply/facts.hpp"
#include "result/result.hpp"
#include "rules/actions.hpp"

namespace xiaoer::wire {

// A parsed request; owns its texts.
struct RequestDocument {
  std::string id_json = "null";  // the caller's id, as JSON, passed through
  std::string session_key;       // "" = none
  bool has_message = false;
  std::string message;  // of several bubbles too
  std::string event;
  // {"observe": "..."}: a line of the human agent; no message is needed then
  std::optional<std::string> observe;
  std::optional<std::string> sent;  // {"sent": "..."}: a text that was really sent
  bool tells = false;               // one of these, or confirm, be it empty: no reply is asked for
  // {"confirm": {"action": ..., "ok": ...}}: what became of an action that a result proposed
  std::optional<rules::Action> confirm;
  bool confirmed_ok = true;
  bool has_guard = false;
  std::string guard;  // {"guard": "..."}: a text for the guard alone; it asks for no reply
  std::string previous_role, previous_text;
  bool has_facts = false;
  reply::Facts facts;
  std::optional<Instant> now;
  uint64_t seed = 0;
  bool trace = false;
  bool assume_sent = false;
};

// Reads one request object: {"id", "message" | "messages" | "event" | "observe" | "sent" |
// "confirm" | "guard", "facts"?, "session"?, "previous"?: {"role", "text"}, "now"?, "seed"?,
// "trace"?, "assume_sent"?}; other keys are ignored. False: what is wrong is in `diagnostics`
// (json-*, request-*, fact-*); `id_json` is set whenever it could be read.
bool read_request(std::string_view json, RequestDocument* out, Diagnostics* diagnostics);

// Appends the result object (without line break). Spans are in characters (code points) of
// `message`, which is the whole message with its bubbles joined by '\n'; ill-formed bytes count one
// each.
void write_result(std::string_view id_json, std::string_view message, const Result& result,
                  std::string* out);

// Appends the verdict object; spans in characters of its original.
void write_verdict(std::string_view id_json, const Verdict& verdict, std::string* out);

// Lines that only tell something ({"observe"}, {"sent"}, {"confirm"}): hands them to the session
// (nullptr: there is none to tell, "ok" is false) and appends the answer object. False: the request
// asks for a reply, nothing was done.
bool tell_session(const RequestDocument& request, dialogue::Session* session, std::string* out);

// What a request asks of the engine, borrowing from `document`.
Request to_request(const RequestDocument& document, const reply::Facts* default_facts);
GuardRequest to_guard_request(const RequestDocument& document, const reply::Facts* default_facts);

// Where requests are served.
struct Desk {
  const Ruleset& ruleset;
  Context& context;
  dialogue::Session* session = nullptr;  // nullptr: none
  const reply::Facts* facts = nullptr;   // where a request brings none of its own; nullptr: none
};

// Serves a request, whatever it asks for: judges its text, tells the session, or replies, and
// appends the answer object. The result (or verdict) is filled where there is one. Returns 0, or
// the most bytes that its text may have where it has more: nothing was done then.
size_t serve(const RequestDocument& request, const Desk& desk, Result* result, Verdict* verdict,
             std::string* out);

}  // namespace xiaoer::wire
