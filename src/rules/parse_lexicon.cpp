// The vocabulary sections: `facts`, `lexicon`, `protect`, `entities`, `compliance`.

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "rules/entity_kinds.hpp"
#include "rules/parse.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::rules {
namespace {

using json::Type;

constexpr size_t kMaxFacts = 1000;   // FactId has 16 bits, and names are looked up one by one
constexpr size_t kMaxName = 32 * 4;  // bytes
constexpr size_t kMaxWord = 64;      // characters of a protected, dictionary or compliance word

constexpr std::string_view kFactTypeNames[] = {"text", "amount", "integer", "bool",
                                               "time", "clock",  "hours",   "list"};

Place key_place(const Node& object, const json::Member& member) {
  return {std::string(object.file), member.position.line, member.position.column,
          json::child_pointer(object.pointer, member.name)};
}

// A name that can stand inside <…> or {…} of a phrase.
bool is_name(std::string_view name) {
  constexpr std::string_view kForbidden = " \t\r\n|+()[]<>{}\\:\"";
  return !name.empty() && name.size() <= kMaxName &&
         name.find_first_of(kForbidden) == std::string_view::npos;
}

// "product.size_chart": lower-case words, digits and '_', at least two parts.
bool is_fact_path(std::string_view path) {
  if (path.size() > 96 || is_computed(path)) return false;
  size_t parts = 1;
  char before = '.';
  for (const char c : path) {
    const bool word = ascii::is_lower(c) || ascii::is_digit(c) || c == '_';
    if (!word && (c != '.' || before == '.')) return false;
    if (c == '.') ++parts;
    before = c;
  }
  return parts >= 2 && before != '.';
}

constexpr Field<FactSource> kFactFields[] = {
    {"name",
     [](ParseContext& context, const Node& node, FactSource& target) {
       auto text = read_text(context, node);
       if (text && !is_name(*text)) {
         context.error("bad-name", node.place(), {*text});
       } else if (text) {
         target.name = std::move(*text);
       }
     }},
    {"path",
     [](ParseContext& context, const Node& node, FactSource& target) {
       auto text = read_text(context, node);
       if (text && !is_fact_path(*text)) {
         context.error("bad-fact-path", node.place(), {*text});
       } else if (text) {
         target.path = std::move(*text);
       }
     }},
    {"type",
     [](ParseContext& context, const Node& node, FactSource& target) {
       if (auto type = read_name(context, node, kFactTypeNames, 0)) {
         target.type = static_cast<FactType>(*type);
       }
     }},
};

// Adds a declared fact, or in an overlay changes the type of one with the same name and path.
void add_fact(ParseContext& context, FactSource fact) {
  Draft& draft = context.draft();
  const bool built_in = find_fact(fact.name) != kNoFact || find_fact(fact.path) != kNoFact;
  for (size_t i = 0; i < draft.pack.facts.size() && !built_in; ++i) {
    FactSource& old = draft.pack.facts[i];
    const bool same = old.name == fact.name && old.path == fact.path;
    if (!same && old.name != fact.name && old.path != fact.path) continue;
    if (!same || draft.fact_levels[i] == draft.level) {
      context.error("duplicate-fact", fact.place, {fact.name, fact.path});
    } else {
      old = std::move(fact);
      draft.fact_levels[i] = draft.level;
    }
    return;
  }
  if (built_in) {
    context.error("duplicate-fact", fact.place, {fact.name, fact.path});
  } else if (draft.pack.facts.size() >= kMaxFacts) {
    context.error("limit-facts", fact.place, {std::to_string(kMaxFacts)});
  } else {
    draft.pack.facts.push_back(std::move(fact));
    draft.fact_levels.push_back(draft.level);
  }
}

// Plain words: not phrases, and something must be left of them when they are normalised.
std::vector<PlacedText> read_words(ParseContext& context, const Node& node, bool single_allowed) {
  std::vector<PlacedText> words = read_texts(context, node, single_allowed);
  std::erase_if(words, [&](const PlacedText& word) {
    const size_t size = text::normalise_to_chars(word.text).size();
    if (size == 0) context.error("empty-text", word.place);
    if (size > kMaxWord) {
      context.error("word-too-long", word.place, {std::to_string(size), std::to_string(kMaxWord)});
    }
    return size == 0 || size > kMaxWord;
  });
  return words;
}

// Whether a word or its misspelling is of a length that can be corrected.
bool is_typo_size(std::string_view text, size_t least) {
  constexpr size_t kMaxTypo = 7;  // characters
  const size_t size = text::normalise_to_chars(text).size();
  return size >= least && size <= kMaxTypo;
}

std::vector<std::string> read_plain_words(ParseContext& context, const Node& node) {
  std::vector<std::string> plain;
  for (PlacedText& word : read_words(context, node, true)) plain.push_back(std::move(word.text));
  return plain;
}

void add_words(ParseContext& context, const Node& node, ConceptSource& target,
               std::vector<Place>* places) {
  for (PlacedText& word : read_texts(context, node, true)) {
    if (!count_phrases(context, word.place, 1)) return;
    if (!check_phrase(context, word.text, word.place)) continue;
    target.words.push_back(std::move(word.text));
    places->push_back(std::move(word.place));
  }
  if (node.value->is(Type::kArray) && node.value->items.empty()) {
    context.error("empty-list", node.place(), {target.name});
  }
}

// A value that the kind has already gets more words.
void append_values(ParseContext& context, const Node& node, EntitySource& target) {
  if (!expect(context, node, Type::kObject)) return;
  for (const json::Member& member : node.value->members) {
    const Node child = node.child(member);
    EntityValue value;
    value.value = member.name;
    value.place = key_place(node, member);
    value.words = read_plain_words(context, child);
    if (value.value.empty()) context.error("empty-text", value.place);
    if (!count_phrases(context, value.place, value.words.size())) return;
    if (child.value->is(Type::kArray) && child.value->items.empty()) {
      context.error("empty-list", child.place(), {member.name});
    }
    const auto known =
        std::find_if(target.values.begin(), target.values.end(),
                     [&](const EntityValue& old) { return old.value == value.value; });
    if (known == target.values.end()) {
      target.values.push_back(std::move(value));
    } else {
      known->words.insert(known->words.end(), value.words.begin(), value.words.end());
    }
  }
}

void read_values(ParseContext& context, const Node& node, EntitySource& target) {
  std::erase_if(target.values, [](const EntityValue& old) { return !old.value.empty(); });
  append_values(context, node, target);
}

void append_not(ParseContext& context, const Node& node, EntitySource& target) {
  EntityValue hidden;
  hidden.place = node.place();
  hidden.words = read_plain_words(context, node);
  if (count_phrases(context, hidden.place, hidden.words.size())) {
    target.values.push_back(std::move(hidden));
  }
}

void read_not(ParseContext& context, const Node& node, EntitySource& target) {
  std::erase_if(target.values, [](const EntityValue& old) { return old.value.empty(); });
  append_not(context, node, target);
}

constexpr Field<EntitySource> kEntityFields[] = {
    {"kind", skip_field<EntitySource>},
    {"values", read_values},
    {"values+", append_values},
    {"not", read_not},
    {"not+", append_not},
};

// `key` and its appending twin: never both, and the twin only where there is something to append
// to.
void check_twin(ParseContext& context, const Node& node, const std::string& key, bool is_new) {
  const Node more = node.find(key + "+");
  if (more.value == nullptr) return;
  if (node.value->find(key) != nullptr) {
    context.error("conflicting-keys", more.place(), {key, key + "+"});
  } else if (is_new) {
    context.error("append-without-base", more.place(), {key + "+"});
  }
}

// What is read without a dictionary (数量) may come with `not` alone.
void check_values(ParseContext& context, const Node& node, bool is_new, bool built_in) {
  const auto given = [&node](std::string_view key) { return node.value->find(key) != nullptr; };
  const bool enough = given("values") || given("values+") || (built_in && given("not"));
  if (is_new && !enough) report_missing_key(context, node, "values");
  check_twin(context, node, "values", is_new);
  check_twin(context, node, "not", is_new);
}

void read_entity(ParseContext& context, const Node& node) {
  const Node kind = node.find("kind");
  if (kind.value == nullptr) return report_missing_key(context, node, "kind");
  const auto name = read_text(context, kind);
  if (!name) return;
  if (!is_name(*name)) return context.error("bad-name", kind.place(), {*name});
  Draft& draft = context.draft();
  size_t position = 0;
  const EntryState state = open_entry(context, *name, kind.place(), draft.entity_index,
                                      draft.pack.entities, draft.entity_notes, &position);
  EntitySource scratch;
  EntitySource& entity = state == EntryState::kDuplicate ? scratch : draft.pack.entities[position];
  entity.kind = *name;
  entity.place = kind.place();
  read_fields<EntitySource>(context, node, kEntityFields, entity);
  check_values(context, node, state == EntryState::kNew, find_entity_kind(*name) != kNoKind);
  constexpr size_t kMaxOwn = kMaxKinds - kBuiltInKinds;
  size_t own = 0;
  for (const EntitySource& each : draft.pack.entities) {
    if (find_entity_kind(each.kind) == kNoKind) ++own;
  }
  if (own > kMaxOwn) context.error("limit-kinds", kind.place(), {std::to_string(kMaxOwn)});
}

// One text for all words (an empty word stands for them), or a text for each word that has one.
void read_rewrites(ParseContext& context, const Node& node, ComplianceSource& target) {
  if (node.value->is(Type::kString)) {
    target.rewrites.push_back({"", node.value->text, node.place()});
    return;
  }
  if (!expect(context, node, Type::kObject)) return;
  for (const json::Member& member : node.value->members) {
    const Node child = node.child(member);
    if (!expect(context, child, Type::kString)) continue;
    target.rewrites.push_back({member.name, child.value->text, child.place()});
  }
}

constexpr Field<ComplianceSource> kComplianceFields[] = {
    {"rule",
     [](ParseContext& context, const Node& node, ComplianceSource& target) {
       if (auto text = read_text(context, node)) target.rule = std::move(*text);
     }},
    {"words", [](ParseContext& context, const Node& node,
                 ComplianceSource& target) { target.words = read_plain_words(context, node); }},
    {"except", [](ParseContext& context, const Node& node,
                  ComplianceSource& target) { target.except = read_plain_words(context, node); }},
    {"advice",
     [](ParseContext& context, const Node& node, ComplianceSource& target) {
       if (auto text = read_text(context, node)) target.advice = std::move(*text);
     }},
    {"rewrite", read_rewrites},
    {"disguised",
     [](ParseContext& context, const Node& node, ComplianceSource& target) {
       if (auto on = read_bool(context, node)) target.disguised = *on;
     }},
};

void require(ParseContext& context, const Node& node, std::string_view key) {
  if (node.value->find(key) == nullptr) report_missing_key(context, node, key);
}

}  // namespace

void read_facts_section(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kArray)) return;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (!expect(context, item, Type::kObject)) continue;
    FactSource fact;
    fact.place = item.place();
    read_fields<FactSource>(context, item, kFactFields, fact);
    for (const std::string_view key : {"name", "path", "type"}) require(context, item, key);
    if (!fact.name.empty() && !fact.path.empty()) add_fact(context, std::move(fact));
  }
}

void read_lexicon_section(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kObject)) return;
  Draft& draft = context.draft();
  for (const json::Member& member : node.value->members) {
    const Node child = node.child(member);
    const bool append = member.name.ends_with('+');
    const std::string name = member.name.substr(0, member.name.size() - (append ? 1 : 0));
    const Place place = key_place(node, member);
    context.rule_id = name;
    if (!is_name(name)) {
      context.error("bad-name", place, {name});
      continue;
    }
    if (append && !draft.concept_index.contains(name)) {
      context.error("append-without-base", place, {member.name});
      continue;
    }
    size_t position = 0;
    const EntryState state = open_entry(context, name, place, draft.concept_index,
                                        draft.pack.concepts, draft.concept_notes, &position);
    const bool duplicate = state == EntryState::kDuplicate;
    ConceptSource scratch;
    ConceptSource& target = duplicate ? scratch : draft.pack.concepts[position];
    std::vector<Place> scratch_places;
    std::vector<Place>& places = duplicate ? scratch_places : draft.concept_notes[position].words;
    target.name = name;
    target.place = place;
    if (!append) {
      target.words.clear();
      places.clear();
    }
    add_words(context, child, target, &places);
  }
  context.rule_id.clear();
}

void read_protect_section(ParseContext& context, const Node& node) {
  std::vector<std::string>& words = context.pack().protected_words;
  for (PlacedText& word : read_words(context, node, false)) {
    if (!count_phrases(context, word.place, 1)) return;
    words.push_back(std::move(word.text));
  }
}

void read_typos_section(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kObject)) return;
  for (const json::Member& member : node.value->members) {
    TypoSource typo;
    typo.right = member.name;
    typo.place = key_place(node, member);
    if (!is_typo_size(typo.right, 1)) {
      context.error("bad-typo", typo.place, {typo.right});
      continue;
    }
    for (PlacedText& wrong : read_words(context, node.child(member), true)) {
      if (!count_phrases(context, wrong.place, 1)) return;
      if (is_typo_size(wrong.text, 2)) {
        typo.wrong.push_back(std::move(wrong.text));
      } else {
        context.error("bad-typo", wrong.place, {wrong.text});
      }
    }
    context.pack().typos.push_back(std::move(typo));
  }
}

void read_entities_section(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kArray)) return;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (expect(context, item, Type::kObject)) read_entity(context, item);
  }
}

void read_compliance_section(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kArray)) return;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (!expect(context, item, Type::kObject)) continue;
    ComplianceSource entry;
    entry.place = item.place();
    read_fields<ComplianceSource>(context, item, kComplianceFields, entry);
    for (const std::string_view key : {"rule", "words", "advice"}) require(context, item, key);
    if (!count_phrases(context, item.place(), entry.words.size() + entry.except.size())) return;
    if (!entry.words.empty()) context.pack().compliance.push_back(std::move(entry));
  }
}

}  // namespace xiaoer::rules
