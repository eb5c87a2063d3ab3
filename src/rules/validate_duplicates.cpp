#include <unordered_map>
#include <utility>

#include "rules/validate.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::rules {
namespace {

struct First {
  std::string intent;
  const Place* place;
};
using Seen = std::unordered_map<std::string, First>;

template <class T>
void append_number(const T& value, std::string* key) {
  *key += std::to_string(static_cast<int64_t>(value));
  *key += ';';
}
template <class T>
void append_optional(const std::optional<T>& value, std::string* key) {
  if (value) {
    append_number(*value, key);
  } else {
    *key += "-;";
  }
}
void append_texts(const std::vector<std::string>& texts, std::string* key) {
  for (const std::string& text : texts) *key += text + '\x01';
  *key += ';';
}

void append_condition(const Condition& condition, std::string* key) {
  append_number(condition.order_states, key);
  append_number(condition.stages, key);
  append_number(condition.weekdays, key);
  for (const FactTest& test : condition.facts) {
    append_number(test.fact, key);
    append_number(test.compare, key);
    append_number(test.other, key);
    append_number(test.number ? test.number->milli : -1, key);
    *key += test.text.value_or("-") + '\x01';
  }
  append_optional(condition.hours_from, key);
  append_optional(condition.hours_to, key);
  append_optional(condition.shop_open, key);
  append_optional(condition.late, key);
  append_optional(condition.valid_from, key);
  append_optional(condition.valid_to, key);
  append_texts(condition.buyer_tiers, key);
  append_texts(condition.items, key);
  append_number(condition.times_min, key);
  append_number(condition.times_max, key);
}

// Everything but the phrase that decides when a pattern matches.
std::string options_key(const PatternSource& pattern) {
  std::string key;
  append_number(pattern.kind, &key);
  append_number(pattern.max_len, &key);
  append_number(pattern.inside_ok, &key);
  append_number(pattern.within, &key);
  key += pattern.after + ';';
  for (const std::string& text : pattern.nots) {
    Phrase phrase;
    PhraseError error;
    if (parse_phrase(text, &phrase, &error)) key += canonical(phrase);
  }
  append_condition(pattern.when, &key);
  return key;
}

void note(ParseContext& context, const char* code, std::string key, const std::string& text,
          const Place& place, Seen* seen) {
  const auto [found, added] = seen->try_emplace(std::move(key), First{context.rule_id, &place});
  if (added) return;
  const First& first = found->second;
  context.warning(code, place,
                  {text, first.intent, first.place->file, std::to_string(first.place->line)});
}

void check_patterns(ParseContext& context, const IntentSource& intent, Seen* seen) {
  for (const PatternSource& pattern : intent.patterns) {
    const std::string options = options_key(pattern);
    if (pattern.is_regex) {
      note(context, "duplicate-phrase", "re " + pattern.text + '\n' + options, pattern.text,
           pattern.place, seen);
      continue;
    }
    Phrase phrase;
    PhraseError error;
    if (!parse_phrase(pattern.text, &phrase, &error)) continue;
    for (const PhraseAlternative& alternative : phrase.alternatives) {
      note(context, "duplicate-phrase", canonical(alternative) + '\n' + options, pattern.text,
           pattern.place, seen);
    }
  }
}

}  // namespace

void validate_duplicates(ParseContext& context) {
  Seen phrases, examples;
  for (const IntentSource& intent : context.pack().intents) {
    context.rule_id = intent.id;
    check_patterns(context, intent, &phrases);
    for (const ExampleSource& example : intent.examples) {
      note(context, "duplicate-example", text::normalise_to_utf8(example.text), example.text,
           example.place, &examples);
    }
  }
  context.rule_id.clear();
}

}  // namespace xiaoer::rules
