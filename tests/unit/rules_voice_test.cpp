// The shop's voice over single texts, and over packs and their overlays.

#include <gtest/gtest.h>

#include "rules/template.hpp"
#include "rules/voice.hpp"
#include "rules_fixture.hpp"

namespace xiaoer::rules {
namespace {

struct Case {
  const char* written;
  const char* formal;   // tone formal, address as written
  const char* unnamed;  // tone lively, no address
};

constexpr Case kCases[] = {
    // soft particles
    {"这款是纯棉的哦", "这款是纯棉的。", "这款是纯棉的哦"},
    {"好的呢,马上帮您查哈", "好的,马上帮您查。", "好的呢,马上帮您查哈"},
    {"可以的呀，您放心拍哟", "可以的，您放心拍。", "可以的呀，您放心拍哟"},
    {"好的呢哈", "好的。", "好的呢哈"},
    {"就是这样嘛,不着急哦。您慢慢看哈", "就是这样,不着急。您慢慢看。",
     "就是这样嘛,不着急哦。您慢慢看哈"},
    {"这款(加厚的哦)现在有货", "这款(加厚的)现在有货。", "这款(加厚的哦)现在有货"},
    {"库存{{库存}}件哦", "库存{{库存}}件。", "库存{{库存}}件哦"},
    {"到手价是{{价格}}元呢", "到手价是{{价格}}元。", "到手价是{{价格}}元呢"},
    {"顺丰哈\n中通也可以哦", "顺丰\n中通也可以。", "顺丰哈\n中通也可以哦"},
    {"哈哈,您真有意思", "您真有意思。", "哈哈,您真有意思"},
    {"哎呀,让您久等了", "让您久等了。", "哎呀,让您久等了"},
    {"一个\\{ 也留着哦", "一个\\{ 也留着。", "一个\\{ 也留着哦"},
    // 啦 is 了 said softly
    {"已经发出啦", "已经发出了。", "已经发出啦"},
    {"辛苦您啦,稍等哦", "辛苦您了,稍等。", "辛苦您啦,稍等哦"},
    {"谢谢您的理解啦", "谢谢您的理解了。", "谢谢您的理解啦"},
    {"谢谢啦", "谢谢。", "谢谢啦"},
    {"没问题啦,放心", "没问题,放心。", "没问题啦,放心"},
    {"帮您改好了啦", "帮您改好了。", "帮您改好了啦"},
    // words that only end like a particle
    {"这件的面料是粗花呢", "这件的面料是粗花呢。", "这件的面料是粗花呢"},
    {"您看中哪个规格呢", "您看中哪个规格。", "您看中哪个规格呢"},
    {"看看{{推荐一}},{{推荐一理由}}呢", "看看{{推荐一}},{{推荐一理由}}。",
     "看看{{推荐一}},{{推荐一理由}}呢"},
    {"您问这个干嘛用都行", "您问这个干嘛用都行。", "您问这个干嘛用都行"},
    // questions
    {"您喜欢哪一款呢", "您喜欢哪一款。", "您喜欢哪一款呢"},
    {"您是自己用还是送人呢？", "您是自己用还是送人？", "您是自己用还是送人呢？"},
    {"要不要一起带上呀?", "要不要一起带上?", "要不要一起带上呀?"},
    {"方便说下尺寸吗", "方便说下尺寸吗。", "方便说下尺寸吗"},
    {"您看这样可以吗?", "您看这样可以吗?", "您看这样可以吗?"},
    {"您平时穿多大的呀,我帮您看看哦", "您平时穿多大的,我帮您看看。",
     "您平时穿多大的呀,我帮您看看哦"},
    {"我是想要红的,您呢", "我是想要红的,您呢。", "我是想要红的,您呢"},
    {"款式定了,那颜色呢", "款式定了,那颜色呢。", "款式定了,那颜色呢"},
    {"您今天下单呀?", "您今天下单呢?", "您今天下单呀?"},
    {"另外一件呢？", "另外一件呢？", "另外一件呢？"},
    {"您看可以嘛", "您看可以吗。", "您看可以嘛"},
    {"有没有合适的尺码呢", "有没有合适的尺码。", "有没有合适的尺码呢"},
    {"收货地址是否要改呢？", "收货地址是否要改？", "收货地址是否要改呢？"},
    // emoticons and lively signs
    {"欢迎光临😊", "欢迎光临。", "欢迎光临😊"},
    {"欢迎光临 [微笑][玫瑰]", "欢迎光临。", "欢迎光临 [微笑][玫瑰]"},
    {"收到(^_^)马上去", "收到马上去。", "收到(^_^)马上去"},
    {"收到啦 o(∩_∩)o", "收到了。", "收到啦 o(∩_∩)o"},
    {"好哒 ^_^", "好哒。", "好哒 ^_^"},
    {"好的~马上看~~", "好的,马上看。", "好的~马上看~~"},
    {"大约3~5件", "大约3~5件。", "大约3~5件"},
    {"您好！在的！", "您好。在的。", "您好！在的！"},
    {"尺码表(见图)", "尺码表(见图)。", "尺码表(见图)"},
    {"链接在这里哦:{{商品链接}}", "链接在这里:{{商品链接}}", "链接在这里哦:{{商品链接}}"},
    {"共3.5米哦.", "共3.5米。", "共3.5米哦."},
    // addresses
    {"{{昵称|亲}},在的呢", "{{昵称|亲}},在的。", "{{昵称|}},在的呢"},
    {"{{昵称|亲}}，您好", "{{昵称|亲}}，您好。", "{{昵称|}}，您好"},
    {"{{昵称|亲}},喜欢哪个颜色呀", "{{昵称|亲}},喜欢哪个颜色。", "{{昵称|}},喜欢哪个颜色呀"},
    {"{{昵称|朋友}},您好", "{{昵称|朋友}},您好。", "{{昵称|朋友}},您好"},
    {"亲自检查过的哦", "亲自检查过的。", "亲自检查过的哦"},
};

TEST(Voice, FormalTableOfTexts) {
  for (const Case& each : kCases) {
    Voice voice;
    voice.formal = true;
    EXPECT_EQ(voiced(each.written, voice), each.formal);
    // Nothing is left to harden.
    EXPECT_EQ(voiced(each.formal, voice), each.formal);
  }
}

TEST(Voice, AddressTableOfTexts) {
  for (const Case& each : kCases) {
    Voice voice;
    voice.address = "";
    EXPECT_EQ(voiced(each.written, voice), each.unnamed);
    EXPECT_EQ(voiced(each.written, Voice()), each.written);
  }
}

TEST(Voice, FormalTextsStayTemplates) {
  Voice voice;
  voice.formal = true;
  voice.address = "老师";
  for (const Case& each : kCases) {
    std::vector<TemplatePiece> before, after;
    PhraseError error;
    ASSERT_TRUE(parse_template(each.written, &before, &error));
    ASSERT_TRUE(parse_template(voiced(each.written, voice), &after, &error)) << each.written;
    const auto variables = [](const std::vector<TemplatePiece>& pieces) {
      return std::count_if(pieces.begin(), pieces.end(),
                           [](const TemplatePiece& piece) { return piece.is_variable; });
    };
    EXPECT_EQ(variables(before), variables(after)) << each.written;
  }
}

TEST(Voice, AnyWordMayBeTheAddress) {
  Voice voice;
  voice.address = "老板";
  EXPECT_EQ(voiced("{{昵称|亲}},在的哦", voice), "{{昵称|老板}},在的哦");
  voice.formal = true;
  EXPECT_EQ(voiced("{{昵称|亲}},在的哦", voice), "{{昵称|老板}},在的。");
}

TEST(Voice, ATextOfNothingButSoftnessIsKept) {
  Voice voice;
  voice.formal = true;
  EXPECT_EQ(voiced("哈哈", voice), "哈哈");
  EXPECT_EQ(voiced("😊", voice), "😊");
  EXPECT_EQ(voiced("", voice), "");
}

constexpr const char* kBase =
    R"({"settings": {"voice": {"address": "老师"}, "fallback": ["f"]},
        "replies": [{"id": "f", "variants": ["{{昵称|亲}},您想问什么呢"]}],
        "techniques": [{"id": "t", "technique": "recommend", "why": "试试", "variants": ["也看看这款哦"]}],
        "intents": [{"id": "a", "patterns": ["发货"], "replies": [{"id": "r", "variants": ["在发了哦"]}]}]})";

TEST(Voice, IsLaidOverEveryTextOfAPack) {
  std::string text = kBase;
  text.replace(text.find(R"("老师")"), std::string(R"("老师")").size(),
               R"("老师", "tone": "formal")");
  const Loaded loaded = load_text(text);
  ASSERT_TRUE(loaded.ok) << loaded.codes();
  EXPECT_EQ(loaded.pack.find_reply("f")->variants[0].text, "{{昵称|老师}},您想问什么。");
  EXPECT_EQ(loaded.pack.find_reply("t")->variants[0].text, "也看看这款。");
  EXPECT_EQ(loaded.pack.find_reply("r")->variants[0].text, "在发了。");
}

TEST(Voice, AnAddressAloneChangesNothingElse) {
  const Loaded base = load_text(kBase);
  ASSERT_TRUE(base.ok) << base.codes();
  EXPECT_EQ(base.pack.find_reply("r")->variants[0].text, "在发了哦");
  EXPECT_EQ(base.pack.find_reply("f")->variants[0].text, "{{昵称|老师}},您想问什么呢");
}

TEST(Voice, BadSettingsAreReported) {
  const auto codes = [](const std::string& voice) {
    return load_text(R"({"settings": {"voice": )" + voice + "}}").codes();
  };
  EXPECT_EQ(codes(R"({"address": "", "tone": "lively"})"), "");
  EXPECT_EQ(codes(R"({"address": "老板, "})"), "bad-address");
  EXPECT_EQ(codes(R"({"address": "{{价格}}"})"), "bad-address");
  EXPECT_EQ(codes(R"({"address": "一二三四五六七八九十甲乙丙"})"), "bad-address");
  EXPECT_EQ(codes(R"({"tone": "loud"})"), "bad-value");
  EXPECT_EQ(codes(R"({"tune": "formal"})"), "unknown-key");
  EXPECT_EQ(codes(R"("formal")"), "wrong-type");
}

TEST(Voice, TheAddressMustKeepTheComplianceRules) {
  const Loaded loaded = load_text(
      R"({"settings": {"voice": {"address": "宝贝"}},
          "compliance": [{"rule": "familiar", "words": ["宝贝"], "advice": "称呼要得体"}]})");
  EXPECT_EQ(loaded.codes(), "compliance-violation");
}

}  // namespace
}  // namespace xiaoer::rules
