#pragma once
// Error objects: a status and final texts, so that reading one needs no catalogue and cannot fail.

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "xiaoer/xiaoer.h"

// What every error object is; the static out-of-memory object is just this.
struct xiaoer_error {
  xiaoer_status status;
  const xiaoer_diagnostic* entries;
  size_t count;
  xiaoer_text line;  // the first problem, for logs
};

namespace xiaoer::capi {

inline xiaoer_text to_text(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view to_view(xiaoer_text text) {
  return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}
inline bool is_valid(xiaoer_text text) { return text.data != nullptr || text.size == 0; }

// Diagnostics with their sentences written out. Owns the texts that its entries point to.
class DiagnosticList {
 public:
  DiagnosticList() = default;
  DiagnosticList(const DiagnosticList&) = delete;
  DiagnosticList& operator=(const DiagnosticList&) = delete;

  void add(const Diagnostic& diagnostic, Language language);
  const std::vector<xiaoer_diagnostic>& entries() const { return entries_; }

 private:
  xiaoer_text keep(std::string text);

  std::deque<std::string> texts_;  // addresses stay when it grows
  std::vector<xiaoer_diagnostic> entries_;
};

// The functions below set `*error` (which may be null) and give the status to return: `status`, or
// out of memory when there was no memory for the error object itself.
xiaoer_status fail(xiaoer_error** error, xiaoer_status status, const Diagnostics& diagnostics,
                   Language language) noexcept;
// One problem by its catalogue code. Faults of the calling program are told in English.
xiaoer_status fail(xiaoer_error** error, xiaoer_status status, const char* code,
                   std::initializer_list<std::string_view> args = {},
                   Language language = Language::kEnglish) noexcept;
xiaoer_status out_of_memory(xiaoer_error** error) noexcept;
// A list that tells of no failure, its status XIAOER_OK. Throws when memory runs out.
xiaoer_error* make_notes(const Diagnostics& diagnostics, Language language);

}  // namespace xiaoer::capi
