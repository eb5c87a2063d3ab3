#pragma once
// When messages come: a Poisson process, which is how independent buyers write.

#include <cstdint>
#include <vector>

namespace xiaoer::load {

// Times from the start in nanoseconds, ascending, all below `seconds`; on average `rate` a second.
// The same for the same seed.
std::vector<uint64_t> poisson_arrivals(double rate, double seconds, uint64_t seed);

}  // namespace xiaoer::load
