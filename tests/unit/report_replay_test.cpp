// One log through two packs.

#include <gtest/gtest.h>

#include <sstream>

#include "e2e/fixture.hpp"
#include "report/lines.hpp"
#include "report/replay.hpp"

namespace xiaoer::report {
namespace {

// Greets and speaks of the fee; what the second intent's phrase and reply are differs.
std::shared_ptr<const Ruleset> pack(const std::string& phrase, const std::string& reply) {
  return test::load_pack(
      R"("intents": [
        {"id": "greet", "title": "t", "patterns": ["你好", "在吗"],
         "replies": [{"id": "greet.a", "variants": ["在的呢", "您好,在的"]}]},
        {"id": "ship.fee", "title": "t", "patterns": [")" +
      phrase + R"("],
         "replies": [{"id": "fee.a", "variants": [")" +
      reply + R"("]}]}])");
}

class ReplayTest : public testing::Test {
 protected:
  Replay::Line hear(Replay* replay, const std::string& line) {
    diagnostics_ = Diagnostics();
    return replay->hear(line, &change_, &diagnostics_);
  }
  Change change_;
  Diagnostics diagnostics_;
};

TEST_F(ReplayTest, FindsNothingInEqualPacks) {
  const auto rules = pack("运费多少", "我看一下运费");
  Replay replay(*rules, *rules, {});
  for (const char* line : {R"({"message": "运费多少"})", R"({"message": "你好", "session": "a"})",
                           R"({"event": "order_paid", "session": "a"})",
                           R"({"messages": ["在吗", "运费多少呀"], "session": "a"})"}) {
    EXPECT_EQ(hear(&replay, line), Replay::Line::kCompared) << line;
    EXPECT_FALSE(change_.any()) << line;
  }
}

TEST_F(ReplayTest, TellsWhatTookALine) {
  const auto before = pack("运费多少", "我看一下运费"),
             after = pack("寄过来贵不贵", "我看一下运费");
  Replay replay(*before, *after, {});
  ASSERT_EQ(hear(&replay, R"({"id": 7, "message": "寄过来贵不贵", "session": "s"})"),
            Replay::Line::kCompared);
  EXPECT_TRUE(change_.intent);
  EXPECT_TRUE(change_.reply);
  EXPECT_EQ(change_.id_json, "7");
  EXPECT_EQ(change_.session, "s");
  EXPECT_EQ(change_.message, "寄过来贵不贵");
  EXPECT_EQ(change_.after.intent, "ship.fee");
  EXPECT_EQ(change_.after.reply, "我看一下运费");
  ASSERT_FALSE(change_.after.why.empty());
  EXPECT_EQ(change_.after.why[0].kind, "phrase");
  EXPECT_EQ(change_.after.why[0].rule, "寄过来贵不贵");
  EXPECT_EQ(change_.after.why[0].words, "寄过来贵不贵");
  EXPECT_GT(change_.after.why[0].points, 0);
  for (const ReasonText& reason : change_.before.why) EXPECT_NE(reason.kind, "phrase");
}

TEST_F(ReplayTest, SeesAReplyChangeAlone) {
  const auto before = pack("运费多少", "我看一下运费"), after = pack("运费多少", "我查一下运费");
  Replay replay(*before, *after, {});
  hear(&replay, R"({"message": "运费多少"})");
  EXPECT_TRUE(change_.reply);
  EXPECT_FALSE(change_.intent);
  EXPECT_FALSE(change_.decision);
}

TEST_F(ReplayTest, SpeaksOfBadLinesAndGoesOn) {
  const auto rules = pack("运费多少", "我看一下运费");
  Replay replay(*rules, *rules, {});
  for (const std::string& line :
       {std::string("{oops"), std::string("[]"), std::string("{}"),
        "{\"message\": \"" + std::string(70 << 10, 'x') + "\"}", std::string("{\"message\": 5}")}) {
    EXPECT_EQ(hear(&replay, line), Replay::Line::kUnreadable);
    EXPECT_TRUE(diagnostics_.has_errors());
  }
  EXPECT_EQ(hear(&replay, R"({"message": "你好"})"), Replay::Line::kCompared);
  EXPECT_EQ(hear(&replay, R"({"observe": "我来", "session": "s"})"), Replay::Line::kTold);
}

// What a conversation remembers shows in the variant that is taken when one was sent.
TEST_F(ReplayTest, ForgetsTheConversationUnheardOfLongest) {
  const auto rules = pack("运费多少", "我看一下运费");
  ReplayOptions options;
  options.assume_sent = true;
  options.max_sessions = 2;
  Replay replay(*rules, *rules, options);
  const auto greet = [&](const std::string& session) {
    hear(&replay, R"({"message": "你好", "session": ")" + session + "\"}");
    EXPECT_FALSE(change_.any());
    return change_.after.reply;
  };
  const std::string first = greet("a");
  EXPECT_EQ(greet("b"), first);
  const std::string second = greet("a");
  EXPECT_NE(second, first);
  EXPECT_EQ(replay.forgotten(), 0u);
  EXPECT_EQ(greet("c"), first);  // b goes
  EXPECT_EQ(replay.forgotten(), 1u);
  EXPECT_EQ(greet("b"), first);  // a goes
  EXPECT_EQ(greet("c"), second);
  EXPECT_EQ(replay.forgotten(), 2u);
}

TEST(LineReader, TakesAnyEndAndSkipsEmptyLines) {
  std::istringstream stream(std::string("a\r\n\n\nb\0c\nlast", 13));
  LineReader lines(&stream);
  std::string line;
  ASSERT_TRUE(lines.next(&line));
  EXPECT_EQ(line, "a");
  ASSERT_TRUE(lines.next(&line));
  EXPECT_EQ(line, std::string("b\0c", 3));
  EXPECT_EQ(lines.number(), 4u);
  ASSERT_TRUE(lines.next(&line));
  EXPECT_EQ(line, "last");
  EXPECT_FALSE(lines.next(&line));
}

TEST(LineReader, KeepsNoMoreThanALineMayHave) {
  std::istringstream stream(std::string(LineReader::kMaxBytes, 'a') + "\n" +
                            std::string(LineReader::kMaxBytes + 1, 'b') + "\nc");
  LineReader lines(&stream);
  std::string line;
  ASSERT_TRUE(lines.next(&line));
  EXPECT_FALSE(lines.too_long());
  ASSERT_TRUE(lines.next(&line));
  EXPECT_TRUE(lines.too_long());
  EXPECT_EQ(line.size(), LineReader::kMaxBytes);
  ASSERT_TRUE(lines.next(&line));
  EXPECT_FALSE(lines.too_long());
  EXPECT_EQ(line, "c");
}

}  // namespace
}  // namespace xiaoer::report
