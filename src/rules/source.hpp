#pragma once
// Internal: the files of a pack and of the packs it extends, read and parsed as JSON, before
// anything is understood of them beyond the manifest.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "json/value.hpp"
#include "rules/loader.hpp"

namespace xiaoer::rules {

inline constexpr std::string_view kManifestName = "pack.json";

struct SourceFile {
  std::string shown;  // as diagnostics name it: ancestors' files begin with the ancestor's id
  json::Value root;
};

// One pack of a chain of overlays.
struct Level {
  Manifest manifest;
  std::vector<SourceFile> files;  // without the manifest, sorted by name
};

// What all packs of a chain may still use up.
struct SourceBudget {
  size_t bytes = 0;
  uint32_t files = 0;
};

// The *.json files of a folder and its subfolders, sorted by name; names beginning with '.' are
// skipped. False (reported): the folder cannot be read or the budget is used up.
bool read_folder(const std::string& path, const std::string& shown_prefix, SourceBudget* budget,
                 std::vector<PackFile>* files, Diagnostics* diagnostics);
// Checks names and sizes of files given in memory; keeps the *.json ones, sorted by name.
bool check_files(const std::vector<PackFile>& given, SourceBudget* budget,
                 std::vector<PackFile>* files, Diagnostics* diagnostics);

// Parses the files of one pack and its manifest. False: something could not be read as JSON.
bool parse_level(const std::vector<PackFile>& files, const std::string& shown_prefix,
                 const LoadOptions& options, Level* level, Diagnostics* diagnostics);

// The manifest in `root`. False: id, version or extends are of no use.
bool read_manifest(const json::Value& root, const std::string& file, const LoadOptions& options,
                   Manifest* manifest, Diagnostics* diagnostics);
bool is_pack_id(std::string_view id);

// "1.2.3" against ">=0.1 <1".
bool is_version(std::string_view text);
bool is_version_range(std::string_view text);
bool version_fits(std::string_view version, std::string_view range);

// Follows `extends` of levels->front() along `search_path` and puts each ancestor before it. False
// (reported): an ancestor is missing, does not fit or cannot be read.
bool read_ancestors(const std::vector<std::string>& search_path, const LoadOptions& options,
                    SourceBudget* budget, std::vector<Level>* levels, Diagnostics* diagnostics);

}  // namespace xiaoer::rules
