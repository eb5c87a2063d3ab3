#include "cli/replace_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace xiaoer::cli {
namespace {

// A temporary file beside `path`; gone again unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& path) : name_(path + ".XXXXXX") {
    descriptor_ = mkostemp(name_.data(), O_CLOEXEC);
  }
  ~TemporaryFile() {
    if (descriptor_ >= 0) close(descriptor_);
    if (descriptor_ >= 0 && !renamed_) unlink(name_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }

  bool write_all(std::span<const std::byte> bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes = bytes.subspan(static_cast<size_t>(written));
    }
    return true;
  }

  bool finish() const {
    const mode_t mask = umask(0);
    umask(mask);
    return fchmod(descriptor_, 0444 & ~mask) == 0 && fsync(descriptor_) == 0;
  }

  bool rename_to(const std::string& path) {
    renamed_ = std::rename(name_.c_str(), path.c_str()) == 0;
    return renamed_;
  }

 private:
  std::string name_;
  int descriptor_ = -1;
  bool renamed_ = false;
};

// The new name lasts once its folder is written too. Some file systems cannot sync a folder; the
// file is whole all the same.
void sync_folder(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

}  // namespace

bool replace_file(const std::string& path, std::span<const std::byte> bytes,
                  Diagnostics* diagnostics) {
  TemporaryFile file(path);
  if (file.is_open() && file.write_all(bytes) && file.finish() && file.rename_to(path)) {
    sync_folder(path);
    return true;
  }
  diagnostics->error("cannot-write", {path, 0, 0, ""}, {std::strerror(errno)});
  return false;
}

}  // namespace xiaoer::cli
