#pragma once
// The operators new and delete of a program that compiles memory.cpp (tests, xiaoer_bench), and so
// of the library that it links: they count, and they run out when told to.

#include <atomic>
#include <cstddef>

namespace test_memory {

extern std::atomic<size_t> allocations;
// How many more succeed; SIZE_MAX: all.
extern std::atomic<size_t> memory_left;

}  // namespace test_memory
