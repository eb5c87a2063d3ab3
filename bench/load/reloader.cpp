#include "bench/load/reloader.hpp"

#include <cstdio>
#include <utility>

namespace xiaoer::load {

Reloader::Reloader(std::function<xr::Ruleset()> open) : open_(std::move(open)), ruleset_(open_()) {}

void Reloader::start(std::chrono::milliseconds interval) {
  stop();
  stop_ = false;
  if (interval.count() > 0) thread_ = std::thread([this, interval] { run(interval); });
}

void Reloader::stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Reloader::Count Reloader::count() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return count_;
}

xr::Ruleset Reloader::current() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return ruleset_;
}

void Reloader::run(std::chrono::milliseconds interval) {
  auto due = std::chrono::steady_clock::now() + interval;
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stopping_.wait_until(lock, due, [this] { return stop_; })) {
    due += interval;
    lock.unlock();
    try {
      xr::Ruleset fresh = open_();
      lock.lock();
      std::swap(ruleset_, fresh);
      ++count_.opened;
      generation_.fetch_add(1, std::memory_order_release);
      lock.unlock();  // the old one, when nobody has it any more, is freed here without the lock
    } catch (const std::exception& error) {
      std::fprintf(stderr, "reload: %s\n", error.what());
      lock.lock();
      ++count_.failed;
      lock.unlock();
    }
    lock.lock();
  }
}

}  // namespace xiaoer::load
