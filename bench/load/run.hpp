#pragma once
// One step of a load run: messages are sent when they are due, whether or not earlier ones were
// answered, and waited for from when they were due. A client that is late because a reply took long
// thus counts the wait of all who came meanwhile (no coordinated omission).

#include <cstdint>
#include <functional>

#include "bench/load/figures.hpp"

namespace xiaoer::load {

enum class Outcome : uint8_t { kRight, kWrong, kFailed };

// Sends the next message of one thread's conversations and waits for its reply. `check` tells
// afterwards, outside the measured time, whether it was right.
struct Client {
  std::function<void()> send;
  std::function<Outcome()> check;
};
using MakeClient = std::function<Client(unsigned thread)>;

struct StepPlan {
  double rate = 0;  // messages a second of all threads together; 0: each after the one before
  double seconds = 1;
  unsigned threads = 1;
  uint64_t seed = 1;
};

// Runs for at most twice `plan.seconds`. Clients are made and used in threads of their own.
Step run_step(const StepPlan& plan, const MakeClient& make_client);

}  // namespace xiaoer::load
