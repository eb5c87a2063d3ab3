#pragma once
// The measures of a buyer's body that decide a size, as a conversation told them.

#include <cstdint>

#include "base/decimal.hpp"
#include "entities/entity.hpp"

namespace xiaoer::entities {

struct Measures {
  Decimal height;  // centimetres; 0: not told, as of all three
  Decimal weight;  // 斤, half a kilogram
  Decimal foot;    // centimetres
  Decimal unsaid;  // a weight without a unit, till a height tells which it is
};

enum class MassUnit : uint8_t { kUnsaid, kJin, kKilogram };

// A weight in 斤, beside the height in centimetres; 0: there is no such body, or the unit was not
// said and either fits.
Decimal weight_of(Decimal value, MassUnit unit, Decimal height);

// Adds what a message tells to what was told before.
void learn_measures(const Entities& entities, Measures* measures);

}  // namespace xiaoer::entities
