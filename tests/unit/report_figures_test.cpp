// The figures of labelled messages, on cases small enough to work out by hand.

#include <gtest/gtest.h>

#include <sstream>

#include "report/curves.hpp"
#include "report/figures.hpp"

namespace xiaoer::report {
namespace {

Gold gold_of(const std::vector<std::vector<std::string>>& labels) {
  Gold gold;
  for (const auto& list : labels) {
    GoldMessage message;
    for (const std::string& label : list) message.labels.push_back(gold.classes.add(label));
    gold.messages.push_back(message);
  }
  return gold;
}

Answered answered(const Gold& gold, const std::vector<std::string>& classes, double score,
                  bool automatic = false) {
  Answered answer;
  for (const std::string& name : classes) {
    answer.classes[answer.class_count++] = gold.classes.find(name);
  }
  answer.score = score;
  answer.automatic = automatic;
  return answer;
}

TEST(Figures, OfFiveMessages) {
  const Gold gold = gold_of({{"a"}, {"a", "b"}, {"b"}, {"c"}, {}});
  const std::vector<Answered> answers = {
      answered(gold, {"a", "b"}, 0.95, true),       // right
      answered(gold, {"b", "a"}, 0.85),             // right, for b; both labels found
      answered(gold, {"a", "c", "b"}, 0.55, true),  // wrong, b comes third
      answered(gold, {}, 0),                        // nothing
      answered(gold, {"a"}, 0.35, true),            // unclear: never right
  };
  const Figures figures = figures_of(gold, answers);
  EXPECT_EQ(figures.clear, 4u);
  EXPECT_EQ(figures.unclear, 1u);
  EXPECT_DOUBLE_EQ(figures.top1, 2.0 / 4);
  EXPECT_DOUBLE_EQ(figures.top3, 3.0 / 4);
  EXPECT_DOUBLE_EQ(figures.label_recall3, 4.0 / 5);
  // a: 1 of 1, predicted twice: F1 2/3. b: 1 of 2, predicted once: 2/3. c: 0.
  EXPECT_DOUBLE_EQ(figures.macro_f1, (2.0 / 3 + 2.0 / 3) / 3);
  for (const double coverage : figures.coverage) EXPECT_DOUBLE_EQ(coverage, 2.0 / 5);
  EXPECT_NEAR(figures.calibration_error, (0.05 + 0.15 + 0.55 + 0 + 0.35) / 5, 1e-12);
  EXPECT_DOUBLE_EQ(figures.auto_coverage, 2.0 / 4);
  EXPECT_DOUBLE_EQ(figures.auto_precision, 1.0 / 2);
  EXPECT_EQ(figures.auto_on_unclear, 1u);
}

TEST(Figures, CountAMissForItsFirstLabel) {
  const Gold gold = gold_of({{"a", "b"}, {"b"}, {"b"}});
  const Figures figures =
      figures_of(gold, {answered(gold, {"b"}, 1), answered(gold, {"a"}, 1), answered(gold, {}, 0)});
  ASSERT_EQ(figures.by_class.size(), 1u);  // no message counts for a
  EXPECT_EQ(figures.by_class[0].messages, 3u);
  EXPECT_EQ(figures.by_class[0].predicted, 1u);
  EXPECT_EQ(figures.by_class[0].right, 1u);
  EXPECT_DOUBLE_EQ(figures.by_class[0].recall(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(figures.by_class[0].precision(), 1.0);
  EXPECT_DOUBLE_EQ(figures.macro_f1, 0.5);
}

TEST(Figures, AreZeroWhereNothingWasAnswered) {
  const Gold gold = gold_of({{"a"}, {"b"}});
  const Figures figures = figures_of(gold, {Answered(), Answered()});
  EXPECT_EQ(figures.top1, 0);
  EXPECT_EQ(figures.macro_f1, 0);
  EXPECT_EQ(figures.auto_precision, 0);
  EXPECT_EQ(figures.calibration_error, 0);
  EXPECT_EQ(figures.coverage[0], 0);
}

TEST(Coverage, AnswersEqualScoresTogether) {
  // Nine right and one wrong at one score: 0.9 of all of them or none.
  std::vector<Sure> sure(10, {0.8, true});
  sure[0].hit = false;
  const auto curve = precision_curve(sure);
  ASSERT_EQ(curve.size(), 1u);
  EXPECT_EQ(curve[0].answered, 10u);
  EXPECT_DOUBLE_EQ(coverage_at(0.90, curve, 10), 1.0);
  EXPECT_DOUBLE_EQ(coverage_at(0.95, curve, 10), 0.0);
}

TEST(Coverage, MayRecoverFurtherDown) {
  // Wrong first, then nineteen right: 19/20 at the end only.
  std::vector<Sure> sure = {{0.99, false}};
  for (int i = 0; i < 19; ++i) sure.push_back({0.9 - i * 0.01, true});
  const auto curve = precision_curve(sure);
  EXPECT_EQ(curve.size(), 20u);
  EXPECT_DOUBLE_EQ(coverage_at(0.95, curve, sure.size()), 1.0);
  EXPECT_DOUBLE_EQ(coverage_at(0.97, curve, sure.size()), 0.0);
}

TEST(Calibration, PutsOneIntoTheLastBin) {
  const auto bins = calibration_of({{1.0, true}, {0.95, false}, {0.9, true}, {0.0, false}});
  EXPECT_EQ(bins[9].messages, 3u);
  EXPECT_EQ(bins[9].right, 2u);
  EXPECT_EQ(bins[0].messages, 1u);
  EXPECT_NEAR(calibration_error(bins, 4), (2.85 - 2) / 4, 1e-12);
}

TEST(Confusion, CountsPairs) {
  const Gold gold = gold_of({{"a"}, {"a"}, {"b", "a"}, {"b"}, {}});
  const auto cells = confusion_of(gold, {answered(gold, {"b"}, 1), answered(gold, {"b"}, 1),
                                         answered(gold, {"a"}, 1), Answered(), Answered()});
  ASSERT_EQ(cells.size(), 3u);
  EXPECT_EQ(cells[0].messages, 1u);  // a hit as a, though b is its first label
  EXPECT_EQ(cells[0].predicted, cells[0].actual);
  EXPECT_EQ(cells[1].messages, 2u);
  EXPECT_EQ(cells[2].predicted, Classes::kNone);
}

TEST(Classes, TakeTheLongestPrefix) {
  Classes classes;
  const uint32_t after = classes.add("after");
  const uint32_t refund = classes.add("after.refund");
  EXPECT_EQ(classes.add("after"), after);
  EXPECT_EQ(classes.of_intent("after"), after);
  EXPECT_EQ(classes.of_intent("after.refund_late"), after);
  EXPECT_EQ(classes.of_intent("after.refund"), refund);
  EXPECT_EQ(classes.of_intent("after.refund.late.very"), refund);
  EXPECT_EQ(classes.of_intent("afterwards"), Classes::kNone);
  EXPECT_EQ(classes.of_intent(""), Classes::kNone);
}

// Line and code of every problem.
std::string problems(const std::string& text, const Classes* known, Gold* gold) {
  std::istringstream stream(text);
  Diagnostics diagnostics;
  const bool ok = read_gold(&stream, "gold", known, gold, &diagnostics);
  EXPECT_EQ(ok, !diagnostics.has_errors());
  std::string out;
  for (const Diagnostic& each : diagnostics.list()) {
    out += std::to_string(each.place.line) + ' ' + each.code + '\n';
    EXPECT_NE(find_catalogue_entry(each.code), nullptr) << each.code;
  }
  return out;
}

TEST(Gold, ReadsLines) {
  Gold gold;
  EXPECT_EQ(
      problems("{\"id\": 7, \"message\": \"在吗\", \"labels\": [\"greet\"], \"platform\": 1}\r\n"
               "\n"
               "{\"id\": \"x\", \"message\": \"\", \"labels\": [\"unclear\"], \"previous\": "
               "{\"role\": \"seller\", \"text\": \"好的\"}}",
               nullptr, &gold),
      "");
  ASSERT_EQ(gold.messages.size(), 2u);
  EXPECT_EQ(gold.messages[0].id, "7");
  EXPECT_EQ(gold.messages[0].labels, std::vector<uint32_t>{0});
  EXPECT_EQ(gold.messages[1].line, 3u);
  EXPECT_TRUE(gold.messages[1].labels.empty());
  EXPECT_EQ(gold.messages[1].previous_text, "好的");
  EXPECT_EQ(gold.classes.size(), 1u);
}

TEST(Gold, NamesEveryBadLine) {
  Gold gold;
  Classes known;
  known.add("greet");
  EXPECT_EQ(
      problems("{oops\n"
               "[]\n"
               "{\"message\": \"a\", \"labels\": [\"greet\"]}\n"
               "{\"id\": 1, \"labels\": [\"greet\"]}\n"
               "{\"id\": 2, \"message\": 5, \"labels\": [\"greet\"]}\n"
               "{\"id\": 3, \"message\": \"a\"}\n"
               "{\"id\": 4, \"message\": \"a\", \"labels\": []}\n"
               "{\"id\": 5, \"message\": \"a\", \"labels\": \"greet\"}\n"
               "{\"id\": 6, \"message\": \"a\", \"labels\": [\"greet\", \"greet\"]}\n"
               "{\"id\": 7, \"message\": \"a\", \"labels\": [\"price\"]}\n"
               "{\"id\": 8, \"message\": \"a\", \"labels\": [\"greet\"], \"previous\": \"b\"}\n"
               "{\"id\": 9, \"message\": \"a\xff\", \"labels\": [\"greet\"]}\n"
               "{\"id\": 10, \"message\": \"a\", \"labels\": [\"greet\"]}\n"
               "{\"id\": 10, \"message\": \"b\", \"labels\": [\"greet\"]}\n" +
                   std::string(3u << 20, 'x'),
               &known, &gold),
      "1 json-unquoted\n2 request-not-object\n3 gold-line\n4 gold-line\n5 gold-line\n"
      "6 gold-line\n7 gold-line\n8 gold-line\n9 gold-line\n10 gold-unknown-label\n"
      "11 gold-line\n12 json-invalid-utf8\n14 gold-repeated-id\n15 line-too-long\n");
}

TEST(Gold, NeedsOneClearMessage) {
  Gold gold;
  EXPECT_EQ(problems("", nullptr, &gold), "0 gold-empty\n");
  EXPECT_EQ(problems("{\"id\": 1, \"message\": \"a\", \"labels\": [\"unclear\"]}", nullptr, &gold),
            "0 gold-empty\n");
}

TEST(ClassesFile, IsReadOrRefused) {
  const auto read = [](std::string_view text, Classes* classes) {
    Diagnostics diagnostics;
    const bool ok = read_classes(text, "classes", classes, &diagnostics);
    EXPECT_EQ(ok, !diagnostics.has_errors());
    return ok;
  };
  Classes classes;
  EXPECT_TRUE(
      read(R"({"classes": [{"id": "a", "zh": "甲"}, {"id": "a.b"}], "rules": 1})", &classes));
  EXPECT_EQ(classes.size(), 2u);
  for (const char* bad : {"", "[]", "{}", R"({"classes": []})", R"({"classes": ["a"]})",
                          R"({"classes": [{"id": 1}]})", R"({"classes": [{"id": ""}]})"}) {
    EXPECT_FALSE(read(bad, &classes)) << bad;
  }
}

}  // namespace
}  // namespace xiaoer::report
