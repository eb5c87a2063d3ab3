// Limits are kept while a text grows, whatever an image holds: a forged one may name the same long
// text again and again.

#include "reply/render.hpp"
#include "reply/work.hpp"
#include "reply_fixture.hpp"

namespace xiaoer::reply {
namespace {

using test::Desk;
using test::PackBuilder;

TEST(Limits, ADraftIsRefusedBeforeItGrowsTooLong) {
  const std::string words(3000, 'a');
  for (const std::string& text : {std::string(20'000, 'a'), words + "{{材质|" + words + "}}",
                                  "好{{材质|" + words + words + "}}"}) {
    const auto desk = test::desk_saying(text);
    desk->answer({{0, 1}});
    EXPECT_EQ(desk->refused(), "text-too-long");
    EXPECT_LE(desk->scratch.impl->draft.text.size(), kMaxTextBytes);
    EXPECT_LE(desk->scratch.impl->draft.text.capacity(), 2 * kMaxTextBytes);
  }
}

TEST(Limits, TheSummaryOfACaseEndsBeforeTheClauseThatIsTooMuch) {
  PackBuilder builder;
  builder.intent("complaint", {}).policy = rules::Policy::kHandoff;
  builder.pack.case_record.summary = {{"买家来投诉", {}}, {std::string(20'000, 'a'), {}}};
  Desk desk(builder.pack);
  desk.answer({{0, 1}});
  ASSERT_TRUE(desk.result.handoff.present);
  EXPECT_TRUE(desk.result.text(desk.result.handoff.record.summary) == "买家来投诉");
}

}  // namespace
}  // namespace xiaoer::reply
