// Wrong calls: an error code, nothing written, no crash. Run under ASan, exact-size blocks show
// reads too far.

#include <cstring>

#include "support.hpp"

namespace {

using capi_test::demo;
using capi_test::ErrorSlot;
using capi_test::ExactBytes;

xiaoer_request request_of(std::string_view message) {
  xiaoer_request request = {};
  request.struct_size = sizeof(request);
  request.message = xr::text(message);
  return request;
}

TEST(Misuse, FreeAcceptsNull) {
  xiaoer_ruleset_free(nullptr);
  xiaoer_context_free(nullptr);
  xiaoer_session_free(nullptr);
  xiaoer_facts_free(nullptr);
  xiaoer_result_free(nullptr);
  xiaoer_error_free(nullptr);
  EXPECT_EQ(xiaoer_ruleset_retain(nullptr), nullptr);
}

TEST(Misuse, NullOutIsRefused) {
  ErrorSlot error;
  EXPECT_EQ(xiaoer_ruleset_open(xr::text("x"), nullptr, nullptr, error.out()),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(error.code(), "argument-null");
  EXPECT_EQ(xiaoer_ruleset_open_files(nullptr, 0, nullptr, nullptr, nullptr),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_context_new(nullptr, error.out()), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_session_new(nullptr, error.out()), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_new(nullptr, error.out()), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_facts_read(xr::text("{}"), XIAOER_CHINESE, nullptr, error.out()),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_session_restore("x", 1, nullptr, error.out()), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_error_status(error.get()), XIAOER_INVALID_ARGUMENT);
}

TEST(Misuse, NullHandlesAreRefused) {
  xr::Context context;
  xr::Result result;
  ErrorSlot error;
  xiaoer_text json = xr::text("untouched");
  const xiaoer_request request = request_of("你好");
  const xr::Ruleset rules = demo();
  EXPECT_EQ(xiaoer_reply(nullptr, context.get(), nullptr, &request, result.get(), error.out()),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_reply(rules.get(), nullptr, nullptr, &request, result.get(), error.out()),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_reply(rules.get(), context.get(), nullptr, nullptr, result.get(), error.out()),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_reply(rules.get(), context.get(), nullptr, &request, nullptr, error.out()),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_reply_json(rules.get(), context.get(), nullptr, nullptr, xr::text("{}"),
                              result.get(), nullptr, error.out()),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_reply_json(rules.get(), context.get(), nullptr, nullptr, xr::text("{}"), nullptr,
                              &json, error.out()),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(json.size, 0u);
  EXPECT_EQ(xiaoer_session_sent(nullptr, xr::text("x"), 0, error.out()), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_session_observe(nullptr, xr::text("x"), 0, error.out()),
            XIAOER_INVALID_ARGUMENT);
  size_t size = 7;
  EXPECT_EQ(xiaoer_session_snapshot(nullptr, nullptr, 0, &size, error.out()),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(size, 0u);
  EXPECT_EQ(xiaoer_result_json(nullptr, &json, error.out()), XIAOER_INVALID_ARGUMENT);
}

TEST(Misuse, ReadersOfNullGiveNothing) {
  EXPECT_EQ(xiaoer_result_decision(nullptr), XIAOER_SILENT);
  EXPECT_EQ(xiaoer_result_count(nullptr, XIAOER_INTENT), 0u);
  EXPECT_EQ(xiaoer_result_reply_intent_count(nullptr, 0), 0u);
  EXPECT_EQ(xiaoer_result_stage(nullptr).size, 0u);
  EXPECT_EQ(xiaoer_result_order_state(nullptr).size, 0u);
  EXPECT_EQ(xiaoer_result_message(nullptr).size, 0u);
  EXPECT_EQ(xiaoer_ruleset_id(nullptr).size, 0u);
  EXPECT_EQ(xiaoer_ruleset_version(nullptr).size, 0u);
  EXPECT_EQ(xiaoer_ruleset_warning_count(nullptr), 0u);
  EXPECT_EQ(xiaoer_error_status(nullptr), XIAOER_OK);
  EXPECT_EQ(xiaoer_error_count(nullptr), 0u);
  EXPECT_EQ(xiaoer_error_message(nullptr).size, 0u);
  xiaoer_bargain bargain;
  EXPECT_EQ(xiaoer_result_bargain(nullptr, &bargain), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_bargain(nullptr, nullptr), XIAOER_INVALID_ARGUMENT);
  xiaoer_reason because;
  EXPECT_EQ(xiaoer_result_bargain_why(nullptr, 0, &because), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_bargain_why(nullptr, 0, nullptr), XIAOER_INVALID_ARGUMENT);
  xiaoer_handoff handoff;
  EXPECT_EQ(xiaoer_result_handoff(nullptr, &handoff), XIAOER_INVALID_ARGUMENT);
}

TEST(Misuse, IndicesOutOfRangeAreRefused) {
  xr::Context context;
  xr::Result result;
  xr::Request request;
  request.message = "能便宜点吗";
  xr::reply(demo(), context, nullptr, request, result);
  xiaoer_item item;
  xiaoer_reason reason;
  xiaoer_text text;
  for (const int part : {0, 1, 2, 3, 4, 5, 6, 0x7ffffffe, 0x7fffffff}) {
    const auto which = static_cast<xiaoer_part>(part);
    const size_t count = xiaoer_result_count(result.get(), which);
    EXPECT_EQ(xiaoer_result_item(result.get(), which, count, &item), XIAOER_INVALID_ARGUMENT);
    EXPECT_EQ(item.id.data, nullptr);
    EXPECT_EQ(xiaoer_result_item(result.get(), which, SIZE_MAX, &item), XIAOER_INVALID_ARGUMENT);
    EXPECT_EQ(xiaoer_result_why(result.get(), which, count, 0, &reason), XIAOER_INVALID_ARGUMENT);
  }
  EXPECT_EQ(xiaoer_result_why(result.get(), XIAOER_INTENT, 0, 1000, &reason),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_reply_intent(result.get(), 0, 1000, &text), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_reply_intent(result.get(), 1000, 0, &text), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_handoff_need(result.get(), 0, &text), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_result_item(result.get(), XIAOER_INTENT, 0, nullptr), XIAOER_INVALID_ARGUMENT);
}

TEST(Misuse, ShortAndSillyRequestsAreRefused) {
  xr::Context context;
  xr::Result result;
  ErrorSlot error;
  xiaoer_request request = request_of("你好");
  for (const size_t size : {size_t{0}, size_t{8}, size_t{23}, size_t{4097}, SIZE_MAX}) {
    request.struct_size = size;
    EXPECT_EQ(
        xiaoer_reply(demo().get(), context.get(), nullptr, &request, result.get(), error.out()),
        XIAOER_INVALID_ARGUMENT)
        << size;
    EXPECT_EQ(error.code(), "argument-bad-struct");
  }
}

TEST(Misuse, TimesBeyondTheCalendarAreRefused) {
  xr::Context context;
  xr::Session session;
  xr::Result result;
  ErrorSlot error;
  xiaoer_request request = request_of("你好");
  request.has_now = 1;
  for (const int64_t time : {INT64_MAX, INT64_MIN, int64_t{-1}}) {
    request.now = time;
    EXPECT_EQ(xiaoer_reply(demo().get(), context.get(), session.get(), &request, result.get(),
                           error.out()),
              XIAOER_INVALID_ARGUMENT);
    EXPECT_EQ(error.code(), "argument-out-of-range");
    EXPECT_EQ(xiaoer_session_observe(session.get(), xr::text("好的"), time, nullptr),
              XIAOER_INVALID_ARGUMENT);
  }
}

// Every joint counts, also where two bubbles fill the limit already.
TEST(Misuse, BubblesAreNotJoinedBeyondTheLimit) {
  xr::Context context;
  xr::Result result;
  ErrorSlot error;
  const std::string half(32 * 1024, 'a'), large(1 << 20, 'b');
  const xiaoer_text bubbles[] = {xr::text(half), xr::text(half), xr::text(large)};
  xiaoer_request request = request_of("");
  request.messages = bubbles;
  for (const size_t count : {size_t{2}, size_t{3}}) {
    request.message_count = count;
    EXPECT_EQ(
        xiaoer_reply(demo().get(), context.get(), nullptr, &request, result.get(), error.out()),
        XIAOER_LIMIT);
  }
}

// One bubble alone may be as long as a message, in whichever form it comes.
TEST(Misuse, TheLimitIsOneForBubblesAndMessages) {
  xr::Context context;
  xr::Result result;
  for (const size_t size : {size_t{64 * 1024}, size_t{64 * 1024 + 1}}) {
    const std::string words(size, 'a');
    const xiaoer_status expected = size > 64 * 1024 ? XIAOER_LIMIT : XIAOER_OK;
    const auto answer = [&](const xiaoer_request& request) {
      return xiaoer_reply(demo().get(), context.get(), nullptr, &request, result.get(), nullptr);
    };
    const auto answer_json = [&](const std::string& request) {
      xiaoer_text json;
      return xiaoer_reply_json(demo().get(), context.get(), nullptr, nullptr, xr::text(request),
                               result.get(), &json, nullptr);
    };
    const xiaoer_text bubbles[] = {xr::text(""), xr::text(words)};
    xiaoer_request request = request_of("");
    request.messages = bubbles;
    request.message_count = 2;
    EXPECT_EQ(answer(request_of(words)), expected);
    EXPECT_EQ(answer(request), expected);
    EXPECT_EQ(answer_json("{\"message\": \"" + words + "\"}"), expected);
    EXPECT_EQ(answer_json("{\"messages\": [\"\", \"" + words + "\"]}"), expected);
  }
}

TEST(Misuse, AnEventStandsInPlaceOfAMessage) {
  xr::Context context;
  xr::Result result;
  ErrorSlot error;
  const auto reply = [&](const xiaoer_request& request) {
    return xiaoer_reply(demo().get(), context.get(), nullptr, &request, result.get(), error.out());
  };
  xiaoer_request request = request_of("你好");
  request.event = xr::text("order_paid");
  EXPECT_EQ(reply(request), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(error.code(), "request-mixed");
  const xiaoer_text bubble = request.message;
  request.message = {};
  request.messages = &bubble;
  request.message_count = 1;
  EXPECT_EQ(reply(request), XIAOER_INVALID_ARGUMENT);
  request.message_count = 0;
  EXPECT_EQ(reply(request), XIAOER_OK);
}

// An older client's struct ends where its last member did: nothing behind it may be read.
TEST(Misuse, OlderRequestsWork) {
  xr::Context context;
  xr::Result result;
  const xiaoer_request full = request_of("你好");
  for (size_t size = offsetof(xiaoer_request, messages); size <= sizeof(full); ++size) {
    auto block = std::make_unique<unsigned char[]>(size);
    std::memcpy(block.get(), &full, size);
    std::memcpy(block.get(), &size, sizeof(size));
    EXPECT_EQ(
        xiaoer_reply(demo().get(), context.get(), nullptr,
                     reinterpret_cast<const xiaoer_request*>(block.get()), result.get(), nullptr),
        XIAOER_OK)
        << size;
  }
}

TEST(Misuse, NewerRequestsWorkWhenTheNewIsUnset) {
  xr::Context context;
  xr::Result result;
  struct Newer {
    xiaoer_request known;
    uint64_t unknown;
  } newer = {request_of("你好"), 0};
  newer.known.struct_size = sizeof(newer);
  EXPECT_EQ(xiaoer_reply(demo().get(), context.get(), nullptr, &newer.known, result.get(), nullptr),
            XIAOER_OK);
  newer.unknown = 1;
  EXPECT_EQ(xiaoer_reply(demo().get(), context.get(), nullptr, &newer.known, result.get(), nullptr),
            XIAOER_INVALID_ARGUMENT);
}

TEST(Misuse, BadRulesetOptionsAreRefused) {
  ErrorSlot error;
  xiaoer_ruleset* rules = nullptr;
  const xiaoer_text path = xr::text(XIAOER_DEMO_PACK);
  xiaoer_ruleset_options options = {};
  EXPECT_EQ(xiaoer_ruleset_open(path, &options, &rules, error.out()), XIAOER_INVALID_ARGUMENT);
  options.struct_size = sizeof(options);
  options.language = static_cast<xiaoer_language>(9);
  EXPECT_EQ(xiaoer_ruleset_open(path, &options, &rules, error.out()), XIAOER_INVALID_ARGUMENT);
  options.language = XIAOER_ENGLISH;
  options.search_path_count = 1;
  EXPECT_EQ(xiaoer_ruleset_open(path, &options, &rules, error.out()), XIAOER_INVALID_ARGUMENT);
  options.search_path_count = 0;
  options.reserved = 1;
  EXPECT_EQ(xiaoer_ruleset_open(path, &options, &rules, error.out()), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(rules, nullptr);
}

TEST(Misuse, TextWithoutBytesIsRefused) {
  xr::Context context;
  xr::Result result;
  const xiaoer_text broken = {nullptr, 5};
  const auto ask = [&](const xiaoer_request& request) {
    return xiaoer_reply(demo().get(), context.get(), nullptr, &request, result.get(), nullptr);
  };
  xiaoer_request request = request_of("你好");
  request.message = broken;
  EXPECT_EQ(ask(request), XIAOER_INVALID_ARGUMENT);
  request = request_of("你好");
  request.event = broken;
  EXPECT_EQ(ask(request), XIAOER_INVALID_ARGUMENT);
  request = request_of("你好");
  request.previous_agent = broken;
  EXPECT_EQ(ask(request), XIAOER_INVALID_ARGUMENT);
  request = request_of("你好");
  request.message_count = 1;
  EXPECT_EQ(ask(request), XIAOER_INVALID_ARGUMENT);
  request.messages = &broken;
  EXPECT_EQ(ask(request), XIAOER_INVALID_ARGUMENT);
  request = request_of("你好");
  request.utc_offset_minutes = 100'000;
  EXPECT_EQ(ask(request), XIAOER_INVALID_ARGUMENT);
}

TEST(Misuse, ExactSizeMessagesAreNotReadTooFar) {
  xr::Context context;
  xr::Result result;
  for (const std::string_view bytes :
       {std::string_view("能便宜点吗"), std::string_view("\xE4\xBD"),
        std::string_view("\xF0\x9F\x98"), std::string_view("a\0b", 3), std::string_view("")}) {
    const ExactBytes exact(bytes);
    xiaoer_request request = request_of("");
    request.message = exact.text();
    EXPECT_EQ(xiaoer_reply(demo().get(), context.get(), nullptr, &request, result.get(), nullptr),
              XIAOER_OK);
  }
}

TEST(Misuse, TooLongMessagesAreRefused) {
  xr::Context context;
  xr::Result result;
  ErrorSlot error;
  const std::string long_text(65536 + 1, 'a');
  xiaoer_request request = request_of(long_text);
  EXPECT_EQ(xiaoer_reply(demo().get(), context.get(), nullptr, &request, result.get(), error.out()),
            XIAOER_LIMIT);
  EXPECT_EQ(error.code(), "message-too-long");
  const std::string half(40'000, 'a');
  const xiaoer_text bubbles[] = {xr::text(half), xr::text(half)};
  request = request_of("");
  request.messages = bubbles;
  request.message_count = 2;
  EXPECT_EQ(xiaoer_reply(demo().get(), context.get(), nullptr, &request, result.get(), error.out()),
            XIAOER_LIMIT);
  request.message_count = SIZE_MAX;
  EXPECT_EQ(xiaoer_reply(demo().get(), context.get(), nullptr, &request, result.get(), error.out()),
            XIAOER_LIMIT);
}

TEST(Misuse, FailedCallsEmptyTheResult) {
  xr::Context context;
  xr::Result result;
  xr::Request good;
  good.message = "能便宜点吗";
  xr::reply(demo(), context, nullptr, good, result);
  ASSERT_FALSE(result.intents().empty());
  const std::string long_text(70'000, 'a');
  const xiaoer_request bad = request_of(long_text);
  EXPECT_EQ(xiaoer_reply(demo().get(), context.get(), nullptr, &bad, result.get(), nullptr),
            XIAOER_LIMIT);
  EXPECT_TRUE(result.intents().empty());
  EXPECT_EQ(result.decision(), XIAOER_SILENT);
  EXPECT_TRUE(result.message().empty());
}

// A request may borrow from the result that it is answered into: the shop's last line is just
// there.
TEST(Misuse, RequestsMayBorrowFromTheirResult) {
  xr::Context context;
  xr::Result result;
  xr::Request request;
  request.message = "能便宜点吗";
  xr::reply(demo(), context, nullptr, request, result);
  ASSERT_FALSE(result.replies().empty());
  const std::string before(result.replies()[0].text);
  request.message = result.replies()[0].text;
  request.previous_agent = result.replies()[0].text;
  xr::reply(demo(), context, nullptr, request, result);
  EXPECT_EQ(result.message(), before);
}

}  // namespace
