#pragma once
// The immutable reply: a filled result, and its records once they are asked for.

#include "common.hpp"

namespace pyxiaoer {

class Reply {
 public:
  explicit Reply(xr::Result result) : result_(std::move(result)) {}

  const char* decision() const;
  // What may be sent first: the first reply's text, or a handover's holding reply; None when there
  // is none.
  py::object text() const;
  py::str message() const;
  std::string_view stage() const { return result_.stage(); }
  std::string_view order_state() const { return result_.order_state(); }
  py::str json() const;
  py::object dict() const;
  py::object part(const char* name);
  py::str repr();

 private:
  const py::object& parts();

  xr::Result result_;
  py::object parts_;
};

const char* decision_name(xiaoer_decision decision);

// The keyword arguments of reply(), as Python passes them.
struct ReplyArguments {
  py::object message, facts, messages, event, previous, now;
  uint64_t seed;
  bool trace, assume_sent;
};
// Replies with the GIL released. `session` may be null.
std::unique_ptr<Reply> make_reply(const xr::Ruleset& ruleset, xr::Session* session,
                                  const ReplyArguments& arguments);

}  // namespace pyxiaoer
