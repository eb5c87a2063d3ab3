#include "base/image_bytes.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

namespace xiaoer {
namespace {

constexpr std::align_val_t kAlignment{64};

// A descriptor, closed at the end of its scope; the mapping outlives it.
struct File {
  int descriptor;
  ~File() {
    if (descriptor >= 0) close(descriptor);
  }
};

}  // namespace

void ReleaseImageBytes::operator()(const std::byte* bytes) const {
  auto* const begin = const_cast<std::byte*>(bytes);
  if (mapped == 0) {
    ::operator delete[](begin, kAlignment);
  } else {
    munmap(begin, mapped);
  }
}

ImageBytes::ImageBytes(std::span<const std::byte> bytes) : size_(bytes.size()) {
  auto* const copy = static_cast<std::byte*>(::operator new[](bytes.size(), kAlignment));
  bytes_ = {copy, ReleaseImageBytes{}};
  if (!bytes.empty()) std::memcpy(copy, bytes.data(), bytes.size());
}

std::optional<ImageBytes> ImageBytes::map(const std::string& path, std::string* error) {
  const auto fail = [error](int code) {
    *error = std::strerror(code);
    return std::nullopt;
  };
  // Not blocking: a pipe is told from a file by fstat only once it is open.
  const File file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  if (file.descriptor < 0) return fail(errno);
  struct stat status = {};
  if (fstat(file.descriptor, &status) != 0) return fail(errno);
  if (S_ISDIR(status.st_mode)) return fail(EISDIR);
  if (!S_ISREG(status.st_mode)) return fail(EINVAL);
  ImageBytes bytes;
  if (status.st_size == 0) return bytes;  // nothing can be mapped; Image::open refuses it
  const auto size = static_cast<size_t>(status.st_size);
  void* const begin = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.descriptor, 0);
  if (begin == MAP_FAILED) return fail(errno);
  bytes.bytes_ = {static_cast<const std::byte*>(begin), ReleaseImageBytes{size}};
  bytes.size_ = size;
  return bytes;
}

}  // namespace xiaoer
