#pragma once
// The files of a new overlay pack, with comments in Chinese for the people who go on from them.

#include <string>
#include <vector>

#include "rules/loader.hpp"

namespace xiaoer::cli {

struct SkeletonNames {
  std::string id, title;       // of the new pack
  std::string extends, range;  // id and range of versions of the pack it stands on
  std::string folder, facts;   // the pack and its facts example as words of a shell command
};

// pack.json, an intents file, replies, tests, a facts example and a README. The pack passes `check`
// and `test` as it is, whatever it extends: it names nothing of the other pack.
std::vector<rules::PackFile> skeleton(const SkeletonNames& names);

}  // namespace xiaoer::cli
