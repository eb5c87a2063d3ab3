// A verdict as JSON.

#include "char_offsets.hpp"
#include "json/writer.hpp"
#include "wire.hpp"

namespace xiaoer::wire {
namespace {

class VerdictWriter {
 public:
  VerdictWriter(const Verdict& verdict, std::string* out)
      : verdict_(verdict), offsets_(verdict.original), writer_(out) {}

  void write(std::string_view id_json) {
    writer_.begin_object();
    writer_.key("id").raw(id_json);
    writer_.key("verdict").value(name_of(verdict_.outcome));
    writer_.key("original").value(verdict_.original);
    writer_.key("text");
    if (verdict_.outcome == Outcome::kRefused) {
      writer_.null();
    } else {
      writer_.value(verdict_.text);
    }
    write_findings();
    write_grounds();
    writer_.end_object();
  }

 private:
  void field(std::string_view key, TextRef text) { writer_.key(key).value(verdict_.get(text)); }

  void span(Span bytes) {
    writer_.key("span").begin_array();
    writer_.value(offsets_.chars(bytes.begin)).value(offsets_.chars(bytes.end)).end_array();
  }

  void write_findings() {
    writer_.key("findings").begin_array();
    for (const FindingItem& finding : verdict_.findings) {
      writer_.begin_object();
      field("rule", finding.rule);
      writer_.key("level").value(name_of(finding.level));
      span(finding.span);
      field("words", finding.words);
      field("detail", finding.detail);
      field("advice", finding.advice);
      if (finding.level == FindingLevel::kRewrite) field("replacement", finding.replacement);
      writer_.end_object();
    }
    writer_.end_array();
  }

  void write_grounds() {
    writer_.key("grounds").begin_array();
    for (const GroundItem& ground : verdict_.grounds) {
      writer_.begin_object();
      field("role", ground.role);
      span(ground.span);
      field("source", ground.source);
      writer_.end_object();
    }
    writer_.end_array();
  }

  const Verdict& verdict_;
  CharOffsets offsets_;
  json::Writer writer_;
};

}  // namespace

void write_verdict(std::string_view id_json, const Verdict& verdict, std::string* out) {
  VerdictWriter(verdict, out).write(id_json);
}

}  // namespace xiaoer::wire
