#include "reply/value_source.hpp"

#include "reply/value.hpp"

namespace xiaoer::reply {
namespace {

using entities::Entity;
using From = Sourced::From;
using Kind = rules::ValueSource::Kind;

// The bubble around a span.
Span bubble_around(const text::Text& text, Span span) {
  Span bubble = span;
  while (bubble.begin > 0 && text.chars[bubble.begin - 1] != U'\n') --bubble.begin;
  while (bubble.end < text.size() && text.chars[bubble.end] != U'\n') ++bubble.end;
  return bubble;
}

Sourced from_words(const Work& work, const dialogue::IntentCandidate& found, std::string* out) {
  Sourced result{From::kMessage, found.clause, false, {}};
  if (result.span.empty()) result.span = bubble_around(*work.situation.text, found.span);
  if (out != nullptr) append_clean(work.situation.text->source(result.span), out);
  return result;
}

Sourced from_intent(const Work& work, uint64_t hash, std::string* out) {
  const auto& intents = work.situation.intents;
  for (uint32_t position = 0; position < intents.size(); ++position) {
    if (work.intent(position).hash != hash || !intents[position].is_heard(position)) continue;
    return from_words(work, intents[position], out);
  }
  const dialogue::Session* session = work.situation.session;
  if (session != nullptr && session->times(hash) > 0) return {From::kEarlier, {}, false, {}};
  return {};
}

Sourced from_entity(const Work& work, const ValueRecord& source, std::string* out) {
  const entities::Entities* const entities = work.situation.entities;
  if (const Entity* entity = entities != nullptr ? entities->find(source.entity) : nullptr) {
    if (out != nullptr) append_clean(work.situation.entities->value(*entity), out);
    return {From::kMessage, entity->span, entity->kind == rules::kMoney, entity->number};
  }
  const dialogue::Session* session = work.situation.session;
  const bool earlier =
      session != nullptr && source.hash != 0 && session->care().turn_of(source.hash) != 0;
  return {earlier ? From::kEarlier : From::kNowhere, {}, false, {}};
}

Sourced from_fact(const Work& work, rules::FactId id, std::string* out) {
  const FactValue& value = work.views.fact(*work.situation.facts, id);
  if (!value.present) return {};
  if (out != nullptr && !append_fact(work, id, out)) return {};
  return {From::kFact, {}, work.views.fact_type(id) == rules::FactType::kAmount, value.number};
}

Sourced look_in(const Work& work, const ValueRecord& source, uint32_t position, std::string* out) {
  switch (source.kind) {
    case Kind::kFact:
      return from_fact(work, source.fact, out);
    case Kind::kEntity:
      return from_entity(work, source, out);
    case Kind::kIntent:
      return from_intent(work, source.hash, out);
    case Kind::kWords:
      if (position != kNoIntent) return from_words(work, work.situation.intents[position], out);
      break;
  }
  return {};
}

}  // namespace

Sourced find_value(const Work& work, Range sources, uint32_t position, std::string* out) {
  Sourced earlier;
  for (const ValueRecord& source : slice(work.views.cases.values, sources)) {
    const Sourced found = look_in(work, source, position, out);
    if (found.from == From::kMessage || found.from == From::kFact) return found;
    if (found.from == From::kEarlier) earlier = found;
  }
  return earlier;
}

bool append_fact(const Work& work, rules::FactId id, std::string* out) {
  const FactValue& value = work.views.fact(*work.situation.facts, id);
  if (work.views.fact_role(id) == rules::FactRole::kSecret) return false;
  if (work.views.fact_role(id) == rules::FactRole::kPersonal) {
    return append_masked(value.text, mask_of(id), out);
  }
  return append_value(value, work.views.fact_type(id), work.situation.now, out);
}

}  // namespace xiaoer::reply
