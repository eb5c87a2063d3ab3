// Many threads, one ruleset; reloads while others answer; handles in use. Meant for ThreadSanitizer
// too.

#include <atomic>
#include <mutex>
#include <thread>

#include "support.hpp"

namespace {

using capi_test::demo;
using capi_test::ErrorSlot;

const char* const kMessages[] = {"你好",     "能便宜点吗", "今天能发货吗", "我要投诉你们",
                                 "嘀嘀嗒嗒", "80块卖吗",   "我再想想"};
constexpr size_t kMessageCount = sizeof(kMessages) / sizeof(kMessages[0]);

std::string answer(const xr::Ruleset& rules, xr::Context& context, xr::Result& result,
                   const xr::Facts& facts, std::string_view message) {
  xr::Request request;
  request.message = message;
  request.facts = &facts;
  xr::reply(rules, context, nullptr, request, result);
  return std::string(result.json());
}

std::vector<std::string> expected_answers(const xr::Ruleset& rules, const xr::Facts& facts) {
  std::vector<std::string> expected;
  xr::Context context;
  xr::Result result;
  for (const char* message : kMessages) {
    expected.push_back(answer(rules, context, result, facts, message));
  }
  return expected;
}

TEST(Threads, ShareOneRulesetAndFacts) {
  const xr::Ruleset rules = demo();
  const xr::Facts facts(R"({"product": {"price": 39.9, "stock": 5}})");
  const std::vector<std::string> expected = expected_answers(rules, facts);
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (size_t t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] {
      xr::Context context;
      xr::Result result;
      for (size_t i = 0; i < 300; ++i) {
        const size_t which = (i + t) % kMessageCount;
        if (answer(rules, context, result, facts, kMessages[which]) != expected[which]) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

// The pattern that docs/c-api.md shows: a lock around taking a reference, none around answering.
TEST(Threads, ReloadWhileOthersAnswer) {
  const xr::Facts facts("{}");
  const std::vector<std::string> expected = expected_answers(demo(), facts);
  std::mutex mutex;
  xr::Ruleset current = xr::Ruleset::open(XIAOER_DEMO_PACK);
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (size_t t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      xr::Context context;
      xr::Result result;
      for (size_t i = t; !done; ++i) {
        std::unique_lock<std::mutex> lock(mutex);
        const xr::Ruleset mine = current;
        lock.unlock();
        const size_t which = i % kMessageCount;
        if (answer(mine, context, result, facts, kMessages[which]) != expected[which]) ++wrong;
      }
    });
  }
  for (int i = 0; i < 30; ++i) {
    EXPECT_THROW(xr::Ruleset::open_files({{"pack.json", "{"}}), xr::Error);
    xr::Ruleset newer = xr::Ruleset::open(XIAOER_DEMO_PACK);
    const std::lock_guard<std::mutex> lock(mutex);
    current = std::move(newer);
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

// Two threads fight over one handle until one of them meets BUSY; every other call must succeed.
template <class Call>
bool meets_busy(Call&& call) {
  std::atomic<bool> busy{false};
  std::atomic<int> odd{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20'000 && !busy; ++i) {
        const xiaoer_status status = call();
        if (status == XIAOER_BUSY) busy = true;
        if (status != XIAOER_BUSY && status != XIAOER_OK) ++odd;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(odd, 0);
  return busy;
}

xiaoer_request long_request() {
  static const std::string words = [] {
    std::string text;
    for (int i = 0; i < 400; ++i) text += "能便宜点吗，今天能发货吗。";
    return text;
  }();
  xiaoer_request request = {};
  request.struct_size = sizeof(request);
  request.message = xr::text(words);
  return request;
}

TEST(Threads, AContextInUseIsBusy) {
  const xr::Ruleset rules = demo();
  const xr::Context shared;
  const xiaoer_request request = long_request();
  EXPECT_TRUE(meets_busy([&] {
    thread_local const xr::Result result;
    ErrorSlot error;
    const xiaoer_status status =
        xiaoer_reply(rules.get(), shared.get(), nullptr, &request, result.get(), error.out());
    if (status == XIAOER_BUSY) {
      EXPECT_EQ(error.code(), "busy");
    }
    return status;
  }));
}

TEST(Threads, ASessionInUseIsBusy) {
  const xr::Ruleset rules = demo();
  const xr::Session shared;
  const xiaoer_request request = long_request();
  EXPECT_TRUE(meets_busy([&] {
    thread_local const xr::Result result;
    thread_local const xr::Context context;
    return xiaoer_reply(rules.get(), context.get(), shared.get(), &request, result.get(), nullptr);
  }));
  // Free again afterwards, and fit for use.
  EXPECT_EQ(xiaoer_session_observe(shared.get(), xr::text("亲,在的"), 0, nullptr), XIAOER_OK);
}

TEST(Threads, ReferencesMayBeDroppedAnywhere) {
  std::vector<std::thread> threads;
  {
    const xr::Ruleset rules = xr::Ruleset::open(XIAOER_DEMO_PACK);
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([copy = rules] {
        for (int i = 0; i < 1000; ++i) {
          const xr::Ruleset another = copy;
          EXPECT_EQ(another.id(), "demo");
        }
      });
    }
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
