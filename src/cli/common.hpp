#pragma once
// What the commands of the program `xiaoer` share: files, packs, the clock, colours, diagnostics on
// screen.

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/instant.hpp"
#include "reply/facts.hpp"
#include "ruleset.hpp"

namespace xiaoer::cli {

// Exit codes, documented in README.md.
enum ExitCode : int {
  kSuccess = 0,
  kProblems = 1,  // errors in a pack, its tests, or facts; a file that cannot be read
  kUsage = 2,     // wrong arguments
};

// Options of every command.
struct CommonOptions {
  std::string language;  // "zh", "en"; empty: by the environment
  std::string colour = "auto";
  std::vector<std::string> search_path;

  Language speech() const;
};

// Reads a whole file. False: `*error` says why in the words of the system.
bool read_file(const std::string& path, std::string* out, std::string* error);

// Opens a file for reading line by line. False: cannot-read.
bool open_file(const std::string& path, std::ifstream* stream, Diagnostics* diagnostics);

// Writes a whole file, over one that is there. False: cannot-write.
bool write_file(const std::string& path, std::string_view bytes, Diagnostics* diagnostics);

// The folder of the default pack: beside an installed program, or of the source tree. Empty: not
// found.
std::string default_pack();
// A file or folder under the same two places, e.g. "examples/facts/tea-shop.json".
std::string shipped(const std::string& relative);

CompileOptions compile_options(const CommonOptions& options);

// Loads a pack, or maps an image, and shows the problems on stderr. nullptr on errors. An empty
// path means the default pack, from the image that was built with the program if the pack is still
// as it was.
std::shared_ptr<const Ruleset> open_ruleset(const std::string& path, const CommonOptions& options);

// What is longer than `most` of what `code` counts in.
Diagnostic over_limit(const char* code, size_t most);

// Appends the answer to a line of JSON that has none: {"id", "line", "error": {"code", "message"}}.
void write_line_error(std::string_view id_json, int64_t line, const Diagnostic& problem,
                      Language language, std::string* out);

// Reads a facts file and shows its problems on stderr. An empty path gives empty facts.
bool open_facts(const std::string& path, const CommonOptions& options, reply::Facts* out);

// Shows on stderr which of the facts look like slips of the pen: the pack never reads them.
void note_facts(const Ruleset& ruleset, const reply::Facts& facts, const CommonOptions& options);

// Prints to stderr, errors first counted at the end.
void show(const Diagnostics& diagnostics, const CommonOptions& options);

// Now with the local offset; `text` (ISO 8601 with offset) when given. Nothing: `text` is no such
// time.
std::optional<Instant> now_or(const std::string& text);

// Says that the `text` of --now is no time with offset. Gives kUsage.
int bad_time(const std::string& text);

// ANSI colours when the stream is a terminal (or always / never, as asked).
class Palette {
 public:
  Palette(const std::string& wish, bool is_terminal);
  std::string bold(std::string_view text) const { return paint("1", text); }
  std::string dim(std::string_view text) const { return paint("2", text); }
  std::string green(std::string_view text) const { return paint("32", text); }
  std::string yellow(std::string_view text) const { return paint("33", text); }
  std::string blue(std::string_view text) const { return paint("34", text); }
  std::string red(std::string_view text) const { return paint("31", text); }
  std::string underlined(std::string_view text) const { return paint("4;31", text); }

 private:
  std::string paint(std::string_view code, std::string_view text) const;
  bool on_;
};

// Text that is safe on a terminal: control characters become visible escapes.
std::string printable(std::string_view text);

}  // namespace xiaoer::cli
