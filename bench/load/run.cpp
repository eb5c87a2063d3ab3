#include "bench/load/run.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <limits>
#include <thread>
#include <utility>
#include <vector>

#include "bench/load/arrivals.hpp"

namespace xiaoer::load {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

// Sleeping is late by tens of microseconds: the last stretch is spent looking at the clock.
constexpr nanoseconds kSpin{200'000};
// Room for the latencies of a thread that is never told to wait.
constexpr size_t kMostUnpaced = 4'000'000;

// Returns the time, at or after `due`.
Clock::time_point wait_until(Clock::time_point due) {
  Clock::time_point now = Clock::now();
  if (due - now > kSpin) std::this_thread::sleep_until(due - kSpin);
  while ((now = Clock::now()) < due) {
  }
  return now;
}

Latency to_latency(Clock::duration time) {
  const int64_t count = std::chrono::duration_cast<nanoseconds>(time).count();
  return static_cast<Latency>(std::clamp<int64_t>(count, 0, std::numeric_limits<Latency>::max()));
}

// Apart from its neighbours, so that no two threads write to one cache line.
struct alignas(128) Worker {
  std::vector<uint64_t> arrivals;  // empty: unpaced
  std::vector<Latency> latency, service;
  size_t failed = 0, wrong = 0, unanswered = 0;
  Clock::time_point done;

  // Memory is touched before the clock runs.
  void prepare(const StepPlan& plan, unsigned thread) {
    arrivals = poisson_arrivals(plan.rate / plan.threads, plan.seconds, plan.seed + thread);
    const size_t room = plan.rate > 0 ? arrivals.size() : kMostUnpaced;
    for (auto* each : {&latency, &service}) {
      each->assign(room, 0);
      each->clear();
    }
  }

  void one(const Client& client, Clock::time_point due, Clock::time_point sent) {
    client.send();
    const Clock::time_point answered = Clock::now();
    latency.push_back(to_latency(answered - due));
    service.push_back(to_latency(answered - sent));
    const Outcome outcome = client.check();
    failed += outcome == Outcome::kFailed;
    wrong += outcome == Outcome::kWrong;
  }

  void run_paced(const Client& client, Clock::time_point start, Clock::time_point give_up) {
    for (size_t i = 0; i < arrivals.size(); ++i) {
      const Clock::time_point due = start + nanoseconds(arrivals[i]);
      const Clock::time_point sent = wait_until(due);
      if (sent > give_up) {
        unanswered = arrivals.size() - i;
        return;
      }
      one(client, due, sent);
    }
  }

  void run_unpaced(const Client& client, Clock::time_point end) {
    for (Clock::time_point now = Clock::now(); now < end && service.size() < kMostUnpaced;
         now = Clock::now()) {
      one(client, now, now);
    }
  }
};

Clock::duration seconds_of(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

Step sum_up(const StepPlan& plan, Clock::time_point start, std::vector<Worker>* workers) {
  Step step;
  step.offered = plan.rate;
  Clock::time_point done = start;
  Worker all;
  for (Worker& worker : *workers) {
    done = std::max(done, worker.done);
    step.failed += worker.failed;
    step.wrong += worker.wrong;
    step.unanswered += worker.unanswered;
    all.latency.insert(all.latency.end(), worker.latency.begin(), worker.latency.end());
    all.service.insert(all.service.end(), worker.service.begin(), worker.service.end());
  }
  // When the last message comes early, a step's last moments are idle: they belong to it.
  step.planned = plan.seconds;
  step.elapsed = std::chrono::duration<double>(done - start).count();
  if (plan.rate > 0) step.elapsed = std::max(step.elapsed, plan.seconds);
  step.replies = all.latency.size();
  step.answered = static_cast<double>(step.replies) / step.elapsed;
  step.latency = quantiles_of(&all.latency);
  step.service = quantiles_of(&all.service);
  return step;
}

}  // namespace

Step run_step(const StepPlan& plan, const MakeClient& make_client) {
  std::vector<Worker> workers(plan.threads);
  std::atomic<unsigned> ready{0};
  std::atomic<bool> go{false};
  Clock::time_point start;  // written before `go`, read after it
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < plan.threads; ++t) {
    threads.emplace_back([&, t] {
      Worker& worker = workers[t];
      worker.prepare(plan, t);
      const Client client = make_client(t);
      ready.fetch_add(1);
      while (!go.load(std::memory_order_acquire)) std::this_thread::yield();
      if (plan.rate > 0) {
        worker.run_paced(client, start, start + seconds_of(2 * plan.seconds));
      } else {
        worker.run_unpaced(client, start + seconds_of(plan.seconds));
      }
      worker.done = Clock::now();
    });
  }
  while (ready.load() < plan.threads) std::this_thread::yield();
  start = Clock::now();
  go.store(true, std::memory_order_release);
  for (std::thread& thread : threads) thread.join();
  return sum_up(plan, start, &workers);
}

}  // namespace xiaoer::load
