#include "bench/load/figures.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoer::load {

Quantiles quantiles_of(std::vector<Latency>* values) {
  if (values->empty()) return {};
  std::sort(values->begin(), values->end());
  // The least value that at least this share of all does not exceed.
  const auto at = [&](double share) {
    const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(values->size())));
    return static_cast<double>((*values)[std::max<size_t>(rank, 1) - 1]);
  };
  return {at(0.5), at(0.9), at(0.99), at(0.999), at(0.9999), at(1)};
}

}  // namespace xiaoer::load
