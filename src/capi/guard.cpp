#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "capi/handles.hpp"

namespace xiaoer::capi {
namespace {

constexpr size_t kRequestEnds[] = {
    offsetof(xiaoer_guard_request, text),    offsetof(xiaoer_guard_request, facts),
    offsetof(xiaoer_guard_request, now),     offsetof(xiaoer_guard_request, utc_offset_minutes),
    offsetof(xiaoer_guard_request, has_now), sizeof(xiaoer_guard_request),
};
constexpr size_t kRequestRequired = offsetof(xiaoer_guard_request, facts);

xiaoer_status judge(const xiaoer_ruleset* ruleset, xiaoer_context* context,
                    const xiaoer_session* session, const xiaoer_guard_request& given,
                    xiaoer_verdict* verdict, xiaoer_error** error) {
  if (!is_valid(given.text)) return null_argument(error, "request.text");
  if (const xiaoer_status status = check_time(given, error); status != XIAOER_OK) return status;
  GuardRequest request;
  request.text = to_view(given.text);
  if (given.facts != nullptr) request.facts = &given.facts->core;
  if (given.has_now != 0) request.now = Instant{given.now, given.utc_offset_minutes};
  const dialogue::Session* const memory = session == nullptr ? nullptr : &session->core;
  // The text may be one of this very verdict's, so another is filled.
  const Status status = guard(*ruleset->rules, context->core, memory, request, &context->verdict);
  if (status != Status::kOk) {
    return fail(error, XIAOER_LIMIT, "message-too-long", {std::to_string(reply::kMaxReviewBytes)});
  }
  std::swap(context->verdict, verdict->filled);
  return XIAOER_OK;
}

}  // namespace
}  // namespace xiaoer::capi

using namespace xiaoer::capi;

extern "C" {

xiaoer_status xiaoer_verdict_new(xiaoer_verdict** out, xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (out == nullptr) return null_argument(error, "out");
    *out = nullptr;
    *out = new xiaoer_verdict();
    return XIAOER_OK;
  });
}

void xiaoer_verdict_free(xiaoer_verdict* verdict) { delete verdict; }

xiaoer_status xiaoer_guard(const xiaoer_ruleset* ruleset, xiaoer_context* context,
                           const xiaoer_session* session, const xiaoer_guard_request* request,
                           xiaoer_verdict* verdict, xiaoer_error** error) {
  const xiaoer_status status = guarded(error, [&]() -> xiaoer_status {
    if (ruleset == nullptr) return null_argument(error, "ruleset");
    if (context == nullptr) return null_argument(error, "context");
    if (request == nullptr) return null_argument(error, "request");
    if (verdict == nullptr) return null_argument(error, "verdict");
    xiaoer_guard_request copy = {};
    if (!read_options(request, kRequestEnds, kRequestRequired, &copy)) {
      return fail(error, XIAOER_INVALID_ARGUMENT, "argument-bad-struct",
                  {"request", std::to_string(request->struct_size)});
    }
    const Claim context_claim(&context->busy);
    if (context_claim.refused()) return fail(error, XIAOER_BUSY, "busy", {"context"});
    const Claim session_claim(session == nullptr ? nullptr : &session->busy);
    if (session_claim.refused()) return fail(error, XIAOER_BUSY, "busy", {"session"});
    return judge(ruleset, context, session, copy, verdict, error);
  });
  if (status != XIAOER_OK && verdict != nullptr) {
    verdict->filled.clear();
    verdict->json.clear();
  }
  return status;
}

xiaoer_outcome xiaoer_verdict_outcome(const xiaoer_verdict* verdict) {
  if (verdict == nullptr) return XIAOER_REFUSED;
  return static_cast<xiaoer_outcome>(verdict->filled.outcome);
}

xiaoer_text xiaoer_verdict_original(const xiaoer_verdict* verdict) {
  return verdict == nullptr ? xiaoer_text{"", 0} : to_text(verdict->filled.original);
}

xiaoer_text xiaoer_verdict_text(const xiaoer_verdict* verdict) {
  return verdict == nullptr ? xiaoer_text{"", 0} : to_text(verdict->filled.text);
}

size_t xiaoer_verdict_finding_count(const xiaoer_verdict* verdict) {
  return verdict == nullptr ? 0 : verdict->filled.findings.size();
}

xiaoer_status xiaoer_verdict_finding(const xiaoer_verdict* verdict, size_t index,
                                     xiaoer_finding* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (index >= xiaoer_verdict_finding_count(verdict)) return XIAOER_INVALID_ARGUMENT;
  const xiaoer::Verdict& filled = verdict->filled;
  const xiaoer::FindingItem& from = filled.findings[index];
  *out = {to_text(filled.get(from.rule)),        to_text(filled.get(from.words)),
          to_text(filled.get(from.detail)),      to_text(filled.get(from.advice)),
          to_text(filled.get(from.replacement)), {from.span.begin, from.span.end},
          static_cast<xiaoer_level>(from.level)};
  return XIAOER_OK;
}

size_t xiaoer_verdict_ground_count(const xiaoer_verdict* verdict) {
  return verdict == nullptr ? 0 : verdict->filled.grounds.size();
}

xiaoer_status xiaoer_verdict_ground(const xiaoer_verdict* verdict, size_t index,
                                    xiaoer_ground* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (index >= xiaoer_verdict_ground_count(verdict)) return XIAOER_INVALID_ARGUMENT;
  const xiaoer::Verdict& filled = verdict->filled;
  const xiaoer::GroundItem& from = filled.grounds[index];
  *out = {to_text(filled.get(from.role)),
          to_text(filled.get(from.source)),
          {from.span.begin, from.span.end}};
  return XIAOER_OK;
}

xiaoer_status xiaoer_verdict_json(xiaoer_verdict* verdict, xiaoer_text* json,
                                  xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (json == nullptr) return null_argument(error, "json");
    *json = {"", 0};
    if (verdict == nullptr) return null_argument(error, "verdict");
    verdict->json.clear();
    xiaoer::wire::write_verdict("null", verdict->filled, &verdict->json);
    *json = to_text(verdict->json);
    return XIAOER_OK;
  });
}

}  // extern "C"
