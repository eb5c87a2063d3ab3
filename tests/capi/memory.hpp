#pragma once
// The operators new and delete of a test program, and so of the library that it links: they count,
// and they run out when told to.

#include <atomic>
#include <cstddef>

namespace capi_test {

extern std::atomic<size_t> allocations;
// How many more succeed; SIZE_MAX: all.
extern std::atomic<size_t> memory_left;

}  // namespace capi_test
