#pragma once
// The immutable verdict of the guard, and its records once they are asked for.

#include "common.hpp"

namespace pyxiaoer {

class Verdict {
 public:
  explicit Verdict(xr::Verdict verdict) : verdict_(std::move(verdict)) {}

  const char* outcome() const;
  py::str original() const;
  py::object text() const;  // None when it was refused
  py::str json() const;
  py::object dict() const;
  py::object part(const char* name);
  py::str repr();

 private:
  const py::object& parts();

  xr::Verdict verdict_;
  py::object parts_;
};

// Judges with the GIL released. `session` may be null.
std::unique_ptr<Verdict> make_verdict(const xr::Ruleset& ruleset, const xr::Session* session,
                                      const py::object& text, const py::object& facts,
                                      const py::object& now);

}  // namespace pyxiaoer
