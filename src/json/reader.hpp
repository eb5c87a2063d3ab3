#pragma once
// The one JSON reader: nlohmann/json's SAX parser with our positions, limits and duplicate-key
// check.

#include <cstdint>
#include <string_view>

#include "base/diagnostic.hpp"
#include "json/value.hpp"

namespace xiaoer::json {

struct ReadOptions {
  bool allow_comments = false;  // // and /* */
  uint32_t max_depth = 32;
  size_t max_bytes = 16u << 20;
  size_t max_values = 2'000'000;
};

// Parses `text` (UTF-8, a leading BOM is skipped) as one document called `file`. False when the
// text is not JSON or breaks a limit; diagnostics (json-syntax and its usual slips,
// json-unfinished, json-duplicate-key, json-too-deep, json-too-large, json-invalid-utf8,
// json-number-out-of-range) say what and where; duplicate keys are all reported and the first one
// kept. A NUL or anything else after the document is json-syntax.
bool read(std::string_view text, std::string_view file, const ReadOptions& options, Value* out,
          Diagnostics* diagnostics);

}  // namespace xiaoer::json
