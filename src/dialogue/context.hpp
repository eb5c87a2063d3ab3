#pragma once
// What the conversation makes of a message that does not say by itself what it is about. See
// docs/context.md, which explains every rule and weight.
//
// Sources, strongest first: what the shop's line asked for; the matter that line answers (a reply
// of the pack, or what its words are about); the buyer's last matters; the order's state.

#include <cstdint>
#include <span>
#include <vector>

#include "dialogue/lines.hpp"
#include "dialogue/session.hpp"
#include "dialogue/shape.hpp"
#include "dialogue/understanding.hpp"
#include "entities/entity.hpp"
#include "match/examples.hpp"
#include "rules/facts.hpp"
#include "text/normaliser.hpp"

namespace xiaoer::dialogue {

// The first request of the buyer's last turn that had one, of the last few turns, and how many
// turns lie in between. UINT32_MAX: none.
struct LastMatter {
  uint32_t intent = UINT32_MAX;
  uint32_t turns_back = 0;
};
LastMatter last_matter(const Understanding& rules, const Session& session);

// Borrowed inputs of one reading.
struct ContextEvidence {
  const text::Text* text = nullptr;
  Shape shape;
  std::span<const IntentCandidate> own;  // what the message says by itself, best first
  LastMatter last;                       // nothing without a session
  const ShopLine* line = nullptr;
  std::span<const IntentCandidate> offered;  // what the line's question is about, best first
  rules::OrderState order_state = rules::OrderState::kNone;
  const match::ExampleMatcher* examples = nullptr;
  match::ExampleScratch* likeness = nullptr;  // of the message
};

// Whether the message needs a conversation to mean something: it names no matter, it answers, or
// it is short and nothing else explains it.
bool needs_context(const Understanding& rules, std::span<const IntentCandidate> own,
                   const Shape& shape, const text::Text& text, const entities::Entities& entities);

// Whether there is a conversation before the message.
bool has_context(const Session* session, const ShopLine& line, rules::OrderState order_state);

// Fills `out` with what the conversation makes likely, each intent once. Empty: nothing.
void read_context(const Understanding& rules, const ContextEvidence& evidence,
                  std::vector<ContextReading>* out);

// "quantity", "stock.query", "paid": what a reading rests on.
std::string_view name_of(const Understanding& rules, ContextSource source, uint32_t from);

}  // namespace xiaoer::dialogue
