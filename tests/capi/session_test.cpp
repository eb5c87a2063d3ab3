// The memory of a conversation: what counts, what does not, and how it is kept.

#include <algorithm>

#include "support.hpp"

namespace {

using capi_test::demo;
using capi_test::ErrorSlot;

class Conversation {
 public:
  const xr::Result& say(std::string_view message, bool assume_sent = false) {
    xr::Request request;
    request.message = message;
    request.assume_sent = assume_sent;
    xr::reply(demo(), context_, &session, request, result_);
    return result_;
  }
  xr::Session session;

 private:
  xr::Context context_;
  xr::Result result_;
};

TEST(Session, OnlyPendingTextsCountAsSent) {
  Conversation talk;
  const xr::Result& result = talk.say("你好");
  ASSERT_FALSE(result.replies().empty());
  const std::string text(result.replies()[0].text);
  EXPECT_FALSE(talk.session.sent("另一句话"));
  Conversation other;
  const std::string again(other.say("你好").replies()[0].text);
  EXPECT_EQ(again, text);
  EXPECT_TRUE(other.session.sent(again));
}

TEST(Session, SentVariantsAreNotRepeated) {
  Conversation talk;
  const std::string first(talk.say("你好").replies()[0].text);
  EXPECT_TRUE(talk.session.sent(first));
  EXPECT_NE(talk.say("你好").replies()[0].text, first);
}

TEST(Session, UnsentVariantsStay) {
  Conversation talk;
  const std::string first(talk.say("你好").replies()[0].text);
  EXPECT_EQ(talk.say("你好").replies()[0].text, first);
}

TEST(Session, AssumeSentCounts) {
  Conversation talk;
  const std::string first(talk.say("你好", true).replies()[0].text);
  EXPECT_NE(talk.say("你好", true).replies()[0].text, first);
}

TEST(Session, TheHoldingReplyGoesOutOnce) {
  Conversation talk;
  std::string holding(talk.say("我要投诉你们").handoff()->holding_text);
  ASSERT_FALSE(holding.empty());
  EXPECT_TRUE(talk.session.sent(holding));
  EXPECT_TRUE(talk.say("我要投诉你们").handoff()->holding_text.empty());
}

TEST(Session, FailedRepliesLeaveItUnchanged) {
  Conversation talk;
  talk.say("你好", true);
  const std::string before = talk.session.snapshot();
  const std::string long_text(70'000, 'a');
  EXPECT_THROW(talk.say(long_text), xr::Error);
  EXPECT_EQ(talk.session.snapshot(), before);
  xr::Context context;
  xr::Result result;
  EXPECT_THROW(xr::reply_json(demo(), context, &talk.session, nullptr, R"({"message": 1})", result),
               xr::Error);
  EXPECT_EQ(talk.session.snapshot(), before);
}

TEST(Session, SnapshotsRestoreTheConversation) {
  Conversation talk;
  talk.say("你好", true);
  talk.say("能便宜点吗", true);
  const std::string bytes = talk.session.snapshot();
  EXPECT_LE(bytes.size(), 65536u);
  Conversation restored;
  restored.session = xr::Session::restore(bytes);
  EXPECT_EQ(restored.session.snapshot(), bytes);
  const std::string expected(talk.say("你好").json());
  EXPECT_EQ(restored.say("你好").json(), expected);
}

TEST(Session, SnapshotsHoldNoBuyerText) {
  Conversation talk;
  talk.say("我的电话是13800138000，能便宜点吗", true);
  const std::string bytes = talk.session.snapshot();
  EXPECT_EQ(bytes.find("13800138000"), std::string::npos);
  EXPECT_EQ(bytes.find("便宜"), std::string::npos);
}

TEST(Session, DamagedSnapshotsAreRefused) {
  Conversation talk;
  talk.say("你好", true);
  const std::string good = talk.session.snapshot();
  EXPECT_THROW(xr::Session::restore(""), xr::Error);
  EXPECT_THROW(xr::Session::restore("garbage"), xr::Error);
  for (size_t cut = 0; cut < good.size(); cut += 1 + good.size() / 97) {
    EXPECT_THROW(xr::Session::restore(good.substr(0, cut)), xr::Error) << cut;
  }
  for (size_t at = 0; at < good.size(); at += 1 + good.size() / 97) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x41);
    EXPECT_THROW(xr::Session::restore(bad), xr::Error) << at;
  }
  ErrorSlot error;
  xiaoer_session* session = nullptr;
  EXPECT_EQ(xiaoer_session_restore(nullptr, 0, &session, error.out()), XIAOER_INVALID_ARGUMENT);
}

TEST(Session, SmallBuffersAreLeftAlone) {
  Conversation talk;
  talk.say("你好", true);
  size_t needed = 0;
  ASSERT_EQ(xiaoer_session_snapshot(talk.session.get(), nullptr, 0, &needed, nullptr), XIAOER_OK);
  auto buffer = std::make_unique<char[]>(needed - 1);
  std::fill_n(buffer.get(), needed - 1, 'x');
  size_t size = 0;
  ErrorSlot error;
  EXPECT_EQ(
      xiaoer_session_snapshot(talk.session.get(), buffer.get(), needed - 1, &size, error.out()),
      XIAOER_LIMIT);
  EXPECT_EQ(error.code(), "buffer-too-small");
  EXPECT_EQ(size, needed);
  for (size_t i = 0; i < needed - 1; ++i) ASSERT_EQ(buffer[i], 'x');
}

TEST(Session, CarriesOnAcrossAReload) {
  Conversation talk;
  const std::string first(talk.say("你好", true).replies()[0].text);
  const xr::Ruleset newer = xr::Ruleset::open(XIAOER_DEMO_PACK);
  xr::Context context;
  xr::Result result;
  xr::Request request;
  request.message = "你好";
  xr::reply(newer, context, &talk.session, request, result);
  ASSERT_FALSE(result.replies().empty());
  EXPECT_NE(result.replies()[0].text, first);
}

}  // namespace
