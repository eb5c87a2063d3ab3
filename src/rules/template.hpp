#pragma once
// Reply templates: text to pieces. `{{价格}}` is a variable, `{{昵称|亲}}` has a fallback, `\{`,
// `\}`, `\|` and `\\` stand for themselves. A template is parsed once, when its pack loads; buyer
// text is never parsed as one.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/phrase.hpp"

namespace xiaoer::rules {

struct TemplatePiece {
  bool is_variable = false;
  std::string text;  // literal text, or the variable's name without white space around it
  std::optional<std::string> fallback;  // variable only; may be empty: "say nothing instead"
  uint32_t column = 0;                  // 1-based character column inside the template
};

// Parses `text` (well-formed UTF-8) into pieces; adjacent literals are joined, an empty text gives
// none. False: `*error` says where and why (template-unclosed, template-stray-brace,
// template-bad-variable, template-bad-escape) and `*pieces` is empty. Thread-safe.
bool parse_template(std::string_view text, std::vector<TemplatePiece>* pieces, PhraseError* error);

}  // namespace xiaoer::rules
