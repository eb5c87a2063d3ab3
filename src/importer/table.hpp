#pragma once
// What the readers of quick-phrase files give: rows of cells in UTF-8, each with the line at which
// it begins. Only the program links this folder; the engine knows nothing of files.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"

namespace xiaoer::importer {

// Over these a file is refused with import-too-large: a shop's phrases are far fewer.
inline constexpr size_t kMaxFileBytes = 64u << 20;
inline constexpr size_t kMaxRows = 50'000;
// What lies beyond so many columns is kept in the last of them: a sheet cannot buy memory with
// empty cells.
inline constexpr size_t kMaxColumns = 64;

struct Row {
  uint32_t line = 0;  // of the file, from 1; for xlsx the row of the sheet
  std::vector<std::string> cells;
  std::string problem;  // a code of the catalogue: the row cannot be read as a row; cells[0] is raw
};

struct Table {
  std::vector<Row> rows;
  std::vector<std::string> other_sheets;  // xlsx: sheets that were not read
};

}  // namespace xiaoer::importer
