#include "importer/import.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "importer/csv.hpp"
#include "importer/duplicates.hpp"
#include "importer/guess.hpp"
#include "importer/pack_writer.hpp"
#include "importer/wording.hpp"
#include "importer/xlsx.hpp"
#include "pack_tests.hpp"

namespace xiaoer::importer {
namespace {

// Tabs where the name or the first line says so.
char delimiter_of(Format format, const std::string& file, std::string_view text) {
  if (format == Format::kTsv) return '\t';
  if (format != Format::kAuto) return ',';
  const std::string extension = std::filesystem::path(file).extension().string();
  if (extension == ".tsv" || extension == ".tab") return '\t';
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  return line.find('\t') != std::string_view::npos && line.find(',') == std::string_view::npos
             ? '\t'
             : ',';
}

bool read_table(const std::string& bytes, const ImportOptions& options, Format* format,
                Table* table, std::string* encoding, Diagnostics* diagnostics) {
  if (bytes.size() > kMaxFileBytes) {
    diagnostics->error("import-too-large", {options.file, 0, 0, ""},
                       {std::to_string(kMaxRows), std::to_string(kMaxFileBytes >> 20)});
    return false;
  }
  *format = options.format;
  if (*format == Format::kXlsx || (*format == Format::kAuto && looks_like_xlsx(bytes))) {
    *format = Format::kXlsx;
    return read_xlsx(bytes, options.file, table, diagnostics);
  }
  std::string text;
  if (!decode(bytes, options.encoding, options.file, &text, encoding, diagnostics)) return false;
  const char delimiter = delimiter_of(options.format, options.file, text);
  if (*format == Format::kAuto && delimiter == '\t') *format = Format::kTsv;
  return read_csv(text, delimiter, options.file, table, diagnostics);
}

rules::LoadOptions load_options(const ImportOptions& options) {
  rules::LoadOptions load;
  load.search_path = options.search_path;
  // The overlay finds its base beside the base's other packs.
  const std::filesystem::path base = std::filesystem::weakly_canonical(options.base);
  load.search_path.insert(load.search_path.begin(), base.parent_path().string());
  return load;
}

// What the checker says of the variants of `pack` goes to their phrases. Anything else that is an
// error stays in `*rest`. Returns how many phrases were rejected.
size_t reject_unsound(const PackFiles& pack, const Diagnostics& found, std::vector<Phrase>* phrases,
                      Diagnostics* rest) {
  size_t rejected = 0;
  for (const Diagnostic& each : found.list()) {
    const auto file = pack.variants.find(each.place.file);
    const auto line = file == pack.variants.end() ? decltype(file->second.end()){}
                                                  : file->second.find(each.place.line);
    if (file != pack.variants.end() && line != file->second.end()) {
      Phrase& phrase = (*phrases)[line->second];
      rejected += phrase.sound();
      phrase.outcome = Outcome::kReported;
      phrase.reject(each.code, each.args);
    } else if (each.severity == Severity::kError && each.code != "too-many-problems") {
      rest->error(each.code, each.place, each.args, each.rule_id);
    }
  }
  return rejected;
}

class Importer {
 public:
  Importer(const ImportOptions& options, Import* out, Diagnostics* diagnostics)
      : options_(options), load_(load_options(options)), out_(*out), diagnostics_(*diagnostics) {}

  bool run() {
    if (!open_base()) return false;
    for (Phrase& phrase : out_.phrases) {
      if (phrase.sound()) write_reply(&phrase);
    }
    merge_duplicates(&out_.phrases);
    return try_out() && guess_all() && write();
  }

 private:
  bool open_base() {
    if (!rules::load_folder(options_.base, load_, &base_, &diagnostics_)) return false;
    Diagnostics warnings;
    ruleset_ = Ruleset::from_pack(base_, &warnings);
    return ruleset_ != nullptr;
  }

  // Every phrase before the checker, whether an intent is found for it or not: what it breaks is to
  // be known of all. At most so many problems are told at once, hence again until there are none.
  bool try_out() {
    size_t rejected = 1;
    while (rejected > 0) {
      const PackFiles trial = write_trial(out_.phrases, base_);
      Diagnostics found, rest;
      rules::Pack pack;
      rules::load_files(trial.files, load_, &pack, &found);
      rejected = reject_unsound(trial, found, &out_.phrases, &rest);
      if (rejected == 0 && rest.has_errors()) return give_up(rest);
    }
    return true;
  }

  bool give_up(const Diagnostics& rest) {
    for (const Diagnostic& each : rest.list()) {
      diagnostics_.error(each.code, each.place, each.args, each.rule_id);
    }
    return false;
  }

  bool guess_all() {
    Guesser guesser(base_, *ruleset_);
    size_t done = 0;
    for (Phrase& phrase : out_.phrases) {
      if (options_.progress && ++done % 500 == 0) options_.progress(done, out_.phrases.size());
      if (phrase.words.empty()) continue;
      guesser.guess(&phrase);
      if (!phrase.sound() || phrase.outcome == Outcome::kMerged) continue;
      if (phrase.sure >= kPlace) {
        phrase.outcome = Outcome::kPlaced;
      } else {
        phrase.reject("import-unsure", {phrase.title});
      }
    }
    return true;
  }

  // The pack as it will lie on disk must pass the check, and the tests of its base as well as the
  // base does itself; what does not is taken out of it.
  bool write() {
    const uint32_t failing = failed_tests(base_, *ruleset_);
    while (true) {
      PackFiles pack = write_pack(out_.phrases, base_, options_.pack_id, options_.file);
      Diagnostics found, rest;
      rules::Pack merged;
      std::shared_ptr<const Ruleset> ruleset;
      if (rules::load_files(pack.files, load_, &merged, &found)) {
        ruleset = Ruleset::from_pack(merged, &found);
      }
      if (reject_unsound(pack, found, &out_.phrases, &rest) > 0) continue;
      if (ruleset == nullptr) return give_up(rest);
      if (failed_tests(merged, *ruleset) > failing && reject_doubtful()) continue;
      out_.files = std::move(pack.files);
      return true;
    }
  }

  static uint32_t failed_tests(const rules::Pack& pack, const Ruleset& ruleset) {
    Diagnostics ignored;
    return run_pack_tests(pack, ruleset, &ignored).failed;
  }

  // A base whose tests want `auto` cannot have its intents made `suggest`: then only what is
  // certain goes in.
  bool reject_doubtful() {
    bool any = false;
    for (Phrase& phrase : out_.phrases) {
      if (phrase.outcome != Outcome::kPlaced || phrase.sure >= kTrust) continue;
      if (base_.find_intent(phrase.intent)->policy != rules::Policy::kAuto) continue;
      phrase.outcome = Outcome::kReported;
      phrase.reject("import-unsure", {phrase.title});
      any = true;
    }
    return any;
  }

  const ImportOptions& options_;
  const rules::LoadOptions load_;
  Import& out_;
  Diagnostics& diagnostics_;
  rules::Pack base_;
  std::shared_ptr<const Ruleset> ruleset_;
};

}  // namespace

size_t Import::count(Outcome outcome) const {
  return static_cast<size_t>(
      std::count_if(phrases.begin(), phrases.end(),
                    [&](const Phrase& phrase) { return phrase.outcome == outcome; }));
}

bool import_phrases(const std::string& bytes, const ImportOptions& options, Import* out,
                    Diagnostics* diagnostics) {
  *out = {};
  Table table;
  Format format = Format::kAuto;
  if (!read_table(bytes, options, &format, &table, &out->encoding, diagnostics)) return false;
  out->other_sheets = std::move(table.other_sheets);
  return to_phrases(std::move(table.rows), format, options.map, options.file, &out->columns,
                    &out->phrases, diagnostics) &&
         Importer(options, out, diagnostics).run();
}

}  // namespace xiaoer::importer
