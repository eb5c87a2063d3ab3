#include "common.hpp"

#include <memory>

namespace pyxiaoer {

std::string_view text_of(py::handle value, const char* what) {
  if (!PyUnicode_Check(value.ptr())) {
    throw py::type_error(std::string(what) + " must be a str, not " +
                         Py_TYPE(value.ptr())->tp_name);
  }
  Py_ssize_t size = 0;
  const char* const data = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
  if (data == nullptr) throw py::error_already_set();
  return {data, static_cast<size_t>(size)};
}

py::str to_str(std::string_view text) {
  PyObject* const made =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
  if (made == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::str>(made);
}

py::object helper(const char* module, const char* name) {
  return py::module_::import(module).attr(name);
}

py::list diagnostics_of(const std::vector<xr::Diagnostic>& diagnostics) {
  py::list list;
  for (const xr::Diagnostic& one : diagnostics) {
    list.append(py::make_tuple(one.is_error, one.code, one.message, one.remedy, one.file, one.line,
                               one.column, one.pointer, one.rule_id));
  }
  return list;
}

void register_errors() {
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const xr::Error& error) {
      const py::object exception = helper("xiaoer._errors", "from_native")(
          xiaoer_status_name(error.status()), error.what(), diagnostics_of(error.diagnostics()));
      PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(exception.ptr())), exception.ptr());
    }
  });
}

FactsArgument::FactsArgument(const py::object& given) {
  if (given.is_none()) return;
  if (py::isinstance<xr::Facts>(given)) {
    owner_ = given;
    facts_ = given.cast<const xr::Facts*>();
    return;
  }
  const py::object json = helper("xiaoer._convert", "facts_json")(given);
  parsed_.emplace(text_of(json, "facts"));
  facts_ = &*parsed_;
}

std::optional<xr::Instant> instant_of(const py::object& now) {
  if (now.is_none()) return std::nullopt;
  const py::tuple pair = helper("xiaoer._convert", "instant")(now);
  return xr::Instant{pair[0].cast<int64_t>(), pair[1].cast<int32_t>()};
}

py::object refuse_call(const Signature& signature, const py::args& args, const py::kwargs& kwargs) {
  py::list parameters;
  for (const char* parameter : signature.parameters) parameters.append(parameter);
  return helper("xiaoer._convert", "refuse_call")(signature.function, py::tuple(parameters),
                                                  signature.positional, signature.required,
                                                  py::tuple(args), py::dict(kwargs));
}

xr::Context& context() {
  thread_local std::unique_ptr<xr::Context> mine;
  if (mine == nullptr) mine = std::make_unique<xr::Context>();
  return *mine;
}

}  // namespace pyxiaoer
