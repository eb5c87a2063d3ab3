#include "wire.hpp"

#include <algorithm>

#include "json/writer.hpp"

namespace xiaoer::wire {
namespace {

// The lines that a shop's side may have under its name. Others ("buyer", "unknown") say nothing
// sure about what the shop asked.
bool is_shop_role(std::string_view role) {
  constexpr std::string_view kRoles[] = {"agent", "seller", "shop", "assistant", "engine"};
  return std::find(std::begin(kRoles), std::end(kRoles), role) != std::end(kRoles);
}

}  // namespace

Request to_request(const RequestDocument& document, const reply::Facts* default_facts) {
  Request request;
  request.message = document.message;
  request.event = document.event;
  if (is_shop_role(document.previous_role)) request.previous_agent = document.previous_text;
  request.facts = document.has_facts ? &document.facts : default_facts;
  request.now = document.now;
  request.seed = document.seed;
  request.trace = document.trace;
  request.assume_sent = document.assume_sent;
  return request;
}

GuardRequest to_guard_request(const RequestDocument& document, const reply::Facts* default_facts) {
  return {document.guard, document.has_facts ? &document.facts : default_facts, document.now};
}

bool tell_session(const RequestDocument& request, dialogue::Session* session, std::string* out) {
  if (!request.tells) return false;
  bool ok = session != nullptr;
  const int64_t at = request.now ? request.now->seconds : 0;
  const auto says = [](const std::optional<std::string>& line) { return line && !line->empty(); };
  if (request.sent && request.sent->empty()) ok = false;  // names no text
  if (session != nullptr && says(request.sent)) ok = sent(session, *request.sent, at);
  if (session != nullptr && request.confirm) {
    ok = session->care().confirm(*request.confirm, request.confirmed_ok, at) && ok;
  }
  if (session != nullptr && says(request.observe)) observe(session, *request.observe, at);
  json::Writer writer(out);
  writer.begin_object();
  writer.key("id").raw(request.id_json);
  writer.key("decision").value(name_of(Decision::kSilent));
  writer.key("ok").value(ok);
  writer.end_object();
  return true;
}

size_t serve(const RequestDocument& request, const Desk& desk, Result* result, Verdict* verdict,
             std::string* out) {
  if (request.has_guard) {
    const GuardRequest text = to_guard_request(request, desk.facts);
    if (guard(desk.ruleset, desk.context, desk.session, text, verdict) != Status::kOk) {
      return reply::kMaxReviewBytes;
    }
    write_verdict(request.id_json, *verdict, out);
  } else if (!tell_session(request, desk.session, out)) {
    const Request message = to_request(request, desk.facts);
    if (answer(desk.ruleset, desk.context, desk.session, message, result) != Status::kOk) {
      return kMaxMessageBytes;
    }
    write_result(request.id_json, request.message, *result, out);
  }
  return 0;
}

}  // namespace xiaoer::wire
