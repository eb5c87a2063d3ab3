#include "cli/common.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "json/reader.hpp"
#include "json/writer.hpp"

namespace xiaoer::cli {
namespace fs = std::filesystem;

Language CommonOptions::speech() const {
  if (!language.empty()) return language == "en" ? Language::kEnglish : Language::kChinese;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::strncmp(value, "en", 2) == 0 ? Language::kEnglish : Language::kChinese;
  }
  return Language::kChinese;
}

bool read_file(const std::string& path, std::string* out, std::string* error) {
  std::error_code code;
  if (fs::is_directory(path, code)) {
    *error = std::strerror(EISDIR);
    return false;
  }
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  if (stream && (stream.peek() == std::ifstream::traits_type::eof() || bytes << stream.rdbuf())) {
    *out = std::move(bytes).str();
    return true;
  }
  *error = std::strerror(errno != 0 ? errno : EIO);
  return false;
}

bool open_file(const std::string& path, std::ifstream* stream, Diagnostics* diagnostics) {
  std::error_code code;
  errno = fs::is_directory(path, code) ? EISDIR : 0;
  if (errno == 0) {
    stream->open(path, std::ios::binary);
    if (*stream) return true;
  }
  diagnostics->error("cannot-read", {path, 0, 0, ""}, {std::strerror(errno != 0 ? errno : EIO)});
  return false;
}

bool write_file(const std::string& path, std::string_view bytes, Diagnostics* diagnostics) {
  errno = 0;
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (stream) return true;
  diagnostics->error("cannot-write", {path, 0, 0, ""}, {std::strerror(errno != 0 ? errno : EIO)});
  return false;
}

std::string shipped(const std::string& relative) {
  std::error_code code;
  const fs::path program = fs::read_symlink("/proc/self/exe", code);
  if (code) return {};
  const fs::path folder = program.parent_path();
  for (const fs::path& root : {folder / "../share/xiaoer", folder / "../../.."}) {
    const fs::path candidate = fs::weakly_canonical(root / relative, code);
    if (!code && fs::exists(candidate, code)) return candidate.string();
  }
  return {};
}

std::string default_pack() { return shipped("rules/zh-CN"); }

namespace {

// Whether anything was written into the folder, or taken out of it, since.
bool was_changed_after(const fs::path& folder, fs::file_time_type time) {
  std::error_code code;
  bool changed = fs::last_write_time(folder, code) > time || code;
  for (auto at = fs::recursive_directory_iterator(folder, code); !changed && at != fs::end(at);
       at.increment(code)) {
    changed = at->last_write_time(code) > time || code;
  }
  return changed || code;
}

// The default pack from the image that the build made of it, at once; nullptr where there is none,
// or the pack was changed since, or another release of the program made it.
std::shared_ptr<const Ruleset> open_shipped_image(const std::string& pack,
                                                  const CompileOptions& options) {
  const std::string image = shipped("zh-CN.xob");
  std::error_code code;
  const auto made = fs::last_write_time(image, code);
  if (code || was_changed_after(pack, made)) return nullptr;
  Diagnostics unshown;  // the folder will do
  return Ruleset::from_path(image, options, &unshown);
}

}  // namespace

CompileOptions compile_options(const CommonOptions& options) {
  CompileOptions compile;
  compile.second_thread = true;
  compile.load.search_path = options.search_path;
  const std::string packs = shipped("rules");
  if (!packs.empty()) compile.load.search_path.push_back(packs);
  return compile;
}

void show(const Diagnostics& diagnostics, const CommonOptions& options) {
  const Palette palette(options.colour, isatty(STDERR_FILENO) != 0);
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    const std::string text = to_text(diagnostic, options.speech());
    std::cerr << (diagnostic.severity == Severity::kError ? palette.red(text)
                                                          : palette.yellow(text))
              << '\n';
  }
}

std::shared_ptr<const Ruleset> open_ruleset(const std::string& path, const CommonOptions& options) {
  const std::string pack = path.empty() ? default_pack() : path;
  if (pack.empty()) {
    std::cerr << "xiaoer: the default pack is not beside the program; name one with --pack\n";
    return nullptr;
  }
  const CompileOptions compile = compile_options(options);
  if (path.empty()) {
    if (auto ruleset = open_shipped_image(pack, compile)) return ruleset;
  }
  Diagnostics diagnostics;
  auto ruleset = Ruleset::from_path(pack, compile, &diagnostics);
  if (ruleset == nullptr) show(diagnostics, options);
  return ruleset;
}

Diagnostic over_limit(const char* code, size_t most) {
  Diagnostic problem;
  problem.code = code;
  problem.args = {std::to_string(most)};
  return problem;
}

void write_line_error(std::string_view id_json, int64_t line, const Diagnostic& problem,
                      Language language, std::string* out) {
  json::Writer writer(out);
  writer.begin_object().key("id").raw(id_json).key("line").value(line).key("error");
  writer.begin_object().key("code").value(problem.code);
  writer.key("message").value(message_of(problem, language)).end_object().end_object();
}

bool open_facts(const std::string& path, const CommonOptions& options, reply::Facts* out) {
  if (path.empty()) return true;
  std::string bytes, error;
  Diagnostics diagnostics;
  json::Value value;
  json::ReadOptions read;
  read.allow_comments = true;
  const bool found = read_file(path, &bytes, &error);
  if (!found) diagnostics.error("cannot-read", {path, 0, 0, ""}, {error});
  const bool ok = found && json::read(bytes, path, read, &value, &diagnostics) &&
                  out->read(value, path, &diagnostics);
  if (!ok) show(diagnostics, options);
  return ok;
}

void note_facts(const Ruleset& ruleset, const reply::Facts& facts, const CommonOptions& options) {
  Diagnostics notes;
  ruleset.replier().note_facts(facts, &notes);
  show(notes, options);
}

std::optional<Instant> now_or(const std::string& text) {
  if (!text.empty()) return parse_instant(text);
  const std::time_t seconds =
      std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local = {};
  localtime_r(&seconds, &local);
  return Instant{seconds, static_cast<int32_t>(local.tm_gmtoff / 60)};
}

int bad_time(const std::string& text) {
  std::cerr << "xiaoer: --now: \"" << printable(text)
            << "\" is not an ISO 8601 time with offset, e.g. 2026-11-21T10:00:00+08:00\n";
  return kUsage;
}

Palette::Palette(const std::string& wish, bool is_terminal)
    : on_(wish == "always" ||
          (wish == "auto" && is_terminal && std::getenv("NO_COLOR") == nullptr)) {}

std::string Palette::paint(std::string_view code, std::string_view text) const {
  if (!on_) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7F) {
      out.push_back(c);
    } else {
      constexpr char kHex[] = "0123456789abcdef";
      out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

}  // namespace xiaoer::cli
