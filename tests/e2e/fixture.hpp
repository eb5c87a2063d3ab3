#pragma once
// Packs and facts for the whole-pipeline tests.

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "engine.hpp"
#include "json/reader.hpp"
#include "ruleset.hpp"

namespace xiaoer::test {

inline std::string read_text(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

inline std::string shown(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    out += to_text(diagnostic, Language::kEnglish) + "\n";
  }
  return out;
}

inline std::shared_ptr<const Ruleset> load_files(const std::vector<rules::PackFile>& files) {
  Diagnostics diagnostics;
  auto ruleset = Ruleset::from_files(files, {}, &diagnostics);
  EXPECT_NE(ruleset, nullptr) << shown(diagnostics);
  return ruleset;
}

// A pack of one file of sections, `body` without the outer braces.
inline std::shared_ptr<const Ruleset> load_pack(const std::string& body) {
  return load_files({{"pack.json", R"({"format": 1, "id": "test", "version": "1.0.0"})"},
                     {"all.json", "{" + body + "}"}});
}

// The default pack, read and compiled once a process.
inline const rules::Pack& default_pack() {
  static const auto pack = [] {
    Diagnostics diagnostics;
    rules::Pack loaded;
    EXPECT_TRUE(rules::load_folder(XIAOER_RULES "/zh-CN", {}, &loaded, &diagnostics))
        << shown(diagnostics);
    EXPECT_EQ(diagnostics.warning_count(), 0U) << shown(diagnostics);
    return loaded;
  }();
  return pack;
}
inline const Ruleset& default_ruleset() {
  static const auto ruleset = [] {
    Diagnostics diagnostics;
    auto compiled = Ruleset::from_pack(default_pack(), &diagnostics);
    if (compiled == nullptr) ADD_FAILURE() << shown(diagnostics);
    return compiled;
  }();
  return *ruleset;
}

inline reply::Facts facts_of(const std::string& json) {
  reply::Facts facts;
  Diagnostics diagnostics;
  json::Value value;
  json::ReadOptions options;
  options.allow_comments = true;
  EXPECT_TRUE(json::read(json, "facts", options, &value, &diagnostics) &&
              facts.read(value, "facts", &diagnostics))
      << shown(diagnostics);
  return facts;
}

inline reply::Facts demo_facts() {
  return facts_of(read_text(XIAOER_EXAMPLES "/facts/tea-shop.json"));
}

// Ten in the morning in Shanghai, on a day inside the demo shop's promotion.
inline constexpr Instant kNow = {1'795'226'400, 480};

inline std::string joined(std::initializer_list<std::string_view> bubbles) {
  std::string message;
  for (const std::string_view bubble : bubbles) add_bubble(bubble, &message);
  return message;
}

struct Talk {
  explicit Talk(const Ruleset& rules) : ruleset(rules) {}

  const Result& say(const std::string& message) {
    request.message = message;
    status = answer(ruleset, context, &session, request, &result);
    return result;
  }
  std::string first_intent() const {
    return result.intents.empty() ? "" : std::string(result.text(result.intents[0].id));
  }
  // Whether a phrase or regex (not likeness alone) led to this intent.
  bool recognised(std::string_view id) const {
    for (const IntentItem& intent : result.intents) {
      if (result.text(intent.id) != id || intent.why.count == 0) continue;
      const auto kind = result.text(result.reasons[intent.why.first].kind);
      if (kind == "phrase" || kind == "regex") return true;
    }
    return false;
  }
  std::string reply_text(size_t index) const {
    return index < result.replies.size() ? std::string(result.text(result.replies[index].text))
                                         : "";
  }
  bool has_intent_of(const std::string& prefix) const {
    for (const IntentItem& intent : result.intents) {
      if (result.text(intent.id).starts_with(prefix)) return true;
    }
    return false;
  }

  const Ruleset& ruleset;
  Context context;
  dialogue::Session session;
  Request request;
  Result result;
  Status status = Status::kOk;
};

}  // namespace xiaoer::test
