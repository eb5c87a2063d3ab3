#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "capi/handles.hpp"

namespace xiaoer::capi {
namespace {

constexpr size_t kOptionEnds[] = {
    offsetof(xiaoer_ruleset_options, language),
    offsetof(xiaoer_ruleset_options, language) + sizeof(xiaoer_language),
    offsetof(xiaoer_ruleset_options, search_path_count),
    offsetof(xiaoer_ruleset_options, max_bytes),
    offsetof(xiaoer_ruleset_options, run_tests),
    offsetof(xiaoer_ruleset_options, reserved),
    sizeof(xiaoer_ruleset_options),
};

struct Options {
  CompileOptions compile;
  Language language = Language::kChinese;
};

xiaoer_status read_ruleset_options(const xiaoer_ruleset_options* given, Options* out,
                                   xiaoer_error** error) {
  if (given == nullptr) return XIAOER_OK;
  xiaoer_ruleset_options options = {};
  if (!read_options(given, kOptionEnds, sizeof(size_t), &options) || options.reserved != 0) {
    return fail(error, XIAOER_INVALID_ARGUMENT, "argument-bad-struct",
                {"options", std::to_string(given->struct_size)});
  }
  if (options.language != XIAOER_CHINESE && options.language != XIAOER_ENGLISH) {
    return fail(error, XIAOER_INVALID_ARGUMENT, "argument-out-of-range", {"options.language"});
  }
  if (options.search_path == nullptr && options.search_path_count > 0) {
    return null_argument(error, "options.search_path");
  }
  for (size_t i = 0; i < options.search_path_count; ++i) {
    if (!is_valid(options.search_path[i])) return null_argument(error, "options.search_path");
    out->compile.load.search_path.emplace_back(to_view(options.search_path[i]));
  }
  if (options.max_bytes > 0) out->compile.load.max_bytes = options.max_bytes;
  out->compile.run_tests = options.run_tests != 0;
  out->language = options.language == XIAOER_ENGLISH ? Language::kEnglish : Language::kChinese;
  return XIAOER_OK;
}

// Makes the handle; warnings of a good pack stay with it.
xiaoer_ruleset* make_handle(std::shared_ptr<const Ruleset> rules, const Diagnostics& diagnostics,
                            Language language) {
  auto handle = std::make_unique<xiaoer_ruleset>();
  handle->rules = std::move(rules);
  handle->language = language;
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    if (diagnostic.severity == Severity::kWarning) handle->warnings.add(diagnostic, language);
  }
  return handle.release();
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

xiaoer_status open_path(xiaoer_text path, const xiaoer_ruleset_options* given, xiaoer_ruleset** out,
                        xiaoer_error** error) {
  Options options;
  const xiaoer_status status = read_ruleset_options(given, &options, error);
  if (status != XIAOER_OK) return status;
  const std::string name(to_view(path));
  Diagnostics diagnostics;
  auto rules = Ruleset::from_path(name, options.compile, &diagnostics);
  if (rules == nullptr) {
    const xiaoer_status why = exists(name) ? XIAOER_BAD_PACK : XIAOER_NOT_FOUND;
    return fail(error, why, diagnostics, options.language);
  }
  *out = make_handle(std::move(rules), diagnostics, options.language);
  return XIAOER_OK;
}

xiaoer_status open_files(const xiaoer_file* files, size_t count,
                         const xiaoer_ruleset_options* given, xiaoer_ruleset** out,
                         xiaoer_error** error) {
  Options options;
  const xiaoer_status status = read_ruleset_options(given, &options, error);
  if (status != XIAOER_OK) return status;
  std::vector<rules::PackFile> copies;
  for (size_t i = 0; i < count; ++i) {
    if (!is_valid(files[i].name) || !is_valid(files[i].bytes)) return null_argument(error, "files");
    copies.push_back({std::string(to_view(files[i].name)), std::string(to_view(files[i].bytes))});
  }
  Diagnostics diagnostics;
  auto rules = Ruleset::from_files(copies, options.compile, &diagnostics);
  if (rules == nullptr) return fail(error, XIAOER_BAD_PACK, diagnostics, options.language);
  *out = make_handle(std::move(rules), diagnostics, options.language);
  return XIAOER_OK;
}

xiaoer_status open_image(xiaoer_text image, const xiaoer_ruleset_options* given,
                         xiaoer_ruleset** out, xiaoer_error** error) {
  Options options;
  const xiaoer_status status = read_ruleset_options(given, &options, error);
  if (status != XIAOER_OK) return status;
  Diagnostics diagnostics;
  auto rules =
      Ruleset::from_image(std::as_bytes(std::span(to_view(image))), options.compile, &diagnostics);
  if (rules == nullptr) return fail(error, XIAOER_BAD_PACK, diagnostics, options.language);
  *out = make_handle(std::move(rules), diagnostics, options.language);
  return XIAOER_OK;
}

}  // namespace
}  // namespace xiaoer::capi

using namespace xiaoer::capi;

extern "C" {

xiaoer_status xiaoer_ruleset_open(xiaoer_text path, const xiaoer_ruleset_options* options,
                                  xiaoer_ruleset** out, xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (out == nullptr) return null_argument(error, "out");
    *out = nullptr;
    if (!is_valid(path)) return null_argument(error, "path");
    return open_path(path, options, out, error);
  });
}

xiaoer_status xiaoer_ruleset_open_files(const xiaoer_file* files, size_t count,
                                        const xiaoer_ruleset_options* options, xiaoer_ruleset** out,
                                        xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (out == nullptr) return null_argument(error, "out");
    *out = nullptr;
    if (files == nullptr && count > 0) return null_argument(error, "files");
    return open_files(files, count, options, out, error);
  });
}

xiaoer_status xiaoer_ruleset_open_image(xiaoer_text image, const xiaoer_ruleset_options* options,
                                        xiaoer_ruleset** out, xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (out == nullptr) return null_argument(error, "out");
    *out = nullptr;
    if (!is_valid(image)) return null_argument(error, "image");
    return open_image(image, options, out, error);
  });
}

xiaoer_text xiaoer_ruleset_image(const xiaoer_ruleset* ruleset) {
  if (ruleset == nullptr) return xiaoer_text{"", 0};
  const std::span<const std::byte> image = ruleset->rules->image().bytes();
  return to_text({reinterpret_cast<const char*>(image.data()), image.size()});
}

xiaoer_ruleset* xiaoer_ruleset_retain(xiaoer_ruleset* ruleset) {
  if (ruleset != nullptr) ruleset->references.fetch_add(1, std::memory_order_relaxed);
  return ruleset;
}

void xiaoer_ruleset_free(xiaoer_ruleset* ruleset) {
  if (ruleset == nullptr) return;
  if (ruleset->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete ruleset;
}

xiaoer_text xiaoer_ruleset_id(const xiaoer_ruleset* ruleset) {
  return ruleset == nullptr ? xiaoer_text{"", 0} : to_text(ruleset->rules->id());
}

xiaoer_text xiaoer_ruleset_version(const xiaoer_ruleset* ruleset) {
  return ruleset == nullptr ? xiaoer_text{"", 0} : to_text(ruleset->rules->version());
}

size_t xiaoer_ruleset_warning_count(const xiaoer_ruleset* ruleset) {
  return ruleset == nullptr ? 0 : ruleset->warnings.entries().size();
}

xiaoer_status xiaoer_ruleset_warning(const xiaoer_ruleset* ruleset, size_t index,
                                     xiaoer_diagnostic* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (ruleset == nullptr || index >= ruleset->warnings.entries().size()) {
    return XIAOER_INVALID_ARGUMENT;
  }
  *out = ruleset->warnings.entries()[index];
  return XIAOER_OK;
}

}  // extern "C"
