#pragma once
// Writes src/text/generated/tables.cpp. Needs ICU; the engine itself does not.

#include <string>

namespace xiaoer::tools {

// The text of tables.cpp for the installed ICU, or an error message in `error` and an empty string.
std::string generate_text_tables(std::string& error);

// Unicode version of the installed ICU, as recorded in the tables.
std::string unicode_version();

}  // namespace xiaoer::tools
