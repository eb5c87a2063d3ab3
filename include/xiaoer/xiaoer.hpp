// xiaoer.hpp: C++17 over xiaoer.h, header only. Handles free themselves, failures are xr::Error,
// texts are views.
//
// Everything is in namespace `xr` (the library's own C++ is not part of the interface and lives
// elsewhere). Lifetimes and threads are those of xiaoer.h: a view lives as long as the object it
// was asked from, and a Result's views until it is filled again. A Ruleset is a counted reference:
// copy it freely, also to other threads. Context, Session and Result move but do not copy, and
// belong to one call at a time. A moved-from object may only be destroyed or assigned to.
//
//   xr::Ruleset rules = xr::Ruleset::open("rules/zh-CN");
//   xr::Context context;
//   xr::Session session;
//   xr::Result result;
//   xr::Request request;
//   request.message = "能便宜点吗";
//   xr::reply(rules, context, &session, request, result);
//   for (const xr::Item reply : result.replies()) send(reply.text);
#ifndef XIAOER_XIAOER_HPP_
#define XIAOER_XIAOER_HPP_

#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "xiaoer/error.hpp"
#include "xiaoer/xiaoer.h"

namespace xr {

namespace detail {

// A handle that frees itself.
template <class T, void (*kFree)(T*)>
struct Free {
  void operator()(T* handle) const { kFree(handle); }
};
template <class T, void (*kFree)(T*)>
using Handle = std::unique_ptr<T, Free<T, kFree>>;

template <class T>
T* make(xiaoer_status (*function)(T**, xiaoer_error**)) {
  T* handle = nullptr;
  xiaoer_error* error = nullptr;
  check(function(&handle, &error), error);
  return handle;
}

}  // namespace detail

// ---- Rulesets

struct RulesetOptions {
  xiaoer_language language = XIAOER_CHINESE;  // of messages
  std::vector<std::string> search_path;       // folders in which `extends` is looked up
  size_t max_bytes = 0;                       // of all pack files; 0: the default
  bool run_tests = false;                     // the pack's own tests must pass
};

struct File {
  std::string_view name;  // "intents/bargain.json"
  std::string_view bytes;
};

class Ruleset {
 public:
  // Throws Error: XIAOER_NOT_FOUND, XIAOER_BAD_PACK with all diagnostics.
  static Ruleset open(std::string_view path, const RulesetOptions& options = {}) {
    const Converted converted(options);
    xiaoer_ruleset* handle = nullptr;
    xiaoer_error* error = nullptr;
    check(xiaoer_ruleset_open(text(path), &converted.options, &handle, &error), error);
    return Ruleset(handle);
  }
  static Ruleset open_files(const std::vector<File>& files, const RulesetOptions& options = {}) {
    const Converted converted(options);
    std::vector<xiaoer_file> list;
    list.reserve(files.size());
    for (const File& file : files) list.push_back({text(file.name), text(file.bytes)});
    xiaoer_ruleset* handle = nullptr;
    xiaoer_error* error = nullptr;
    check(xiaoer_ruleset_open_files(list.data(), list.size(), &converted.options, &handle, &error),
          error);
    return Ruleset(handle);
  }
  // An image from memory; open() maps one from a file.
  static Ruleset open_image(std::string_view image, const RulesetOptions& options = {}) {
    const Converted converted(options);
    xiaoer_ruleset* handle = nullptr;
    xiaoer_error* error = nullptr;
    check(xiaoer_ruleset_open_image(text(image), &converted.options, &handle, &error), error);
    return Ruleset(handle);
  }
  Ruleset(const Ruleset& other) : handle_(xiaoer_ruleset_retain(other.handle_)) {}
  Ruleset(Ruleset&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Ruleset& operator=(Ruleset other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Ruleset() { xiaoer_ruleset_free(handle_); }

  std::string_view id() const { return view(xiaoer_ruleset_id(handle_)); }
  std::string_view version() const { return view(xiaoer_ruleset_version(handle_)); }
  // The ruleset as bytes, for a file that open() maps.
  std::string_view image() const { return view(xiaoer_ruleset_image(handle_)); }
  std::vector<Diagnostic> warnings() const {
    std::vector<Diagnostic> list;
    for (size_t i = 0; i < xiaoer_ruleset_warning_count(handle_); ++i) {
      xiaoer_diagnostic one;
      if (xiaoer_ruleset_warning(handle_, i, &one) == XIAOER_OK) list.emplace_back(one);
    }
    return list;
  }
  // Of the facts those that look misspelt: no reply reads them (xiaoer_facts_check).
  std::vector<Diagnostic> check_facts(const class Facts& facts) const;
  const xiaoer_ruleset* get() const { return handle_; }

 private:
  explicit Ruleset(xiaoer_ruleset* handle) : handle_(handle) {}

  struct Converted {
    explicit Converted(const RulesetOptions& from) {
      for (const std::string& folder : from.search_path) folders.push_back(text(folder));
      options.struct_size = sizeof(options);
      options.language = from.language;
      options.search_path = folders.data();
      options.search_path_count = folders.size();
      options.max_bytes = from.max_bytes;
      options.run_tests = from.run_tests ? 1 : 0;
    }
    std::vector<xiaoer_text> folders;
    xiaoer_ruleset_options options = {};
  };

  xiaoer_ruleset* handle_;
};

// ---- Contexts, facts, sessions

class Context {
 public:
  Context() : handle_(detail::make(&xiaoer_context_new)) {}
  xiaoer_context* get() const { return handle_.get(); }

 private:
  detail::Handle<xiaoer_context, &xiaoer_context_free> handle_;
};

// Immutable; any number of threads may reply with it.
class Facts {
 public:
  // Throws Error: XIAOER_BAD_FACTS with all diagnostics.
  explicit Facts(std::string_view json, xiaoer_language language = XIAOER_CHINESE) {
    xiaoer_facts* handle = nullptr;
    xiaoer_error* error = nullptr;
    check(xiaoer_facts_read(text(json), language, &handle, &error), error);
    handle_.reset(handle);
  }
  const xiaoer_facts* get() const { return handle_.get(); }

 private:
  detail::Handle<xiaoer_facts, &xiaoer_facts_free> handle_;
};

inline std::vector<Diagnostic> Ruleset::check_facts(const Facts& facts) const {
  xiaoer_error* notes = nullptr;
  xiaoer_error* error = nullptr;
  check(xiaoer_facts_check(handle_, facts.get(), &notes, &error), error);
  const detail::Handle<xiaoer_error, &xiaoer_error_free> owned(notes);
  return diagnostics_of(notes);
}

class Session {
 public:
  Session() : handle_(detail::make(&xiaoer_session_new)) {}
  // Throws Error: XIAOER_BAD_SNAPSHOT.
  static Session restore(std::string_view snapshot) {
    xiaoer_session* handle = nullptr;
    xiaoer_error* error = nullptr;
    // An empty view may hold a null pointer; it is a bad snapshot, not a bad call.
    const char* const bytes = snapshot.data() == nullptr ? "" : snapshot.data();
    check(xiaoer_session_restore(bytes, snapshot.size(), &handle, &error), error);
    return Session(handle);
  }

  // False: the last result held no such text; it was recorded as a line of the shop's.
  bool sent(std::string_view words, int64_t at = 0) {
    xiaoer_error* error = nullptr;
    const xiaoer_status status = xiaoer_session_sent(get(), text(words), at, &error);
    if (status == XIAOER_NOT_FOUND) {
      xiaoer_error_free(error);
      return false;
    }
    check(status, error);
    return true;
  }
  void observe(std::string_view agent_line, int64_t at = 0) {
    xiaoer_error* error = nullptr;
    check(xiaoer_session_observe(get(), text(agent_line), at, &error), error);
  }
  // What became of an action that a result proposed. False: none did. Throws Error where no action
  // is called so.
  bool confirm(std::string_view action, bool ok = true, int64_t at = 0) {
    xiaoer_error* error = nullptr;
    const xiaoer_status status =
        xiaoer_session_confirm(get(), text(action), ok ? 1 : 0, at, &error);
    if (status == XIAOER_NOT_FOUND) {
      xiaoer_error_free(error);
      return false;
    }
    check(status, error);
    return true;
  }
  std::string snapshot() const {
    size_t size = 0;
    xiaoer_error* error = nullptr;
    check(xiaoer_session_snapshot(get(), nullptr, 0, &size, &error), error);
    std::string bytes(size, '\0');
    check(xiaoer_session_snapshot(get(), bytes.data(), bytes.size(), &size, &error), error);
    bytes.resize(size);
    return bytes;
  }
  xiaoer_session* get() const { return handle_.get(); }

 private:
  explicit Session(xiaoer_session* handle) : handle_(handle) {}
  detail::Handle<xiaoer_session, &xiaoer_session_free> handle_;
};

// ---- Results

struct Reason {
  std::string_view kind, rule;
  xiaoer_span span;
  float points;
};

// One item of a ranked list; what its fields mean for each part is told at xiaoer_item.
struct Item {
  std::string_view id, text, value;
  float score;
  xiaoer_span span;

  size_t why_count() const { return why_count_; }
  Reason why(size_t index) const {
    xiaoer_reason reason;
    check(xiaoer_result_why(result_, part_, index_, index, &reason), nullptr);
    return {view(reason.kind), view(reason.rule), reason.span, reason.points};
  }
  // Replies only: ids of the intents that this one answers.
  size_t intent_count() const { return xiaoer_result_reply_intent_count(result_, index_); }
  std::string_view intent(size_t index) const {
    xiaoer_text intent_id;
    check(xiaoer_result_reply_intent(result_, index_, index, &intent_id), nullptr);
    return view(intent_id);
  }

  Item(const xiaoer_result* result, xiaoer_part part, size_t index)
      : result_(result), part_(part), index_(index) {
    xiaoer_item item;
    check(xiaoer_result_item(result, part, index, &item), nullptr);
    id = view(item.id);
    text = view(item.text);
    value = view(item.value);
    score = item.score;
    span = item.span;
    why_count_ = item.why_count;
  }

 private:
  const xiaoer_result* result_;
  xiaoer_part part_;
  size_t index_;
  size_t why_count_;
};

// The items of one part, best first, for range-for and by index.
class Items {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Item;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Item;

    Iterator(const xiaoer_result* result, xiaoer_part part, size_t index)
        : result_(result), part_(part), index_(index) {}
    Item operator*() const { return Item(result_, part_, index_); }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++index_;
      return before;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const xiaoer_result* result_;  // as long as it is not filled again
    xiaoer_part part_;
    size_t index_;
  };

  Items(const xiaoer_result* result, xiaoer_part part) : result_(result), part_(part) {}
  size_t size() const { return xiaoer_result_count(result_, part_); }
  bool empty() const { return size() == 0; }
  // Throws Error (XIAOER_INVALID_ARGUMENT) when `index` is out of range.
  Item operator[](size_t index) const { return Item(result_, part_, index); }
  Iterator begin() const { return {result_, part_, 0}; }
  Iterator end() const { return {result_, part_, size()}; }

 private:
  const xiaoer_result* result_;
  xiaoer_part part_;
};

struct Handoff {
  std::string_view reason, route, intent_id, holding_id, holding_text;
  std::vector<std::string_view> needs;
  // Of the case record; its lists are Result::case_facts() and the like.
  std::string_view summary, next_step;
  float urgency = 0;  // 0..1
  bool major = false;
};

// What to do next, and what has still to be asked for.
struct Guidance {
  std::string_view intent_id, next_step;
  std::vector<std::string_view> needs;
};

struct Argument {
  std::string_view name, value, source;  // as of xiaoer_argument
  xiaoer_span span;
};

// Something that the client may carry out.
struct Action {
  std::string_view action, intent_id;
  bool requires_person = true;
  std::vector<Argument> arguments;
};

// What bargaining came to.
struct Bargain {
  std::string_view move, offer;  // the offer in yuan for one, "189.5"; empty: none
  uint32_t round = 0;
  bool floor_respected = true;
  std::vector<Reason> why;
};

// How the chat stands after a message or event.
struct Conversation {
  struct OrderStep {
    std::string_view state;
    int64_t at = 0;  // seconds since the epoch, 0: unknown
  };
  std::string_view silence;     // of a silent result: why
  std::string_view returns_to;  // stage that an objection or the after-sales branch broke into
  bool person_in_charge = false;
  int64_t person_until = 0;  // seconds since the epoch, 0: unknown
  uint32_t turn = 0;         // of the buyer, from 1
  uint32_t unhelpful = 0;    // answers in a row that did not help
  bool continues = false;    // answered together with the message before
  std::vector<std::string_view> asked, given, answered, offered;
  std::vector<OrderStep> order_steps;
};

class Result {
 public:
  Result() : handle_(detail::make(&xiaoer_result_new)) {}

  xiaoer_decision decision() const { return xiaoer_result_decision(get()); }
  std::string_view stage() const { return view(xiaoer_result_stage(get())); }
  std::string_view order_state() const { return view(xiaoer_result_order_state(get())); }
  std::string_view message() const { return view(xiaoer_result_message(get())); }
  Items intents() const { return {get(), XIAOER_INTENT}; }
  Items entities() const { return {get(), XIAOER_ENTITY}; }
  Items replies() const { return {get(), XIAOER_REPLY}; }
  Items techniques() const { return {get(), XIAOER_TECHNIQUE}; }
  Items guard() const { return {get(), XIAOER_GUARD}; }
  Items near_misses() const { return {get(), XIAOER_NEAR_MISS}; }
  Items links() const { return {get(), XIAOER_LINK}; }
  // One item: the mood; its reasons are the evidence. Empty for an event.
  Items buyer() const { return {get(), XIAOER_BUYER}; }
  Items traits() const { return {get(), XIAOER_TRAIT}; }
  // Of the case record.
  Items case_facts() const { return {get(), XIAOER_CASE_FACT}; }
  Items quotes() const { return {get(), XIAOER_QUOTE}; }
  Items promises() const { return {get(), XIAOER_PROMISE}; }
  Items urgency() const { return {get(), XIAOER_URGENCY}; }
  Items major() const { return {get(), XIAOER_MAJOR}; }
  std::string_view objection() const { return view(xiaoer_result_objection(get())); }
  std::string_view complaint() const { return view(xiaoer_result_complaint(get())); }
  // Nothing when the pack has no advice.
  std::optional<Guidance> guidance() const {
    xiaoer_guidance from = {};
    from.struct_size = sizeof(from);
    if (xiaoer_result_guidance(get(), &from) != XIAOER_OK) return std::nullopt;
    Guidance to = {view(from.intent_id), view(from.next_step), {}};
    for (size_t i = 0; i < from.need_count; ++i) {
      xiaoer_text need;
      check(xiaoer_result_need(get(), i, &need), nullptr);
      to.needs.push_back(view(need));
    }
    return to;
  }
  std::vector<Action> actions() const {
    std::vector<Action> list;
    for (size_t i = 0; i < xiaoer_result_count(get(), XIAOER_ACTION); ++i) {
      xiaoer_action from = {};
      from.struct_size = sizeof(from);
      check(xiaoer_result_action(get(), i, &from), nullptr);
      Action to = {view(from.action), view(from.intent_id), from.requires_person != 0, {}};
      for (size_t j = 0; j < from.argument_count; ++j) {
        xiaoer_argument argument;
        check(xiaoer_result_argument(get(), i, j, &argument), nullptr);
        to.arguments.push_back(
            {view(argument.name), view(argument.value), view(argument.source), argument.span});
      }
      list.push_back(std::move(to));
    }
    return list;
  }
  // Nothing when the decision is not a handover.
  std::optional<Handoff> handoff() const {
    xiaoer_handoff from;
    if (xiaoer_result_handoff(get(), &from) != XIAOER_OK) return std::nullopt;
    Handoff to = {view(from.reason),
                  view(from.route),
                  view(from.intent_id),
                  view(from.holding_id),
                  view(from.holding_text),
                  {},
                  {},
                  {}};
    xiaoer_case record = {};
    record.struct_size = sizeof(record);
    check(xiaoer_result_case(get(), &record), nullptr);
    to.summary = view(record.summary);
    to.next_step = view(record.next_step);
    to.urgency = record.urgency;
    to.major = record.major != 0;
    for (size_t i = 0; i < from.need_count; ++i) {
      xiaoer_text need;
      check(xiaoer_result_handoff_need(get(), i, &need), nullptr);
      to.needs.push_back(view(need));
    }
    return to;
  }
  // Nothing when the message does not bargain.
  std::optional<Bargain> bargain() const {
    xiaoer_bargain from;
    if (xiaoer_result_bargain(get(), &from) != XIAOER_OK) return std::nullopt;
    Bargain to = {view(from.move), view(from.offer), from.round, from.floor_respected != 0, {}};
    for (size_t i = 0; i < from.why_count; ++i) {
      xiaoer_reason reason;
      check(xiaoer_result_bargain_why(get(), i, &reason), nullptr);
      to.why.push_back({view(reason.kind), view(reason.rule), reason.span, reason.points});
    }
    return to;
  }
  Conversation conversation() const {
    xiaoer_conversation from;
    from.struct_size = sizeof(from);
    check(xiaoer_result_conversation(get(), &from), nullptr);
    Conversation to;
    to.silence = view(from.silence);
    to.returns_to = view(from.returns_to);
    to.person_in_charge = from.person_in_charge != 0;
    to.person_until = from.person_until;
    to.turn = from.turn;
    to.unhelpful = from.unhelpful;
    to.continues = from.continues != 0;
    to.asked = ledger(XIAOER_ASKED);
    to.given = ledger(XIAOER_GIVEN);
    to.answered = ledger(XIAOER_ANSWERED);
    to.offered = ledger(XIAOER_OFFERED);
    for (size_t i = 0; i < from.order_step_count; ++i) {
      xiaoer_text state;
      int64_t at = 0;
      check(xiaoer_result_order_step(get(), i, &state, &at), nullptr);
      to.order_steps.push_back({view(state), at});
    }
    return to;
  }
  // The whole result, docs/jsonl.md; spans are in characters there.
  std::string_view json() const {
    xiaoer_text json;
    xiaoer_error* error = nullptr;
    check(xiaoer_result_json(get(), &json, &error), error);
    return view(json);
  }
  xiaoer_result* get() const { return handle_.get(); }

 private:
  std::vector<std::string_view> ledger(xiaoer_ledger which) const {
    std::vector<std::string_view> entries(xiaoer_result_ledger_count(get(), which));
    for (size_t i = 0; i < entries.size(); ++i) {
      xiaoer_text entry;
      check(xiaoer_result_ledger_entry(get(), which, i, &entry), nullptr);
      entries[i] = view(entry);
    }
    return entries;
  }
  detail::Handle<xiaoer_result, &xiaoer_result_free> handle_;
};

// ---- Replying

struct Instant {
  int64_t seconds = 0;             // since the epoch
  int32_t utc_offset_minutes = 0;  // of the shop's local time; 0: as the pack's settings say
};

// Borrows everything it names until reply() returns.
struct Request {
  std::string_view message;
  std::vector<xiaoer_text> messages;  // further bubbles: xr::text("...")
  std::string_view event;
  std::string_view previous_agent;
  const Facts* facts = nullptr;
  std::optional<Instant> now;
  uint64_t seed = 0;
  bool trace = false;
  bool assume_sent = false;
};

// Answers into `result`. `session` may be nullptr. Allocates nothing in steady state. Throws Error;
// the session is then as it was and the result empty.
inline void reply(const Ruleset& ruleset, Context& context, Session* session,
                  const Request& request, Result& result) {
  xiaoer_request given = {};
  given.struct_size = sizeof(given);
  given.message = text(request.message);
  given.messages = request.messages.data();
  given.message_count = request.messages.size();
  given.event = text(request.event);
  given.previous_agent = text(request.previous_agent);
  given.facts = request.facts == nullptr ? nullptr : request.facts->get();
  given.has_now = request.now ? 1 : 0;
  given.now = request.now ? request.now->seconds : 0;
  given.utc_offset_minutes = request.now ? request.now->utc_offset_minutes : 0;
  given.seed = request.seed;
  given.trace = request.trace ? 1 : 0;
  given.assume_sent = request.assume_sent ? 1 : 0;
  xiaoer_error* error = nullptr;
  check(xiaoer_reply(ruleset.get(), context.get(), session == nullptr ? nullptr : session->get(),
                     &given, result.get(), &error),
        error);
}

// The same with a JSON request; the answer is borrowed from `result`. `facts` may be nullptr.
inline std::string_view reply_json(const Ruleset& ruleset, Context& context, Session* session,
                                   const Facts* facts, std::string_view request_json,
                                   Result& result) {
  xiaoer_text json;
  xiaoer_error* error = nullptr;
  check(
      xiaoer_reply_json(ruleset.get(), context.get(), session == nullptr ? nullptr : session->get(),
                        facts == nullptr ? nullptr : facts->get(), text(request_json), result.get(),
                        &json, &error),
      error);
  return view(json);
}

}  // namespace xr

#include "xiaoer/guard.hpp"

#endif  // XIAOER_XIAOER_HPP_
