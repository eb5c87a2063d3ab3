#include "capi/error.hpp"

#include <memory>
#include <new>

namespace xiaoer::capi {
namespace {

constexpr std::string_view kNoMemoryCode = "out-of-memory";
constexpr std::string_view kNoMemoryText = "out of memory";

constinit const xiaoer_diagnostic kNoMemoryEntry = {XIAOER_ERROR,
                                                    {kNoMemoryCode.data(), kNoMemoryCode.size()},
                                                    {kNoMemoryText.data(), kNoMemoryText.size()},
                                                    {"", 0},
                                                    {"", 0},
                                                    0,
                                                    0,
                                                    {"", 0},
                                                    {"", 0}};

// Handed out when no error object can be made; shared, never written, never freed.
constinit xiaoer_error no_memory_error = {
    XIAOER_OUT_OF_MEMORY, &kNoMemoryEntry, 1, {kNoMemoryText.data(), kNoMemoryText.size()}};

struct OwnedError : xiaoer_error {
  OwnedError() : xiaoer_error{XIAOER_INTERNAL, nullptr, 0, {"", 0}} {}
  DiagnosticList list;
  std::string first_line;
};

// The first line of the sentence for logs: without the remedy that follows it.
std::string log_line(const Diagnostic& diagnostic, Language language) {
  std::string line = xiaoer::to_text(diagnostic, language);
  return line.substr(0, line.find('\n'));
}

OwnedError* make_error(xiaoer_status status, const Diagnostics& diagnostics, Language language) {
  auto owned = std::make_unique<OwnedError>();
  owned->status = status;
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    owned->list.add(diagnostic, language);
    const bool failed = status != XIAOER_OK;  // then warnings are no reason
    if (owned->first_line.empty() && (!failed || diagnostic.severity == Severity::kError)) {
      owned->first_line = log_line(diagnostic, language);
    }
  }
  owned->entries = owned->list.entries().data();
  owned->count = owned->list.entries().size();
  owned->line = to_text(owned->first_line);
  return owned.release();
}

}  // namespace

void DiagnosticList::add(const Diagnostic& diagnostic, Language language) {
  xiaoer_diagnostic entry = {};
  entry.severity = diagnostic.severity == Severity::kError ? XIAOER_ERROR : XIAOER_WARNING;
  entry.code = keep(diagnostic.code);
  entry.message = keep(message_of(diagnostic, language));
  entry.remedy = keep(remedy_of(diagnostic, language));
  entry.file = keep(diagnostic.place.file);
  entry.line = diagnostic.place.line;
  entry.column = diagnostic.place.column;
  entry.pointer = keep(diagnostic.place.pointer);
  entry.rule_id = keep(diagnostic.rule_id);
  entries_.push_back(entry);
}

xiaoer_text DiagnosticList::keep(std::string text) {
  texts_.push_back(std::move(text));
  return to_text(texts_.back());
}

xiaoer_status fail(xiaoer_error** error, xiaoer_status status, const Diagnostics& diagnostics,
                   Language language) noexcept {
  if (error == nullptr) return status;
  try {
    *error = make_error(status, diagnostics, language);
    return status;
  } catch (...) {
    return out_of_memory(error);
  }
}

xiaoer_status fail(xiaoer_error** error, xiaoer_status status, const char* code,
                   std::initializer_list<std::string_view> args, Language language) noexcept {
  if (error == nullptr) return status;
  try {
    Diagnostics diagnostics;
    diagnostics.error(code, {}, std::vector<std::string>(args.begin(), args.end()));
    return fail(error, status, diagnostics, language);
  } catch (...) {
    return out_of_memory(error);
  }
}

xiaoer_status out_of_memory(xiaoer_error** error) noexcept {
  if (error != nullptr) *error = &no_memory_error;
  return XIAOER_OUT_OF_MEMORY;
}

xiaoer_error* make_notes(const Diagnostics& diagnostics, Language language) {
  return make_error(XIAOER_OK, diagnostics, language);
}

}  // namespace xiaoer::capi

using xiaoer::capi::OwnedError;

extern "C" {

xiaoer_status xiaoer_error_status(const xiaoer_error* error) {
  return error == nullptr ? XIAOER_OK : error->status;
}

size_t xiaoer_error_count(const xiaoer_error* error) { return error == nullptr ? 0 : error->count; }

xiaoer_status xiaoer_error_get(const xiaoer_error* error, size_t index, xiaoer_diagnostic* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (error == nullptr || index >= error->count) return XIAOER_INVALID_ARGUMENT;
  *out = error->entries[index];
  return XIAOER_OK;
}

xiaoer_text xiaoer_error_message(const xiaoer_error* error) {
  return error == nullptr ? xiaoer_text{"", 0} : error->line;
}

void xiaoer_error_free(xiaoer_error* error) {
  if (error == nullptr || error == &xiaoer::capi::no_memory_error) return;
  delete static_cast<OwnedError*>(error);
}

}  // extern "C"
