// xiaoer_guard: verdicts, their parts, misuse.

#include <cstddef>

#include "support.hpp"

namespace {

using capi_test::demo;
using capi_test::ErrorSlot;

struct Desk {
  xr::Ruleset rules = demo();
  xr::Context context;
  xr::Facts facts{R"({"product": {"price": 129, "floor_price": 109}, "shop": {"ship_fee": 6}})"};
  xr::Verdict verdict;

  xiaoer_outcome judge(std::string_view text) {
    xr::guard(rules, context, nullptr, text, &facts, std::nullopt, verdict);
    return verdict.outcome();
  }
};

TEST(Guard, WhatWasNotFilledIsRefused) {
  Desk desk;
  EXPECT_EQ(desk.verdict.outcome(), XIAOER_REFUSED);
  xiaoer_text json;
  ASSERT_EQ(xiaoer_verdict_json(desk.verdict.get(), &json, nullptr), XIAOER_OK);
  EXPECT_NE(std::string_view(json.data, json.size).find(R"("verdict":"refused")"),
            std::string_view::npos);
}

TEST(Guard, TellsOutcomeFindingsAndGrounds) {
  Desk desk;
  EXPECT_EQ(desk.judge("129元哦"), XIAOER_PASS);
  EXPECT_EQ(desk.verdict.text(), "129元哦");
  ASSERT_EQ(desk.verdict.ground_count(), 1u);
  EXPECT_EQ(desk.verdict.ground(0).role, "item-price");
  EXPECT_EQ(desk.verdict.ground(0).source, "product.price=129");
  EXPECT_EQ(desk.judge("给您100元"), XIAOER_REFUSED);
  EXPECT_EQ(desk.verdict.text(), "");
  EXPECT_EQ(desk.verdict.original(), "给您100元");
  ASSERT_EQ(desk.verdict.finding_count(), 1u);
  const xr::Finding finding = desk.verdict.finding(0);
  EXPECT_EQ(finding.rule, "price-below-floor");
  EXPECT_EQ(finding.words, "100元");
  EXPECT_EQ(finding.level, XIAOER_REFUSE);
  EXPECT_EQ(finding.span.begin, 6u);
  EXPECT_EQ(finding.span.end, 12u);
  EXPECT_EQ(desk.judge("好的！"), XIAOER_REWRITTEN);
  EXPECT_EQ(desk.verdict.text(), "好的");
  EXPECT_EQ(desk.verdict.finding(0).replacement, "");
  EXPECT_EQ(
      desk.verdict.json(),
      R"({"id":null,"verdict":"rewritten","original":"好的！","text":"好的","findings":[{"rule":"exclamation",)"
      R"("level":"rewrite","span":[2,3],"words":"！","detail":"","advice":"","replacement":""}],"grounds":[]})");
}

TEST(Guard, TheTextMayBeTheVerdictsOwn) {
  Desk desk;
  desk.judge("好的！我看一下");
  desk.judge(desk.verdict.text());
  EXPECT_EQ(desk.verdict.outcome(), XIAOER_PASS);
  EXPECT_EQ(desk.verdict.original(), "好的，我看一下");
}

TEST(Guard, JsonRequest) {
  const std::string answer = capi_test::ask_json(
      demo(), R"({"id": 7, "guard": "运费8元", "facts": {"shop": {"ship_fee": 8}}})");
  EXPECT_EQ(answer.find(R"({"id":7,"verdict":"pass")"), 0u) << answer;
}

TEST(Guard, Misuse) {
  Desk desk;
  ErrorSlot error;
  xiaoer_guard_request request = {};
  request.struct_size = sizeof(request);
  request.text = xr::text("好的");
  const auto call = [&](const xiaoer_ruleset* rules, xiaoer_context* context,
                        const xiaoer_guard_request* given, xiaoer_verdict* verdict) {
    return xiaoer_guard(rules, context, nullptr, given, verdict, error.out());
  };
  const auto* const rules = desk.rules.get();
  EXPECT_EQ(call(nullptr, desk.context.get(), &request, desk.verdict.get()),
            XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(call(rules, nullptr, &request, desk.verdict.get()), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(call(rules, desk.context.get(), nullptr, desk.verdict.get()), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(call(rules, desk.context.get(), &request, nullptr), XIAOER_INVALID_ARGUMENT);
  request.struct_size = 8;
  EXPECT_EQ(call(rules, desk.context.get(), &request, desk.verdict.get()), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(error.code(), "argument-bad-struct");
  request.struct_size = offsetof(xiaoer_guard_request, facts);
  EXPECT_EQ(call(rules, desk.context.get(), &request, desk.verdict.get()), XIAOER_OK);
  const std::string longest(16u << 10, 'a');
  request.text = xr::text(longest);
  EXPECT_EQ(call(rules, desk.context.get(), &request, desk.verdict.get()), XIAOER_OK);
  const std::string longer = longest + "a";
  request.text = xr::text(longer);
  EXPECT_EQ(call(rules, desk.context.get(), &request, desk.verdict.get()), XIAOER_LIMIT);
  EXPECT_EQ(desk.verdict.outcome(), XIAOER_REFUSED);
  EXPECT_EQ(xiaoer_verdict_outcome(nullptr), XIAOER_REFUSED);
  xiaoer_finding finding;
  EXPECT_EQ(xiaoer_verdict_finding(desk.verdict.get(), 0, &finding), XIAOER_INVALID_ARGUMENT);
  xiaoer_ground ground;
  EXPECT_EQ(xiaoer_verdict_ground(desk.verdict.get(), 9, &ground), XIAOER_INVALID_ARGUMENT);
  xiaoer_verdict_free(nullptr);
}

}  // namespace
