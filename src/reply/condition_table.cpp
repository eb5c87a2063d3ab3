// Compiles conditions: the build half of condition.cpp.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reply/records.hpp"
#include "reply/replier.hpp"

namespace xiaoer::reply {
namespace {

constexpr std::string_view kCompareText[] = {"", "", "=", "!=", "<", "<=", ">", ">="};

// "placed|paid" for the bits of a set.
std::string names_of(uint32_t bits, std::span<const std::string_view> names) {
  std::string result;
  for (size_t i = 0; i < names.size(); ++i) {
    if ((bits & (1u << i)) == 0) continue;
    if (!result.empty()) result += '|';
    result += names[i];
  }
  return result;
}

std::string joined(const std::vector<std::string>& items) {
  std::string result;
  for (const std::string& item : items) {
    if (!result.empty()) result += '|';
    result += item;
  }
  return result;
}

std::string clock_text(int32_t minutes) {
  const auto two = [](int32_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

std::string fact_test_text(const rules::FactTest& test, const rules::Pack& pack) {
  const std::string path(pack.fact_path(test.fact));
  if (test.compare == rules::Compare::kPresent) return "has " + path;
  if (test.compare == rules::Compare::kAbsent) return "lacks " + path;
  std::string result = path;
  result += kCompareText[static_cast<size_t>(test.compare)];
  if (test.other != rules::kNoFact) {
    result += pack.fact_path(test.other);
  } else if (test.number) {
    result += test.number->to_string();
  } else if (test.text) {
    result += *test.text;
  } else if (!test.entity.empty()) {
    result += '{' + test.entity + '}';
  }
  return result;
}

std::vector<std::string> describe(const rules::Condition& when, const rules::Pack& pack) {
  std::vector<std::string> tests;
  if (when.order_states != 0) {
    tests.push_back("order_state=" + names_of(when.order_states, rules::order_state_names()));
  }
  if (when.stages != 0) tests.push_back("stage=" + names_of(when.stages, rules::stage_names()));
  if (when.weekdays != 0) {
    std::string days;
    for (int day = 1; day <= 7; ++day) {
      if (when.weekdays & (1u << day)) days += (days.empty() ? "" : "|") + std::to_string(day);
    }
    tests.push_back("weekday=" + days);
  }
  for (const rules::FactTest& test : when.facts) tests.push_back(fact_test_text(test, pack));
  if (when.hours_from && when.hours_to) {
    tests.push_back("hours=" + clock_text(*when.hours_from) + "-" + clock_text(*when.hours_to));
  }
  if (when.shop_open) tests.push_back(*when.shop_open ? "shop_open=true" : "shop_open=false");
  if (when.first_contact) {
    tests.push_back(*when.first_contact ? "first_contact=true" : "first_contact=false");
  }
  if (when.late) tests.push_back(*when.late ? "late=true" : "late=false");
  if (when.other_goods) {
    tests.push_back(*when.other_goods ? "other_goods=true" : "other_goods=false");
  }
  if (when.valid_from) tests.push_back("from");
  if (when.valid_to) tests.push_back("to");
  if (!when.buyer_tiers.empty()) tests.push_back("buyer_tier=" + joined(when.buyer_tiers));
  if (!when.items.empty()) tests.push_back("item=" + joined(when.items));
  if (!when.after.empty()) tests.push_back("after=" + joined(when.after));
  if (when.times_min != 0 || when.times_max != 0) {
    tests.push_back("times=" + std::to_string(when.times_min) + ".." +
                    (when.times_max == 0 ? "" : std::to_string(when.times_max)));
  }
  const std::pair<std::string_view, uint32_t> kDeeds[] = {{"done=", when.done},
                                                          {"failed=", when.failed}};
  for (const auto& [name, actions] : kDeeds) {
    if (actions != 0) tests.push_back(std::string(name) + names_of(actions, rules::action_names()));
  }
  if (when.emotions != 0) {
    tests.push_back("emotion=" + names_of(when.emotions, rules::emotion_names()));
  }
  if (when.moves != 0) tests.push_back("bargain=" + names_of(when.moves, rules::move_names()));
  if (when.round_min != 0 || when.round_max != 0) {
    tests.push_back("round=" + std::to_string(when.round_min) + ".." +
                    (when.round_max == 0 ? "" : std::to_string(when.round_max)));
  }
  if (when.price_edit) {
    const auto name = rules::price_edit_names()[static_cast<size_t>(*when.price_edit)];
    tests.push_back("edit=" + std::string(name));
  }
  return tests;
}

// Operands get strings of their own type only; unused members stay zero so that records compare as
// bytes.
std::vector<OperandRecord> operands_of(const rules::Condition& when, const rules::Pack& pack,
                                       ImageBuilder* image) {
  std::vector<OperandRecord> result;
  for (const rules::FactTest& test : when.facts) {
    OperandRecord record;
    record.fact = test.fact;
    record.other = test.other;
    record.entity = test.entity.empty() ? rules::kNoKind : pack.find_kind(test.entity);
    record.compare = static_cast<uint8_t>(test.compare);
    record.has_number = test.number.has_value();
    record.has_text = test.text.has_value();
    if (test.number) record.number = *test.number;
    if (test.text) record.text = image->string(*test.text);
    result.push_back(record);
  }
  const auto add = [&](OperandKind kind, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      OperandRecord record;
      record.kind = kind;
      record.text = image->string(text);
      result.push_back(record);
    }
  };
  add(OperandKind::kTier, when.buyer_tiers);
  add(OperandKind::kItem, when.items);
  add(OperandKind::kAfter, when.after);
  return result;
}

ConditionRecord record_of(const rules::Condition& when) {
  ConditionRecord record;
  record.order_states = when.order_states;
  record.stages = when.stages;
  record.weekdays = when.weekdays;
  record.has_hours = when.hours_from && when.hours_to;
  record.hours_from = when.hours_from.value_or(0);
  record.hours_to = when.hours_to.value_or(0);
  record.shop_open = when.shop_open ? (*when.shop_open ? 2 : 1) : 0;
  record.first_contact = when.first_contact ? (*when.first_contact ? 2 : 1) : 0;
  record.other_goods = when.other_goods ? (*when.other_goods ? 2 : 1) : 0;
  record.late = when.late ? (*when.late ? 2 : 1) : 0;
  record.has_valid_from = when.valid_from.has_value();
  record.has_valid_to = when.valid_to.has_value();
  record.valid_from = when.valid_from.value_or(0);
  record.valid_to = when.valid_to.value_or(0);
  record.times_min = when.times_min;
  record.times_max = when.times_max;
  record.emotions = when.emotions;
  record.done = when.done;
  record.failed = when.failed;
  record.moves = when.moves;
  record.round_min = when.round_min;
  record.round_max = when.round_max;
  record.bargains = when.bargains();
  if (when.price_edit)
    record.price_edit = static_cast<uint8_t>(1 + static_cast<uint8_t>(*when.price_edit));
  return record;
}

template <class T>
void append_bytes(const T& value, std::string* out) {
  out->append(reinterpret_cast<const char*>(&value), sizeof(value));
}

// The record field by field, without its padding.
std::string key_of(const ConditionRecord& c, const std::vector<OperandRecord>& operands) {
  std::string key;
  for (const int64_t value : {c.valid_from, c.valid_to}) append_bytes(value, &key);
  for (const uint32_t value : {c.order_states, c.stages, c.weekdays, c.times_min, c.times_max,
                               c.emotions, c.done, c.failed, c.moves, c.round_min, c.round_max}) {
    append_bytes(value, &key);
  }
  for (const int32_t value : {c.hours_from, c.hours_to}) append_bytes(value, &key);
  for (const uint8_t value : {c.has_hours, c.shop_open, c.late, c.first_contact, c.other_goods,
                              c.has_valid_from, c.has_valid_to, c.price_edit}) {
    append_bytes(value, &key);
  }
  for (const OperandRecord& o : operands) {
    append_bytes(o.number.milli, &key);
    append_bytes(o.text.offset, &key);
    append_bytes(o.text.size, &key);
    append_bytes(o.fact, &key);
    append_bytes(o.other, &key);
    key +=
        {static_cast<char>(o.kind), static_cast<char>(o.compare), static_cast<char>(o.has_number),
         static_cast<char>(o.has_text), static_cast<char>(o.entity)};
  }
  return key;
}

}  // namespace

struct ConditionTable::Impl {
  std::vector<ConditionRecord> conditions;
  std::vector<OperandRecord> operands;
  std::vector<StringRef> texts;
  std::map<std::string, uint32_t> known;
};

ConditionTable::ConditionTable() : impl_(std::make_unique<Impl>()) {
  impl_->conditions.emplace_back();
}
ConditionTable::~ConditionTable() = default;

uint32_t ConditionTable::add(const rules::Condition& condition, const rules::Pack& pack,
                             ImageBuilder* image) {
  if (condition.always()) return 0;
  ConditionRecord record = record_of(condition);
  const std::vector<OperandRecord> operands = operands_of(condition, pack, image);
  const auto index = static_cast<uint32_t>(impl_->conditions.size());
  const auto [place, fresh] = impl_->known.emplace(key_of(record, operands), index);
  if (!fresh) return place->second;
  record.operands = {static_cast<uint32_t>(impl_->operands.size()),
                     static_cast<uint32_t>(operands.size())};
  impl_->operands.insert(impl_->operands.end(), operands.begin(), operands.end());
  const std::vector<std::string> tests = describe(condition, pack);
  record.tests = static_cast<uint32_t>(tests.size());
  record.texts = {static_cast<uint32_t>(impl_->texts.size()), record.tests};
  for (const std::string& test : tests) impl_->texts.push_back(image->string(test));
  impl_->conditions.push_back(record);
  return index;
}

void ConditionTable::finish(ImageBuilder* image) {
  image->add(Section::kReplyConditions, impl_->conditions);
  image->add(Section::kReplyOperands, impl_->operands);
  image->add(Section::kReplyConditionTexts, impl_->texts);
}

}  // namespace xiaoer::reply
