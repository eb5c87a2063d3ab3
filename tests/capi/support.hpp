#pragma once
// The demo pack and small helpers for the tests of the C interface.

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "xiaoer/xiaoer.hpp"

namespace capi_test {

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline xr::Ruleset demo() {
  static const xr::Ruleset rules = xr::Ruleset::open(XIAOER_DEMO_PACK);
  return rules;
}

// A copy that ends exactly where its block of memory does, so that ASan sees a read past the end.
class ExactBytes {
 public:
  explicit ExactBytes(std::string_view bytes)
      : size_(bytes.size()), bytes_(std::make_unique<char[]>(bytes.size())) {
    bytes.copy(bytes_.get(), size_);
  }
  xiaoer_text text() const { return {bytes_.get(), size_}; }

 private:
  size_t size_;
  std::unique_ptr<char[]> bytes_;
};

// Frees what it gets, so that tests can ask for errors in one line.
class ErrorSlot {
 public:
  ~ErrorSlot() { xiaoer_error_free(error_); }
  xiaoer_error** out() {
    xiaoer_error_free(error_);
    error_ = nullptr;
    return &error_;
  }
  const xiaoer_error* get() const { return error_; }
  std::string code(size_t index = 0) const {
    xiaoer_diagnostic one = {};
    if (xiaoer_error_get(error_, index, &one) != XIAOER_OK) return "";
    return std::string(xr::view(one.code));
  }

 private:
  xiaoer_error* error_ = nullptr;
};

inline std::string ask_json(const xr::Ruleset& rules, const std::string& request,
                            xr::Session* session = nullptr) {
  xr::Context context;
  xr::Result result;
  return std::string(xr::reply_json(rules, context, session, nullptr, request, result));
}

}  // namespace capi_test
