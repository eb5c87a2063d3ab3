#include "bench/measure.hpp"

#include "bench/generate.hpp"
#include "engine.hpp"
#include "tests/memory.hpp"

namespace xiaoer::bench {

size_t allocations() { return test_memory::allocations; }

double timer_overhead() {
  static const double overhead = [] {
    std::vector<double> samples;
    for (int i = 0; i < 20'000; ++i) {
      const auto begin = Clock::now();
      samples.push_back(nanoseconds(Clock::now() - begin));
    }
    std::nth_element(samples.begin(), samples.begin() + samples.size() / 2, samples.end());
    return samples[samples.size() / 2];
  }();
  return overhead;
}

void report(benchmark::State& state, std::vector<double> least, double allocations_per_call) {
  std::sort(least.begin(), least.end());
  state.counters["p50_ns"] = least[least.size() / 2];
  state.counters["p99_ns"] = least[least.size() * 99 / 100];
  state.counters["allocs_per_reply"] = allocations_per_call;
}

void measure_replies(benchmark::State& state, const Ruleset& ruleset,
                     const std::vector<std::string>& messages) {
  const reply::Facts facts = generate_facts();
  Context context;
  Result result;
  Request request;
  request.facts = &facts;
  measure(state, messages.size(), [&](size_t i) {
    request.message = messages[i];
    answer(ruleset, context, nullptr, request, &result);
    benchmark::DoNotOptimize(result.bytes.data());
  });
}

}  // namespace xiaoer::bench
