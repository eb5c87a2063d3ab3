#include <cstring>
#include <string>

#include "capi/handles.hpp"

using namespace xiaoer::capi;

namespace {

xiaoer_status busy(xiaoer_error** error) { return fail(error, XIAOER_BUSY, "busy", {"session"}); }

// What `sent` and `observe` check alike. XIAOER_OK: go on.
xiaoer_status check_line(const xiaoer_session* session, xiaoer_text text, int64_t at,
                         xiaoer_error** error) {
  if (session == nullptr) return null_argument(error, "session");
  if (!is_valid(text)) return null_argument(error, "text");
  if (text.size > xiaoer::kMaxMessageBytes) {
    return fail(error, XIAOER_LIMIT, "message-too-long",
                {std::to_string(xiaoer::kMaxMessageBytes)});
  }
  if (!is_time(at)) return out_of_range(error, "at");
  return XIAOER_OK;
}

}  // namespace

extern "C" {

xiaoer_status xiaoer_session_new(xiaoer_session** out, xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (out == nullptr) return null_argument(error, "out");
    *out = nullptr;
    *out = new xiaoer_session();
    return XIAOER_OK;
  });
}

void xiaoer_session_free(xiaoer_session* session) { delete session; }

xiaoer_status xiaoer_session_sent(xiaoer_session* session, xiaoer_text text, int64_t at,
                                  xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (const xiaoer_status status = check_line(session, text, at, error); status != XIAOER_OK) {
      return status;
    }
    const Claim claim(&session->busy);
    if (claim.refused()) return busy(error);
    xiaoer::dialogue::Session staged = session->core;  // the error takes memory, too
    const xiaoer_status status = xiaoer::sent(&staged, to_view(text), at)
                                     ? XIAOER_OK
                                     : fail(error, XIAOER_NOT_FOUND, "reply-not-pending");
    if (status != XIAOER_OUT_OF_MEMORY) session->core = staged;
    return status;
  });
}

xiaoer_status xiaoer_session_observe(xiaoer_session* session, xiaoer_text agent_line, int64_t at,
                                     xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (const xiaoer_status status = check_line(session, agent_line, at, error);
        status != XIAOER_OK) {
      return status;
    }
    const Claim claim(&session->busy);
    if (claim.refused()) return busy(error);
    xiaoer::observe(&session->core, to_view(agent_line), at);
    return XIAOER_OK;
  });
}

xiaoer_status xiaoer_session_confirm(xiaoer_session* session, xiaoer_text action, int32_t ok,
                                     int64_t at, xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (const xiaoer_status status = check_line(session, action, at, error); status != XIAOER_OK) {
      return status;
    }
    const auto known = xiaoer::rules::find_action(to_view(action));
    if (!known)
      return fail(error, XIAOER_INVALID_ARGUMENT, "request-unknown-action", {to_view(action)});
    const Claim claim(&session->busy);
    if (claim.refused()) return busy(error);
    if (session->core.care().confirm(*known, ok != 0, at)) return XIAOER_OK;
    return fail(error, XIAOER_NOT_FOUND, "action-not-proposed", {to_view(action)});
  });
}

xiaoer_status xiaoer_session_snapshot(xiaoer_session* session, void* buffer, size_t capacity,
                                      size_t* size, xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (size == nullptr) return null_argument(error, "size");
    *size = 0;
    if (session == nullptr) return null_argument(error, "session");
    const Claim claim(&session->busy);
    if (claim.refused()) return busy(error);
    const std::string bytes = session->core.snapshot();
    *size = bytes.size();
    if (buffer == nullptr) return XIAOER_OK;
    if (capacity < bytes.size()) {
      return fail(error, XIAOER_LIMIT, "buffer-too-small", {std::to_string(bytes.size())});
    }
    std::memcpy(buffer, bytes.data(), bytes.size());
    return XIAOER_OK;
  });
}

xiaoer_status xiaoer_session_restore(const void* bytes, size_t size, xiaoer_session** out,
                                     xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (out == nullptr) return null_argument(error, "out");
    *out = nullptr;
    if (bytes == nullptr) return null_argument(error, "bytes");
    auto session = std::make_unique<xiaoer_session>();
    std::string why;
    if (!session->core.restore({static_cast<const char*>(bytes), size}, &why)) {
      return fail(error, XIAOER_BAD_SNAPSHOT, "bad-snapshot", {why});
    }
    *out = session.release();
    return XIAOER_OK;
  });
}

}  // extern "C"
