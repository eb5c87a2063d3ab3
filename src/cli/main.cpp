// The program `xiaoer`: arguments to commands.

#include <CLI/CLI.hpp>
#include <cstdio>

#include "cli/commands.hpp"

namespace {

using namespace xiaoer::cli;

void add_common(CLI::App* command, CommonOptions* common) {
  command->add_option("--lang", common->language, "language of messages: zh or en")
      ->check(CLI::IsMember({"zh", "en"}));
  command->add_option("--color", common->colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->add_option("--search-path", common->search_path,
                      "folder in which `extends` is looked up; may be given again");
}

int run(int argc, char** argv) {
  CLI::App app{
      "xiaoer (小二): scripted chat replies for shops\n"
      "Exit codes: 0 success; 1 errors in a pack, its tests, facts or a file; 2 wrong usage."};
  app.name("xiaoer");
  app.set_version_flag("--version", XIAOER_VERSION);
  app.require_subcommand(1);
  CommonOptions common;

  ReplyOptions reply;
  CLI::App* reply_command = app.add_subcommand(
      "reply", "answer messages from stdin, a JSON object a line, to stdout (see docs/jsonl.md)");
  bool jsonl = false;
  reply_command->add_option("--pack", reply.pack, "pack folder; default: the shipped rules/zh-CN");
  reply_command->add_option("--facts", reply.facts, "facts (JSON) for lines that bring none");
  reply_command->add_flag("--jsonl", jsonl, "a JSON object a line, the only format")->required();
  reply_command->add_flag("--assume-sent", reply.assume_sent, "count the first reply as sent");
  add_common(reply_command, &common);

  TryOptions attempt;
  CLI::App* try_command =
      app.add_subcommand("try", "answer one message for people, or prompt when none is given");
  CLI::Option* message =
      try_command->add_option("message", attempt.message, "what the buyer writes");
  try_command->add_option("--pack", attempt.pack, "pack folder; default: the shipped rules/zh-CN");
  try_command->add_option("--facts", attempt.facts, "facts (JSON) of shop, product, order, ...");
  try_command->add_option("--now", attempt.now, "time as ISO 8601 with offset; default: the clock");
  try_command->add_option("--seed", attempt.seed, "picks among variants");
  try_command->add_flag("--why", attempt.why, "show the trace: what matched, won, nearly won");
  add_common(try_command, &common);

  CheckOptions check;
  CLI::App* check_command =
      app.add_subcommand("check", "report every problem of a pack; exit 1 on errors");
  check_command->add_option("pack", check.pack, "pack folder")->required();
  check_command->add_flag("--json", check.json, "diagnostics as JSON on stdout");
  add_common(check_command, &common);

  TestOptions test;
  CLI::App* test_command = app.add_subcommand(
      "test", "run a pack's own tests and list the intents and phrases that none of them hits");
  test_command->add_option("pack", test.pack, "pack folder")->required();
  add_common(test_command, &common);

  try {
    app.parse(argc, argv);
    attempt.has_message = message->count() > 0;
    if (*reply_command) return run_reply(reply, common);
    if (*try_command) return run_try(attempt, common);
    if (*check_command) return run_check(check, common);
    return run_test(test, common);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kSuccess : kUsage;
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "xiaoer: %s\n", error.what());
    return kProblems;
  } catch (...) {
    return kProblems;
  }
}
