// Any bytes as a pack file: loaded or refused with diagnostics that have a place, and a ruleset
// that loads also answers. Input is cut at "\n---\n" into intents.json, lexicon.json and more.

#include <string>
#include <vector>

#include "engine.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace xiaoer;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  std::vector<rules::PackFile> files = {
      {"pack.json", R"({"format": 1, "id": "fuzz", "version": "1.0.0"})"}};
  size_t begin = 0;
  while (begin <= input.size() && files.size() < 8) {
    const size_t end = std::min(input.find("\n---\n", begin), input.size());
    files.push_back({"part" + std::to_string(files.size()) + ".json",
                     std::string(input.substr(begin, end - begin))});
    begin = end + 5;
  }
  CompileOptions options;
  options.run_tests = true;
  Diagnostics diagnostics;
  const auto ruleset = Ruleset::from_files(files, options, &diagnostics);
  if ((ruleset == nullptr) != diagnostics.has_errors()) __builtin_trap();
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    if (message_of(diagnostic, Language::kChinese).empty()) __builtin_trap();
  }
  if (ruleset == nullptr) return 0;
  Context context;
  Result result;
  Request request;
  request.message = input.substr(0, 200);
  answer(*ruleset, context, nullptr, request, &result);
  return 0;
}
