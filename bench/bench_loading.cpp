// Loading: pack files in memory to a ruleset that answers. Counters: load_ms, processor time, the
// least of the rounds; bytes_per_phrase, of the compiled image.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "bench/material.hpp"

namespace {

using namespace xiaoer;
using bench::Mix;

template <class Open>
void measure_loading(benchmark::State& state, Open open) {
  double least = 1e18;
  for (auto _ : state) {
    Diagnostics diagnostics;
    const std::clock_t begin = std::clock();
    const std::shared_ptr<const Ruleset> ruleset = open(&diagnostics);
    least = std::min(least, 1e3 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    if (ruleset == nullptr) {
      std::fprintf(stderr, "%s\n", to_text(diagnostics.list()[0], Language::kEnglish).c_str());
      std::exit(1);
    }
    const double phrases = ruleset->matcher().pattern_count();
    state.counters["bytes_per_phrase"] = static_cast<double>(ruleset->image().size()) / phrases;
  }
  state.counters["load_ms"] = least;
}

void Load(benchmark::State& state, Mix mix) {
  const std::vector<rules::PackFile> files =
      bench::generate_files(static_cast<uint32_t>(state.range(0)), 7, mix);
  measure_loading(
      state, [&](Diagnostics* diagnostics) { return Ruleset::from_files(files, {}, diagnostics); });
}

// What an image costs instead: mapped and checked.
void OpenImage(benchmark::State& state) {
  const auto files = bench::generate_files(static_cast<uint32_t>(state.range(0)), 7, Mix::kShop);
  Diagnostics found;
  const auto ruleset = Ruleset::from_files(files, {}, &found);
  if (ruleset == nullptr) std::exit(1);
  const auto bytes = ruleset->image().bytes();
  const std::string path = std::filesystem::temp_directory_path() / "xiaoer_bench.xob";
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<ptrdiff_t>(bytes.size()));
  measure_loading(state, [&](Diagnostics* diagnostics) {
    return Ruleset::from_image_file(path, {}, diagnostics);
  });
  std::filesystem::remove(path);
}

void LoadDefault(benchmark::State& state) {
  measure_loading(state, [&](Diagnostics* diagnostics) {
    return Ruleset::from_folder(bench::default_pack_folder(), {}, diagnostics);
  });
}

BENCHMARK_CAPTURE(Load, Shop, Mix::kShop)
    ->Name("Load")
    ->Arg(1000)
    ->Arg(10'000)
    ->Arg(50'000)
    ->Iterations(3)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(OpenImage)->Arg(1000)->Arg(10'000)->Arg(50'000)->Iterations(3)->Unit(
    benchmark::kMillisecond);
BENCHMARK_CAPTURE(Load, Dense, Mix::kDense)
    ->Name("Dense/Load")
    ->Arg(50'000)
    ->Iterations(3)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(LoadDefault)->Name("DefaultPack/Load")->Iterations(3)->Unit(benchmark::kMillisecond);

}  // namespace
