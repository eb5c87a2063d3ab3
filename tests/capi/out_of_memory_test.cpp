// Where memory runs out, a call has changed nothing and may be tried again. Each is tried with
// memory for no allocation, for one, for two ... until it is enough.

#include <cstdint>
#include <functional>

#include "../memory.hpp"
#include "support.hpp"

namespace {

using capi_test::demo;
using test_memory::memory_left;

// What a call gets: handles that have grown nothing yet.
struct Handles {
  explicit Handles(const std::string& snapshot) : session(xr::Session::restore(snapshot)) {}
  xr::Context context;
  xr::Result result;
  xr::Session session;
};
using Call = std::function<xiaoer_status(Handles*, xiaoer_error**)>;

const xr::Facts& facts() {
  static const xr::Facts facts(R"({"product": {"price": 100, "floor_price": 70}})");
  return facts;
}

xiaoer_request request_of(std::string_view message) {
  xiaoer_request request = {};
  request.struct_size = sizeof(request);
  request.message = xr::text(message);
  request.facts = facts().get();
  request.assume_sent = 1;
  return request;
}

// A conversation with much to report: a bargain under way, an action proposed, an order paid.
std::string conversation() {
  xr::Context context;
  xr::Session session;
  xr::Result result;
  xr::Request request;
  request.facts = &facts();
  request.assume_sent = true;
  for (const std::string_view message : {"80块卖吗", "帮我备注放门口,订单号2026112100012345678"}) {
    request.message = message;
    xr::reply(demo(), context, &session, request, result);
  }
  request.message = {};
  request.event = "order_paid";
  request.facts = nullptr;
  xr::reply(demo(), context, &session, request, result);
  return session.snapshot();
}

// Calls with ever more memory until the call ends with `expected`. Tried again after a failure, it
// does what it does where memory never ran out.
void exhaust(xiaoer_status expected, const Call& call) {
  const std::string before = conversation();
  Handles untroubled(before);
  EXPECT_EQ(call(&untroubled, nullptr), expected);
  const std::string after = untroubled.session.snapshot();
  EXPECT_TRUE(before != after);
  for (size_t memory = 0; memory < 5000; ++memory) {
    Handles handles(before);
    xiaoer_error* error = nullptr;
    memory_left = memory;
    const xiaoer_status status = call(&handles, &error);
    memory_left = SIZE_MAX;
    xiaoer_error_free(error);
    if (status == expected) {
      EXPECT_TRUE(handles.session.snapshot() == after);
      return;
    }
    ASSERT_EQ(status, XIAOER_OUT_OF_MEMORY) << memory;
    ASSERT_TRUE(handles.session.snapshot() == before) << memory;
    ASSERT_TRUE(handles.result.intents().empty()) << memory;
    ASSERT_EQ(call(&handles, nullptr), expected) << memory;
    ASSERT_TRUE(handles.session.snapshot() == after) << memory;
  }
  FAIL() << "no memory is enough";
}

xiaoer_status reply(Handles* handles, const xiaoer_request& request, xiaoer_error** error) {
  return xiaoer_reply(demo().get(), handles->context.get(), handles->session.get(), &request,
                      handles->result.get(), error);
}

TEST(OutOfMemory, OfAReplyLeavesTheSession) {
  for (const std::string_view message : {"90块卖吗", "骗子,我要投诉", "嘀嘀嗒嗒"}) {
    exhaust(XIAOER_OK, [message](Handles* handles, xiaoer_error** error) {
      return reply(handles, request_of(message), error);
    });
  }
}

TEST(OutOfMemory, OfAnEventLeavesTheSession) {
  exhaust(XIAOER_OK, [](Handles* handles, xiaoer_error** error) {
    xiaoer_request request = request_of("");
    request.event = xr::text("order_paid");
    return reply(handles, request, error);
  });
}

TEST(OutOfMemory, OfAJsonLineLeavesTheSession) {
  for (const std::string_view line :
       {R"({"message": "90块卖吗", "assume_sent": true})", R"({"event": "order_paid"})",
        R"({"observe": "95块可以的"})", R"({"sent": "95块可以的"})",
        R"({"confirm": {"action": "remark"}})"}) {
    exhaust(XIAOER_OK, [line](Handles* handles, xiaoer_error** error) {
      xiaoer_text json;
      return xiaoer_reply_json(demo().get(), handles->context.get(), handles->session.get(),
                               facts().get(), xr::text(line), handles->result.get(), &json, error);
    });
  }
}

TEST(OutOfMemory, OfALineOfTheShopLeavesTheSession) {
  exhaust(XIAOER_OK, [](Handles* handles, xiaoer_error** error) {
    return xiaoer_session_observe(handles->session.get(), xr::text("95块可以的"), 0, error);
  });
  // One that no result held is recorded, and told so.
  exhaust(XIAOER_NOT_FOUND, [](Handles* handles, xiaoer_error** error) {
    return xiaoer_session_sent(handles->session.get(), xr::text("95块可以的"), 0, error);
  });
}

TEST(OutOfMemory, OfAConfirmationLeavesTheSession) {
  exhaust(XIAOER_OK, [](Handles* handles, xiaoer_error** error) {
    return xiaoer_session_confirm(handles->session.get(), xr::text("remark"), 1, 0, error);
  });
}

TEST(OutOfMemory, OfARestoreGivesNoSession) {
  const std::string bytes = conversation();
  for (size_t memory = 0;; ++memory) {
    xiaoer_session* session = nullptr;
    xiaoer_error* error = nullptr;
    memory_left = memory;
    const xiaoer_status status =
        xiaoer_session_restore(bytes.data(), bytes.size(), &session, &error);
    memory_left = SIZE_MAX;
    xiaoer_error_free(error);
    EXPECT_EQ(session != nullptr, status == XIAOER_OK);
    xiaoer_session_free(session);
    if (status == XIAOER_OK) return;
    ASSERT_EQ(status, XIAOER_OUT_OF_MEMORY);
  }
}

}  // namespace
