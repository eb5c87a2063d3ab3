// Any bytes as a buyer's message against the default pack: an answer or a clear error, and nothing
// but valid UTF-8 comes out. The first byte picks whether facts and a session take part.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "engine.hpp"
#include "json/reader.hpp"
#include "text/utf8.hpp"
#include "wire.hpp"

namespace {

using namespace xiaoer;

std::shared_ptr<const Ruleset> load_default_pack() {
  Diagnostics diagnostics;
  auto ruleset = Ruleset::from_folder(XIAOER_RULES "/zh-CN", {}, &diagnostics);
  if (ruleset == nullptr) {
    for (const Diagnostic& diagnostic : diagnostics.list()) {
      std::fprintf(stderr, "%s\n", to_text(diagnostic, Language::kEnglish).c_str());
    }
    std::abort();
  }
  return ruleset;
}

reply::Facts load_facts() {
  std::ifstream stream(XIAOER_EXAMPLES "/facts/tea-shop.json");
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  Diagnostics diagnostics;
  json::Value value;
  reply::Facts facts;
  json::ReadOptions options;
  options.allow_comments = true;
  if (!json::read(bytes.str(), "demo.json", options, &value, &diagnostics) ||
      !facts.read(value, "demo.json", &diagnostics)) {
    std::abort();
  }
  return facts;
}

void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "violated: %s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto ruleset = load_default_pack();
  static const reply::Facts facts = load_facts();
  static Context context;
  static Result result;
  if (size == 0) return 0;
  const std::string message(reinterpret_cast<const char*>(data + 1), size - 1);
  dialogue::Session session;
  Request request;
  request.message = message;
  if (data[0] & 1) request.facts = &facts;
  if (data[0] & 2) request.now = Instant{1'795'000'000, 480};
  request.trace = (data[0] & 4) != 0;
  request.assume_sent = true;
  request.seed = data[0];
  for (int turn = 0; turn < 2; ++turn) {
    if (answer(*ruleset, context, &session, request, &result) != Status::kOk) return 0;
    for (const ReplyItem& reply : result.replies) {
      require(result.text(reply.text).find("{{") == std::string_view::npos ||
                  message.find("{{") != std::string::npos,
              "no raw template leaves");
    }
    std::string json;
    wire::write_result("null", message, result, &json);
    require(text::is_valid(json), "output is valid UTF-8");
  }
  dialogue::Session restored;
  std::string error;
  require(restored.restore(session.snapshot(), &error), "a snapshot restores");
  return 0;
}
