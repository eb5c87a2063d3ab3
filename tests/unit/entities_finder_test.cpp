// Dictionary words, overlaps, limits, and what the finder does with damaged or hostile input.

#include <algorithm>
#include <chrono>

#include "entities_fixture.hpp"

namespace xiaoer::entities::testing {
namespace {

std::vector<rules::EntitySource> shop_words() {
  return {
      source(
          "颜色",
          {{"黑色", {"黑色", "黑的", "纯黑"}}, {"白色", {"白色"}}, {"米白色", {"米白色", "米白"}}}),
      source("口味", {{"原味", {"原味"}}, {"三只松鼠味", {"三只松鼠"}}}),
      source("快递", {{"顺丰", {"顺丰", "sf"}}, {"中通", {"中通"}}}),
      source("地区", {{"上海", {"上海"}}, {"海南", {"海南"}}, {"内蒙古", {"内蒙古", "内蒙"}}}),
      source("尺码", {{"均码", {"均码"}}, {"XXL", {"xxl"}}, {"大号", {"大号", "38码"}}}),
      source("口味", {{"辣味", {"辣味", "辣的"}}}),
      source("赠品", {{"大号", {"大号"}}}),
  };
}

TEST(EntityFinder, FindsDictionaryWordsOfEveryKind) {
  Finder finder(shop_words());
  EXPECT_EQ(finder.describe("黑的有吗"), "colour=黑色");
  EXPECT_EQ(finder.describe("发順豐到内蒙"), "carrier=顺丰 region=内蒙古");
  EXPECT_EQ(finder.describe("SF 发海南"), "carrier=顺丰 region=海南");
  EXPECT_EQ(finder.describe("原味和辣的各两包"), "口味=原味 口味=辣味 quantity=2包");
  EXPECT_EQ(finder.describe("均码"), "size=均码");
  EXPECT_EQ(finder.sources("要 米 白 色 的"), "米 白 色");
}

TEST(EntityFinder, LettersOfALongerWordAreNoDictionaryWord) {
  Finder finder(shop_words());
  EXPECT_EQ(finder.describe("sfz"), "");
  EXPECT_EQ(finder.describe("asf"), "");
  EXPECT_EQ(finder.describe("发sf吧"), "carrier=顺丰");
}

TEST(EntityFinder, LongerCoversShorterAndEarlierStays) {
  Finder finder(shop_words());
  EXPECT_EQ(finder.describe("米白色"), "colour=米白色");
  EXPECT_EQ(finder.describe("上海南京路"), "region=上海");
  EXPECT_EQ(finder.describe("三只松鼠的"), "口味=三只松鼠味");
  EXPECT_EQ(finder.describe("三只够吗"), "quantity=3只");
}

TEST(EntityFinder, EqualSpansCompeteAcrossKindsOnly) {
  Finder finder(shop_words());
  EXPECT_EQ(finder.describe("XXL"), "size=2XL");
  EXPECT_EQ(finder.describe("XXXL"), "size=3XL");
  EXPECT_EQ(finder.describe("38码"), "size=38码");
  EXPECT_EQ(finder.describe("大号的"), "size=大号 赠品=大号");
}

TEST(EntityFinder, NotHidesWordsAndNumbers) {
  Finder finder({
      source("数量", {{"", {"三只松鼠", "六个核桃"}}}),
      source("地区", {{"六安", {"六安"}}, {"西安", {"西安"}}, {"", {"周六安装"}}}),
      source("口味", {{"辣", {"辣"}}, {"", {"不辣"}}}),
  });
  EXPECT_EQ(finder.describe("三只松鼠两袋"), "quantity=2袋");
  EXPECT_EQ(finder.describe("三只够吗"), "quantity=3只");
  EXPECT_EQ(finder.describe("周六安装"), "date=周六");
  EXPECT_EQ(finder.describe("六安到西安"), "region=六安 region=西安");
  EXPECT_EQ(finder.describe("不辣的,辣的"), "口味=辣");
  EXPECT_EQ(finder.sources("不辣的,辣的"), "辣");
  EXPECT_EQ(finder.describe("六个核桃六个"), "quantity=6个");
}

TEST(EntityFinder, DigitsGluedToACarrierAreNoItem) {
  Finder finder(shop_words());
  EXPECT_EQ(finder.describe("中通402500964152"), "carrier=中通");
  EXPECT_EQ(finder.describe("402500964152中通"), "item_number=402500964152 carrier=中通");
  EXPECT_EQ(finder.describe("发中通,402500964152"), "carrier=中通 item_number=402500964152");
}

TEST(EntityFinder, NamesKinds) {
  Finder finder(shop_words());
  EXPECT_EQ(finder.finder().kind_count(), rules::kBuiltInKinds + 2u);
  EXPECT_EQ(finder.finder().kind_name(rules::kMoney), "money");
  EXPECT_EQ(finder.finder().kind_zh(rules::kMoney), "金额");
  EXPECT_EQ(finder.finder().kind_name(rules::kBuiltInKinds), "口味");
  EXPECT_EQ(finder.finder().kind_zh(rules::kBuiltInKinds + 1), "赠品");
  EXPECT_EQ(finder.finder().kind_name(rules::kBuiltInKinds + 2), "");
  EXPECT_EQ(finder.finder().kind_name(rules::kNoKind), "");
}

TEST(EntityFinder, KindsBeyondTheLimitAreNotFound) {
  std::vector<rules::EntitySource> sources;
  for (size_t i = 0; i < rules::kMaxKinds; ++i) {
    sources.push_back(source("k" + std::to_string(i), {{"v", {"词" + std::to_string(i) + "字"}}}));
  }
  Finder finder(std::move(sources));
  EXPECT_EQ(finder.finder().kind_count(), rules::kMaxKinds);
  EXPECT_EQ(finder.describe("词35字"), "k35=v");
  EXPECT_EQ(finder.describe("词60字"), "");
}

TEST(EntityFinder, IsOrderedByBegin) {
  Finder finder(shop_words());
  EXPECT_EQ(finder.describe("黑色38码2双发顺丰到上海,80行吗"),
            "colour=黑色 size=38码 quantity=2双 carrier=顺丰 region=上海 money=80!");
}

TEST(EntityFinder, KeepsAtMostSixtyFour) {
  Finder finder(shop_words());
  std::string message;
  for (int i = 0; i < 500; ++i) message += "黑色2袋,";
  EXPECT_EQ(finder.find(message).list.size(), EntityFinder::kMaxEntities);
  std::string colours;
  for (int i = 0; i < 500; ++i) colours += "黑色,";
  EXPECT_EQ(finder.find(colours).list.size(), EntityFinder::kMaxEntities);
}

TEST(EntityFinder, IgnoresHitsThatDoNotFit) {
  rules::Pack pack;
  pack.entities = shop_words();
  ImageBuilder builder;
  EntityFinder::build(pack, &builder);
  Image image;
  std::string error;
  ASSERT_TRUE(Image::open(builder.finish(), &image, &error)) << error;
  EntityFinder finder;
  ASSERT_TRUE(finder.open(image));
  text::Text text;
  ASSERT_EQ(text::normalise("黑色", text), text::NormaliseStatus::kOk);
  const entities::DictionaryHit hits[] = {{9999, {0, 2}}, {0, {0, 3}}, {0, {1, 1}}, {0, {0, 2}}};
  Entities entities;
  finder.find(text, hits, &entities);
  ASSERT_EQ(entities.list.size(), 1u);
  EXPECT_EQ(entities.value(entities.list[0]), "黑色");
}

TEST(EntityFinder, RefusesDamagedDictionaries) {
  struct Record {
    uint32_t kind;
    StringRef text;
  };
  const auto opens = [](std::vector<Record> records) {
    ImageBuilder builder;
    builder.string("颜色");
    if (!records.empty()) builder.add(Section::kDialogueDictionary, records);
    Image image;
    std::string error;
    EXPECT_TRUE(Image::open(builder.finish(), &image, &error)) << error;
    EntityFinder finder;
    return finder.open(image);
  };
  EXPECT_TRUE(opens({{1, {0, 1}}, {0, {0, 6}}, {rules::kBuiltInKinds, {0, 6}}}));
  EXPECT_FALSE(opens({}));                                                // no section
  EXPECT_FALSE(opens({{1, {0, 1}}, {0, {0, 6}}}));                        // a word is missing
  EXPECT_FALSE(opens({{0, {0, 1}}, {0, {0, 6}}, {3, {0, 6}}}));           // one too many
  EXPECT_FALSE(opens({{1, {0, 1}}, {0, {0, 6}}, {3, {1, 6}}}));           // outside the pool
  EXPECT_FALSE(opens({{1, {0, 1}}, {0, {0, 6}}, {3, {UINT32_MAX, 6}}}));  // far outside
  EXPECT_FALSE(opens({{1, {0, 1}}, {0, {0, 5}}, {3, {0, 6}}}));           // half a character
  EXPECT_FALSE(opens({{1, {0, 1}}, {0, {0, 6}}, {rules::kBuiltInKinds + 1, {0, 6}}}));
  EXPECT_FALSE(opens({{UINT32_MAX, {0, 1}}, {0, {0, 6}}, {3, {0, 6}}}));
}

TEST(EntityFinder, SpansAndValuesStayInside) {
  // Characters that the readings look at, in every order that a small generator makes of them.
  constexpr std::string_view kParts[] = {
      "8",    "80", "一", "百", "块", "元", "¥",    "袋",   "号", "点",   ":",  "半",
      "月",   "-",  "减", "满", "xl", "X",  "码",   "的",   "/",  "13",   "00", ".",
      " ",    "个", "天", "后", "周", "下", "+86",  "行吗", "k",  "大年", "初", "腊月",
      "下午", "晚", "带", "到", "~",  "尺", "身高", "tel",  "毛", "单号"};
  Finder finder(shop_words());
  uint32_t state = 12345;
  for (int round = 0; round < 20'000; ++round) {
    std::string message;
    for (int i = 0; i < 10; ++i) {
      state = state * 1664525u + 1013904223u;
      message += kParts[(state >> 16) % std::size(kParts)];
    }
    const Entities& entities = finder.find(message);
    uint32_t last = 0;
    for (const Entity& entity : entities.list) {
      ASSERT_LT(entity.span.begin, entity.span.end) << message;
      ASSERT_LE(entity.span.end, finder.text().size()) << message;
      ASSERT_LE(last, entity.span.begin) << message;
      ASSERT_LE(entity.value_begin + entity.value_size, entities.values.size()) << message;
      ASSERT_GT(entity.value_size, 0u) << message;
      last = entity.span.begin;
    }
  }
}

TEST(EntityFinder, ReusesItsMemory) {
  Finder finder(shop_words());
  constexpr std::string_view kMessage = "黑色38码2双发顺丰到上海,80行吗,满99减10,今晚8点";
  const Entities& entities = finder.find(kMessage);
  const void* list = entities.list.data();
  const void* values = entities.values.data();
  for (int i = 0; i < 10; ++i) finder.find(kMessage);
  EXPECT_EQ(entities.list.data(), list);
  EXPECT_EQ(entities.values.data(), values);
}

// Sixteen times the text may cost sixteen times the work, not 256 times; the bound is generous
// because the machine may be busy.
TEST(EntityFinder, WorkIsLinear) {
  Finder finder;
  const auto cost = [&finder](std::string_view part, size_t size) {
    std::string message;
    while (message.size() + part.size() < size) message += part;
    auto best = std::chrono::steady_clock::duration::max();
    for (int round = 0; round < 3; ++round) {
      const auto start = std::chrono::steady_clock::now();
      finder.find(message);
      best = std::min(best, std::chrono::steady_clock::now() - start);
    }
    return best;
  };
  for (const std::string_view part : {"一二", "八百", "8.", "1-", "满8", "+86", "1,", "零一",
                                      "身高是", "大年初", "3到5", "今天8点", "单号8"}) {
    const auto small = std::max<std::chrono::steady_clock::duration>(
        cost(part, 3'750), std::chrono::microseconds(100));
    EXPECT_LT(cost(part, 60'000), 80 * small) << part;
  }
}

TEST(EntityFinder, TakesLongMessages) {
  Finder finder;
  for (const std::string_view part :
       {"8", "一二", "八百", "下", "a1", "x", "¥", "+86", "8.", "1-", "满8", "1:", "订单8 "}) {
    std::string message;
    while (message.size() + part.size() < 60'000) message += part;
    EXPECT_LE(finder.find(message).list.size(), EntityFinder::kMaxEntities) << part;
  }
}

}  // namespace
}  // namespace xiaoer::entities::testing
