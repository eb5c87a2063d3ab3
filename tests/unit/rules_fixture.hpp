#pragma once
// Packs in memory for the tests of src/rules.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "rules/loader.hpp"

namespace xiaoer::rules {

struct Loaded {
  bool ok = false;
  Pack pack;
  Diagnostics diagnostics;

  // The diagnostics' codes, sorted, joined by spaces.
  std::string codes() const {
    std::vector<std::string> codes;
    for (const Diagnostic& each : diagnostics.list()) codes.push_back(each.code);
    std::sort(codes.begin(), codes.end());
    std::string all;
    for (const std::string& code : codes) all += (all.empty() ? "" : " ") + code;
    return all;
  }
  const Diagnostic* find(std::string_view code) const {
    for (const Diagnostic& each : diagnostics.list()) {
      if (each.code == code) return &each;
    }
    return nullptr;
  }
};

inline const char* plain_manifest() { return R"({"format": 1, "id": "test", "version": "1.0.0"})"; }

inline Loaded load_memory(const std::vector<PackFile>& files, const LoadOptions& options = {}) {
  Loaded loaded;
  loaded.ok = load_files(files, options, &loaded.pack, &loaded.diagnostics);
  return loaded;
}

// A pack of one file beside the manifest.
inline Loaded load_text(std::string text, const LoadOptions& options = {}) {
  return load_memory({{"pack.json", plain_manifest()}, {"rules.json", std::move(text)}}, options);
}

// A pack of one intent with one reply that has these variants (JSON texts, joined by commas).
inline Loaded load_variants(const std::string& variants, const std::string& when = "{}") {
  return load_text(
      R"({"intents": [{"id": "a", "patterns": ["发货"], "replies": [{"variants": ["好的"]},)"
      R"({"when": )" +
      when + R"(, "variants": [)" + variants + "]}]}]}");
}

// A pack of one intent with these patterns.
inline Loaded load_patterns(const std::string& patterns, const std::string& lexicon = "{}") {
  return load_text(R"({"lexicon": )" + lexicon + R"(, "intents": [{"id": "a", "patterns": [)" +
                   patterns + R"(], "replies": [{"variants": ["好的"]}]}]})");
}

}  // namespace xiaoer::rules
