#pragma once
// What the opaque handles are, and what every entry point needs: exceptions turned into statuses,
// handles claimed for one call at a time, structs of any age read and filled safely.

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <new>
#include <string>

#include "capi/error.hpp"
#include "engine.hpp"
#include "wire.hpp"

struct xiaoer_ruleset {
  std::atomic<size_t> references{1};
  std::shared_ptr<const xiaoer::Ruleset> rules;
  xiaoer::capi::DiagnosticList warnings;
  xiaoer::Language language = xiaoer::Language::kChinese;
};

struct xiaoer_context {
  std::atomic<bool> busy{false};
  xiaoer::Context core;
  // A call fills these and swaps them with the result's on success, so that a request may borrow
  // texts from the very result that it is answered into.
  xiaoer::Result result;
  xiaoer::Verdict verdict;
  std::string message;
  std::string answer;
};

struct xiaoer_session {
  mutable std::atomic<bool> busy{false};
  xiaoer::dialogue::Session core;
};

struct xiaoer_facts {
  xiaoer::reply::Facts core;
};

struct xiaoer_result {
  xiaoer::Result filled;
  std::string message;  // that the spans count in
  std::string id_json = "null";
  std::string answer;  // what xiaoer_reply_json gave
  std::string json;    // what xiaoer_result_json gave
};

struct xiaoer_verdict {
  xiaoer::Verdict filled;
  std::string json;
};

namespace xiaoer::capi {

// Holds a handle for one call. False when another call has it.
class Claim {
 public:
  explicit Claim(std::atomic<bool>* busy) : busy_(busy) {
    if (busy_ != nullptr && busy_->exchange(true, std::memory_order_acquire)) {
      busy_ = nullptr;
      refused_ = true;
    }
  }
  ~Claim() {
    if (busy_ != nullptr) busy_->store(false, std::memory_order_release);
  }
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;
  bool refused() const { return refused_; }

 private:
  std::atomic<bool>* busy_;  // null: nothing to give back
  bool refused_ = false;
};

// Runs `body`, which gives a status, and lets no exception out. Clears `*error` first.
template <class Body>
xiaoer_status guarded(xiaoer_error** error, Body&& body) noexcept {
  if (error != nullptr) *error = nullptr;
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return out_of_memory(error);
  } catch (const std::exception& exception) {
    return fail(error, XIAOER_INTERNAL, "internal-error", {exception.what()});
  } catch (...) {
    return fail(error, XIAOER_INTERNAL, "internal-error", {"unknown"});
  }
}

inline xiaoer_status null_argument(xiaoer_error** error, std::string_view name) {
  return fail(error, XIAOER_INVALID_ARGUMENT, "argument-null", {name});
}
inline xiaoer_status out_of_range(xiaoer_error** error, std::string_view name) {
  return fail(error, XIAOER_INVALID_ARGUMENT, "argument-out-of-range", {name});
}

// From 1970 to the end of 9999: differences and offsets then never overflow.
inline bool is_time(int64_t seconds) { return seconds >= 0 && seconds <= 253'402'300'799; }

// The time that a request names, and its offset. XIAOER_OK: go on.
template <class Request>
xiaoer_status check_time(const Request& request, xiaoer_error** error) {
  constexpr int32_t kMaxUtcOffset = 24 * 60;
  if (request.utc_offset_minutes < -kMaxUtcOffset || request.utc_offset_minutes > kMaxUtcOffset) {
    return out_of_range(error, "request.utc_offset_minutes");
  }
  if (request.has_now != 0 && !is_time(request.now)) return out_of_range(error, "request.now");
  return XIAOER_OK;
}

// Largest struct_size that is believed; anything above is an uninitialised struct.
inline constexpr size_t kMaxStructSize = 4096;

// Copies a caller's option struct, older or newer than ours, into `*out`, whose other members stay
// zero. `ends` are the ends of our members in ascending order: a struct that ends inside a member
// is read up to the one before. False: too short for `required` bytes, absurdly long, or with
// members that we do not know set to something.
template <class Options, size_t kCount>
bool read_options(const Options* options, const size_t (&ends)[kCount], size_t required,
                  Options* out) {
  const size_t size = options->struct_size;
  if (size < required || size > kMaxStructSize) return false;
  size_t usable = 0;
  for (const size_t end : ends) {
    if (end <= size) usable = end;
  }
  std::memcpy(out, options, usable);
  const auto* bytes = reinterpret_cast<const unsigned char*>(options);
  return size <= sizeof(Options) ||
         std::all_of(bytes + sizeof(Options), bytes + size, [](unsigned char b) { return b == 0; });
}

// Fills a caller's struct, older or newer than ours, whose struct_size he set. `body` fills one of
// ours and gives the status; on failure it must leave it as it is. Written is what both know: an
// older client gets no byte more than its struct holds, of a newer one's the rest stays as it is.
template <class Struct, class Body>
xiaoer_status fill_struct(Struct* out, Body&& body) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  const size_t size = out->struct_size;
  if (size <= sizeof(out->struct_size) || size > kMaxStructSize) return XIAOER_INVALID_ARGUMENT;
  Struct ours = {};
  const xiaoer_status status = body(&ours);
  ours.struct_size = size;
  std::memcpy(out, &ours, std::min(size, sizeof(Struct)));
  return status;
}

}  // namespace xiaoer::capi
