#include <unordered_map>
#include <utility>

#include "rules/pattern_options.hpp"
#include "rules/validate.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::rules {
namespace {

struct First {
  std::string intent;
  const Place* place;
};
using Seen = std::unordered_map<std::string, First>;

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
    const PhraseTree phrase = phrase_of(pattern);
    if (phrase == nullptr) continue;
    for (const PhraseAlternative& alternative : phrase->alternatives) {
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
