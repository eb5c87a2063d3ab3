#include "report/replay.hpp"

namespace xiaoer::report {
namespace {

void take_reply(const Result& result, Outcome* out) {
  if (result.decision == Decision::kHandoff) {
    out->reply_id = result.text(result.handoff.holding_id);
    out->reply = result.text(result.handoff.holding);
  } else if (!result.replies.empty()) {
    out->reply_id = result.text(result.replies[0].id);
    out->reply = result.text(result.replies[0].text);
  }
}

Outcome outcome_of(const Result& result, std::string_view message) {
  Outcome out;
  out.decision = name_of(result.decision);
  if (!result.intents.empty()) {
    const IntentItem& first = result.intents[0];
    out.intent = result.text(first.id);
    out.title = result.text(first.title);
    out.score = static_cast<double>(first.score);
    out.why = reasons_of(result, first.why, message);
  }
  take_reply(result, &out);
  return out;
}

}  // namespace

Replay::Replay(const Ruleset& before, const Ruleset& after, const ReplayOptions& options)
    : before_(before), after_(after), options_(options), pairs_(options.max_sessions) {}

Status Replay::ask(const Ruleset& ruleset, dialogue::Session* session, Outcome* out) {
  Context& context = &ruleset == &before_ ? context_before_ : context_after_;
  const Request request = wire::to_request(document_, options_.facts);
  const Status status = answer(ruleset, context, session, request, &result_);
  if (status == Status::kOk) *out = outcome_of(result_, document_.message);
  return status;
}

Replay::Line Replay::hear(std::string_view line, Change* change, Diagnostics* diagnostics) {
  *change = Change();
  if (!wire::read_request(line, &document_, diagnostics)) return Line::kUnreadable;
  Pair* const pair = document_.session_key.empty() ? nullptr : &pairs_[document_.session_key];
  dialogue::Session* const before = pair == nullptr ? nullptr : &pair->before;
  dialogue::Session* const after = pair == nullptr ? nullptr : &pair->after;
  scrap_.clear();
  if (document_.has_guard) return Line::kTold;  // asks for a verdict, which no pack's texts change
  if (wire::tell_session(document_, before, &scrap_)) {
    wire::tell_session(document_, after, &scrap_);
    return Line::kTold;
  }
  document_.assume_sent = document_.assume_sent || options_.assume_sent;
  document_.trace = false;
  // Whether a message is too long does not depend on the pack.
  if (ask(before_, before, &change->before) != Status::kOk ||
      ask(after_, after, &change->after) != Status::kOk) {
    diagnostics->error("message-too-long", {"request", 1, 0, ""},
                       {std::to_string(kMaxMessageBytes)});
    return Line::kUnreadable;
  }
  change->id_json = document_.id_json;
  change->session = document_.session_key;
  change->message = document_.message;
  change->intent = change->before.intent != change->after.intent;
  change->reply = change->before.reply != change->after.reply;
  change->decision = change->before.decision != change->after.decision;
  return Line::kCompared;
}

}  // namespace xiaoer::report
