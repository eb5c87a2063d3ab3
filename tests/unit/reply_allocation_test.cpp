// Once scratch and result have grown, answering takes no memory. This file counts every operator
// new of its program.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

#include "reply_fixture.hpp"

namespace {

std::atomic<bool> g_counting{false};
std::atomic<size_t> g_allocations{0};

void* counted(std::size_t size) {
  if (g_counting) ++g_allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  if (g_counting) ++g_allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace xiaoer::reply {
namespace {

using test::Desk;
using test::facts_of;
using test::PackBuilder;

TEST(Allocation, CountsWhatItShould) {
  g_allocations = 0;
  g_counting = true;
  delete new int(3);
  g_counting = false;
  EXPECT_EQ(g_allocations, 1u);
}

TEST(Allocation, AnsweringTakesNoMemoryInSteadyState) {
  PackBuilder builder;
  builder.reply("price",
                {"{{昵称|亲}},这款{{价格}}元哦,一件也可以拍", "页面标的是{{价格}}元呢,您看合适吗"});
  builder.reply("offer", {"{{金额}}元确实做不到呢", "您是想{{金额}}元拿下吗"});
  builder.reply("time", {"{{昵称|}},{{截单时间}}前付款当天发货,{{预计送达}}送到",
                         "付款后{{发货时限}}小时内发出"});
  builder.reply("missing", {"{{材质}}的"});
  builder.reply("fallback", {"您再说说"});
  builder.reply("holding", {"我转给同事核实"});
  builder.technique(rules::Technique::kScarcity, "t1", "现在库存{{库存}}件");
  builder.technique(rules::Technique::kEitherOr, "t2", "{{选项一}}还是{{选项二}}呢");
  builder.technique(rules::Technique::kYield, "m1", "您不用急着定");
  builder.technique(rules::Technique::kAgreement, "m2", "您说得对");
  builder.intent("bargain.ask", {"price", "offer", "missing"}).techniques = {
      rules::Technique::kEitherOr, rules::Technique::kScarcity};
  builder.intent("ship.time", {"time"});
  builder.intent("complaint.any", {"fallback"}).objection = rules::Objection::kComplaint;
  builder.pack.settings.fallback = {"fallback"};
  builder.pack.settings.holding = {"holding"};
  builder.pack.compliance.push_back(
      {"absolute-term", {"最好", "第一"}, {"最好在"}, "", {}, false, {}});
  Desk desk(builder.pack);
  desk.facts = facts_of(R"({"shop": {"cutoff": "16:00", "ship_within_hours": 48},
    "product": {"price": 39.9, "stock": 4, "variants": [{"name": "红", "stock": 1}, {"name": "蓝", "stock": 1}]},
    "order": {"eta": "2026-11-25T12:00:00+08:00"}, "buyer": {"nickname": "小鱼"}})");
  desk.at("2026-11-21T10:00:00+08:00");
  desk.offers(20);
  dialogue::Session session;
  desk.situation.session = &session;
  desk.situation.trace = true;
  const auto run = [&](uint64_t seed) {
    desk.situation.seed = seed;
    desk.answer({{0, 0.9f}, {1, 0.8f}});
    EXPECT_EQ(desk.result.replies.size(), 3u);
    EXPECT_EQ(desk.result.techniques.size(), 3u);
    desk.answer({});
    desk.answer({{2, 0.9f}});
    EXPECT_EQ(desk.result.decision, Decision::kHandoff);
  };
  for (uint64_t seed = 0; seed < 50; ++seed) run(seed);
  // The desk's own list of intents is built outside the engine, so only respond() is counted.
  desk.answer({{0, 0.9f}, {1, 0.8f}});
  g_allocations = 0;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    desk.situation.seed = seed;
    desk.result.clear();
    g_counting = true;
    desk.replier.respond(desk.situation, &desk.scratch, &desk.result);
    g_counting = false;
  }
  EXPECT_EQ(g_allocations, 0u);
  EXPECT_EQ(desk.result.replies.size(), 3u);
}

}  // namespace
}  // namespace xiaoer::reply
