// Steady state allocates nothing: context, session and result are warm, every kind of message has
// come once.

#include <atomic>
#include <cstdlib>
#include <new>

#include "support.hpp"

namespace {

std::atomic<size_t> allocations{0};

void* counted(size_t size, size_t alignment) {
  ++allocations;
  void* const block =
      alignment <= alignof(std::max_align_t)
          ? std::malloc(size == 0 ? 1 : size)
          : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

}  // namespace

// GCC sees new and free meet where it inlines these, and thinks them mismatched.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
// The library's allocations come here too: the program's operators take precedence.
void* operator new(size_t size) { return counted(size, 1); }
void* operator new[](size_t size) { return counted(size, 1); }
void* operator new(size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<size_t>(alignment));
}
void* operator new[](size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<size_t>(alignment));
}
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void* operator new[](size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* block, const std::nothrow_t&) noexcept { std::free(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { std::free(block); }
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, size_t) noexcept { std::free(block); }
void operator delete[](void* block, size_t) noexcept { std::free(block); }
void operator delete(void* block, std::align_val_t) noexcept { std::free(block); }
void operator delete[](void* block, std::align_val_t) noexcept { std::free(block); }
void operator delete(void* block, size_t, std::align_val_t) noexcept { std::free(block); }
void operator delete[](void* block, size_t, std::align_val_t) noexcept { std::free(block); }

namespace {

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

}  // namespace
