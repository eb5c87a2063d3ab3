#include "rules/phrase_shape.hpp"

#include <algorithm>
#include <limits>

#include "text/utf8.hpp"

namespace xiaoer::rules {
namespace {

using Kind = PhraseNode::Kind;

constexpr uint32_t kLong = 1u << 30;

uint32_t add_lengths(uint32_t a, uint32_t b) { return std::min(kLong, a + b); }

// One or the other.
Shape either(const Shape& a, const Shape& b) {
  return {std::min(kMany, a.strings + b.strings), std::min(a.shortest, b.shortest),
          std::max(a.longest, b.longest)};
}

// One after the other.
Shape both(const Shape& a, const Shape& b) {
  return {std::min(kMany, a.strings * b.strings), add_lengths(a.shortest, b.shortest),
          add_lengths(a.longest, b.longest)};
}

Shape measure_alternatives(const PhraseNode& node, const Shapes& shapes) {
  Shape result = {0, kLong, 0};
  for (const PhraseNode& child : node.children) result = either(result, measure(child, shapes));
  return node.optional ? either(result, {1, 0, 0}) : result;
}

void append_node(const PhraseNode& node, std::string* out);

void append_children(const PhraseNode& node, char separator, std::string* out) {
  for (size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0 && separator != 0) *out += separator;
    append_node(node.children[i], out);
  }
}

// The signs cannot be mistaken for literals, in which they are control characters.
void append_node(const PhraseNode& node, std::string* out) {
  switch (node.kind) {
    case Kind::kLiteral:
      *out += text::encode(node.literal);
      return;
    case Kind::kSequence:
      append_children(node, 0, out);
      return;
    case Kind::kAlternatives:
      *out += node.optional ? '\x01' : '\x02';
      append_children(node, '\x03', out);
      *out += '\x04';
      return;
    case Kind::kConcept:
      *out += '\x05' + node.name + '\x04';
      return;
    case Kind::kSlot:
      *out += '\x06' + node.name + '\x07' + node.role + '\x04';
      return;
    case Kind::kGap:
      *out += '\x08' + std::to_string(node.gap_min) + ',' + std::to_string(node.gap_max) + '\x04';
  }
}

// The literals that every match of a part holds.
void required_literals(const PhraseNode& node, std::vector<std::u32string_view>* out) {
  if (node.kind == Kind::kLiteral) out->push_back(node.literal);
  if (node.kind != Kind::kSequence) return;
  for (const PhraseNode& child : node.children) required_literals(child, out);
}

// The text of a phrase of nothing but one literal, else empty.
std::u32string_view only_literal(const PhraseAlternative& alternative) {
  if (alternative.parts.size() != 1 || alternative.parts[0].children.size() != 1) return {};
  const PhraseNode& node = alternative.parts[0].children[0];
  return node.kind == Kind::kLiteral ? std::u32string_view(node.literal) : std::u32string_view();
}

bool always_contains(const PhraseAlternative& alternative, const Phrase& other) {
  std::vector<std::u32string_view> required;
  for (const PhraseNode& part : alternative.parts) required_literals(part, &required);
  for (const PhraseAlternative& candidate : other.alternatives) {
    if (canonical(candidate) == canonical(alternative)) return true;
    const std::u32string_view literal = only_literal(candidate);
    if (literal.empty()) continue;
    for (const std::u32string_view text : required) {
      if (text.find(literal) != std::u32string_view::npos) return true;
    }
  }
  return false;
}

void walk_node(const PhraseNode& node, const std::function<void(const PhraseNode&)>& visit) {
  visit(node);
  for (const PhraseNode& child : node.children) walk_node(child, visit);
}

}  // namespace

Shape measure(const PhraseNode& node, const Shapes& shapes) {
  switch (node.kind) {
    case Kind::kLiteral: {
      const auto size = static_cast<uint32_t>(node.literal.size());
      return {1, size, size};
    }
    case Kind::kConcept: {
      const auto found = shapes.find(node.name);
      return found == shapes.end() ? Shape{1, 1, 1} : found->second;
    }
    case Kind::kSlot:
      return {1, 1, 1};
    case Kind::kGap:
      return {1, node.gap_min, node.gap_max};
    case Kind::kAlternatives:
      return measure_alternatives(node, shapes);
    case Kind::kSequence:
      break;
  }
  Shape result = {1, 0, 0};
  for (const PhraseNode& child : node.children) result = both(result, measure(child, shapes));
  return result;
}

Shape measure(const Phrase& phrase, const Shapes& shapes) {
  Shape result = {0, kLong, 0};
  for (const PhraseAlternative& alternative : phrase.alternatives) {
    Shape all = {1, 0, 0};
    for (const PhraseNode& part : alternative.parts) {
      const Shape one = measure(part, shapes);
      // Parts may lie on top of one another.
      all = {std::min(kMany, all.strings * one.strings), std::max(all.shortest, one.shortest),
             add_lengths(all.longest, one.longest)};
    }
    result = either(result, all);
  }
  return result;
}

void walk(const Phrase& phrase, const std::function<void(const PhraseNode&)>& visit) {
  for (const PhraseAlternative& alternative : phrase.alternatives) {
    for (const PhraseNode& part : alternative.parts) walk_node(part, visit);
  }
}

std::string canonical(const PhraseAlternative& alternative) {
  std::vector<std::string> parts;
  for (const PhraseNode& part : alternative.parts) append_node(part, &parts.emplace_back());
  std::sort(parts.begin(), parts.end());  // their order means nothing
  std::string out;
  for (const std::string& part : parts) out += part + '\x0E';
  return out;
}

std::string canonical(const Phrase& phrase) {
  std::vector<std::string> alternatives;
  for (const PhraseAlternative& alternative : phrase.alternatives) {
    alternatives.push_back(canonical(alternative));
  }
  std::sort(alternatives.begin(), alternatives.end());
  std::string out;
  for (const std::string& alternative : alternatives) out += alternative + '\x0F';
  return out;
}

bool always_contains(const Phrase& phrase, const Phrase& other) {
  return std::all_of(
      phrase.alternatives.begin(), phrase.alternatives.end(),
      [&](const PhraseAlternative& alternative) { return always_contains(alternative, other); });
}

}  // namespace xiaoer::rules
