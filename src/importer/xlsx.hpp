#pragma once
// The first sheet of an xlsx workbook, by libzip and pugixml; nothing is unpacked to disk.

#include <string>
#include <string_view>

#include "importer/table.hpp"

namespace xiaoer::importer {

// Of one part of a workbook when unpacked; a larger one is refused while it is being unpacked.
inline constexpr size_t kMaxPartBytes = 32u << 20;
// Text of all cells: many cells may name the same shared string.
inline constexpr size_t kMaxCellBytes = 64u << 20;

// Reads the first sheet that has rows; the names of the others with rows go to other_sheets. False:
// import-bad-xlsx or import-too-large.
bool read_xlsx(std::string_view bytes, const std::string& file, Table* out,
               Diagnostics* diagnostics);

// Whether the bytes are a zip archive, as every xlsx file is.
bool looks_like_xlsx(std::string_view bytes);

}  // namespace xiaoer::importer
