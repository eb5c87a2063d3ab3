// `case`: what a case record says; `actions` of an intent; and where values come from.

#include <algorithm>
#include <utility>

#include "rules/parse.hpp"

namespace xiaoer::rules {
namespace {

using json::Type;
using Kind = ValueSource::Kind;

constexpr std::string_view kWords = "原话";

ValueSource value_source(PlacedText text) {
  ValueSource source{Kind::kFact, std::move(text.text), std::move(text.place)};
  if (source.name == kWords) source.kind = Kind::kWords;
  if (source.name.starts_with('@')) {
    source.kind = Kind::kIntent;
    source.name.erase(0, 1);
  } else if (source.name.size() > 2 && source.name.front() == '{' && source.name.back() == '}') {
    source.kind = Kind::kEntity;
    source.name = source.name.substr(1, source.name.size() - 2);
  }
  return source;
}

void read_arguments(ParseContext& context, const Node& node, ActionSource& target) {
  if (!expect(context, node, Type::kObject)) return;
  for (const json::Member& member : node.value->members) {
    target.arguments.push_back({member.name, read_value_sources(context, node.child(member))});
  }
}

constexpr Field<ActionSource> kActionFields[] = {
    {"action",
     [](ParseContext& context, const Node& node, ActionSource& target) {
       if (auto name = read_name(context, node, action_names(), 0)) {
         target.action = static_cast<Action>(*name);
       }
     }},
    {"requires_person",
     [](ParseContext& context, const Node& node, ActionSource& target) {
       target.requires_person = read_bool(context, node).value_or(true);
     }},
    {"arguments", read_arguments},
    {"when", [](ParseContext& context, const Node& node,
                ActionSource& target) { target.when = read_condition(context, node); }},
};

void read_summary(ParseContext& context, const Node& node, CaseSource& target) {
  target.summary.clear();
  for (PlacedText& text : read_texts(context, node, true)) {
    target.summary.push_back({std::move(text.text), std::move(text.place)});
  }
}

void read_names(ParseContext& context, const Node& node, CaseSource& target) {
  if (!expect(context, node, Type::kObject)) return;
  for (const json::Member& member : node.value->members) {
    auto text = read_text(context, node.child(member));
    if (!text) continue;
    const auto known = std::find_if(target.names.begin(), target.names.end(),
                                    [&](const auto& name) { return name.first == member.name; });
    if (known != target.names.end()) {
      known->second = std::move(*text);
    } else {
      target.names.emplace_back(member.name, std::move(*text));
    }
  }
}

void append_facts(ParseContext& context, const Node& node, CaseSource& target) {
  for (const PlacedText& text : read_texts(context, node, true)) {
    const FactId id = read_fact_name(context, text.text, text.place);
    if (id != kNoFact) target.facts.push_back(id);
  }
}

constexpr Field<KnownBy> kKnownByFields[] = {
    {"words", [](ParseContext& context, const Node& node,
                 KnownBy& target) { target.words = read_plain_texts(context, node, true); }},
    {"from", [](ParseContext& context, const Node& node,
                KnownBy& target) { target.sources = read_value_sources(context, node); }},
};

void append_known_by(ParseContext& context, const Node& node, CaseSource& target) {
  if (!expect(context, node, Type::kArray)) return;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (!expect(context, item, Type::kObject)) continue;
    KnownBy known;
    read_fields<KnownBy>(context, item, kKnownByFields, known);
    for (const std::string_view key : {"words", "from"}) {
      if (item.value->find(key) == nullptr) report_missing_key(context, item, key);
    }
    target.known_by.push_back(std::move(known));
  }
}

void read_large_customer(ParseContext& context, const Node& node, CaseSource& target) {
  target.large_customer.clear();
  if (!expect(context, node, Type::kArray)) return;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    target.large_customer.push_back(read_condition(context, node.item(i)));
  }
}

constexpr Field<CaseSource> kCaseFields[] = {
    {"next_step",
     [](ParseContext& context, const Node& node, CaseSource& target) {
       if (auto text = read_text(context, node)) target.next_step = std::move(*text);
     }},
    {"summary", read_summary},
    {"names", read_names},
    {"facts",
     [](ParseContext& context, const Node& node, CaseSource& target) {
       target.facts.clear();
       append_facts(context, node, target);
     }},
    {"facts+", append_facts},
    {"known_by",
     [](ParseContext& context, const Node& node, CaseSource& target) {
       target.known_by.clear();
       append_known_by(context, node, target);
     }},
    {"known_by+", append_known_by},
    {"large_customer", read_large_customer},
    {"large_amount",
     [](ParseContext& context, const Node& node, CaseSource& target) {
       if (const auto yuan = read_integer(context, node, 1, 1'000'000'000)) {
         target.large_amount = Decimal::of(*yuan);
       }
     }},
};

}  // namespace

std::vector<ValueSource> read_value_sources(ParseContext& context, const Node& node) {
  std::vector<ValueSource> sources;
  for (PlacedText& text : read_texts(context, node, true)) {
    sources.push_back(value_source(std::move(text)));
  }
  return sources;
}

std::vector<ActionSource> read_actions(ParseContext& context, const Node& node) {
  std::vector<ActionSource> actions;
  if (!expect(context, node, Type::kArray)) return actions;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (!expect(context, item, Type::kObject)) continue;
    ActionSource action;
    action.place = item.place();
    read_fields<ActionSource>(context, item, kActionFields, action);
    if (item.value->find("action") == nullptr) report_missing_key(context, item, "action");
    if (!action.requires_person && needs_person(action.action)) {
      context.error("action-needs-person", item.place(), {std::string(name_of(action.action))});
    }
    actions.push_back(std::move(action));
  }
  return actions;
}

void read_case_section(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kObject)) return;
  read_fields<CaseSource>(context, node, kCaseFields, context.pack().case_record);
}

}  // namespace xiaoer::rules
