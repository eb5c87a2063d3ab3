// Damaged images: refused, or matched without reading out of bounds.

#include <gtest/gtest.h>

#include <random>

#include "match/near_miss.hpp"
#include "match/records.hpp"
#include "oracle/match_support.hpp"
#include "rules/entity_kinds.hpp"

namespace xiaoer::match {
namespace {

rules::Pack varied_pack() {
  rules::PatternSource picky = phrase("退款");
  picky.nots = {"不…退"};
  picky.max_len = 40;
  rules::PatternSource regex = phrase("尺码[0-9]+");
  regex.is_regex = true;
  rules::Pack pack =
      pack_of({picky, regex, phrase("什么时候…(发货|寄)"), phrase("{金额:出价}行不行"),
               phrase("双十一+退款"), phrase("好的", rules::MatchKind::kWhole), phrase("退款"),
               phrase("(红|黑)色的椅子|椅子(红|黑)"), phrase("价")});
  const std::string many = "(甲|乙|丙|丁|戊|己|庚|辛|壬|癸)";
  pack.intents[0].patterns.push_back(phrase(many + many));
  for (int i = 0; i < 20; ++i) {  // enough on one word for the pair index
    pack.intents[0].patterns.push_back(phrase("发货…" + std::to_string(i) + "天"));
  }
  pack.protected_words = {"评价", "甲乙丙"};
  pack.entities.push_back({"颜色", {{"黑色", {"黑色", "黑"}, {}}}, {}});
  return pack;
}

class MatchImage : public ::testing::Test {
 protected:
  MatchImage() {
    for (const char* const message :
         {"什么时候发货呀", "80元行不行,双十一退款", "评价甲乙丙丁,黑色的椅子尺码38", "好的。",
          "发货要7天还是13天啊"}) {
      messages_.emplace_back(message);
    }
    std::string all;
    for (const std::string& message : messages_) all += message;
    messages_.push_back(all + all);
    ImageBuilder builder;
    Diagnostics diagnostics;
    Matcher::build(varied_pack(), &builder, &diagnostics);
    EXPECT_FALSE(diagnostics.has_errors());
    bytes_ = builder.finish();
  }

  // A fresh image; its bytes are writable behind the back of Image, which has checked them.
  void open_image() {
    std::string error;
    ASSERT_TRUE(Image::open(bytes_, &image_, &error)) << error;
    data_ = const_cast<std::byte*>(image_.data());
  }

  // Opens the matcher and, where that succeeds, matches.
  bool use() {
    Matcher matcher;
    if (!matcher.open(image_)) return false;
    const MatchScratchPtr scratch = matcher.make_scratch();
    std::vector<SlotHit> slots;
    std::vector<NearMiss> near;
    for (const std::string& message : messages_) {
      text::Text text;
      text::normalise(message, text);
      entities::Entities entities;
      entities::Entity money;
      money.span = {0, std::min(3u, text.size())};
      entities.list.push_back(money);
      matcher.scan(text, scratch.get());
      matcher.verify(text, entities, scratch.get());
      for (const PatternHit& hit : matcher.hits(*scratch)) {
        EXPECT_LT(hit.pattern, matcher.pattern_count());
        EXPECT_LE(hit.span.end, text.size());
        matcher.find_slots(text, entities, hit.pattern, scratch.get(), &slots);
      }
      matcher.find_near_misses(entities, scratch.get(), &near);
      for (const NearMiss& miss : near) {
        EXPECT_LT(miss.pattern, matcher.pattern_count());
        EXPECT_LE(miss.found.end, text.size());
        if (miss.lack == NearMiss::Lack::kWords) matcher.missing_words(miss);
      }
    }
    return true;
  }

  std::vector<std::string> messages_;
  std::vector<std::byte> bytes_;
  Image image_;
  std::byte* data_ = nullptr;
};

TEST_F(MatchImage, WholeImageOpens) {
  open_image();
  EXPECT_TRUE(use());
}

TEST_F(MatchImage, FlippedBytesDoNoHarm) {
  open_image();
  std::mt19937 random(7);
  size_t refused = 0;
  constexpr size_t kFlips = 3000;
  for (size_t i = 0; i < kFlips; ++i) {
    const size_t at = random() % image_.size();
    const std::byte before = data_[at];
    data_[at] ^= static_cast<std::byte>(1u << random() % 8);
    refused += !use();
    data_[at] = before;
  }
  EXPECT_GT(refused, 0u);
  EXPECT_TRUE(use());
}

// A segment of a regex names a group of texts: as a slot it would name a place outside.
TEST_F(MatchImage, ARegexWithASlotIsRefused) {
  open_image();
  const auto words = image_.section<uint32_t>(Section::kMatchPrograms);
  const auto groups = image_.section<uint32_t>(Section::kMatchGroups);
  size_t changed = 0;
  for (size_t at = 0; at < words.size();) {
    const Program program{words.data() + at, groups.data()};
    if (words[at] == kNone) {
      ++at;
      continue;
    }
    at += program.size();
    if (!program.has(kIsRegex) || program.segments() == 0) continue;
    uint32_t* const segment = const_cast<uint32_t*>(program.words) + program.header_words();
    segment[0] |= kIsSlot;
    segment[1] = 0;  // of the first kind, without a role: nothing else is wrong with it
    ++changed;
  }
  ASSERT_EQ(changed, 1u);
  EXPECT_FALSE(use());
}

TEST_F(MatchImage, OverwrittenWordsDoNoHarm) {
  open_image();
  std::mt19937 random(8);
  const uint32_t values[] = {0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000, 0xFFFF};
  for (size_t at = 0; at + 4 <= image_.size(); at += 4 * (1 + random() % 3)) {
    uint32_t before;
    std::memcpy(&before, data_ + at, 4);
    const uint32_t value = values[random() % std::size(values)];
    std::memcpy(data_ + at, &value, 4);
    use();
    std::memcpy(data_ + at, &before, 4);
  }
  EXPECT_TRUE(use());
}

TEST_F(MatchImage, MissingSectionsAreRefused) {
  ImageBuilder builder;
  std::string error;
  ASSERT_TRUE(Image::open(builder.finish(), &image_, &error));
  Matcher matcher;
  EXPECT_FALSE(matcher.open(image_));
}

TEST_F(MatchImage, SamePackSameBytes) {
  ImageBuilder builder;
  Diagnostics diagnostics;
  Matcher::build(varied_pack(), &builder, &diagnostics);
  EXPECT_EQ(builder.finish(), bytes_);
}

}  // namespace
}  // namespace xiaoer::match
