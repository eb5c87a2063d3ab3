// Slips corrected in the whole pipeline, and messages typed in other ways.

#include "e2e/fixture.hpp"
#include "text/utf8.hpp"

namespace xiaoer::test {
namespace {

std::string shop(const std::string& settings) {
  return R"(
  "protect": ["评价"],
  "typos": {"包邮": ["包油"]},
  "intents": [
    {"id": "ship.fee", "title": "邮费", "patterns": ["[能]包邮[吗]"],
     "examples": ["这款包邮吗", "能包邮不", "可以包邮吗"], "replies": ["ask"]},
    {"id": "order.address", "title": "改地址", "patterns": ["(改|换)…收货地址"],
     "examples": ["想换一个收货地址", "收货地址写错了", "收货地址还能换吗"], "replies": ["ask"]},
    {"id": "review.cash", "title": "返现", "patterns": ["好评返现"],
     "examples": ["好评返现怎么弄", "有好评返现吗"], "replies": ["ask"]}
  ],
  "replies": [{"id": "ask", "variants": ["亲,您看的是哪一款呢"]}],
  "settings": {"fallback": ["ask"], "holding": ["ask"])" +
         settings + "}";
}

std::string first_intent(const Result& result) {
  return result.intents.empty() ? "" : std::string(result.text(result.intents[0].id));
}

// "heard" as "understood" in the reasons of the first intent.
std::string respelling(const Talk& talk) {
  const Result& result = talk.result;
  if (result.intents.empty()) return {};
  const ItemRange why = result.intents[0].why;
  for (uint32_t i = why.first; i < why.first + why.count; ++i) {
    const Reason& reason = result.reasons[i];
    if (result.text(reason.kind) != "respelling") continue;
    const Span span = reason.span;
    return std::string(talk.request.message.substr(span.begin, span.size())) + " as " +
           std::string(result.text(reason.rule));
  }
  return {};
}

TEST(Tolerance, CorrectsMarksAndCountsForLess) {
  const auto rules = load_pack(shop(""));
  Talk talk(*rules);
  talk.say("好评返现");
  EXPECT_EQ(respelling(talk), "");
  const float exact = talk.result.intents[0].score;
  const std::string message = "haopingfanxian";
  talk.request.message = message;
  answer(talk.ruleset, talk.context, nullptr, talk.request, &talk.result);
  ASSERT_EQ(first_intent(talk.result), "review.cash");
  EXPECT_EQ(respelling(talk), "haopingfanxian as 好评返现");
  EXPECT_LT(talk.result.intents[0].score, exact);
  EXPECT_EQ(talk.result.intents[0].span, (Span{0, 14}));
}

// What was corrected in one message says nothing of the next, whoever wrote it.
TEST(Tolerance, ACardAfterACorrectionIsReadByItself) {
  Talk talk(default_ruleset());
  const std::string slip = "haopinfanxian";
  talk.say(slip);
  ASSERT_NE(respelling(talk), "");
  Talk fresh(default_ruleset());
  Result plain;
  const std::string card = "对方撤回了一条消息";
  fresh.request.message = talk.request.message = card;
  dialogue::Session one, other;
  answer(fresh.ruleset, fresh.context, &one, fresh.request, &plain);
  answer(talk.ruleset, talk.context, &other, talk.request, &talk.result);
  EXPECT_EQ(respelling(talk), "");
  ASSERT_EQ(talk.result.reasons.size(), plain.reasons.size());
  for (size_t i = 0; i < plain.reasons.size(); ++i) {
    EXPECT_EQ(talk.result.text(talk.result.reasons[i].rule), plain.text(plain.reasons[i].rule));
  }
}

TEST(Tolerance, PointsAtTheBuyersOwnText) {
  const auto rules = load_pack(shop(""));
  Talk talk(*rules);
  const std::string message = "想换下收获地址";
  talk.request.message = message;
  answer(talk.ruleset, talk.context, nullptr, talk.request, &talk.result);
  ASSERT_EQ(first_intent(talk.result), "order.address");
  EXPECT_EQ(respelling(talk), "收获地址 as 收货地址");
}

TEST(Tolerance, CanBeSwitchedOff) {
  const auto rules = load_pack(shop(R"(, "tolerance": false)"));
  Talk talk(*rules);
  const std::string message = "baoyouma";
  talk.request.message = message;
  answer(talk.ruleset, talk.context, nullptr, talk.request, &talk.result);
  EXPECT_EQ(respelling(talk), "");
  EXPECT_NE(first_intent(talk.result), "ship.fee");
}

// A reading that does not win leaves nothing behind.
TEST(Tolerance, AnswersTheSameAfterACorrection) {
  const auto rules = load_pack(shop(""));
  Talk talk(*rules), fresh(*rules);
  for (const std::string message : {"能包邮吗", "想换一个收货地址", "嗯", "包油"}) {
    talk.request.message = "haopingfanxian";
    answer(talk.ruleset, talk.context, nullptr, talk.request, &talk.result);
    for (Talk* each : {&talk, &fresh}) {
      each->request.message = message;
      answer(each->ruleset, each->context, nullptr, each->request, &each->result);
    }
    EXPECT_EQ(first_intent(talk.result), first_intent(fresh.result)) << message;
    EXPECT_EQ(respelling(talk), respelling(fresh)) << message;
    EXPECT_EQ(talk.result.bytes, fresh.result.bytes) << message;
  }
}

TEST(Tolerance, DefaultPackReadsPinyin) {
  Talk talk(default_ruleset());
  for (const auto& [message, intent] :
       {std::pair("baoyouma", "ship.fee.free"), std::pair("写haopinfanxian", "review.cash")}) {
    talk.request.message = message;
    answer(talk.ruleset, talk.context, nullptr, talk.request, &talk.result);
    EXPECT_EQ(first_intent(talk.result), intent) << message;
    EXPECT_NE(respelling(talk), "") << message;
  }
}

// The same words in traditional characters, written by hand.
struct Sentence {
  const char* simplified;
  const char* traditional;
};
constexpr Sentence kSentences[] = {
    {"这件还能再便宜一点吗,我买两件", "這件還能再便宜一點嗎,我買兩件"},
    {"什么时候能发货,急着用", "什麼時候能發貨,急著用"},
    {"退货的运费谁来出", "退貨的運費誰來出"},
    {"快递三天没动了,帮我查一下", "快遞三天沒動了,幫我查一下"},
    {"收到的时候盒子已经压坏了", "收到的時候盒子已經壓壞了"},
    {"能开增值税专用发票吗", "能開增值稅專用發票嗎"},
    {"优惠券领了用不了", "優惠券領了用不了"},
    {"我想改一下收货地址", "我想改一下收貨地址"},
    {"身高160体重55穿什么码", "身高160體重55穿什麼碼"},
    {"拍错了颜色,帮我换成黑色", "拍錯了顏色,幫我換成黑色"},
    {"双十一会不会更便宜", "雙十一會不會更便宜"},
    {"这个面料洗了会缩水吗", "這個面料洗了會縮水嗎"},
    {"你们包邮吗,发到新疆", "你們包郵嗎,發到新疆"},
    {"退款什么时候到账", "退款什麼時候到賬"},
    {"给我发顺丰可以吗", "給我發順豐可以嗎"},
    {"还有货吗,蓝色的", "還有貨嗎,藍色的"},
};

std::string zero_width(const std::string& message) {
  std::string out;
  for (size_t at = 0; at < message.size();) {
    const text::Decoded decoded = text::decode(std::string_view(message).substr(at));
    out.append(message, at, decoded.size);
    out += at % 2 == 0 ? "\u200b" : "\ufeff";
    at += decoded.size;
  }
  return out;
}

std::string full_width(const std::string& message) {
  std::u32string out;
  for (const char32_t c : text::decode_all(message)) {
    out.push_back(c > U' ' && c <= U'~' ? c + 0xFEE0 : c);
  }
  return text::encode(out);
}

std::string without_commas(std::string message) {
  std::erase(message, ',');
  return message;
}

TEST(Variants, WaysOfTypingChangeNoFirstIntent) {
  Talk talk(default_ruleset());
  const auto intent_of = [&](const std::string& message) {
    talk.request.message = message;
    answer(talk.ruleset, talk.context, nullptr, talk.request, &talk.result);
    return first_intent(talk.result);
  };
  for (const Sentence& sentence : kSentences) {
    const std::string expected = intent_of(sentence.simplified);
    EXPECT_NE(expected, "") << sentence.simplified;
    EXPECT_EQ(intent_of(sentence.traditional), expected) << sentence.traditional;
    EXPECT_EQ(intent_of(zero_width(sentence.simplified)), expected) << sentence.simplified;
    EXPECT_EQ(intent_of(full_width(sentence.simplified)), expected) << sentence.simplified;
    EXPECT_EQ(intent_of(without_commas(sentence.simplified)), expected) << sentence.simplified;
    EXPECT_EQ(intent_of(std::string(sentence.simplified) + "，"), expected) << sentence.simplified;
  }
}

}  // namespace
}  // namespace xiaoer::test
