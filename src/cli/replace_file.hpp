#pragma once
// Replaces a file as a whole: readers see the old bytes or the new ones, and processes that have
// mapped the old file keep it.

#include <cstddef>
#include <span>
#include <string>

#include "base/diagnostic.hpp"

namespace xiaoer::cli {

// Writes a temporary file in the same folder, syncs it, and renames it to `path`. The file is made
// read-only, so that a slip of `cp` or `>` cannot change it under those who mapped it. False:
// cannot-write; what was at `path` is untouched.
bool replace_file(const std::string& path, std::span<const std::byte> bytes,
                  Diagnostics* diagnostics);

}  // namespace xiaoer::cli
