#pragma once
// Writes src/text/generated/pinyin.cpp and common_words.cpp. Needs ICU; the engine itself does not.

#include <cstdint>
#include <string>

namespace xiaoer::tools {

// The text of pinyin.cpp for the installed ICU, or an error message in `error` and an empty string.
std::string generate_pinyin(std::string& error);

// The same for common_words.cpp. Of every `step`-th first character only its line is written (a
// test does not wait for all of them).
std::string generate_common_words(uint32_t step, std::string& error);

}  // namespace xiaoer::tools
