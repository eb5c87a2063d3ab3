// What calls cost beside the reply: through the C interface as a client makes it (shared library,
// decision and first text read) against the engine called directly, with an empty message, which
// leaves little but the call, and with 1,000 phrases. Sessions kept and restored.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "bench/material.hpp"
#include "bench/measure.hpp"
#include "engine.hpp"
#include "xiaoer/xiaoer.hpp"

namespace {

using namespace xiaoer;

// Calls that are measured so short are measured often.
const std::vector<std::string> kEmpty(1000);

void call_engine(benchmark::State& state, const std::vector<std::string>& messages) {
  bench::measure_replies(state, bench::generated(1000), messages);
}

xr::Ruleset open_through_c() {
  const std::vector<rules::PackFile> files = bench::generate_files(1000, 7);
  std::vector<xr::File> borrowed;
  borrowed.reserve(files.size());
  for (const auto& file : files) borrowed.push_back({file.name, file.bytes});
  return xr::Ruleset::open_files(borrowed);
}

void call_c(benchmark::State& state, const std::vector<std::string>& messages) {
  static const xr::Ruleset kRules = open_through_c();
  const xr::Facts facts(bench::generate_facts_json());
  const xr::Context context;
  const xr::Result result;
  xiaoer_request request = {};
  request.struct_size = sizeof(request);
  request.facts = facts.get();
  bench::measure(state, messages.size(), [&](size_t i) {
    request.message = xr::text(messages[i]);
    xiaoer_reply(kRules.get(), context.get(), nullptr, &request, result.get(), nullptr);
    xiaoer_item reply = {};
    benchmark::DoNotOptimize(xiaoer_result_decision(result.get()));
    benchmark::DoNotOptimize(xiaoer_result_item(result.get(), XIAOER_REPLY, 0, &reply));
  });
}

void EngineEmpty(benchmark::State& state) { call_engine(state, kEmpty); }
void CApiEmpty(benchmark::State& state) { call_c(state, kEmpty); }
void EngineReply(benchmark::State& state) { call_engine(state, bench::unseen_messages()); }
void CApiReply(benchmark::State& state) { call_c(state, bench::unseen_messages()); }

// Conversations of a few turns with the shipped pack, all that a session remembers.
std::vector<dialogue::Session> conversations() {
  constexpr size_t kSessions = 200, kTurns = 12;
  const bench::DefaultPack& pack = bench::default_pack();
  const reply::Facts facts = bench::generate_facts();
  std::vector<dialogue::Session> sessions(kSessions);
  Context context;
  Result result;
  Request request;
  request.facts = &facts;
  request.assume_sent = true;
  for (size_t i = 0; i < kSessions * kTurns; ++i) {
    request.message = pack.messages[i % pack.messages.size()];
    answer(*pack.ruleset, context, &sessions[i / kTurns], request, &result);
  }
  return sessions;
}

void SessionSnapshot(benchmark::State& state) {
  const std::vector<dialogue::Session> sessions = conversations();
  size_t bytes = 0;
  bench::measure(state, sessions.size(), [&](size_t i) {
    const std::string snapshot = sessions[i].snapshot();
    benchmark::DoNotOptimize(snapshot.data());
    bytes = std::max(bytes, snapshot.size());
  });
  state.counters["bytes"] = static_cast<double>(bytes);
}

void SessionRestore(benchmark::State& state) {
  std::vector<std::string> snapshots;
  for (const auto& session : conversations()) snapshots.push_back(session.snapshot());
  dialogue::Session restored;
  bench::measure(state, snapshots.size(), [&](size_t i) {
    if (!restored.restore(snapshots[i], nullptr)) std::abort();
  });
}

void add_row(const char* name, void (*body)(benchmark::State&)) {
  benchmark::RegisterBenchmark(name, body)->Iterations(1)->Unit(benchmark::kMillisecond);
}

const bool kRegistered = [] {
  add_row("Engine/empty", EngineEmpty);
  add_row("C/empty", CApiEmpty);
  add_row("Engine/Reply/1000", EngineReply);
  add_row("C/Reply/1000", CApiReply);
  add_row("Session/snapshot", SessionSnapshot);
  add_row("Session/restore", SessionRestore);
  return true;
}();

}  // namespace
