// Short messages in conversations, with the default pack: tests/data/context.jsonl, a case a line.
//   previous, turns, order_state: the shop's line before, what the buyer said before, the order
//   message, expect: the message, and the intent or its beginning ("a|b": either)
//   alone: what a phrase of its own says without the conversation; absent: nothing strong
// Without its conversation no such message may be answered unattended.

#include <fstream>

#include "e2e/fixture.hpp"

namespace xiaoer::test {
namespace {

struct Case {
  std::string place, previous, order_state, message, expect, alone;
  std::vector<std::string> turns;
};

std::vector<Case> read_cases(const std::string& path) {
  std::vector<Case> cases;
  std::ifstream stream(path);
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    json::Value value;
    Diagnostics diagnostics;
    Case item;
    item.place = path + ":" + std::to_string(number);
    EXPECT_TRUE(json::read(line, path, {}, &value, &diagnostics)) << item.place;
    const auto text = [&](const char* key) {
      const json::Value* found = value.find(key);
      return found != nullptr ? found->text : std::string();
    };
    item.previous = text("previous"), item.order_state = text("order_state");
    item.message = text("message"), item.expect = text("expect"), item.alone = text("alone");
    if (const json::Value* turns = value.find("turns")) {
      for (const json::Value& turn : turns->items) item.turns.push_back(turn.text);
    }
    cases.push_back(item);
  }
  return cases;
}

// Whether the intent is one of "a|b", or of their classes.
bool is_expected(const std::string& intent, const std::string& expected) {
  std::istringstream list(expected);
  for (std::string one; std::getline(list, one, '|');) {
    if (intent == one || intent.starts_with(one + ".")) return true;
  }
  return false;
}

const std::vector<Case>& cases() {
  static const auto kCases = read_cases(XIAOER_TEST_DATA "/data/context.jsonl");
  return kCases;
}

TEST(Context, ReadsShortMessagesByTheConversation) {
  ASSERT_GE(cases().size(), 120u);
  for (const Case& item : cases()) {
    SCOPED_TRACE(item.place + ": " + item.message);
    Talk talk(default_ruleset());
    const reply::Facts facts =
        facts_of(item.order_state.empty()
                     ? "{}"
                     : R"({"order": {"id": "1", "state": ")" + item.order_state + "\"}}");
    talk.request.facts = &facts;
    talk.request.assume_sent = true;
    for (const std::string& turn : item.turns) talk.say(turn);
    talk.request.previous_agent = item.previous;
    talk.say(item.message);
    EXPECT_TRUE(is_expected(talk.first_intent(), item.expect)) << talk.first_intent();
  }
}

TEST(Context, AnswersNoneOfThemUnattendedWithoutIt) {
  for (const Case& item : cases()) {
    SCOPED_TRACE(item.place + ": " + item.message);
    Talk talk(default_ruleset());
    const Result& result = talk.say(item.message);
    EXPECT_NE(result.decision, Decision::kAuto) << talk.first_intent();
    if (item.alone.empty()) {
      EXPECT_TRUE(result.intents.empty() || result.intents[0].score < 0.5f) << talk.first_intent();
    } else {
      EXPECT_TRUE(is_expected(talk.first_intent(), item.alone)) << talk.first_intent();
    }
  }
}

// The rule of the first intent's reason of kind "context".
std::string context_of(const Talk& talk) {
  if (talk.result.intents.empty()) return "";
  const ItemRange why = talk.result.intents[0].why;
  for (uint32_t i = why.first; i < why.first + why.count; ++i) {
    const Reason& reason = talk.result.reasons[i];
    if (talk.result.text(reason.kind) == "context") {
      return std::string(talk.result.text(reason.rule));
    }
  }
  return "";
}

TEST(Context, SaysWhatItCameFrom) {
  Talk asked(default_ruleset());
  asked.request.previous_agent = "您要几袋呢";
  asked.say("3");
  EXPECT_EQ(context_of(asked), "asked: quantity");
  Talk turn(default_ruleset());
  turn.say("这个多少钱");
  turn.say("那个呢");
  EXPECT_EQ(context_of(turn), "turn: price.query");
  Talk order(default_ruleset());
  const reply::Facts facts = facts_of(R"({"order": {"id": "1", "state": "shipped"}})");
  order.request.facts = &facts;
  order.say("什么时候");
  EXPECT_EQ(context_of(order), "order: shipped");
}

TEST(Context, AnInheritedReadingIsNeverAnsweredUnattended) {
  const auto ruleset = load_pack(R"(
    "settings": {"auto_threshold": 0.3},
    "intents": [{"id": "stock.query", "title": "库存", "patterns": ["有货"],
                 "examples": ["还有没有货呀"],
                 "replies": [{"id": "s", "variants": ["有的,您放心"]}]}])");
  Talk talk(*ruleset);
  EXPECT_EQ(talk.say("黑色有货吗").decision, Decision::kAuto);
  const Result& result = talk.say("那个呢");
  EXPECT_EQ(talk.first_intent(), "stock.query");
  EXPECT_EQ(result.decision, Decision::kSuggest);
}

const char* const kAsking = R"(
  "intents": [
    {"id": "stock.query", "title": "库存", "patterns": ["有货"],
     "replies": [{"id": "stock", "variants": ["仓库里还有的,您打算要几个呢"]}]},
    {"id": "price.query", "title": "价格", "patterns": ["多少钱"],
     "replies": [{"id": "price", "variants": ["价格都标在页面上了"]}]},
    {"id": "ready.quantity", "title": "要几件", "patterns": ["来…个"],
     "replies": [{"id": "ready", "variants": ["记下数量了"]}]}])";

TEST(Context, RemembersTheReplyThatWasSent) {
  const auto ruleset = load_pack(kAsking);
  Talk talk(*ruleset);
  talk.say("有货吗");
  ASSERT_TRUE(talk.session.sent(stable_hash(talk.reply_text(0)), 0));
  Talk again(*ruleset);
  ASSERT_TRUE(again.session.restore(talk.session.snapshot(), nullptr));
  again.say("3");
  EXPECT_EQ(again.first_intent(), "ready.quantity");
  EXPECT_EQ(context_of(again), "asked: quantity");
}

TEST(Context, RecognisesThePacksOwnReplyInAPersonsLine) {
  const auto ruleset = load_pack(kAsking);
  Talk talk(*ruleset);
  observe(&talk.session, "亲亲,价格都标在页面上了哦!", 0);
  talk.say("那个呢");
  EXPECT_EQ(talk.first_intent(), "price.query");
  EXPECT_EQ(context_of(talk), "line: price.query");
  Talk asked(*ruleset);
  observe(&asked.session, "好嘞,您数一下需要几个", 0);
  asked.say("5");
  EXPECT_EQ(context_of(asked), "asked: quantity");
}

// What is taken for sent is the reply that stands first, be it a question put before a guess.
TEST(Context, TheFirstReplyIsTheOneAssumedSent) {
  for (const char* message : {"包", "朋友说", "帮我弄下那个", "多少钱", "什么时候发货"}) {
    Talk talk(default_ruleset());
    talk.request.assume_sent = true;
    talk.say(message);
    ASSERT_NE(talk.reply_text(0), "") << message;
    EXPECT_FALSE(sent(&talk.session, talk.reply_text(0), 0)) << message << ": still pending";
  }
}

// Whichever reply goes out, the session knows it: also where one reply answers several matters, and
// where a question goes before them and the last makes room.
TEST(Context, EveryReplyShownMayBeSent) {
  for (const char* message :
       {"包", "帮我弄下那个", "多少钱,几天到", "有货吗,能便宜点吗,什么时候发货", "那个呢,还有这个",
        "颜色几种,包邮吗,发什么快递,有发票吗", "弄下那个,再看看这个行不,还有发票"}) {
    Talk talk(default_ruleset());
    talk.say(message);
    for (size_t i = 0; i < talk.result.replies.size(); ++i) {
      dialogue::Session session = talk.session;
      EXPECT_TRUE(sent(&session, talk.reply_text(i), 0)) << message << ": " << talk.reply_text(i);
    }
  }
}

// Whatever a buyer writes, the session can be kept and restored.
TEST(Context, ASumBeyondCountingCanBeKept) {
  for (const char* message : {"一万亿块八卖不卖", "九千九百九十九万亿元行吗", "一万亿块"}) {
    Talk talk(default_ruleset());
    talk.say(message);
    dialogue::Session restored;
    EXPECT_TRUE(restored.restore(talk.session.snapshot(), nullptr)) << message;
  }
}

}  // namespace
}  // namespace xiaoer::test
