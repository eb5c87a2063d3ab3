#include "reply/facts_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/instant.hpp"

namespace xiaoer::reply {
namespace {

using json::Type;
using rules::FactType;

constexpr std::array<std::string_view, 5> kSections = {"shop", "product", "promotion", "order",
                                                       "buyer"};

// Whether the person behind the counter can answer.
constexpr std::string_view kPresences[] = {"online", "busy", "away"};

uint16_t shape(FactType type) { return static_cast<uint16_t>(1u << static_cast<unsigned>(type)); }

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

void join(FactValue* value) {
  value->text.clear();
  for (const std::string& item : value->items) {
    if (!value->text.empty()) value->text += "、";
    value->text += item;
  }
}

}  // namespace

bool Facts::read(const json::Value& value, std::string_view file, Diagnostics* diagnostics) {
  clear();
  if (!FactsReader(this, file, diagnostics).read(value)) {
    clear();
    return false;
  }
  derive();
  return true;
}

FactsReader::Where FactsReader::child(const Where& parent, const json::Member& member) {
  return {parent.path.empty() ? member.name : parent.path + "." + member.name,
          json::child_pointer(parent.pointer, member.name)};
}

FactsReader::Where FactsReader::child(const Where& parent, size_t index) {
  return {parent.path + "[" + std::to_string(index) + "]",
          json::child_pointer(parent.pointer, index)};
}

void FactsReader::fail(const char* code, const json::Value& value, const Where& where,
                       std::vector<std::string> args) {
  ok_ = false;
  args.insert(args.begin(), where.path.empty() ? "facts" : where.path);
  diagnostics_->error(code, place_of(value, where), std::move(args));
}

Place FactsReader::place_of(const json::Value& value, const Where& where) const {
  return {file_, value.position.line, value.position.column, where.pointer};
}

void FactsReader::wrong_type(const json::Value& value, const Where& where, Type expected) {
  fail("fact-wrong-type", value, where,
       {std::string(json::type_name_zh(expected)), std::string(json::type_name_zh(value.type)),
        std::string(json::type_name_en(expected)), std::string(json::type_name_en(value.type))});
}

bool FactsReader::expect(const json::Value& value, const Where& where, Type type) {
  if (value.is(type)) return true;
  if (!value.is(Type::kNull)) wrong_type(value, where, type);
  return false;
}

bool FactsReader::read(const json::Value& root) {
  const Where top;
  if (!root.is(Type::kObject)) {
    wrong_type(root, top, Type::kObject);
    return false;
  }
  for (const json::Member& member : root.members) {
    const Where where = child(top, member);
    const bool known =
        std::find(kSections.begin(), kSections.end(), member.name) != kSections.end();
    if (!known) {
      read_extra(member.value, where);
    } else if (expect(member.value, where, Type::kObject)) {
      read_section(member.value, where);
    }
  }
  std::sort(facts_->extras_.begin(), facts_->extras_.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return ok_;
}

void FactsReader::read_section(const json::Value& section, const Where& where) {
  for (const json::Member& member : section.members) {
    const Where at = child(where, member);
    const rules::FactId id = rules::find_fact(at.path);
    if (id != rules::kNoFact) {
      read_fact(id, member.value, at);
    } else if (!read_nested(member.value, at)) {
      read_extra(member.value, at);
    }
  }
}

void FactsReader::read_fact(rules::FactId id, const json::Value& value, const Where& where) {
  FactValue* out = &facts_->values_[id];
  const FactType type = rules::facts()[id].type;
  switch (type) {
    case FactType::kText:
      read_text(value, where, out);
      break;
    case FactType::kAmount:
    case FactType::kInteger:
      read_number(value, where, type == FactType::kInteger, out);
      break;
    case FactType::kBool:
      if (!expect(value, where, Type::kBool)) return;
      out->present = true;
      out->flag = value.boolean;
      out->text = value.boolean ? "true" : "false";
      break;
    case FactType::kTime:
      read_time(value, where, out);
      break;
    case FactType::kClock:
    case FactType::kHours:
      read_hours(value, where, type == FactType::kClock, out);
      break;
    case FactType::kTextList:
      read_list(value, where, out);
      break;
  }
  if (out->present) out->shapes = shape(type);
  if (!out->present) facts_->blanks_.push_back(id);
  if (id == known_facts().order_state) check_name(*out, value, where, rules::order_state_names());
  if (id == known_facts().presence) check_name(*out, value, where, kPresences);
}

void FactsReader::check_name(const FactValue& read, const json::Value& value, const Where& where,
                             std::span<const std::string_view> names) {
  if (!read.present || std::find(names.begin(), names.end(), read.text) != names.end()) return;
  std::string all;
  for (const std::string_view name : names) all.append(all.empty() ? "" : ", ").append(name);
  fail("fact-unknown-state", value, where, {value.text, all});
}

void FactsReader::read_number(const json::Value& value, const Where& where, bool whole,
                              FactValue* out) {
  if (!expect(value, where, Type::kNumber)) return;
  const std::optional<Decimal> number = Decimal::parse(value.text);
  if (!number || number->milli < 0 || (whole && !number->is_integer())) {
    fail(whole ? "fact-not-whole" : "fact-out-of-range", value, where, {value.text});
    return;
  }
  out->present = true;
  out->number = *number;
  out->text = number->to_string();
}

void FactsReader::read_text(const json::Value& value, const Where& where, FactValue* out) {
  if (!expect(value, where, Type::kString) || blank(value.text)) return;
  out->present = true;
  out->text = value.text;
}

void FactsReader::read_time(const json::Value& value, const Where& where, FactValue* out) {
  if (!expect(value, where, Type::kString)) return;
  const std::optional<Instant> instant = parse_instant(value.text);
  if (!instant) {
    fail("fact-bad-time", value, where, {value.text});
    return;
  }
  out->present = true;
  out->time = instant->seconds;
  out->offset_minutes = instant->offset_minutes;
  out->text = value.text;
}

void FactsReader::read_hours(const json::Value& value, const Where& where, bool clock,
                             FactValue* out) {
  if (!expect(value, where, Type::kString)) return;
  const std::optional<Hours> hours = clock ? std::nullopt : parse_hours(value.text);
  const std::optional<int32_t> minute = clock ? parse_clock(value.text, false) : std::nullopt;
  if (!hours && !minute) {
    fail(clock ? "fact-bad-clock" : "fact-bad-hours", value, where, {value.text});
    return;
  }
  out->present = true;
  out->number = Decimal::of(hours ? hours->from : *minute);
  out->minutes_to = hours ? hours->to : 0;
  out->text = value.text;
}

void FactsReader::read_list(const json::Value& value, const Where& where, FactValue* out) {
  if (!expect(value, where, Type::kArray)) return;
  for (size_t i = 0; i < value.items.size(); ++i) {
    const json::Value& item = value.items[i];
    if (expect(item, child(where, i), Type::kString) && !blank(item.text)) {
      out->items.push_back(item.text);
    }
  }
  out->present = !out->items.empty();
  join(out);
}

bool FactsReader::read_nested(const json::Value& value, const Where& where) {
  const std::pair<std::string_view, std::vector<FactEntry>*> kNested[] = {
      {"product.variants", &facts_->variants_}, {"product.sizes", &facts_->sizes_},
      {"product.related", &facts_->related_},   {"product.quantity_prices", &facts_->bulk_},
      {"promotion.coupons", &facts_->coupons_},
  };
  if (where.path == "product.ladder") {
    read_ladder(value, where);
    return true;
  }
  for (const auto& [path, entries] : kNested) {
    if (path != where.path) continue;
    read_entries(value, where, entries);
    return true;
  }
  return false;
}

void FactsReader::read_entries(const json::Value& value, const Where& where,
                               std::vector<FactEntry>* out) {
  if (!expect(value, where, Type::kArray)) return;
  for (size_t i = 0; i < value.items.size(); ++i) {
    const Where at = child(where, i);
    if (!expect(value.items[i], at, Type::kObject)) continue;
    read_entry(value.items[i], at, &out->emplace_back());
  }
}

void FactsReader::read_entry(const json::Value& value, const Where& where, FactEntry* out) {
  const std::pair<std::string_view, std::string*> texts[] = {{"name", &out->name},
                                                             {"where", &out->where},
                                                             {"reason", &out->reason},
                                                             {"link", &out->link},
                                                             {"fits", &out->fits}};
  const std::pair<std::string_view, std::optional<Decimal>*> numbers[] = {
      {"stock", &out->stock},
      {"min", &out->min},
      {"price", &out->price},
      {"threshold", &out->threshold},
      {"value", &out->value}};
  const std::pair<std::string_view, std::optional<Band>*> bands[] = {
      {"height", &out->height}, {"weight", &out->weight}, {"foot", &out->foot}};
  for (const json::Member& member : value.members) {
    const Where at = child(where, member);
    const auto is = [&](const auto& known) { return known.first == member.name; };
    if (const auto* text = std::find_if(std::begin(texts), std::end(texts), is);
        text != std::end(texts)) {
      FactValue read;
      read_text(member.value, at, &read);
      *text->second = std::move(read.text);
    } else if (const auto* number = std::find_if(std::begin(numbers), std::end(numbers), is);
               number != std::end(numbers)) {
      FactValue read;
      read_number(member.value, at, number->first == "stock" || number->first == "min", &read);
      if (read.present) *number->second = read.number;
    } else if (const auto* band = std::find_if(std::begin(bands), std::end(bands), is);
               band != std::end(bands)) {
      read_band(member.value, at, band->second);
    } else {
      facts_->unknown_.push_back({at.path, place_of(member.value, at)});
    }
  }
}

void FactsReader::read_band(const json::Value& value, const Where& where,
                            std::optional<Band>* out) {
  if (!expect(value, where, Type::kArray)) return;
  std::optional<Decimal> ends[2];
  for (size_t i = 0; i < std::min(value.items.size(), std::size(ends)); ++i) {
    FactValue end;
    read_number(value.items[i], child(where, i), false, &end);
    if (end.present) ends[i] = end.number;
  }
  const bool upside_down = ends[0] && ends[1] && *ends[0] > *ends[1];
  if (value.items.size() != 2 || (!ends[0] && !ends[1]) || upside_down) {
    if (ok_) fail("fact-bad-range", value, where);
    return;
  }
  *out = {ends[0], ends[1]};
}

void FactsReader::read_ladder(const json::Value& value, const Where& where) {
  if (!expect(value, where, Type::kArray)) return;
  for (size_t i = 0; i < value.items.size(); ++i) {
    FactValue step;
    read_number(value.items[i], child(where, i), false, &step);
    if (step.present) facts_->ladder_.push_back(step.number);
  }
}

void FactsReader::read_extra(const json::Value& value, const Where& where) {
  FactValue out;
  if (value.is(Type::kObject)) {
    for (const json::Member& member : value.members) read_extra(member.value, child(where, member));
    return;
  }
  facts_->unknown_.push_back({where.path, place_of(value, where)});
  if (value.is(Type::kBool)) {
    out.flag = value.boolean;
    out.text = value.boolean ? "true" : "false";
    out.shapes = shape(FactType::kBool);
  } else if (value.is(Type::kNumber)) {
    const std::optional<Decimal> number = Decimal::parse(value.text);
    if (!number || number->milli < 0) return;  // no type of fact fits
    out.number = *number;
    out.text = number->to_string();
    out.shapes = shape(FactType::kAmount);
    if (number->is_integer()) out.shapes |= shape(FactType::kInteger);
  } else if (value.is(Type::kArray)) {
    for (const json::Value& item : value.items) {
      if (item.is(Type::kString) && !blank(item.text)) out.items.push_back(item.text);
    }
    if (out.items.empty()) return;
    join(&out);
    out.shapes = shape(FactType::kTextList);
  } else if (value.is(Type::kString) && !blank(value.text)) {
    out.text = value.text;
    out.shapes = shape(FactType::kText);
    if (const auto instant = parse_instant(value.text)) {
      out.time = instant->seconds;
      out.offset_minutes = instant->offset_minutes;
      out.shapes |= shape(FactType::kTime);
    } else if (const auto hours = parse_hours(value.text)) {
      out.number = Decimal::of(hours->from);
      out.minutes_to = hours->to;
      out.shapes |= shape(FactType::kHours);
    } else if (const auto minute = parse_clock(value.text, false)) {
      out.number = Decimal::of(*minute);
      out.shapes |= shape(FactType::kClock);
    }
  }
  out.present = out.shapes != 0;
  if (out.present) facts_->extras_.push_back({where.path, std::move(out)});
}

}  // namespace xiaoer::reply
