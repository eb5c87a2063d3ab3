// Reply latency. Floor/N normalises and scans; Match/N adds entities, phrases and regexes; Reply/N
// is the whole pipeline over a generated pack of N phrases; DefaultPack/Reply the shipped pack with
// session, facts and guards. Counters: p50_ns and p99_ns over messages (each message's least time
// over the rounds, timer overhead taken off), allocs_per_reply. Read ratios within one run;
// absolute figures differ by machine.

#include <benchmark/benchmark.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "bench/material.hpp"
#include "engine.hpp"

namespace {
std::atomic<size_t> allocations{0};
}

// GCC sees new and free meet where it inlines these, and thinks them mismatched.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
void* operator new(size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace {

using namespace xiaoer;
using bench::default_pack;
using bench::generated;
using bench::Stages;
using Clock = std::chrono::steady_clock;

constexpr uint32_t kMessages = 4000;
constexpr int kRounds = 15;

double nanoseconds(Clock::duration time) {
  return std::chrono::duration<double, std::nano>(time).count();
}

// What reading the clock twice costs: taken off every sample.
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

const std::vector<std::string>& messages() {
  static const std::vector<std::string> kAll = bench::generate_messages(kMessages, 11);
  return kAll;
}

// Runs `work(i)` over all messages for several rounds and reports.
template <class Work>
void measure(benchmark::State& state, const std::vector<std::string>& all, Work work) {
  std::vector<double> least(all.size(), 1e18);
  for (size_t i = 0; i < all.size(); ++i) work(i);  // warm: buffers grow to their size
  size_t counted = 0;
  for (auto _ : state) {
    for (int round = 0; round < kRounds; ++round) {
      for (size_t i = 0; i < all.size(); ++i) {
        const size_t before = allocations.load(std::memory_order_relaxed);
        const auto begin = Clock::now();
        work(i);
        const double time = nanoseconds(Clock::now() - begin) - timer_overhead();
        counted += allocations.load(std::memory_order_relaxed) - before;
        least[i] = std::min(least[i], std::max(time, 0.0));
      }
    }
  }
  std::sort(least.begin(), least.end());
  const double replies = static_cast<double>(state.iterations()) * kRounds * all.size();
  state.counters["p50_ns"] = least[least.size() / 2];
  state.counters["p99_ns"] = least[least.size() * 99 / 100];
  state.counters["allocs_per_reply"] = counted / replies;
}

void IcuNormalize(benchmark::State& state) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::string out;
  measure(state, messages(), [&](size_t i) {
    out.clear();
    icu::StringByteSink<std::string> sink(&out);
    UErrorCode code = U_ZERO_ERROR;
    normalizer->normalizeUTF8(0, messages()[i], sink, nullptr, code);
    benchmark::DoNotOptimize(out.data());
  });
}

void Normalise(benchmark::State& state) {
  text::Text text;
  measure(state, messages(), [&](size_t i) { text::normalise(messages()[i], text); });
}

void Floor(benchmark::State& state) {
  Stages stages(generated(static_cast<uint32_t>(state.range(0))));
  measure(state, messages(), [&](size_t i) { stages.floor(messages()[i]); });
}

void Match(benchmark::State& state) {
  Stages stages(generated(static_cast<uint32_t>(state.range(0))));
  size_t matched = 0, seen = 0;
  measure(state, messages(), [&](size_t i) {
    matched += stages.match(messages()[i]);
    ++seen;
  });
  state.counters["matched_share"] = static_cast<double>(matched) / seen;
}

void Reply(benchmark::State& state) {
  const Ruleset& ruleset = generated(static_cast<uint32_t>(state.range(0)));
  const reply::Facts facts = bench::generate_facts();
  Context context;
  Result result;
  Request request;
  request.facts = &facts;
  measure(state, messages(), [&](size_t i) {
    request.message = messages()[i];
    answer(ruleset, context, nullptr, request, &result);
    benchmark::DoNotOptimize(result.bytes.data());
  });
}

void DefaultFloor(benchmark::State& state) {
  Stages stages(*default_pack().ruleset);
  measure(state, default_pack().messages,
          [&](size_t i) { stages.floor(default_pack().messages[i]); });
}

void DefaultReply(benchmark::State& state) {
  const reply::Facts facts = bench::generate_facts();
  Context context;
  Result result;
  dialogue::Session session;
  Request request;
  request.facts = &facts;
  request.now = reply::Instant{1'795'226'400, 480};
  request.assume_sent = true;
  measure(state, default_pack().messages, [&](size_t i) {
    if (i % 8 == 0) session = {};
    request.message = default_pack().messages[i];
    answer(*default_pack().ruleset, context, &session, request, &result);
    benchmark::DoNotOptimize(result.bytes.data());
  });
}

BENCHMARK(IcuNormalize)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(Normalise)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(Floor)->Arg(100)->Arg(1000)->Arg(10000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(Match)->Arg(100)->Arg(1000)->Arg(10000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(Reply)->Arg(100)->Arg(1000)->Arg(10000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(DefaultFloor)->Name("DefaultPack/Floor")->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(DefaultReply)->Name("DefaultPack/Reply")->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
