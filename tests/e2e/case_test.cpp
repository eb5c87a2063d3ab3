// Complaints and after-sales: the bar that every complaint, threat, abuse and injury is handed over
// with a complete case record and a holding reply, and what the record says.

#include "fixture.hpp"
#include "rules/loader.hpp"

namespace xiaoer::test {
namespace {

constexpr const char* kOrder = R"({"shop": {"name": "木语", "hours": "09:00-23:00"},
  "product": {"name": "实木餐椅", "price": 299, "stock": 5, "scarcity_at": 10,
    "related": [{"name": "椅垫", "reason": "坐着软"}]},
  "promotion": {"name": "双十二", "ends": "2026-12-12T23:59:59+08:00", "rule": "满300减30"},
  "order": {"id": "20261120001", "state": "shipped", "amount": 299, "carrier": "中通", "tracking": "ZT88",
    "receiver": "张三丰", "phone": "13812345678", "address": "浙江省杭州市余杭区文一西路1号"},
  "buyer": {"nickname": "小王", "verified": true}})";

bool explains(const Result& result, ItemRange why, std::string_view kind, std::string_view rule) {
  for (uint32_t i = why.first; i < why.first + why.count; ++i) {
    if (result.text(result.reasons[i].kind) == kind &&
        result.text(result.reasons[i].rule) == rule) {
      return true;
    }
  }
  return false;
}

std::vector<std::string> needs(const Result& result) {
  std::vector<std::string> list;
  const ItemRange range = result.guidance.needs;
  for (uint32_t i = 0; i < range.count; ++i) {
    list.emplace_back(result.text(result.texts[range.first + i]));
  }
  return list;
}

bool lacks(const Result& result, const std::string& word) {
  for (const std::string& need : needs(result)) {
    if (need.find(word) != std::string::npos) return true;
  }
  return false;
}

std::string fact(const Result& result, std::string_view path) {
  for (const CaseFactItem& item : result.case_facts) {
    if (result.text(item.path) == path) return std::string(result.text(item.value));
  }
  return "";
}

void expect_complete(const Result& result, const std::string& message) {
  SCOPED_TRACE(message);
  EXPECT_EQ(result.decision, Decision::kHandoff);
  ASSERT_TRUE(result.handoff.present);
  EXPECT_EQ(result.text(result.handoff.reason), "complaint");
  EXPECT_EQ(result.text(result.handoff.route), "complaints");
  EXPECT_GT(result.handoff.holding.size, 0u);
  EXPECT_TRUE(result.techniques.empty());
  const CaseItem& record = result.handoff.record;
  EXPECT_GT(record.summary.size, 0u);
  EXPECT_GT(result.guidance.next_step.size, 0u);
  EXPECT_GT(record.quotes.count, 0u);
  EXPECT_GT(record.facts.count, 0u);
  EXPECT_GE(record.urgency, 0.5f);
  EXPECT_LE(record.urgency, 1.0f);
  EXPECT_GT(record.urgency_why.count, 0u);
  EXPECT_GT(result.buyer.emotion.size, 0u);
  EXPECT_EQ(result.text(result.complaint), "open");
}

// The bar: all test messages of all intents of complaint, threat, abuse and injury, with and
// without facts, alone and after a turn.
TEST(Case, EveryComplaintIsHandedOverWithACompleteRecord) {
  const rules::Pack& pack = default_pack();
  const reply::Facts facts = facts_of(kOrder);
  size_t count = 0;
  for (const rules::IntentSource& intent : pack.intents) {
    if (intent.objection != rules::Objection::kComplaint) continue;
    for (const rules::ExampleSource& hit : intent.hits) {
      Talk talk(default_ruleset());
      talk.request.facts = &facts;
      talk.request.now = kNow;
      expect_complete(talk.say(hit.text), hit.text);
      Talk later(default_ruleset());
      later.request.facts = &facts;
      later.request.now = kNow;
      later.say("再考虑一下");
      expect_complete(later.say(hit.text), "后来: " + hit.text);
      Talk bare(default_ruleset());
      const Result& result = bare.say(hit.text);
      EXPECT_EQ(result.decision, Decision::kHandoff) << hit.text;
      EXPECT_GT(result.handoff.holding.size, 0u) << hit.text;
      EXPECT_TRUE(result.techniques.empty()) << hit.text;
      ++count;
    }
  }
  EXPECT_GE(count, 80u);
}

// Of the examples, which likeness alone recognises, none goes out by itself or is pushed.
TEST(Case, NoExampleOfAComplaintIsAnsweredUnattendedOrPushed) {
  const rules::Pack& pack = default_pack();
  const reply::Facts facts = facts_of(kOrder);
  for (const rules::IntentSource& intent : pack.intents) {
    if (intent.objection != rules::Objection::kComplaint) continue;
    for (const rules::ExampleSource& example : intent.examples) {
      Talk talk(default_ruleset());
      talk.request.facts = &facts;
      talk.request.now = kNow;
      const Result& result = talk.say(example.text);
      EXPECT_NE(result.decision, Decision::kAuto) << example.text;
      EXPECT_TRUE(result.techniques.empty()) << example.text;
    }
  }
}

// Domain section 6: each case has its next step, and what is needed where anything is.
TEST(Case, EveryAfterSalesCaseHasItsNextStep) {
  const rules::Pack& pack = default_pack();
  size_t count = 0;
  for (const rules::IntentSource& intent : pack.intents) {
    const bool after = intent.stage == rules::Stage::kAfterSales ||
                       intent.policy == rules::Policy::kHandoff || !intent.needs.empty();
    if (!after || intent.id.starts_with("payment.repay") ||
        intent.id.starts_with("payment.wallet")) {
      continue;
    }
    EXPECT_FALSE(intent.next_step.empty()) << intent.id;
    ++count;
  }
  EXPECT_GE(count, 80u);
}

TEST(Case, SaysWhoWhatAndWhich) {
  const reply::Facts facts = facts_of(kOrder);
  Talk talk(default_ruleset());
  talk.request.facts = &facts;
  talk.request.now = kNow;
  talk.say("我要换货");
  const Result& result = talk.say("气死我了,你们就是骗子");
  const std::string summary(result.text(result.handoff.record.summary));
  for (const char* word :
       {"生气的买家", "指责欺骗", "希望换货", "20261120001", "已发货待收货", "实木餐椅"}) {
    EXPECT_NE(summary.find(word), std::string::npos) << summary;
  }
  EXPECT_EQ(fact(result, "order.tracking"), "ZT88");
  EXPECT_EQ(fact(result, "order.receiver"), "张*");
  EXPECT_EQ(fact(result, "order.phone"), "138****5678");
  EXPECT_EQ(fact(result, "order.address"), "浙江省杭州市余杭区***");
  EXPECT_EQ(fact(result, "product.floor_price"), "");
}

TEST(Case, QuotesEveryBubble) {
  Talk talk(default_ruleset());
  const std::string message = joined({"在吗", "我要投诉你们", "上周买的椅子腿是断的"});
  talk.say(message);
  const CaseItem& record = talk.result.handoff.record;
  ASSERT_GE(record.quotes.count, 3u);
  std::string quoted;
  for (const Span quote : talk.result.quotes)
    quoted += message.substr(quote.begin, quote.size()) + "|";
  EXPECT_NE(quoted.find("投诉"), std::string::npos) << quoted;
  EXPECT_NE(quoted.find("断"), std::string::npos) << quoted;
}

TEST(Case, AsksOnlyForWhatIsNotKnown) {
  Talk talk(default_ruleset());
  talk.say("收到的杯子碎了,我要投诉");
  EXPECT_TRUE(lacks(talk.result, "订单号"));
  const reply::Facts facts = facts_of(kOrder);
  talk.request.facts = &facts;
  talk.say("我要投诉");
  EXPECT_FALSE(lacks(talk.result, "订单号"));
  talk.request.facts = nullptr;
  talk.say("订单号是 20261120001");
  talk.say("我要投诉");
  EXPECT_FALSE(lacks(talk.result, "订单号"));  // given in a turn before
  EXPECT_TRUE(lacks(talk.result, "凭证"));
  talk.say("[图片]");
  talk.say("我要投诉");
  EXPECT_FALSE(lacks(talk.result, "凭证"));
}

TEST(Case, MajorComplaintsAreRecognised) {
  struct Major {
    const char* message;
    const char* why;
  };
  const Major kMajors[] = {
      {"孩子用了过敏送医院了", "safety"},    {"充电器着火了,要你们负责", "safety"},
      {"再不处理我打12315", "authority"},    {"我找律师起诉你们", "law"},
      {"我是记者,曝光你们", "media"},        {"我要投诉举报你们", "threat"},
      {"退一赔三,不然没完", "compensation"}, {"赔我5000块,你们是骗子", "compensation"},
      {"第三次投诉了,给个说法", "repeated"},
  };
  for (const Major& major : kMajors) {
    Talk talk(default_ruleset());
    const Result& result = talk.say(major.message);
    EXPECT_EQ(result.decision, Decision::kHandoff) << major.message;
    EXPECT_TRUE(result.handoff.record.major) << major.message;
    EXPECT_TRUE(explains(result, result.handoff.record.major_why, "major", major.why))
        << major.message;
    EXPECT_GE(result.handoff.record.urgency, 0.7f) << major.message;
  }
}

TEST(Case, ALargeCustomersComplaintIsMajor) {
  const reply::Facts facts = facts_of(R"({"buyer": {"orders": 80}})");
  Talk talk(default_ruleset());
  talk.request.facts = &facts;
  const Result& result = talk.say("服务太差了");
  EXPECT_TRUE(explains(result, result.handoff.record.major_why, "major", "large_customer"));
  Talk other(default_ruleset());
  EXPECT_FALSE(other.say("服务太差了").handoff.record.major);
}

TEST(Case, ComplainingAgainAndAgainIsMajor) {
  Talk talk(default_ruleset());
  talk.say("服务太差了");
  talk.say("服务太差了");
  const Result& result = talk.say("服务太差了");
  EXPECT_TRUE(explains(result, result.handoff.record.major_why, "major", "repeated"));
}

TEST(Case, TheWorstIsTheMostUrgent) {
  const auto urgency = [](const char* message) {
    Talk talk(default_ruleset());
    return talk.say(message).handoff.record.urgency;
  };
  const float injury = urgency("孩子喝完吐了送医院了"), authority = urgency("打12315举报你们"),
              anger = urgency("太失望了"), human = urgency("人工客服");
  EXPECT_GT(injury, authority);
  EXPECT_GT(authority, anger);
  EXPECT_GT(anger, human);
  EXPECT_GT(human, 0.0f);
}

TEST(Case, KeepsTheLedgerOfPromises) {
  const auto rules = load_pack(R"("settings": {"holding": ["hold"]},
    "intents": [
      {"id": "ship.when", "patterns": ["什么时候发货"], "replies": [
        {"id": "s", "when": {"has": "承诺发货时间"}, "variants": ["{{承诺发货时间}}前发出"]},
        {"id": "w", "when": {"has": "发货时限"}, "variants": ["付款后{{发货时限}}小时内发出"]},
        {"id": "p", "variants": ["帮您查一下"]}]},
      {"id": "complaint.x", "objection": "complaint", "patterns": ["投诉"], "replies": []}],
    "replies": [{"id": "hold", "variants": ["抱歉,我转给同事"]}])");
  const reply::Facts promised =
      facts_of(R"({"order": {"state": "paid", "promised_ship_at": "2026-11-21T16:00:00+08:00"}})");
  const reply::Facts paid = facts_of(R"({"order": {"state": "paid"}})");
  const reply::Facts shipped =
      facts_of(R"({"order": {"state": "shipped", "shipped_at": "2026-11-21T18:00:00+08:00"}})");
  Talk talk(*rules);
  talk.request.facts = &promised;
  talk.request.now = parse_instant("2026-11-21T10:00:00+08:00");
  talk.request.assume_sent = true;
  talk.say("什么时候发货");
  talk.request.facts = &paid;
  const auto state = [&] {
    return talk.result.promises.empty()
               ? std::string()
               : std::string(talk.result.text(talk.result.promises[0].state));
  };
  talk.say("投诉");
  EXPECT_EQ(state(), "open");
  EXPECT_EQ(talk.result.text(talk.result.promises[0].due), "2026-11-21T16:00:00+08:00");
  EXPECT_EQ(talk.result.text(talk.result.promises[0].path), "order.promised_ship_at");
  const float before = talk.result.handoff.record.urgency;
  talk.request.now = parse_instant("2026-11-21T17:00:00+08:00");
  talk.say("投诉");
  EXPECT_EQ(state(), "overdue");
  EXPECT_TRUE(explains(talk.result, talk.result.handoff.record.urgency_why, "promise", "overdue"));
  EXPECT_GT(talk.result.handoff.record.urgency, before);
  talk.request.facts = &shipped;
  talk.say("投诉");
  EXPECT_EQ(state(), "late");
}

TEST(Case, WithinHoursCountsFromThePayment) {
  const auto rules = load_pack(R"("settings": {"holding": ["hold"]},
    "intents": [
      {"id": "ship.when", "patterns": ["什么时候发货"], "replies": [
        {"id": "w", "when": {"has": "发货时限"}, "variants": ["付款后{{发货时限}}小时内发出"]},
        {"id": "p", "variants": ["帮您查一下"]}]},
      {"id": "complaint.x", "objection": "complaint", "patterns": ["投诉"], "replies": []}],
    "replies": [{"id": "hold", "variants": ["抱歉,我转给同事"]}])");
  const reply::Facts facts = facts_of(
      R"({"shop": {"ship_within_hours": 48}, "order": {"state": "paid", "paid_at": "2026-11-20T08:00:00+08:00"}})");
  Talk talk(*rules);
  talk.request.facts = &facts;
  talk.request.now = parse_instant("2026-11-22T10:00:00+08:00");
  talk.say("投诉");
  EXPECT_TRUE(talk.result.promises.empty());  // nobody said so yet
  talk.request.assume_sent = true;
  talk.request.now->seconds += 600;  // a turn of its own
  talk.say("什么时候发货");
  talk.say("投诉");
  ASSERT_EQ(talk.result.promises.size(), 1u);
  EXPECT_EQ(talk.result.text(talk.result.promises[0].due), "2026-11-22T08:00:00+08:00");
  EXPECT_EQ(talk.result.text(talk.result.promises[0].state), "overdue");
}

TEST(Case, AComplaintGoesItsWay) {
  Talk talk(default_ruleset());
  const auto state = [&] { return std::string(talk.result.text(talk.result.complaint)); };
  talk.say("有货吗");
  EXPECT_EQ(state(), "");
  talk.say("我要投诉");
  EXPECT_EQ(state(), "open");
  talk.session.sent(stable_hash(talk.result.text(talk.result.handoff.holding)), 0);
  talk.say("在吗");
  EXPECT_EQ(state(), "accepted");
  observe(&talk.session, "您好,我是主管,这件事我来办", 0);
  talk.say("好的");
  EXPECT_EQ(state(), "judged");
  dialogue::Turn event;
  event.intents[0] = stable_hash("complaint_handled");
  talk.session.event(event);
  talk.say("好的");
  EXPECT_EQ(state(), "handled");
  event.intents[0] = stable_hash("complaint_closed");
  talk.session.event(event);
  talk.say("谢谢");
  EXPECT_EQ(state(), "closed");
}

TEST(Case, TheHoldingReplyOfAnInjuryCaresFirst) {
  Talk talk(default_ruleset());
  const Result& result = talk.say("吃了拉肚子");
  EXPECT_EQ(result.text(result.handoff.holding_id), "after.quality.injury.stop");
}

TEST(Case, WhoOnlyWantsAPersonGoesToThoseWhoKnowTheMatter) {
  const auto route = [](const Result& result) {
    return std::string(result.text(result.handoff.route));
  };
  Talk talk(default_ruleset());
  EXPECT_EQ(route(talk.say("人工客服")), "presales");
  const reply::Facts facts = facts_of(kOrder);
  talk.request.facts = &facts;
  EXPECT_EQ(route(talk.say("人工客服")), "aftersales");
  EXPECT_EQ(route(talk.say("退款怎么还没到账,转人工")), "finance");
  EXPECT_EQ(route(talk.say("叫你们经理来")), "complaints");
}

}  // namespace
}  // namespace xiaoer::test
