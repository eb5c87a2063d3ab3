#include "reply/condition.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/instant.hpp"
#include "reply/bargain.hpp"
#include "reply/goods.hpp"
#include "rules/pack.hpp"

namespace xiaoer::reply {
namespace {

using rules::Compare;
using rules::FactType;

constexpr size_t kTwoIdeographs = 6;  // bytes

bool compare_order(Compare compare, int order) {
  switch (compare) {
    case Compare::kEq:
      return order == 0;
    case Compare::kNe:
      return order != 0;
    case Compare::kLt:
      return order < 0;
    case Compare::kLte:
      return order <= 0;
    case Compare::kGt:
      return order > 0;
    case Compare::kGte:
      return order >= 0;
    default:
      return false;
  }
}

int sign(auto a, auto b) { return a < b ? -1 : (b < a ? 1 : 0); }

bool is_number(FactType type) {
  return type == FactType::kAmount || type == FactType::kInteger || type == FactType::kClock;
}

// A fact against a text: a list contains it, other values equal it.
bool compare_text(const FactValue& value, Compare compare, std::string_view wanted) {
  if (value.items.empty())
    return compare_order(compare, sign(std::string_view(value.text), wanted));
  const bool contains =
      std::find(value.items.begin(), value.items.end(), wanted) != value.items.end();
  return compare == (contains ? Compare::kEq : Compare::kNe);
}

// Whether letters and digits stand in the item by themselves: EMS in 邮政EMS, but no XL in XXL.
bool stands_in(std::string_view word, std::string_view item) {
  const size_t at = item.find(word);
  if (at == item.npos || !std::all_of(word.begin(), word.end(), ascii::is_alphanumeric<char>))
    return false;
  const size_t end = at + word.size();
  return (at == 0 || !ascii::is_alphanumeric(item[at - 1])) &&
         (end == item.size() || !ascii::is_alphanumeric(item[end]));
}

// 韵达 names 韵达快递, 新疆乌鲁木齐 names 新疆: one may go on where the other ends, which says
// something from two ideographs on.
bool names(std::string_view word, std::string_view item) {
  constexpr unsigned char kFirstIdeograph = 0xE3;  // the first byte of one, at least
  const size_t shorter = std::min(word.size(), item.size());
  if (word == item || stands_in(word, item)) return true;
  return shorter >= kTwoIdeographs && static_cast<unsigned char>(word[0]) >= kFirstIdeograph &&
         word.substr(0, shorter) == item.substr(0, shorter);
}

// A fact against what the message names.
bool compare_entity(const FactValue& value, FactType type, Compare compare,
                    const Situation& situation, rules::EntityKindId kind) {
  const Naming naming = naming_of(situation, kind);
  if (!naming.found) return false;
  if (is_number(type)) return compare_order(compare, sign(value.number, naming.number));
  // 燕麦色 may be 米色 to the pack: either may be what the shop calls it.
  const auto is = [&](const std::string& item) {
    return names(naming.value, item) || (!naming.said.empty() && names(naming.said, item));
  };
  const bool equal = value.items.empty() ? is(value.text)
                                         : std::any_of(value.items.begin(), value.items.end(), is);
  return compare == (equal ? Compare::kEq : Compare::kNe);
}

bool test_fact(const Views& views, const OperandRecord& test, const Situation& situation) {
  const auto compare = static_cast<Compare>(test.compare);
  const FactValue& value = views.fact(situation, test.fact);
  if (compare == Compare::kPresent) return value.present;
  if (compare == Compare::kAbsent) return !value.present;
  if (!value.present) return false;
  const FactType type = views.fact_type(test.fact);
  if (test.entity != rules::kNoKind) {
    return compare_entity(value, type, compare, situation, test.entity);
  }
  if (test.other != rules::kNoFact) {
    const FactValue& other = views.fact(situation, test.other);
    if (!other.present) return false;
    const FactType other_type = views.fact_type(test.other);
    if (type == FactType::kTime && other_type == FactType::kTime) {
      return compare_order(compare, sign(value.time, other.time));
    }
    if (is_number(type) && is_number(other_type)) {
      return compare_order(compare, sign(value.number, other.number));
    }
    return compare_text(value, compare, other.text);
  }
  if (test.has_number) {
    return is_number(type) && compare_order(compare, sign(value.number, test.number));
  }
  return test.has_text && compare_text(value, compare, views.text(test.text));
}

// Of a list of which one must fit.
bool fits(const Views& views, const OperandRecord& operand, const Situation& situation) {
  const std::string_view wanted = views.text(operand.text);
  if (operand.kind == OperandKind::kAfter) {
    return !situation.last_matter.empty() && rules::is_or_below(situation.last_matter, wanted);
  }
  const KnownFacts& known = known_facts();
  const FactValue& value =
      situation.facts->get(operand.kind == OperandKind::kTier ? known.tier : known.product_id);
  return value.present && value.text == wanted;
}

bool test_operands(const Views& views, const ConditionRecord& condition,
                   const Situation& situation) {
  // Fact tests must all hold; of each other kind one must fit.
  uint32_t wanted = 0, found = 0;  // bits 1 << OperandKind
  for (const OperandRecord& operand : slice(views.operands, condition.operands)) {
    if (operand.kind == OperandKind::kFactTest) {
      if (!test_fact(views, operand, situation)) return false;
      continue;
    }
    const uint32_t bit = 1u << static_cast<uint32_t>(operand.kind);
    wanted |= bit;
    if (fits(views, operand, situation)) found |= bit;
  }
  return wanted == found;
}

// Of an event: the texts that were sent for it. A message that continues the turn before it is no
// new one.
uint32_t times_before(const Situation& situation, uint64_t intent_hash) {
  if (situation.session == nullptr || intent_hash == 0) return 0;
  const dialogue::Session& session = *situation.session;
  if (situation.event != rules::Event::kNone) return times_told(situation);
  const uint32_t times = session.times(intent_hash);
  const bool counted = situation.continues && session.turns_since(intent_hash) == 0;
  return counted ? times - 1 : times;
}

bool test_times(const ConditionRecord& condition, const Situation& situation,
                uint64_t intent_hash) {
  if (condition.times_min == 0 && condition.times_max == 0) return true;
  const uint32_t nth = times_before(situation, intent_hash) + 1;
  return nth >= condition.times_min && (condition.times_max == 0 || nth <= condition.times_max);
}

bool test_bargain(const Views& views, const ConditionRecord& condition,
                  const Situation& situation) {
  const Bargain* const bargain = situation.bargain;
  if (bargain == nullptr || !bargain->asked()) return false;
  if (condition.moves != 0 && (condition.moves >> static_cast<uint32_t>(bargain->move) & 1) == 0) {
    return false;
  }
  if (condition.price_edit != 0 &&
      condition.price_edit != 1 + static_cast<uint32_t>(views.settings.bargain.edit)) {
    return false;
  }
  return bargain->round >= condition.round_min &&
         (condition.round_max == 0 || bargain->round <= condition.round_max);
}

bool test_now(const ConditionRecord& condition, const Situation& situation) {
  const bool wanted = condition.has_hours || condition.shop_open != 0 || condition.late != 0 ||
                      condition.weekdays != 0 || condition.has_valid_from || condition.has_valid_to;
  if (!wanted) return true;
  if (!situation.now) return false;
  const int64_t now = situation.now->seconds;
  const LocalTime local = local_time(now, situation.now->offset_minutes);
  if (condition.weekdays != 0 && (condition.weekdays & (1u << local.weekday)) == 0) return false;
  if (condition.has_hours && !within({condition.hours_from, condition.hours_to}, local.minute)) {
    return false;
  }
  if (condition.has_valid_from && now < condition.valid_from) return false;
  if (condition.has_valid_to && now > condition.valid_to) return false;
  if (condition.shop_open != 0) {
    const std::optional<bool> open = shop_open(situation);
    if (!open || *open != (condition.shop_open == 2)) return false;
  }
  if (condition.late != 0) {
    const FactValue& promised = situation.facts->get(known_facts().promised_ship_at);
    if (!promised.present || (now > promised.time) != (condition.late == 2)) return false;
  }
  return true;
}

bool test_care(const ConditionRecord& condition, const Situation& situation) {
  if (condition.emotions != 0) {
    const auto emotion = static_cast<uint32_t>(emotion_of(situation));
    if ((condition.emotions & (1u << emotion)) == 0) return false;
  }
  if ((condition.done | condition.failed) == 0) return true;
  const dialogue::Care* care = care_of(situation);
  if (care == nullptr) return false;
  const auto holds = [&](uint32_t actions, dialogue::Outcome outcome) {
    return actions == 0 || (care->with(outcome) & actions) != 0;
  };
  return holds(condition.done, dialogue::Outcome::kDone) &&
         holds(condition.failed, dialogue::Outcome::kFailed);
}

}  // namespace

Naming naming_of(const Situation& situation, rules::EntityKindId kind) {
  const entities::Entities* const entities = situation.entities;
  const entities::Entity* const entity = entities != nullptr ? entities->find(kind) : nullptr;
  if (entity != nullptr) {
    const std::string_view said =
        situation.text != nullptr ? situation.text->source(entity->span) : std::string_view();
    return {true, false, entities->value(*entity), said, entity->number};
  }
  if (kind != rules::kRegion || situation.region.empty()) return {};
  return {true, true, situation.region, {}, {}};
}

const dialogue::Care* care_of(const Situation& situation) {
  if (situation.care != nullptr) return situation.care;
  return situation.session != nullptr ? &situation.session->care() : nullptr;
}

rules::Emotion emotion_of(const Situation& situation) {
  if (situation.buyer != nullptr) return situation.buyer->emotion;
  if (situation.session == nullptr) return rules::Emotion::kCalm;
  const dialogue::Mood& mood = situation.session->care().mood;
  return dialogue::emotion_of(static_cast<float>(mood.heat) / dialogue::Mood::kWhole);
}

uint64_t order_of(const Facts& facts) {
  const FactValue& id = facts.get(known_facts().order_id);
  return id.present ? stable_hash(id.text) : 0;
}

uint32_t times_told(const Situation& situation) {
  if (situation.session == nullptr) return 0;
  return situation.session->conversation().times_told(situation.event, order_of(*situation.facts));
}

bool order_is_late(const Situation& situation) {
  const FactValue& promised = situation.facts->get(known_facts().promised_ship_at);
  return situation.now && promised.present && situation.now->seconds > promised.time &&
         order_state_of(situation) == rules::OrderState::kPaid;
}

rules::OrderState order_state_of(const Situation& situation) {
  const rules::OrderState state = situation.facts->order_state();
  if (situation.facts->get(known_facts().order_state).present) return state;
  return situation.session != nullptr ? situation.session->order_state() : state;
}

dialogue::StageMove move_of(const Views& views, const Situation& situation) {
  if (situation.intents.empty()) return dialogue::StageMove::kNone;
  const uint16_t traits = views.intents[situation.intents[0].intent].traits;
  if (traits & kSettledTrait) return dialogue::StageMove::kSettles;
  return traits & kAcknowledgeTrait ? dialogue::StageMove::kAcknowledges
                                    : dialogue::StageMove::kNone;
}

rules::Stage stage_of(const Views& views, const Situation& situation) {
  dialogue::StagePlace from;
  if (situation.session != nullptr) from.stage = situation.session->stage();
  if (situation.session != nullptr) from.returns_to = situation.session->conversation().returns_to;
  rules::Stage named = rules::Stage::kNone;
  if (!situation.intents.empty()) {
    named = static_cast<rules::Stage>(views.intents[situation.intents[0].intent].stage);
  }
  return dialogue::next_stage(from, named, move_of(views, situation)).stage;
}

std::optional<bool> shop_open(const Situation& situation) {
  const FactValue& hours = situation.facts->get(known_facts().shop_hours);
  if (!situation.now || !hours.present) return std::nullopt;
  const LocalTime local = local_time(situation.now->seconds, situation.now->offset_minutes);
  const auto from = static_cast<int32_t>(hours.number.milli / 1000);
  return within({from, hours.minutes_to}, local.minute);
}

bool condition_holds(const Views& views, uint32_t index, const Situation& situation,
                     uint64_t intent_hash) {
  if (index == 0) return true;
  if (index >= views.conditions.size()) return false;
  const ConditionRecord& condition = views.conditions[index];
  if (condition.order_states != 0) {
    const auto state = static_cast<uint32_t>(order_state_of(situation));
    if ((condition.order_states & (1u << state)) == 0) return false;
  }
  if (condition.stages != 0) {
    const auto stage = static_cast<uint32_t>(stage_of(views, situation));
    if ((condition.stages & (1u << stage)) == 0) return false;
  }
  if (condition.first_contact != 0) {
    const bool first = situation.session == nullptr || !situation.session->has_spoken();
    if (first != (condition.first_contact == 2)) return false;
  }
  if (condition.other_goods != 0 && is_about_others(situation) != (condition.other_goods == 2)) {
    return false;
  }
  return test_times(condition, situation, intent_hash) &&
         (condition.bargains == 0 || test_bargain(views, condition, situation)) &&
         test_now(condition, situation) && test_care(condition, situation) &&
         test_operands(views, condition, situation);
}

void explain_condition(const Views& views, uint32_t index, Result* result, ItemRange* why) {
  for (const StringRef text : slice(views.condition_texts, views.conditions[index].texts)) {
    result->because(why, "condition", Result::share(views.text(text)), {}, 1);
  }
}

}  // namespace xiaoer::reply
