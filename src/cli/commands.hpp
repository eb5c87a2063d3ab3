#pragma once
// The commands of the program, one file each.

#include <string>

#include "cli/common.hpp"

namespace xiaoer::cli {

struct ReplyOptions {
  std::string pack, facts;
  bool jsonl = false;  // the only format; asked for so that others can come
  bool assume_sent = false;
  size_t max_sessions = 10'000;  // of about 15 kB each
};
// stdin to stdout, a JSON object a line (docs/jsonl.md).
int run_reply(const ReplyOptions& options, const CommonOptions& common);

struct TryOptions {
  std::string message, pack, facts, now, event;
  uint64_t seed = 0;
  bool has_message = false;
  bool why = false;
};
// For people: one message, or a prompt.
int run_try(const TryOptions& options, const CommonOptions& common);

struct GuardOptions {
  std::string text, pack, facts, now;
  bool has_text = false;
  bool jsonl = false;
};
// Whether texts may leave the shop: one, or a line of stdin each. Exit codes: 0 all pass, 1 one was
// rewritten or refused, 2 trouble.
int run_guard(const GuardOptions& options, const CommonOptions& common);

struct CheckOptions {
  std::string pack;
  std::string now;  // diagnose what is over by then; empty: nothing
  bool json = false;
};
// Diagnostics of a pack, its own tests included.
int run_check(const CheckOptions& options, const CommonOptions& common);

struct TestOptions {
  std::string pack;
};
// The pack's own tests, and what no test hits.
int run_test(const TestOptions& options, const CommonOptions& common);

struct CompileCommandOptions {
  std::string pack, out;
};
// A pack as an image in a file, which the other commands and the library map.
int run_compile(const CompileCommandOptions& options, const CommonOptions& common);

struct NewOptions {
  std::string folder, title;
  std::string extends = "zh-CN";
};
// The skeleton of an overlay pack in a new folder.
int run_new(const NewOptions& options, const CommonOptions& common);

struct ImportCommandOptions {
  std::string file, out, map, pack;
  std::string format = "auto", encoding = "auto";
  bool json = false;
};
// Quick phrases to an overlay pack in a new folder, and a report of every row.
int run_import(const ImportCommandOptions& options, const CommonOptions& common);

struct EvalOptions {
  std::string gold, pack, facts, classes, html;
  std::string without;  // "", "phrases", "examples"
  bool previous = false, side_by_side = false, by_class = false, json = false;
};
// How good a pack's answers to labelled messages are.
int run_eval(const EvalOptions& options, const CommonOptions& common);

struct DiffOptions {
  std::string before, after, log, facts;
  bool assume_sent = false, json = false;
};
// What a log's lines become with another pack. Exit codes of its own: 0 nothing changed, 1 changes,
// 2 trouble.
int run_diff(const DiffOptions& options, const CommonOptions& common);

}  // namespace xiaoer::cli
