#include <algorithm>
#include <charconv>
#include <utility>

#include "base/ascii.hpp"
#include "base/decimal.hpp"
#include "rules/parse.hpp"
#include "rules/phrase.hpp"
#include "text/utf8.hpp"

namespace xiaoer::rules {

using json::Type;

Place Node::place() const {
  return {std::string(file), value->position.line, value->position.column, pointer};
}

Node Node::child(const json::Member& member) const {
  return {&member.value, file, json::child_pointer(pointer, member.name)};
}

Node Node::item(size_t index) const {
  return {&value->items[index], file, json::child_pointer(pointer, index)};
}

Node Node::find(std::string_view name) const {
  return {value->find(name), file, json::child_pointer(pointer, name)};
}

void ParseContext::error(std::string code, Place place, std::vector<std::string> args) {
  diagnostics_->error(std::move(code), std::move(place), std::move(args), rule_id);
}

void ParseContext::warning(std::string code, Place place, std::vector<std::string> args) {
  diagnostics_->warning(std::move(code), std::move(place), std::move(args), rule_id);
}

std::vector<std::string> ParseContext::unknown(std::string_view word,
                                               const std::vector<std::string_view>& candidates) {
  std::string_view near;
  if (candidates.size() <= comparisons_left_) {
    comparisons_left_ -= candidates.size();
    near = nearest(word, candidates);
  }
  if (near.empty()) return {std::string(word), "", ""};
  const std::string name(near);
  return {std::string(word), "您要写的是不是“" + name + "”？", "Did you mean \"" + name + "\"? "};
}

bool expect(ParseContext& context, const Node& node, Type type) {
  if (node.value->is(type)) return true;
  const Type got = node.value->type;
  context.error("wrong-type", node.place(),
                {std::string(json::type_name_zh(type)), std::string(json::type_name_zh(got)),
                 std::string(json::type_name_en(type)), std::string(json::type_name_en(got))});
  return false;
}

std::optional<std::string> read_text(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kString)) return std::nullopt;
  if (node.value->text.find_first_not_of(" \t\r\n") == std::string::npos) {
    context.error("empty-text", node.place());
    return std::nullopt;
  }
  return node.value->text;
}

std::optional<bool> read_bool(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kBool)) return std::nullopt;
  return node.value->boolean;
}

std::optional<int64_t> read_integer(ParseContext& context, const Node& node, int64_t least,
                                    int64_t greatest) {
  if (!expect(context, node, Type::kNumber)) return std::nullopt;
  const std::optional<Decimal> number = Decimal::parse(node.value->text);
  if (!number || !number->is_integer() || number->milli / 1000 < least ||
      number->milli / 1000 > greatest) {
    context.error("out-of-range", node.place(),
                  {node.value->text, std::to_string(least), std::to_string(greatest)});
    return std::nullopt;
  }
  return number->milli / 1000;
}

int32_t read_priority(ParseContext& context, const Node& node) {
  constexpr int64_t kMax = 1'000'000;
  return static_cast<int32_t>(read_integer(context, node, -kMax, kMax).value_or(0));
}

std::optional<double> read_number(ParseContext& context, const Node& node, double least,
                                  double greatest) {
  if (!expect(context, node, Type::kNumber)) return std::nullopt;
  const std::string& text = node.value->text;
  double number = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (status != std::errc() || end != text.data() + text.size() || !(number >= least) ||
      !(number <= greatest)) {
    const auto plain = [](double bound) { return std::to_string(static_cast<int64_t>(bound)); };
    context.error("out-of-range", node.place(), {text, plain(least), plain(greatest)});
    return std::nullopt;
  }
  return number;
}

std::vector<PlacedText> read_texts(ParseContext& context, const Node& node, bool single_allowed) {
  std::vector<PlacedText> texts;
  if (single_allowed && node.value->is(Type::kString)) {
    if (auto text = read_text(context, node)) texts.push_back({std::move(*text), node.place()});
    return texts;
  }
  if (!expect(context, node, Type::kArray)) return texts;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (auto text = read_text(context, item)) texts.push_back({std::move(*text), item.place()});
  }
  return texts;
}

std::vector<std::string> read_plain_texts(ParseContext& context, const Node& node,
                                          bool single_allowed) {
  std::vector<std::string> plain;
  for (PlacedText& text : read_texts(context, node, single_allowed)) {
    plain.push_back(std::move(text.text));
  }
  return plain;
}

std::optional<size_t> find_name(ParseContext& context, std::string_view text, const Place& place,
                                std::span<const std::string_view> names, size_t first) {
  for (size_t i = first; i < names.size(); ++i) {
    if (names[i] == text) return i;
  }
  const std::vector<std::string_view> known(names.begin() + static_cast<ptrdiff_t>(first),
                                            names.end());
  std::vector<std::string> args = context.unknown(text, known);
  std::string list;
  for (const std::string_view name : known) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  args.push_back(std::move(list));
  context.error("bad-value", place, std::move(args));
  return std::nullopt;
}

std::optional<size_t> read_name(ParseContext& context, const Node& node,
                                std::span<const std::string_view> names, size_t first) {
  if (!expect(context, node, Type::kString)) return std::nullopt;
  return find_name(context, node.value->text, node.place(), names, first);
}

bool is_id(std::string_view text) {
  constexpr size_t kMaxId = 96;
  if (text.empty() || text.size() > kMaxId || text.front() == '.' || text.back() == '.') {
    return false;
  }
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return ascii::is_alphanumeric(c) || c == '_' || c == '-' || c == '.';
  });
}

std::optional<std::string> read_id(ParseContext& context, const Node& object) {
  const Node node = object.find("id");
  if (node.value == nullptr) {
    report_missing_key(context, object, "id");
    return std::nullopt;
  }
  if (!expect(context, node, Type::kString)) return std::nullopt;
  if (!is_id(node.value->text)) {
    context.error("bad-id", node.place(), {node.value->text});
    return std::nullopt;
  }
  return node.value->text;
}

void report_unknown_key(ParseContext& context, const Node& object, const json::Member& member,
                        const std::vector<std::string_view>& known) {
  context.error("unknown-key",
                {std::string(object.file), member.position.line, member.position.column,
                 json::child_pointer(object.pointer, member.name)},
                context.unknown(member.name, known));
}

void report_missing_key(ParseContext& context, const Node& object, std::string_view key) {
  context.error("missing-key", object.place(), {std::string(key)});
}

Place inside(Place place, std::string_view text, uint32_t column) {
  ++place.column;  // the opening quote
  for (uint32_t i = 1; i < column && !text.empty(); ++i) {
    const auto c = static_cast<unsigned char>(text.front());
    place.column += c == '"' || c == '\\' || c < 0x20 ? 2 : 1;
    text.remove_prefix(text::decode(text).size);
  }
  return place;
}

PhraseTree check_phrase(ParseContext& context, std::string_view text, const Place& place) {
  PhraseError error;
  PhraseTree tree = parse_phrase(text, &error);
  if (tree != nullptr) return tree;
  context.error(error.code, inside(place, text, error.column), std::move(error.args));
  return nullptr;
}

bool count_phrases(ParseContext& context, const Place& place, size_t count) {
  size_t& phrases = context.draft().phrases;
  const size_t limit = context.options().max_phrases;
  const bool reported = phrases > limit;
  phrases += count;
  if (phrases <= limit) return true;
  if (!reported) context.error("limit-phrases", place, {std::to_string(limit)});
  return false;
}

}  // namespace xiaoer::rules
