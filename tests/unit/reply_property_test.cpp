// Whatever the templates and the facts: no number without a source, no raw template, no secret.

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reply_fixture.hpp"

namespace xiaoer::reply {
namespace {

using test::Desk;
using test::facts_of;
using test::PackBuilder;

constexpr const char* kNow = "2026-11-21T10:00:00+08:00";
constexpr int64_t kOffer = 123;

// Members of a facts object, any subset of which is a valid one. Every number occurs once. The
// secrets are 77771 to 77774.
struct Member {
  const char* section;
  const char* json;
};
constexpr Member kMembers[] = {
    {"shop", R"("name": "山{{底价}}铺")"},
    {"shop", R"("hours": "08:10-21:50")"},
    {"shop", R"("cutoff": "15:40")"},
    {"shop", R"("ship_within_hours": 46)"},
    {"shop", R"("free_ship_floor": 61)"},
    {"shop", R"("ship_fee": 8.5)"},
    {"shop", R"("return_days": 9)"},
    {"product", R"("price": 77781)"},
    {"product", R"("list_price": 77791)"},
    {"product", R"("floor_price": 77771)"},
    {"product", R"("ladder": [77773, 77774])"},
    {"product", R"("stock": 4)"},
    {"product", R"("scarcity_at": 77772)"},
    {"product", R"("spec": "520克")"},
    {"product", R"("unit": "袋")"},
    {"product", R"("variants": [{"name": "红17", "stock": 3}, {"name": "蓝", "stock": 1}])"},
    {"product", R"("quantity_prices": [{"min": 12, "price": 77776}])"},
    {"product", R"("sold_month": 870)"},
    {"promotion", R"("ends": "2026-11-25T23:54:59+08:00")"},
    {"promotion", R"("rule": "满98减13")"},
    {"promotion", R"("threshold": 77800, "reduction": 14)"},
    {"order", R"("id": "8800990011")"},
    {"order",
     R"("receiver": "王甲乙", "phone": "13900001111", "address": "某省某市某区某路 31 号")"},
    {"buyer", R"("nickname": "鱼\n{{价格}}%d")"},
    {"buyer", R"("verified": true)"},
};

constexpr const char* kFragments[] = {
    "您好,",    "这款", "元", "小时内发", "件",     "天",     "三天",   "两百块", "58",
    "16",       "万",   "折", "{",        "可以的", "吗",     "不行呢", "包邮",   "今天发货",
    "库存不多", "¥",    ".",  "最好",     "\\{\\{", "\\}\\}", "半价",   "、",     "七天无理由"};
// Fragments of which no output may hold any.
constexpr const char* kForbidden[] = {"三天", "两百块", "半价",  "最好",  "{{",
                                      "}}",   "77771",  "77772", "77773", "77774"};

using Random = std::mt19937;

size_t pick(Random& random, size_t count) { return random() % count; }

std::string random_template(Random& random) {
  std::string text;
  const size_t pieces = 1 + pick(random, 5);
  const auto facts = rules::facts();
  for (size_t i = 0; i < pieces; ++i) {
    const size_t kind = pick(random, 10);
    if (kind < 5) {
      text += kFragments[pick(random, std::size(kFragments))];
      if (text.back() == '{') text.insert(text.size() - 1, "\\");
    } else if (kind < 9) {
      text += "{{" + std::string(facts[pick(random, facts.size())].name);
      if (pick(random, 3) == 0) {
        std::string fallback = kFragments[pick(random, 8)];
        text += "|" + fallback;
      }
      text += "}}";
    } else {
      text += "{{金额}}";
    }
  }
  return text;
}

std::string random_facts(Random& random) {
  std::string json = "{";
  for (const char* section : {"shop", "product", "promotion", "order", "buyer"}) {
    std::string members;
    for (const Member& member : kMembers) {
      if (std::string_view(member.section) != section || pick(random, 3) == 0) continue;
      members += (members.empty() ? "" : ", ") + std::string(member.json);
    }
    json += (json.size() > 1 ? ", \"" : "\"") + std::string(section) + "\": {" + members + "}";
  }
  return json + "}";
}

// Runs of digits with the points, commas and colons inside them.
std::vector<std::string> digit_runs(std::string_view text) {
  const auto digit = [&](size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
  };
  std::vector<std::string> runs;
  for (size_t at = 0; at < text.size(); ++at) {
    if (!digit(at)) continue;
    size_t end = at;
    while (digit(end) || ((text[end] == '.' || text[end] == ':') && digit(end + 1))) ++end;
    runs.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return runs;
}

// Every run of digits that the facts, or the buyer, can account for.
std::set<std::string> allowed_numbers(const Facts& facts) {
  std::set<std::string> allowed = {std::to_string(kOffer)};
  const auto add = [&](std::string_view text) {
    for (std::string& run : digit_runs(text)) allowed.insert(std::move(run));
  };
  for (rules::FactId id = 0; id < rules::facts().size(); ++id) {
    const FactValue& value = facts.get(id);
    if (!value.present || rules::facts()[id].role == rules::FactRole::kSecret) continue;
    if (rules::facts()[id].type == rules::FactType::kTime) {
      std::string out;
      append_time(value.time, value.offset_minutes, parse_instant(kNow), &out);
      add(out);
    } else if (rules::facts()[id].role == rules::FactRole::kPersonal) {
      add("139 1111");  // what masking leaves of the phone
    } else {
      add(value.text);
    }
  }
  allowed.insert("7");  // 七天无理由 may be written with a digit
  return allowed;
}

void check_text(std::string_view text, const std::set<std::string>& allowed,
                const std::string& source) {
  for (const char* words : kForbidden) {
    EXPECT_EQ(text.find(words), std::string_view::npos)
        << words << " in " << text << "\nfrom " << source;
  }
  for (const std::string& run : digit_runs(text)) {
    EXPECT_TRUE(allowed.contains(run)) << run << " in " << text << "\nfrom " << source;
  }
  for (const char c : text) {
    EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20) << text;
  }
}

TEST(Property, NoTextHoldsAnUnsupportedNumberARawTemplateOrASecret) {
  Random random(20261121);
  size_t replies = 0, refusals = 0;
  for (int round = 0; round < 400; ++round) {
    PackBuilder builder;
    std::string source;
    builder.pack.settings.max_replies = 8;
    std::vector<std::string> ids;
    for (int i = 0; i < 8; ++i) {
      ids.push_back("r" + std::to_string(i));
      const std::string text = random_template(random);
      source += text + "\n";
      builder.reply(ids.back(), {text, random_template(random)});
    }
    builder.technique(rules::Technique::kScarcity, "t", random_template(random));
    builder.intent(round % 2 == 0 ? "bargain.offer" : "product.info", ids).techniques = {
        rules::Technique::kScarcity};
    builder.pack.compliance.push_back({"absolute-term", {"最好"}, {}, "", {}, false, {}});
    Desk desk(builder.pack);
    desk.offers(kOffer);
    desk.at(kNow);
    for (int subset = 0; subset < 4; ++subset) {
      desk.facts = facts_of(random_facts(random));
      desk.situation.seed = random();
      const std::set<std::string> allowed = allowed_numbers(desk.facts);
      const Result& result = desk.answer({{0, 0.9f}});
      for (const ReplyItem& item : result.replies) {
        check_text(result.text(item.text), allowed, source);
      }
      for (const TechniqueItem& item : result.techniques) {
        check_text(result.text(item.text), allowed, source);
      }
      // Not even reasons and refusals tell a secret.
      for (const char* secret : {"77771", "77772", "77773", "77774"}) {
        EXPECT_EQ(result.bytes.find(secret), std::string::npos) << source;
      }
      replies += result.replies.size();
      refusals += result.guard.size();
    }
  }
  // The test says nothing unless both happen often.
  EXPECT_GT(replies, 1000u);
  EXPECT_GT(refusals, 1000u);
}

TEST(Property, TheSameInputGivesTheSameBytes) {
  Random random(7);
  PackBuilder builder;
  std::vector<std::string> ids;
  for (int i = 0; i < 6; ++i) {
    ids.push_back("r" + std::to_string(i));
    builder.reply(ids.back(), {random_template(random), random_template(random), "您好"});
  }
  builder.intent("price.ask", ids);
  Desk one(builder.pack), two(builder.pack);
  for (int round = 0; round < 50; ++round) {
    const std::string facts = random_facts(random);
    one.facts = facts_of(facts);
    two.facts = facts_of(facts);
    one.situation.seed = two.situation.seed = random();
    EXPECT_EQ(one.answer({{0, 0.9f}}).bytes, two.answer({{0, 0.9f}}).bytes);
  }
}

}  // namespace
}  // namespace xiaoer::reply
