#pragma once
// Pack files to a Pack: read, overlay (`extends`), check. All problems are reported in one go.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "rules/pack.hpp"

namespace xiaoer::rules {

// A pack file in memory. `name` is relative to the pack, '/' between folders: "pack.json",
// "intents/bargain.json".
struct PackFile {
  std::string name;
  std::string bytes;
};

struct LoadOptions {
  std::vector<std::string> search_path;  // folders in which `extends` looks for <id>/pack.json
  size_t max_bytes = 16u << 20;          // of all files of a pack and its ancestors
  uint32_t max_files = 1000;
  uint32_t max_intents = 20'000;
  uint32_t max_phrases = 200'000;
  uint32_t max_extends = 8;       // length of a chain of overlays
  uint32_t max_expansions = 512;  // of one phrase or concept
  bool lint = false;              // also warn of what is sound but of little use (lint.hpp)
  std::optional<int64_t> now;     // with lint: also of what is over by then
};

// Loads the pack in folder `path`. False when there were errors; `*out` is then empty. Symbolic
// links are followed; files other than *.json are ignored.
bool load_folder(const std::string& path, const LoadOptions& options, Pack* out,
                 Diagnostics* diagnostics);
// Loads a pack from memory; its `extends` is looked up on the search path.
bool load_files(const std::vector<PackFile>& files, const LoadOptions& options, Pack* out,
                Diagnostics* diagnostics);

}  // namespace xiaoer::rules
