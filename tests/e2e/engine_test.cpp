// The whole pipeline on small packs of its own.

#include "e2e/fixture.hpp"

namespace xiaoer::test {
namespace {

const char* const kShop = R"(
  "lexicon": {"便宜": ["便宜", "优惠", "少"]},
  "protect": ["评价"],
  "intents": [
    {"id": "bargain.discount", "title": "议价", "stage": "objection", "policy": "suggest",
     "patterns": ["<便宜>[一]点", {"phrase": "再<便宜>", "after": "bargain.discount", "within": 3}],
     "examples": ["能不能便宜些呢", "给个优惠价吧"], "replies": ["bargain.price", "bargain.plain"],
     "techniques": ["scarcity"]},
    {"id": "ship.time", "title": "发货", "stage": "consultation",
     "patterns": ["(今天|什么时候)…发货"], "replies": ["ship.hours", "ship.plain"]},
    {"id": "price.ask", "title": "价格", "patterns": ["价"], "replies": ["price.ask"]},
    {"id": "complaint.report", "title": "投诉", "policy": "handoff", "objection": "complaint",
     "route": "complaints", "intercept": true, "patterns": ["投诉"], "needs": ["订单号"], "replies": []},
    {"id": "order.urge", "title": "催", "patterns": [{"phrase": "快点", "when": {"order_state": "paid"}}],
     "replies": ["urge"]}
  ],
  "replies": [
    {"id": "bargain.price", "when": {"has": "价格"},
     "variants": ["亲,现在是{{价格}}元哦", "这款{{价格}}元呢"]},
    {"id": "bargain.plain", "variants": ["亲,我帮您问问呢"]},
    {"id": "ship.hours", "when": {"has": "发货时限"}, "variants": ["付款后{{发货时限}}小时内发出哦"]},
    {"id": "ship.plain", "variants": ["我帮您看下发货安排呢"]},
    {"id": "price.ask", "variants": ["您看的是哪一款呢"]},
    {"id": "urge", "variants": ["我帮您催一下仓库呢"]},
    {"id": "hold", "variants": ["给您添麻烦了,麻烦把订单号发我,同事来跟进呢"]},
    {"id": "lost", "variants": ["亲,您想了解哪方面呢"]}
  ],
  "techniques": [
    {"id": "scarcity.stock", "technique": "scarcity", "why": "库存确实不多",
     "variants": ["这款还有{{库存}}{{单位|件}}呢"]}
  ],
  "settings": {"fallback": ["lost"], "holding": ["hold"]}
)";

const Ruleset& shop() {
  static const auto ruleset = load_pack(kShop);
  return *ruleset;
}

TEST(Engine, AnswersEveryIntentOfAMessage) {
  Talk talk(shop());
  const reply::Facts facts =
      facts_of(R"({"product": {"price": 39.9}, "shop": {"ship_within_hours": 48}})");
  talk.request.facts = &facts;
  const Result& result = talk.say("老板,便宜点吧,什么时候能发货");
  ASSERT_EQ(result.intents.size(), 2u);
  ASSERT_GE(result.replies.size(), 2u);
  std::string all;
  for (const ReplyItem& reply : result.replies) all += result.text(reply.text);
  EXPECT_NE(all.find("39.9元"), std::string::npos) << all;
  EXPECT_NE(all.find("48小时"), std::string::npos) << all;
  for (const ReplyItem& reply : result.replies) EXPECT_GT(reply.why.count, 0u);
  for (const IntentItem& intent : result.intents) EXPECT_GT(intent.why.count, 0u);
}

// Likeness to an example stands before a short phrase that speaks for something else, which makes
// it less sure; the phrase's intent is then told no surer than what it could not outrank.
TEST(Engine, NoIntentIsSurerThanOneBeforeIt) {
  static const auto ruleset = load_pack(R"(
    "intents": [
      {"id": "product.info.warm", "title": "保温", "examples": ["装了热水能保持多久不凉", "早上灌的开水晚上还烫不烫"],
       "replies": ["any"]},
      {"id": "stock.ask", "title": "库存", "patterns": ["热水"], "examples": ["仓里还剩多少"], "replies": ["any"]}
    ],
    "replies": [{"id": "any", "variants": ["我帮您看看呢"]}],
    "settings": {"fallback": ["any"], "holding": ["any"]})");
  Talk talk(*ruleset);
  const Result& result = talk.say("装了热水能保持多久不凉");
  ASSERT_EQ(result.intents.size(), 2u);
  EXPECT_EQ(result.text(result.intents[0].id), "product.info.warm");
  EXPECT_GE(result.intents[0].score, result.intents[1].score);
}

TEST(Engine, ShowsSpansInTheBuyersOwnText) {
  Talk talk(shop());
  const std::string message = "老闆，便\u200b宜點啊";
  const Result& result = talk.say(message);
  ASSERT_FALSE(result.intents.empty());
  const Span span = result.intents[0].span;
  EXPECT_EQ(message.substr(span.begin, span.size()), "便\u200b宜點");
}

TEST(Engine, WithoutFactsMakesNoClaim) {
  Talk talk(shop());
  const Result& result = talk.say("便宜点");
  ASSERT_EQ(result.replies.size(), 1u);
  EXPECT_EQ(talk.reply_text(0), "亲,我帮您问问呢");
  EXPECT_TRUE(result.techniques.empty());
}

TEST(Engine, OffersScarcityOnlyAtTheThreshold) {
  Talk talk(shop());
  reply::Facts facts = facts_of(R"({"product": {"price": 39.9, "stock": 3000}})");
  talk.request.facts = &facts;
  EXPECT_TRUE(talk.say("便宜点").techniques.empty());
  Talk few(shop());
  facts = facts_of(R"({"product": {"price": 39.9, "stock": 3}})");
  few.request.facts = &facts;
  const Result& result = few.say("便宜点");
  ASSERT_EQ(result.techniques.size(), 1u);
  EXPECT_EQ(result.text(result.techniques[0].technique), "scarcity");
  EXPECT_EQ(result.text(result.techniques[0].text), "这款还有3件呢");
}

// Servers run on UTC; a buyer reads the clock on the wall.
TEST(Engine, ANowInUtcIsTheShopsOwnTime) {
  const reply::Facts facts = facts_of(R"({
    "order": {"state": "paid", "promised_ship_at": "2026-11-22T16:00:00Z"},
    "promotion": {"name": "周年庆", "starts": "2026-11-01T00:00:00Z", "ends": "2026-11-22T16:00:00Z"}})");
  for (const auto& [now, said] : {std::pair("2026-11-22T01:00:00Z", "明天00:00"),
                                  std::pair("2026-11-22T01:00:00+01:00", "今天17:00")}) {
    Talk talk(default_ruleset());
    talk.request.facts = &facts;
    talk.request.now = parse_instant(now);
    talk.say("什么时候发货");
    ASSERT_FALSE(talk.result.replies.empty());
    EXPECT_NE(talk.reply_text(0).find(said), std::string_view::npos) << talk.reply_text(0);
    Verdict verdict;
    for (const char* told : {"明天00:00", "今天16:00", "今天17:00"}) {
      const std::string text = std::string("周年庆") + told + "结束哦";
      EXPECT_EQ(guard(default_ruleset(), talk.context, nullptr, {text, &facts, talk.request.now},
                      &verdict),
                Status::kOk);
      EXPECT_EQ(verdict.outcome == Outcome::kPass, std::string_view(told) == said) << text;
    }
  }
}

TEST(Engine, ProtectsLongerWords) {
  Talk talk(shop());
  talk.say("评价");
  EXPECT_FALSE(talk.recognised("price.ask"));
  talk.say("什么价");
  EXPECT_EQ(talk.first_intent(), "price.ask");
}

TEST(Engine, HandsComplaintsOverWithAHoldingReplyOnce) {
  Talk talk(shop());
  talk.request.assume_sent = true;
  const Result& result = talk.say("便宜点,不然我要投诉");
  EXPECT_EQ(result.decision, Decision::kHandoff);
  EXPECT_EQ(talk.first_intent(), "complaint.report");
  ASSERT_TRUE(result.handoff.present);
  EXPECT_EQ(result.text(result.handoff.route), "complaints");
  EXPECT_GT(result.handoff.holding.size, 0u);
  EXPECT_EQ(result.guidance.needs.count, 1u);
  EXPECT_TRUE(result.techniques.empty());
  EXPECT_EQ(talk.say("投诉").handoff.holding.size, 0u);
}

TEST(Engine, ContextPatternsNeedTheirContext) {
  Talk talk(shop());
  talk.say("再少一些");
  EXPECT_FALSE(talk.recognised("bargain.discount"));
  Talk second(shop());
  second.say("便宜点");
  second.say("再少一些");
  EXPECT_TRUE(second.recognised("bargain.discount"));
  Talk other(shop());
  other.request.previous_agent = "您是想便宜点是吗";
  other.say("再少一些");
  EXPECT_TRUE(other.recognised("bargain.discount"));
}

TEST(Engine, ConditionsOnPatternsDependOnTheOrder) {
  Talk talk(shop());
  talk.request.trace = true;
  const Result& result = talk.say("快点");
  EXPECT_FALSE(talk.recognised("order.urge"));
  std::string misses;
  for (const NearMissItem& miss : result.near_misses) misses += std::string(result.text(miss.id));
  EXPECT_NE(misses.find("order.urge"), std::string::npos) << misses;
  const reply::Facts facts = facts_of(R"({"order": {"id": "1", "state": "paid"}})");
  talk.request.facts = &facts;
  talk.say("快点");
  EXPECT_TRUE(talk.recognised("order.urge"));
}

// The answer's near miss of this intent: where its phrase stood, and what it lacked.
std::string near_miss(Talk* talk, const std::string& message, std::string_view id) {
  const Result& result = talk->say(message);
  for (const NearMissItem& miss : result.near_misses) {
    if (result.text(miss.id) != id || miss.why.count != 2) continue;
    const Reason& phrase = result.reasons[miss.why.first];
    const Reason& lack = result.reasons[miss.why.first + 1];
    EXPECT_EQ(result.text(phrase.kind), "phrase");
    EXPECT_LE(phrase.points, 0);
    return message.substr(phrase.span.begin, phrase.span.size()) + "/" +
           std::string(result.text(lack.kind)) + "/" + std::string(result.text(lack.rule));
  }
  return "";
}

TEST(Engine, TellsPhrasesThatNearlyMatched) {
  Talk talk(shop());
  talk.say("今天可以发吗");
  EXPECT_TRUE(talk.result.near_misses.empty());
  talk.request.trace = true;
  EXPECT_EQ(near_miss(&talk, "今天可以发吗", "ship.time"), "今天/words-missing/发货");
  EXPECT_EQ(near_miss(&talk, "能发货吗,今天", "ship.time"), "/order-or-distance/");
  EXPECT_EQ(near_miss(&talk, "看了一下评价", "price.ask"), "价/inside-protected-word/");
  EXPECT_EQ(near_miss(&talk, "今天发货吗", "ship.time"), "");
}

TEST(Engine, RepeatsNoVariantWhileAnotherFits) {
  Talk talk(shop());
  const reply::Facts facts = facts_of(R"({"product": {"price": 20}})");
  talk.request.facts = &facts;
  talk.request.assume_sent = true;
  talk.say("便宜点");
  const std::string first = talk.reply_text(0);
  talk.say("便宜点");
  EXPECT_NE(talk.reply_text(0), first);
}

TEST(Engine, AnUnsentSuggestionChangesNothing) {
  Talk talk(shop());
  const reply::Facts facts = facts_of(R"({"product": {"price": 20, "stock": 2}})");
  talk.request.facts = &facts;
  talk.say("便宜点");
  EXPECT_EQ(talk.session.pushes(), 0u);
  const std::string first = talk.reply_text(0);
  EXPECT_TRUE(talk.session.sent(stable_hash(first), 0));
  EXPECT_FALSE(talk.session.sent(stable_hash("别的话"), 0));
}

TEST(Engine, SameInputGivesSameBytes) {
  const reply::Facts facts = facts_of(R"({"product": {"price": 20, "stock": 2}})");
  std::string bytes[2];
  for (std::string& out : bytes) {
    Talk talk(shop());
    talk.request.facts = &facts;
    talk.request.seed = 7;
    for (const char* message : {"便宜点", "今天发货吗", "投诉"}) out += talk.say(message).bytes;
  }
  EXPECT_EQ(bytes[0], bytes[1]);
}

TEST(Engine, SeveralBubblesAreAnsweredOnce) {
  Talk talk(shop());
  talk.say(joined({"老板", "便宜点", "今天能发货吗"}));
  EXPECT_EQ(talk.result.intents.size(), 2u);
  EXPECT_EQ(talk.session.buyer_turns(), 1u);
}

TEST(Engine, TooLongAMessageLeavesTheSessionAlone) {
  Talk talk(shop());
  talk.say("便宜点");
  const std::string before = talk.session.snapshot();
  talk.say(std::string(kMaxMessageBytes + 1, 'a'));
  EXPECT_EQ(talk.status, Status::kMessageTooLong);
  EXPECT_TRUE(talk.result.bytes.empty());
  EXPECT_EQ(talk.session.snapshot(), before);
  talk.say(std::string(kMaxMessageBytes, 'a'));
  EXPECT_EQ(talk.status, Status::kOk);
}

TEST(Engine, AnswersAnyBytes) {
  Talk talk(shop());
  for (const char* message :
       {"", "   ", "😀😀😀", "\xff\xfe\x80", "\xe4\xbd", "%n%s{{价格}}", "。。。"}) {
    talk.say(message);
    EXPECT_EQ(talk.status, Status::kOk);
    for (const ReplyItem& reply : talk.result.replies) {
      EXPECT_EQ(talk.result.text(reply.text).find("{{"), std::string_view::npos);
    }
  }
  EXPECT_EQ(talk.say("").decision, Decision::kSilent);
  EXPECT_FALSE(talk.say("😀😀😀").replies.empty());
}

TEST(Engine, EventsAreRecordedAndAnsweredByNothing) {
  Talk talk(shop());
  const reply::Facts facts = facts_of(R"({"order": {"id": "1", "state": "paid"}})");
  talk.request.facts = &facts;
  talk.request.event = "order_paid";
  EXPECT_EQ(talk.say("").decision, Decision::kSilent);
  EXPECT_EQ(talk.session.order_state(), rules::OrderState::kPaid);
  EXPECT_EQ(talk.session.buyer_turns(), 0u);
}

TEST(Engine, ASessionOutlivesAReload) {
  const auto again = load_pack(kShop);
  Talk talk(shop());
  talk.say("便宜点");
  Result result;
  Request request;
  request.message = "再少一些";
  ASSERT_EQ(answer(*again, talk.context, &talk.session, request, &result), Status::kOk);
  ASSERT_FALSE(result.intents.empty());
  EXPECT_EQ(result.text(result.intents[0].id), "bargain.discount");
}

TEST(Engine, AContextServesDifferentRulesets) {
  const auto other = load_pack(R"("intents": [{"id": "other.x", "title": "x", "patterns": ["苹果"],
    "replies": [{"id": "x", "variants": ["有呢"]}]}])");
  Talk talk(shop());
  Result result;
  Request request;
  for (int round = 0; round < 3; ++round) {
    request.message = "苹果";
    ASSERT_EQ(answer(*other, talk.context, nullptr, request, &result), Status::kOk);
    ASSERT_EQ(result.intents.size(), 1u);
    EXPECT_EQ(talk.say("便宜点").intents.size(), 1u);
  }
}

}  // namespace
}  // namespace xiaoer::test
