#pragma once
// A conversation: its memory, and the rules that answer in it.

#include "reply.hpp"

namespace pyxiaoer {

struct Session {
  py::object ruleset;  // the Python Ruleset
  xr::Session core;
};

}  // namespace pyxiaoer
