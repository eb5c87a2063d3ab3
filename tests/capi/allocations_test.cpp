// Steady state allocates nothing: context, session and result are warm, every kind of message has
// come once.

#include "../memory.hpp"
#include "support.hpp"

namespace {

using test_memory::allocations;

class Allocations : public ::testing::Test {
 protected:
  Allocations()
      : facts_(R"({"product": {"price": 39.9, "stock": 5}, "buyer": {"nickname": "小鱼"}})") {}

  // Answers every message `rounds` times.
  void talk(int rounds, xr::Session* session, bool json) {
    static const std::string_view kMessages[] = {"你好",
                                                 "能便宜点吗",
                                                 "今天能发货吗,能不能优惠点",
                                                 "我要投诉你们",
                                                 "嘀嘀嗒嗒",
                                                 "80块卖吗",
                                                 "我再想想",
                                                 ""};
    for (int i = 0; i < rounds; ++i) {
      for (const std::string_view message : kMessages) {
        request_.message = message;
        request_.facts = &facts_;
        request_.seed = static_cast<uint64_t>(i);
        xr::reply(rules_, context_, session, request_, result_);
        if (json) total_ += result_.json().size();
      }
    }
  }

  xr::Ruleset rules_ = xr::Ruleset::open(XIAOER_DEMO_PACK);
  xr::Facts facts_;
  xr::Context context_;
  xr::Result result_;
  xr::Request request_;
  size_t total_ = 0;
};

TEST_F(Allocations, TheCounterCounts) {
  const size_t before = allocations;
  const auto block = std::make_unique<std::string>(100, 'x');
  EXPECT_GE(allocations - before, 2u);
  const size_t library = allocations;
  const xr::Session session;
  EXPECT_GT(allocations, library) << "the library's allocations are not seen";
}

TEST_F(Allocations, NoneInARepeatedReply) {
  talk(10, nullptr, false);
  const size_t before = allocations;
  talk(50, nullptr, false);
  EXPECT_EQ(allocations - before, 0u);
}

TEST_F(Allocations, NoneWithASession) {
  xr::Session session;
  request_.assume_sent = true;
  talk(10, &session, false);
  const size_t before = allocations;
  talk(50, &session, false);
  EXPECT_EQ(allocations - before, 0u);
}

TEST_F(Allocations, NoneInItsJson) {
  talk(10, nullptr, true);
  const size_t before = allocations;
  talk(50, nullptr, true);
  EXPECT_EQ(allocations - before, 0u);
  EXPECT_GT(total_, 0u);
}

// A context that hears of nothing but events keeps its memory as well.
TEST_F(Allocations, NoneOfEventsAlone) {
  xr::Session session;
  request_.assume_sent = true;
  const auto tell = [&](int rounds) {
    for (int i = 0; i < rounds; ++i) {
      for (const std::string_view event : {"order_paid", "buyer_joined", "an_unknown_one"}) {
        request_.event = event;
        xr::reply(rules_, context_, i % 2 == 0 ? &session : nullptr, request_, result_);
      }
    }
  };
  tell(10);
  const size_t before = allocations;
  tell(50);
  EXPECT_EQ(allocations - before, 0u);
}

}  // namespace
