#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdio>
#include <fstream>

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
  EXPECT_FALSE(Image::open(ImageBytes(), &image, &error));
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
    const auto* const data = reinterpret_cast<const Bytef*>(bytes.data());
    const auto checksum =
        static_cast<uint32_t>(crc32_z(crc32_z(0, data, 60), data + 64, bytes.size() - 64));
    std::memcpy(bytes.data() + 60, &checksum, sizeof(checksum));
    std::string error;
    return opens(bytes, &error) ? "" : error;
  }
};

TEST_F(ForgedImage, UnchangedIsFine) { EXPECT_EQ(forge(0, 0, 1, 4), ""); }
TEST_F(ForgedImage, UnknownSection) { EXPECT_EQ(forge(1, 0, 999, 4), "unknown section"); }
TEST_F(ForgedImage, SectionTwice) { EXPECT_EQ(forge(1, 0, 1, 4), "section occurs twice"); }
TEST_F(ForgedImage, NoStrings) { EXPECT_EQ(forge(0, 0, 2, 4), "no string section"); }
TEST_F(ForgedImage, StringsOfWords) { EXPECT_EQ(forge(0, 4, 2, 4), "strings of another size"); }
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

TEST(ImageStamp, TellsWhatTheBytesClaimToBe) {
  const std::vector<std::byte> good = sample().bytes;
  EXPECT_EQ(read_stamp(good).kind, ImageKind::kFits);
  EXPECT_EQ(read_stamp(good).maker, image_maker());
  EXPECT_EQ(read_stamp({}).kind, ImageKind::kNoImage);
  EXPECT_EQ(read_stamp(std::span(good).first(63)).kind, ImageKind::kNoImage);
  const auto with = [&](size_t at, uint8_t value) {
    std::vector<std::byte> bytes = good;
    bytes[at] = std::byte{value};
    return read_stamp(bytes);
  };
  EXPECT_EQ(with(4, '\n').kind, ImageKind::kNoImage);   // sent as text
  EXPECT_EQ(with(8, 1).kind, ImageKind::kForeign);      // byte order
  EXPECT_EQ(with(12, 0).kind, ImageKind::kOtherMaker);  // an older format
  EXPECT_EQ(with(12, 77).kind, ImageKind::kOtherMaker);
  EXPECT_EQ(with(16, '9').kind, ImageKind::kOtherMaker);  // another release
  EXPECT_EQ(with(16, '9').maker[0], '9');
  EXPECT_EQ(with(16, 0x1b).maker[0], '?');  // fit to print
}

TEST(ImageStrings, HoldWhatLiesInsideAndCutsNoCharacter) {
  const Sample made = sample();
  Image image;
  std::string error;
  ASSERT_TRUE(Image::open(made.bytes, &image, &error)) << error;
  EXPECT_TRUE(image.holds(made.hello));
  EXPECT_TRUE(image.holds(StringRef{3, 3}));
  EXPECT_TRUE(image.holds(StringRef{6, 0}));
  EXPECT_FALSE(image.holds(StringRef{1, 2}));
  EXPECT_FALSE(image.holds(StringRef{0, 5}));
  EXPECT_FALSE(image.holds(StringRef{0, 7}));
  EXPECT_FALSE(image.holds(StringRef{7, 0}));
  EXPECT_FALSE(image.holds(StringRef{UINT32_MAX, 7}));
  EXPECT_FALSE(image.holds(StringRef{6, UINT32_MAX}));
}

TEST(RangeCheck, RefusesWhatIsOutsideOrNamedTooOften) {
  RangeCheck ranges(10);
  EXPECT_FALSE(ranges.take({11, 0}));
  EXPECT_FALSE(ranges.take({5, 6}));
  EXPECT_FALSE(ranges.take({UINT32_MAX, 2}));
  EXPECT_TRUE(ranges.take({0, 6}));
  EXPECT_TRUE(ranges.take({10, 0}));
  EXPECT_FALSE(ranges.take({0, 5}));
  EXPECT_TRUE(ranges.take({6, 4}));
}

TEST(ImageBytes, MapsFilesAndNothingElse) {
  const std::string path = testing::TempDir() + "xiaoer_image_bytes_test";
  std::string error;
  std::ofstream(path, std::ios::binary) << "bytes";
  const auto mapped = ImageBytes::map(path, &error);
  ASSERT_TRUE(mapped) << error;
  ASSERT_EQ(mapped->get().size(), 5u);
  EXPECT_EQ(mapped->get()[0], std::byte{'b'});
  std::remove(path.c_str());
  EXPECT_EQ(mapped->get()[4], std::byte{'s'});  // the mapping outlives the name
  EXPECT_FALSE(ImageBytes::map(path, &error));
  EXPECT_FALSE(error.empty());
  EXPECT_FALSE(ImageBytes::map(testing::TempDir(), &error));
  EXPECT_FALSE(ImageBytes::map("/dev/null", &error));
  std::ofstream(path, std::ios::binary).flush();
  const auto empty = ImageBytes::map(path, &error);
  ASSERT_TRUE(empty) << error;
  EXPECT_TRUE(empty->get().empty());
  std::remove(path.c_str());
}

TEST(StableHash, NeverChanges) {
  EXPECT_EQ(stable_hash(""), 0xcbf29ce484222325ULL);
  EXPECT_EQ(stable_hash("a"), 0xaf63dc4c8601ec8cULL);
}

}  // namespace
}  // namespace xiaoer
