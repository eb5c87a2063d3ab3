// The default pack in the voice of a shop that is formal and calls nobody 亲.

#include <algorithm>
#include <set>

#include "e2e/fixture.hpp"
#include "pack_tests.hpp"
#include "text/utf8.hpp"

namespace xiaoer::test {
namespace {

rules::Pack load_default(const std::string& settings) {
  rules::Pack pack;
  Diagnostics diagnostics;
  rules::LoadOptions options;
  options.search_path = {XIAOER_RULES};
  const std::vector<rules::PackFile> files = {
      {"pack.json",
       R"({"format": 1, "id": "formal", "version": "1.0.0", "extends": {"id": "zh-CN", "version": ">=0"}})"},
      {"voice.json", settings}};
  EXPECT_TRUE(rules::load_files(files, options, &pack, &diagnostics)) << shown(diagnostics);
  return pack;
}

const rules::Pack& lively() {
  static const rules::Pack pack = load_default("{}");
  return pack;
}
const rules::Pack& formal() {
  static const rules::Pack pack =
      load_default(R"({"settings": {"voice": {"address": "", "tone": "formal"}}})");
  return pack;
}

struct Compiled {
  explicit Compiled(const rules::Pack& pack) : ruleset(Ruleset::from_pack(pack, &said)) {}
  Diagnostics said;
  std::shared_ptr<const Ruleset> ruleset;
};
const Compiled& compiled_lively() {
  static const Compiled compiled(lively());
  return compiled;
}
const Compiled& compiled_formal() {
  static const Compiled compiled(formal());
  return compiled;
}

// A short clause that only asks by its 呢 (您呢), or one before a question mark, keeps it.
bool may_keep(std::u32string_view clause, char32_t end) {
  return clause.back() == U'呢' && (end == U'?' || end == U'？' || clause.size() <= 7);
}

void expect_formal(const std::string& text) {
  constexpr std::u32string_view kEnds = U",，。.;；:：、!！?？~～…()（） \n";
  const std::u32string chars = text::decode_all(text);
  size_t begin = 0;
  for (size_t i = 0; i <= chars.size(); ++i) {
    if (i < chars.size() && kEnds.find(chars[i]) == kEnds.npos) continue;
    const std::u32string_view clause = std::u32string_view(chars).substr(begin, i - begin);
    const bool soft =
        !clause.empty() &&
        std::u32string_view(U"哦呢哈呀啦嘛哟").find(clause.back()) != std::u32string_view::npos;
    EXPECT_FALSE(soft && !may_keep(clause, i < chars.size() ? chars[i] : 0)) << text;
    begin = i + 1;
  }
  EXPECT_EQ(text.find("{{昵称|亲}}"), std::string::npos) << text;
  EXPECT_FALSE(text.starts_with("亲,")) << text;
  const bool ends = text.ends_with("。") || text.ends_with("?") || text.ends_with("？");
  EXPECT_TRUE(ends || text.ends_with("}}")) << text;
}

TEST(FormalVoice, EveryTextOfTheDefaultPack) {
  ASSERT_EQ(formal().replies.size(), lively().replies.size());
  size_t changed = 0;
  for (size_t i = 0; i < formal().replies.size(); ++i) {
    for (size_t j = 0; j < formal().replies[i].variants.size(); ++j) {
      const std::string& text = formal().replies[i].variants[j].text;
      expect_formal(text);
      changed += text != lively().replies[i].variants[j].text;
    }
  }
  EXPECT_GT(changed, 100u);
}

TEST(FormalVoice, ChangesNoVerdictOfThePacksTests) {
  const Compiled &before = compiled_lively(), &after = compiled_formal();
  ASSERT_TRUE(before.ruleset != nullptr && after.ruleset != nullptr) << shown(after.said);
  Diagnostics plain = before.said, voiced = after.said;
  EXPECT_EQ(plain.warning_count(), voiced.warning_count()) << shown(voiced);
  EXPECT_EQ(run_pack_tests(lively(), *before.ruleset, &plain).failed,
            run_pack_tests(formal(), *after.ruleset, &voiced).failed);
}

// What the guard lets pass in one voice it lets pass in the other, and what goes out is formal.
TEST(FormalVoice, PassesTheGuard) {
  const auto &before = compiled_lively().ruleset, &after = compiled_formal().ruleset;
  ASSERT_TRUE(before != nullptr && after != nullptr) << shown(compiled_formal().said);
  const reply::Facts facts =
      facts_of(R"({"product": {"price": 299, "stock": 6}, "order": {"state": "none"}})");
  Talk plain(*before), voiced(*after);
  plain.request.facts = voiced.request.facts = &facts;
  for (const rules::IntentSource& intent : lively().intents) {
    for (const rules::ExampleSource& hit : intent.hits) {
      plain.session = voiced.session = dialogue::Session();
      plain.say(hit.text);
      voiced.say(hit.text);
      EXPECT_EQ(plain.result.replies.size(), voiced.result.replies.size()) << hit.text;
      EXPECT_EQ(plain.result.techniques.size(), voiced.result.techniques.size()) << hit.text;
      for (const ReplyItem& reply : voiced.result.replies) {
        expect_formal(std::string(voiced.result.text(reply.text)));
      }
    }
  }
}

TEST(Voice, ACommaGoesWithTheNameItFollows) {
  const auto ruleset = load_pack(R"("settings": {"voice": {"address": ""}}, "intents": [
      {"id": "ship", "patterns": ["发货"], "replies": [{"variants": ["{{昵称|亲}},今天就安排哦"]}]}])");
  Talk talk(*ruleset);
  talk.say("发货");
  EXPECT_EQ(talk.reply_text(0), "今天就安排哦");
  const reply::Facts facts = facts_of(R"({"buyer": {"nickname": "小满"}})");
  talk.request.facts = &facts;
  talk.say("发货");
  EXPECT_EQ(talk.reply_text(0), "小满,今天就安排哦");
}

TEST(Voice, AnEmptyFallbackElsewhereKeepsItsComma) {
  const auto ruleset = load_pack(R"("intents": [{"id": "ship", "patterns": ["发货"],
      "replies": [{"variants": ["这款{{商品名|}},今天就安排哦"]}]}])");
  Talk talk(*ruleset);
  talk.say("发货");
  EXPECT_EQ(talk.reply_text(0), "这款,今天就安排哦");
}

}  // namespace
}  // namespace xiaoer::test
