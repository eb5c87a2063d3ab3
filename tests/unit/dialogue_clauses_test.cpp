#include <gtest/gtest.h>

#include <string>

#include "dialogue/asking.hpp"
#include "dialogue/clauses.hpp"
#include "dialogue/shape.hpp"
#include "entities/finder.hpp"
#include "text/utf8.hpp"

namespace xiaoer::dialogue {
namespace {

// The clauses of a message, "|" between them.
std::string clauses_of(const std::string& message) {
  text::Text text;
  EXPECT_EQ(text::normalise(message, text), text::NormaliseStatus::kOk);
  std::string out;
  const Clauses clauses = find_clauses(text);
  for (const Span span : clauses.list()) {
    text::Text clause;
    cut(text, span, &clause);
    EXPECT_EQ(clause.size(), span.size());
    if (!out.empty()) out += '|';
    out += text::encode(std::u32string(clause.chars.begin(), clause.chars.end()));
  }
  return out;
}

TEST(Clauses, StandBetweenMarksSpacesAndQuestions) {
  EXPECT_EQ(clauses_of("有货吗"), "有货吗");
  EXPECT_EQ(clauses_of("有货吗，今天发吗？好的。"), "有货吗|今天发吗|好的");
  EXPECT_EQ(clauses_of("多少钱 包邮吗　几天到"), "多少钱|包邮吗|几天到");
  EXPECT_EQ(clauses_of("有货吗能便宜点吗什么时候发"), "有货吗|能便宜点吗|什么时候发");
  EXPECT_EQ(clauses_of("第一行字\n第二行字"), "第一行字|第二行字");
}

TEST(Clauses, KeepWhatBelongsTogether) {
  EXPECT_EQ(clauses_of("39.9元包邮吗"), "39.9元包邮吗");
  EXPECT_EQ(clauses_of("iphone 15 pro能用吗"), "iphone 15 pro能用吗");
  EXPECT_EQ(clauses_of("便\u200b宜点"), "便宜点");  // an invisible character is no border
  EXPECT_EQ(clauses_of("可以吗亲"), "可以吗");      // nor is what follows worth a clause
  EXPECT_EQ(clauses_of("发货吗呀"), "发货吗呀");
}

TEST(Clauses, LeaveOutWhatSaysNothing) {
  EXPECT_EQ(clauses_of(""), "");
  EXPECT_EQ(clauses_of("。。。"), "");
  EXPECT_EQ(clauses_of("嗯,有货吗"), "有货吗");
}

TEST(Clauses, AreBounded) {
  std::string message;
  for (int i = 0; i < 100; ++i) message += "发货,";
  text::Text text;
  ASSERT_EQ(text::normalise(message, text), text::NormaliseStatus::kOk);
  const Clauses clauses = find_clauses(text);
  ASSERT_EQ(clauses.count, Clauses::kMax);
  EXPECT_EQ(clauses.spans[Clauses::kMax - 1].end, text.size() - 1);
}

Shape shape(const std::string& message) {
  text::Text text;
  EXPECT_EQ(text::normalise(message, text), text::NormaliseStatus::kOk);
  return shape_of(text, {});
}

TEST(Shape, BareMessagesNameNoMatter) {
  for (const char* message : {"什么时候", "那这个呢", "要多久啊", "可以吗", "怎么弄?", "2件呢",
                              "第一个", "有没有", "嗯,那个", "啥时候", "多长时间呀", "两份"}) {
    EXPECT_TRUE(shape(message).bare) << message;
  }
  for (const char* message : {"", "。", "发货", "多少钱", "什么时候发货", "怎么退", "贵吗",
                              "到了吗", "好看吗", "哈哈", "那个那个那个那个那个那个那个那个"}) {
    EXPECT_FALSE(shape(message).bare) << message;
  }
}

TEST(Shape, TellsWhatIsAsked) {
  EXPECT_TRUE(shape("什么时候").when);
  EXPECT_TRUE(shape("什么时候").asks);
  EXPECT_FALSE(shape("怎么弄").when);
  EXPECT_TRUE(shape("那个").points);
  EXPECT_FALSE(shape("那个").asks);
  EXPECT_TRUE(shape("那个呢").asks);
  EXPECT_TRUE(shape("3").counts);
  EXPECT_TRUE(shape("两份").counts);
  EXPECT_TRUE(shape("不要").denies);
  EXPECT_TRUE(shape("没有").denies);
  EXPECT_FALSE(shape("要").denies);
  EXPECT_EQ(shape("那要多久").word, (Span{2, 4}));
  EXPECT_TRUE(asks_when("大概几天能好"));
  EXPECT_FALSE(asks_when("怎么才能好"));
}

TEST(Shape, EntitiesFillABareMessage) {
  text::Text text;
  ASSERT_EQ(text::normalise("那黑色的呢", text), text::NormaliseStatus::kOk);
  EXPECT_FALSE(shape_of(text, {}).bare);
  entities::Entities entities;
  entities::Entity colour;
  colour.kind = rules::kColour;
  colour.span = {1, 3};
  entities.list.push_back(colour);
  EXPECT_TRUE(shape_of(text, entities).bare);
  EXPECT_TRUE(shape_of(text, entities).names);
}

TEST(Asking, QuestionsOfTheShop) {
  for (const char* words : {"您要几件呢", "您寄到哪里呀", "要不要试试呢", "可以吗", "您看行不"}) {
    EXPECT_TRUE(is_question(words, false)) << words;
  }
  EXPECT_TRUE(is_question("您要的是黑色", true));
  for (const char* words : {"过几天就到哦", "付款后就发出呢", "我去核实停在哪里哈", "有货的"}) {
    EXPECT_FALSE(is_question(words, false)) << words;
  }
}

TEST(Asking, WhatTheyAskFor) {
  EXPECT_EQ(asked_by("您要几袋呢", false), kAskedQuantity);
  EXPECT_EQ(asked_by("麻烦把地址电话发我", false), kAskedData);
  EXPECT_EQ(asked_by("需要给您备注吗", false), kAskedOffer);
  EXPECT_EQ(asked_by("您喜欢哪个颜色呢", false), kAskedChoice);
  EXPECT_EQ(asked_by("今天就能发出", false), 0);
  EXPECT_EQ(name_of_asked(kAskedData | kAskedOffer), "data");
  EXPECT_EQ(name_of_asked(0), "");
}

}  // namespace
}  // namespace xiaoer::dialogue
