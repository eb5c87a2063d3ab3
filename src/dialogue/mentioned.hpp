#pragma once
// What a conversation spoke of and later messages leave out: 那运费多少 after 寄乌鲁木齐, 多少钱
// after 夏威夷果有吗, 穿多大 after 我165 120斤. Fixed size, no text.

#include <cstdint>

#include "entities/measures.hpp"

namespace xiaoer::dialogue {

// Which goods a message speaks of.
enum class Goods : uint8_t {
  kUnnamed,
  kOpen,        // those of the facts
  kOther,       // others, named by the message
  kOtherStill,  // others, named a little while before
};

struct Mentioned {
  uint64_t region = 0;      // stable_hash of the value; 0: none
  uint32_t other_turn = 0;  // the buyer's turn that named other goods last; 0: none since
  uint64_t open_goods = 0;  // stable_hash of the name of the product that was open then
  entities::Measures measures;

  // A message at the buyer's turn `turn` named goods.
  void name_goods(Goods goods, uint64_t open, uint32_t turn) {
    if (goods == Goods::kUnnamed || goods == Goods::kOtherStill) return;
    other_turn = goods == Goods::kOther ? turn : 0;
    open_goods = open;
  }
  // Whether a message after `turns` of the buyer's that names none still speaks of the others.
  bool still_others(uint64_t open, uint32_t turns) const {
    constexpr uint32_t kTurns = 2;
    return other_turn != 0 && open == open_goods && turns - other_turn < kTurns;
  }
};

}  // namespace xiaoer::dialogue
