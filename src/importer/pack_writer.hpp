#pragma once
// Placed phrases to the files of an overlay pack.

#include <string>
#include <unordered_map>
#include <vector>

#include "importer/phrase.hpp"
#include "rules/loader.hpp"
#include "rules/pack.hpp"

namespace xiaoer::importer {

struct PackFiles {
  std::vector<rules::PackFile> files;  // pack.json first
  // By file name, by line: the phrase (index) whose variant stands there. A variant has a line of
  // its own.
  std::unordered_map<std::string, std::unordered_map<uint32_t, size_t>> variants;
};

// An overlay of `base` in which each intent that phrases were placed in gets one reply of them,
// before the replies that it has. Intents with a guess below kTrust become `suggest`. `source` is
// the name of the imported file, for comments.
PackFiles write_pack(const std::vector<Phrase>& phrases, const rules::Pack& base,
                     const std::string& id, const std::string& source);

// A pack of nothing but one reply for each sound phrase, for what the checker says of them.
PackFiles write_trial(const std::vector<Phrase>& phrases, const rules::Pack& base);

// `">=0.1 <1"` for version 0.1.0: what an overlay of it says.
std::string range_of(const std::string& version);

// A name that may be the id of a pack, from the name of a folder; "my-shop" where nothing is left
// of it.
std::string id_from(const std::string& name);

// `text` as a JSON string.
std::string quoted(std::string_view text);

}  // namespace xiaoer::importer
