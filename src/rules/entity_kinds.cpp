#include "rules/entity_kinds.hpp"

namespace xiaoer::rules {
namespace {

constexpr EntityKindDef kKinds[kBuiltInKinds] = {
    {"money", "金额"},         {"quantity", "数量"}, {"size", "尺码"},   {"colour", "颜色"},
    {"date", "日期"},          {"carrier", "快递"},  {"region", "地区"}, {"order_number", "订单号"},
    {"item_number", "商品号"}, {"phone", "手机号"},  {"height", "身高"}, {"weight", "体重"},
    {"foot", "脚长"},
};

}  // namespace

std::span<const EntityKindDef> entity_kinds() { return kKinds; }

EntityKindId find_entity_kind(std::string_view name) {
  if (name == "时间") return kDate;
  if (name == "商品编号") return kItemNumber;
  for (EntityKindId id = 0; id < kBuiltInKinds; ++id) {
    if (kKinds[id].name == name || kKinds[id].zh == name) return id;
  }
  return kNoKind;
}

}  // namespace xiaoer::rules
