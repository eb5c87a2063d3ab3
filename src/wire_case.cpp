#include "wire_case.hpp"

#include <span>

namespace xiaoer::wire {
namespace {

template <class T>
std::span<const T> slice(const std::vector<T>& items, ItemRange range) {
  return std::span(items).subspan(range.first, range.count);
}

void write_traits(ItemWriter& out, std::string_view key, bool psychology) {
  const Result& result = out.result();
  out.json().key(key).begin_array();
  for (const TraitItem& trait : slice(result.traits, result.buyer.traits)) {
    if (trait.psychology != psychology) continue;
    out.json().begin_object();
    out.field("id", trait.id);
    out.score(trait.score);
    out.json().end_object();
  }
  out.json().end_array();
}

void write_arguments(ItemWriter& out, const ActionItem& action) {
  const Result& result = out.result();
  out.json().key("arguments").begin_object();
  for (const ArgumentItem& argument : slice(result.arguments, action.arguments)) {
    out.json().key(result.text(argument.name)).begin_object();
    out.field_or_null("value", argument.value);
    out.field("source", argument.source);
    out.span("span", argument.span);
    out.json().end_object();
  }
  out.json().end_object();
  out.json().key("missing").begin_array();
  for (const ArgumentItem& argument : slice(result.arguments, action.arguments)) {
    if (result.text(argument.source) == "missing") out.json().value(result.text(argument.name));
  }
  out.json().end_array();
}

void write_quotes(ItemWriter& out, ItemRange quotes) {
  out.json().key("quotes").begin_array();
  for (const Span quote : slice(out.result().quotes, quotes)) {
    out.json().begin_object();
    out.field("text", out.words(quote));
    out.span("span", quote);
    out.json().end_object();
  }
  out.json().end_array();
}

void write_facts(ItemWriter& out, ItemRange facts) {
  out.json().key("facts").begin_array();
  for (const CaseFactItem& fact : slice(out.result().case_facts, facts)) {
    out.json().begin_object();
    out.field("fact", fact.path);
    out.field("name", fact.name);
    out.field("value", fact.value);
    out.json().end_object();
  }
  out.json().end_array();
}

void write_promises(ItemWriter& out, ItemRange promises) {
  out.json().key("promises").begin_array();
  for (const PromiseItem& promise : slice(out.result().promises, promises)) {
    out.json().begin_object();
    out.field("fact", promise.path);
    out.field("name", promise.name);
    out.field("due", promise.due);
    out.field("state", promise.state);
    out.json().end_object();
  }
  out.json().end_array();
}

void write_case(ItemWriter& out, const HandoffItem& handoff) {
  const Result& result = out.result();
  const CaseItem& record = handoff.record;
  out.json().key("case").begin_object();
  out.field("intent", handoff.intent);
  out.field("summary", record.summary);
  out.field("emotion", result.buyer.emotion);
  out.field("major", record.major);
  out.reasons("major_why", record.major_why);
  out.field("urgency", record.urgency);
  out.reasons("urgency_why", record.urgency_why);
  out.field("next_step", result.guidance.next_step);
  write_facts(out, record.facts);
  write_quotes(out, record.quotes);
  write_promises(out, record.promises);
  out.texts("needs", result.guidance.needs);
  out.write_entities("entities");
  out.json().end_object();
}

}  // namespace

void write_buyer(ItemWriter& out) {
  const BuyerItem& buyer = out.result().buyer;
  out.json().key("buyer");
  if (buyer.emotion.size == 0) {
    out.json().null();
    return;
  }
  out.json().begin_object();
  out.field("emotion", buyer.emotion);
  out.score(buyer.score);
  write_traits(out, "types", false);
  write_traits(out, "psychology", true);
  out.why(buyer.why);
  out.json().end_object();
}

void write_guidance(ItemWriter& out) {
  const GuidanceItem& guidance = out.result().guidance;
  out.json().key("guidance");
  if (guidance.intent.size == 0 && guidance.next_step.size == 0) {
    out.json().null();
    return;
  }
  out.json().begin_object();
  out.field("intent", guidance.intent);
  out.field("next_step", guidance.next_step);
  out.texts("needs", guidance.needs);
  out.json().end_object();
}

void write_actions(ItemWriter& out) {
  out.json().key("actions").begin_array();
  for (const ActionItem& action : out.result().actions) {
    out.json().begin_object();
    out.field("action", action.action);
    out.field("intent", action.intent);
    out.field("requires_person", action.requires_person);
    write_arguments(out, action);
    out.why(action.why);
    out.json().end_object();
  }
  out.json().end_array();
}

void write_links(ItemWriter& out) {
  out.json().key("links").begin_array();
  for (const LinkItem& link : out.result().links) {
    out.json().begin_object();
    out.field("role", link.role);
    out.field("name", link.name);
    out.field("url", link.url);
    out.json().end_object();
  }
  out.json().end_array();
}

void write_handoff(ItemWriter& out) {
  const HandoffItem& handoff = out.result().handoff;
  out.json().key("handoff");
  if (!handoff.present) {
    out.json().null();
    return;
  }
  out.json().begin_object();
  out.field("reason", handoff.reason);
  out.field("route", handoff.route);
  out.json().key("holding_reply");
  if (handoff.holding.size == 0) {
    out.json().null();
  } else {
    out.json().begin_object();
    out.field("id", handoff.holding_id);
    out.field("text", handoff.holding);
    out.json().end_object();
  }
  write_case(out, handoff);
  out.json().end_object();
}

}  // namespace xiaoer::wire
