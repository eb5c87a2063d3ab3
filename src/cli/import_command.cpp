#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

#include "cli/commands.hpp"
#include "cli/folder.hpp"
#include "importer/import.hpp"
#include "importer/pack_writer.hpp"
#include "json/writer.hpp"

namespace xiaoer::cli {
namespace {

using importer::Import;
using importer::Outcome;
using importer::Phrase;

constexpr const char* kReport = "import-report.tsv";
constexpr size_t kMaxShown = 20;  // findings on screen; the report has all

std::string report_path(const ImportCommandOptions& options) {
  return (std::filesystem::path(options.out) / kReport).string();
}

// How many phrases each reason, or each intent, concerns.
std::map<std::string, size_t> reasons_of(const Import& import) {
  std::map<std::string, size_t> counts;
  for (const Phrase& phrase : import.phrases) {
    if (phrase.outcome == Outcome::kReported) ++counts[phrase.reasons.front().code];
  }
  return counts;
}
std::map<std::string, size_t> intents_of(const Import& import) {
  std::map<std::string, size_t> counts;
  for (const Phrase& phrase : import.phrases) {
    if (phrase.outcome == Outcome::kPlaced) ++counts[phrase.intent];
  }
  return counts;
}

void write_counts(const char* key, const std::map<std::string, size_t>& counts,
                  json::Writer* writer) {
  writer->key(key).begin_object();
  for (const auto& [name, count] : counts) writer->key(name).value(static_cast<int64_t>(count));
  writer->end_object();
}

void write_phrase(const Phrase& phrase, json::Writer* writer) {
  constexpr const char* kOutcomes[] = {"reported", "merged", "placed"};
  writer->begin_object();
  writer->key("line").value(phrase.line);
  writer->key("outcome").value(kOutcomes[static_cast<size_t>(phrase.outcome)]);
  for (const auto& [key, list] :
       {std::pair{"reasons", &phrase.reasons}, {"notes", &phrase.notes}}) {
    writer->key(key).begin_array();
    for (const Diagnostic& each : *list) writer->value(each.code);
    writer->end_array();
  }
  if (phrase.same_as != 0) writer->key("same_as").value(phrase.same_as);
  if (!phrase.intent.empty()) {
    writer->key("intent").value(phrase.intent).key("sure").value(phrase.sure);
  }
  writer->end_object();
}

std::string to_json(const Import& import, const ImportCommandOptions& options) {
  std::string out;
  json::Writer writer(&out);
  writer.begin_object();
  writer.key("file").value(options.file).key("pack").value(options.out);
  writer.key("format").value(importer::name_of(import.columns.format));
  writer.key("encoding").value(import.encoding);
  writer.key("rows").value(static_cast<int64_t>(import.phrases.size()));
  writer.key("placed").value(static_cast<int64_t>(import.count(Outcome::kPlaced)));
  writer.key("merged").value(static_cast<int64_t>(import.count(Outcome::kMerged)));
  writer.key("reported").value(static_cast<int64_t>(import.count(Outcome::kReported)));
  write_counts("reasons", reasons_of(import), &writer);
  write_counts("intents", intents_of(import), &writer);
  for (const auto& [key, list] : {std::pair{"unused_columns", &import.columns.unused},
                                  {"unread_sheets", &import.other_sheets}}) {
    writer.key(key).begin_array();
    for (const std::string& name : *list) writer.value(name);
    writer.end_array();
  }
  writer.key("phrases").begin_array();
  for (const Phrase& phrase : import.phrases) write_phrase(phrase, &writer);
  writer.end_array().end_object();
  return out;
}

// What a person sees at the end.
class Summary {
 public:
  Summary(const Import& import, const ImportCommandOptions& options, const CommonOptions& common)
      : import_(import),
        options_(options),
        search_path_(common.search_path),
        language_(common.speech()),
        chinese_(language_ == Language::kChinese),
        palette_(common.colour, isatty(STDOUT_FILENO) != 0) {}

  void show() const {
    std::cout << printable(options_.file) << ": " << importer::name_of(import_.columns.format);
    if (!import_.encoding.empty()) std::cout << ", " << import_.encoding;
    std::cout << '\n';
    const size_t placed = import_.count(Outcome::kPlaced), merged = import_.count(Outcome::kMerged);
    const size_t rows = import_.phrases.size();
    std::cout << rows << say(" 行 = 放入 ", " rows = placed ") << placed
              << say(" + 合并 ", " + merged ") << merged << say(" + 未放入 ", " + reported ")
              << rows - placed - merged << '\n';
    names(say("没有用到的列: ", "columns not used: "), import_.columns.unused);
    names(say("没有读的工作表: ", "sheets not read: "), import_.other_sheets);
    counts(say("放入的意图:", "intents:"), intents_of(import_));
    counts(say("未放入的原因:", "reasons:"), reasons_of(import_));
    findings();
    std::cout << say("逐行的报告: ", "line by line: ") << printable(report_path(options_)) << '\n';
    if (placed > 0) next_steps();
  }

 private:
  const char* say(const char* zh, const char* en) const { return chinese_ ? zh : en; }

  void names(const char* title, const std::vector<std::string>& list) const {
    if (list.empty()) return;
    std::cout << title;
    for (const std::string& name : list) std::cout << ' ' << printable(name);
    std::cout << '\n';
  }

  void counts(const char* title, const std::map<std::string, size_t>& list) const {
    if (list.empty()) return;
    std::cout << palette_.bold(title) << '\n';
    for (const auto& [name, count] : list) std::cout << "  " << count << '\t' << name << '\n';
  }

  // Words that must not leave the shop come first: somebody may be sending them by hand.
  void findings() const {
    size_t shown = 0, all = 0;
    for (const Phrase& phrase : import_.phrases) {
      for (const Diagnostic& each : phrase.reasons) {
        if (each.code != "compliance-violation" && each.code != "promise-in-reply") continue;
        if (++all == 1) std::cout << palette_.bold(say("违规的话:", "compliance:")) << '\n';
        if (++shown > kMaxShown) continue;
        std::cout << "  " << say("第 ", "line ") << phrase.line << say(" 行: ", ": ")
                  << palette_.yellow(printable(message_of(each, language_))) << '\n';
      }
    }
    if (all > kMaxShown) {
      std::cout << "  " << all - kMaxShown << say(" 处没有列出", " more") << '\n';
    }
  }

  void next_steps() const {
    std::vector<std::string> folders = search_path_;
    if (!options_.pack.empty()) {
      folders.push_back(std::filesystem::weakly_canonical(options_.pack).parent_path().string());
    }
    const std::string where = search_path_options(folders);
    const std::string pack = shell_word(options_.out);
    std::cout << say("接着:", "next:") << '\n'
              << "  xiaoer check " << pack << where << '\n'
              << "  xiaoer try --pack " << pack << where << '\n';
  }

  const Import& import_;
  const ImportCommandOptions& options_;
  const std::vector<std::string>& search_path_;
  Language language_;
  bool chinese_;
  Palette palette_;
};

constexpr std::string_view kFormats[] = {"auto", "qianniu", "csv", "tsv", "chatwoot", "xlsx"};
constexpr std::string_view kEncodings[] = {"auto", "utf-8", "gb18030", "utf-16"};

template <size_t N>
size_t index_of(const std::string_view (&names)[N], std::string_view name) {
  return static_cast<size_t>(std::find(names, names + N, name) - names);
}

// At most so many bytes: a larger file is refused without being read.
bool read_bytes(const std::string& path, std::string* bytes, Diagnostics* diagnostics) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  if (!ignored && size > importer::kMaxFileBytes) {
    diagnostics->error(
        "import-too-large", {path, 0, 0, ""},
        {std::to_string(importer::kMaxRows), std::to_string(importer::kMaxFileBytes >> 20)});
    return false;
  }
  std::string error;
  if (read_file(path, bytes, &error)) return true;
  diagnostics->error("cannot-read", {path, 0, 0, ""}, {error});
  return false;
}

// Whether nothing is there but the report of an import that placed nothing: it may be tried again.
bool holds_only_a_report(const std::string& folder) {
  std::error_code code;
  std::filesystem::directory_iterator at(folder, code);
  if (code || at == std::filesystem::end(at) || at->path().filename() != kReport) return false;
  return at->is_regular_file(code) && at.increment(code) == std::filesystem::end(at) && !code;
}

// Where nothing was placed, the report alone: there is no pack to go on with.
bool write_import(const ImportCommandOptions& options, const CommonOptions& common,
                  const Import& import, Diagnostics* diagnostics) {
  std::vector<rules::PackFile> files;
  if (import.count(Outcome::kPlaced) > 0) files = import.files;
  files.push_back({kReport, importer::report_of(import, common.speech())});
  std::error_code code;
  if (holds_only_a_report(options.out)) std::filesystem::remove(report_path(options), code);
  return write_files(options.out, files, diagnostics);
}

void show_progress(size_t done, size_t of) {
  std::cerr << '\r' << done << " / " << of << std::flush;
}

bool run(const ImportCommandOptions& options, importer::ImportOptions* import,
         const CommonOptions& common, Import* out, Diagnostics* diagnostics) {
  std::string bytes;
  if (!holds_only_a_report(options.out) && !is_free(options.out, diagnostics)) return false;
  if (!read_bytes(options.file, &bytes, diagnostics)) return false;
  import->file = std::filesystem::path(options.file).filename().string();
  import->format = static_cast<importer::Format>(index_of(kFormats, options.format));
  import->encoding = static_cast<importer::Encoding>(index_of(kEncodings, options.encoding));
  import->base = options.pack.empty() ? default_pack() : options.pack;
  import->pack_id = importer::id_from(folder_name(options.out));
  if (import->pack_id == folder_name(import->base)) import->pack_id += "-shop";
  import->search_path = compile_options(common).load.search_path;
  const bool terminal = isatty(STDERR_FILENO) != 0;
  if (terminal) import->progress = show_progress;
  if (!importer::import_phrases(bytes, *import, out, diagnostics)) return false;
  if (terminal && out->phrases.size() >= 500) std::cerr << '\n';
  return write_import(options, common, *out, diagnostics);
}

}  // namespace

int run_import(const ImportCommandOptions& options, const CommonOptions& common) {
  importer::ImportOptions import;
  if (!options.map.empty() && !importer::parse_map(options.map, &import.map)) {
    std::cerr << "xiaoer: --map: \"" << printable(options.map)
              << "\" is not of the form code=COL,text=COL,group=COL (text is required)\n";
    return kUsage;
  }
  Diagnostics diagnostics;
  Import result;
  if (!run(options, &import, common, &result, &diagnostics)) {
    show(diagnostics, common);
    return kProblems;
  }
  if (options.json) {
    std::cout << to_json(result, options) << '\n';
  } else {
    Summary(result, options, common).show();
  }
  return kSuccess;
}

}  // namespace xiaoer::cli
