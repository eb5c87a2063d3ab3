// An image saved and opened again: the same ruleset, or a clear refusal, whatever was done to the
// bytes.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "fixture.hpp"
#include "image_forge.hpp"

namespace xiaoer::test {
namespace {

using Bytes = std::vector<std::byte>;

std::shared_ptr<const Ruleset> open_bytes(const Bytes& bytes, std::string* code = nullptr) {
  Diagnostics diagnostics;
  auto ruleset = Ruleset::from_image(bytes, {}, &diagnostics);
  EXPECT_EQ(ruleset == nullptr, diagnostics.has_errors());
  if (ruleset == nullptr && code != nullptr) *code = diagnostics.list()[0].code;
  return ruleset;
}

Bytes bytes_of(const Ruleset& ruleset) {
  const auto image = ruleset.image().bytes();
  return {image.begin(), image.end()};
}

class ImageFile : public testing::Test {
 protected:
  ImageFile() : path_(testing::TempDir() + "xiaoer_image_test.xob") {}
  ~ImageFile() override { std::remove(path_.c_str()); }

  // As `xiaoer compile` does it: another file takes the name.
  void save(const Bytes& bytes) const {
    const std::string other = path_ + ".new";
    std::ofstream(other, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<ptrdiff_t>(bytes.size()));
    std::filesystem::rename(other, path_);
  }
  std::shared_ptr<const Ruleset> open() const {
    Diagnostics diagnostics;
    auto ruleset = Ruleset::from_path(path_, {}, &diagnostics);
    EXPECT_NE(ruleset, nullptr) << shown(diagnostics);
    return ruleset;
  }

  const std::string path_;
};

std::string talk(const Ruleset& ruleset, std::span<const std::string> messages,
                 const reply::Facts& facts) {
  Context context;
  bool valid = false;
  std::string all = converse(ruleset, messages, facts, &context, &valid);
  EXPECT_TRUE(valid);
  return all;
}

// The pack's own test messages, strung together so that none stands as it was written.
std::vector<std::string> default_messages() {
  std::vector<std::string> hits;
  for (const auto& intent : default_pack().intents) {
    for (const auto& hit : intent.hits) hits.push_back(hit.text);
  }
  std::vector<std::string> messages;
  for (size_t i = 0; i < hits.size(); i += 9) {
    messages.push_back("亲," + hits[i]);
    messages.push_back(hits[i] + ";" + hits[(i * 37 + 11) % hits.size()]);
  }
  return messages;
}

TEST_F(ImageFile, AnswersLikeThePackToTheByte) {
  const Ruleset& pack = default_ruleset();
  save(bytes_of(pack));
  const auto mapped = open();
  ASSERT_NE(mapped, nullptr);
  const std::vector<std::string> messages = default_messages();
  ASSERT_GT(messages.size(), 500u);
  const reply::Facts facts = demo_facts();
  EXPECT_EQ(talk(*mapped, messages, facts), talk(pack, messages, facts));
  EXPECT_EQ(mapped->id(), pack.id());
  EXPECT_EQ(bytes_of(*mapped), bytes_of(pack));
}

TEST_F(ImageFile, SamePackSameBytes) {
  std::string problems;
  const auto first = varied_ruleset(&problems), second = varied_ruleset();
  ASSERT_NE(first, nullptr) << problems;
  EXPECT_EQ(bytes_of(*first), bytes_of(*second));
}

TEST_F(ImageFile, AFileReplacedByRenamingDisturbsNobody) {
  const auto first = varied_ruleset();
  const auto other = load_pack(
      R"("settings": {"fallback": ["ask"]}, "replies": [{"id": "ask", "variants": ["您说的是哪一款呢"]}],
          "intents": [{"id": "a.b", "patterns": ["多少钱"],
                       "replies": [{"id": "a.one", "variants": ["稍等,这就看一下"]}]}])");
  const auto messages = varied_messages();
  const reply::Facts facts = varied_facts();
  save(bytes_of(*first));
  const auto before = open();
  const std::string expected = talk(*before, messages, facts);
  save(bytes_of(*other));
  const auto after = open();
  EXPECT_EQ(after->id(), "test");
  EXPECT_EQ(talk(*before, messages, facts), expected);
  std::filesystem::remove(path_);
  EXPECT_EQ(talk(*before, messages, facts), expected);
  EXPECT_EQ(talk(*after, messages, facts), talk(*other, messages, facts));
}

TEST_F(ImageFile, ARulesetOutlivesItsHandleWithinAResult) {
  save(bytes_of(*varied_ruleset()));
  auto mapped = open();
  const reply::Facts facts = varied_facts();
  Context context;
  Result result;
  Request request;
  request.message = "多少钱";
  request.facts = &facts;
  ASSERT_EQ(answer(*mapped, context, nullptr, request, &result), Status::kOk);
  ASSERT_FALSE(result.intents.empty());
  const std::string id(result.text(result.intents[0].id));
  mapped.reset();
  EXPECT_EQ(result.text(result.intents[0].id), id);
  EXPECT_TRUE(id == "price.query" || id == "product.tea") << id;
}

TEST(Image, SaysWhatIsWrong) {
  const Bytes good = bytes_of(*varied_ruleset());
  const auto code_of = [&](size_t at, std::byte value, bool sealed) {
    Bytes bytes = good;
    bytes[at] = value;
    if (sealed) seal(&bytes);
    std::string code;
    EXPECT_EQ(open_bytes(bytes, &code), nullptr);
    return code;
  };
  EXPECT_EQ(code_of(0, std::byte{0}, true), "not-an-image");
  EXPECT_EQ(code_of(8, std::byte{1}, true), "image-foreign");
  EXPECT_EQ(code_of(12, std::byte{0}, true), "image-outdated");  // an older format
  EXPECT_EQ(code_of(16, std::byte{'9'}, true), "image-outdated");
  EXPECT_EQ(code_of(good.size() / 2, good[good.size() / 2] ^ std::byte{1}, false), "image-damaged");
  std::string code;
  EXPECT_EQ(open_bytes({}, &code), nullptr);
  EXPECT_EQ(code, "not-an-image");
  Diagnostics diagnostics;
  CompileOptions options;
  options.run_tests = true;
  EXPECT_EQ(Ruleset::from_image(good, options, &diagnostics), nullptr);
  EXPECT_EQ(diagnostics.list()[0].code, "image-without-tests");
}

TEST(Image, TheSentenceTellsHowToMend) {
  Bytes bytes = bytes_of(*varied_ruleset());
  bytes[12] = std::byte{0};
  Diagnostics diagnostics;
  EXPECT_EQ(Ruleset::from_image(bytes, {}, &diagnostics), nullptr);
  EXPECT_NE(to_text(diagnostics.list()[0], Language::kEnglish).find("`xiaoer compile`"),
            std::string::npos);
}

TEST(Image, RefusesWhatIsCutOffOrTooLong) {
  const Bytes good = bytes_of(*varied_ruleset());
  for (size_t size = 0; size < good.size(); size += size < 4096 ? 61 : 997) {
    Bytes cut(good.begin(), good.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_EQ(open_bytes(cut), nullptr) << size;
    seal(&cut);
    EXPECT_EQ(open_bytes(cut), nullptr) << size;
  }
  Bytes longer = good;
  longer.resize(longer.size() + 64);
  seal(&longer);
  EXPECT_EQ(open_bytes(longer), nullptr);
}

// Forged bytes under a checksum that agrees: refused, or used without harm. The test means most
// when built with AddressSanitizer.
class ForgedRuleset : public testing::Test {
 protected:
  // Whether it opened.
  bool use(Bytes bytes) {
    seal(&bytes);
    const auto ruleset = open_bytes(bytes);
    if (ruleset == nullptr) return false;
    bool valid = false;
    converse(*ruleset, messages_, facts_, &context_, &valid);
    EXPECT_TRUE(valid);
    return true;
  }

  const Bytes good_ = bytes_of(*varied_ruleset());
  const std::vector<SectionRow> rows_ = section_table(good_);
  const std::vector<std::string> messages_ = varied_messages();
  const reply::Facts facts_ = varied_facts();
  Context context_;  // one for all: scratch of one ruleset must not harm another
  std::mt19937 random_{20261122};
};

TEST_F(ForgedRuleset, ThePackFillsEverySection) {
  for (const SectionRow& row : rows_) EXPECT_GT(row.count, 0u) << "section " << row.section;
}

TEST_F(ForgedRuleset, FlippedBitsInEverySection) {
  size_t opened = 0, refused = 0;
  for (const SectionRow& row : rows_) {
    const size_t size = row.count * row.record_size;
    for (size_t i = 0; i < std::min<size_t>(size, 60); ++i) {
      Bytes bytes = good_;
      bytes[row.offset + random_() % size] ^= static_cast<std::byte>(1u << random_() % 8);
      ++(use(std::move(bytes)) ? opened : refused);
    }
  }
  EXPECT_GT(opened, 100u);
  EXPECT_GT(refused, 100u);
}

TEST_F(ForgedRuleset, WordsOverwrittenInEverySection) {
  const uint32_t values[] = {0, 1, 2, 255, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
  size_t refused = 0;
  for (const SectionRow& row : rows_) {
    const size_t words = row.count * row.record_size / 4;
    for (size_t i = 0; i < std::min<size_t>(words, 80); ++i) {
      Bytes bytes = good_;
      const size_t edits = 1 + random_() % 3;
      for (size_t k = 0; k < edits; ++k) {
        // A value from anywhere in the image is more often plausible than one out of the blue.
        uint32_t value = values[random_() % std::size(values)];
        if (random_() % 2 == 0) std::memcpy(&value, &bytes[random_() % (bytes.size() - 4)], 4);
        std::memcpy(&bytes[row.offset + random_() % words * 4], &value, 4);
      }
      refused += !use(std::move(bytes));
    }
  }
  EXPECT_GT(refused, 500u);
}

TEST_F(ForgedRuleset, SectionsMovedShortenedLengthenedAndExchanged) {
  for (size_t row = 0; row < rows_.size(); ++row) {
    for (const size_t field : {0u, 4u, 8u, 16u}) {
      for (const int64_t change : {-64, -8, -1, 1, 8, 64}) {
        Bytes bytes = good_;
        std::byte* const at = bytes.data() + 64 + row * sizeof(SectionRow) + field;
        uint32_t value = 0;
        std::memcpy(&value, at, 4);
        value = static_cast<uint32_t>(value + change);
        std::memcpy(at, &value, 4);
        use(std::move(bytes));
      }
    }
    Bytes bytes = good_;
    std::byte* const place = bytes.data() + 64 + row * sizeof(SectionRow);
    std::byte* const other = bytes.data() + 64 + random_() % rows_.size() * sizeof(SectionRow);
    for (size_t i = 4; i < sizeof(SectionRow); ++i) std::swap(place[i], other[i]);
    use(std::move(bytes));
  }
}

}  // namespace
}  // namespace xiaoer::test
