#include "report/classes.hpp"

#include "json/reader.hpp"

namespace xiaoer::report {

uint32_t Classes::add(const std::string& name) {
  const auto [place, fresh] = numbers_.try_emplace(name, static_cast<uint32_t>(names_.size()));
  if (fresh) names_.push_back(name);
  return place->second;
}

uint32_t Classes::find(std::string_view name) const {
  const auto place = numbers_.find(std::string(name));
  return place == numbers_.end() ? kNone : place->second;
}

uint32_t Classes::of_intent(std::string_view intent) const {
  while (true) {
    const uint32_t number = find(intent);
    const size_t dot = intent.rfind('.');
    if (number != kNone || dot == std::string_view::npos) return number;
    intent = intent.substr(0, dot);
  }
}

bool read_classes(std::string_view bytes, const std::string& file, Classes* out,
                  Diagnostics* diagnostics) {
  json::ReadOptions options;
  options.allow_comments = true;
  json::Value root;
  if (!json::read(bytes, file, options, &root, diagnostics)) return false;
  const json::Value* list = root.find("classes");
  const bool is_list = list != nullptr && list->is(json::Type::kArray) && !list->items.empty();
  if (!is_list) {
    diagnostics->error("classes-shape", {file, root.position.line, root.position.column, ""});
    return false;
  }
  for (const json::Value& item : list->items) {
    const json::Value* id = item.find("id");
    if (id == nullptr || !id->is(json::Type::kString) || id->text.empty()) {
      diagnostics->error("classes-shape", {file, item.position.line, item.position.column, ""});
      return false;
    }
    out->add(id->text);
  }
  return true;
}

}  // namespace xiaoer::report
