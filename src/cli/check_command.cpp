#include <iostream>

#include "cli/commands.hpp"
#include "json/writer.hpp"

namespace xiaoer::cli {
namespace {

std::string to_json(const Diagnostics& diagnostics) {
  std::string out;
  json::Writer writer(&out);
  writer.begin_object();
  writer.key("errors").value(static_cast<int64_t>(diagnostics.error_count()));
  writer.key("warnings").value(static_cast<int64_t>(diagnostics.warning_count()));
  writer.key("diagnostics").begin_array();
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    writer.begin_object();
    writer.key("severity").value(diagnostic.severity == Severity::kError ? "error" : "warning");
    writer.key("code").value(diagnostic.code);
    writer.key("file").value(diagnostic.place.file);
    writer.key("line").value(diagnostic.place.line);
    writer.key("column").value(diagnostic.place.column);
    writer.key("pointer").value(diagnostic.place.pointer);
    writer.key("rule").value(diagnostic.rule_id);
    writer.key("message_zh").value(message_of(diagnostic, Language::kChinese));
    writer.key("message_en").value(message_of(diagnostic, Language::kEnglish));
    writer.key("remedy_zh").value(remedy_of(diagnostic, Language::kChinese));
    writer.key("remedy_en").value(remedy_of(diagnostic, Language::kEnglish));
    writer.end_object();
  }
  writer.end_array().end_object();
  return out;
}

}  // namespace

int run_check(const CheckOptions& options, const CommonOptions& common) {
  CompileOptions compile = compile_options(common);
  compile.run_tests = true;
  compile.load.lint = true;
  if (!options.now.empty()) {
    const std::optional<Instant> now = parse_instant(options.now);
    if (!now) return bad_time(options.now);
    compile.load.now = now->seconds;
  }
  Diagnostics diagnostics;
  const auto ruleset = Ruleset::from_folder(options.pack, compile, &diagnostics);
  if (options.json) {
    std::cout << to_json(diagnostics) << '\n';
  } else {
    show(diagnostics, common);
    const bool chinese = common.speech() == Language::kChinese;
    std::cout << options.pack << ": " << diagnostics.error_count()
              << (chinese ? " 个错误, " : " errors, ") << diagnostics.warning_count()
              << (chinese ? " 个警告\n" : " warnings\n");
  }
  return ruleset == nullptr ? kProblems : kSuccess;
}

}  // namespace xiaoer::cli
