#include "reply/sources.hpp"

#include <algorithm>
#include <iterator>

#include "reply/stated.hpp"
#include "rules/facts.hpp"

namespace xiaoer::reply {
namespace {

using rules::FactId;
using rules::FactRole;
using rules::FactType;

struct KnownAmount {
  std::string_view path;
  Role role;
};
constexpr KnownAmount kAmounts[] = {
    {"product.price", Role::kPrice},
    {"product.list_price", Role::kListPrice},
    {"shop.ship_fee", Role::kFee},
    {"shop.remote_ship_fee", Role::kFee},
    {"shop.free_ship_floor", Role::kThreshold},
    {"promotion.threshold", Role::kThreshold},
    {"promotion.reduction", Role::kReduction},
    {"order.amount", Role::kTotal},
};

struct KnownFigure {
  std::string_view path;
  Measure measure;
  Role role;
};
constexpr KnownFigure kFigures[] = {
    {"shop.ship_within_hours", Measure::kHours, Role::kShipping},
    {"shop.return_days", Measure::kDays, Role::kReturn},
    {"product.lead_days", Measure::kDays, Role::kShipping},
    {"product.shelf_life_days", Measure::kDays, Role::kShelfLife},
    {"product.warranty_months", Measure::kMonths, Role::kWarranty},
    {"product.stock", Measure::kCount, Role::kStock},
    {"product.sold_month", Measure::kCount, Role::kSales},
    {"shop.cutoff", Measure::kClock, Role::kCutoff},
};

struct KnownTime {
  std::string_view path;
  Role role;
};
constexpr KnownTime kTimes[] = {
    {"promotion.starts", Role::kStart},      {"promotion.ends", Role::kPromotion},
    {"promotion.next_starts", Role::kStart}, {"order.placed_at", Role::kPaid},
    {"order.paid_at", Role::kPaid},          {"order.promised_ship_at", Role::kShipping},
    {"order.shipped_at", Role::kShipping},   {"order.received_at", Role::kSigned},
    {"order.eta", Role::kArrival},
};
constexpr std::string_view kHourFacts[] = {"shop.hours", "shop.after_sales_hours"};

// Amounts that shops give under names of their own.
struct NamedAmount {
  std::string_view part;  // of the path
  Role role;
};
constexpr NamedAmount kNamedAmounts[] = {
    {"deposit", Role::kDeposit}, {"balance", Role::kBalance},           {"final", Role::kBalance},
    {"refund", Role::kRefund},   {"compensation", Role::kCompensation},
};

const FactValue& value_of(const Facts& facts, std::string_view path) {
  return facts.get(rules::find_fact(path));
}

bool is_words(FactType type) { return type == FactType::kText || type == FactType::kTextList; }

// The buyer's and the receiver's data bear nothing out, and secrets must not be repeated.
bool may_be_repeated(const rules::FactDef& fact) {
  return is_words(fact.type) && fact.role != FactRole::kPersonal &&
         fact.role != FactRole::kSecret && !fact.path.starts_with("buyer.") &&
         !rules::is_computed(fact.path) && fact.path != "order.state";
}

Decimal times(Decimal amount, int64_t count) { return Decimal{amount.milli * count}; }

}  // namespace

void Sources::build(const Views& views, const Situation& situation) {
  const Facts& facts = *situation.facts;
  promotion_is_over_ = promotion_is_over(situation);
  list_.clear();
  labels_.clear();
  word_count_ = 0;
  add_known(facts);
  add_times(facts, situation.now);
  add_entries(facts);
  add_extras(views, facts);
  add_written(facts);
}

Source& Sources::add(std::string_view path, std::string_view key, Decimal value) {
  Source source;
  source.value = value;
  source.label_begin = static_cast<uint32_t>(labels_.size());
  labels_.append(path).append(key);
  source.label_size = static_cast<uint32_t>(labels_.size()) - source.label_begin;
  list_.push_back(source);
  return list_.back();
}

void Sources::add_money(std::string_view path, std::string_view key, Decimal value, Role role) {
  Source& source = add(path, key, value);
  source.measure = Measure::kMoney;
  source.role = role;
}

void Sources::add_known(const Facts& facts) {
  for (const KnownAmount& known : kAmounts) {
    if (promotion_is_over_ && known.path.starts_with("promotion.")) continue;
    const FactValue& value = value_of(facts, known.path);
    if (value.present) add_money(known.path, "", value.number, known.role);
  }
  const FactValue& next_price = value_of(facts, "promotion.next_price");
  if (next_price.present) {
    add_money("promotion.next_price", "", next_price.number, Role::kPrice);
    list_.back().later = true;
  }
  for (const KnownFigure& known : kFigures) {
    const FactValue& value = value_of(facts, known.path);
    if (!value.present) continue;
    Source& source = add(known.path, "", value.number);
    source.measure = known.measure;
    source.role = known.role;
  }
  for (const std::string_view path : kHourFacts) {
    const FactValue& value = value_of(facts, path);
    if (!value.present) continue;
    for (const Decimal end : {value.number, Decimal::of(value.minutes_to)}) {
      Source& source = add(path, "", end);
      source.measure = Measure::kClock;
      source.role = Role::kHours;
    }
  }
  for (const Decimal step : facts.ladder()) add_money("product.ladder", "", step, Role::kPrice);
}

void Sources::add_times(const Facts& facts, const std::optional<Instant>& now) {
  for (const KnownTime& known : kTimes) {
    const FactValue& value = value_of(facts, known.path);
    if (!value.present) continue;
    const LocalTime local =
        local_time(value.time, now ? now->offset_minutes : value.offset_minutes);
    Source& date = add(known.path, "", Decimal::of(local.month));
    date.measure = Measure::kDate;
    date.other = Decimal::of(local.day_of_month);
    date.role = known.role;
    Source& weekday = add(known.path, "", Decimal::of(local.weekday));
    weekday.measure = Measure::kWeekday;
    weekday.role = known.role;
    Source& clock = add(known.path, "", Decimal::of(local.minute));
    clock.measure = Measure::kClock;
    clock.role = known.role;
  }
}

void Sources::add_entries(const Facts& facts) {
  for (const FactEntry& variant : facts.variants()) {
    if (variant.price) {
      add_money("product.variants", ".price", *variant.price, Role::kPrice);
      list_.back().of = &variant;
    }
    if (!variant.stock) continue;
    Source& stock = add("product.variants", ".stock", *variant.stock);
    stock.measure = Measure::kCount;
    stock.role = Role::kStock;
    stock.of = &variant;
  }
  for (const FactEntry& related : facts.related()) {
    if (!related.price) continue;
    add_money("product.related", ".price", *related.price, Role::kPrice);
    list_.back().related = true;
    list_.back().of = &related;
  }
  for (const FactEntry& tier : facts.quantity_prices()) {
    if (!tier.price || !tier.min) continue;
    add_money("product.quantity_prices", ".price", *tier.price, Role::kPrice);
    list_.back().least = tier.min->milli / 1000;
  }
  for (const FactEntry& coupon : facts.coupons()) {
    if (promotion_is_over_) break;
    if (coupon.threshold) {
      add_money("promotion.coupons", ".threshold", *coupon.threshold, Role::kThreshold);
      list_.back().of = &coupon;
    }
    if (!coupon.value) continue;
    add_money("promotion.coupons", ".value", *coupon.value, Role::kCoupon);
    list_.back().of = &coupon;
  }
}

void Sources::add_extras(const Views& views, const Facts& facts) {
  for (const Facts::Extra& extra : facts.extras()) {
    if (!extra.value.fits(FactType::kAmount)) continue;
    for (const NamedAmount& named : kNamedAmounts) {
      if (extra.path.find(named.part) == std::string::npos) continue;
      add_money(extra.path, "", extra.value.number, named.role);
    }
    const bool declared =
        std::any_of(views.facts.begin(), views.facts.end(),
                    [&](const FactRecord& fact) { return views.text(fact.path) == extra.path; });
    if (declared) add(extra.path, "", extra.value.number).any = true;
  }
}

void Sources::add_written(const Facts& facts) {
  const auto defs = rules::facts();
  for (size_t id = 0; id < defs.size(); ++id) {
    const FactValue& value = facts.get(static_cast<FactId>(id));
    if (value.present && may_be_repeated(defs[id])) read_words(defs[id].path, value.text);
  }
  for (const Facts::Extra& extra : facts.extras()) {
    if (extra.value.fits(FactType::kText) || extra.value.fits(FactType::kTextList)) {
      read_words(extra.path, extra.value.text);
    }
  }
  const auto read_all = [&](std::string_view path, const std::vector<FactEntry>& entries) {
    for (const FactEntry& entry : entries) {
      for (const std::string* text : {&entry.name, &entry.where, &entry.reason, &entry.fits}) {
        if (!text->empty()) read_words(path, *text);
      }
    }
  };
  read_all("product.variants", facts.variants());
  read_all("product.sizes", facts.sizes());
  read_all("product.related", facts.related());
  read_all("promotion.coupons", facts.coupons());
}

void Sources::read_words(std::string_view path, std::string_view text) {
  if (promotion_is_over_ && path.starts_with("promotion.")) return;
  if (text::normalise(text, chars_) != text::NormaliseStatus::kOk || chars_.size() == 0) return;
  if (word_count_ == words_.size()) words_.emplace_back();
  words_[word_count_++].assign(chars_.chars.data(), chars_.size());
  // Normalising drops spaces, which part one statement from the next: 蓝牙5.3 单只4.2克.
  while (!text.empty()) {
    const size_t size = std::min(text.find(' '), text.size());
    read_piece(path, text.substr(0, size));
    text.remove_prefix(std::min(size + 1, text.size()));
  }
}

void Sources::read_piece(std::string_view path, std::string_view text) {
  if (text::normalise(text, chars_) != text::NormaliseStatus::kOk) return;
  read_figures(chars_, &figures_);
  for (size_t i = 0; i < figures_.size(); ++i) {
    const Figure& figure = figures_[i];
    Source& source = add(path, "", figure.value);
    source.written = true;
    source.measure = figure.measure;
    source.other = figure.other;
    source.unit_key = figure.unit_key;
    source.role = read_role(chars_, figures_, i).role;
    const bool amount = source.role != Role::kPrice && path.starts_with("promotion.");
    if (amount && source.measure == Measure::kBare) source.measure = Measure::kMoney;
  }
}

// ---- sums

namespace {

bool is_own_price(const Source& source) {
  return source.measure == Measure::kMoney && source.role == Role::kPrice && !source.related &&
         !source.written;
}
bool is_of(const Source& source, Role role) {
  return source.measure == Measure::kMoney && source.role == role && !source.written;
}

}  // namespace

// Every sum of pieces, bare and with a related item.
template <class Visit>
bool Sources::each_sum(std::span<const int64_t> counts, Visit visit) const {
  const auto visit_count = [&](int64_t count) {
    for (const Source& price : list_) {
      if (!is_own_price(price) || count < price.least) continue;
      Sum sum;
      sum.count = count;
      sum.parts[sum.size++] = &price;
      sum.amount = times(price.value, count);
      if (visit(sum)) return true;
      for (const Source& other : list_) {
        if (!other.related || other.measure != Measure::kMoney) continue;
        Sum both = sum;
        both.parts[both.size++] = &other;
        both.amount = both.amount + other.value;
        if (visit(both)) return true;
      }
    }
    return false;
  };
  if (visit_count(1)) return true;
  return std::any_of(counts.begin(), counts.end(), visit_count);
}

// The sum itself, less what it reaches the threshold of, and each with a fee.
template <class Visit>
bool Sources::each_discount(const Sum& base, bool fees, Visit visit) const {
  const Source *reduction = nullptr, *threshold = nullptr;
  for (const Source& source : list_) {
    if (is_of(source, Role::kReduction)) reduction = &source;
    if (label(source) == "promotion.threshold") threshold = &source;
  }
  const bool reduces =
      reduction != nullptr && (threshold == nullptr || base.amount >= threshold->value);
  const auto less = [&](Sum sum, const Source& part) {
    sum.parts[sum.size] = &part;
    sum.minus[sum.size++] = true;
    sum.amount = sum.amount - part.value;
    return sum;
  };
  const auto with_fees = [&](const Sum& sum) {
    if (visit(sum)) return true;
    return fees && std::any_of(list_.begin(), list_.end(), [&](const Source& fee) {
             if (!is_of(fee, Role::kFee) || sum.size >= std::size(sum.parts)) return false;
             Sum sent = sum;
             sent.parts[sent.size++] = &fee;
             sent.amount = sent.amount + fee.value;
             return visit(sent);
           });
  };
  if (with_fees(base)) return true;
  // A price that was conceded already is not reduced again.
  if (label(*base.parts[0]) == "product.ladder") return false;
  if (reduces && with_fees(less(base, *reduction))) return true;
  for (size_t i = 0; i < list_.size(); ++i) {
    const Source& coupon = list_[i];
    if (!is_of(coupon, Role::kCoupon)) continue;
    const bool bound = i > 0 && list_[i - 1].of == coupon.of;  // its threshold stands before it
    if (bound && base.amount < list_[i - 1].value) continue;
    const Sum cut = less(base, coupon);
    if (with_fees(cut) ||
        (reduces && cut.size < std::size(cut.parts) && with_fees(less(cut, *reduction))))
      return true;
  }
  return false;
}

void Sources::explain(const Sum& sum, std::string* how) const {
  if (sum.count > 1) {
    Decimal::of(sum.count).append_to(*how);
    how->push_back('*');
  }
  for (size_t i = 0; i < sum.size; ++i) {
    if (i > 0) how->push_back(sum.minus[i] ? '-' : '+');
    how->append(label(*sum.parts[i]));
  }
}

bool Sources::derives_total(Decimal amount, bool fees, std::span<const int64_t> counts,
                            std::string* how) const {
  // 两件一共129元: what is said of several is not the sum of one.
  const bool several =
      fees && std::any_of(counts.begin(), counts.end(), [](int64_t count) { return count > 1; });
  return each_sum(counts, [&](const Sum& base) {
    if (several && base.count == 1 && base.size == 1) return false;
    return each_discount(base, fees, [&](const Sum& sum) {
      const bool each = !fees && sum.count > 1 && times(amount, sum.count) == sum.amount;
      if (sum.amount != amount && !each) return false;
      how->clear();
      explain(sum, how);
      if (each) how->append(" each");
      return true;
    });
  });
}

bool Sources::derives_saving(Decimal amount, bool promised, std::span<const int64_t> counts,
                             std::string* how) const {
  const auto differs = [&](const Source& high, const Source& low, int64_t count) {
    if (times(high.value - low.value, count) != amount || count < low.least) return false;
    how->clear();
    if (count > 1) how->append(std::to_string(count)).push_back('*');
    how->append("(").append(label(high)).append("-").append(label(low)).append(")");
    return true;
  };
  for (const Source& high : list_) {
    const bool reduction = is_of(high, Role::kReduction) || is_of(high, Role::kCoupon);
    if (reduction && high.value == amount) {
      how->assign(label(high));
      return true;
    }
    const bool dearer = high.related && high.measure == Measure::kMoney;
    const bool other = dearer || is_own_price(high) || is_of(high, Role::kListPrice);
    if (promised ? label(high) != "product.price" : !other) continue;
    for (const Source& low : list_) {
      const bool step = low.of == nullptr || !promised;
      if (!is_own_price(low) || !step || low.value >= high.value) continue;
      if (differs(high, low, 1)) return true;
      for (const int64_t count : counts) {
        if (differs(high, low, count)) return true;
      }
    }
  }
  return false;
}

bool Sources::derives_gap(Decimal amount, std::span<const int64_t> counts, std::string* how) const {
  const auto misses = [&](const Source& threshold, Decimal spent, std::string_view what) {
    if (threshold.value - spent != amount) return false;
    how->assign(label(threshold)).append("-").append(what);
    return true;
  };
  for (const Source& threshold : list_) {
    if (!is_of(threshold, Role::kThreshold)) continue;
    for (const Source& spent : list_) {
      if (is_of(spent, Role::kTotal) && misses(threshold, spent.value, label(spent))) {
        return true;
      }
    }
    const bool found = each_sum(counts, [&](const Sum& sum) {
      if (threshold.value - sum.amount != amount) return false;
      how->assign(label(threshold)).append("-");
      explain(sum, how);
      return true;
    });
    if (found) return true;
  }
  return false;
}

}  // namespace xiaoer::reply
