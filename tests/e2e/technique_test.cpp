// Domain section 3, sentence by sentence: when a push is made and when none is.

#include "fixture.hpp"

namespace xiaoer::test {
namespace {

constexpr const char* kShop =
    R"({"shop": {"name": "木语", "cutoff": "16:00", "ship_within_hours": 48},
  "product": {"name": "实木餐椅", "price": 299, "stock": 5, "scarcity_at": 10,
    "variants": [{"name": "原木色", "stock": 3}, {"name": "胡桃色", "stock": 2}],
    "related": [{"name": "椅垫", "reason": "坐着软"}, {"name": "桌布", "reason": "好打理"}]},
  "promotion": {"name": "双十二", "starts": "2026-11-01T00:00:00+08:00", "ends": "2026-11-22T23:59:59+08:00",
    "rule": "满300减30", "threshold": 300, "reduction": 30}})";

class Push : public testing::Test {
 protected:
  Push() { use(kShop); }
  void use(const std::string& facts) {
    facts_ = facts_of(facts);
    talk.request.facts = &facts_;
    talk.request.now = parse_instant("2026-11-21T10:00:00+08:00");
  }
  std::vector<std::string> pushes() const {
    std::vector<std::string> list;
    for (const TechniqueItem& item : talk.result.techniques) {
      const std::string name(talk.result.text(item.technique));
      const auto names = rules::technique_names();
      if (std::find(names.begin(), names.end(), name) != names.end()) list.push_back(name);
    }
    return list;
  }
  bool offers(std::string_view technique) const {
    const auto list = pushes();
    return std::find(list.begin(), list.end(), technique) != list.end();
  }
  void send_first() {
    ASSERT_FALSE(talk.result.techniques.empty());
    talk.session.sent(stable_hash(talk.result.text(talk.result.techniques[0].text)), 0);
  }
  bool explains(std::string_view technique, std::string_view fit) const {
    for (const TechniqueItem& item : talk.result.techniques) {
      if (talk.result.text(item.technique) != technique) continue;
      for (uint32_t i = item.why.first; i < item.why.first + item.why.count; ++i) {
        const Reason& reason = talk.result.reasons[i];
        if (talk.result.text(reason.kind) == "fit" && talk.result.text(reason.rule) == fit)
          return true;
      }
    }
    return false;
  }
  reply::Facts facts_;
  Talk talk{default_ruleset()};
};

TEST_F(Push, AtMostTwoAndNeverTheSameTwice) {
  std::vector<std::string> sent;
  for (const char* message :
       {"再考虑一下", "什么材质", "再看看吧", "多少钱", "我想想", "几天到", "再考虑一下"}) {
    talk.say(message);
    if (pushes().empty()) continue;
    sent.push_back(pushes()[0]);
    send_first();
  }
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_NE(sent[0], sent[1]);
  EXPECT_EQ(talk.session.pushes(), 2u);
}

TEST_F(Push, OnePerHesitation) {
  talk.say("再考虑一下");
  send_first();
  for (const char* message : {"再想想", "嗯还是再考虑考虑", "再看看吧"}) {
    talk.say(message);
    EXPECT_TRUE(pushes().empty()) << message;
  }
  talk.say("这个多少钱");  // something else
  talk.say("再考虑一下");
  EXPECT_FALSE(pushes().empty());
}

TEST_F(Push, NoneAfterARefusal) {
  talk.say("不买了");
  EXPECT_TRUE(pushes().empty());
  talk.say("再考虑一下");
  EXPECT_TRUE(pushes().empty());
}

TEST_F(Push, NoneWhereMoneyIsShort) {
  talk.say("卡里真的没钱了");
  EXPECT_TRUE(pushes().empty());
  talk.say("再考虑一下");
  EXPECT_TRUE(pushes().empty());
}

TEST_F(Push, NoneOnAnAngryBuyerNorWhileTheAngerIsLeft) {
  talk.say("气死我了");
  EXPECT_TRUE(pushes().empty());
  Talk other(default_ruleset());
  dialogue::Mood& mood = other.session.care().mood;
  mood.heat = 700;
  other.request.facts = &facts_;
  other.request.now = talk.request.now;
  other.say("再考虑一下");
  EXPECT_TRUE(other.result.techniques.empty());
}

TEST_F(Push, NoneWhileAComplaintIsOpen) {
  talk.session.care().complaint.complain(1, 0);
  talk.say("再考虑一下");
  EXPECT_TRUE(talk.result.techniques.empty());
  talk.session.care().complaint.event(stable_hash("complaint_closed"));
  talk.say("在吗");
  talk.say("再考虑一下");
  EXPECT_FALSE(pushes().empty());
}

TEST_F(Push, ScarcityOnlyAtTheThreshold) {
  talk.say("再考虑一下");
  EXPECT_TRUE(offers("scarcity"));
  std::string many = kShop;
  use(many.replace(many.find("\"stock\": 5"), 10, "\"stock\": 3000"));
  talk.say("再考虑一下");
  EXPECT_FALSE(offers("scarcity"));
}

TEST_F(Push, NoDeadlineWhenALowerPriceIsAnnounced) {
  talk.say("再考虑一下");
  EXPECT_TRUE(offers("deadline"));
  const auto announced = [](const char* price) {
    std::string facts = kShop;
    return facts.insert(facts.rfind("\"threshold\""),
                        "\"next_starts\": \"2026-12-12T00:00:00+08:00\", \"next_price\": " +
                            std::string(price) + ", ");
  };
  use(announced("259"));
  talk.say("再考虑一下");
  EXPECT_FALSE(offers("deadline"));
  use(announced("309"));  // dearer later: the deadline is true
  talk.say("再考虑一下");
  EXPECT_TRUE(offers("deadline"));
}

TEST_F(Push, NoneWhileAQuestionIsOpen) {
  const auto rules = load_pack(
      R"("techniques": [{"id": "s", "technique": "scarcity", "why": "少", "variants": ["现在库存{{库存}}件"]}],
    "intents": [{"id": "hesitate.x", "patterns": ["想想"], "techniques": ["scarcity"], "replies": [{"id": "r", "variants": ["好的"]}]},
      {"id": "price.x", "patterns": ["多少钱"], "replies": [{"id": "p", "when": {"has": "原价"}, "variants": ["{{原价}}元"]}, {"id": "q", "when": {"has": "原价"}, "variants": ["{{原价}}元呢"]}, {"id": "z", "variants": ["好"]}]}])");
  Talk own(*rules);
  own.request.facts = &facts_;
  own.say("想想");
  EXPECT_EQ(own.result.techniques.size(), 1u);
}

TEST_F(Push, WhoWantsABargainIsShownTheSavingFirst) {
  for (const char* message : {"能便宜点吗", "有优惠吗", "再考虑一下"}) {
    talk.say(message);
    talk.request.now->seconds += 60;  // turns of their own
  }
  ASSERT_FALSE(pushes().empty());
  EXPECT_EQ(pushes()[0], "deadline");
  EXPECT_TRUE(explains("deadline", "calculation"));
}

TEST_F(Push, WhoCannotDecideIsHelpedFirst) {
  talk.say("好纠结,拿不定主意");
  talk.say("这个多少钱");
  talk.say("还是拿不定主意,再考虑一下");
  ASSERT_FALSE(pushes().empty());
  EXPECT_TRUE(explains("help_choose", "hesitant") || explains("either_or", "hesitant"));
}

TEST_F(Push, AnUneasyBuyerIsNotHurried) {
  talk.session.care().mood.heat = 400;
  talk.say("再考虑一下");
  ASSERT_FALSE(pushes().empty());
  EXPECT_NE(pushes()[0], "scarcity");
}

TEST_F(Push, RepeatedSignalsAreBroughtToAnEnd) {
  talk.say("怎么下单");
  talk.say("拍哪个链接");
  talk.say("怎么下单呢");
  ASSERT_FALSE(pushes().empty());
  EXPECT_TRUE(explains("either_or", "buying-signals"));
}

TEST_F(Push, TheCutoffAndTheWeekendSpeakForFastDelivery) {
  talk.request.now = parse_instant("2026-11-21T14:30:00+08:00");  // a Saturday
  talk.say("就要这个了");
  EXPECT_TRUE(explains("fast_delivery", "near-cutoff"));
  EXPECT_TRUE(explains("fast_delivery", "weekend"));
}

// What the product is made of, where no fact tells, a person looks up; where one does, it is said.
TEST_F(Push, NoneBesideAReplyThatLooksSomethingUp) {
  talk.say("什么材质");
  EXPECT_TRUE(talk.result.techniques.empty());
  std::string known = kShop;
  use(known.replace(known.find("\"price\""), 0, "\"material\": \"橡木\", "));
  talk.say("什么材质");
  EXPECT_FALSE(pushes().empty());
}

// The four kinds of objections, and who may answer alone.
TEST(Objection, FourKindsAreToldApart) {
  struct Kind {
    const char* message;
    const char* kind;
  };
  const Kind kKinds[] = {{"是正品吗", "doubt"},
                         {"满减怎么没减", "misunderstanding"},
                         {"收到破了", "drawback"},
                         {"我要投诉", "complaint"},
                         {"有货吗", ""}};
  for (const Kind& each : kKinds) {
    Talk talk(default_ruleset());
    const Result& result = talk.say(each.message);
    EXPECT_EQ(result.text(result.objection), each.kind) << each.message;
    if (std::string_view(each.kind) == "drawback") {
      EXPECT_EQ(result.decision, Decision::kSuggest);
    }
    if (std::string_view(each.kind) == "complaint") {
      EXPECT_EQ(result.decision, Decision::kHandoff);
    }
  }
}

}  // namespace
}  // namespace xiaoer::test
