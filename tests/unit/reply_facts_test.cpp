#include <gtest/gtest.h>

#include <string>

#include "reply_fixture.hpp"

namespace xiaoer::reply {
namespace {

using test::Desk;
using test::facts_of;
using test::PackBuilder;

const FactValue& value(const Facts& facts, std::string_view path) {
  return facts.get(rules::find_fact(path));
}

// The diagnostics of a facts object, "code pointer line:column" each.
std::vector<std::string> problems(std::string_view json) {
  json::Value document;
  Diagnostics diagnostics;
  EXPECT_TRUE(json::read(json, "shop.json", {}, &document, &diagnostics));
  Facts facts;
  const bool ok = facts.read(document, "shop.json", &diagnostics);
  EXPECT_EQ(ok, !diagnostics.has_errors());
  std::vector<std::string> result;
  for (const Diagnostic& problem : diagnostics.list()) {
    EXPECT_EQ(problem.place.file, "shop.json");
    EXPECT_NE(find_catalogue_entry(problem.code), nullptr) << problem.code;
    result.push_back(problem.code + " " + problem.place.pointer + " " +
                     std::to_string(problem.place.line) + ":" +
                     std::to_string(problem.place.column));
  }
  return result;
}

TEST(Facts, ReadsEveryType) {
  const Facts facts = facts_of(R"({
    "shop": {"hours": "09:00-23:00", "cutoff": "16:00", "carriers": ["甲快递", "乙快递"]},
    "product": {"price": 39.9, "stock": 320, "no_reason_return": true},
    "order": {"state": "paid", "promised_ship_at": "2026-11-21T18:00:00+08:00"},
    "buyer": {"verified": true}})");
  EXPECT_EQ(value(facts, "product.price").number, Decimal{39900});
  EXPECT_EQ(value(facts, "product.stock").number, Decimal::of(320));
  EXPECT_TRUE(value(facts, "product.no_reason_return").flag);
  EXPECT_EQ(value(facts, "shop.carriers").text, "甲快递、乙快递");
  EXPECT_EQ(value(facts, "shop.cutoff").number, Decimal::of(16 * 60));
  EXPECT_EQ(value(facts, "shop.hours").number, Decimal::of(9 * 60));
  EXPECT_EQ(value(facts, "shop.hours").minutes_to, 23 * 60);
  EXPECT_EQ(value(facts, "order.promised_ship_at").offset_minutes, 480);
  EXPECT_EQ(value(facts, "order.promised_ship_at").time, 1795255200);
  EXPECT_EQ(facts.order_state(), rules::OrderState::kPaid);
  EXPECT_TRUE(facts.verified_buyer());
  EXPECT_TRUE(facts.has_order());
}

TEST(Facts, OrderMissingIsWhatWasLeftEmptyAndTheRestOfTheReceiver) {
  const auto missing = [](const char* order) {
    return value(facts_of(R"({"order": )" + std::string(order) + "}"), "derived.order_missing");
  };
  EXPECT_FALSE(missing(R"({"id": "1"})").present);  // not named: the shop may know it
  EXPECT_EQ(missing(R"({"spec": null, "quantity": null})").text, "规格、数量");
  EXPECT_EQ(missing(R"({"receiver": "张三"})").text, "联系电话、收货地址");
  EXPECT_EQ(missing(R"({"receiver": "张三", "phone": "", "address": "西湖区"})").text, "联系电话");
  EXPECT_FALSE(
      missing(R"({"receiver": "张三", "phone": "13800000000", "address": "西湖区"})").present);
  EXPECT_EQ(missing(R"({"address": ""})").text, "收货地址");
}

TEST(Facts, PresenceIsOneOfThree) {
  EXPECT_EQ(value(facts_of(R"({"shop": {"presence": "busy"}})"), "shop.presence").text, "busy");
  EXPECT_EQ(problems(R"({"shop": {"presence": "asleep"}})").size(), 1u);
}

TEST(Facts, NullEmptyTextAndEmptyListAreAbsent) {
  const Facts facts = facts_of(
      R"({"shop": {"name": "  ", "carriers": []}, "product": {"price": null}, "order": null})");
  EXPECT_FALSE(value(facts, "shop.name").present);
  EXPECT_FALSE(value(facts, "shop.carriers").present);
  EXPECT_FALSE(value(facts, "product.price").present);
  EXPECT_FALSE(facts.has_order());
  EXPECT_EQ(facts.order_state(), rules::OrderState::kNone);
}

TEST(Facts, ReportsAllProblemsWithTheirPlaces) {
  const auto found = problems(
      "{\"shop\": {\"name\": 3,\n \"hours\": \"9-23\", \"cutoff\": \"24:00\"},\n"
      " \"product\": {\"price\": -1, \"stock\": 1.5, \"variants\": [{\"stock\": \"x\"}]},\n"
      " \"promotion\": {\"ends\": \"2026-11-25T23:59:59\"}, \"order\": {\"state\": \"lost\"},\n"
      " \"buyer\": []}");
  const std::vector<std::string> expected = {
      "fact-wrong-type /shop/name 1:19",    "fact-bad-hours /shop/hours 2:11",
      "fact-bad-clock /shop/cutoff 2:29",   "fact-out-of-range /product/price 3:23",
      "fact-not-whole /product/stock 3:36", "fact-wrong-type /product/variants/0/stock 3:64",
      "fact-bad-time /promotion/ends 4:24", "fact-unknown-state /order/state 4:67",
      "fact-wrong-type /buyer 5:11",
  };
  EXPECT_EQ(found, expected);
}

TEST(Facts, RefusesWhatIsNoObject) {
  EXPECT_EQ(problems("[1]"), std::vector<std::string>{"fact-wrong-type  1:1"});
}

TEST(Facts, IsEmptyAfterAnError) {
  json::Value document;
  Diagnostics diagnostics;
  ASSERT_TRUE(json::read(R"({"product": {"price": 5, "stock": "many"}})", "f", {}, &document,
                         &diagnostics));
  Facts facts = facts_of(R"({"product": {"price": 9}, "x": {"y": 1}})");
  EXPECT_FALSE(facts.read(document, "f", &diagnostics));
  EXPECT_FALSE(value(facts, "product.price").present);
  EXPECT_FALSE(facts.find("x.y").present);
}

TEST(Facts, KeepsUnknownKeysForPacksThatNameThem) {
  const Facts facts =
      facts_of(R"({"product": {"size_chart": "M 1 L 2"}, "deep": {"er": {"n": 3, "t": "10:30"}}})");
  EXPECT_EQ(facts.find("product.size_chart").text, "M 1 L 2");
  EXPECT_TRUE(facts.find("deep.er.n").fits(rules::FactType::kInteger));
  EXPECT_TRUE(facts.find("deep.er.t").fits(rules::FactType::kClock));
  EXPECT_FALSE(facts.find("deep.er.t").fits(rules::FactType::kTime));
  EXPECT_FALSE(facts.find("deep").present);
  EXPECT_FALSE(facts.find("product.price").present);
}

TEST(Facts, DerivesVariantsSizesAndCoupons) {
  const Facts facts = facts_of(R"({
    "product": {"variants": [{"name": "红", "stock": 0}, {"name": "蓝", "stock": 2},
                             {"name": "绿"}, {"name": "白", "stock": 1}],
                "sizes": [{"name": "M"}, {"name": "L"}]},
    "promotion": {"coupons": [{"name": "甲券", "threshold": 50, "value": 5, "where": "首页"}]}})");
  EXPECT_EQ(value(facts, "derived.in_stock_variants").text, "蓝、白");
  EXPECT_EQ(value(facts, "derived.sold_out_variants").text, "红");
  EXPECT_EQ(value(facts, "derived.option_one").text, "蓝");
  EXPECT_EQ(value(facts, "derived.option_two").text, "白");
  EXPECT_EQ(value(facts, "derived.sizes").text, "M、L");
  EXPECT_EQ(value(facts, "derived.coupon_value").number, Decimal::of(5));
  EXPECT_EQ(value(facts, "derived.coupon_where").text, "首页");
  EXPECT_EQ(value(facts, "derived.option_one").derived_from, "product.variants");
}

TEST(Facts, RefusesRangesThatAreNone) {
  const auto sizes = [](const char* range) {
    return problems(R"({"product": {"sizes": [{"name": "M", "height": )" + std::string(range) +
                    "}]}}");
  };
  const std::string place = " /product/sizes/0/height 1:48";
  for (const char* const range : {"[165, 160]", "[160]", "[160, 165, 170]", "[null, null]", "[]"}) {
    EXPECT_EQ(sizes(range), std::vector{"fact-bad-range" + place}) << range;
  }
  EXPECT_EQ(sizes("165"), std::vector{"fact-wrong-type" + place});
  EXPECT_EQ(sizes("[-1, 5]"),
            std::vector<std::string>{"fact-out-of-range /product/sizes/0/height/0 1:49"});
  EXPECT_TRUE(sizes("[160, 165]").empty());
  EXPECT_TRUE(sizes("[null, 165]").empty());
}

TEST(Facts, OneVariantInStockIsNoChoice) {
  const Facts facts = facts_of(R"({"product": {"variants": [{"name": "红", "stock": 4}]}})");
  EXPECT_FALSE(value(facts, "derived.option_one").present);
  EXPECT_TRUE(value(facts, "derived.in_stock_variants").present);
}

TEST(Facts, DerivesRelatedItemsThatMayBeSold) {
  const Facts facts = facts_of(R"({"product": {"related": [
    {"name": "甲", "stock": 0}, {"name": "乙", "price": 9.5, "reason": "配着用"},
    {"name": "丙", "stock": 3}]}})");
  EXPECT_EQ(value(facts, "derived.related_one").text, "乙");
  EXPECT_EQ(value(facts, "derived.related_one_price").number, Decimal{9500});
  EXPECT_EQ(value(facts, "derived.related_two").text, "丙");
  EXPECT_FALSE(value(facts, "derived.related_two_reason").present);
}

TEST(Facts, DerivesTheGapFromTheOrderElseFromThePrice) {
  const std::string promotion = R"("promotion": {"threshold": 99, "reduction": 10})";
  const Facts by_price = facts_of("{\"product\": {\"price\": 39.9}, " + promotion + "}");
  EXPECT_EQ(value(by_price, "derived.gap_to_reduction").number, Decimal{59100});
  const Facts by_order =
      facts_of("{\"product\": {\"price\": 39.9}, \"order\": {\"amount\": 90}, " + promotion + "}");
  EXPECT_EQ(value(by_order, "derived.gap_to_reduction").number, Decimal::of(9));
  EXPECT_EQ(value(by_order, "derived.gap_to_reduction").derived_from,
            "promotion.threshold, order.amount");
  const Facts over = facts_of("{\"order\": {\"amount\": 99}, " + promotion + "}");
  EXPECT_FALSE(value(over, "derived.gap_to_reduction").present);
}

TEST(Facts, DerivesTheBulkTierAndTheNextStepOfTheLadder) {
  const Facts facts = facts_of(R"({"product": {"price": 40, "ladder": [36, 38, 40],
    "quantity_prices": [{"min": 10, "price": 35}, {"min": 3, "price": 38}, {"min": 2}]}})");
  EXPECT_EQ(value(facts, "derived.bulk_min").number, Decimal::of(3));
  EXPECT_EQ(value(facts, "derived.bulk_price").number, Decimal::of(38));
  EXPECT_EQ(value(facts, "derived.next_ladder_price").number, Decimal::of(38));
  EXPECT_EQ(facts.ladder().front(), Decimal::of(40));
}

TEST(Facts, TheFloorIsThePriceWhereNoneIsGiven) {
  EXPECT_EQ(facts_of(R"({"product": {"price": 40, "floor_price": 36}})").floor_price(),
            Decimal::of(36));
  EXPECT_EQ(facts_of(R"({"product": {"price": 40}})").floor_price(), Decimal::of(40));
  EXPECT_EQ(facts_of("{}").floor_price(), std::nullopt);
}

TEST(Instant, ReadsIsoTimesWithOffset) {
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00Z")->seconds, 0);
  EXPECT_EQ(parse_instant("2026-11-21T10:00:00+08:00")->seconds, 1795226400);
  EXPECT_EQ(parse_instant("2026-11-21T10:00+08:00")->seconds, 1795226400);
  EXPECT_EQ(parse_instant("2026-11-21T02:00:00.25Z")->seconds, 1795226400);
  EXPECT_EQ(parse_instant("2024-02-29T12:00:00-05:30")->offset_minutes, -330);
}

TEST(Instant, RefusesOtherTexts) {
  for (const char* text :
       {"", "2026-11-21", "2026-11-21T10:00:00", "2026-02-29T10:00:00Z", "2026-13-01T10:00:00Z",
        "2026-11-21T24:00:00Z", "2026-11-21T10:00:00+8:00", "2026-11-21T10:00:00Zx",
        "2026-11-21T10:00:00.Z", "2026-1-21T10:00:00Z", "2026-11-21T10:60:00Z"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

// "path > what may be meant" of each note.
std::string notes_of(std::string_view facts) {
  PackBuilder builder;
  builder.pack.facts.push_back({"尺码表", "product.size_chart", rules::FactType::kText, {}});
  const Desk desk(builder.pack);
  Diagnostics diagnostics;
  desk.replier.note_facts(facts_of(facts), &diagnostics);
  std::string out;
  for (const Diagnostic& note : diagnostics.list()) {
    EXPECT_EQ(note.severity, Severity::kWarning);
    EXPECT_EQ(note.code, "fact-unknown");
    out += note.args[0] + " > " + note.args[1] + "\n";
  }
  return out;
}

TEST(FactNotes, TellPathsThatStandFlat) {
  EXPECT_EQ(notes_of(R"({"product.price": 39.9})"),
            "product.price > {\"product\": {\"price\": …}}\n");
}

TEST(FactNotes, TellKeysThatLookMisspelt) {
  EXPECT_EQ(
      notes_of(R"({"product": {"prise": 299, "size_chrat": "…", "价格": 3, "varients": []}})"),
      "product.prise > product.price\nproduct.size_chrat > product.size_chart\n"
      "product.价格 > product.price\nproduct.varients > product.variants\n");
  EXPECT_EQ(notes_of(R"({"prodcut": {"stock": 3}, "price": 3, "order": {"status": null}})"),
            "prodcut.stock > product.stock\nprice > product.price\norder.status > order.state\n");
  EXPECT_EQ(notes_of(R"({"product": {"variants": [{"name": "大", "prcie": 3}]}})"),
            "product.variants[0].prcie > product.variants[0].price\n");
}

TEST(FactNotes, LeaveKeysOfTheCallersOwnAlone) {
  EXPECT_EQ(
      notes_of(R"({"product": {"price": 299, "size_chart": "…", "weight": 3, "thickness": "薄",
                                     "variants": [{"name": "大", "sku": "x"}]},
                         "order": {"remark": "x", "refund": 3}, "name": "x", "own": {"thing": 1}})"),
      "");
}

TEST(Instant, SaysTimesAsBuyersReadThem) {
  const auto say = [](std::string_view time, const char* now) {
    const Instant instant = *parse_instant(time);
    std::string out;
    append_time(instant.seconds, instant.offset_minutes,
                now == nullptr ? std::nullopt : parse_instant(now), &out);
    return out;
  };
  constexpr const char* kNow = "2026-11-21T10:00:00+08:00";
  EXPECT_EQ(say("2026-11-25T23:59:59+08:00", kNow), "11月25日 23:59");
  EXPECT_EQ(say("2026-11-21T16:00:00+08:00", kNow), "今天16:00");
  EXPECT_EQ(say("2026-11-21T16:30:00Z", kNow), "明天00:30");
  EXPECT_EQ(say("2026-11-20T08:05:00+08:00", kNow), "昨天08:05");
  EXPECT_EQ(say("2027-01-03T08:00:00+08:00", kNow), "2027年1月3日 08:00");
  EXPECT_EQ(say("2026-11-21T16:00:00+08:00", nullptr), "11月21日 16:00");
}

TEST(Instant, HoursMaySpanMidnight) {
  EXPECT_TRUE(within(*parse_hours("18:00-02:00"), 60));
  EXPECT_FALSE(within(*parse_hours("18:00-02:00"), 180));
  EXPECT_TRUE(within(*parse_hours("9:00-24:00"), 1439));
  EXPECT_FALSE(parse_hours("24:00-9:00"));
  EXPECT_FALSE(parse_hours("09:00"));
}

}  // namespace
}  // namespace xiaoer::reply
