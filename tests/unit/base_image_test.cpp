#include <gtest/gtest.h>

#include "base/image.hpp"

namespace xiaoer {
namespace {

struct Record {
  uint32_t a;
  uint64_t b;
};

struct Sample {
  StringRef hello, empty;
  std::vector<std::byte> bytes;
};

Sample sample() {
  Sample made;
  ImageBuilder builder;
  made.hello = builder.string("你好");
  made.empty = builder.string("");
  builder.add(Section::kRulesIntents, std::vector<Record>{{1, 2}, {3, 4}, {5, 6}});
  builder.add_one(Section::kRulesHeader, uint32_t{7});
  builder.add(Section::kRulesTests, std::vector<Record>{});
  made.bytes = builder.finish();
  return made;
}

bool opens(std::vector<std::byte> bytes, std::string* error = nullptr) {
  Image image;
  std::string unused;
  return Image::open(std::move(bytes), &image, error != nullptr ? error : &unused);
}

TEST(Image, GivesBackWhatWasPutIn) {
  Sample made = sample();
  Image image;
  std::string error;
  ASSERT_TRUE(Image::open(made.bytes, &image, &error)) << error;
  const auto records = image.section<Record>(Section::kRulesIntents);
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[2].b, 6u);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(records.data()) % 64, 0u);
  EXPECT_EQ(image.section<uint32_t>(Section::kRulesHeader)[0], 7u);
  EXPECT_EQ(image.string(made.hello), "你好");
  EXPECT_EQ(image.string(made.empty), "");
  EXPECT_EQ(image.size(), made.bytes.size());
}

TEST(Image, SectionsAreEmptyWhenMissingOrOfOtherRecords) {
  Image image;
  std::string error;
  ASSERT_TRUE(Image::open(sample().bytes, &image, &error));
  EXPECT_TRUE(image.section<Record>(Section::kMatchAtoms).empty());
  EXPECT_TRUE(image.section<uint32_t>(Section::kRulesIntents).empty());
  EXPECT_TRUE(image.section<Record>(Section::kRulesTests).empty());
}

TEST(Image, EqualStringsShareBytes) {
  ImageBuilder builder;
  const StringRef first = builder.string("价格");
  builder.string("别的");
  const StringRef again = builder.string("价格");
  EXPECT_EQ(first.offset, again.offset);
}

TEST(Image, TheSameInputGivesTheSameBytes) { EXPECT_EQ(sample().bytes, sample().bytes); }

TEST(Image, AnEmptyBuilderGivesAnImage) {
  ImageBuilder builder;
  EXPECT_TRUE(opens(builder.finish()));
}

TEST(Image, TheBuilderIsEmptyAfterwards) {
  ImageBuilder builder;
  builder.string("价格");
  builder.add_one(Section::kRulesHeader, 1u);
  builder.finish();
  Image image;
  std::string error;
  ASSERT_TRUE(Image::open(builder.finish(), &image, &error));
  EXPECT_TRUE(image.section<uint32_t>(Section::kRulesHeader).empty());
}

TEST(Image, RefusesEveryChangedByte) {
  const std::vector<std::byte> good = sample().bytes;
  for (size_t at = 0; at < good.size(); ++at) {
    // The reserved part of the header is under no checksum.
    if (at >= 28 && at < 64) continue;
    for (const int bit : {0, 7}) {
      std::vector<std::byte> bad = good;
      bad[at] ^= std::byte{1} << bit;
      EXPECT_FALSE(opens(bad)) << at;
    }
  }
}

TEST(Image, RefusesEveryTruncation) {
  const std::vector<std::byte> good = sample().bytes;
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(opens({good.begin(), good.begin() + static_cast<ptrdiff_t>(size)})) << size;
  }
  std::vector<std::byte> longer = good;
  longer.push_back(std::byte{0});
  EXPECT_FALSE(opens(longer));
}

TEST(Image, FailureLeavesAnEmptyImageAndAReason) {
  Image image;
  std::string error;
  ASSERT_TRUE(Image::open(sample().bytes, &image, &error));
  EXPECT_FALSE(Image::open({}, &image, &error));
  EXPECT_FALSE(error.empty());
  EXPECT_EQ(image.size(), 0u);
  EXPECT_TRUE(image.section<Record>(Section::kRulesIntents).empty());
}

// A forged image with a right checksum: the table itself must be checked.
class ForgedImage : public testing::Test {
 protected:
  // Rows: section, record size, offset, count. The first two rows of the sample's table are
  // kStrings and kRulesIntents; `patch` changes one, and the checksum is made to agree.
  std::string forge(size_t row, size_t field_offset, uint64_t value, size_t field_size) {
    std::vector<std::byte> bytes = sample().bytes;
    std::memcpy(bytes.data() + 64 + row * 24 + field_offset, &value, field_size);
    uint64_t hash = 0xcbf29ce484222325ULL ^ (bytes.size() - 64);
    for (size_t at = 64; at < bytes.size(); at += 8) {
      uint64_t word = 0;
      std::memcpy(&word, bytes.data() + at, 8);
      hash = (hash ^ word) * 0x100000001b3ULL;
      hash ^= hash >> 32;
    }
    std::memcpy(bytes.data() + 8, &hash, sizeof(hash));
    std::string error;
    return opens(bytes, &error) ? "" : error;
  }
};

TEST_F(ForgedImage, UnchangedIsFine) { EXPECT_EQ(forge(0, 0, 1, 4), ""); }
TEST_F(ForgedImage, UnknownSection) { EXPECT_EQ(forge(1, 0, 999, 4), "unknown section"); }
TEST_F(ForgedImage, SectionTwice) { EXPECT_EQ(forge(1, 0, 1, 4), "section occurs twice"); }
TEST_F(ForgedImage, NoStrings) { EXPECT_EQ(forge(0, 0, 2, 4), "no string section"); }
TEST_F(ForgedImage, EmptyRecords) { EXPECT_EQ(forge(1, 4, 0, 4), "section of empty records"); }
TEST_F(ForgedImage, Unaligned) { EXPECT_EQ(forge(1, 8, 260, 8), "section is not aligned"); }
TEST_F(ForgedImage, InsideTheTable) {
  EXPECT_EQ(forge(1, 8, 64, 8), "section lies outside the image");
}
TEST_F(ForgedImage, BehindTheEnd) {
  EXPECT_EQ(forge(1, 8, uint64_t{1} << 40, 8), "section lies outside the image");
}
TEST_F(ForgedImage, CountThatOverflows) {
  EXPECT_EQ(forge(1, 16, UINT64_MAX / 8, 8), "section lies outside the image");
}
TEST_F(ForgedImage, Overlapping) {
  // The strings' section is moved onto the intents' one.
  Image image;
  std::string error;
  EXPECT_EQ(forge(0, 8, 256 + 64, 8), "sections overlap");
}

TEST(StableHash, NeverChanges) {
  EXPECT_EQ(stable_hash(""), 0xcbf29ce484222325ULL);
  EXPECT_EQ(stable_hash("a"), 0xaf63dc4c8601ec8cULL);
}

}  // namespace
}  // namespace xiaoer
