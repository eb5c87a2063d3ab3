// Plots and pages: what comes from outside stays text.

#include <gtest/gtest.h>

#include "report/html.hpp"
#include "report/page.hpp"
#include "report/page_parts.hpp"
#include "report/plot.hpp"

namespace xiaoer::report {
namespace {

TEST(Html, EscapesMarkupControlsAndBadBytes) {
  EXPECT_EQ(escaped("<script>alert('x')&\"</script>"),
            "&lt;script&gt;alert(&#39;x&#39;)&amp;&quot;&lt;/script&gt;");
  EXPECT_EQ(escaped("a\x01\x1b[31m\x7f\n\tb"), "a\\x01\\x1b[31m\\x7f\n\tb");
  EXPECT_EQ(escaped("在\xff\xc3<"), "在\xEF\xBF\xBD\xEF\xBF\xBD&lt;");
  EXPECT_EQ(escaped("\xEF\xBF\xBE"), "\xEF\xBF\xBD");  // U+FFFE is not allowed in XML
  EXPECT_EQ(escaped("\xC2\x9B"), "\\x9b");
}

TEST(Html, WholePageEscapesItsTitle) {
  const std::string page = whole_page("<b>", "zh-CN", "<p>x</p>");
  EXPECT_NE(page.find("<title>&lt;b&gt;</title>"), std::string::npos);
  EXPECT_NE(page.find("<p>x</p>"), std::string::npos);
  EXPECT_EQ(page.find("://"), std::string::npos);
}

TEST(Html, WritesFiguresFixed) {
  EXPECT_EQ(fixed(0.87654, 2), "0.88");
  EXPECT_EQ(fixed(3, 0), "3");
}

Plot sample() {
  Plot plot;
  plot.title = "it's `date` \"$x\" \\\nset output 'gone'";
  plot.x = {"x'\x01", true, 0, 1, false};
  plot.y = {"y", false, 0, 0, true};
  plot.series = {{"one", LineStyle::kLine, {{0, 1}, {0.5, 1e-3}, {1, 1.0 / 0.0}}},
                 {"", LineStyle::kDashed, {{0, 1}, {1, 1}}}};
  return plot;
}

TEST(Plot, QuotesItsTitles) {
  const std::string script = plot_script(sample());
  EXPECT_NE(script.find("set title 'it''s `date` \"$x\" \\ set output ''gone'''\n"),
            std::string::npos)
      << script;
  EXPECT_NE(script.find("set xlabel 'x'' '\n"), std::string::npos);
  EXPECT_NE(script.find("set xrange [0:1]\n"), std::string::npos);
  EXPECT_NE(script.find("set logscale y\n"), std::string::npos);
  EXPECT_NE(script.find("$data0 << END\n0 1\n0.5 0.001\nEND\n"), std::string::npos) << script;
}

// gnuplot is one of the packages that the tests need (tools/test).
TEST(Plot, DrawsAnElementWithIdsOfItsOwn) {
  std::string svg;
  Diagnostics diagnostics;
  ASSERT_TRUE(draw(sample(), "curve", &svg, &diagnostics));
  EXPECT_TRUE(svg.starts_with("<svg"));
  EXPECT_TRUE(svg.ends_with("</svg>"));
  EXPECT_NE(svg.find("id='curve-gpDot'"), std::string::npos);
  EXPECT_NE(svg.find("<title>it&#39;s `date`"), std::string::npos);
  EXPECT_EQ(svg.find("id='gp"), std::string::npos);
  EXPECT_EQ(svg.find("href='#gp"), std::string::npos);
  EXPECT_NE(svg.find("it's `date`"), std::string::npos);
  std::string again;
  ASSERT_TRUE(draw(sample(), "curve", &again, &diagnostics));
  EXPECT_EQ(svg, again);
}

TEST(Plot, SaysWhatIsMissingOrFailed) {
  std::string svg;
  Diagnostics missing, failed;
  EXPECT_FALSE(draw(sample(), "a", &svg, &missing, "no-such-gnuplot"));
  ASSERT_EQ(missing.list().size(), 1u);
  EXPECT_EQ(missing.list()[0].code, "program-missing");
  EXPECT_NE(remedy_of(missing.list()[0], Language::kEnglish).find("gnuplot-nox"),
            std::string::npos);
  EXPECT_FALSE(draw(sample(), "a", &svg, &failed, "false"));
  ASSERT_EQ(failed.list().size(), 1u);
  EXPECT_EQ(failed.list()[0].code, "program-failed");
}

// A wrong answer whose every text is hostile.
TEST(Page, ShowsHostileTextsAsText) {
  const std::string evil = "\"><script>x</script>\xff";
  Evaluation evaluation;
  Gold gold;
  gold.file = evil;
  gold.classes.add(evil);
  gold.classes.add("b");
  GoldMessage message;
  message.id = message.message = evil;
  message.labels = {0};
  gold.messages.push_back(message);
  evaluation.gold = &gold;
  evaluation.pack = evaluation.how = evil;
  Answered answer;
  answer.classes[0] = 1;
  answer.class_count = 1;
  evaluation.answers.push_back(answer);
  evaluation.figures = figures_of(gold, evaluation.answers);
  evaluation.variants = {{evil, evaluation.figures}};
  TracedIntent intent{evil, evil, 0.5, {{evil, evil, evil, 0.5}}};
  evaluation.wrong = {{&gold.messages[0], 1, {intent}, {intent}}};
  for (const Language language : {Language::kChinese, Language::kEnglish}) {
    std::string html;
    Diagnostics diagnostics;
    ASSERT_TRUE(write_page(evaluation, language, &html, &diagnostics));
    EXPECT_EQ(html.find("<script>x"), std::string::npos);
    EXPECT_EQ(html.find('\xff'), std::string::npos);
    EXPECT_NE(html.find("&quot;&gt;&lt;script&gt;x&lt;/script&gt;\xEF\xBF\xBD"), std::string::npos);
    EXPECT_NE(html.find("data-labels=\"0\" data-got=\"1\""), std::string::npos);
  }
}

}  // namespace
}  // namespace xiaoer::report
