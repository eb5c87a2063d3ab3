#include "rules/pattern_options.hpp"

#include <optional>

#include "rules/phrase_shape.hpp"

namespace xiaoer::rules {
namespace {

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
    *key += test.text.value_or("-") + '\x01' + test.entity + '\x01';
  }
  append_optional(condition.hours_from, key);
  append_optional(condition.hours_to, key);
  append_optional(condition.shop_open, key);
  append_optional(condition.late, key);
  append_optional(condition.first_contact, key);
  append_optional(condition.other_goods, key);
  append_optional(condition.valid_from, key);
  append_optional(condition.valid_to, key);
  append_texts(condition.buyer_tiers, key);
  append_texts(condition.items, key);
  append_texts(condition.after, key);
  append_number(condition.times_min, key);
  append_number(condition.times_max, key);
  append_number(condition.emotions, key);
  append_number(condition.done, key);
  append_number(condition.failed, key);
}

}  // namespace

std::string options_key(const PatternSource& pattern) {
  std::string key;
  append_number(pattern.kind, &key);
  append_number(pattern.max_len, &key);
  append_number(pattern.inside_ok, &key);
  append_number(pattern.within, &key);
  key += pattern.after + ';';
  for (size_t i = 0; i < pattern.nots.size(); ++i) {
    if (const PhraseTree phrase = excluded_by(pattern, i)) key += canonical(*phrase);
  }
  append_condition(pattern.when, &key);
  return key;
}

}  // namespace xiaoer::rules
