// Quick phrases to templates, and which of them say the same.

#include <gtest/gtest.h>

#include "importer/duplicates.hpp"
#include "importer/wording.hpp"
#include "rules/template.hpp"

namespace xiaoer::importer {
namespace {

Phrase written(const std::string& text) {
  Phrase phrase;
  phrase.text = text;
  write_reply(&phrase);
  return phrase;
}

// The template's literal text, when it is sound.
std::string literal(const std::string& text) {
  std::vector<rules::TemplatePiece> pieces;
  rules::PhraseError error;
  EXPECT_TRUE(rules::parse_template(written(text).reply, &pieces, &error)) << text;
  std::string out;
  for (const rules::TemplatePiece& piece : pieces) {
    out += piece.is_variable ? "<" + piece.text + ">" : piece.text;
  }
  return out;
}

TEST(WriteReply, MapsPlaceholdersToFacts) {
  EXPECT_EQ(written("${order_id}已收到").reply, "{{订单号}}已收到");
  EXPECT_EQ(written("#店铺名称#欢迎您").reply, "{{店名|本店}}欢迎您");
  EXPECT_EQ(written("[宝贝名称]还有").reply, "{{商品名}}还有");
  EXPECT_EQ(written("{发货地}发出").reply, "{{发货地}}发出");
  EXPECT_EQ(written("%订单号%已收到").notes.front().code, "import-placeholder");
  EXPECT_EQ(written("欢迎来{店铺}").notes.front().code, "import-placeholder-else");
  EXPECT_EQ(written("欢迎来{店铺}").notes.front().args[2], "本店");
}

TEST(WriteReply, WritesAnAddressAtTheStartInTheOneWay) {
  const std::pair<const char*, const char*> cases[] = {
      {"{买家昵称}您好", "{{昵称|亲}}，您好"},
      {"亲，{买家昵称}您好", "{{昵称|亲}}，您好"},
      {"亲 {买家昵称} 您的订单已发货", "{{昵称|亲}}，您的订单已发货"},
      {"{买家昵称}亲, 在的", "{{昵称|亲}},在的"},
      {"{{ contact.first_name }} hi", "{{昵称|亲}}，hi"},
      {"亲,包裹寄出了", "{{昵称|亲}},包裹寄出了"},
      {"亲~在的", "{{昵称|亲}}，在的"},
      {"亲亲您好", "{{昵称|亲}}，您好"},
      {"%昵称%：\n您好", "{{昵称|亲}}，\n您好"},
  };
  for (const auto& [text, reply] : cases) {
    const Phrase phrase = written(text);
    EXPECT_EQ(phrase.reply, reply) << text;
    ASSERT_EQ(phrase.notes.size(), 1u) << text;
    EXPECT_EQ(phrase.notes.front().code, "import-address") << text;
  }
  EXPECT_EQ(written("亲！在的").notes.back().code, "import-softened");
}

TEST(WriteReply, NothingStandsForANicknameInsideASentence) {
  const std::pair<const char*, const char*> cases[] = {
      {"会尽快安排{买家昵称}", "会尽快安排{{昵称}}"},
      {"{买家昵称}的订单已发货", "{{昵称}}的订单已发货"},
      {"{买家昵称} 的订单已发货", "{{昵称}} 的订单已发货"},
      {"好的亲，{昵称}请看", "好的亲，{{昵称}}请看"},
      {"{昵称}", "{{昵称}}"},
  };
  for (const auto& [text, reply] : cases) {
    EXPECT_EQ(written(text).reply, reply) << text;
    EXPECT_EQ(written(text).notes.front().code, "import-placeholder") << text;
  }
  for (const char* text : {"亲自打包", "亲", "亲，", "亲们好", "亲肤面料，很软"}) {
    EXPECT_EQ(written(text).reply, text);
    EXPECT_TRUE(written(text).notes.empty()) << text;
  }
}

TEST(WriteReply, ReportsPlaceholdersThatNobodyKnows) {
  for (const char* text :
       {"{神秘变量}好", "%s您好", "第%d位", "%1$s您好", "{{agent.name}}", "{底价}"}) {
    const Phrase phrase = written(text);
    ASSERT_FALSE(phrase.sound()) << text;
    EXPECT_EQ(phrase.reasons.front().code, "import-unknown-placeholder") << text;
  }
}

TEST(WriteReply, LeavesTextAlone) {
  for (const char* text : {"【重要】请看[微笑]", "面料含棉 % 请看详情", "a|b \\ c", "}单个{",
                           "#话题", "<b>粗体</b>"}) {
    EXPECT_EQ(literal(text), text);
    EXPECT_TRUE(written(text).sound()) << text;
  }
}

TEST(WriteReply, KeepsEmoticonCodes) {
  const Phrase phrase = written("您好/:^_^请讲/:066!/:{}");
  EXPECT_EQ(phrase.notes.front().code, "import-emoticon");
  EXPECT_EQ(literal("您好/:^_^请讲"), "您好/:^_^请讲");
  EXPECT_EQ(phrase.words, "您好请讲");
}

TEST(WriteReply, ExclamationMarksGiveWay) {
  EXPECT_EQ(written("您好！在的!!").reply, "您好，在的");
  EXPECT_EQ(written("好的！\n谢谢！！").reply, "好的\n谢谢");
  EXPECT_EQ(written("！好的！，谢谢").reply, "好的，谢谢");
  EXPECT_EQ(written("在的").notes.size(), 0u);
}

TEST(WriteReply, TidiesLineBreaksAndRefusesNothingAndTooMuch) {
  EXPECT_EQ(written(" a\r\nb\rc\td \n").reply, "a\nb\nc d");
  EXPECT_EQ(written("!!!").reasons.front().code, "import-no-text");
  EXPECT_EQ(written(std::string(4001, 'x')).reasons.front().code, "template-too-long");
}

std::vector<uint32_t> same_as(const std::vector<std::string>& texts) {
  std::vector<Phrase> phrases;
  for (const std::string& text : texts) {
    phrases.push_back(written(text));
    phrases.back().line = static_cast<uint32_t>(phrases.size());
  }
  merge_duplicates(&phrases);
  std::vector<uint32_t> out;
  for (const Phrase& phrase : phrases) out.push_back(phrase.same_as);
  return out;
}

using Lines = std::vector<uint32_t>;

TEST(Duplicates, SameButForWidthScriptPunctuationAndEmoticons) {
  EXPECT_EQ(same_as({"可以开发票，请留抬头ABC", "可以開發票 請留抬頭ａｂｃ。",
                     "可以开发票请留抬头abc/:^_^"}),
            (Lines{0, 1, 1}));
}

TEST(Duplicates, SameButForCourtesy) {
  EXPECT_EQ(same_as({"亲,您的包裹已经寄出了哦", "包裹已经寄出了", "你的包裹已经寄出了呢",
                     "亲,包裹已经寄出了哈"}),
            (Lines{0, 0, 1, 2}));
}

TEST(Duplicates, OneWordMakesADifference) {
  EXPECT_EQ(same_as({"我们支持七天无理由退换", "我们不支持七天无理由退换", "默认发顺丰快递",
                     "默认发圆通快递", "好的", "好的亲", "{昵称}您好", "{订单号}您好", "能开发票",
                     "能开发票吗"}),
            (Lines{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(Duplicates, ManyOfThemAreFound) {
  std::vector<std::string> texts;
  for (int i = 0; i < 3000; ++i) texts.push_back("包裹已经在路上了第" + std::to_string(i % 1000));
  const Lines lines = same_as(texts);
  for (size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i], i < 1000 ? 0u : static_cast<uint32_t>(i % 1000 + 1));
  }
}

}  // namespace
}  // namespace xiaoer::importer
