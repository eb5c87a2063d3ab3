// Reply latency, stage by stage and size by size. Floor/N normalises and scans; Match/N adds
// entities, phrases and regexes; Reply/N is the whole pipeline over a generated pack of N phrases,
// Dense/… over one whose phrases all share their words; DefaultPack/Reply the shipped pack with
// session, facts and guards. bench_calls.cpp, bench_loading.cpp and bench_long.cpp have the other
// rows. Counters: measure.hpp. Read ratios within one run; absolute figures differ by machine.

#include <benchmark/benchmark.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <string>
#include <vector>

#include "bench/material.hpp"
#include "bench/measure.hpp"
#include "engine.hpp"

namespace {

using namespace xiaoer;
using bench::default_pack;
using bench::generated;
using bench::measure;
using bench::Mix;
using bench::Stages;
using bench::unseen_messages;

const Ruleset& pack_of(const benchmark::State& state, Mix mix) {
  return generated(static_cast<uint32_t>(state.range(0)), mix);
}

void IcuNormalize(benchmark::State& state) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const std::vector<std::string>& messages = unseen_messages();
  std::string out;
  measure(state, messages.size(), [&](size_t i) {
    out.clear();
    icu::StringByteSink<std::string> sink(&out);
    UErrorCode code = U_ZERO_ERROR;
    normalizer->normalizeUTF8(0, messages[i], sink, nullptr, code);
    benchmark::DoNotOptimize(out.data());
  });
}

void Normalise(benchmark::State& state) {
  const std::vector<std::string>& messages = unseen_messages();
  text::Text text;
  measure(state, messages.size(), [&](size_t i) { text::normalise(messages[i], text); });
}

void Floor(benchmark::State& state, Mix mix) {
  const std::vector<std::string>& messages = unseen_messages();
  Stages stages(pack_of(state, mix));
  measure(state, messages.size(), [&](size_t i) { stages.floor(messages[i]); });
}

void Match(benchmark::State& state, Mix mix) {
  const std::vector<std::string>& messages = unseen_messages();
  Stages stages(pack_of(state, mix));
  size_t matched = 0, seen = 0;
  measure(state, messages.size(), [&](size_t i) {
    matched += stages.match(messages[i]);
    ++seen;
  });
  state.counters["matched_share"] = static_cast<double>(matched) / seen;
}

void Reply(benchmark::State& state, Mix mix) {
  bench::measure_replies(state, pack_of(state, mix), unseen_messages());
}

void DefaultFloor(benchmark::State& state) {
  const std::vector<std::string>& messages = default_pack().messages;
  Stages stages(*default_pack().ruleset);
  measure(state, messages.size(), [&](size_t i) { stages.floor(messages[i]); });
}

void DefaultReply(benchmark::State& state) {
  const std::vector<std::string>& messages = default_pack().messages;
  const reply::Facts facts = bench::generate_facts();
  Context context;
  Result result;
  dialogue::Session session;
  Request request;
  request.facts = &facts;
  request.now = Instant{1'795'226'400, 480};
  request.assume_sent = true;
  measure(state, messages.size(), [&](size_t i) {
    if (i % 8 == 0) session = {};
    request.message = messages[i];
    answer(*default_pack().ruleset, context, &session, request, &result);
    benchmark::DoNotOptimize(result.bytes.data());
  });
}

using Body = void (*)(benchmark::State&, Mix);

// A row a size. One iteration: measure() repeats by itself.
void add_rows(const std::string& name, Body body, Mix mix, const std::vector<int64_t>& sizes) {
  auto* row = benchmark::RegisterBenchmark(name.c_str(), body, mix);
  for (const int64_t size : sizes) row->Arg(size);
  row->Iterations(1)->Unit(benchmark::kMillisecond);
}

void add_row(const char* name, void (*body)(benchmark::State&)) {
  benchmark::RegisterBenchmark(name, body)->Iterations(1)->Unit(benchmark::kMillisecond);
}

// Rows run in this order.
const bool kRegistered = [] {
  add_row("IcuNormalize", IcuNormalize);
  add_row("Normalise", Normalise);
  const std::vector<int64_t> sizes = {100, 1000, 10'000, 50'000};
  add_rows("Floor", Floor, Mix::kShop, sizes);
  add_rows("Match", Match, Mix::kShop, sizes);
  add_rows("Reply", Reply, Mix::kShop, sizes);
  add_rows("Dense/Floor", Floor, Mix::kDense, {1000, 10'000, 50'000});
  add_rows("Dense/Match", Match, Mix::kDense, {1000, 10'000, 50'000});
  add_rows("Dense/Reply", Reply, Mix::kDense, {1000, 10'000, 50'000});
  add_row("DefaultPack/Floor", DefaultFloor);
  add_row("DefaultPack/Reply", DefaultReply);
  return true;
}();

}  // namespace

BENCHMARK_MAIN();
