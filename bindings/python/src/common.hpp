#pragma once
// What the parts of the module share: how Python values come in and how failures go out.

#include <pybind11/pybind11.h>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "xiaoer/xiaoer.hpp"

namespace pyxiaoer {

namespace py = pybind11;

// The UTF-8 of a str, borrowed from it. Other types are a TypeError that names `what`; lone
// surrogates are the ValueError (UnicodeEncodeError) that Python itself gives.
std::string_view text_of(py::handle value, const char* what);

// Texts of the engine, which are well-formed, and of a caller, which may not be.
py::str to_str(std::string_view text);

// A function of one of the package's own Python files.
py::object helper(const char* module, const char* name);

// Turns xr::Error into the package's exceptions. Called once, when the module starts.
void register_errors();
py::list diagnostics_of(const std::vector<xr::Diagnostic>& diagnostics);

// Facts as Python passes them: None, Facts, a mapping or JSON text. Keeps alive what it points to.
class FactsArgument {
 public:
  explicit FactsArgument(const py::object& given);
  FactsArgument(const FactsArgument&) = delete;
  FactsArgument& operator=(const FactsArgument&) = delete;
  const xr::Facts* get() const { return facts_; }

 private:
  py::object owner_;
  std::optional<xr::Facts> parsed_;
  const xr::Facts* facts_ = nullptr;
};

std::optional<xr::Instant> instant_of(const py::object& now);

// The scratch memory of the calling thread.
xr::Context& context();

// Classes with Python's own metaclass, as their stubs say. pybind11's is for static properties,
// which none has.
inline py::metaclass plain_type() {
  return py::metaclass(reinterpret_cast<PyObject*>(&PyType_Type));
}

// The constructor of a class whose objects other calls make: `message` says which.
template <class Type>
auto made_elsewhere(const char* message) {
  return py::init([message](const py::args&, const py::kwargs&) -> std::unique_ptr<Type> {
    throw py::type_error(message);
  });
}

// What a function takes: the first `positional` parameters may stand without a name, the first
// `required` must be given.
struct Signature {
  const char* function;
  std::vector<const char*> parameters;
  size_t positional = 0;
  size_t required = 0;
};

// Raises the TypeError or ValueError that says why a call does not fit; pybind11's own lists all
// that the function takes, and not what is wrong.
py::object refuse_call(const Signature& signature, const py::args& args, const py::kwargs& kwargs);

// The last overload of a method: whatever the others did not take.
template <class Class>
void explain_misuse(Class& type, const char* method, Signature signature) {
  type.def(method, [signature](const py::object&, const py::args& args, const py::kwargs& kwargs) {
    return refuse_call(signature, args, kwargs);
  });
}
template <class Class>
void explain_static_misuse(Class& type, const char* method, Signature signature) {
  type.def_static(method, [signature](const py::args& args, const py::kwargs& kwargs) {
    return refuse_call(signature, args, kwargs);
  });
}

void define_reply(py::module_& module);
void define_verdict(py::module_& module);
void define_session(py::module_& module);
void define_ruleset(py::module_& module);
void define_batch(py::module_& module);

}  // namespace pyxiaoer
