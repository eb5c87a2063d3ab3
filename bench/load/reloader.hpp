#pragma once
// The ruleset that all threads answer from, replaced at an interval while they do, as a server
// replaces it when the shop saves its pack.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "xiaoer/xiaoer.hpp"

namespace xiaoer::load {

class Reloader {
 public:
  // Opens the first ruleset at once; throws what `open` throws.
  explicit Reloader(std::function<xr::Ruleset()> open);
  ~Reloader() { stop(); }
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;

  // Opens a new one every `interval` in a thread of its own, until stop(). Zero: never.
  void start(std::chrono::milliseconds interval);
  void stop();
  // How many were opened so, how many could not be.
  struct Count {
    size_t opened = 0, failed = 0;
  };
  Count count() const;

  // Changes with every new ruleset: cheap to ask before each message.
  uint64_t generation() const { return generation_.load(std::memory_order_acquire); }
  // A reference of one's own. Whoever holds the last one to an old ruleset frees it.
  xr::Ruleset current() const;

 private:
  void run(std::chrono::milliseconds interval);

  std::function<xr::Ruleset()> open_;
  mutable std::mutex mutex_;  // of what follows
  std::condition_variable stopping_;
  bool stop_ = false;
  xr::Ruleset ruleset_;
  Count count_;
  std::atomic<uint64_t> generation_{1};
  std::thread thread_;
};

}  // namespace xiaoer::load
