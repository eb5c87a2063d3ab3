#include <string>
#include <utility>

#include "session.hpp"
#include "verdict.hpp"

namespace pyxiaoer {
namespace {

xr::RulesetOptions options_of(const std::string& language, const py::object& search_path,
                              size_t max_bytes, bool run_tests) {
  xr::RulesetOptions options;
  if (language != "zh" && language != "en") throw py::value_error("language must be 'zh' or 'en'");
  options.language = language == "en" ? XIAOER_ENGLISH : XIAOER_CHINESE;
  if (PyUnicode_Check(search_path.ptr())) {
    throw py::type_error("search_path must be a list of folders, not a str");
  }
  for (const py::handle folder : py::tuple(search_path)) {
    const py::object name = helper("xiaoer._convert", "path")(folder);
    options.search_path.emplace_back(text_of(name, "search_path"));
  }
  // What `xiaoer new` makes extends the pack that the package brings along.
  options.search_path.push_back(helper("xiaoer._convert", "rules_path")().cast<std::string>());
  options.max_bytes = max_bytes;
  options.run_tests = run_tests;
  return options;
}

xr::Ruleset from_path(const py::object& path, const std::string& language,
                      const py::object& search_path, size_t max_bytes, bool run_tests) {
  const py::object name = helper("xiaoer._convert", "path")(path);
  const std::string folder(text_of(name, "path"));
  const xr::RulesetOptions options = options_of(language, search_path, max_bytes, run_tests);
  const py::gil_scoped_release released;
  return xr::Ruleset::open(folder, options);
}

std::string contents_of(py::handle value) {
  if (PyBytes_Check(value.ptr())) return py::reinterpret_borrow<py::bytes>(value);
  return std::string(text_of(value, "a file's contents"));
}

xr::Ruleset from_files(const py::object& files, const std::string& language,
                       const py::object& search_path, size_t max_bytes, bool run_tests) {
  const py::dict mapping(files);
  std::vector<std::pair<std::string, std::string>> kept;
  for (const auto& [name, contents] : mapping) {
    kept.emplace_back(text_of(name, "a file's name"), contents_of(contents));
  }
  const xr::RulesetOptions options = options_of(language, search_path, max_bytes, run_tests);
  const py::gil_scoped_release released;
  std::vector<xr::File> list;
  list.reserve(kept.size());
  for (const auto& [name, contents] : kept) list.push_back({name, contents});
  return xr::Ruleset::open_files(list, options);
}

// Bytes are copied; a path is mapped.
xr::Ruleset from_image(const py::object& image, const std::string& language) {
  if (!PyBytes_Check(image.ptr())) return from_path(image, language, py::tuple(), 0, false);
  const xr::RulesetOptions options = options_of(language, py::tuple(), 0, false);
  const std::string bytes = py::reinterpret_borrow<py::bytes>(image);
  const py::gil_scoped_release released;
  return xr::Ruleset::open_image(bytes, options);
}

Session session_of(const py::object& ruleset, const py::object& snapshot) {
  if (snapshot.is_none()) return {ruleset, xr::Session()};
  if (!PyBytes_Check(snapshot.ptr())) throw py::type_error("snapshot must be bytes or None");
  return {ruleset, xr::Session::restore(std::string(py::reinterpret_borrow<py::bytes>(snapshot)))};
}

std::unique_ptr<Reply> ruleset_reply(const xr::Ruleset& self, const py::object& message,
                                     const py::object& facts, const py::object& messages,
                                     const py::object& event, const py::object& previous,
                                     const py::object& now, uint64_t seed, bool trace) {
  return make_reply(self, nullptr,
                    {message, facts, messages, event, previous, now, seed, trace, false});
}

std::unique_ptr<Verdict> ruleset_guard(const xr::Ruleset& self, const py::object& text,
                                       const py::object& facts, const py::object& session,
                                       const py::object& now) {
  const xr::Session* memory = nullptr;
  if (!session.is_none()) {
    if (!py::isinstance<Session>(session))
      throw py::type_error("session must be a Session or None");
    memory = &session.cast<const Session&>().core;
  }
  return make_verdict(self, memory, text, facts, now);
}

void define_facts(py::module_& module) {
  py::class_<xr::Facts>(module, "Facts", plain_type(),
                        "Facts of a call, checked once and reusable. Immutable; any thread.")
      .def(py::init([](const py::object& facts) {
             const py::object json = helper("xiaoer._convert", "facts_json")(facts);
             return std::make_unique<xr::Facts>(text_of(json, "facts"));
           }),
           "From a mapping or JSON text. Raises FactsError.", py::arg("facts"));
}

py::object records_of(const std::vector<xr::Diagnostic>& diagnostics) {
  const py::object type = helper("xiaoer._errors", "Diagnostic");
  py::list list;
  for (const py::handle one : diagnostics_of(diagnostics)) list.append(type(*one));
  return py::tuple(list);
}

py::object warnings_of(const xr::Ruleset& self) { return records_of(self.warnings()); }

py::object check_facts(const xr::Ruleset& self, const py::object& facts) {
  const FactsArgument given(facts);
  if (given.get() == nullptr) throw py::type_error("facts must be given");
  return records_of(self.check_facts(*given.get()));
}

void explain_misuses(py::class_<xr::Ruleset>& type) {
  const std::vector<const char*> options = {"language", "search_path", "max_bytes", "run_tests"};
  const auto with_options = [&](const char* first) {
    std::vector<const char*> all = {first};
    all.insert(all.end(), options.begin(), options.end());
    return all;
  };
  explain_static_misuse(type, "from_path", {"Ruleset.from_path", with_options("path"), 1, 1});
  explain_static_misuse(type, "from_files", {"Ruleset.from_files", with_options("files"), 1, 1});
  explain_static_misuse(type, "from_image", {"Ruleset.from_image", {"image", "language"}, 1, 1});
  explain_static_misuse(type, "default", {"Ruleset.default", {"language"}});
  explain_misuse(type, "session", {"Ruleset.session", {"snapshot"}, 1});
  explain_misuse(type, "reply",
                 {"Ruleset.reply",
                  {"message", "facts", "messages", "event", "previous", "now", "seed", "trace"},
                  1});
  explain_misuse(type, "guard", {"Ruleset.guard", {"text", "facts", "session", "now"}, 1, 1});
  explain_misuse(type, "check_facts", {"Ruleset.check_facts", {"facts"}, 1, 1});
}

}  // namespace

void define_ruleset(py::module_& module) {
  define_facts(module);
  py::class_<xr::Ruleset> type(module, "Ruleset", plain_type(),
                               "A compiled pack. Immutable; any number of threads may use it.");
  type.def(made_elsewhere<xr::Ruleset>(
      "a Ruleset is made by Ruleset.default, from_path, from_files or from_image"));
  type.def_static("from_path", &from_path,
                  "Loads the pack in a folder, or maps the image in a file. Raises RulesetError.",
                  py::arg("path"), py::kw_only(), py::arg("language") = "zh",
                  py::arg("search_path") = py::tuple(), py::arg("max_bytes") = 0,
                  py::arg("run_tests") = false)
      .def_static("from_files", &from_files,
                  "Loads a pack from {name: contents}. Raises RulesetError.", py::arg("files"),
                  py::kw_only(), py::arg("language") = "zh", py::arg("search_path") = py::tuple(),
                  py::arg("max_bytes") = 0, py::arg("run_tests") = false)
      .def_static("from_image", &from_image,
                  "Opens an image: bytes, or the path of a file to map. Raises RulesetError.",
                  py::arg("image"), py::kw_only(), py::arg("language") = "zh")
      .def_static(
          "default",
          [](const std::string& language) {
            return from_path(helper("xiaoer._convert", "default_pack")(), language, py::tuple(), 0,
                             false);
          },
          "The pack that the package brings along.", py::kw_only(), py::arg("language") = "zh")
      .def_property_readonly("id", &xr::Ruleset::id)
      .def_property_readonly("version", &xr::Ruleset::version)
      .def_property_readonly("warnings", &warnings_of, "Warnings of the load.")
      .def(
          "to_image", [](const xr::Ruleset& self) { return py::bytes(self.image()); },
          "The ruleset as bytes, which from_image opens.")
      .def("session", &session_of, "A new conversation, or one from a snapshot (SnapshotError).",
           py::arg("snapshot") = py::none())
      .def("reply", &ruleset_reply, "Answers one message without a conversation.",
           py::arg("message") = py::none(), py::kw_only(), py::arg("facts") = py::none(),
           py::arg("messages") = py::none(), py::arg("event") = py::none(),
           py::arg("previous") = py::none(), py::arg("now") = py::none(), py::arg("seed") = 0,
           py::arg("trace") = false)
      .def("guard", &ruleset_guard,
           "Says whether a text that somebody else wrote may leave the shop.", py::arg("text"),
           py::kw_only(), py::arg("facts") = py::none(), py::arg("session") = py::none(),
           py::arg("now") = py::none())
      .def("check_facts", &check_facts,
           "Warnings of facts that look misspelt: keys that the pack does not know, near one that "
           "it knows.",
           py::arg("facts"))
      .def("__repr__", [](const xr::Ruleset& self) {
        return py::str("<xiaoer.Ruleset {} {}>").format(self.id(), self.version());
      });
  explain_misuses(type);
}

}  // namespace pyxiaoer
