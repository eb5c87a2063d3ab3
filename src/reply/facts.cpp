#include "reply/facts.hpp"

#include <algorithm>
#include <utility>

namespace xiaoer::reply {
namespace {

using rules::FactType;

constexpr uint16_t shape(FactType type) {
  return static_cast<uint16_t>(1u << static_cast<unsigned>(type));
}

const FactValue kAbsent = {};

KnownFacts resolve() {
  const auto id = [](std::string_view path) { return rules::find_fact(path); };
  KnownFacts k = {};
  k.shop_name = id("shop.name"), k.shop_hours = id("shop.hours"), k.cutoff = id("shop.cutoff");
  k.ship_within = id("shop.ship_within_hours"), k.free_ship_floor = id("shop.free_ship_floor");
  k.ship_fee = id("shop.ship_fee"), k.insurance = id("shop.freight_insurance");
  k.remote_regions = id("shop.remote_regions");
  k.remote_ship_fee = id("shop.remote_ship_fee");
  k.carriers = id("shop.carriers"), k.default_carrier = id("shop.default_carrier");
  k.price = id("product.price"), k.list_price = id("product.list_price");
  k.floor_price = id("product.floor_price"), k.stock = id("product.stock");
  k.scarcity_at = id("product.scarcity_at"), k.warranty = id("product.warranty_months");
  k.lead_days = id("product.lead_days"), k.no_reason = id("product.no_reason_return");
  k.return_days = id("shop.return_days");
  k.gifts = id("product.gifts"), k.certificates = id("product.certificates");
  k.sold_month = id("product.sold_month"), k.product_id = id("product.id");
  k.product_name = id("product.name");
  k.promotion_starts = id("promotion.starts"), k.promotion_ends = id("promotion.ends");
  k.next_name = id("promotion.next_name");
  k.reduction = id("promotion.reduction"), k.threshold = id("promotion.threshold");
  k.order_id = id("order.id"), k.order_state = id("order.state");
  k.order_amount = id("order.amount"), k.promised_ship_at = id("order.promised_ship_at");
  k.eta = id("order.eta"), k.tracking = id("order.tracking");
  k.carrier_phone = id("order.carrier_phone"), k.receiver = id("order.receiver");
  k.phone = id("order.phone"), k.address = id("order.address"), k.tier = id("buyer.tier");
  k.nickname = id("buyer.nickname");
  k.verified = id("buyer.verified"), k.in_stock = id("derived.in_stock_variants");
  k.sold_out = id("derived.sold_out_variants"), k.option_one = id("derived.option_one");
  k.option_two = id("derived.option_two"), k.sizes = id("derived.sizes");
  k.coupon_name = id("derived.coupon_name"), k.coupon_value = id("derived.coupon_value");
  k.related_one = id("derived.related_one"), k.related_one_price = id("derived.related_one_price");
  k.related_one_reason = id("derived.related_one_reason");
  k.related_two = id("derived.related_two");
  k.related_two_reason = id("derived.related_two_reason");
  k.bulk_min = id("derived.bulk_min"), k.bulk_price = id("derived.bulk_price");
  k.waiting = id("shop.waiting"), k.presence = id("shop.presence");
  k.placed_at = id("order.placed_at"), k.spec = id("order.spec"), k.quantity = id("order.quantity");
  k.gap = id("derived.gap_to_reduction"), k.next_ladder = id("derived.next_ladder_price");
  k.product_name = id("product.name"), k.product_link = id("product.link");
  k.next_starts = id("promotion.next_starts"), k.next_price = id("promotion.next_price");
  k.paid_at = id("order.paid_at"), k.shipped_at = id("order.shipped_at");
  k.received_at = id("order.received_at");
  k.promotion_rule = id("promotion.rule"), k.unit = id("product.unit");
  k.bargain = id("bargain.offer"), k.sizing = id("sizing.size");
  return k;
}

// A related item may be named unless it is known to be sold out.
std::vector<const FactEntry*> available(const std::vector<FactEntry>& entries) {
  std::vector<const FactEntry*> result;
  for (const FactEntry& entry : entries) {
    if (!entry.name.empty() && (!entry.stock || entry.stock->milli > 0)) result.push_back(&entry);
  }
  return result;
}

}  // namespace

const KnownFacts& known_facts() {
  static const KnownFacts known = resolve();
  return known;
}

Facts::Facts() : values_(rules::facts().size()) {}

void Facts::clear() {
  std::fill(values_.begin(), values_.end(), FactValue{});
  extras_.clear();
  unknown_.clear();
  ladder_.clear();
  blanks_.clear();
  own_price_ = false;
  for (auto* entries : {&variants_, &sizes_, &related_, &coupons_, &bulk_}) entries->clear();
}

void Facts::narrow_to(const FactEntry& variant) {
  constexpr std::string_view kFrom = "product.variants";
  const KnownFacts& known = known_facts();
  FactValue& product = values_[known.product_name];
  const bool sold_out = variant.stock && variant.stock->milli == 0;
  if (product.present && !sold_out && product.text.find(variant.name) == std::string::npos) {
    product.text += variant.name;
    product.derived_from = "product.name, product.variants";
  }
  if (variant.stock) derive_number("product.stock", kFrom, *variant.stock);
  const FactValue& price = get(known.price);
  if (!variant.price || (price.present && price.number == *variant.price)) return;
  own_price_ = true;
  // What else they hold is kept for its memory: the next call fills these facts again.
  for (const rules::FactId id : {known.list_price, known.next_price, known.next_starts,
                                 known.bulk_min, known.bulk_price, known.gap, known.next_ladder}) {
    values_[id].present = false;
  }
  ladder_.clear();
  bulk_.clear();
  derive_number("product.price", kFrom, *variant.price);
  derive_gap();
}

const FactValue& Facts::find(std::string_view path) const {
  const auto found =
      std::lower_bound(extras_.begin(), extras_.end(), path,
                       [](const Extra& extra, std::string_view key) { return extra.path < key; });
  return found != extras_.end() && found->path == path ? found->value : kAbsent;
}

bool Facts::mention(std::string_view word) const {
  const auto holds = [&](const FactValue& value) {
    return value.present && value.text.find(word) != value.text.npos;
  };
  return std::any_of(values_.begin(), values_.end(), holds) ||
         std::any_of(extras_.begin(), extras_.end(),
                     [&](const Extra& extra) { return holds(extra.value); }) ||
         std::any_of(related_.begin(), related_.end(), [&](const FactEntry& related) {
           return related.name.find(word) != related.name.npos;
         });
}

bool Facts::verified_buyer() const {
  const FactValue& verified = get(known_facts().verified);
  return verified.present && verified.flag;
}

bool Facts::has_order() const {
  const auto defs = rules::facts();
  for (size_t id = 0; id < defs.size(); ++id) {
    if (defs[id].path.starts_with("order.") && values_[id].present) return true;
  }
  return false;
}

rules::OrderState Facts::order_state() const {
  const FactValue& state = get(known_facts().order_state);
  const auto names = rules::order_state_names();
  for (size_t i = 0; state.present && i < names.size(); ++i) {
    if (names[i] == state.text) return static_cast<rules::OrderState>(i);
  }
  return rules::OrderState::kNone;
}

std::optional<Decimal> Facts::floor_price() const {
  const FactValue& floor = get(known_facts().floor_price);
  if (floor.present) return floor.number;
  const FactValue& price = get(known_facts().price);
  if (price.present) return price.number;
  return std::nullopt;
}

FactValue* Facts::derived(std::string_view path, std::string_view from) {
  FactValue* value = &values_[rules::find_fact(path)];
  value->present = true;
  value->derived_from = from;
  return value;
}

void Facts::derive_text(std::string_view path, std::string_view from, const std::string& text) {
  if (text.empty()) return;
  FactValue* value = derived(path, from);
  value->text = text;
  value->shapes = shape(FactType::kText);
}

void Facts::derive_number(std::string_view path, std::string_view from, Decimal number) {
  FactValue* value = derived(path, from);
  value->number = number;
  value->text = number.to_string();
  value->shapes = static_cast<uint16_t>(shape(FactType::kAmount) |
                                        (number.is_integer() ? shape(FactType::kInteger) : 0));
}

void Facts::derive_list(std::string_view path, std::string_view from,
                        std::vector<std::string> items) {
  if (items.empty()) return;
  FactValue* value = derived(path, from);
  for (const std::string& item : items) {
    if (!value->text.empty()) value->text += "、";
    value->text += item;
  }
  value->items = std::move(items);
  value->shapes = shape(FactType::kTextList);
}

void Facts::derive() {
  derive_variants();
  derive_offers();
  derive_missing();
}

// What an order confirmation has to ask for: what the caller names and leaves empty, and of the
// receiver's data whatever is not given when something of it is. What is not named at all may well
// be known to the shop.
void Facts::derive_missing() {
  const KnownFacts& known = known_facts();
  const auto is_blank = [&](rules::FactId id) {
    return std::find(blanks_.begin(), blanks_.end(), id) != blanks_.end();
  };
  const bool delivers =
      get(known.receiver).present || get(known.phone).present || get(known.address).present;
  const struct {
    rules::FactId id;
    std::string_view name;
    bool expected;
  } checklist[] = {{known.spec, "规格", false},
                   {known.quantity, "数量", false},
                   {known.receiver, "收件人姓名", delivers},
                   {known.phone, "联系电话", delivers},
                   {known.address, "收货地址", delivers}};
  std::vector<std::string> missing;
  for (const auto& item : checklist) {
    if (!get(item.id).present && (item.expected || is_blank(item.id)))
      missing.emplace_back(item.name);
  }
  derive_list("derived.order_missing", "order", std::move(missing));
}

// Only variants whose stock is stated are called in stock or sold out.
void Facts::derive_variants() {
  constexpr std::string_view kFrom = "product.variants";
  std::vector<std::string> in_stock, sold_out, sizes;
  for (const FactEntry& variant : variants_) {
    if (variant.name.empty() || !variant.stock) continue;
    (variant.stock->milli > 0 ? in_stock : sold_out).push_back(variant.name);
  }
  if (in_stock.size() >= 2) {
    derive_text("derived.option_one", kFrom, in_stock[0]);
    derive_text("derived.option_two", kFrom, in_stock[1]);
  }
  derive_list("derived.in_stock_variants", kFrom, std::move(in_stock));
  derive_list("derived.sold_out_variants", kFrom, std::move(sold_out));
  for (const FactEntry& size : sizes_) {
    if (!size.name.empty()) sizes.push_back(size.name);
  }
  derive_list("derived.sizes", "product.sizes", std::move(sizes));
}

void Facts::derive_offers() {
  const KnownFacts& known = known_facts();
  if (!coupons_.empty()) {
    constexpr std::string_view kFrom = "promotion.coupons";
    const FactEntry& coupon = coupons_.front();
    derive_text("derived.coupon_name", kFrom, coupon.name);
    derive_text("derived.coupon_where", kFrom, coupon.where);
    if (coupon.threshold) derive_number("derived.coupon_threshold", kFrom, *coupon.threshold);
    if (coupon.value) derive_number("derived.coupon_value", kFrom, *coupon.value);
  }
  const std::vector<const FactEntry*> related = available(related_);
  constexpr std::string_view kRelated = "product.related";
  if (!related.empty()) {
    derive_text("derived.related_one", kRelated, related[0]->name);
    derive_text("derived.related_one_reason", kRelated, related[0]->reason);
    if (related[0]->price) derive_number("derived.related_one_price", kRelated, *related[0]->price);
  }
  if (related.size() > 1) {
    derive_text("derived.related_two", kRelated, related[1]->name);
    derive_text("derived.related_two_reason", kRelated, related[1]->reason);
  }
  const FactEntry* tier = nullptr;
  for (const FactEntry& entry : bulk_) {
    const bool whole = entry.min && entry.price;
    if (whole && (tier == nullptr || *entry.min < *tier->min)) tier = &entry;
  }
  if (tier != nullptr) {
    derive_number("derived.bulk_min", "product.quantity_prices", *tier->min);
    derive_number("derived.bulk_price", "product.quantity_prices", *tier->price);
  }
  derive_gap();
  const FactValue& price = get(known.price);
  std::sort(ladder_.begin(), ladder_.end(), std::greater<>());
  for (const Decimal step : ladder_) {
    if (!price.present || step >= price.number) continue;
    derive_number("derived.next_ladder_price", "product.ladder, product.price", step);
    break;
  }
}

// What is missing to the reduction.
void Facts::derive_gap() {
  const KnownFacts& known = known_facts();
  const FactValue& price = get(known.price);
  const FactValue& amount = get(known.order_amount);
  const FactValue& threshold = get(known.threshold);
  const FactValue& spent = amount.present ? amount : price;
  if (threshold.present && spent.present && get(known.reduction).present &&
      threshold.number > spent.number) {
    derive_number(
        "derived.gap_to_reduction",
        amount.present ? "promotion.threshold, order.amount" : "promotion.threshold, product.price",
        threshold.number - spent.number);
  }
}

}  // namespace xiaoer::reply
