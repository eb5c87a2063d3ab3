// The reply path for callgrind to count: every stage runs over messages that it has not met, after
// others that let buffers and RE2's states grow, and only that pass is instrumented; then a dump
// named for the stage is written. tools/bench-check runs it. Inputs are the same everywhere: seeds
// are fixed, nothing here reads a clock.

#include <valgrind/callgrind.h>

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "bench/material.hpp"
#include "engine.hpp"

namespace {

using namespace xiaoer;
using bench::default_pack;
using bench::generated;
using bench::Stages;

constexpr uint32_t kMessages = 1000;

struct Messages {
  std::vector<std::string> warm, counted;
};

const Messages& unseen() {
  static const Messages kAll{bench::generate_messages(kMessages, 12),
                             bench::generate_messages(kMessages, 11)};
  return kAll;
}

// So many of the default pack's messages, evenly chosen: tests added to the pack change the mix
// little.
Messages of_default_pack() {
  const std::vector<std::string>& all = default_pack().messages;
  Messages chosen;
  for (size_t i = 0; i < kMessages; ++i) {
    chosen.warm.push_back(all[i * all.size() / kMessages]);
    chosen.counted.push_back(all[(2 * i + 1) * all.size() / (2 * size_t{kMessages})]);
  }
  return chosen;
}

using Work = std::function<void(const std::string&)>;

void count(const std::string& stage, const Messages& messages, const Work& work) {
  for (const std::string& message : messages.warm) work(message);
  CALLGRIND_START_INSTRUMENTATION;
  CALLGRIND_ZERO_STATS;
  for (const std::string& message : messages.counted) work(message);
  CALLGRIND_DUMP_STATS_AT(stage.c_str());
  CALLGRIND_STOP_INSTRUMENTATION;
  std::printf("%s %zu\n", stage.c_str(), messages.counted.size());
}

void count_generated(uint32_t phrases) {
  const Ruleset& rules = generated(phrases);
  const std::string size = "/" + std::to_string(phrases);
  Stages stages(rules);
  count("Floor" + size, unseen(), [&](const std::string& message) { stages.floor(message); });
  count("Match" + size, unseen(), [&](const std::string& message) { stages.match(message); });
  const reply::Facts facts = bench::generate_facts();
  Context context;
  Result result;
  Request request;
  request.facts = &facts;
  count("Reply" + size, unseen(), [&](const std::string& message) {
    request.message = message;
    answer(rules, context, nullptr, request, &result);
  });
}

void count_default_pack() {
  const Ruleset& rules = *default_pack().ruleset;
  const Messages messages = of_default_pack();
  Stages stages(rules);
  count("DefaultPack/Floor", messages, [&](const std::string& message) { stages.floor(message); });
  const reply::Facts facts = bench::generate_facts();
  Context context;
  Result result;
  dialogue::Session session;
  size_t turn = 0;
  Request request;
  request.facts = &facts;
  request.now = Instant{1'795'226'400, 480};
  request.assume_sent = true;
  count("DefaultPack/Reply", messages, [&](const std::string& message) {
    if (turn++ % 8 == 0) session = {};
    request.message = message;
    request.now->seconds += 60;  // what comes at once is one turn
    answer(rules, context, &session, request, &result);
  });
}

}  // namespace

int main() {
#if defined(__clang__)
  std::puts("compiler " __VERSION__);
#else
  std::puts("compiler g++ " __VERSION__);
#endif
  count_generated(1000);
  count_generated(10'000);
  count_default_pack();
}
