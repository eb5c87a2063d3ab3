#include "importer/columns.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <span>

#include "text/normaliser.hpp"

namespace xiaoer::importer {
namespace {

constexpr size_t kNone = SIZE_MAX;

// How chat tools and shops name the columns, normalised.
constexpr std::string_view kTextNames[] = {
    "快捷短语", "快捷短语内容", "快捷语",   "快捷回复", "短语", "短语内容", "话术",  "话术内容",
    "回复",     "内容",         "回复内容", "content",  "text", "message",  "reply", "response"};
constexpr std::string_view kCodeNames[] = {"快捷短语编码", "短语编码", "快捷编码", "编码",
                                           "快捷键",       "标题",     "关键词",   "short_code",
                                           "shortcut",     "code",     "title",    "name"};
constexpr std::string_view kGroupNames[] = {"快捷短语分组", "短语分组", "分组", "分组名称",
                                            "分类",         "类别",     "目录", "group",
                                            "category",     "folder"};

// What is known of the columns before any is chosen.
struct Head {
  std::vector<std::string> names;  // the cells of the first row, normalised
  std::string shown;               // that row, for messages
  size_t width = 0;                // columns of the widest row
  Place place;
};

struct Layout {
  size_t code = kNone, text = kNone, group = kNone;
  size_t width = kNone;  // columns of the header; kNone: there is none
};

bool is_blank(std::string_view cell) {
  return cell.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

size_t find_name(const std::vector<std::string>& header, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    for (size_t i = 0; i < header.size(); ++i) {
      if (header[i] == name) return i;
    }
  }
  return kNone;
}

std::vector<std::string> normalised(const std::vector<std::string>& cells) {
  std::vector<std::string> out;
  out.reserve(cells.size());
  for (const std::string& cell : cells) {
    out.push_back(cell.size() > 200 ? std::string() : text::normalise_to_utf8(cell));
  }
  return out;
}

Layout known_layout(const std::vector<std::string>& header) {
  Layout layout;
  layout.text = find_name(header, kTextNames);
  layout.code = find_name(header, kCodeNames);
  layout.group = find_name(header, kGroupNames);
  layout.width = header.size();
  return layout;
}

bool has_qianniu_header(const std::vector<std::string>& header) {
  return header.size() >= 3 && header[0] == "快捷短语编码" && header[1] == "快捷短语" &&
         header[2] == "快捷短语分组";
}
bool has_chatwoot_header(const std::vector<std::string>& header) {
  constexpr std::string_view kCode[] = {"short_code"}, kText[] = {"content"};
  return find_name(header, kCode) != kNone && find_name(header, kText) != kNone;
}

// A column by its number (from 1) or its name. False: there is no such column.
bool find_mapped(const std::string& wanted, const Head& head, bool by_number, size_t* column) {
  if (wanted.empty()) return true;
  if (by_number) {
    *column = std::stoul(wanted) - 1;
    return *column < head.width;
  }
  const std::string name = text::normalise_to_utf8(wanted);
  const auto found = std::find(head.names.begin(), head.names.end(), name);
  *column = static_cast<size_t>(found - head.names.begin());
  return found != head.names.end();
}

bool is_number(std::string_view text) {
  size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= 1 &&
         number <= kMaxColumns;
}

std::string joined(const std::vector<std::string>& cells, std::string_view between) {
  std::string out;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) out += between;
    out += cell;
  }
  return out;
}

bool mapped_layout(const ColumnMap& map, const Head& head, Layout* layout,
                   Diagnostics* diagnostics) {
  const auto numeric = [](const std::string& name) { return name.empty() || is_number(name); };
  const bool by_number = numeric(map.code) && numeric(map.text) && numeric(map.group);
  if (!by_number) layout->width = head.names.size();
  const std::pair<const std::string*, size_t*> wishes[] = {
      {&map.code, &layout->code}, {&map.text, &layout->text}, {&map.group, &layout->group}};
  for (const auto& [name, column] : wishes) {
    if (find_mapped(*name, head, by_number, column)) continue;
    const size_t columns = by_number ? head.width : head.names.size();
    diagnostics->error("import-bad-map", head.place, {*name, head.shown, std::to_string(columns)});
    return false;
  }
  return true;
}

std::string cell_of(const Row& row, size_t column) {
  return column < row.cells.size() ? row.cells[column] : std::string();
}

Phrase to_phrase(Row row, const Layout& layout) {
  Phrase phrase;
  phrase.line = row.line;
  const auto extra = [&] {
    const size_t width = std::min(layout.width, row.cells.size());
    return std::any_of(row.cells.begin() + static_cast<ptrdiff_t>(width), row.cells.end(),
                       [](const std::string& cell) { return !is_blank(cell); });
  };
  if (!row.problem.empty() || extra()) {
    phrase.text = joined(row.cells, " | ");
    phrase.reject(row.problem.empty() ? "import-ragged-row" : row.problem,
                  {std::to_string(row.cells.size()), std::to_string(layout.width)});
    return phrase;
  }
  phrase.code = cell_of(row, layout.code);
  phrase.group = cell_of(row, layout.group);
  phrase.text = cell_of(row, layout.text);
  if (is_blank(phrase.text)) {
    // Without a mapped text the other cells are all there is to report.
    phrase.text = joined(row.cells, " | ");
    phrase.reject("import-no-text");
  }
  return phrase;
}

bool find_layout(const Head& head, Format format, const ColumnMap& map, Columns* columns,
                 Layout* layout, Diagnostics* diagnostics) {
  columns->format = format == Format::kAuto ? Format::kCsv : format;
  if (map.given()) return mapped_layout(map, head, layout, diagnostics);
  const std::vector<std::string>& header = head.names;
  const bool maybe_qianniu = format == Format::kAuto || format == Format::kQianniu;
  if (maybe_qianniu && has_qianniu_header(header)) columns->format = Format::kQianniu;
  if (format == Format::kAuto && has_chatwoot_header(header)) columns->format = Format::kChatwoot;
  *layout = known_layout(header);
  const bool right = format == Format::kQianniu    ? has_qianniu_header(header)
                     : format == Format::kChatwoot ? has_chatwoot_header(header)
                                                   : layout->text != kNone;
  if (!right) diagnostics->error("import-no-columns", head.place, {head.shown});
  return right;
}

Head head_of(const std::vector<Row>& rows, const Row& first, const std::string& file) {
  Head head;
  head.names = normalised(first.cells);
  head.shown = joined(first.cells, ", ");
  if (head.shown.size() > 300) head.shown = std::to_string(first.cells.size()) + " × …";
  for (const Row& row : rows) head.width = std::max(head.width, row.cells.size());
  head.place = {file, first.line, 0, ""};
  return head;
}

}  // namespace

bool parse_map(std::string_view text, ColumnMap* out) {
  *out = {};
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const size_t equals = part.find('=');
    if (equals == std::string_view::npos || equals + 1 == part.size()) return false;
    const std::string_view key = part.substr(0, equals);
    std::string* place = key == "code"    ? &out->code
                         : key == "text"  ? &out->text
                         : key == "group" ? &out->group
                                          : nullptr;
    if (place == nullptr || !place->empty()) return false;
    *place = part.substr(equals + 1);
  }
  return out->given();
}

bool to_phrases(std::vector<Row> rows, Format format, const ColumnMap& map, const std::string& file,
                Columns* columns, std::vector<Phrase>* out, Diagnostics* diagnostics) {
  const auto first =
      std::find_if(rows.begin(), rows.end(), [](const Row& row) { return row.problem.empty(); });
  if (rows.empty()) {
    diagnostics->error("import-no-rows", {file, 0, 0, ""});
    return false;
  }
  const Row& head = first == rows.end() ? rows.front() : *first;
  Layout layout;
  if (!find_layout(head_of(rows, head, file), format, map, columns, &layout, diagnostics)) {
    return false;
  }
  const uint32_t header_line = layout.width == kNone ? 0 : head.line;
  for (size_t i = 0; header_line != 0 && i < head.cells.size(); ++i) {
    const bool used = i == layout.code || i == layout.text || i == layout.group;
    if (!used && !is_blank(head.cells[i])) columns->unused.push_back(head.cells[i]);
  }
  for (Row& row : rows) {
    if (row.line != header_line) out->push_back(to_phrase(std::move(row), layout));
  }
  if (!out->empty()) return true;
  diagnostics->error("import-no-rows", {file, 0, 0, ""});
  return false;
}

std::string_view name_of(Format format) {
  constexpr std::string_view kNames[] = {"auto", "qianniu", "csv", "tsv", "chatwoot", "xlsx"};
  return kNames[static_cast<size_t>(format)];
}

}  // namespace xiaoer::importer
