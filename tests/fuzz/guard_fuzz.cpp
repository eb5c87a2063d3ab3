// Any bytes as a text for the guard: no crash, and what it lets pass or rewrites passes again.

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "engine.hpp"
#include "json/reader.hpp"

namespace {

struct Shop {
  std::shared_ptr<const xiaoer::Ruleset> rules;
  xiaoer::reply::Facts facts;
  xiaoer::Context context;
  xiaoer::Verdict verdict, again;

  Shop() {
    xiaoer::Diagnostics diagnostics;
    rules = xiaoer::Ruleset::from_folder(XIAOER_RULES "/zh-CN", {}, &diagnostics);
    std::ifstream stream(XIAOER_EXAMPLES "/facts/tea-shop.json");
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    xiaoer::json::Value value;
    const bool read = xiaoer::json::read(bytes.str(), "facts", {}, &value, &diagnostics) &&
                      facts.read(value, "facts", &diagnostics);
    if (rules == nullptr || !read) std::abort();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Shop shop;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const xiaoer::Instant now = {1'795'226'400, 480};
  xiaoer::GuardRequest request = {text, &shop.facts, now};
  if (guard(*shop.rules, shop.context, nullptr, request, &shop.verdict) != xiaoer::Status::kOk) {
    return 0;
  }
  if (shop.verdict.outcome == xiaoer::Outcome::kRefused) return 0;
  request.text = shop.verdict.text;
  guard(*shop.rules, shop.context, nullptr, request, &shop.again);
  if (shop.again.outcome != xiaoer::Outcome::kPass) std::abort();
  return 0;
}
