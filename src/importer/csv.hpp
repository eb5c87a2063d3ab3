#pragma once
// CSV and TSV by libcsv: quoted cells, doubled quotes, line breaks in cells, LF, CRLF or CR.

#include <string>
#include <string_view>

#include "importer/table.hpp"

namespace xiaoer::importer {

// Reads `text` (UTF-8) into rows. A row whose quotes do not close swallows nothing: its first line
// becomes a row with the problem import-unclosed-quote and reading goes on with the next line. A
// quote in the middle of a cell is an ordinary character. Empty lines are no rows. False:
// import-too-large.
bool read_csv(std::string_view text, char delimiter, const std::string& file, Table* out,
              Diagnostics* diagnostics);

}  // namespace xiaoer::importer
