#include "cli/folder.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "cli/common.hpp"

namespace xiaoer::cli {
namespace fs = std::filesystem;

bool is_free(const std::string& path, Diagnostics* diagnostics) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return true;
  if (error) {
    diagnostics->error("cannot-read", {path, 0, 0, ""}, {error.message()});
    return false;
  }
  if (!fs::is_directory(status)) {
    diagnostics->error("not-a-folder", {path, 0, 0, ""}, {path});
    return false;
  }
  const bool empty = fs::is_empty(path, error);
  if (error) {
    diagnostics->error("cannot-read", {path, 0, 0, ""}, {error.message()});
  } else if (!empty) {
    diagnostics->error("folder-not-empty", {path, 0, 0, ""}, {path});
  }
  return empty && !error;
}

bool write_files(const std::string& path, const std::vector<rules::PackFile>& files,
                 Diagnostics* diagnostics) {
  for (const rules::PackFile& file : files) {
    const fs::path place = fs::path(path) / file.name;
    const auto fail = [&](const std::string& why) {
      diagnostics->error("cannot-write", {place.string(), 0, 0, ""}, {why});
      return false;
    };
    std::error_code error;
    fs::create_directories(place.parent_path(), error);
    if (error) return fail(error.message());
    // "x": a file that came to be in the meantime is not overwritten.
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(place.c_str(), "wbx"),
                                                           &std::fclose);
    if (stream == nullptr) return fail(std::strerror(errno));
    const size_t written = std::fwrite(file.bytes.data(), 1, file.bytes.size(), stream.get());
    // Closing tells whether the disk took it all.
    if (written != file.bytes.size() || std::fclose(stream.release()) != 0) {
      return fail(std::strerror(errno));
    }
  }
  return true;
}

std::string shell_word(const std::string& path) {
  const bool plain = !path.empty() && std::all_of(path.begin(), path.end(), [](char c) {
    return (c & 0x80) != 0 || std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::strchr("._/+-:@%", c) != nullptr;
  });
  if (plain) return path;
  std::string out = "'";
  for (const char c : printable(path)) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string search_path_options(const std::vector<std::string>& search_path) {
  std::string options;
  for (const std::string& path : search_path) options += " --search-path " + shell_word(path);
  return options;
}

std::string folder_name(const std::string& path) {
  fs::path whole = fs::weakly_canonical(fs::absolute(path));
  if (!whole.has_filename()) whole = whole.parent_path();
  return whole.filename().string();
}

}  // namespace xiaoer::cli
