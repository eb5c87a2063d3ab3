#pragma once
// The bytes of a file to UTF-8: by byte order mark, else strict UTF-8, else GB18030 (by ICU).

#include <string>
#include <string_view>

#include "base/diagnostic.hpp"

namespace xiaoer::importer {

enum class Encoding : uint8_t { kAuto, kUtf8, kGb18030, kUtf16 };

// Decodes strictly: a byte that the encoding does not know is an error, never a silent replacement
// sign. A byte order mark is believed whatever `encoding` says; UTF-16 without one is read as
// little-endian. False: import-encoding (the line where it failed) or import-binary (NUL or another
// control character that no text has). `*used` names the encoding.
bool decode(std::string_view bytes, Encoding encoding, const std::string& file, std::string* out,
            std::string* used, Diagnostics* diagnostics);

}  // namespace xiaoer::importer
