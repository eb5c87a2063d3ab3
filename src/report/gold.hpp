#pragma once
// Labelled messages: what each of them means, as a person says.

#include <cstdint>
#include <istream>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "report/classes.hpp"

namespace xiaoer::report {

// The label of messages that no answer is safe for without the conversation around them.
inline constexpr const char* kUnclear = "unclear";

struct GoldMessage {
  uint32_t line = 0;
  std::string id;  // as written, a number in its digits
  std::string message;
  std::vector<uint32_t> labels;              // numbers of Gold::classes; empty: unclear
  std::string previous_role, previous_text;  // the line before; may be empty
};

struct Gold {
  std::string file;
  Classes classes;
  bool all_classes = false;  // they were given, rather than those that the labels happen to name
  std::vector<GoldMessage> messages;
};

// Reads lines {"id", "message", "labels": [class, ...], "previous"?: {"role", "text"}}; other keys
// are ignored. With `known` classes (nullptr: those of the labels) every label must be one of them.
// False: every problem is in `diagnostics` with its line (json-*, gold-*, line-too-long).
bool read_gold(std::istream* in, const std::string& file, const Classes* known, Gold* out,
               Diagnostics* diagnostics);

}  // namespace xiaoer::report
