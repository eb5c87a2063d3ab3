// `patterns` of an intent.

#include <utility>

#include "rules/parse.hpp"

namespace xiaoer::rules {
namespace {

using json::Type;

constexpr std::string_view kKindNames[] = {"contains", "whole", "start", "end"};
constexpr int64_t kMaxMessage = 65536;
constexpr int64_t kMaxWithin = 100;
constexpr uint32_t kDefaultWithin = 2;

void read_expression(ParseContext& context, const Node& node, bool is_regex,
                     PatternSource& target) {
  target.place = node.place();
  target.is_regex = is_regex;
  auto text = read_text(context, node);
  if (!text) return;
  if (!is_regex) {
    target.tree = check_phrase(context, *text, node.place());
    if (target.tree == nullptr) return;
  }
  target.text = std::move(*text);
}

constexpr Field<PatternSource> kPatternFields[] = {
    {"phrase", [](ParseContext& context, const Node& node,
                  PatternSource& target) { read_expression(context, node, false, target); }},
    {"re", [](ParseContext& context, const Node& node,
              PatternSource& target) { read_expression(context, node, true, target); }},
    {"kind",
     [](ParseContext& context, const Node& node, PatternSource& target) {
       if (auto kind = read_name(context, node, kKindNames, 0)) {
         target.kind = static_cast<MatchKind>(*kind);
       }
     }},
    {"max_len",
     [](ParseContext& context, const Node& node, PatternSource& target) {
       target.max_len =
           static_cast<uint32_t>(read_integer(context, node, 1, kMaxMessage).value_or(0));
     }},
    {"not",
     [](ParseContext& context, const Node& node, PatternSource& target) {
       for (PlacedText& text : read_texts(context, node, true)) {
         PhraseTree tree = check_phrase(context, text.text, text.place);
         if (tree == nullptr) continue;
         target.not_trees.push_back(std::move(tree));
         target.nots.push_back(std::move(text.text));
       }
     }},
    {"inside_ok",
     [](ParseContext& context, const Node& node, PatternSource& target) {
       target.inside_ok = read_bool(context, node).value_or(false);
     }},
    {"after",
     [](ParseContext& context, const Node& node, PatternSource& target) {
       if (auto text = read_text(context, node)) target.after = std::move(*text);
     }},
    {"within",
     [](ParseContext& context, const Node& node, PatternSource& target) {
       target.within =
           static_cast<uint32_t>(read_integer(context, node, 1, kMaxWithin).value_or(0));
     }},
    {"when",
     [](ParseContext& context, const Node& node, PatternSource& target) {
       target.when = read_condition(context, node);
       if (target.when.bargains()) context.error("bargain-in-pattern", node.place());
     }},
};

void read_pattern_object(ParseContext& context, const Node& node, PatternSource& target) {
  const Node phrase = node.find("phrase");
  const Node regex = node.find("re");
  read_fields<PatternSource>(context, node, kPatternFields, target);
  if (phrase.value != nullptr && regex.value != nullptr) {
    context.error("conflicting-keys", regex.place(), {"phrase", "re"});
  } else if (phrase.value == nullptr && regex.value == nullptr) {
    report_missing_key(context, node, "phrase");
  }
  const Node within = node.find("within");
  if (target.after.empty() && within.value != nullptr) {
    context.error("within-without-after", within.place());
  }
  if (!target.after.empty() && target.within == 0) target.within = kDefaultWithin;
}

}  // namespace

void read_patterns(ParseContext& context, const Node& node, std::vector<PatternSource>& target) {
  if (!expect(context, node, Type::kArray)) return;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    PatternSource pattern;
    pattern.place = item.place();
    if (item.value->is(Type::kObject)) {
      read_pattern_object(context, item, pattern);
    } else {
      read_expression(context, item, false, pattern);
    }
    narrow_to_campaign(context, &pattern.when);
    if (!count_phrases(context, item.place(), 1 + pattern.nots.size())) return;
    if (!pattern.text.empty()) target.push_back(std::move(pattern));
  }
}

}  // namespace xiaoer::rules
