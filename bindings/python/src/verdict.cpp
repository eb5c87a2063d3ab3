#include "verdict.hpp"

#include <string>

namespace pyxiaoer {
const char* Verdict::outcome() const {
  switch (verdict_.outcome()) {
    case XIAOER_PASS:
      return "pass";
    case XIAOER_REWRITTEN:
      return "rewritten";
    case XIAOER_REFUSED:
    case XIAOER_OUTCOME_32_BITS:
      break;
  }
  return "refused";
}

py::str Verdict::original() const { return to_str(verdict_.original()); }

py::object Verdict::text() const {
  if (verdict_.outcome() == XIAOER_REFUSED) return py::none();
  return to_str(verdict_.text());
}

py::str Verdict::json() const { return to_str(verdict_.json()); }
py::object Verdict::dict() const { return helper("json", "loads")(json()); }

const py::object& Verdict::parts() {
  if (!parts_) parts_ = helper("xiaoer._records", "build_verdict")(json());
  return parts_;
}

py::object Verdict::part(const char* name) { return parts().attr(name); }

py::str Verdict::repr() {
  return helper("xiaoer._records", "describe_verdict")(outcome(), text(), parts());
}

std::unique_ptr<Verdict> make_verdict(const xr::Ruleset& ruleset, const xr::Session* session,
                                      const py::object& text, const py::object& facts,
                                      const py::object& now) {
  const std::string_view words = text_of(text, "text");
  const FactsArgument given(facts);
  const std::optional<xr::Instant> moment = instant_of(now);
  xr::Verdict verdict;
  const xr::Ruleset rules = ruleset;  // a reference of our own
  {
    const py::gil_scoped_release released;
    xr::guard(rules, context(), session, words, given.get(), moment, verdict);
  }
  return std::make_unique<Verdict>(std::move(verdict));
}

void define_verdict(py::module_& module) {
  const auto part = [](const char* name) {
    return [name](Verdict& self) { return self.part(name); };
  };
  py::class_<Verdict>(module, "Verdict", plain_type(),
                      "What the guard says of a text. Immutable; spans count characters.")
      .def(made_elsewhere<Verdict>("a Verdict is made by Ruleset.guard"))
      .def_property_readonly("outcome", &Verdict::outcome, "'pass', 'rewritten' or 'refused'")
      .def_property_readonly("original", &Verdict::original, "The text that was judged")
      .def_property_readonly("text", &Verdict::text,
                             "What may leave: the original or the rewritten text; None when it "
                             "was refused")
      .def_property_readonly("findings", part("findings"), "Where the text breaks a rule")
      .def_property_readonly("grounds", part("grounds"), "Statements that the facts bear out")
      .def("to_json", &Verdict::json, "The verdict as one line of JSON, docs/jsonl.md")
      .def("to_dict", &Verdict::dict, "The JSON form as dicts and lists")
      .def("__repr__", &Verdict::repr)
      .def(
          "__eq__",
          [](const Verdict& self, const py::object& other) -> py::object {
            if (!py::isinstance<Verdict>(other)) {
              return py::reinterpret_borrow<py::object>(Py_NotImplemented);
            }
            return py::bool_(self.json().equal(other.cast<const Verdict&>().json()));
          },
          py::arg("other"))
      .def("__hash__", [](const Verdict& self) { return py::hash(self.json()); });
}

}  // namespace pyxiaoer
