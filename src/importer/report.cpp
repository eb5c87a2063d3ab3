#include "importer/import.hpp"

namespace xiaoer::importer {
namespace {

// One cell of a line.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

std::string_view name_of(Outcome outcome, bool chinese) {
  switch (outcome) {
    case Outcome::kPlaced:
      return chinese ? "已放入" : "placed";
    case Outcome::kMerged:
      return chinese ? "已合并" : "merged";
    case Outcome::kReported:
      break;
  }
  return chinese ? "未放入" : "reported";
}

void append_row(const Phrase& phrase, Language language, std::string* out) {
  std::string codes, sentences;
  for (const auto* list : {&phrase.reasons, &phrase.notes}) {
    for (const Diagnostic& each : *list) {
      codes += (codes.empty() ? "" : " ") + each.code;
      std::string remedy = remedy_of(each, language);
      if (!remedy.empty()) remedy.insert(0, language == Language::kChinese ? "：" : ": ");
      sentences += (sentences.empty() ? "" : "; ") + message_of(each, language) + remedy;
    }
  }
  const std::string sure = phrase.intent.empty() ? "" : two_decimals(phrase.sure);
  const std::string outcome(name_of(phrase.outcome, language == Language::kChinese));
  for (const std::string& text : {std::to_string(phrase.line), outcome, codes, cell(sentences),
                                  phrase.intent, sure, cell(phrase.code), cell(phrase.group)}) {
    *out += text + '\t';
  }
  *out += cell(phrase.text) + '\n';
}

}  // namespace

std::string report_of(const Import& import, Language language) {
  std::string out = "\xEF\xBB\xBF";
  out += language == Language::kChinese ? "行\t结果\t代号\t说明\t意图\t把握\t编码\t分组\t原文\n"
                                        : "line\toutcome\tcodes\treason\tintent\tsure\tcode\t"
                                          "group\ttext\n";
  for (const Phrase& phrase : import.phrases) append_row(phrase, language, &out);
  return out;
}

}  // namespace xiaoer::importer
