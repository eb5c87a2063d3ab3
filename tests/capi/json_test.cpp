// The JSON form: requests of every shape in, the documented object out, spans in characters.

#include <nlohmann/json.hpp>

#include "support.hpp"

namespace {

constexpr size_t kMostMessage = 65'536;  // bytes

using capi_test::ask_json;
using capi_test::demo;
using nlohmann::json;

json ask(const json& request, xr::Session* session = nullptr) {
  return json::parse(ask_json(demo(), request.dump(), session));
}

xr::Error refused(const std::string& request) {
  try {
    ask_json(demo(), request);
  } catch (const xr::Error& error) {
    return error;
  }
  ADD_FAILURE() << "accepted: " << request;
  return xr::Error(XIAOER_OK, nullptr);
}

// The characters [begin, end) of UTF-8 text.
std::string characters(const std::string& text, size_t begin, size_t end) {
  std::string out;
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++count;
    if (count > begin && count <= end) out += text[i];
  }
  return out;
}

TEST(Json, HasTheDocumentedShape) {
  const json out = ask({{"id", 7}, {"message", "能便宜点吗"}});
  EXPECT_EQ(out.at("id"), 7);
  for (const char* key : {"decision", "stage", "order_state"}) EXPECT_TRUE(out.at(key).is_string());
  for (const char* key : {"intents", "entities", "replies", "techniques", "guard"}) {
    EXPECT_TRUE(out.at(key).is_array()) << key;
  }
  EXPECT_TRUE(out.at("handoff").is_null());
  const json& intent = out.at("intents").at(0);
  EXPECT_EQ(intent.at("id"), "bargain.discount");
  EXPECT_GT(intent.at("score"), 0.3);
  const json& reason = intent.at("why").at(0);
  EXPECT_EQ(reason.at("kind"), "phrase");
  EXPECT_EQ(reason.at("span").size(), 2u);
  EXPECT_TRUE(reason.at("points").is_number());
  const json& reply = out.at("replies").at(0);
  EXPECT_EQ(reply.at("intents"), json({"bargain.discount"}));
  EXPECT_FALSE(reply.at("text").get<std::string>().empty());
}

TEST(Json, PassesTheIdThrough) {
  EXPECT_EQ(ask({{"id", "a\"\\\n b"}, {"message", "你好"}}).at("id"), "a\"\\\n b");
  EXPECT_EQ(ask({{"id", {1, {{"k", nullptr}}}}, {"message", "你好"}}).at("id"),
            json({1, {{"k", nullptr}}}));
  EXPECT_TRUE(ask({{"message", "你好"}}).at("id").is_null());
  EXPECT_NE(ask_json(demo(), R"({"id": 12345678901234567890123, "message": ""})")
                .find("\"id\":12345678901234567890123"),
            std::string::npos);
}

TEST(Json, SpansCountCharacters) {
  const std::string message = "😀您好 é 这个，能便宜点吗😀 什么时候发货";
  const json out = ask({{"message", message}});
  ASSERT_GE(out.at("intents").size(), 2u);
  for (const json& intent : out.at("intents")) {
    const size_t begin = intent.at("span").at(0), end = intent.at("span").at(1);
    const std::string words = characters(message, begin, end);
    if (intent.at("id") == "bargain.discount") {
      EXPECT_NE(words.find("便宜"), std::string::npos);
    }
    if (intent.at("id") == "ship.time") {
      EXPECT_NE(words.find("发货"), std::string::npos);
    }
  }
}

TEST(Json, SpansAreRightAtTheEndOfLongMessages) {
  for (const size_t padding : {60u, 255u, 256u, 257u, 5'000u, 15'000u}) {
    std::string message;
    for (size_t i = 0; i < padding; ++i) message += i % 7 == 0 ? "。" : (i % 2 == 0 ? "嗯" : "x");
    message += "能便宜点吗";
    const json out = ask({{"message", message}});
    bool found = false;
    for (const json& intent : out.at("intents")) {
      if (intent.at("id") != "bargain.discount") continue;
      found = true;
      const std::string words =
          characters(message, intent.at("span").at(0), intent.at("span").at(1));
      EXPECT_NE(words.find("便宜"), std::string::npos) << padding << " " << words;
    }
    EXPECT_TRUE(found) << padding;
  }
}

TEST(Json, BubblesAreOneMessage) {
  const json joined = ask({{"message", "你好\n什么时候发货"}});
  EXPECT_EQ(ask({{"messages", {"你好", "什么时候发货"}}}), joined);
  EXPECT_EQ(ask({{"message", "你好"}, {"messages", {"什么时候发货"}}}), joined);
}

TEST(Json, HandoverHoldsAndTellsTheCase) {
  const json out = ask({{"message", "骗子，我要投诉你们，订单号123456789012345678"}});
  EXPECT_EQ(out.at("decision"), "handoff");
  const json& handoff = out.at("handoff");
  EXPECT_EQ(handoff.at("route"), "complaints");
  EXPECT_FALSE(handoff.at("reason").get<std::string>().empty());
  EXPECT_FALSE(handoff.at("holding_reply").at("text").get<std::string>().empty());
  EXPECT_TRUE(out.at("techniques").empty());
  const json& details = handoff.at("case");
  EXPECT_EQ(details.at("intent"), "complaint.angry");
  ASSERT_FALSE(details.at("quotes").empty());
  EXPECT_FALSE(details.at("quotes").at(0).at("text").get<std::string>().empty());
  EXPECT_TRUE(details.at("needs").is_array());
  EXPECT_EQ(details.at("entities"), out.at("entities"));
}

TEST(Json, TraceTellsNearMisses) {
  const json plain = ask({{"message", "什么时候能收到货呢"}});
  EXPECT_FALSE(plain.contains("near_misses"));
  const json traced = ask({{"message", "什么时候能收到货呢"}, {"trace", true}});
  ASSERT_TRUE(traced.contains("near_misses"));
  for (const json& miss : traced.at("near_misses")) {
    EXPECT_FALSE(miss.at("id").get<std::string>().empty());
    EXPECT_FALSE(miss.at("why").empty());
  }
}

TEST(Json, FactsOfTheRequestComeBeforeTheDefaults) {
  xr::Context context;
  xr::Result result;
  const xr::Facts defaults(R"({"product": {"price": 12}})");
  const auto text_of = [&](const char* request) {
    const json out =
        json::parse(xr::reply_json(demo(), context, nullptr, &defaults, request, result));
    return out.at("replies").at(0).at("text").get<std::string>();
  };
  EXPECT_NE(text_of(R"({"message": "能便宜点吗"})").find("12元"), std::string::npos);
  EXPECT_NE(
      text_of(R"({"message": "能便宜点吗", "facts": {"product": {"price": 34}}})").find("34元"),
      std::string::npos);
}

TEST(Json, OutputIsValidUtf8WhateverComesIn) {
  for (const std::string bytes :
       {"\xFF\xFE便宜点", "能便宜点\xE5\x90", "\xC0\xAF", "\xED\xA0\x80便宜点"}) {
    xr::Context context;
    xr::Result result;
    xr::Request request;
    request.message = bytes;
    xr::reply(demo(), context, nullptr, request, result);
    EXPECT_TRUE(json::accept(result.json())) << result.json();
  }
}

TEST(Json, ControlCharactersAreEscaped) {
  const std::string out =
      ask_json(demo(), R"({"id": "\u001b[31m", "message": "\r\n\u001b便宜点"})");
  for (const char c : out) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
}

TEST(Json, UnknownKeysAndNullsAreIgnored) {
  const json out =
      ask({{"message", "你好"}, {"labels", {1, 2}}, {"facts", nullptr}, {"now", nullptr}});
  EXPECT_EQ(out.at("intents").at(0).at("id"), "greet.hello");
}

TEST(Json, SaysWhatIsWrongAndWhere) {
  const auto code = [](const xr::Error& error) {
    return error.diagnostics().empty() ? std::string() : error.diagnostics()[0].code;
  };
  EXPECT_EQ(code(refused("[1]")), "request-not-object");
  EXPECT_EQ(code(refused("{}")), "request-no-message");
  EXPECT_EQ(code(refused(R"({"messages": []})")), "request-no-message");
  EXPECT_EQ(code(refused(R"({"message": 5})")), "request-wrong-type");
  EXPECT_EQ(code(refused(R"({"messages": ["a", 5]})")), "request-wrong-type");
  EXPECT_EQ(code(refused(R"({"message": "a", "now": "yesterday"})")), "request-bad-time");
  EXPECT_EQ(code(refused(R"({"message": "a", "seed": -1})")), "request-bad-seed");
  EXPECT_EQ(code(refused(R"({"message": "a", "seed": 1.5})")), "request-bad-seed");
  EXPECT_EQ(code(refused(R"({"message": "a", "sent": "b"})")), "request-mixed");
  EXPECT_EQ(code(refused(R"({"message": "a", "event": "order_paid"})")), "request-mixed");
  EXPECT_EQ(code(refused(R"({"messages": ["a"], "event": "order_paid"})")), "request-mixed");
  EXPECT_EQ(code(refused(R"({"message": "a", "previous": {"rol": "agent", "text": "b"}})")),
            "request-previous-key");
  EXPECT_EQ(code(refused(R"({"message": "a", "previous": {"role": "agent"}})")),
            "request-previous-key");
  EXPECT_EQ(code(refused("{\"message\": \"a\"")), "json-unfinished");
  EXPECT_EQ(code(refused("{\"message\" \"a\"}")), "json-colon-missing");
  EXPECT_EQ(refused("{}").status(), XIAOER_BAD_JSON);
  EXPECT_EQ(refused(R"({"message": "a", "facts": {"product": {"price": "x"}}})").status(),
            XIAOER_BAD_FACTS);
}

TEST(Json, AllProblemsAtOnceWithPlace) {
  const xr::Error error = refused("{\"message\": 5,\n \"trace\": 1, \"facts\": 2}");
  EXPECT_EQ(error.status(), XIAOER_BAD_JSON);
  ASSERT_EQ(error.diagnostics().size(), 3u);
  EXPECT_EQ(error.diagnostics()[0].pointer, "/message");
  EXPECT_EQ(error.diagnostics()[0].column, 13u);
  EXPECT_EQ(error.diagnostics()[1].line, 2u);
  for (const xr::Diagnostic& one : error.diagnostics()) {
    EXPECT_NE(one.message, one.code) << "the catalogue lacks " << one.code;
  }
}

TEST(Json, ToldLinesAreAcknowledged) {
  xr::Session session;
  const json asked = ask({{"message", "能便宜点吗"}}, &session);
  const std::string text = asked.at("replies").at(0).at("text");
  EXPECT_EQ(ask({{"id", 1}, {"sent", text}}, &session),
            json({{"id", 1}, {"decision", "silent"}, {"ok", true}}));
  EXPECT_EQ(ask({{"sent", "从没建议过的话"}}, &session).at("ok"), false);
  EXPECT_EQ(ask({{"observe", "亲,稍等"}}, &session).at("ok"), true);
  EXPECT_EQ(ask({{"observe", "亲,稍等"}}).at("ok"), false);
  // An empty line is none of the buyer's.
  for (const char* key : {"observe", "sent"}) {
    EXPECT_EQ(ask({{key, ""}}, &session).at("decision"), "silent") << key;
    EXPECT_FALSE(ask({{key, ""}}, &session).contains("replies")) << key;
  }
  EXPECT_EQ(ask({{"sent", ""}}, &session).at("ok"), false);
  // Nor is it a person who takes over.
  xr::Session fresh;
  EXPECT_EQ(ask({{"observe", ""}}, &fresh).at("ok"), true);
  EXPECT_NE(ask({{"message", "能便宜点吗"}}, &fresh).at("decision"), "silent");
}

// The answer to a line and the result as a whole are two texts: asking for one leaves the other.
TEST(Json, TheAnswerOutlivesTheResultsJson) {
  xr::Context context;
  xr::Result result;
  for (const char* request : {R"({"id": "a", "guard": "加我微信吧"})", R"({"observe": "来了"})",
                              R"({"id": 2, "message": "能便宜点吗"})"}) {
    const std::string_view answer =
        xr::reply_json(demo(), context, nullptr, nullptr, request, result);
    const std::string before(answer);
    const std::string_view whole = result.json();
    const std::string whole_before(whole);
    EXPECT_EQ(answer, before);
    EXPECT_NE(answer.data(), whole.data());
    EXPECT_EQ(result.json(), whole_before);
    EXPECT_EQ(whole, whole_before);
  }
}

TEST(Json, EventsAreSilent) {
  xr::Session session;
  EXPECT_EQ(ask({{"event", "order_paid"}}, &session).at("decision"), "silent");
}

TEST(Json, SameInputSameBytes) {
  for (const char* request : {R"({"message": "你好", "seed": 3})",
                              R"({"message": "能便宜点吗,今天能发货吗", "trace": true})"}) {
    const std::string first = ask_json(demo(), request);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(ask_json(demo(), request), first);
  }
}

// The typed result and its JSON are two views of one thing.
TEST(Json, AgreesWithTheTypedResult) {
  xr::Context context;
  xr::Result result;
  xr::Request request;
  request.message = "在吗，能便宜点吗，什么时候发货";
  xr::reply(demo(), context, nullptr, request, result);
  const json out = json::parse(result.json());
  ASSERT_EQ(out.at("intents").size(), result.intents().size());
  ASSERT_EQ(out.at("replies").size(), result.replies().size());
  for (size_t i = 0; i < result.intents().size(); ++i) {
    const xr::Item intent = result.intents()[i];
    const json& other = out.at("intents").at(i);
    EXPECT_EQ(other.at("id"), intent.id);
    EXPECT_EQ(other.at("title"), intent.text);
    EXPECT_EQ(other.at("why").size(), intent.why_count());
    const std::string words =
        characters(std::string(request.message), other.at("span").at(0), other.at("span").at(1));
    EXPECT_EQ(words,
              request.message.substr(intent.span.begin, intent.span.end - intent.span.begin));
  }
  for (size_t i = 0; i < result.replies().size(); ++i) {
    EXPECT_EQ(out.at("replies").at(i).at("text"), result.replies()[i].text);
    EXPECT_EQ(out.at("replies").at(i).at("intents").size(), result.replies()[i].intent_count());
  }
  EXPECT_EQ(out.at("stage"), result.stage());
}

// What the typed calls refuse is refused here, too, and told as such.
TEST(Json, LinesOfTheChatHaveTheLimitOfAMessage) {
  const std::string much(kMostMessage + 1, 'a');
  const json requests[] = {{{"observe", much}},
                           {{"sent", much}},
                           {{"message", "a"}, {"previous", {{"role", "agent"}, {"text", much}}}}};
  for (const json& request : requests) {
    const xr::Error error = refused(request.dump());
    EXPECT_EQ(error.status(), XIAOER_LIMIT);
    EXPECT_EQ(error.diagnostics().at(0).code, "message-too-long");
  }
  const xr::Error error = refused(json({{"guard", std::string(20'000, 'a')}}).dump());
  EXPECT_EQ(error.status(), XIAOER_LIMIT);
  EXPECT_NE(std::string(error.what()).find("16384"), std::string::npos) << error.what();
}

}  // namespace
