#include "rules/facts.hpp"

#include <algorithm>
#include <array>

namespace xiaoer::rules {
namespace {

using enum FactType;
using enum FactRole;

// Order is FactId: append only.
constexpr FactDef kFacts[] = {
    {"shop.name", "店名", kText, kPlain, ""},
    {"shop.hours", "营业时间", kHours, kPlain, ""},
    {"shop.ship_from", "发货地", kText, kPlain, ""},
    {"shop.cutoff", "截单时间", kClock, kDate, ""},
    {"shop.ship_within_hours", "发货时限", kInteger, kDuration, "小时"},
    {"shop.carriers", "快递列表", kTextList, kPlain, ""},
    {"shop.default_carrier", "默认快递", kText, kPlain, ""},
    {"shop.free_ship_floor", "包邮门槛", kAmount, kThreshold, "元"},
    {"shop.ship_fee", "运费", kAmount, kFee, "元"},
    {"shop.remote_regions", "偏远地区", kTextList, kPlain, ""},
    {"shop.remote_ship_fee", "偏远运费", kAmount, kFee, "元"},
    {"shop.payment", "付款方式", kTextList, kPlain, ""},
    {"shop.invoice", "发票类型", kTextList, kPlain, ""},
    {"shop.return_days", "退货天数", kInteger, kDuration, "天"},
    {"shop.freight_insurance", "运费险", kBool, kPlain, ""},
    {"shop.return_address", "退货地址", kText, kPlain, ""},
    {"shop.after_sales_hours", "售后时间", kHours, kPlain, ""},
    {"product.id", "商品编号", kText, kPlain, ""},
    {"product.name", "商品名", kText, kPlain, ""},
    {"product.price", "价格", kAmount, kItemPrice, "元"},
    {"product.list_price", "原价", kAmount, kListPrice, "元"},
    {"product.floor_price", "底价", kAmount, kSecret, "元"},
    {"product.stock", "库存", kInteger, kStock, "件"},
    {"product.scarcity_at", "紧缺线", kInteger, kSecret, "件"},
    {"product.unit", "单位", kText, kPlain, ""},
    {"product.spec", "规格", kText, kPlain, ""},
    {"product.material", "材质", kText, kPlain, ""},
    {"product.origin", "产地", kText, kPlain, ""},
    {"product.shelf_life_days", "保质期", kInteger, kDuration, "天"},
    {"product.warranty_months", "保修期", kInteger, kDuration, "个月"},
    {"product.lead_days", "备货天数", kInteger, kDuration, "天"},
    {"product.no_reason_return", "七天无理由", kBool, kPlain, ""},
    {"product.gifts", "赠品", kTextList, kPlain, ""},
    {"product.certificates", "证书", kTextList, kPlain, ""},
    {"product.functions", "功能", kTextList, kPlain, ""},
    {"product.sold_month", "月销量", kInteger, kSales, "件"},
    {"promotion.name", "活动名", kText, kPlain, ""},
    {"promotion.starts", "活动开始", kTime, kDate, ""},
    {"promotion.ends", "活动结束", kTime, kDate, ""},
    {"promotion.rule", "活动规则", kText, kPlain, ""},
    {"promotion.threshold", "满减门槛", kAmount, kThreshold, "元"},
    {"promotion.reduction", "满减金额", kAmount, kReduction, "元"},
    {"order.id", "订单号", kText, kPlain, ""},
    {"order.state", "订单状态", kText, kPlain, ""},
    {"order.amount", "订单金额", kAmount, kOrderAmount, "元"},
    {"order.items", "订单商品", kTextList, kPlain, ""},
    {"order.placed_at", "下单时间", kTime, kDate, ""},
    {"order.paid_at", "付款时间", kTime, kDate, ""},
    {"order.promised_ship_at", "承诺发货时间", kTime, kDate, ""},
    {"order.shipped_at", "发货时间", kTime, kDate, ""},
    {"order.received_at", "签收时间", kTime, kDate, ""},
    {"order.eta", "预计送达", kTime, kDate, ""},
    {"order.carrier", "承运快递", kText, kPlain, ""},
    {"order.tracking", "快递单号", kText, kPlain, ""},
    {"order.carrier_phone", "快递电话", kText, kPlain, ""},
    {"order.receiver", "收件人", kText, kPersonal, ""},
    {"order.phone", "收件电话", kText, kPersonal, ""},
    {"order.address", "收货地址", kText, kPersonal, ""},
    {"buyer.nickname", "昵称", kText, kPlain, ""},
    {"buyer.tier", "会员等级", kText, kPlain, ""},
    {"buyer.orders", "历史单数", kInteger, kPlain, "单"},
    {"buyer.verified", "已核实", kBool, kPlain, ""},
    // Computed from the above when facts are read; the trace names what they came from.
    {"derived.in_stock_variants", "在售款式", kTextList, kPlain, ""},
    {"derived.sold_out_variants", "缺货款式", kTextList, kPlain, ""},
    {"derived.option_one", "选项一", kText, kPlain, ""},
    {"derived.option_two", "选项二", kText, kPlain, ""},
    {"derived.sizes", "尺码列表", kTextList, kPlain, ""},
    {"derived.coupon_name", "优惠券名", kText, kPlain, ""},
    {"derived.coupon_threshold", "优惠券门槛", kAmount, kThreshold, "元"},
    {"derived.coupon_value", "优惠券面额", kAmount, kReduction, "元"},
    {"derived.coupon_where", "领券位置", kText, kPlain, ""},
    {"derived.related_one", "推荐一", kText, kPlain, ""},
    {"derived.related_one_price", "推荐一价格", kAmount, kItemPrice, "元"},
    {"derived.related_one_reason", "推荐一理由", kText, kPlain, ""},
    {"derived.related_two", "推荐二", kText, kPlain, ""},
    {"derived.related_two_reason", "推荐二理由", kText, kPlain, ""},
    {"derived.bulk_min", "批量起订", kInteger, kPlain, "件"},
    {"derived.bulk_price", "批量价", kAmount, kItemPrice, "元"},
    {"derived.gap_to_reduction", "凑单差额", kAmount, kThreshold, "元"},
    {"derived.next_ladder_price", "下一档价", kAmount, kSecret, "元"},
    {"product.link", "商品链接", kText, kPlain, ""},
    {"promotion.next_name", "下次活动名", kText, kPlain, ""},
    {"promotion.next_starts", "下次活动开始", kTime, kDate, ""},
    {"promotion.next_price", "下次活动价", kAmount, kItemPrice, "元"},
    // What bargaining comes to in this call (reply/bargain.hpp); never supplied.
    {"bargain.offer", "让价", kAmount, kItemPrice, "元"},
    {"bargain.saving", "让价差额", kAmount, kReduction, "元"},
    {"bargain.standing", "已让价", kAmount, kItemPrice, "元"},
    {"bargain.round", "还价轮次", kInteger, kPlain, ""},
    {"bargain.quantity", "件数", kInteger, kPlain, "件"},
    {"bargain.total", "合计", kAmount, kOrderAmount, "元"},
    {"bargain.reduced_total", "满减后合计", kAmount, kOrderAmount, "元"},
    {"bargain.gift", "可送赠品", kText, kPlain, ""},
    {"bargain.coupon_name", "可用券", kText, kPlain, ""},
    {"bargain.coupon_threshold", "可用券门槛", kAmount, kThreshold, "元"},
    {"bargain.coupon_value", "可用券面额", kAmount, kReduction, "元"},
    {"bargain.coupon_where", "可用券位置", kText, kPlain, ""},
    {"bargain.free_ship_gap", "包邮差额", kAmount, kThreshold, "元"},
    {"bargain.bundle_gap", "凑满差额", kAmount, kThreshold, "元"},
    {"bargain.tier_min", "优惠起订", kInteger, kPlain, "件"},
    {"bargain.tier_price", "优惠单价", kAmount, kItemPrice, "元"},
    // How busy the shop is, and what an order confirmation and a shipment notice say.
    {"shop.waiting", "排队人数", kInteger, kPlain, "位"},
    {"shop.presence", "接待状态", kText, kPlain, ""},
    {"order.spec", "订单规格", kText, kPlain, ""},
    {"order.quantity", "订单数量", kInteger, kPlain, "件"},
    {"order.freight", "订单运费", kAmount, kFee, "元"},
    {"order.pieces", "包裹件数", kInteger, kPlain, "件"},
    {"order.pick_up", "需要自提", kBool, kPlain, ""},
    {"order.depot", "提货网点", kText, kPlain, ""},
    {"derived.order_missing", "缺少的信息", kTextList, kPlain, ""},
    // Which size fits the buyer (reply/sizing.hpp); never supplied.
    {"sizing.size", "合身尺码", kText, kPlain, ""},
    {"sizing.looser", "宽松尺码", kText, kPlain, ""},
    {"sizing.stock", "合身库存", kInteger, kStock, "件"},
    {"sizing.off_chart", "超出尺码表", kBool, kPlain, ""},
    {"sizing.height", "买家身高", kAmount, kPlain, "厘米"},
    {"sizing.weight", "买家体重", kAmount, kPlain, "斤"},
    {"sizing.foot", "买家脚长", kAmount, kPlain, "厘米"},
};

constexpr std::string_view kOrderStates[] = {"none",     "placed",  "paid",  "shipped",
                                             "received", "success", "closed"};
constexpr std::string_view kStages[] = {"none",      "greeting",   "consultation", "recommendation",
                                        "objection", "closing",    "confirmation", "farewell",
                                        "shipping",  "after_sales"};
constexpr std::string_view kTechniques[] = {
    "none",        "scarcity",         "deadline",  "fast_delivery", "either_or",
    "help_choose", "counter_question", "recommend", "cross_sell",    "yield",
    "sympathy",    "lower_guard",      "interest",  "agreement"};
constexpr size_t kFirstManner = static_cast<size_t>(Technique::kYield);
constexpr std::string_view kPolicies[] = {"auto", "suggest", "handoff"};
constexpr std::string_view kObjections[] = {"none", "doubt", "misunderstanding", "drawback",
                                            "complaint"};
constexpr std::string_view kRequested[] = {"order_number", "picture", "phone",    "address",
                                           "receiver",     "region",  "quantity", "size",
                                           "colour",       "item",    "measures"};
constexpr std::string_view kRoutes[] = {"presales", "aftersales", "complaints", "finance"};

}  // namespace

bool is_computed(std::string_view path) {
  constexpr std::string_view kSections[] = {"derived.", "bargain.", "sizing."};
  return std::any_of(std::begin(kSections), std::end(kSections),
                     [&](std::string_view section) { return path.starts_with(section); });
}

std::span<const FactDef> facts() { return kFacts; }

FactId find_fact(std::string_view name_or_path) {
  for (size_t id = 0; id < std::size(kFacts); ++id) {
    if (kFacts[id].name == name_or_path || kFacts[id].path == name_or_path) {
      return static_cast<FactId>(id);
    }
  }
  return kNoFact;
}

std::string_view name_of(OrderState value) { return kOrderStates[static_cast<size_t>(value)]; }
std::string_view name_of(Stage value) { return kStages[static_cast<size_t>(value)]; }
std::string_view name_of(Technique value) { return kTechniques[static_cast<size_t>(value)]; }
std::string_view name_of(Policy value) { return kPolicies[static_cast<size_t>(value)]; }
std::string_view name_of(Objection value) { return kObjections[static_cast<size_t>(value)]; }
std::string_view name_of(Route value) { return kRoutes[static_cast<size_t>(value)]; }

std::span<const std::string_view> order_state_names() { return kOrderStates; }
std::span<const std::string_view> stage_names() { return kStages; }
std::span<const std::string_view> technique_names() {
  return std::span(kTechniques).first(kFirstManner);
}
std::span<const std::string_view> manner_names() {
  return std::span(kTechniques).subspan(kFirstManner);
}
std::span<const std::string_view> policy_names() { return kPolicies; }
std::span<const std::string_view> objection_names() { return kObjections; }
std::span<const std::string_view> route_names() { return kRoutes; }
std::span<const std::string_view> requested_names() { return kRequested; }

}  // namespace xiaoer::rules
