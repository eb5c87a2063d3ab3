#include <iostream>

#include "cli/commands.hpp"
#include "cli/replace_file.hpp"

namespace xiaoer::cli {

int run_compile(const CompileCommandOptions& options, const CommonOptions& common) {
  CompileOptions compile = compile_options(common);
  compile.run_tests = true;  // an image holds none: what it is to pass, it passes here
  Diagnostics diagnostics;
  const auto ruleset = Ruleset::from_folder(options.pack, compile, &diagnostics);
  const bool written =
      ruleset != nullptr && replace_file(options.out, ruleset->image().bytes(), &diagnostics);
  show(diagnostics, common);
  if (!written) return kProblems;
  const bool chinese = common.speech() == Language::kChinese;
  std::cout << options.out << ": " << ruleset->id() << ' ' << ruleset->version() << ", "
            << ruleset->image().size() << (chinese ? " 字节\n" : " bytes\n");
  return kSuccess;
}

}  // namespace xiaoer::cli
