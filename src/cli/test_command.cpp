#include <iostream>

#include "cli/commands.hpp"
#include "pack_tests.hpp"
#include "scenarios.hpp"

namespace xiaoer::cli {
namespace {

void list_not_hit(const rules::Pack& pack, const PackTestReport& report, bool chinese) {
  for (const uint32_t intent : report.intents_not_hit) {
    std::cout << (chinese ? "没有测试命中的意图: " : "intent that no test hits: ")
              << pack.intents[intent].id << '\n';
  }
  uint32_t number = 0;
  size_t next = 0;
  for (const rules::IntentSource& intent : pack.intents) {
    for (const rules::PatternSource& pattern : intent.patterns) {
      if (next < report.patterns_not_hit.size() && report.patterns_not_hit[next] == number++) {
        ++next;
        std::cout << (chinese ? "没有测试命中的短语: " : "phrase that no test hits: ")
                  << pattern.place.file << ':' << pattern.place.line << ": " << intent.id << ": "
                  << printable(pattern.text) << '\n';
      }
    }
  }
}

}  // namespace

int run_test(const TestOptions& options, const CommonOptions& common) {
  const CompileOptions compile = compile_options(common);
  Diagnostics diagnostics;
  rules::Pack pack;
  std::shared_ptr<const Ruleset> ruleset;
  if (rules::load_folder(options.pack, compile.load, &pack, &diagnostics)) {
    ruleset = Ruleset::from_pack(pack, &diagnostics, compile.second_thread);
  }
  if (ruleset == nullptr) {
    show(diagnostics, common);
    return kProblems;
  }
  Diagnostics failures;
  const PackTestReport report = run_pack_tests(pack, *ruleset, &failures);
  const ScenarioReport scenarios = run_scenarios(pack, *ruleset, &failures);
  show(failures, common);
  const bool chinese = common.speech() == Language::kChinese;
  list_not_hit(pack, report, chinese);
  const size_t patterns = ruleset->understanding().patterns().size();
  std::cout << (chinese ? "测试命中意图 " : "intents hit ")
            << pack.intents.size() - report.intents_not_hit.size() << '/' << pack.intents.size()
            << (chinese ? ", 短语 " : ", phrases hit ") << patterns - report.patterns_not_hit.size()
            << '/' << patterns << '\n'
            << (chinese ? "场景 " : "scenarios ") << scenarios.passed << '/'
            << scenarios.passed + scenarios.failed << '\n'
            << report.passed << " passed, " << report.failed << " failed";
  if (report.set_aside != 0) {
    std::cout << ", " << report.set_aside
              << (chinese ? " 条因停用的意图不再适用" : " set aside (disabled intents)");
  }
  std::cout << '\n';
  return report.failed + scenarios.failed == 0 ? kSuccess : kProblems;
}

}  // namespace xiaoer::cli
