#pragma once
// A file of quick phrases to an overlay pack and a report: read, decode, columns, wording, merge,
// check, guess, write. Nothing is lost: every row ends in the pack or in the report.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "importer/columns.hpp"
#include "importer/encoding.hpp"
#include "importer/phrase.hpp"
#include "importer/table.hpp"
#include "ruleset.hpp"

namespace xiaoer::importer {

struct ImportOptions {
  std::string file;  // its name, for messages and comments
  Format format = Format::kAuto;
  Encoding encoding = Encoding::kAuto;
  ColumnMap map;
  std::string pack_id;                   // of the overlay
  std::string base;                      // folder of the pack that it extends
  std::vector<std::string> search_path;  // for `extends` of the base and of the overlay
  // Told after each step's every so many phrases: done, of so many. May be empty.
  std::function<void(size_t, size_t)> progress;
};

struct Import {
  Columns columns;
  std::string encoding;
  std::vector<std::string> other_sheets;
  std::vector<Phrase> phrases;         // every row but the header, in the order of the file
  std::vector<rules::PackFile> files;  // of the overlay

  size_t count(Outcome outcome) const;
};

// False: the file cannot be read, or the base pack has errors; nothing is half done.
bool import_phrases(const std::string& bytes, const ImportOptions& options, Import* out,
                    Diagnostics* diagnostics);

// The report: a header, then a row a phrase: line, outcome, code of the reason, reason, intent,
// certainty, code, group, text. Tab, line break and backslash are written \t \n \r \\, so that a
// row is a line. Begins with a byte order mark, which spreadsheets need to read it as UTF-8.
std::string report_of(const Import& import, Language language);

}  // namespace xiaoer::importer
