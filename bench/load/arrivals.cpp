#include "bench/load/arrivals.hpp"

#include <random>

namespace xiaoer::load {

std::vector<uint64_t> poisson_arrivals(double rate, double seconds, uint64_t seed) {
  std::vector<uint64_t> times;
  if (rate <= 0) return times;
  std::mt19937_64 engine(seed);
  std::exponential_distribution<double> gap(rate);
  times.reserve(static_cast<size_t>(rate * seconds * 1.1) + 16);
  for (double at = gap(engine); at < seconds; at += gap(engine)) {
    times.push_back(static_cast<uint64_t>(at * 1e9));
  }
  return times;
}

}  // namespace xiaoer::load
