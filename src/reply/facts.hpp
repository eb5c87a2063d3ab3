#pragma once
// The facts of one call, typed and checked once, reusable for any number of replies and rulesets.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/diagnostic.hpp"
#include "json/value.hpp"
#include "rules/facts.hpp"

namespace xiaoer::reply {

struct FactValue {
  bool present = false;
  uint16_t shapes = 0;         // bit 1 << FactType: the types that this value can be read as
  Decimal number;              // amounts, integers; clocks and hours: minutes of the day (from)
  int32_t minutes_to = 0;      // hours: end
  int64_t time = 0;            // kTime: seconds since the epoch
  int32_t offset_minutes = 0;  // kTime: offset from UTC as given
  bool flag = false;
  std::string text;                // as supplied, or the list joined with 、
  std::vector<std::string> items;  // lists
  std::string_view derived_from;   // derived facts: paths they were computed from, else empty

  bool fits(rules::FactType type) const {
    return (shapes & (1u << static_cast<unsigned>(type))) != 0;
  }
};

// From one to the other; an open end is nothing.
struct Band {
  std::optional<Decimal> from, to;

  bool holds(Decimal value) const { return (!from || value >= *from) && (!to || value <= *to); }
};

// A nested object of the facts (a variant, a size, a related item, a coupon, a quantity price) as
// far as facts are derived from it.
struct FactEntry {
  std::string name, where, reason, link, fits;
  std::optional<Decimal> stock, price, threshold, value, min;
  std::optional<Band> height, weight, foot;  // centimetres, 斤, centimetres
};

class Facts {
 public:
  Facts();
  // Reads a facts object (rules/facts.schema.json). Wrong types, times without offset, hours out of
  // range and negative amounts are errors with their place ("facts" or the file's name); unknown
  // keys are kept for packs that name them. null, empty texts and empty lists count as absent.
  // False: errors; `*this` is then empty.
  bool read(const json::Value& value, std::string_view file, Diagnostics* diagnostics);

  // Built-in and derived facts by FactId.
  const FactValue& get(rules::FactId id) const { return values_[id]; }
  // Facts beyond the built-in ones by path ("product.size_chart"); absent when unknown.
  const FactValue& find(std::string_view path) const;

  // Whether one of the texts holds the word.
  bool mention(std::string_view word) const;

  bool verified_buyer() const;
  rules::OrderState order_state() const;  // kNone without an order
  bool has_order() const;
  // The lowest price that may leave: the floor, or the price itself where no floor is given.
  std::optional<Decimal> floor_price() const;
  // Authorised prices, highest first.
  const std::vector<Decimal>& ladder() const { return ladder_; }
  // What was supplied beyond the built-in facts, by path.
  struct Extra {
    std::string path;
    FactValue value;
  };
  const std::vector<Extra>& extras() const { return extras_; }
  // The keys that are none of the built-in ones, with or without a value.
  struct Unknown {
    std::string path;  // "product.prise", "product.variants[0].prise"
    Place place;
  };
  const std::vector<Unknown>& unknown() const { return unknown_; }
  // The nested objects, in their order.
  const std::vector<FactEntry>& variants() const { return variants_; }
  const std::vector<FactEntry>& sizes() const { return sizes_; }
  const std::vector<FactEntry>& related() const { return related_; }
  const std::vector<FactEntry>& coupons() const { return coupons_; }
  const std::vector<FactEntry>& quantity_prices() const { return bulk_; }
  void clear();

  // From now on the facts of this variant of the product: its price and stock, and, unless
  // it is sold out, its name behind the product's. With a price of its own, what is only known of
  // the product's (list price, ladder, quantity prices, the price to come) is gone.
  void narrow_to(const FactEntry& variant);
  bool has_own_price() const { return own_price_; }

 private:
  friend class FactsReader;
  void derive();
  void derive_variants();
  void derive_offers();
  void derive_gap();
  void derive_missing();
  FactValue* derived(std::string_view path, std::string_view from);
  void derive_text(std::string_view path, std::string_view from, const std::string& text);
  void derive_number(std::string_view path, std::string_view from, Decimal number);
  void derive_list(std::string_view path, std::string_view from, std::vector<std::string> items);

  std::vector<FactValue> values_;
  std::vector<Extra> extras_;  // sorted by path
  std::vector<Unknown> unknown_;
  std::vector<Decimal> ladder_;
  std::vector<rules::FactId> blanks_;  // named by the caller, and left empty
  // Nested shapes that derived facts are computed from.
  std::vector<FactEntry> variants_, sizes_, related_, coupons_, bulk_;
  bool own_price_ = false;  // of a variant
};

// FactIds that the stages ask for by name; resolved once.
struct KnownFacts {
  rules::FactId shop_name, shop_hours, cutoff, ship_within, free_ship_floor, ship_fee, insurance;
  rules::FactId remote_regions, remote_ship_fee, carriers, default_carrier;
  rules::FactId price, list_price, floor_price, stock, scarcity_at, warranty, lead_days, no_reason;
  rules::FactId return_days, gifts, certificates, sold_month, product_id;
  rules::FactId promotion_starts, promotion_ends, next_name, reduction, threshold;
  rules::FactId order_id, order_state, order_amount, promised_ship_at, eta, tracking, carrier_phone;
  rules::FactId receiver, phone, address, nickname, tier, verified;
  rules::FactId in_stock, sold_out, option_one, option_two, sizes, coupon_name, coupon_value;
  rules::FactId related_one, related_one_price, related_one_reason, related_two, related_two_reason;
  rules::FactId bulk_min, bulk_price, gap, next_ladder;
  rules::FactId product_name, product_link, next_starts, next_price, paid_at, shipped_at,
      received_at;
  rules::FactId waiting, presence, placed_at, spec, quantity;
  rules::FactId promotion_rule, unit;
  rules::FactId bargain, sizing;  // the first of what bargaining comes to, and of which size fits
};
const KnownFacts& known_facts();

}  // namespace xiaoer::reply
