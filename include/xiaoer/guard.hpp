// guard.hpp: the guard alone, a part of xiaoer.hpp, which includes it.
#ifndef XIAOER_GUARD_HPP_
#define XIAOER_GUARD_HPP_

#include "xiaoer/xiaoer.hpp"

namespace xr {

struct Finding {
  std::string_view rule, words, detail, advice, replacement;
  xiaoer_span span;
  xiaoer_level level;
};

struct Ground {
  std::string_view role, source;
  xiaoer_span span;
};

// What the guard says of a text; views live until it is filled again.
class Verdict {
 public:
  Verdict() : handle_(detail::make(&xiaoer_verdict_new)) {}

  xiaoer_outcome outcome() const { return xiaoer_verdict_outcome(get()); }
  std::string_view original() const { return view(xiaoer_verdict_original(get())); }
  // What may leave; empty when it was refused.
  std::string_view text() const { return view(xiaoer_verdict_text(get())); }
  size_t finding_count() const { return xiaoer_verdict_finding_count(get()); }
  Finding finding(size_t index) const {
    xiaoer_finding from;
    check(xiaoer_verdict_finding(get(), index, &from), nullptr);
    return {view(from.rule),        view(from.words), view(from.detail), view(from.advice),
            view(from.replacement), from.span,        from.level};
  }
  size_t ground_count() const { return xiaoer_verdict_ground_count(get()); }
  Ground ground(size_t index) const {
    xiaoer_ground from;
    check(xiaoer_verdict_ground(get(), index, &from), nullptr);
    return {view(from.role), view(from.source), from.span};
  }
  std::string_view json() const {
    xiaoer_text json;
    xiaoer_error* error = nullptr;
    check(xiaoer_verdict_json(get(), &json, &error), error);
    return view(json);
  }
  xiaoer_verdict* get() const { return handle_.get(); }

 private:
  detail::Handle<xiaoer_verdict, &xiaoer_verdict_free> handle_;
};

// Judges `words` into `verdict`. `session` and `facts` may be nullptr. Allocates nothing in steady
// state. Throws Error; the verdict is then empty.
inline void guard(const Ruleset& ruleset, Context& context, const Session* session,
                  std::string_view words, const Facts* facts, std::optional<Instant> now,
                  Verdict& verdict) {
  xiaoer_guard_request request = {};
  request.struct_size = sizeof(request);
  request.text = text(words);
  request.facts = facts == nullptr ? nullptr : facts->get();
  if (now) {
    request.now = now->seconds;
    request.utc_offset_minutes = now->utc_offset_minutes;
    request.has_now = 1;
  }
  xiaoer_error* error = nullptr;
  check(xiaoer_guard(ruleset.get(), context.get(), session == nullptr ? nullptr : session->get(),
                     &request, verdict.get(), &error),
        error);
}

}  // namespace xr

#endif  // XIAOER_GUARD_HPP_
