#pragma once
// Kinds of entities: the built-in ones and, after them, those that a pack's `entities` section
// invents.

#include <cstdint>
#include <span>
#include <string_view>

namespace xiaoer::rules {

// Index of a kind; values from kBuiltInKinds on are the pack's own, in file order.
using EntityKindId = uint8_t;

enum EntityKind : EntityKindId {
  kMoney,        // 金额: value in yuan
  kQuantity,     // 数量: value, unit as measured
  kSize,         // 尺码: S M L XL 170 38码
  kColour,       // 颜色
  kDate,         // 日期: a day or a time of day, as said
  kCarrier,      // 快递
  kRegion,       // 地区
  kOrderNumber,  // 订单号
  kItemNumber,   // 商品号
  kPhone,        // 手机号
  kHeight,       // 身高: the buyer's, in centimetres
  kWeight,       // 体重: in 斤; without a unit where none was said and the height does not tell
  kFoot,         // 脚长: in centimetres
  kBuiltInKinds
};
inline constexpr EntityKindId kNoKind = 0xFF;
inline constexpr size_t kMaxKinds = 64;

struct EntityKindDef {
  std::string_view name;  // in results: "money"
  std::string_view zh;    // in packs: "金额"
};
std::span<const EntityKindDef> entity_kinds();
// By either name, also 时间 for 日期 and 商品编号 for 商品号; kNoKind when it is not built in.
EntityKindId find_entity_kind(std::string_view name);

}  // namespace xiaoer::rules
