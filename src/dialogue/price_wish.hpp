#pragma once
// What a buyer wants to pay, read from the numbers of a message: a price (80行不), a reduction
// (再少20), a share (打八折), for one or for several (两件280), also where a number was broken
// over two bubbles (一百 / 五行吗).

#include <cstdint>
#include <string_view>

#include "base/decimal.hpp"
#include "entities/entity.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::dialogue {

struct PriceWish {
  enum class Kind : uint8_t { kNone, kPrice, kLess, kShare };
  Kind kind = Kind::kNone;
  Decimal amount;            // yuan; of a share: 0.8 for 八折
  bool total = false;        // for all of `quantity`, or of what was named before; not for one
  bool approximate = false;  // 两百多
  uint32_t quantity = 0;     // pieces of the product; 0: none named

  bool names_price() const { return kind == Kind::kPrice || kind == Kind::kLess; }
};

// What the reading depends on beside the message.
struct WishFrame {
  Decimal price;          // of one; 0: unknown
  std::string_view unit;  // in which the product is sold; may be empty
};

PriceWish read_price_wish(const text::Text& text, const entities::Entities& entities,
                          const WishFrame& frame);

}  // namespace xiaoer::dialogue
