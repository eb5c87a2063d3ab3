// The parts of xiaoer_load: when messages come, what is counted from when, that a wrong reply is
// noticed, that reloads do not disturb. Nothing here depends on how fast the machine is.

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

#include "bench/load/arrivals.hpp"
#include "bench/load/conversation.hpp"
#include "bench/load/figures.hpp"
#include "bench/load/reloader.hpp"
#include "bench/load/report.hpp"
#include "bench/load/run.hpp"

namespace xiaoer::load {
namespace {

using std::chrono::milliseconds;

constexpr const char* kFacts = R"({"product": {"price": 39.9, "stock": 5}})";
const std::vector<std::string> kMessages = {"你好", "能便宜点吗", "今天能发货吗", "80块卖吗",
                                            "我再想想"};

xr::Ruleset demo() { return xr::Ruleset::open(XIAOER_TEST_DATA "/packs/demo"); }

TEST(Arrivals, ComeAtTheRateWithTheSpreadOfChance) {
  const std::vector<uint64_t> times = poisson_arrivals(20'000, 5, 3);
  EXPECT_NEAR(static_cast<double>(times.size()), 100'000, 1'500);  // five standard deviations
  EXPECT_LT(times.back(), 5'000'000'000U);
  double sum = 0, squares = 0;
  for (size_t i = 1; i < times.size(); ++i) {
    ASSERT_GE(times[i], times[i - 1]);
    const auto gap = static_cast<double>(times[i] - times[i - 1]);
    sum += gap;
    squares += gap * gap;
  }
  const double count = static_cast<double>(times.size()) - 1;
  const double mean = sum / count;
  EXPECT_NEAR(mean, 50'000, 1'000);
  // Of an exponential distribution the standard deviation is the mean.
  EXPECT_NEAR(std::sqrt(squares / count - mean * mean) / mean, 1, 0.03);
}

TEST(Arrivals, AreTheSameForTheSameSeed) {
  EXPECT_EQ(poisson_arrivals(1000, 1, 8), poisson_arrivals(1000, 1, 8));
  EXPECT_NE(poisson_arrivals(1000, 1, 8), poisson_arrivals(1000, 1, 9));
  EXPECT_TRUE(poisson_arrivals(0, 1, 8).empty());
}

TEST(Quantiles, AreExact) {
  std::vector<Latency> values;
  for (Latency i = 20'000; i > 0; --i) values.push_back(i);
  const Quantiles found = quantiles_of(&values);
  EXPECT_EQ(found.p50, 10'000);
  EXPECT_EQ(found.p90, 18'000);
  EXPECT_EQ(found.p99, 19'800);
  EXPECT_EQ(found.p999, 19'980);
  EXPECT_EQ(found.p9999, 19'998);
  EXPECT_EQ(found.max, 20'000);
  values = {7};
  EXPECT_EQ(quantiles_of(&values).p50, 7);
  EXPECT_EQ(quantiles_of(&values).p9999, 7);
  values.clear();
  EXPECT_EQ(quantiles_of(&values).max, 0);
}

// One reply takes 100 ms: a client that waits for replies would see one slow one. All that were due
// meanwhile waited, and are counted so.
TEST(RunStep, CountsTheWaitOfMessagesThatWereDue) {
  size_t sent = 0;
  const auto make_client = [&](unsigned) {
    return Client{[&] {
                    if (++sent == 50) std::this_thread::sleep_for(milliseconds(100));
                  },
                  [] { return Outcome::kRight; }};
  };
  const Step step = run_step({1000, 0.3, 1, 5}, make_client);
  EXPECT_EQ(step.replies, sent);
  EXPECT_GT(step.replies, 50U);
  EXPECT_GE(step.latency.max, 100e6);
  EXPECT_GE(step.latency.p90, 20e6);  // some hundred of three hundred waited 1 to 100 ms
  EXPECT_GE(step.service.max, 100e6);
  EXPECT_LE(step.service.p50, step.latency.p90);
  EXPECT_EQ(step.wrong + step.failed, 0U);
}

TEST(RunStep, GivesUpWhenRepliesDoNotKeepUp) {
  const auto make_client = [](unsigned) {
    return Client{[] { std::this_thread::sleep_for(milliseconds(20)); },
                  [] { return Outcome::kRight; }};
  };
  const Step step = run_step({2000, 0.1, 2, 5}, make_client);
  EXPECT_GT(step.unanswered, 100U);
  EXPECT_TRUE(step.saturated());
}

TEST(RunStep, CountsWrongAndFailedReplies) {
  std::atomic<size_t> wrong{0}, failed{0};
  const auto make_client = [&](unsigned thread) {
    return Client{[] {},
                  [&, thread] {
                    (thread == 0 ? wrong : failed).fetch_add(1);
                    return thread == 0 ? Outcome::kWrong : Outcome::kFailed;
                  }};
  };
  const Step step = run_step({2000, 0.1, 2, 5}, make_client);
  EXPECT_EQ(step.wrong, wrong);
  EXPECT_EQ(step.failed, failed);
  EXPECT_EQ(step.wrong + step.failed, step.replies);
}

TEST(Conversations, AreAnsweredAlikeWhileThePackIsReloaded) {
  Reloader reloader(demo);
  const Script script(kMessages, 3, kFacts, reloader.current());
  reloader.start(milliseconds(5));
  const Step step = run_step({0, 0.3, 3, 1}, [&](unsigned thread) {
    return make_client(script, reloader, script.beginning_for(thread, 3));
  });
  reloader.stop();
  const Reloader::Count count = reloader.count();
  EXPECT_GT(step.replies, 10U);
  EXPECT_EQ(step.wrong + step.failed, 0U);
  EXPECT_GT(count.opened, 0U);
  EXPECT_EQ(count.failed, 0U);
}

TEST(Conversations, NoticeAReplyThatIsNotTheRightOne) {
  const Script expects(kMessages, 0, kFacts, demo());
  Reloader reloader(demo);
  // The same pack, another price: texts that quote it differ.
  const Script says(kMessages, 0, R"({"product": {"price": 58.8, "stock": 5}})",
                    reloader.current());
  const xr::Context context;
  const xr::Result result;
  size_t wrong = 0;
  std::vector<std::string_view> parts;
  for (size_t i = 0; i < kMessages.size(); ++i) {
    const xiaoer_request request = says.request_for(i);
    const xr::Ruleset rules = reloader.current();
    ASSERT_EQ(xiaoer_reply(rules.get(), context.get(), nullptr, &request, result.get(), nullptr),
              XIAOER_OK);
    read_answer(result.get(), &parts);
    EXPECT_TRUE(says.is_right(i, parts));
    wrong += !expects.is_right(i, parts);
  }
  EXPECT_GT(wrong, 0U);
}

TEST(Reloader, KeepsThePackWhenTheNewOneIsBroken) {
  std::atomic<int> calls{0};
  Reloader reloader([&] {
    if (++calls > 1) return xr::Ruleset::open("/nowhere");
    return demo();
  });
  reloader.start(milliseconds(1));
  while (calls < 3) std::this_thread::yield();
  reloader.stop();
  const Reloader::Count count = reloader.count();
  EXPECT_EQ(count.opened, 0U);
  EXPECT_GT(count.failed, 0U);
  EXPECT_EQ(reloader.current().id(), "demo");
  EXPECT_EQ(reloader.generation(), 1U);
}

TEST(Report, FindsSaturationAndTheStepNearAShareOfIt) {
  load::Run run;
  run.closed.answered = 900;
  for (const double rate : {500.0, 700.0, 1100.0}) {
    Step step;
    step.offered = rate;
    step.answered = std::min(rate, 1000.0);
    step.planned = 1;
    step.elapsed = std::max(rate / 1000, 1.0);
    run.steps.push_back(step);
  }
  EXPECT_EQ(run.saturation(), 1000);
  run.closed.answered = 1200;  // luck: under load it was less
  EXPECT_EQ(run.saturation(), 1000);
  EXPECT_EQ(run.at_share(0.7)->offered, 700);
  EXPECT_FALSE(run.steps[1].saturated());
  EXPECT_TRUE(run.steps[2].saturated());
  EXPECT_EQ(run.faults(), 0U);
  run.steps[0].failed_reloads = 2;
  run.closed.wrong = 1;
  EXPECT_EQ(run.faults(), 3U);
}

}  // namespace
}  // namespace xiaoer::load
