// A draft put together from normalised parts is what normalising the whole text
// gives.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/image.hpp"
#include "reply/draft.hpp"
#include "reply/literals.hpp"

namespace xiaoer::reply {
namespace {

// Literals and values whose ends meet in every way that normalising cares
// about: runs, dots, spaces, marks, traditional characters with two simplified
// forms, jamo, full width, nothing at all.
constexpr const char* kParts[] = {"亲，这款",
                                  "元，有需要",
                                  "39.9",
                                  "7",
                                  "100",
                                  "",
                                  " ",
                                  "\n",
                                  "a",
                                  "aa",
                                  "b c",
                                  " d",
                                  "e ",
                                  "A",
                                  "哈",
                                  "哈哈",
                                  "哈哈哈",
                                  "。",
                                  "。。",
                                  ".",
                                  "…",
                                  "..",
                                  "～",
                                  "~",
                                  "\xCC\x81",
                                  "e\xCC\x81",
                                  "著",
                                  "乾",
                                  "乾淨",
                                  "隻",
                                  "後",
                                  "著名",
                                  "\xE1\x84\x80",
                                  "\xE1\x85\xA1",
                                  "가",
                                  "\xE1\x86\xA8",
                                  "①",
                                  "㎡",
                                  "％",
                                  "１２",
                                  "\xE2\x80\x8B",
                                  "x\xE2\x80\x8B",
                                  "\t",
                                  "！",
                                  "!",
                                  "1.",
                                  ".5",
                                  "1.2.3",
                                  "-4",
                                  "{{",
                                  "}",
                                  "\xEF\xB7\xBA",
                                  "か",
                                  "\xE3\x82\x99",
                                  "ﾞ",
                                  "Ｋ",
                                  "\xF0\x9F\x98\x80",
                                  "乾",
                                  "發",
                                  "麼",
                                  "一",
                                  "千"};

struct Part {
  std::string text;
  bool literal;
};

bool same(const text::Text& a, const text::Text& b) {
  return a.chars == b.chars && a.properties == b.properties && a.begins == b.begins &&
         a.ends == b.ends && a.original == b.original && a.well_formed == b.well_formed;
}

class Composition : public testing::Test {
 protected:
  // Normalises the parts' text in both ways into `draft` and `whole`.
  void compose(const std::vector<Part>& parts) {
    ImageBuilder builder;
    std::vector<PieceRecord> pieces;
    draft.text.clear();
    draft.slots.clear();
    for (const Part& part : parts) {
      PieceRecord piece;
      piece.text = builder.string(part.literal ? part.text : "name");
      piece.kind = part.literal ? PieceKind::kLiteral : PieceKind::kFact;
      pieces.push_back(piece);
      Slot slot;
      slot.begin = static_cast<uint32_t>(draft.text.size());
      draft.text += part.text;
      slot.end = static_cast<uint32_t>(draft.text.size());
      if (!part.literal) draft.slots.push_back(slot);
    }
    Literals::build(pieces, &builder);
    Image image;
    std::string error;
    ASSERT_TRUE(Image::open(builder.finish(), &image, &error)) << error;
    Literals literals;
    ASSERT_TRUE(literals.open(image, pieces));
    ASSERT_EQ(literals.normalise(pieces, 0, &draft), text::NormaliseStatus::kOk);
    ASSERT_EQ(text::normalise(draft.text, whole), text::NormaliseStatus::kOk);
  }

  Draft draft;
  text::Text whole;
};

TEST_F(Composition, EqualsTheWholeForEveryPair) {
  for (const char* const first : kParts) {
    for (const char* const second : kParts) {
      for (int kinds = 0; kinds < 4; ++kinds) {
        compose({{first, (kinds & 1) != 0}, {second, (kinds & 2) != 0}});
        ASSERT_TRUE(same(draft.chars, whole)) << "[" << first << "|" << second << "]";
      }
    }
  }
}

TEST_F(Composition, EqualsTheWholeForRandomParts) {
  std::mt19937 random(5);
  for (int round = 0; round < 20000; ++round) {
    std::vector<Part> parts;
    for (size_t count = 1 + random() % 6; count > 0; --count) {
      std::string text = kParts[random() % std::size(kParts)];
      if (random() % 2 == 0) text += kParts[random() % std::size(kParts)];
      parts.push_back({text, random() % 2 == 0});
    }
    compose(parts);
    ASSERT_TRUE(same(draft.chars, whole)) << draft.text;
  }
}

// What the values of one reply leave behind does not show in the next.
TEST_F(Composition, ForgetsTheTextBefore) {
  compose({{"一段比较长的文字，后面还有", true}, {"39.9", false}, {"元", true}});
  compose({{"短", true}, {"7", false}});
  EXPECT_TRUE(same(draft.chars, whole));
  EXPECT_EQ(draft.chars.size(), 2u);
}

}  // namespace
}  // namespace xiaoer::reply
