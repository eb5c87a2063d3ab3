#pragma once
// A ring that forgets its oldest entry; fixed memory, no allocation.

#include <array>
#include <cstdint>

namespace xiaoer::dialogue {

template <class T, uint32_t kCapacity>
class Ring {
 public:
  void push(const T& item) {
    items_[(first_ + size_) % kCapacity] = item;
    if (size_ < kCapacity) {
      ++size_;
    } else {
      first_ = (first_ + 1) % kCapacity;
    }
  }
  uint32_t size() const { return size_; }
  // 0 is the oldest.
  const T& operator[](uint32_t index) const { return items_[(first_ + index) % kCapacity]; }
  T& operator[](uint32_t index) { return items_[(first_ + index) % kCapacity]; }
  const T& newest(uint32_t back = 0) const { return (*this)[size_ - 1 - back]; }
  T& newest_mutable() { return items_[(first_ + size_ - 1) % kCapacity]; }
  void clear() { first_ = size_ = 0; }
  static constexpr uint32_t capacity() { return kCapacity; }

 private:
  std::array<T, kCapacity> items_ = {};
  uint32_t first_ = 0;
  uint32_t size_ = 0;
};

}  // namespace xiaoer::dialogue
