#pragma once
// Where the bytes of an image lie: in memory of our own, or in a file that is mapped, so that all
// processes that map it share one copy.

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace xiaoer {

struct ReleaseImageBytes {
  size_t mapped = 0;  // 0: allocated
  void operator()(const std::byte* bytes) const;
};

// Owns the bytes, aligned for every record; they are never written to. Movable.
class ImageBytes {
 public:
  ImageBytes() = default;
  explicit ImageBytes(std::span<const std::byte> bytes);  // copies them
  // Maps the regular file `path`, read only. Whoever replaces the file must do so by renaming
  // another one over it: a mapped file that is cut short in place ends the process. Nothing:
  // `*error` says why in the words of the system.
  static std::optional<ImageBytes> map(const std::string& path, std::string* error);

  std::span<const std::byte> get() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<const std::byte, ReleaseImageBytes> bytes_;
  size_t size_ = 0;
};

}  // namespace xiaoer
