#include "entities/measures.hpp"

#include <string_view>

namespace xiaoer::entities {
namespace {

// Kilograms a square metre. The bounds of a number without a unit tell 斤 from 公斤; where the unit
// is said they are wider, for children and for the heavy.
struct Bounds {
  double least, most;
};
constexpr Bounds kUnsaid = {15, 31};
constexpr Bounds kSaid = {11, 40};

bool is_body(Decimal height, double kilograms, Bounds bounds) {
  const double metres = static_cast<double>(height.milli) / 100'000;
  const double index = kilograms / (metres * metres);
  return index >= bounds.least && index <= bounds.most;
}

// 120斤, 60公斤 and 60kg were read as a number of goods.
MassUnit unit_of(std::string_view quantity) {
  if (quantity.ends_with("公斤") || quantity.ends_with("kg") || quantity.ends_with("千克")) {
    return MassUnit::kKilogram;
  }
  return quantity.ends_with("斤") ? MassUnit::kJin : MassUnit::kUnsaid;
}

// 120, after the height and before any weight.
bool is_number_alone(const Entities& entities) {
  return entities.list.size() == 1 && entities.list[0].kind == rules::kMoney &&
         entities.list[0].flags == 0;
}

// What a message tells of the weight, into `measures`, whose height is known by now or not at all.
void learn_weight(const Entities& entities, Measures* measures) {
  if (const Entity* weight = entities.find(rules::kWeight)) {
    const bool said = entities.value(*weight).ends_with("斤");
    (said ? measures->weight : measures->unsaid) = weight->number;
    if (said) return;
  }
  if (measures->height <= Decimal{}) return;
  Decimal found = weight_of(measures->unsaid, MassUnit::kUnsaid, measures->height);
  measures->unsaid = {};
  if (const Entity* quantity = entities.find(rules::kQuantity)) {
    const MassUnit unit = unit_of(entities.value(*quantity));
    if (unit != MassUnit::kUnsaid) found = weight_of(quantity->number, unit, measures->height);
  } else if (measures->weight <= Decimal{} && is_number_alone(entities)) {
    found = weight_of(entities.list[0].number, MassUnit::kUnsaid, measures->height);
  }
  if (found > Decimal{}) measures->weight = found;
}

}  // namespace

Decimal weight_of(Decimal value, MassUnit unit, Decimal height) {
  if (height <= Decimal{}) return {};
  const double number = static_cast<double>(value.milli) / 1000;
  const Bounds bounds = unit == MassUnit::kUnsaid ? kUnsaid : kSaid;
  const bool jin = unit != MassUnit::kKilogram && is_body(height, number / 2, bounds);
  const bool kilogram = unit != MassUnit::kJin && is_body(height, number, bounds);
  if (jin == kilogram) return {};
  return jin ? value : Decimal{value.milli * 2};
}

void learn_measures(const Entities& entities, Measures* measures) {
  if (const Entity* height = entities.find(rules::kHeight)) measures->height = height->number;
  if (const Entity* foot = entities.find(rules::kFoot)) measures->foot = foot->number;
  learn_weight(entities, measures);
}

}  // namespace xiaoer::entities
