#include "reply.hpp"

#include <string>

namespace pyxiaoer {
const char* decision_name(xiaoer_decision decision) {
  switch (decision) {
    case XIAOER_AUTO:
      return "auto";
    case XIAOER_SUGGEST:
      return "suggest";
    case XIAOER_HANDOFF:
      return "handoff";
    case XIAOER_SILENT:
    case XIAOER_DECISION_32_BITS:
      break;
  }
  return "silent";
}

const char* Reply::decision() const { return decision_name(result_.decision()); }

py::object Reply::text() const {
  if (result_.decision() == XIAOER_SILENT) return py::none();
  if (result_.decision() == XIAOER_HANDOFF) {
    const std::optional<xr::Handoff> handoff = result_.handoff();
    if (!handoff || handoff->holding_text.empty()) return py::none();
    return to_str(handoff->holding_text);
  }
  const xr::Items replies = result_.replies();
  if (replies.empty()) return py::none();
  return to_str(replies[0].text);
}

py::str Reply::message() const { return to_str(result_.message()); }
py::str Reply::json() const { return to_str(result_.json()); }
py::object Reply::dict() const { return helper("json", "loads")(json()); }

const py::object& Reply::parts() {
  if (!parts_) parts_ = helper("xiaoer._records", "build")(json());
  return parts_;
}

py::object Reply::part(const char* name) { return parts().attr(name); }

py::str Reply::repr() {
  return helper("xiaoer._records", "describe")(decision(), to_str(stage()), to_str(order_state()),
                                               parts());
}

std::unique_ptr<Reply> make_reply(const xr::Ruleset& ruleset, xr::Session* session,
                                  const ReplyArguments& arguments) {
  xr::Request request;
  // Borrowed texts live as long as the tuple, the strings and the facts below.
  const py::object previous = arguments.previous.is_none()
                                  ? py::object(py::str())
                                  : helper("xiaoer._convert", "previous_agent")(arguments.previous);
  const FactsArgument facts(arguments.facts);
  py::tuple bubbles;
  if (!arguments.messages.is_none()) {
    if (PyUnicode_Check(arguments.messages.ptr())) {
      throw py::type_error("messages must be a list of str, not a str");
    }
    bubbles = py::tuple(arguments.messages);
  }
  for (const py::handle bubble : bubbles) {
    request.messages.push_back(xr::text(text_of(bubble, "messages")));
  }
  if (!arguments.message.is_none()) request.message = text_of(arguments.message, "message");
  if (!arguments.event.is_none()) request.event = text_of(arguments.event, "event");
  if (arguments.message.is_none() && bubbles.empty() && arguments.event.is_none()) {
    throw py::type_error("reply() needs a message, messages or an event");
  }
  if (!arguments.event.is_none() && (!arguments.message.is_none() || !bubbles.empty())) {
    throw py::type_error("reply() takes an event instead of a message, not beside one");
  }
  request.previous_agent = text_of(previous, "previous");
  request.facts = facts.get();
  request.now = instant_of(arguments.now);
  request.seed = arguments.seed;
  request.trace = arguments.trace;
  request.assume_sent = arguments.assume_sent;
  xr::Result result;
  const xr::Ruleset rules =
      ruleset;  // a reference of our own: another thread may change the session's
  {
    const py::gil_scoped_release released;
    xr::reply(rules, context(), session, request, result);
  }
  return std::make_unique<Reply>(std::move(result));
}

void define_reply(py::module_& module) {
  const auto part = [](const char* name) {
    return [name](Reply& self) { return self.part(name); };
  };
  py::class_<Reply>(module, "Reply", plain_type(),
                    "What one call gives back. Immutable; spans count characters.")
      .def(made_elsewhere<Reply>("a Reply is made by Ruleset.reply and Session.reply"))
      .def_property_readonly("decision", &Reply::decision,
                             "'auto', 'suggest', 'handoff' or 'silent'")
      .def_property_readonly("text", &Reply::text,
                             "What may be sent first: the best reply, or the holding reply of a "
                             "handover; None when there is none, or nothing is to be sent")
      .def_property_readonly("message", &Reply::message,
                             "The buyer's message, bubbles joined by line breaks")
      .def_property_readonly("stage", &Reply::stage, "Stage of the conversation after the message")
      .def_property_readonly("order_state", &Reply::order_state, "State of the order")
      .def_property_readonly("intents", part("intents"), "Recognised intents, best first")
      .def_property_readonly("entities", part("entities"),
                             "Amounts, sizes, dates ... in the message")
      .def_property_readonly("replies", part("replies"), "Replies ready to send, best first")
      .def_property_readonly("techniques", part("techniques"), "Closing techniques, best first")
      .def_property_readonly("guard", part("guard"), "Texts that a guard refused")
      .def_property_readonly("handoff", part("handoff"), "The handover, or None")
      .def_property_readonly("guidance", part("guidance"),
                             "What to do next and what has still to be asked for, or None")
      .def_property_readonly("actions", part("actions"),
                             "What the client may carry out; confirm it with Session.confirm")
      .def_property_readonly("links", part("links"), "Pages of the shop that may be sent along")
      .def_property_readonly("buyer", part("buyer"),
                             "The buyer's mood and nature with the evidence, for the shop alone; "
                             "None for an event")
      .def_property_readonly("objection", part("objection"),
                             "'doubt', 'misunderstanding', 'drawback', 'complaint' or None")
      .def_property_readonly("complaint", part("complaint"),
                             "Where the buyer's complaint stands, 'open' to 'filed', or None")
      .def_property_readonly("bargain", part("bargain"), "What bargaining came to, or None")
      .def_property_readonly("conversation", part("conversation"),
                             "How the chat stands: who is in charge, what was asked and answered")
      .def_property_readonly("near_misses", part("near_misses"),
                             "With trace=True: what nearly won and what it lacked")
      .def("to_json", &Reply::json, "The reply as one line of JSON, docs/jsonl.md")
      .def("to_dict", &Reply::dict, "The JSON form as dicts and lists")
      .def("__repr__", &Reply::repr)
      .def(
          "__eq__",
          [](const Reply& self, const py::object& other) -> py::object {
            if (!py::isinstance<Reply>(other)) {
              return py::reinterpret_borrow<py::object>(Py_NotImplemented);
            }
            return py::bool_(self.json().equal(other.cast<const Reply&>().json()));
          },
          py::arg("other"))
      .def("__hash__", [](const Reply& self) { return py::hash(self.json()); });
}

}  // namespace pyxiaoer
