#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "capi/handles.hpp"

namespace xiaoer::capi {
namespace {

constexpr size_t kRequestEnds[] = {
    offsetof(xiaoer_request, message),
    offsetof(xiaoer_request, messages),
    offsetof(xiaoer_request, message_count),
    offsetof(xiaoer_request, event),
    offsetof(xiaoer_request, previous_agent),
    offsetof(xiaoer_request, facts),
    offsetof(xiaoer_request, now),
    offsetof(xiaoer_request, utc_offset_minutes),
    offsetof(xiaoer_request, has_now),
    offsetof(xiaoer_request, seed),
    offsetof(xiaoer_request, trace),
    offsetof(xiaoer_request, assume_sent),
    sizeof(xiaoer_request),
};
// A request must at least hold a message.
constexpr size_t kRequestRequired = offsetof(xiaoer_request, messages);

xiaoer_status check_texts(const xiaoer_request& request, xiaoer_error** error) {
  if (!is_valid(request.message)) return null_argument(error, "request.message");
  if (!is_valid(request.event)) return null_argument(error, "request.event");
  if (!is_valid(request.previous_agent)) return null_argument(error, "request.previous_agent");
  if (request.messages == nullptr && request.message_count > 0) {
    return null_argument(error, "request.messages");
  }
  if (request.event.size > 0 && (request.message.size > 0 || request.message_count > 0)) {
    return fail(error, XIAOER_INVALID_ARGUMENT, "request-mixed", {"event"});
  }
  return check_time(request, error);
}

xiaoer_status too_long(xiaoer_error** error, size_t most = kMaxMessageBytes) {
  return fail(error, XIAOER_LIMIT, "message-too-long", {std::to_string(most)});
}

// Writes the bubbles, joined, into `*joined`; what is over the limit is not copied.
xiaoer_status join_message(const xiaoer_request& request, std::string* joined,
                           xiaoer_error** error) {
  joined->clear();
  if (request.message.size > kMaxMessageBytes || request.previous_agent.size > kMaxMessageBytes ||
      request.event.size > kMaxMessageBytes || request.message_count > kMaxMessageBytes) {
    return too_long(error);
  }
  joined->append(to_view(request.message));
  for (size_t i = 0; i < request.message_count; ++i) {
    const xiaoer_text bubble = request.messages[i];
    if (!is_valid(bubble)) return null_argument(error, "request.messages");
    if (bubble.size > kMaxMessageBytes) return too_long(error);
    add_bubble(to_view(bubble), joined);
    if (joined->size() > kMaxMessageBytes) return too_long(error);
  }
  return XIAOER_OK;
}

Request to_request(const xiaoer_request& given, std::string_view message) {
  Request request;
  request.message = message;
  request.event = to_view(given.event);
  request.previous_agent = to_view(given.previous_agent);
  if (given.facts != nullptr) request.facts = &given.facts->core;
  if (given.has_now != 0) request.now = Instant{given.now, given.utc_offset_minutes};
  request.seed = given.seed;
  request.trace = given.trace != 0;
  request.assume_sent = given.assume_sent != 0;
  return request;
}

// Hands what the context has filled to the caller's result.
void deliver(xiaoer_context* context, xiaoer_result* result) {
  std::swap(context->result, result->filled);
  std::swap(context->message, result->message);
}

xiaoer_status reply_typed(const xiaoer_ruleset* ruleset, xiaoer_context* context,
                          xiaoer_session* session, const xiaoer_request& request,
                          xiaoer_result* result, xiaoer_error** error) {
  if (const xiaoer_status status = check_texts(request, error); status != XIAOER_OK) return status;
  std::string* const message = &context->message;
  if (const xiaoer_status status = join_message(request, message, error); status != XIAOER_OK) {
    return status;
  }
  dialogue::Session* const memory = session == nullptr ? nullptr : &session->core;
  const Status status = answer(*ruleset->rules, context->core, memory,
                               to_request(request, *message), &context->result);
  if (status != Status::kOk) return too_long(error);
  deliver(context, result);
  result->id_json = "null";
  return XIAOER_OK;
}

// Facts have a status of their own: the client mends them elsewhere than the request.
xiaoer_status status_of(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    if (diagnostic.code == "message-too-long") return XIAOER_LIMIT;
    if (diagnostic.severity == Severity::kError && diagnostic.place.file != "facts") {
      return XIAOER_BAD_JSON;
    }
  }
  return XIAOER_BAD_FACTS;
}

xiaoer_status reply_document(const xiaoer_ruleset* ruleset, xiaoer_context* context,
                             xiaoer_session* session, const xiaoer_facts* facts,
                             std::string_view request_json, xiaoer_result* result,
                             xiaoer_error** error) {
  wire::RequestDocument document;
  Diagnostics diagnostics;
  if (!wire::read_request(request_json, &document, &diagnostics)) {
    return fail(error, status_of(diagnostics), diagnostics, ruleset->language);
  }
  // Writing the answer may run out of memory when the session has been told, hence a copy.
  std::optional<dialogue::Session> staged;
  if (session != nullptr) staged = session->core;
  context->answer.clear();
  context->result.clear();
  const wire::Desk desk = {*ruleset->rules, context->core, staged ? &*staged : nullptr,
                           facts == nullptr ? nullptr : &facts->core};
  const size_t most =
      wire::serve(document, desk, &context->result, &context->verdict, &context->answer);
  if (most > 0) return too_long(error, most);
  if (staged) session->core = *staged;
  context->message = std::move(document.message);
  deliver(context, result);
  std::swap(context->answer, result->answer);
  result->id_json = std::move(document.id_json);
  return XIAOER_OK;
}

// Empties a result on failure.
xiaoer_status settle(xiaoer_result* result, xiaoer_status status) {
  if (status != XIAOER_OK) {
    result->filled.clear();
    result->message.clear();
    result->answer.clear();
    result->json.clear();
    result->id_json = "null";
  }
  return status;
}

// The checks and claims around one call. `body` runs while context and session are held.
template <class Body>
xiaoer_status with_handles(const xiaoer_ruleset* ruleset, xiaoer_context* context,
                           xiaoer_session* session, xiaoer_result* result, xiaoer_error** error,
                           Body&& body) {
  if (result == nullptr) {
    return guarded(error, [&] { return null_argument(error, "result"); });
  }
  return settle(result, guarded(error, [&]() -> xiaoer_status {
                  if (ruleset == nullptr) return null_argument(error, "ruleset");
                  if (context == nullptr) return null_argument(error, "context");
                  const Claim context_claim(&context->busy);
                  if (context_claim.refused()) return fail(error, XIAOER_BUSY, "busy", {"context"});
                  const Claim session_claim(session == nullptr ? nullptr : &session->busy);
                  if (session_claim.refused()) return fail(error, XIAOER_BUSY, "busy", {"session"});
                  return body();
                }));
}

}  // namespace
}  // namespace xiaoer::capi

using namespace xiaoer::capi;

extern "C" {

xiaoer_status xiaoer_context_new(xiaoer_context** out, xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (out == nullptr) return null_argument(error, "out");
    *out = nullptr;
    *out = new xiaoer_context();
    return XIAOER_OK;
  });
}

void xiaoer_context_free(xiaoer_context* context) { delete context; }

xiaoer_status xiaoer_reply(const xiaoer_ruleset* ruleset, xiaoer_context* context,
                           xiaoer_session* session, const xiaoer_request* request,
                           xiaoer_result* result, xiaoer_error** error) {
  return with_handles(ruleset, context, session, result, error, [&]() -> xiaoer_status {
    if (request == nullptr) return null_argument(error, "request");
    xiaoer_request copy = {};
    if (!read_options(request, kRequestEnds, kRequestRequired, &copy)) {
      return fail(error, XIAOER_INVALID_ARGUMENT, "argument-bad-struct",
                  {"request", std::to_string(request->struct_size)});
    }
    return reply_typed(ruleset, context, session, copy, result, error);
  });
}

xiaoer_status xiaoer_reply_json(const xiaoer_ruleset* ruleset, xiaoer_context* context,
                                xiaoer_session* session, const xiaoer_facts* facts,
                                xiaoer_text request_json, xiaoer_result* result, xiaoer_text* json,
                                xiaoer_error** error) {
  if (json != nullptr) *json = {"", 0};
  return with_handles(ruleset, context, session, result, error, [&]() -> xiaoer_status {
    if (json == nullptr) return null_argument(error, "json");
    if (!is_valid(request_json)) return null_argument(error, "request_json");
    const xiaoer_status status =
        reply_document(ruleset, context, session, facts, to_view(request_json), result, error);
    if (status == XIAOER_OK) *json = to_text(result->answer);
    return status;
  });
}

}  // extern "C"
