#include "report/page_parts.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "report/curves.hpp"
#include "report/html.hpp"

namespace xiaoer::report {
namespace {

constexpr size_t kMaxPairs = 15;

std::string class_name(const Gold& gold, uint32_t number) {
  return number == Classes::kNone ? "–" : escaped(gold.classes.name(number));
}

void card(const std::string& value, const std::string& what, std::string* out) {
  *out += "<div class=\"card\"><b>" + value + "</b><span>" + what + "</span></div>\n";
}

// The most frequent ways to be wrong, which a large matrix hides.
void append_pairs(const Gold& gold, std::vector<Confusion> cells, Words words, std::string* out) {
  cells.erase(std::remove_if(cells.begin(), cells.end(),
                             [](const Confusion& each) { return each.actual == each.predicted; }),
              cells.end());
  std::stable_sort(cells.begin(), cells.end(),
                   [](const Confusion& a, const Confusion& b) { return a.messages > b.messages; });
  if (cells.size() > kMaxPairs) cells.resize(kMaxPairs);
  *out += "<table><thead><tr><th>" + words("应为", "should be") + "</th><th>" +
          words("答成", "became") + "</th><th>" + words("条数", "messages") +
          "</th></tr></thead><tbody>\n";
  for (const Confusion& cell : cells) {
    *out += "<tr><td>" + class_name(gold, cell.actual) + "</td><td>" +
            class_name(gold, cell.predicted) + "</td><td>" + std::to_string(cell.messages) +
            "</td></tr>\n";
  }
  *out += "</tbody></table>\n";
}

using Cells = std::map<std::pair<uint32_t, uint32_t>, uint32_t>;

// One cell: as strong in colour as its share of the row.
void append_cell(const Gold& gold, const ClassFigures& row, uint32_t column, const Cells& cells,
                 std::string* out) {
  const auto cell = cells.find({row.class_number, column});
  if (cell == cells.end()) {
    *out += "<td></td>";
    return;
  }
  const double share = static_cast<double>(cell->second) / row.messages;
  const bool right = row.class_number == column;
  *out += "<td style=\"background:rgba(var(--" + std::string(right ? "tint" : "wrong") + ")," +
          fixed(0.15 + 0.5 * share, 2) + ")\" title=\"" + class_name(gold, row.class_number) +
          " → " + class_name(gold, column) + "\">" + std::to_string(cell->second) + "</td>";
}

void append_matrix(const Evaluation& evaluation, const std::vector<Confusion>& list, Words words,
                   std::string* out) {
  const Gold& gold = *evaluation.gold;
  std::vector<uint32_t> columns;
  std::set<uint32_t> predicted;
  Cells cells;
  for (const Confusion& each : list) {
    cells[{each.actual, each.predicted}] = each.messages;
    predicted.insert(each.predicted);
  }
  for (const ClassFigures& row : evaluation.figures.by_class) {
    columns.push_back(row.class_number);
    predicted.erase(row.class_number);
  }
  columns.insert(columns.end(), predicted.begin(), predicted.end());
  *out += "<div class=\"wide\"><table class=\"matrix\"><thead><tr><th>" +
          words("应为 \\ 答成", "should be \\ became") + "</th>";
  for (const uint32_t column : columns) *out += "<th>" + class_name(gold, column) + "</th>";
  *out += "</tr></thead><tbody>\n";
  for (const ClassFigures& row : evaluation.figures.by_class) {
    *out += "<tr><th>" + class_name(gold, row.class_number) + "</th>";
    for (const uint32_t column : columns) append_cell(gold, row, column, cells, out);
    *out += "</tr>\n";
  }
  *out += "</tbody></table></div>\n";
}

}  // namespace

void append_cards(const Figures& figures, Words words, std::string* out) {
  *out += "<div class=\"cards\">\n";
  card(std::to_string(figures.clear), words("明确的消息", "clear messages"), out);
  card(std::to_string(figures.unclear), words("不明确的消息", "unclear messages"), out);
  card(fixed(figures.top1, 4), words("第一意图对 top1", "top1: first class right"), out);
  card(fixed(figures.top3, 4), words("前三有对 top3", "top3: one of three right"), out);
  card(fixed(figures.label_recall3, 4), words("标签召回 @3", "label recall @3"), out);
  card(fixed(figures.macro_f1, 4), words("宏平均 F1", "macro F1"), out);
  for (size_t i = 0; i < kPrecisions.size(); ++i) {
    card(fixed(figures.coverage[i], 4),
         words("覆盖率 @ 准确 ", "coverage @ precision ") + fixed(kPrecisions[i], 2), out);
  }
  card(fixed(figures.calibration_error, 4), words("校准误差 ECE", "calibration error ECE"), out);
  card(fixed(figures.auto_coverage, 4), words("自动发送占比", "decided auto"), out);
  card(fixed(figures.auto_precision, 4), words("自动发送答对", "of these right"), out);
  card(std::to_string(figures.auto_on_unclear),
       words("不明确却自动发送", "auto on unclear messages"), out);
  *out += "</div>\n";
}

void append_variants(const std::vector<Variant>& variants, Words words, std::string* out) {
  if (variants.empty()) return;
  *out += "<h2>" + words("逐项对比", "Side by side") + "</h2>\n<div class=\"wide\"><table><thead>" +
          "<tr><th></th><th>top1</th><th>top3</th><th>macro F1</th><th>coverage@0.90</th>" +
          "<th>coverage@0.95</th><th>coverage@0.97</th><th>ECE</th></tr></thead><tbody>\n";
  for (const Variant& variant : variants) {
    const Figures& f = variant.figures;
    *out += "<tr><td>" + escaped(variant.name) + "</td>";
    for (const double value : {f.top1, f.top3, f.macro_f1, f.coverage[0], f.coverage[1],
                               f.coverage[2], f.calibration_error}) {
      *out += "<td>" + fixed(value, 4) + "</td>";
    }
    *out += "</tr>\n";
  }
  *out += "</tbody></table></div>\n";
}

void append_classes(const Evaluation& evaluation, Words words, std::string* out) {
  *out += "<h2>" + words("各类的 F1", "F1 by class") +
          "</h2>\n<div class=\"wide\"><table><thead><tr><th>" + words("类", "class") + "</th><th>" +
          words("条数", "messages") + "</th><th>" + words("召回", "recall") + "</th><th>" +
          words("准确", "precision") + "</th><th>F1</th><th></th></tr></thead><tbody>\n";
  for (const ClassFigures& row : evaluation.figures.by_class) {
    *out += "<tr><td>" + class_name(*evaluation.gold, row.class_number) + "</td><td>" +
            std::to_string(row.messages) + "</td><td>" + fixed(row.recall(), 2) + "</td><td>" +
            fixed(row.precision(), 2) + "</td><td>" + fixed(row.f1(), 2) +
            "</td><td style=\"text-align:left\"><span class=\"bar\" style=\"width:" +
            fixed(row.f1() * 220, 0) + "px\"></span></td></tr>\n";
  }
  *out += "</tbody></table></div>\n";
}

void append_confusion(const Evaluation& evaluation, Words words, std::string* out) {
  const std::vector<Confusion> cells = confusion_of(*evaluation.gold, evaluation.answers);
  *out += "<h2>" + words("最常混淆的", "Most frequent confusions") + "</h2>\n";
  append_pairs(*evaluation.gold, cells, words, out);
  *out += "<h2>" + words("混淆矩阵", "Confusion matrix") + "</h2>\n";
  append_matrix(evaluation, cells, words, out);
}

}  // namespace xiaoer::report
