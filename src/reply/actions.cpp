#include "reply/actions.hpp"

#include <algorithm>

#include "reply/condition.hpp"
#include "reply/value.hpp"
#include "reply/value_source.hpp"

namespace xiaoer::reply {
namespace {

using From = Sourced::From;
using rules::Action;

constexpr std::string_view kSources[] = {"missing", "message", "fact", "earlier"};

bool is_listed(const Result& result, std::string_view action) {
  return std::any_of(result.actions.begin(), result.actions.end(),
                     [&](const ActionItem& item) { return result.text(item.action) == action; });
}

// Why an amount may not be acted on; empty: it may.
std::string_view refusal_of(const Work& work, Action action, const Sourced& found) {
  const Facts& facts = *work.situation.facts;
  if (!found.has_number) return {};
  if (action == Action::kChangePrice) {
    const std::optional<Decimal> floor = facts.floor_price();
    if (!floor) return "price-without-floor";
    if (found.number < *floor) return "price-below-floor";
  }
  const FactValue& amount = facts.get(known_facts().order_amount);
  if (action == Action::kRefund && amount.present && found.number > amount.number) {
    return "refund-above-order";
  }
  return {};
}

void refuse(const Work& work, Action action, std::string_view rule, TextRef name) {
  work.result.guard.push_back({Result::share(rule), Result::share(rules::name_of(action)), name});
}

// Whether the buyer asks what became of the action: by a phrase that waits for that.
bool asks_after(const Work& work, uint32_t position, uint32_t action) {
  const uint32_t intent = work.situation.intents[position].intent;
  for (const match::PatternHit& hit : work.situation.hits) {
    const dialogue::Understanding::PatternRecord& pattern = work.situation.patterns[hit.pattern];
    if (pattern.intent != intent || pattern.condition >= work.views.conditions.size()) continue;
    const ConditionRecord& when = work.views.conditions[pattern.condition];
    if (((when.done | when.failed) >> action & 1) != 0) return true;
  }
  return false;
}

void add_arguments(const Work& work, uint32_t position, const ActionRecord& record,
                   ActionItem* item) {
  Result& result = work.result;
  const auto action = static_cast<Action>(record.action);
  item->arguments.first = static_cast<uint32_t>(result.arguments.size());
  for (const ArgumentRecord& argument : slice(work.views.cases.arguments, record.arguments)) {
    std::string& value = work.impl.note;
    value.clear();
    Sourced found = find_value(work, argument.sources, position, &value);
    ArgumentItem out;
    out.name = Result::share(work.views.text(argument.name));
    const std::string_view refused = refusal_of(work, action, found);
    if (!refused.empty()) {
      refuse(work, action, refused, out.name);
      found = {};
      value.clear();
    }
    out.source = Result::share(kSources[static_cast<size_t>(found.from)]);
    if (found.from == From::kMessage) out.span = work.situation.text->bytes(found.span);
    out.value = result.add(value);
    result.arguments.push_back(out);
    ++item->arguments.count;
  }
}

void propose(const Work& work, uint32_t position, const ActionRecord& record) {
  Result& result = work.result;
  const auto action = static_cast<Action>(record.action);
  ActionItem item;
  add_arguments(work, position, record, &item);
  work.scratch.care.propose(action);
  item.action = Result::share(rules::name_of(action));
  item.intent = Result::share(work.views.text(work.intent(position).id));
  item.requires_person = record.requires_person != 0;
  const dialogue::IntentCandidate& found = work.situation.intents[position];
  result.because(&item.why, "intent", item.intent, work.situation.text->bytes(found.span),
                 found.score);
  explain_condition(work.views, record.condition, &result, &item.why);
  result.actions.push_back(item);
}

// Whether a text that may be sent names the item.
bool is_named(const Result& result, std::string_view name) {
  const auto names = [&](const auto& item) {
    return result.text(item.text).find(name) != std::string_view::npos;
  };
  return std::any_of(result.replies.begin(), result.replies.end(), names) ||
         std::any_of(result.techniques.begin(), result.techniques.end(), names);
}

// Values of facts are data: what a link holds is cleaned like any other.
TextRef cleaned(const Work& work, std::string_view text) {
  work.impl.note.clear();
  append_clean(text, &work.impl.note);
  return work.result.add(work.impl.note);
}

}  // namespace

void choose_actions(const Work& work) {
  if (work.views.cases.actions.empty()) return;
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    if (!work.situation.intents[position].is_heard(position)) continue;
    const Range actions = work.views.cases.intents[work.situation.intents[position].intent].actions;
    for (const ActionRecord& record : slice(work.views.cases.actions, actions)) {
      if (is_listed(work.result, rules::name_of(static_cast<Action>(record.action)))) continue;
      if (asks_after(work, position, record.action)) continue;
      if (!condition_holds(work.views, record.condition, work.situation,
                           work.intent(position).hash)) {
        continue;
      }
      propose(work, position, record);
    }
  }
}

void choose_links(const Work& work) {
  const Facts& facts = *work.situation.facts;
  const FactValue& link = facts.get(known_facts().product_link);
  if (!link.present && facts.related().empty()) return;
  Result& result = work.result;
  const bool buying = order_state_of(work.situation) == rules::OrderState::kNone &&
                      work.intent_count() > 0 && !result.replies.empty();
  if (link.present && buying) {
    const FactValue& name = facts.get(known_facts().product_name);
    result.links.push_back(
        {Result::share("asked"), cleaned(work, name.text), cleaned(work, link.text)});
  }
  for (const FactEntry& entry : facts.related()) {
    if (entry.link.empty() || entry.name.empty() || !is_named(result, entry.name)) continue;
    result.links.push_back(
        {Result::share("related"), cleaned(work, entry.name), cleaned(work, entry.link)});
  }
}

}  // namespace xiaoer::reply
