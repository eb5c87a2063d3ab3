#pragma once
// A folder that a command fills.

#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "rules/loader.hpp"

namespace xiaoer::cli {

// Whether `path` does not exist yet or is an empty folder. False: folder-not-empty, not-a-folder or
// cannot-read.
bool is_free(const std::string& path, Diagnostics* diagnostics);

// Writes files below `path`, making folders as needed; never over a file that is there. False:
// cannot-write; what was written before stays.
bool write_files(const std::string& path, const std::vector<rules::PackFile>& files,
                 Diagnostics* diagnostics);

// A path as a word of a shell command, in quotes where it needs them; safe on a terminal.
std::string shell_word(const std::string& path);

// The options that name these folders again, each with a space ahead: " --search-path DIR".
std::string search_path_options(const std::vector<std::string>& search_path);

// The last part of a path, also of "a/b/" and ".".
std::string folder_name(const std::string& path);

}  // namespace xiaoer::cli
