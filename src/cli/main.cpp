// The program `xiaoer`: arguments to commands.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "cli/commands.hpp"

namespace {

using namespace xiaoer::cli;

// An unset variable of a script must not mean the default pack.
const CLI::Validator kNotEmpty(
    [](std::string& value) { return value.empty() ? std::string("is empty") : std::string(); }, "");
const CLI::Validator kNotNegative(
    [](std::string& value) {
      return value.starts_with('-') ? "must be at least 0, not " + value : std::string();
    },
    "");
constexpr char kPackHelp[] = "pack folder or image; default: the shipped rules/zh-CN";

// A word in place of a command is told as such, with the command it may have been meant for.
bool is_command(const CLI::App& app, std::string_view word) {
  std::vector<std::string_view> known;
  for (const CLI::App* command : app.get_subcommands({})) known.push_back(command->get_name());
  if (std::find(known.begin(), known.end(), word) != known.end()) return true;
  const std::string_view near = xiaoer::nearest(word, known);
  std::cerr << "xiaoer: there is no command \"" << word << '"';
  if (!near.empty()) std::cerr << "; did you mean " << near << "?";
  std::cerr << "\nxiaoer --help lists the commands.\n";
  return false;
}

void add_common(CLI::App* command, CommonOptions* common) {
  command->add_option("--lang", common->language, "language of messages: zh or en")
      ->check(CLI::IsMember({"zh", "en"}));
  command->add_option("--color", common->colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command
      ->add_option("--search-path", common->search_path,
                   "folder in which `extends` is looked up; may be given again")
      ->allow_extra_args(false);  // a text behind it is the command's
}

CLI::App* add_reply(CLI::App* app, ReplyOptions* reply) {
  CLI::App* command = app->add_subcommand(
      "reply", "answer messages from stdin, a JSON object a line, to stdout (see docs/jsonl.md)");
  command->add_option("--pack", reply->pack, kPackHelp)->check(kNotEmpty);
  command->add_option("--facts", reply->facts, "facts (JSON) for lines that bring none");
  command->add_flag("--jsonl", reply->jsonl, "a JSON object a line, the only format")->required();
  command->add_flag("--assume-sent", reply->assume_sent, "count the first reply as sent");
  command
      ->add_option(
          "--max-sessions", reply->max_sessions,
          "conversations remembered at once, 10000 unless told; the one unheard of longest "
          "is forgotten first")
      ->check(CLI::PositiveNumber);
  return command;
}

CLI::App* add_try(CLI::App* app, TryOptions* attempt) {
  CLI::App* command =
      app->add_subcommand("try", "answer one message for people, or prompt when none is given");
  CLI::Option* const message =
      command->add_option("message", attempt->message, "what the buyer writes");
  command->add_option("--pack", attempt->pack, kPackHelp)->check(kNotEmpty);
  command->add_option("--facts", attempt->facts, "facts (JSON) of shop, product, order, ...");
  command->add_option("--now", attempt->now, "time as ISO 8601 with offset; default: the clock");
  command
      ->add_option("--event", attempt->event,
                   "what happened, instead of a message: order_paid, order_shipped, ...")
      ->excludes(message);
  command->add_option("--seed", attempt->seed, "picks among variants")->check(kNotNegative);
  command->add_flag("--why", attempt->why, "show the trace: what matched, won, nearly won");
  return command;
}

CLI::App* add_guard(CLI::App* app, GuardOptions* guard) {
  CLI::App* command = app->add_subcommand(
      "guard",
      "say whether a text may leave the shop: one, or a line of stdin each; exit 1 if not");
  command->add_option("text", guard->text, "what a person or a language model wrote");
  command->add_option("--pack", guard->pack, kPackHelp)->check(kNotEmpty);
  command->add_option("--facts", guard->facts, "facts (JSON) of shop, product, order, ...");
  command->add_option("--now", guard->now, "time as ISO 8601 with offset; default: the clock");
  command->add_flag("--jsonl", guard->jsonl, "a JSON object a line in and out (see docs/jsonl.md)");
  return command;
}

CLI::App* add_check(CLI::App* app, CheckOptions* check) {
  CLI::App* command =
      app->add_subcommand("check", "report every problem of a pack; exit 1 on errors");
  command->add_option("pack", check->pack, "pack folder")->required();
  command->add_flag("--json", check->json, "diagnostics as JSON on stdout");
  command->add_option("--now", check->now,
                      "also tell what is over by this time (ISO 8601 with offset)");
  return command;
}

CLI::App* add_test(CLI::App* app, TestOptions* test) {
  CLI::App* command = app->add_subcommand(
      "test", "run a pack's own tests and list the intents and phrases that none of them hits");
  command->add_option("pack", test->pack, "pack folder")->required();
  return command;
}

CLI::App* add_compile(CLI::App* app, CompileCommandOptions* compile) {
  CLI::App* command = app->add_subcommand(
      "compile", "write a pack's image, a file that opens at once wherever a pack is asked for");
  command->add_option("pack", compile->pack, "pack folder")->required();
  command->add_option("-o,--output", compile->out, "file to write or replace, by custom *.xob")
      ->required();
  return command;
}

CLI::App* add_new(CLI::App* app, NewOptions* fresh) {
  CLI::App* command = app->add_subcommand("new", "make the skeleton of a shop's own pack");
  command->add_option("folder", fresh->folder, "a folder that is empty or does not exist")
      ->required();
  command->add_option("--extends", fresh->extends, "id of the pack to stand on; default: zh-CN");
  command->add_option("--title", fresh->title, "the pack's name for people");
  return command;
}

CLI::App* add_import(CLI::App* app, ImportCommandOptions* import) {
  CLI::App* command = app->add_subcommand(
      "import", "turn a file of quick phrases into a pack and a report of every row");
  command->add_option("file", import->file, "CSV, TSV or xlsx")->required();
  command->add_option("-o,--output", import->out, "folder that is empty or does not exist")
      ->required();
  command->add_option("--format", import->format, "auto, qianniu, csv, tsv, chatwoot or xlsx")
      ->check(CLI::IsMember({"auto", "qianniu", "csv", "tsv", "chatwoot", "xlsx"}));
  command->add_option("--map", import->map,
                      "columns as code=COL,text=COL,group=COL, by name or by number from 1");
  command->add_option("--encoding", import->encoding, "auto, utf-8, gb18030 or utf-16")
      ->check(CLI::IsMember({"auto", "utf-8", "gb18030", "utf-16"}));
  command
      ->add_option("--pack", import->pack,
                   "pack whose intents are used; default: the shipped rules/zh-CN")
      ->check(kNotEmpty);
  command->add_flag("--json", import->json, "the summary as JSON on stdout");
  return command;
}

CLI::App* add_eval(CLI::App* app, EvalOptions* eval) {
  CLI::App* command =
      app->add_subcommand("eval", "measure a pack on labelled messages (see docs/measuring.md)");
  command->add_option("gold", eval->gold, "labelled messages, a JSON object a line")->required();
  command->add_option("--pack", eval->pack, kPackHelp)->check(kNotEmpty);
  command->add_option("--facts", eval->facts, "facts (JSON) for every message; default: none");
  command->add_option("--classes", eval->classes,
                      "JSON file with all classes; default: those of the labels");
  command->add_option("--html", eval->html, "write a page with curves and wrong answers");
  CLI::Option* const previous =
      command->add_flag("--previous", eval->previous, "hand over the line before each message");
  CLI::Option* const without =
      command->add_option("--without", eval->without, "leave out phrases, or examples")
          ->check(CLI::IsMember({"phrases", "examples"}));
  command
      ->add_flag("--side-by-side", eval->side_by_side,
                 "also phrases alone, examples alone, and with the line before")
      ->excludes(previous)
      ->excludes(without);
  command->add_flag("--by-class", eval->by_class, "a line for every class, too");
  command->add_flag("--json", eval->json, "the figures as JSON on stdout");
  return command;
}

CLI::App* add_diff(CLI::App* app, DiffOptions* diff) {
  CLI::App* command = app->add_subcommand(
      "diff",
      "replay a log through two packs and list what changed\n"
      "Exit codes: 0 nothing changed; 1 changes; 2 trouble (also lines that cannot be read).");
  command->add_option("old", diff->before, "pack folder or image")->required();
  command->add_option("new", diff->after, "pack folder or image")->required();
  command->add_option("log", diff->log, "requests as for `reply --jsonl`; - for stdin")->required();
  command->add_option("--facts", diff->facts, "facts (JSON) for lines that bring none");
  command->add_flag("--assume-sent", diff->assume_sent, "count each pack's first reply as sent");
  command->add_flag("--json", diff->json, "changes and summary as JSON on stdout");
  return command;
}

int run(int argc, char** argv) {
  CLI::App app{
      "xiaoer (小二): scripted chat replies for shops\n"
      "Exit codes: 0 success; 1 errors in a pack, its tests, facts or a file; 2 wrong usage.\n"
      "`diff` has its own: 0 nothing changed; 1 changes; 2 trouble."};
  app.name("xiaoer");
  app.set_version_flag("--version", XIAOER_VERSION);
  app.require_subcommand(1);
  CommonOptions common;
  ReplyOptions reply;
  TryOptions attempt;
  GuardOptions guard;
  CheckOptions check;
  TestOptions test;
  CompileCommandOptions compile;
  NewOptions fresh;
  ImportCommandOptions import;
  EvalOptions eval;
  DiffOptions diff;
  CLI::App* const reply_command = add_reply(&app, &reply);
  CLI::App* const try_command = add_try(&app, &attempt);
  CLI::App* const guard_command = add_guard(&app, &guard);
  CLI::App* const check_command = add_check(&app, &check);
  CLI::App* const test_command = add_test(&app, &test);
  CLI::App* const compile_command = add_compile(&app, &compile);
  CLI::App* const new_command = add_new(&app, &fresh);
  CLI::App* const import_command = add_import(&app, &import);
  CLI::App* const eval_command = add_eval(&app, &eval);
  CLI::App* const diff_command = add_diff(&app, &diff);
  for (CLI::App* const command :
       {reply_command, try_command, guard_command, check_command, test_command, compile_command,
        new_command, import_command, eval_command, diff_command}) {
    add_common(command, &common);
  }

  if (argc > 1 && argv[1][0] != '-' && !is_command(app, argv[1])) return kUsage;
  try {
    app.parse(argc, argv);
    guard.has_text = guard_command->get_option("text")->count() > 0;
    attempt.has_message = try_command->get_option("message")->count() > 0;
    if (*reply_command) return run_reply(reply, common);
    if (*try_command) return run_try(attempt, common);
    if (*guard_command) return run_guard(guard, common);
    if (*check_command) return run_check(check, common);
    if (*compile_command) return run_compile(compile, common);
    if (*new_command) return run_new(fresh, common);
    if (*import_command) return run_import(import, common);
    if (*eval_command) return run_eval(eval, common);
    if (*diff_command) return run_diff(diff, common);
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
