#include "common.hpp"

PYBIND11_MODULE(_xiaoer, module) {
  module.doc() = "Native part of the package xiaoer.";
  module.attr("__version__") = xiaoer_version();
  pyxiaoer::register_errors();
  pyxiaoer::define_reply(module);
  pyxiaoer::define_verdict(module);
  pyxiaoer::define_ruleset(module);
  pyxiaoer::define_session(module);
  pyxiaoer::define_batch(module);
}
