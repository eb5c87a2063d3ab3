// The schemas that editors use say the same as the engine.

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "json/reader.hpp"
#include "rules/actions.hpp"
#include "rules/buyer.hpp"
#include "rules/events.hpp"
#include "rules/facts.hpp"

namespace xiaoer::rules {
namespace {

json::Value read_schema(const std::string& name) {
  std::ifstream stream(std::string(XIAOER_TEST_DATA) + "/../rules/" + name, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  json::Value value;
  Diagnostics diagnostics;
  EXPECT_TRUE(json::read(text.str(), name, {}, &value, &diagnostics));
  return value;
}

const json::Value& at(const json::Value& value, std::initializer_list<std::string_view> path) {
  static const json::Value nothing;
  const json::Value* here = &value;
  for (const std::string_view step : path) {
    here = here->find(step);
    if (here == nullptr) {
      ADD_FAILURE() << "no " << step;
      return nothing;
    }
  }
  return *here;
}

std::string json_type(FactType type) {
  switch (type) {
    case FactType::kAmount:
      return "number";
    case FactType::kInteger:
      return "integer";
    case FactType::kBool:
      return "boolean";
    case FactType::kTextList:
      return "array";
    default:
      return "string";
  }
}

TEST(FactsSchema, ListsExactlyTheBuiltInFacts) {
  const json::Value schema = read_schema("facts.schema.json");
  const std::set<std::string> nested = {"product.ladder",  "product.variants",
                                        "product.sizes",   "product.quantity_prices",
                                        "product.related", "promotion.coupons"};
  size_t plain = 0;
  for (const json::Member& section : at(schema, {"properties"}).members) {
    for (const json::Member& member : at(section.value, {"properties"}).members) {
      const std::string path = section.name + "." + member.name;
      if (nested.contains(path)) continue;
      const FactId id = find_fact(path);
      ASSERT_NE(id, kNoFact) << path;
      EXPECT_EQ(at(member.value, {"title"}).text, facts()[id].name) << path;
      ++plain;
      if (path == "order.state") continue;  // an enumeration, below
      EXPECT_EQ(at(member.value, {"type"}).items.at(0).text, json_type(facts()[id].type)) << path;
    }
  }
  size_t built_in = 0;
  for (const FactDef& fact : facts()) {
    built_in += !is_computed(fact.path);
  }
  EXPECT_EQ(plain, built_in);
  for (const std::string& path : nested) {
    const size_t dot = path.find('.');
    EXPECT_TRUE(at(schema, {"properties", path.substr(0, dot), "properties", path.substr(dot + 1)})
                    .is(json::Type::kObject));
  }
}

void expect_names(const json::Value& list, std::span<const std::string_view> names, size_t first) {
  ASSERT_EQ(list.items.size(), names.size() - first);
  for (size_t i = first; i < names.size(); ++i) EXPECT_EQ(list.items[i - first].text, names[i]);
}

TEST(PackSchema, ListsTheVocabularies) {
  const json::Value schema = read_schema("pack.schema.json");
  const json::Value& definitions = at(schema, {"definitions"});
  expect_names(at(definitions, {"stage", "enum"}), stage_names(), 1);
  expect_names(at(definitions, {"orderState", "enum"}), order_state_names(), 0);
  expect_names(at(definitions, {"techniqueName", "enum"}), technique_names(), 1);
  expect_names(at(definitions, {"mannerName", "enum"}), manner_names(), 0);
  expect_names(at(definitions, {"emotion", "enum"}), emotion_names(), 0);
  expect_names(at(definitions, {"buyerType", "enum"}), type_names(), 0);
  expect_names(at(definitions, {"psychology", "enum"}), psychology_names(), 0);
  expect_names(at(definitions, {"cue", "properties", "major", "enum"}), major_names(), 0);
  expect_names(at(definitions, {"actionName", "enum"}), action_names(), 0);
  expect_names(at(definitions, {"event", "enum"}), event_names(), 1);
  expect_names(at(definitions, {"requested", "enum"}), requested_names(), 0);
  const json::Value& intent = at(definitions, {"intent", "properties"});
  expect_names(at(intent, {"policy", "enum"}), policy_names(), 0);
  expect_names(at(intent, {"objection", "enum"}), objection_names(), 1);
  expect_names(at(intent, {"route", "enum"}), route_names(), 0);
}

TEST(FactsSchema, OrderStatesAgree) {
  const json::Value schema = read_schema("facts.schema.json");
  const json::Value& states = at(schema, {"properties", "order", "properties", "state", "enum"});
  ASSERT_EQ(states.items.size(), order_state_names().size() + 1);
  EXPECT_TRUE(states.items.back().is(json::Type::kNull));
  for (size_t i = 0; i < order_state_names().size(); ++i) {
    EXPECT_EQ(states.items[i].text, order_state_names()[i]);
  }
}

}  // namespace
}  // namespace xiaoer::rules
