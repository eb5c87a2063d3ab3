#pragma once
// Which column is what: by the names that chat tools write, or as the caller says.

#include <string>
#include <string_view>
#include <vector>

#include "importer/phrase.hpp"
#include "importer/table.hpp"

namespace xiaoer::importer {

enum class Format : uint8_t { kAuto, kQianniu, kCsv, kTsv, kChatwoot, kXlsx };

// `--map code=COL,text=COL,group=COL`: names from the first row, or numbers from 1. Empty: not
// given.
struct ColumnMap {
  std::string code, text, group;
  bool given() const { return !text.empty(); }
};

// False: not of that form, names a column twice or gives none for the text.
bool parse_map(std::string_view text, ColumnMap* out);

struct Columns {
  Format format = Format::kCsv;     // what the file turned out to be
  std::vector<std::string> unused;  // names of columns that nothing was taken from
};

// Finds the columns and makes a phrase of every row but the header. Rows that are none, have no
// text or more cells than the header become phrases that are already rejected. False:
// import-no-rows, import-no-columns, import-bad-map.
bool to_phrases(std::vector<Row> rows, Format format, const ColumnMap& map, const std::string& file,
                Columns* columns, std::vector<Phrase>* out, Diagnostics* diagnostics);

std::string_view name_of(Format format);  // "qianniu", ...

}  // namespace xiaoer::importer
