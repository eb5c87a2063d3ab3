// Long messages: what they are made of matters, so there is a row a content and length. The bar is
// 50 ms for 64 KiB of anything, 1 ms with the default pack.

#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <vector>

#include "bench/material.hpp"
#include "bench/measure.hpp"

namespace {

using namespace xiaoer;

enum class Pack : uint8_t { kDefault, k1000, k10000 };

const Ruleset& pack_of(Pack pack) {
  switch (pack) {
    case Pack::k1000:
      return bench::generated(1000);
    case Pack::k10000:
      return bench::generated(10'000);
    case Pack::kDefault:
      break;
  }
  return *bench::default_pack().ruleset;
}

std::string repeated(std::string_view unit, size_t bytes) {
  std::string text;
  while (text.size() + unit.size() <= bytes) text += unit;
  return text;
}

struct Content {
  const char* name;
  std::string_view unit;  // empty: messages strung together
};

// A word of many phrases, the beginning of a number without end, a flood of marks on one letter,
// bytes that are no UTF-8.
constexpr Content kContents[] = {{"mixed", ""},
                                 {"word", "便宜"},
                                 {"digits", "1234567890"},
                                 {"marks", "\xCC\x81"},
                                 {"invalid", "\xF0\x9F\xE4"}};

std::vector<std::string> messages_of(const Content& content, size_t bytes) {
  std::vector<std::string> messages;
  if (!content.unit.empty()) return {repeated(content.unit, bytes)};
  for (uint64_t seed = 31; seed < 39; ++seed) {
    messages.push_back(bench::generate_long_message(bytes, seed));
  }
  return messages;
}

void Long(benchmark::State& state, Pack pack, Content content) {
  const std::vector<std::string> messages =
      messages_of(content, static_cast<size_t>(state.range(0)));
  bench::measure_replies(state, pack_of(pack), messages);
}

const bool kRegistered = [] {
  const std::pair<const char*, Pack> packs[] = {
      {"DefaultPack", Pack::kDefault}, {"1000", Pack::k1000}, {"10000", Pack::k10000}};
  for (const auto& [name, pack] : packs) {
    for (const Content& content : kContents) {
      const std::string row = std::string("Long/") + name + "/" + content.name;
      benchmark::RegisterBenchmark(row.c_str(), Long, pack, content)
          ->Arg(1 << 10)
          ->Arg(4 << 10)
          ->Arg(64 << 10)
          ->Iterations(1)
          ->Unit(benchmark::kMillisecond);
    }
  }
  return true;
}();

}  // namespace
