#include "report/gold.hpp"

#include <algorithm>
#include <unordered_map>

#include "json/reader.hpp"
#include "report/lines.hpp"

namespace xiaoer::report {
namespace {

class GoldReader {
 public:
  GoldReader(bool open_classes, Gold* out, Diagnostics* diagnostics)
      : open_classes_(open_classes), gold_(*out), diagnostics_(*diagnostics) {}

  void read_line(const std::string& line, uint32_t number) {
    line_ = number;
    json::Value root;
    if (!parse(line, &root)) return;
    GoldMessage message;
    message.line = number;
    const bool complete = read_id(root, &message) &&
                          read_text(root, "message", true, &message.message) &&
                          read_labels(root, &message) && read_previous(root, &message);
    if (complete) gold_.messages.push_back(std::move(message));
  }

  void problem(const char* code, std::vector<std::string> args, uint32_t column = 0) {
    diagnostics_.error(code, {gold_.file, line_, column, ""}, std::move(args));
  }

 private:
  // The reader counts lines of its own text; here every line is a document.
  bool parse(const std::string& line, json::Value* root) {
    Diagnostics found;
    if (!json::read(line, gold_.file, {}, root, &found)) {
      const Diagnostic& first = found.list().front();
      problem(first.code.c_str(), first.args, first.place.column);
      return false;
    }
    if (root->is(json::Type::kObject)) return true;
    problem("request-not-object", {std::string(json::type_name_zh(root->type)),
                                   std::string(json::type_name_en(root->type))});
    return false;
  }

  bool wrong(const char* key) {
    problem("gold-line", {key});
    return false;
  }

  static const json::Value* find(const json::Value& object, const char* key) {
    const json::Value* value = object.find(key);
    return value == nullptr || value->is(json::Type::kNull) ? nullptr : value;
  }

  bool read_text(const json::Value& object, const char* key, bool required, std::string* out) {
    const json::Value* value = find(object, key);
    if (value == nullptr) return !required || wrong(key);
    if (!value->is(json::Type::kString)) return wrong(key);
    *out = value->text;
    return true;
  }

  bool read_id(const json::Value& root, GoldMessage* message) {
    const json::Value* id = find(root, "id");
    if (id == nullptr || !(id->is(json::Type::kString) || id->is(json::Type::kNumber))) {
      return wrong("id");
    }
    message->id = id->text;
    const auto [place, fresh] = lines_.try_emplace(id->text, line_);
    if (!fresh) problem("gold-repeated-id", {id->text, std::to_string(place->second)});
    return fresh;
  }

  bool read_labels(const json::Value& root, GoldMessage* message) {
    const json::Value* labels = find(root, "labels");
    const bool is_list = labels != nullptr && labels->is(json::Type::kArray);
    if (!is_list || labels->items.empty()) return wrong("labels");
    for (const json::Value& label : labels->items) {
      if (!label.is(json::Type::kString)) return wrong("labels");
      if (label.text == kUnclear) continue;
      const uint32_t number =
          open_classes_ ? gold_.classes.add(label.text) : gold_.classes.find(label.text);
      if (number == Classes::kNone) {
        problem("gold-unknown-label", {label.text});
        return false;
      }
      auto& known = message->labels;
      if (std::find(known.begin(), known.end(), number) != known.end()) return wrong("labels");
      known.push_back(number);
    }
    return true;
  }

  bool read_previous(const json::Value& root, GoldMessage* message) {
    const json::Value* previous = find(root, "previous");
    if (previous == nullptr) return true;
    if (!previous->is(json::Type::kObject)) return wrong("previous");
    return read_text(*previous, "role", false, &message->previous_role) &&
           read_text(*previous, "text", false, &message->previous_text);
  }

  bool open_classes_;
  Gold& gold_;
  Diagnostics& diagnostics_;
  uint32_t line_ = 0;
  std::unordered_map<std::string, uint32_t> lines_;  // by id
};

}  // namespace

bool read_gold(std::istream* in, const std::string& file, const Classes* known, Gold* out,
               Diagnostics* diagnostics) {
  const size_t errors = diagnostics->error_count();
  out->file = file;
  out->all_classes = known != nullptr;
  if (known != nullptr) out->classes = *known;
  GoldReader reader(known == nullptr, out, diagnostics);
  LineReader lines(in);
  std::string line;
  while (lines.next(&line)) {
    if (lines.too_long()) {
      diagnostics->error("line-too-long", {file, lines.number(), 0, ""},
                         {std::to_string(LineReader::kMaxBytes >> 20)});
    } else {
      reader.read_line(line, lines.number());
    }
  }
  if (diagnostics->error_count() != errors) return false;
  const bool any_clear = std::any_of(out->messages.begin(), out->messages.end(),
                                     [](const GoldMessage& each) { return !each.labels.empty(); });
  if (!any_clear) diagnostics->error("gold-empty", {file, 0, 0, ""});
  return any_clear;
}

}  // namespace xiaoer::report
