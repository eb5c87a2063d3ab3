#include "rules/pack.hpp"

#include <algorithm>

namespace xiaoer::rules {

// Linear: for tests and tools. The loader and the compilers keep indexes of their own.
const ReplySource* Pack::find_reply(std::string_view id) const {
  for (const ReplySource& reply : replies) {
    if (reply.id == id) return &reply;
  }
  return nullptr;
}

const IntentSource* Pack::find_intent(std::string_view id) const {
  for (const IntentSource& intent : intents) {
    if (intent.id == id) return &intent;
  }
  return nullptr;
}

FactId Pack::find_fact(std::string_view name_or_path) const {
  const FactId built_in = rules::find_fact(name_or_path);
  if (built_in != kNoFact) return built_in;
  for (size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].name == name_or_path || facts[i].path == name_or_path) {
      return static_cast<FactId>(rules::facts().size() + i);
    }
  }
  return kNoFact;
}

FactType Pack::fact_type(FactId id) const {
  const size_t built_in = rules::facts().size();
  return id < built_in ? rules::facts()[id].type : facts[id - built_in].type;
}

EntityKindId Pack::find_kind(std::string_view name) const {
  const EntityKindId built_in = find_entity_kind(name);
  if (built_in != kNoKind) return built_in;
  const std::vector<std::string_view> own = own_kinds();
  const auto found = std::find(own.begin(), own.end(), name);
  if (found == own.end()) return kNoKind;
  return static_cast<EntityKindId>(kBuiltInKinds + (found - own.begin()));
}

std::vector<std::string_view> Pack::own_kinds() const {
  std::vector<std::string_view> own;
  for (const EntitySource& entity : entities) {
    if (own.size() == kMaxKinds - kBuiltInKinds) break;
    if (find_entity_kind(entity.kind) != kNoKind) continue;
    if (std::find(own.begin(), own.end(), entity.kind) == own.end()) own.push_back(entity.kind);
  }
  return own;
}

std::string_view Pack::fact_path(FactId id) const {
  const size_t built_in = rules::facts().size();
  return id < built_in ? rules::facts()[id].path : std::string_view(facts[id - built_in].path);
}

PhraseTree phrase_of(const PatternSource& pattern) {
  PhraseError error;
  if (pattern.is_regex) return nullptr;
  return pattern.tree != nullptr ? pattern.tree : parse_phrase(pattern.text, &error);
}

PhraseTree excluded_by(const PatternSource& pattern, size_t i) {
  PhraseError error;
  const bool known = i < pattern.not_trees.size() && pattern.not_trees[i] != nullptr;
  return known ? pattern.not_trees[i] : parse_phrase(pattern.nots[i], &error);
}

}  // namespace xiaoer::rules
