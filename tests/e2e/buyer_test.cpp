// The buyer's mood, kind and what moves him: evidence for the shop, from the default pack's cues.

#include "fixture.hpp"

namespace xiaoer::test {
namespace {

std::string emotion(const Talk& talk) {
  return std::string(talk.result.text(talk.result.buyer.emotion));
}

bool shows(const Result& result, std::string_view trait) {
  for (const TraitItem& item : result.traits) {
    if (result.text(item.id) == trait) return true;
  }
  return false;
}

// Whether the mood has a reason of this kind and rule.
bool explains(const Result& result, std::string_view kind, std::string_view rule) {
  const ItemRange why = result.buyer.why;
  for (uint32_t i = why.first; i < why.first + why.count; ++i) {
    const Reason& reason = result.reasons[i];
    if (result.text(reason.kind) == kind && result.text(reason.rule) == rule) return true;
  }
  return false;
}

struct Mood {
  const char* message;
  const char* emotion;
};

TEST(Buyer, ShowsAMood) {
  const Mood kMoods[] = {
      {"这个有货吗", "calm"},
      {"谢谢你,我不急", "calm"},
      {"急死我了怎么还没发货", "anxious"},
      {"都问了好几遍了怎么没人回", "annoyed"},
      {"气死我了", "angry"},
      {"你们就是骗子", "angry"},
      {"你们这帮奸商", "abusive"},
      {"他妈的还不发货", "abusive"},
  };
  for (const Mood& mood : kMoods) {
    Talk talk(default_ruleset());
    talk.say(mood.message);
    EXPECT_EQ(emotion(talk), mood.emotion) << mood.message;
  }
}

TEST(Buyer, TellsWhatItRestsOn) {
  Talk talk(default_ruleset());
  const std::string message = "气死我了!!!!";
  talk.say(message);
  EXPECT_TRUE(explains(talk.result, "phrase", "buyer.rages"));
  EXPECT_TRUE(explains(talk.result, "punctuation", "angry"));
  const Reason& first = talk.result.reasons[talk.result.buyer.why.first];
  EXPECT_EQ(message.substr(first.span.begin, first.span.size()), "气死");
}

TEST(Buyer, AMoodRisesAtOnceAndFallsSlowly) {
  Talk talk(default_ruleset());
  std::vector<std::string> moods;
  for (const char* message : {"在吗", "你们这帮奸商", "有货吗", "有货吗", "多少钱", "包邮吗",
                              "有货吗", "几天到", "什么材质", "多少钱"}) {
    talk.say(message);
    moods.push_back(emotion(talk));
  }
  EXPECT_EQ(moods[0], "calm");
  EXPECT_EQ(moods[1], "abusive");
  EXPECT_EQ(moods[2], "angry");
  EXPECT_TRUE(explains(talk.result, "history", "anxious") || moods.back() == "calm");
  EXPECT_EQ(moods.back(), "calm");
  for (size_t i = 2; i + 1 < moods.size(); ++i) {
    const auto names = rules::emotion_names();
    const auto rank = [&](const std::string& mood) {
      return std::find(names.begin(), names.end(), mood) - names.begin();
    };
    EXPECT_GE(rank(moods[i]), rank(moods[i + 1])) << i;
  }
}

TEST(Buyer, AFriendlyWordCoolsFaster) {
  Talk talk(default_ruleset());
  talk.say("气死我了");
  const float angry = talk.result.buyer.score;
  talk.say("谢谢,麻烦你了");
  EXPECT_LT(talk.result.buyer.score, angry * 0.5f);
}

TEST(Buyer, HavingToUrgeAgainHeatsUp) {
  Talk talk(default_ruleset());
  talk.say("怎么还没发货");
  const float first = talk.result.buyer.score;
  talk.say("怎么还没发货");
  talk.say("怎么还没发货");
  EXPECT_GT(talk.result.buyer.score, first);
  EXPECT_TRUE(explains(talk.result, "repeated", "logistics.urge.ship"));
  EXPECT_NE(emotion(talk), "angry");  // repetition alone is no rage
}

struct Kind {
  const char* message;
  const char* trait;
};

TEST(Buyer, ShowsWhatKindAndWhatMoves) {
  const Kind kKinds[] = {
      {"具体尺寸多少毫米,误差多大", "rigid"},
      {"哈哈谢谢小姐姐", "warm"},
      {"痛快点,就要这个", "frank"},
      {"必须给我马上办,少废话", "overbearing"},
      {"好纠结,拿不定主意", "hesitant"},
      {"送领导的,要拿得出手", "face_conscious"},
      {"我们公司采购,要开专票", "business"},
      {"能便宜点吗", "calculation"},
      {"我是老客户了,会员有专属吗", "status"},
      {"怕买到假的,不放心", "fear"},
      {"好奇这是什么原理", "curiosity"},
      {"我觉得我很懂行", "self_love"},
  };
  for (const Kind& kind : kKinds) {
    Talk talk(default_ruleset());
    talk.say(kind.message);
    EXPECT_TRUE(shows(talk.result, kind.trait)) << kind.message << " " << kind.trait;
  }
}

TEST(Buyer, WhoAsksEveryDetailIsPatient) {
  Talk talk(default_ruleset());
  for (const char* message : {"什么材质", "保质期多久", "产地是哪里", "怎么洗", "有哪些颜色"})
    talk.say(message);
  EXPECT_TRUE(shows(talk.result, "patient"));
  EXPECT_TRUE(shows(talk.result, "curiosity"));
}

// Nothing of it is ever said.
TEST(Buyer, NoTextTellsTheBuyer) {
  const reply::Facts facts = demo_facts();
  for (const char* message :
       {"气死我了", "你们这帮奸商", "急死我了怎么还没发货", "好纠结,拿不定主意"}) {
    Talk talk(default_ruleset());
    talk.request.facts = &facts;
    talk.request.now = kNow;
    const Result& result = talk.say(message);
    std::string all(result.text(result.handoff.holding));
    for (const ReplyItem& item : result.replies) all += result.text(item.text);
    for (const TechniqueItem& item : result.techniques) all += result.text(item.text);
    for (const char* word : {"情绪激动", "不耐烦", "辱骂", "犹豫型", "您太急"}) {
      EXPECT_EQ(all.find(word), std::string::npos) << message << " " << word;
    }
  }
}

TEST(Buyer, AConditionReadsTheMood) {
  const auto rules = load_pack(R"("buyer": [{"id": "x", "emotion": "angry", "phrases": ["火大"]}],
    "intents": [{"id": "ship.when", "patterns": ["发货"], "replies": [
      {"id": "soft", "when": {"emotion": ["angry", "abusive"]}, "variants": ["先跟您说声抱歉"]},
      {"id": "plain", "variants": ["付款后按顺序发"]}]}])");
  Talk talk(*rules);
  talk.say("发货");
  EXPECT_EQ(talk.reply_text(0), "付款后按顺序发");
  talk.say("火大,发货");
  EXPECT_EQ(talk.reply_text(0), "先跟您说声抱歉");
  talk.say("发货");  // the mood of the turn before is left
  EXPECT_EQ(talk.reply_text(0), "付款后按顺序发");
}

}  // namespace
}  // namespace xiaoer::test
