#include "importer/csv.hpp"

#include <csv.h>

#include <algorithm>

namespace xiaoer::importer {
namespace {

// A cell that is still open after so much text was never meant to be one.
constexpr size_t kMaxOpenBytes = 256u << 10;
// Text read in vain, because of quotes that did not close, before cells with line breaks are given
// up: keeps a hostile file linear.
constexpr size_t kMaxWaste = 64u << 20;

// Lines with their endings: LF, CRLF or CR.
std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    size_t end = text.find_first_of("\r\n");
    if (end == std::string_view::npos) {
      end = text.size();
    } else {
      end += text.substr(end).starts_with("\r\n") ? 2 : 1;
    }
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// A cell that a quote opens and none closes, when quotes are read as ordinary characters.
bool opens_only(const std::string& cell) {
  return cell.starts_with('"') && std::count(cell.begin(), cell.end(), '"') % 2 == 1;
}

enum class Quotes : uint8_t {
  kStrict,   // by the book
  kLiteral,  // ordinary characters
};
// No text holds this: encoding.cpp refuses it.
constexpr unsigned char kNoQuote = 1;

// libcsv over one row.
class RowParser {
 public:
  // `size`: of the row's first line. libcsv grows its buffer by blocks of one size; by its own 128
  // bytes a long line would be copied over and over.
  RowParser(char delimiter, Quotes quotes, size_t size, std::vector<std::string>* cells)
      : cells_(cells) {
    ready_ = csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) == 0;
    if (ready_) csv_set_blk_size(&parser_, std::max<size_t>(size + 1, 4096));
    if (ready_) csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
    if (ready_ && quotes == Quotes::kLiteral) csv_set_quote(&parser_, kNoQuote);
    cells_->clear();
  }
  ~RowParser() {
    if (ready_) csv_free(&parser_);
  }
  RowParser(const RowParser&) = delete;
  RowParser& operator=(const RowParser&) = delete;

  bool feed(std::string_view line) {
    return ready_ &&
           csv_parse(&parser_, line.data(), line.size(), on_cell, on_row, this) == line.size();
  }
  bool finish() { return ready_ && csv_fini(&parser_, on_cell, on_row, this) == 0; }
  bool complete() const { return complete_; }

 private:
  static void on_cell(void* bytes, size_t size, void* self) {
    std::vector<std::string>& cells = *static_cast<RowParser*>(self)->cells_;
    if (cells.size() < kMaxColumns) cells.emplace_back();
    std::string& cell = cells.back();
    if (!cell.empty()) cell.push_back('\t');  // only in the last column
    if (size > 0) cell.append(static_cast<const char*>(bytes), size);
  }
  static void on_row(int, void* self) { static_cast<RowParser*>(self)->complete_ = true; }

  csv_parser parser_ = {};
  std::vector<std::string>* cells_;
  bool ready_ = false;
  bool complete_ = false;
};

class Reader {
 public:
  Reader(std::string_view text, char delimiter)
      : lines_(split_lines(text)), delimiter_(delimiter) {}

  // The next row, or false at the end.
  bool next(Row* row) {
    while (at_ < lines_.size() && is_blank(lines_[at_])) ++at_;
    if (at_ == lines_.size()) return false;
    row->line = static_cast<uint32_t>(at_ + 1);
    row->problem.clear();
    size_t count = read_row(at_, Quotes::kStrict, waste_ < kMaxWaste ? kMaxOpenBytes : 0, row);
    // Not by the book: quotes inside a cell, as people type them.
    if (count == 0) {
      count = read_row(at_, Quotes::kLiteral, 0, row);
      if (std::any_of(row->cells.begin(), row->cells.end(), opens_only)) count = 0;
    }
    if (count == 0) {
      count = 1;
      std::string_view line = lines_[at_];
      while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
      row->cells = {std::string(line)};
      row->problem = "import-unclosed-quote";
    }
    at_ += count;
    return true;
  }

 private:
  // Lines that the row beginning at `first` takes; more than one only while it has at most
  // `open_bytes` bytes. 0: it is no row.
  size_t read_row(size_t first, Quotes quotes, size_t open_bytes, Row* row) {
    RowParser parser(delimiter_, quotes, lines_[first].size(), &row->cells);
    size_t bytes = 0;
    for (size_t at = first; at < lines_.size(); ++at) {
      if (at > first && bytes + lines_[at].size() > open_bytes) break;
      bytes += lines_[at].size();
      if (!parser.feed(lines_[at])) break;
      if (parser.complete()) return at + 1 - first;
      if (at + 1 == lines_.size() && parser.finish() && parser.complete()) return at + 1 - first;
    }
    waste_ += bytes;
    return 0;
  }

  std::vector<std::string_view> lines_;
  char delimiter_;
  size_t at_ = 0;
  size_t waste_ = 0;
};

}  // namespace

bool read_csv(std::string_view text, char delimiter, const std::string& file, Table* out,
              Diagnostics* diagnostics) {
  Reader reader(text, delimiter);
  Row row;
  while (reader.next(&row)) {
    if (out->rows.size() == kMaxRows) {
      diagnostics->error("import-too-large", {file, row.line, 0, ""},
                         {std::to_string(kMaxRows), std::to_string(kMaxFileBytes >> 20)});
      return false;
    }
    out->rows.push_back(std::move(row));
    row = {};
  }
  return true;
}

}  // namespace xiaoer::importer
