#include "reply/sizing.hpp"

#include <algorithm>
#include <functional>

namespace xiaoer::reply {
namespace {

constexpr std::string_view kTold = "the buyer's message";
constexpr std::string_view kFrom = "product.sizes, the buyer's message";

// One measure: what the buyer told of it, and where sizes keep its range.
struct Measure {
  Decimal told;
  std::optional<Band> FactEntry::*band;

  bool is_told() const { return told > Decimal{}; }
};

class Chart {
 public:
  Chart(const std::vector<FactEntry>& sizes, const entities::Measures& told) : sizes_(sizes) {
    const Measure all[] = {{told.height, &FactEntry::height},
                           {told.weight, &FactEntry::weight},
                           {told.foot, &FactEntry::foot}};
    for (const Measure& measure : all) {
      const bool has = std::any_of(sizes.begin(), sizes.end(), [&](const FactEntry& size) {
        return (size.*measure.band).has_value();
      });
      if (has) needed_[count_++] = measure;
    }
  }

  // Everything that the chart goes by is told.
  bool can_tell() const {
    return count_ > 0 &&
           std::all_of(needed_.begin(), needed_.begin() + count_, std::mem_fn(&Measure::is_told));
  }

  // The sizes that hold all measures, or else the two neighbours that hold one each: the smallest
  // and the largest of them.
  struct Pair {
    const FactEntry *smaller = nullptr, *larger = nullptr;
  };
  Pair find() const {
    Pair pair;
    for (const FactEntry& size : sizes_) {
      if (!holds_all(size)) continue;
      if (pair.smaller == nullptr || rank(size) < rank(*pair.smaller)) pair.smaller = &size;
      if (pair.larger == nullptr || rank(size) > rank(*pair.larger)) pair.larger = &size;
    }
    return pair.smaller == nullptr && count_ == 2 ? between() : pair;
  }

 private:
  bool holds(const FactEntry& size, const Measure& measure) const {
    const std::optional<Band>& band = size.*measure.band;
    return band && band->holds(measure.told);
  }
  bool holds_all(const FactEntry& size) const {
    return std::all_of(needed_.begin(), needed_.begin() + count_,
                       [&](const Measure& measure) { return holds(size, measure); });
  }

  // Sizes grow with the range of the first measure; shops list them in any order.
  Decimal begin_of(const FactEntry& size) const {
    const std::optional<Band>& band = size.*needed_[0].band;
    return band ? band->from.value_or(Decimal{}) : Decimal{};
  }
  int64_t rank(const FactEntry& size) const {
    return std::count_if(sizes_.begin(), sizes_.end(),
                         [&](const FactEntry& other) { return begin_of(other) < begin_of(size); });
  }

  // 165 is L and 105斤 is M: he is between the two.
  Pair between() const {
    for (const FactEntry& a : sizes_) {
      for (const FactEntry& b : sizes_) {
        if (!holds(a, needed_[0]) || !holds(b, needed_[1])) continue;
        if (rank(a) - rank(b) == 1) return {&b, &a};
        if (rank(b) - rank(a) == 1) return {&a, &b};
      }
    }
    return {};
  }

  const std::vector<FactEntry>& sizes_;
  std::array<Measure, 3> needed_;  // the first `count_`
  uint32_t count_ = 0;
};

FactValue& tell(SizingFact fact, std::string_view from, Sizing* out) {
  FactValue& value = out->values[static_cast<size_t>(fact)];
  value.present = true;
  value.derived_from = from;
  return value;
}

}  // namespace

void find_sizing(const Facts& facts, const entities::Measures& measures, Sizing* out) {
  for (FactValue& value : out->values) value.present = false;
  const std::pair<SizingFact, Decimal> told[] = {{SizingFact::kHeight, measures.height},
                                                 {SizingFact::kWeight, measures.weight},
                                                 {SizingFact::kFoot, measures.foot}};
  for (const auto& [fact, number] : told) {
    if (number > Decimal{}) tell(fact, kTold, out).number = number;
  }
  const Chart chart(facts.sizes(), measures);
  if (!chart.can_tell()) return;
  const Chart::Pair pair = chart.find();
  if (pair.smaller == nullptr) {
    FactValue& off = tell(SizingFact::kOffChart, kFrom, out);
    off.flag = true;
    off.text = "true";
    return;
  }
  tell(SizingFact::kSize, kFrom, out).text.assign(pair.smaller->name);
  if (pair.larger != pair.smaller) {
    tell(SizingFact::kLooser, kFrom, out).text.assign(pair.larger->name);
  }
  if (pair.smaller->stock) {
    tell(SizingFact::kStock, "product.sizes", out).number = *pair.smaller->stock;
  }
}

}  // namespace xiaoer::reply
