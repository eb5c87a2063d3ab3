#include "memory.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace test_memory {

std::atomic<size_t> allocations{0};
std::atomic<size_t> memory_left{SIZE_MAX};

}  // namespace test_memory

namespace {

void* counted_or_null(size_t size, size_t alignment) {
  using test_memory::memory_left;
  ++test_memory::allocations;
  if (memory_left == 0) return nullptr;
  if (memory_left != SIZE_MAX) --memory_left;
  return alignment <= alignof(std::max_align_t)
             ? std::malloc(size == 0 ? 1 : size)
             : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}

void* counted(size_t size, size_t alignment) {
  void* const block = counted_or_null(size, alignment);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

}  // namespace

// GCC sees new and free meet where it inlines these, and thinks them mismatched.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
// The library's allocations come here too: the program's operators take precedence.
void* operator new(size_t size) { return counted(size, 1); }
void* operator new[](size_t size) { return counted(size, 1); }
void* operator new(size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<size_t>(alignment));
}
void* operator new[](size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<size_t>(alignment));
}
void* operator new(size_t size, const std::nothrow_t&) noexcept { return counted_or_null(size, 1); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept {
  return counted_or_null(size, 1);
}
void operator delete(void* block, const std::nothrow_t&) noexcept { std::free(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { std::free(block); }
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, size_t) noexcept { std::free(block); }
void operator delete[](void* block, size_t) noexcept { std::free(block); }
void operator delete(void* block, std::align_val_t) noexcept { std::free(block); }
void operator delete[](void* block, std::align_val_t) noexcept { std::free(block); }
void operator delete(void* block, size_t, std::align_val_t) noexcept { std::free(block); }
void operator delete[](void* block, size_t, std::align_val_t) noexcept { std::free(block); }
