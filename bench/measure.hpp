#pragma once
// How the rows of xiaoer_bench are measured: the least time of each call over several rounds, the
// timer's own cost taken off, quantiles over the calls, and allocations counted.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "ruleset.hpp"

namespace xiaoer::bench {

// Allocations of the program and its libraries so far.
size_t allocations();

// What reading the clock twice costs, in nanoseconds.
double timer_overhead();

using Clock = std::chrono::steady_clock;

inline double nanoseconds(Clock::duration time) {
  return std::chrono::duration<double, std::nano>(time).count();
}

// Counters p50_ns and p99_ns over `least`, allocs_per_reply.
void report(benchmark::State& state, std::vector<double> least, double allocations_per_call);

// Runs work(0) … work(count - 1) for several rounds, after one that is not measured, in which
// buffers grow.
template <class Work>
void measure(benchmark::State& state, size_t count, Work work) {
  constexpr int kRounds = 15;
  std::vector<double> least(count, 1e18);
  for (size_t i = 0; i < count; ++i) work(i);
  size_t allocated = 0;
  for (auto _ : state) {
    for (int round = 0; round < kRounds; ++round) {
      for (size_t i = 0; i < count; ++i) {
        const size_t before = allocations();
        const auto begin = Clock::now();
        work(i);
        const double time = nanoseconds(Clock::now() - begin) - timer_overhead();
        allocated += allocations() - before;
        least[i] = std::min(least[i], std::max(time, 0.0));
      }
    }
  }
  const double calls = static_cast<double>(state.iterations()) * kRounds * count;
  report(state, std::move(least), allocated / calls);
}

// The whole pipeline over the messages, one reply each, without a session.
void measure_replies(benchmark::State& state, const Ruleset& ruleset,
                     const std::vector<std::string>& messages);

}  // namespace xiaoer::bench
