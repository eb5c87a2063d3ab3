#pragma once
// Internal: helpers with which every section is read. Each problem is reported and reading goes on.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "json/value.hpp"
#include "rules/draft.hpp"
#include "rules/loader.hpp"

namespace xiaoer::rules {

// A JSON value and where it stands. Borrows the value and the file's name.
struct Node {
  const json::Value* value = nullptr;
  std::string_view file;
  std::string pointer;

  Place place() const;
  Node child(const json::Member& member) const;
  Node item(size_t index) const;
  // The member's node; value is nullptr when it is missing.
  Node find(std::string_view name) const;
};

// What the readers of sections share: where to report, what to fill, whose entry is being read.
class ParseContext {
 public:
  ParseContext(const LoadOptions& options, Draft* draft, Diagnostics* diagnostics)
      : options_(options), draft_(draft), diagnostics_(diagnostics) {}

  const LoadOptions& options() const { return options_; }
  Draft& draft() { return *draft_; }
  const Draft& draft() const { return *draft_; }
  Pack& pack() { return draft_->pack; }
  bool is_overlay() const { return draft_->level > 0; }

  // Id of the entry concerned; goes into its diagnostics.
  std::string rule_id;

  void error(std::string code, Place place, std::vector<std::string> args = {});
  void warning(std::string code, Place place, std::vector<std::string> args = {});

  // Arguments of an "unknown ..." diagnostic: {0} the word, {1} and {2} "did you mean" in Chinese
  // and English, empty when nothing is near.
  std::vector<std::string> unknown(std::string_view word,
                                   const std::vector<std::string_view>& candidates);
  // Candidates for unknown() from `entries`, or none when that many may no longer be compared.
  template <class T, class Name>
  void add_candidates(const std::vector<T>& entries, Name name,
                      std::vector<std::string_view>* candidates) const {
    if (candidates->size() + entries.size() > comparisons_left_) return;
    for (const T& entry : entries) candidates->push_back(name(entry));
  }

 private:
  const LoadOptions& options_;
  Draft* draft_;
  Diagnostics* diagnostics_;
  size_t comparisons_left_ =
      300'000;  // of candidates: a hostile pack must not buy a square of them
};

bool expect(ParseContext& context, const Node& node, json::Type type);
std::optional<std::string> read_text(ParseContext& context, const Node& node);  // not empty
std::optional<bool> read_bool(ParseContext& context, const Node& node);
std::optional<int64_t> read_integer(ParseContext& context, const Node& node, int64_t least,
                                    int64_t greatest);

// `priority` of an intent or a reply: 0 where it is none.
int32_t read_priority(ParseContext& context, const Node& node);
std::optional<double> read_number(ParseContext& context, const Node& node, double least,
                                  double greatest);
// A list of texts; `single_allowed`: also one text alone.
struct PlacedText {
  std::string text;
  Place place;
};
std::vector<PlacedText> read_texts(ParseContext& context, const Node& node, bool single_allowed);
std::vector<std::string> read_plain_texts(ParseContext& context, const Node& node,
                                          bool single_allowed);
// Index of the text in `names` from `first` on (names before it are not for packs).
std::optional<size_t> find_name(ParseContext& context, std::string_view text, const Place& place,
                                std::span<const std::string_view> names, size_t first);
std::optional<size_t> read_name(ParseContext& context, const Node& node,
                                std::span<const std::string_view> names, size_t first);
// Ids: ASCII letters, digits, '_', '-' in parts joined by '.', at most 96 bytes.
bool is_id(std::string_view text);
std::optional<std::string> read_id(ParseContext& context, const Node& object);

// One key of an object and what reads it.
template <class T>
struct Field {
  std::string_view key;
  void (*read)(ParseContext& context, const Node& node, T& target);
};

void report_unknown_key(ParseContext& context, const Node& object, const json::Member& member,
                        const std::vector<std::string_view>& known);
void report_missing_key(ParseContext& context, const Node& object, std::string_view key);

// Reads the members of an object by their fields; others are unknown keys.
template <class T>
void read_fields(ParseContext& context, const Node& object, std::span<const Field<T>> fields,
                 T& target) {
  for (const json::Member& member : object.value->members) {
    const Field<T>* found = nullptr;
    for (const Field<T>& field : fields) {
      if (field.key == member.name) found = &field;
    }
    if (found != nullptr) {
      found->read(context, object.child(member), target);
      continue;
    }
    std::vector<std::string_view> known;
    for (const Field<T>& field : fields) known.push_back(field.key);
    report_unknown_key(context, object, member, known);
  }
}

// For keys that are read elsewhere.
template <class T>
void skip_field(ParseContext&, const Node&, T&) {}

// Sections. `node` is the section's value.
void read_facts_section(ParseContext& context, const Node& node);
void read_lexicon_section(ParseContext& context, const Node& node);
void read_protect_section(ParseContext& context, const Node& node);
void read_typos_section(ParseContext& context, const Node& node);
void read_entities_section(ParseContext& context, const Node& node);
void read_compliance_section(ParseContext& context, const Node& node);
void read_intents_section(ParseContext& context, const Node& node);
void read_replies_section(ParseContext& context, const Node& node);
void read_techniques_section(ParseContext& context, const Node& node);
void read_manners_section(ParseContext& context, const Node& node);
void read_settings_section(ParseContext& context, const Node& node);
void read_tests_section(ParseContext& context, const Node& node);
void read_buyer_section(ParseContext& context, const Node& node);
void read_case_section(ParseContext& context, const Node& node);
void read_scenarios_section(ParseContext& context, const Node& node);

// A time with offset as seconds since the epoch; reports what is none.
std::optional<int64_t> read_moment(ParseContext& context, const Node& node);
// Narrows the condition to the campaign that is being read, if it is one.
void narrow_to_campaign(const ParseContext& context, Condition* condition);
// Reports, in a campaign, what would outlast it: `what` replaces or removes a part of the pack
// below.
void refuse_in_campaign(ParseContext& context, const Node& node, std::string_view what);

Condition read_condition(ParseContext& context, const Node& node);
// A fact by name or path, reported when it is none.
FactId read_fact_name(ParseContext& context, std::string_view name, const Place& place);
// Where values come from: one text or a list (ValueSource). Names are looked up later.
std::vector<ValueSource> read_value_sources(ParseContext& context, const Node& node);
std::vector<ActionSource> read_actions(ParseContext& context, const Node& node);
void read_patterns(ParseContext& context, const Node& node, std::vector<PatternSource>& target);
// Reads a reply written at `node`; `id` is its own or made up. Nothing when its id is taken.
void read_reply(ParseContext& context, const Node& node, const std::string& id, Wording kind);
// The place of character `column` inside a text that was written at `place`. Exact unless the text
// holds \u escapes: quotes, backslashes and control characters are known to take two characters.
Place inside(Place place, std::string_view text, uint32_t column);
// The phrase; null when something is wrong, which is reported.
PhraseTree check_phrase(ParseContext& context, std::string_view text, const Place& place);
// Counts towards max_phrases; false when there are too many (reported once).
bool count_phrases(ParseContext& context, const Place& place, size_t count);

// An entry (intent, reply, concept, entity kind) by its id on the level that is being read.
enum class EntryState : uint8_t { kNew, kChanged, kDuplicate };
// Finds or makes the entry. kDuplicate (reported): the entry came already on this level.
template <class T, class Notes>
EntryState open_entry(ParseContext& context, const std::string& id, const Place& place,
                      std::unordered_map<std::string, size_t>& index, std::vector<T>& entries,
                      std::vector<Notes>& notes, size_t* position) {
  const auto [found, added] = index.try_emplace(id, entries.size());
  *position = found->second;
  if (added) {
    entries.emplace_back();
    notes.emplace_back().born = context.draft().level;
  } else if (notes[*position].level == context.draft().level) {
    const Place& first = notes[*position].place;
    context.error("duplicate-id", place, {id, first.file, std::to_string(first.line)});
    return EntryState::kDuplicate;
  }
  notes[*position].level = context.draft().level;
  notes[*position].place = place;
  return added ? EntryState::kNew : EntryState::kChanged;
}

}  // namespace xiaoer::rules
