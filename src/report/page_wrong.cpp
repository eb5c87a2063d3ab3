// The wrong answers of the page, with what led to them and what the right class lacked.

#include <set>

#include "report/html.hpp"
#include "report/page_parts.hpp"

namespace xiaoer::report {
namespace {

std::string name_of(const Gold& gold, uint32_t number) {
  return number == Classes::kNone ? "–" : escaped(gold.classes.name(number));
}

// What spoke for an intent; what it lacked is told by `kind_in_words`.
std::string kind_on_page(const std::string& kind, Words words) {
  if (kind == "phrase") return words("短语", "phrase");
  if (kind == "regex") return words("正则", "regex");
  if (kind == "example") return words("最像的例句", "nearest example");
  if (kind == "likeness") return words("像这一类的话", "likeness");
  if (kind == "context") return words("上文", "context");
  return escaped(kind_in_words(kind, words.language()));
}

void append_reasons(const std::vector<ReasonText>& why, Words words, std::string* out) {
  if (why.empty()) return;
  *out += "<ul>";
  for (const ReasonText& reason : why) {
    *out += "<li>" + kind_on_page(reason.kind, words);
    if (!reason.rule.empty()) *out += " <code>" + escaped(reason.rule) + "</code>";
    if (!reason.words.empty()) *out += " ← 「" + escaped(reason.words) + "」";
    if (reason.points > 0) *out += " <span class=\"soft\">+" + fixed(reason.points, 2) + "</span>";
    *out += "</li>";
  }
  *out += "</ul>\n";
}

void append_intent(const TracedIntent& intent, Words words, std::string* out) {
  *out += "<div><code>" + escaped(intent.id) + "</code>";
  if (!intent.title.empty()) *out += " " + escaped(intent.title);
  if (intent.score > 0) *out += " <span class=\"soft\">" + fixed(intent.score, 2) + "</span>";
  *out += "</div>\n";
  append_reasons(intent.why, words, out);
}

void append_answer(const Gold& gold, const WrongAnswer& wrong, Words words, std::string* out) {
  std::string labels, tags;
  for (const uint32_t label : wrong.message->labels) {
    labels += (labels.empty() ? "" : " ") + std::to_string(label);
    tags += "<span class=\"tag good\">" + name_of(gold, label) + "</span>";
  }
  const std::string got = wrong.got == Classes::kNone ? "none" : std::to_string(wrong.got);
  *out += "<article class=\"wrong\" data-labels=\"" + labels + "\" data-got=\"" + got + "\">\n";
  *out += "<div><q>" + escaped(wrong.message->message) + "</q> <span class=\"soft\">" +
          escaped(wrong.message->id) + "</span></div>\n";
  *out +=
      "<div>" + tags + "<span class=\"tag bad\">" + name_of(gold, wrong.got) + "</span></div>\n";
  for (const TracedIntent& intent : wrong.intents) append_intent(intent, words, out);
  if (!wrong.missed.empty()) {
    *out += "<div class=\"soft\">" + words("对的类差在哪里", "What the right class lacked") +
            "</div>\n";
  }
  for (const TracedIntent& miss : wrong.missed) append_intent(miss, words, out);
  *out += "</article>\n";
}

// A choice among classes; the first one is all.
void append_select(const Gold& gold, const char* id, const std::string& title,
                   const std::set<uint32_t>& classes, Words words, std::string* out) {
  *out += "<label>" + title + " <select id=\"" + id + "\"><option value=\"\">" +
          words("全部", "all") + "</option>";
  for (const uint32_t number : classes) {
    const std::string value = number == Classes::kNone ? "none" : std::to_string(number);
    *out += "<option value=\"" + value + "\">" + name_of(gold, number) + "</option>";
  }
  *out += "</select></label> ";
}

}  // namespace

void append_wrong(const Evaluation& evaluation, Words words, std::string* out) {
  const Gold& gold = *evaluation.gold;
  std::set<uint32_t> labels, got;
  size_t all = 0;
  for (size_t i = 0; i < evaluation.answers.size(); ++i) {
    const GoldMessage& message = gold.messages[i];
    all += !message.labels.empty() && !is_hit(message, evaluation.answers[i]);
  }
  for (const WrongAnswer& wrong : evaluation.wrong) {
    labels.insert(wrong.message->labels.begin(), wrong.message->labels.end());
    got.insert(wrong.got);
  }
  *out += "<h2>" + words("答错的消息", "Wrong answers") + "</h2>\n<p>";
  append_select(gold, "by-label", words("应为", "should be"), labels, words, out);
  append_select(gold, "by-got", words("答成", "became"), got, words, out);
  *out += "<span class=\"soft\"><span id=\"shown\">" + std::to_string(evaluation.wrong.size()) +
          "</span> / " + std::to_string(all) + "</span></p>\n";
  for (const WrongAnswer& wrong : evaluation.wrong) append_answer(gold, wrong, words, out);
}

}  // namespace xiaoer::report
