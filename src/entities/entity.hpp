#pragma once
// An entity found in a message: a plain record, so that matching and replying share it without
// allocation.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/span.hpp"
#include "rules/entity_kinds.hpp"

namespace xiaoer::entities {

enum EntityFlag : uint8_t {
  kOffer = 1,        // money: the buyer names a price ("80一袋", "三百卖不卖")
  kApproximate = 2,  // 两百多
  kReference = 4,    // money: an amount that is no offer (满99, 省10元)
  kLess = 8,         // money: a reference that is to come off the price (便宜10块)
};

struct Entity {
  rules::EntityKindId kind = 0;
  uint8_t flags = 0;
  Span span;       // normalised characters
  Decimal number;  // money in yuan, quantity; 0 otherwise
  // normal form, a range of Entities::values: "80", "2袋", "黑色", "13800000000"
  uint32_t value_begin = 0;
  uint32_t value_size = 0;
};

// A dictionary word of pack.entities that occurs. `word` is the running number over
// pack.entities[i].values[j].words[k].
struct DictionaryHit {
  uint32_t word = 0;
  Span span;
};

// The entities of one message in order of span.begin, then longer first; may overlap when readings
// compete (38 as size and as quantity), the likelier first.
struct Entities {
  std::vector<Entity> list;
  std::string values;

  std::string_view value(const Entity& entity) const {
    return std::string_view(values).substr(entity.value_begin, entity.value_size);
  }
  // The entity that a kind's name means: an offer before another amount, references last; nullptr:
  // there is none.
  const Entity* find(rules::EntityKindId kind) const {
    const auto rank = [](const Entity& entity) {
      if (entity.flags & kOffer) return 2;
      return entity.flags & kReference ? 0 : 1;
    };
    const Entity* best = nullptr;
    for (const Entity& entity : list) {
      if (entity.kind == kind && (best == nullptr || rank(entity) > rank(*best))) best = &entity;
    }
    return best;
  }
  void clear() {
    list.clear();
    values.clear();
  }
};

}  // namespace xiaoer::entities
