// `when`: the conditions of replies and patterns.

#include <algorithm>
#include <utility>

#include "base/instant.hpp"
#include "rules/entity_kinds.hpp"
#include "rules/parse.hpp"

namespace xiaoer::rules {
namespace {

using json::Type;

constexpr std::string_view kCompareNames[] = {"eq", "ne", "lt", "lte", "gt", "gte"};
constexpr Compare kCompares[] = {Compare::kEq,  Compare::kNe, Compare::kLt,
                                 Compare::kLte, Compare::kGt, Compare::kGte};

uint32_t read_bits(ParseContext& context, const Node& node, std::span<const std::string_view> names,
                   size_t first) {
  uint32_t bits = 0;
  for (const PlacedText& text : read_texts(context, node, true)) {
    if (auto value = find_name(context, text.text, text.place, names, first)) bits |= 1u << *value;
  }
  return bits;
}

void read_presence(ParseContext& context, const Node& node, Compare compare, Condition& target) {
  for (const PlacedText& text : read_texts(context, node, true)) {
    const FactId fact = read_fact_name(context, text.text, text.place);
    if (fact == kNoFact) continue;
    target.facts.push_back({fact, compare, kNoFact, std::nullopt, std::nullopt});
  }
}

bool is_number(FactType type) { return type == FactType::kAmount || type == FactType::kInteger; }
bool is_moment(FactType type) { return type == FactType::kTime || type == FactType::kClock; }

bool is_wording(FactType type) { return type == FactType::kText || type == FactType::kTextList; }

// Comparing by size makes sense for numbers and for moments; equality for texts, lists of them and
// booleans as well.
bool is_comparable(FactType type, Compare compare) {
  if (is_number(type) || is_moment(type)) return true;
  const bool equality = compare == Compare::kEq || compare == Compare::kNe;
  return equality && (is_wording(type) || type == FactType::kBool);
}

// What the message names: an amount or a count beside a number, anything beside words.
bool read_entity(ParseContext& context, const Node& name, FactType type, FactTest* test) {
  if (!expect(context, name, Type::kString)) return false;
  const EntityKindId kind = find_entity_kind(name.value->text);
  const bool counts = kind == kMoney || kind == kQuantity;
  if (counts ? !is_number(type) : !is_wording(type)) {
    context.error("bad-comparison", name.place());
    return false;
  }
  test->entity = name.value->text;
  context.draft().kinds_named.emplace_back(test->entity, name.place());
  return true;
}

// {"fact": …} or {"entity": …}
bool read_reference(ParseContext& context, const Node& node, FactType type, FactTest* test) {
  const Node name = node.find("fact");
  const Node entity = node.find("entity");
  const bool known = name.value != nullptr || entity.value != nullptr;
  if (!known || node.value->members.size() != 1) {
    context.error("bad-comparison", node.place());
    return false;
  }
  if (entity.value != nullptr) return read_entity(context, entity, type, test);
  if (!expect(context, name, Type::kString)) return false;
  test->other = read_fact_name(context, name.value->text, name.place());
  if (test->other == kNoFact) return false;
  const FactType other = context.pack().fact_type(test->other);
  if (other == type || (is_number(other) && is_number(type))) return true;
  context.error("bad-comparison", name.place());
  return false;
}

bool read_operand(ParseContext& context, const Node& node, FactType type, FactTest* test) {
  const json::Value& value = *node.value;
  if (value.is(Type::kObject)) return read_reference(context, node, type, test);
  if (value.is(Type::kNumber) && is_number(type)) {
    test->number = Decimal::parse(value.text);
    if (test->number) return true;
    context.error("bad-number", node.place(), {value.text});
    return false;
  }
  if (value.is(Type::kString) && is_wording(type)) {
    test->text = value.text;
    return true;
  }
  if (value.is(Type::kBool) && type == FactType::kBool) {
    test->text = value.boolean ? "true" : "false";
    return true;
  }
  context.error("bad-comparison", node.place());
  return false;
}

void read_comparisons(ParseContext& context, const Node& node, FactId fact, Condition& target) {
  if (!expect(context, node, Type::kObject)) return;
  const FactType type = context.pack().fact_type(fact);
  for (const json::Member& member : node.value->members) {
    const auto name = std::find(std::begin(kCompareNames), std::end(kCompareNames), member.name);
    if (name == std::end(kCompareNames)) {
      report_unknown_key(context, node, member,
                         {std::begin(kCompareNames), std::end(kCompareNames)});
      continue;
    }
    FactTest test;
    test.fact = fact;
    test.compare = kCompares[name - std::begin(kCompareNames)];
    const Node operand = node.child(member);
    if (!is_comparable(type, test.compare)) {
      context.error("bad-comparison", operand.place());
    } else if (read_operand(context, operand, type, &test)) {
      target.facts.push_back(std::move(test));
    }
  }
}

void read_fact_tests(ParseContext& context, const Node& node, Condition& target) {
  if (!expect(context, node, Type::kObject)) return;
  for (const json::Member& member : node.value->members) {
    const Node child = node.child(member);
    const Place place = {std::string(node.file), member.position.line, member.position.column,
                         child.pointer};
    const FactId fact = read_fact_name(context, member.name, place);
    if (fact != kNoFact) read_comparisons(context, child, fact, target);
  }
}

void read_hours_field(ParseContext& context, const Node& node, Condition& target) {
  if (!expect(context, node, Type::kString)) return;
  const std::optional<Hours> hours = parse_hours(node.value->text);
  if (hours && hours->from != hours->to) {
    target.hours_from = hours->from;
    target.hours_to = hours->to;
  } else {
    context.error("bad-hours", node.place(), {node.value->text});
  }
}

void read_weekdays(ParseContext& context, const Node& node, Condition& target) {
  if (node.value->is(Type::kNumber)) {
    if (auto day = read_integer(context, node, 1, 7)) target.weekdays |= 1u << *day;
    return;
  }
  if (!expect(context, node, Type::kArray)) return;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    if (auto day = read_integer(context, node.item(i), 1, 7)) target.weekdays |= 1u << *day;
  }
}

struct Times {
  int64_t min = 1, max = 0;
};
constexpr int64_t kMaxTimes = 1000;
constexpr Field<Times> kTimesFields[] = {
    {"min",
     [](ParseContext& context, const Node& node, Times& target) {
       target.min = read_integer(context, node, 1, kMaxTimes).value_or(1);
     }},
    {"max",
     [](ParseContext& context, const Node& node, Times& target) {
       target.max = read_integer(context, node, 1, kMaxTimes).value_or(0);
     }},
};

void read_span(ParseContext& context, const Node& node, uint32_t* min, uint32_t* max) {
  Times times;
  if (node.value->is(Type::kNumber)) {
    const auto exact = read_integer(context, node, 1, kMaxTimes);
    if (!exact) return;
    times = {*exact, *exact};
  } else if (expect(context, node, Type::kObject)) {
    read_fields<Times>(context, node, kTimesFields, times);
  }
  *min = static_cast<uint32_t>(times.min);
  *max = static_cast<uint32_t>(times.max);
}

constexpr Field<Condition> kBargainFields[] = {
    {"move", [](ParseContext& context, const Node& node,
                Condition& target) { target.moves = read_bits(context, node, move_names(), 1); }},
    {"round",
     [](ParseContext& context, const Node& node, Condition& target) {
       read_span(context, node, &target.round_min, &target.round_max);
     }},
    {"edit",
     [](ParseContext& context, const Node& node, Condition& target) {
       if (auto name = read_name(context, node, price_edit_names(), 0)) {
         target.price_edit = static_cast<PriceEdit>(*name);
       }
     }},
};

// A move, several, or an object.
void read_bargain(ParseContext& context, const Node& node, Condition& target) {
  if (!node.value->is(Type::kObject)) {
    target.moves = read_bits(context, node, move_names(), 1);
  } else {
    read_fields<Condition>(context, node, kBargainFields, target);
  }
}

constexpr Field<Condition> kConditionFields[] = {
    {"order_state",
     [](ParseContext& context, const Node& node, Condition& target) {
       target.order_states = read_bits(context, node, order_state_names(), 0);
     }},
    {"stage",
     [](ParseContext& context, const Node& node, Condition& target) {
       target.stages = read_bits(context, node, stage_names(), 1);
     }},
    {"has", [](ParseContext& context, const Node& node,
               Condition& target) { read_presence(context, node, Compare::kPresent, target); }},
    {"lacks", [](ParseContext& context, const Node& node,
                 Condition& target) { read_presence(context, node, Compare::kAbsent, target); }},
    {"facts", read_fact_tests},
    {"hours", read_hours_field},
    {"shop_open", [](ParseContext& context, const Node& node,
                     Condition& target) { target.shop_open = read_bool(context, node); }},
    {"weekday", read_weekdays},
    {"from", [](ParseContext& context, const Node& node,
                Condition& target) { target.valid_from = read_moment(context, node); }},
    {"to", [](ParseContext& context, const Node& node,
              Condition& target) { target.valid_to = read_moment(context, node); }},
    {"late", [](ParseContext& context, const Node& node,
                Condition& target) { target.late = read_bool(context, node); }},
    {"first_contact", [](ParseContext& context, const Node& node,
                         Condition& target) { target.first_contact = read_bool(context, node); }},
    {"other_goods", [](ParseContext& context, const Node& node,
                       Condition& target) { target.other_goods = read_bool(context, node); }},
    {"buyer_tier",
     [](ParseContext& context, const Node& node, Condition& target) {
       target.buyer_tiers = read_plain_texts(context, node, true);
     }},
    {"item", [](ParseContext& context, const Node& node,
                Condition& target) { target.items = read_plain_texts(context, node, true); }},
    {"after",
     [](ParseContext& context, const Node& node, Condition& target) {
       for (PlacedText& text : read_texts(context, node, true)) {
         context.draft().intents_named.emplace_back(text.text, text.place);
         target.after.push_back(std::move(text.text));
       }
     }},
    {"times",
     [](ParseContext& context, const Node& node, Condition& target) {
       read_span(context, node, &target.times_min, &target.times_max);
     }},
    {"bargain", read_bargain},
    {"emotion",
     [](ParseContext& context, const Node& node, Condition& target) {
       target.emotions = read_bits(context, node, emotion_names(), 0);
     }},
    {"done", [](ParseContext& context, const Node& node,
                Condition& target) { target.done = read_bits(context, node, action_names(), 0); }},
    {"failed",
     [](ParseContext& context, const Node& node, Condition& target) {
       target.failed = read_bits(context, node, action_names(), 0);
     }},
};

}  // namespace

FactId read_fact_name(ParseContext& context, std::string_view name, const Place& place) {
  const FactId id = context.pack().find_fact(name);
  if (id == kNoFact && context.draft().complete) {
    std::vector<std::string_view> known;
    for (const FactDef& fact : facts()) known.push_back(fact.name);
    for (const FactSource& fact : context.pack().facts) known.push_back(fact.name);
    context.error("unknown-fact", place, context.unknown(name, known));
  }
  return id;
}

std::optional<int64_t> read_moment(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kString)) return std::nullopt;
  const std::optional<Instant> instant = parse_instant(node.value->text);
  if (instant) return instant->seconds;
  context.error("bad-time", node.place(), {node.value->text});
  return std::nullopt;
}

Condition read_condition(ParseContext& context, const Node& node) {
  Condition condition;
  condition.place = node.place();
  if (expect(context, node, Type::kObject)) {
    read_fields<Condition>(context, node, kConditionFields, condition);
  }
  return condition;
}

}  // namespace xiaoer::rules
