#pragma once
// What one step of a load run measured, as figures. Every latency is kept (4 bytes a message), so
// quantiles are exact: no histogram, no buckets.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace xiaoer::load {

// Nanoseconds, at most about four seconds; longer ones count as that.
using Latency = uint32_t;

struct Quantiles {
  double p50 = 0, p90 = 0, p99 = 0, p999 = 0, p9999 = 0, max = 0;  // nanoseconds
};

// Of all values, in any order, which are reordered. None: zeros.
Quantiles quantiles_of(std::vector<Latency>* values);

// What the threads of one step met.
struct Step {
  double offered = 0;               // messages a second asked for; 0: as fast as they are answered
  double answered = 0;              // messages a second
  double planned = 0, elapsed = 0;  // seconds; elapsed is more when replies come after the end
  size_t replies = 0;
  size_t failed = 0;      // the call gave an error
  size_t wrong = 0;       // another answer than the reference
  size_t unanswered = 0;  // left when the step's time was over twice
  size_t reloads = 0, failed_reloads = 0;
  Quantiles latency;  // from the time a message was to be sent: waiting in the queue counts
  Quantiles service;  // from the time it was sent: what a test that waits for replies would see

  // Replies do not keep up with messages.
  bool saturated() const { return offered > 0 && (unanswered > 0 || elapsed > 1.05 * planned); }
};

}  // namespace xiaoer::load
