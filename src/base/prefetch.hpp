#pragma once
// Asks for memory that will be read soon, where the compiler knows how.

namespace xiaoer {

inline void prefetch(const void* address) {
#if defined(__GNUC__)
  __builtin_prefetch(address);
#else
  static_cast<void>(address);
#endif
}

}  // namespace xiaoer
