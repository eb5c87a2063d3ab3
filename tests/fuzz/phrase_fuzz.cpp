// Any bytes as a phrase (before the first line break) and a message (after it).

#include <string>

#include "engine.hpp"
#include "rules/phrase.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace xiaoer;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t cut = std::min(input.find('\n'), input.size());
  rules::PhraseError error;
  if (rules::parse_phrase(input.substr(0, cut), &error) == nullptr) {
    if (error.code.empty()) __builtin_trap();
    return 0;
  }
  rules::Pack pack;
  pack.concepts.push_back({"甲", {"便宜", "优[惠]"}, {}});
  rules::IntentSource intent;
  intent.id = "other";
  rules::PatternSource pattern;
  pattern.text = std::string(input.substr(0, cut));
  intent.patterns.push_back(pattern);
  pack.intents.push_back(intent);
  Diagnostics diagnostics;
  const auto ruleset = Ruleset::from_pack(pack, &diagnostics);
  if (ruleset == nullptr) return 0;
  Context context;
  Result result;
  Request request;
  request.message = input.substr(std::min(cut + 1, input.size()));
  answer(*ruleset, context, nullptr, request, &result);
  return 0;
}
