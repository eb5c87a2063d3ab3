#include "importer/xlsx.hpp"

#include <zip.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>
#include <pugixml.hpp>

namespace xiaoer::importer {
namespace {

enum class Part : uint8_t { kRead, kMissing, kTooLarge, kDamaged };

// A workbook is a zip archive of XML parts.
class Archive {
 public:
  explicit Archive(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source != nullptr) {
      zip_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
      if (zip_ == nullptr) zip_source_free(source);
    }
    zip_error_fini(&error);
  }
  bool is_open() const { return zip_ != nullptr; }

  // Unpacks a part; never more than kMaxPartBytes, whatever the archive says of its size.
  Part read(const std::string& name, std::string* out) const {
    out->clear();
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
        zip_fopen(zip_.get(), name.c_str(), 0), &zip_fclose);
    if (file == nullptr) return Part::kMissing;
    char chunk[16384];
    zip_int64_t count = 0;
    while ((count = zip_fread(file.get(), chunk, sizeof chunk)) > 0) {
      out->append(chunk, static_cast<size_t>(count));
      if (out->size() > kMaxPartBytes) return Part::kTooLarge;
    }
    return count == 0 ? Part::kRead : Part::kDamaged;
  }

 private:
  struct Discard {
    void operator()(zip_t* zip) const { zip_discard(zip); }
  };
  std::unique_ptr<zip_t, Discard> zip_;
};

// Writers choose their own namespace prefixes: <x:row> is <row>.
std::string_view local_name(const pugi::xml_node& node) {
  std::string_view name = node.name();
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& each : node.attributes()) {
    std::string_view own = each.name();
    const size_t colon = own.find(':');
    if (colon != std::string_view::npos) own.remove_prefix(colon + 1);
    if (own == name) return each.value();
  }
  return {};
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& each : node.children()) {
    if (local_name(each) == name) return each;
  }
  return {};
}

// The text of <si> or <is>: plain <t>, or runs <r><t>; <rPh> is how it is pronounced.
std::string rich_text(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& each : node.children()) {
    if (local_name(each) == "t") text += each.child_value();
    if (local_name(each) == "r") text += child(each, "t").child_value();
  }
  return text;
}

// "BC12" to 54: the column, from 0. SIZE_MAX: no reference.
size_t column_of(std::string_view reference) {
  size_t column = 0, letters = 0;
  for (; letters < reference.size() && letters < 4; ++letters) {
    const char c = reference[letters];
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<size_t>(c - 'A' + 1);
  }
  return letters == 0 ? SIZE_MAX : column - 1;
}

struct Sheet {
  std::string name, part;
};

class Workbook {
 public:
  Workbook(std::string_view bytes, const std::string& file, Diagnostics* diagnostics)
      : archive_(bytes), file_(file), diagnostics_(diagnostics) {}

  bool read(Table* out) {
    if (!archive_.is_open()) return bad("zip");
    if (!find_sheets() || !read_shared()) return false;
    for (const Sheet& sheet : sheets_) {
      std::vector<Row> rows;
      if (!read_sheet(sheet.part, &rows)) return false;
      if (rows.empty()) continue;
      if (out->rows.empty()) {
        out->rows = std::move(rows);
      } else {
        out->other_sheets.push_back(sheet.name);
      }
    }
    return true;
  }

 private:
  bool bad(const std::string& part) {
    diagnostics_->error("import-bad-xlsx", {file_, 0, 0, ""}, {part});
    return false;
  }
  bool too_large() {
    diagnostics_->error("import-too-large", {file_, 0, 0, ""},
                        {std::to_string(kMaxRows), std::to_string(kMaxPartBytes >> 20)});
    return false;
  }

  bool load(const std::string& part, bool required, pugi::xml_document* document) {
    std::string bytes;
    switch (archive_.read(part, &bytes)) {
      case Part::kMissing:
        return required ? bad(part) : true;
      case Part::kTooLarge:
        return too_large();
      case Part::kDamaged:
        return bad(part);
      case Part::kRead:
        break;
    }
    // Cells of white space alone count; entities of a document type are never expanded.
    const unsigned int options =
        (pugi::parse_default | pugi::parse_ws_pcdata_single) & ~pugi::parse_eol;
    return document->load_buffer(bytes.data(), bytes.size(), options) || bad(part);
  }

  bool find_sheets() {
    pugi::xml_document book, relations;
    if (!load("xl/workbook.xml", true, &book)) return false;
    if (!load("xl/_rels/workbook.xml.rels", true, &relations)) return false;
    for (const pugi::xml_node& sheet : child(child(book, "workbook"), "sheets").children()) {
      const std::string_view id = attribute(sheet, "id");
      for (const pugi::xml_node& each : child(relations, "Relationships").children()) {
        if (id.empty() || attribute(each, "Id") != id) continue;
        std::string target(attribute(each, "Target"));
        if (target.starts_with('/')) {
          target.erase(0, 1);
        } else {
          target.insert(0, "xl/");
        }
        sheets_.push_back({std::string(attribute(sheet, "name")), std::move(target)});
      }
    }
    return !sheets_.empty() || bad("xl/workbook.xml");
  }

  bool read_shared() {
    pugi::xml_document document;
    if (!load("xl/sharedStrings.xml", false, &document)) return false;
    for (const pugi::xml_node& item : child(document, "sst").children()) {
      if (local_name(item) == "si") shared_.push_back(rich_text(item));
    }
    return true;
  }

  std::string cell_text(const pugi::xml_node& cell) const {
    const std::string_view type = attribute(cell, "t");
    if (type == "inlineStr") return rich_text(child(cell, "is"));
    const std::string_view value = child(cell, "v").child_value();
    // A formula that nobody has worked out yet: its own text, rather than nothing.
    const std::string_view formula = child(cell, "f").child_value();
    if (value.empty() && !formula.empty()) return "=" + std::string(formula);
    if (type != "s") return std::string(value);
    size_t index = SIZE_MAX;
    std::from_chars(value.data(), value.data() + value.size(), index);
    return index < shared_.size() ? shared_[index] : std::string();
  }

  bool read_row(const pugi::xml_node& node, Row* row) {
    bool has_text = false;
    for (const pugi::xml_node& cell : node.children()) {
      if (local_name(cell) != "c") continue;
      std::string text = cell_text(cell);
      if (text.empty()) continue;
      has_text = true;
      cell_bytes_ += text.size();
      if (cell_bytes_ > kMaxCellBytes) return too_large();
      size_t column = column_of(attribute(cell, "r"));
      if (column == SIZE_MAX) column = row->cells.size();
      column = std::min(column, kMaxColumns - 1);
      if (column >= row->cells.size()) row->cells.resize(column + 1);
      std::string& place = row->cells[column];
      if (!place.empty()) place.push_back('\t');  // two cells in one column: keep both
      place += text;
    }
    if (!has_text) row->cells.clear();
    return true;
  }

  bool read_sheet(const std::string& part, std::vector<Row>* rows) {
    pugi::xml_document document;
    if (!load(part, true, &document)) return false;
    uint32_t number = 0;
    for (const pugi::xml_node& node : child(child(document, "worksheet"), "sheetData").children()) {
      if (local_name(node) != "row") continue;
      const std::string_view given = attribute(node, "r");
      if (std::from_chars(given.data(), given.data() + given.size(), number).ec != std::errc()) {
        ++number;
      }
      Row row;
      row.line = number;
      if (!read_row(node, &row)) return false;
      if (row.cells.empty()) continue;
      if (rows->size() == kMaxRows) return too_large();
      rows->push_back(std::move(row));
    }
    return true;
  }

  Archive archive_;
  const std::string& file_;
  Diagnostics* diagnostics_;
  std::vector<Sheet> sheets_;
  std::vector<std::string> shared_;
  size_t cell_bytes_ = 0;
};

}  // namespace

bool looks_like_xlsx(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

bool read_xlsx(std::string_view bytes, const std::string& file, Table* out,
               Diagnostics* diagnostics) {
  return Workbook(bytes, file, diagnostics).read(out);
}

}  // namespace xiaoer::importer
