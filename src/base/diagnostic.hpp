#pragma once
// What is wrong with a pack, a facts object or a request: one entry a problem, with its place and
// how to mend it. Loading collects diagnostics; it never stops at the first.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace xiaoer {

enum class Severity : uint8_t { kError, kWarning };
enum class Language : uint8_t { kChinese, kEnglish };

// A place in a pack file. Line and column count from 1 (column in characters); 0 means "the file".
struct Place {
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
  std::string pointer;  // JSON pointer (RFC 6901), "" for the root
};

struct Diagnostic {
  Severity severity = Severity::kError;
  std::string code;  // stable kebab-case, e.g. "unknown-key"; the list is docs/errors.md
  Place place;
  std::string rule_id;            // the intent, reply, ... concerned; may be empty
  std::vector<std::string> args;  // fill {0}, {1} ... of the catalogue's sentences
};

// The catalogue: one row a code, sentence and remedy in both languages, {n} for arguments.
struct CatalogueEntry {
  std::string_view code;
  std::string_view message_zh, message_en;
  std::string_view remedy_zh, remedy_en;
};
// All rows, sorted by code.
const std::vector<CatalogueEntry>& catalogue();
const CatalogueEntry* find_catalogue_entry(std::string_view code);

// The sentence and the remedy of one diagnostic. A code that the catalogue lacks gives the code
// itself.
std::string message_of(const Diagnostic& diagnostic, Language language);
std::string remedy_of(const Diagnostic& diagnostic, Language language);
// "intents/bargain.json:12:7: error: … (unknown-key, bargain.discount)" and, on a second line, the
// remedy.
std::string to_text(const Diagnostic& diagnostic, Language language);

class Diagnostics {
 public:
  // At most this many are kept; the last then says how many more there were ("too-many-problems").
  static constexpr size_t kMaxKept = 1000;

  void error(std::string code, Place place, std::vector<std::string> args = {},
             std::string rule_id = {});
  void warning(std::string code, Place place, std::vector<std::string> args = {},
               std::string rule_id = {});
  bool has_errors() const { return errors_ > 0; }
  size_t error_count() const { return errors_; }
  size_t warning_count() const { return warnings_; }
  const std::vector<Diagnostic>& list() const { return list_; }
  // Orders by file, line, column; stable. Call once when loading ends.
  void sort();

 private:
  void add(Diagnostic diagnostic);
  std::vector<Diagnostic> list_;
  size_t errors_ = 0;
  size_t warnings_ = 0;
  size_t dropped_ = 0;
};

// "did you mean": the candidate nearest to `word` by edit distance, or empty when none is near: a
// third of the word may differ, and no more than `most` characters.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates,
                         size_t most = SIZE_MAX);

}  // namespace xiaoer
