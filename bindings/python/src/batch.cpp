// classify_batch: many messages, each on its own, with the GIL released.

#include "arrow.hpp"
#include "reply.hpp"

namespace pyxiaoer {
namespace {

// Arrow in, Arrow out: the answers as columns that pyarrow, polars ... take over without a copy.
class ClassifiedBatch {
 public:
  explicit ClassifiedBatch(std::shared_ptr<const Columns> columns) : columns_(std::move(columns)) {}

  size_t size() const { return columns_->size(); }
  const std::shared_ptr<const Columns>& columns() const { return columns_; }

  py::object row(py::ssize_t index) const {
    const auto size = static_cast<py::ssize_t>(columns_->size());
    if (index < 0) index += size;
    if (index < 0 || index >= size) throw py::index_error("row out of range");
    return make_row(*columns_, static_cast<size_t>(index), helper("xiaoer._records", "Classified"));
  }

  static py::object make_row(const Columns& columns, size_t row, const py::object& type) {
    if (!columns.is_valid(row)) return py::none();
    const py::object intent =
        columns.has_intent(row) ? py::object(py::str(columns.intent(row))) : py::object(py::none());
    return type(intent, columns.scores[row], columns.decision(row));
  }

 private:
  std::shared_ptr<const Columns> columns_;
};

void read_list(const py::object& object, Messages* out) {
  if (PyUnicode_Check(object.ptr()) || PyBytes_Check(object.ptr())) {
    throw py::type_error("messages must be a list of str, or an Arrow column of text");
  }
  const py::tuple items(object);  // keeps every str alive, whatever happens to the caller's list
  out->list.reserve(items.size());
  for (const py::handle item : items) out->list.emplace_back(text_of(item, "a message"));
  out->owners.push_back(items);
}

void classify(const xr::Ruleset& ruleset, const Messages& messages, const xr::Facts* facts,
              const std::optional<xr::Instant>& now, Columns* out) {
  xr::Result result;
  xr::Request request;
  request.facts = facts;
  request.now = now;
  for (const std::optional<std::string_view>& message : messages.list) {
    if (!message) {
      out->add_null();
      continue;
    }
    request.message = *message;
    xr::reply(ruleset, context(), nullptr, request, result);
    const char* const decision = decision_name(result.decision());
    const xr::Items intents = result.intents();
    if (intents.empty()) {
      out->add(std::nullopt, 0, decision);
    } else {
      const xr::Item first = intents[0];
      out->add(first.id, static_cast<double>(first.score), decision);
    }
  }
}

py::object classify_batch(const xr::Ruleset& self, const py::object& messages,
                          const py::object& facts, const py::object& now) {
  Messages input;
  const bool arrow = is_arrow(messages);
  if (arrow) {
    read_arrow(messages, &input);
  } else {
    read_list(messages, &input);
  }
  const FactsArgument given_facts(facts);
  const std::optional<xr::Instant> instant = instant_of(now);
  auto columns = std::make_shared<Columns>();
  {
    const py::gil_scoped_release released;
    classify(self, input, given_facts.get(), instant, columns.get());
  }
  if (arrow) return py::cast(ClassifiedBatch(std::move(columns)));
  const py::object type = helper("xiaoer._records", "Classified");
  py::list rows;
  for (size_t i = 0; i < columns->size(); ++i) {
    rows.append(ClassifiedBatch::make_row(*columns, i, type));
  }
  return rows;
}

}  // namespace

void define_batch(py::module_& module) {
  py::class_<ClassifiedBatch>(module, "ClassifiedBatch", plain_type(),
                              "Answers of classify_batch as an Arrow struct column.")
      .def(made_elsewhere<ClassifiedBatch>(
          "a ClassifiedBatch is made by Ruleset.classify_batch with an Arrow column"))
      .def("__len__", &ClassifiedBatch::size)
      .def("__getitem__", &ClassifiedBatch::row, py::arg("index"))
      .def("__arrow_c_schema__", [](const ClassifiedBatch&) { return export_schema(); })
      .def(
          "__arrow_c_array__",
          [](const ClassifiedBatch& self, const py::object&) {
            return py::make_tuple(export_schema(), export_array(self.columns()));
          },
          py::arg("requested_schema") = py::none());

  auto type = py::reinterpret_borrow<py::class_<xr::Ruleset>>(module.attr("Ruleset"));
  type.def(
      "classify_batch", &classify_batch,
      "Classifies many messages, each on its own, with the GIL released. A list gives a list of "
      "Classified; an Arrow column of text gives a ClassifiedBatch.",
      py::arg("messages"), py::kw_only(), py::arg("facts") = py::none(),
      py::arg("now") = py::none());
  explain_misuse(type, "classify_batch",
                 {"Ruleset.classify_batch", {"messages", "facts", "now"}, 1, 1});
}

}  // namespace pyxiaoer
