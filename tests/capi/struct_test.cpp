// Structs that the library fills up to the struct_size that the caller set, of every age.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "support.hpp"

namespace {

using capi_test::demo;

// A result with all of them: a complaint that is handed over, with an action.
const xr::Result& complaint() {
  static const xr::Result& result = *[] {
    auto* const filled = new xr::Result;
    xr::Context context;
    xr::Request request;
    request.message = "你们就是骗子,打12315投诉";
    xr::reply(demo(), context, nullptr, request, *filled);
    return filled;
  }();
  return result;
}

xiaoer_status action(const xiaoer_result* result, xiaoer_action* out) {
  return xiaoer_result_action(result, 0, out);
}

// Bytes of a client's struct, with more behind it, where a write shows.
template <class Struct>
class Client {
 public:
  static constexpr size_t kBehind = 64;

  explicit Client(size_t struct_size) : bytes_(sizeof(Struct) + kBehind, 0x55) {
    std::memcpy(bytes_.data(), &struct_size, sizeof(size_t));
  }
  Struct* get() { return reinterpret_cast<Struct*>(bytes_.data()); }
  // Whether the first `known` bytes are those of `expected`, but for the size, and the rest is
  // as it was.
  bool holds(const Struct& expected, size_t known) const {
    std::vector<unsigned char> whole(bytes_.size(), 0x55);
    std::memcpy(whole.data(), &expected, known);
    std::memcpy(whole.data(), bytes_.data(), sizeof(size_t));
    return bytes_ == whole;
  }

 private:
  std::vector<unsigned char> bytes_;
};

template <class Struct>
void check_ages(xiaoer_status (*fill)(const xiaoer_result*, Struct*)) {
  const xiaoer_result* const result = complaint().get();
  const Struct empty = {};
  Struct full = {};
  full.struct_size = sizeof(full);
  ASSERT_EQ(fill(result, &full), XIAOER_OK);
  // Older clients get what they know, newer ones what we know; on failure all of it is empty.
  for (size_t size = sizeof(size_t) + 1; size <= sizeof(Struct) + Client<Struct>::kBehind; ++size) {
    const size_t known = std::min(size, sizeof(Struct));
    Client<Struct> client(size);
    ASSERT_EQ(fill(result, client.get()), XIAOER_OK) << size;
    ASSERT_TRUE(client.holds(full, known)) << size;
    ASSERT_EQ(client.get()->struct_size, size);
    ASSERT_EQ(fill(nullptr, client.get()), XIAOER_INVALID_ARGUMENT) << size;
    ASSERT_TRUE(client.holds(empty, known)) << size;
    ASSERT_EQ(client.get()->struct_size, size);
  }
  // What is no size at all is believed nothing.
  for (const size_t size : {size_t{0}, sizeof(size_t), size_t{4097}, SIZE_MAX}) {
    Client<Struct> client(size);
    ASSERT_EQ(fill(result, client.get()), XIAOER_INVALID_ARGUMENT) << size;
    ASSERT_TRUE(client.holds(empty, sizeof(size_t))) << size;
  }
  ASSERT_EQ(fill(result, nullptr), XIAOER_INVALID_ARGUMENT);
}

TEST(Struct, GuidanceIsOfAnyAge) { check_ages<xiaoer_guidance>(&xiaoer_result_guidance); }
TEST(Struct, CaseIsOfAnyAge) { check_ages<xiaoer_case>(&xiaoer_result_case); }
TEST(Struct, ActionIsOfAnyAge) { check_ages<xiaoer_action>(&action); }
TEST(Struct, ConversationIsOfAnyAge) {
  check_ages<xiaoer_conversation>(&xiaoer_result_conversation);
}

// Also where there is nothing to tell.
TEST(Struct, WhatIsNotThereIsEmptied) {
  const xr::Result nothing;
  xiaoer_guidance guidance;
  std::memset(&guidance, 0x55, sizeof(guidance));
  guidance.struct_size = sizeof(guidance);
  EXPECT_EQ(xiaoer_result_guidance(nothing.get(), &guidance), XIAOER_NOT_FOUND);
  EXPECT_EQ(guidance.need_count, 0u);
  EXPECT_EQ(guidance.next_step.size, 0u);
  xiaoer_case record;
  std::memset(&record, 0x55, sizeof(record));
  record.struct_size = sizeof(record);
  EXPECT_EQ(xiaoer_result_case(nothing.get(), &record), XIAOER_NOT_FOUND);
  EXPECT_EQ(record.summary.size, 0u);
  EXPECT_EQ(record.major, 0);
}

}  // namespace
