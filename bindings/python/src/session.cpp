#include "session.hpp"

namespace pyxiaoer {
namespace {

int64_t seconds_of(const py::object& at) {
  const std::optional<xr::Instant> instant = instant_of(at);
  return instant ? instant->seconds : 0;
}

std::unique_ptr<Reply> session_reply(Session& self, const py::object& message,
                                     const py::object& facts, const py::object& messages,
                                     const py::object& event, const py::object& previous,
                                     const py::object& now, uint64_t seed, bool trace,
                                     bool assume_sent) {
  return make_reply(self.ruleset.cast<const xr::Ruleset&>(), &self.core,
                    {message, facts, messages, event, previous, now, seed, trace, assume_sent});
}

}  // namespace

void define_session(py::module_& module) {
  py::class_<Session> type(
      module, "Session", plain_type(),
      "The memory of one conversation. One call at a time: a second thread gets BusyError.");
  type.def(made_elsewhere<Session>("a Session is made by Ruleset.session"))
      .def("reply", &session_reply,
           "Answers the buyer's message (or further bubbles, or an event). The GIL is released.",
           py::arg("message") = py::none(), py::kw_only(), py::arg("facts") = py::none(),
           py::arg("messages") = py::none(), py::arg("event") = py::none(),
           py::arg("previous") = py::none(), py::arg("now") = py::none(), py::arg("seed") = 0,
           py::arg("trace") = false, py::arg("assume_sent") = false)
      .def(
          "sent",
          [](Session& self, const py::object& text, const py::object& at) {
            return self.core.sent(text_of(text, "text"), seconds_of(at));
          },
          "Tells that this text of the last reply was really sent. False: the last reply held no "
          "such text; it counts as the human agent's own line.",
          py::arg("text"), py::arg("at") = py::none())
      .def(
          "observe",
          [](Session& self, const py::object& line, const py::object& at) {
            self.core.observe(text_of(line, "line"), seconds_of(at));
          },
          "Tells what the human agent wrote.", py::arg("line"), py::arg("at") = py::none())
      .def(
          "confirm",
          [](Session& self, const py::object& action, bool ok, const py::object& at) {
            return self.core.confirm(text_of(action, "action"), ok, seconds_of(at));
          },
          "Tells that an action which a reply proposed was done, or failed. False: none proposed "
          "it.",
          py::arg("action"), py::arg("ok") = true, py::kw_only(), py::arg("at") = py::none())
      .def(
          "snapshot", [](const Session& self) { return py::bytes(self.core.snapshot()); },
          "The session as bytes, at most 64 KiB, without the buyer's words.")
      .def_property(
          "ruleset", [](const Session& self) { return self.ruleset; },
          [](Session& self, const py::object& ruleset) {
            if (!py::isinstance<xr::Ruleset>(ruleset)) {
              throw py::type_error("ruleset must be a Ruleset");
            }
            self.ruleset = ruleset;
          },
          "The rules that answer; set it to carry on with newer ones.")
      .def("__repr__", [](const Session& self) {
        return py::str("<xiaoer.Session of {}>").format(self.ruleset.attr("id"));
      });
  explain_misuse(
      type, "reply",
      {"Session.reply",
       {"message", "facts", "messages", "event", "previous", "now", "seed", "trace", "assume_sent"},
       1});
  explain_misuse(type, "sent", {"Session.sent", {"text", "at"}, 2, 1});
  explain_misuse(type, "observe", {"Session.observe", {"line", "at"}, 2, 1});
  explain_misuse(type, "confirm", {"Session.confirm", {"action", "ok", "at"}, 2, 1});
}

}  // namespace pyxiaoer
