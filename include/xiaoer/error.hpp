// error.hpp: texts as views, and failed calls as exceptions; a part of xiaoer.hpp, which includes
// it.
#ifndef XIAOER_ERROR_HPP_
#define XIAOER_ERROR_HPP_

#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "xiaoer/xiaoer.h"

namespace xr {

inline xiaoer_text text(std::string_view view) { return {view.data(), view.size()}; }
inline std::string_view view(xiaoer_text text) { return {text.data, text.size}; }

// ---- Problems

struct Diagnostic {
  bool is_error = true;  // false: a warning
  std::string code, message, remedy, file, pointer, rule_id;
  uint32_t line = 0, column = 0;

  explicit Diagnostic(const xiaoer_diagnostic& from)
      : is_error(from.severity == XIAOER_ERROR),
        code(view(from.code)),
        message(view(from.message)),
        remedy(view(from.remedy)),
        file(view(from.file)),
        pointer(view(from.pointer)),
        rule_id(view(from.rule_id)),
        line(from.line),
        column(from.column) {}
};

// All entries of an error object, or of another list of problems; none of NULL.
inline std::vector<Diagnostic> diagnostics_of(const xiaoer_error* list) {
  std::vector<Diagnostic> out;
  for (size_t i = 0; i < xiaoer_error_count(list); ++i) {
    xiaoer_diagnostic one;
    if (xiaoer_error_get(list, i, &one) == XIAOER_OK) out.emplace_back(one);
  }
  return out;
}

// A failed call. what() is the first problem as one line; diagnostics() has all of them. Out of
// memory is std::bad_alloc instead.
class Error : public std::exception {
 public:
  // Takes the error object over.
  Error(xiaoer_status status, xiaoer_error* error) : data_(std::make_shared<Data>()) {
    const std::unique_ptr<xiaoer_error, decltype(&xiaoer_error_free)> owned(error,
                                                                            &xiaoer_error_free);
    data_->status = status;
    data_->what = view(xiaoer_error_message(error));
    if (data_->what.empty()) data_->what = xiaoer_status_name(status);
    data_->diagnostics = diagnostics_of(error);
  }
  const char* what() const noexcept override { return data_->what.c_str(); }
  xiaoer_status status() const noexcept { return data_->status; }
  const std::vector<Diagnostic>& diagnostics() const noexcept { return data_->diagnostics; }

 private:
  struct Data {
    xiaoer_status status = XIAOER_INTERNAL;
    std::string what;
    std::vector<Diagnostic> diagnostics;
  };
  std::shared_ptr<Data> data_;  // exceptions must copy without failing
};

// Throws when `status` says so. `error` is taken by reference, because in check(call(&error),
// error) it may be evaluated before the call fills it.
inline void check(xiaoer_status status, xiaoer_error* const& error) {
  if (status == XIAOER_OK) return;
  if (status == XIAOER_OUT_OF_MEMORY) {
    xiaoer_error_free(error);
    throw std::bad_alloc();
  }
  throw Error(status, error);
}

}  // namespace xr

#endif  // XIAOER_ERROR_HPP_
