#include "reply/records.hpp"

namespace xiaoer::reply {
namespace {

const FactValue kAbsent = {};

template <class T>
bool holds_range(std::span<const T> items, Range range) {
  return range.first <= items.size() && range.count <= items.size() - range.first;
}

bool known_fact(const Views& views, rules::FactId id) {
  return id == rules::kNoFact || id < rules::facts().size() + views.facts.size();
}

}  // namespace

bool Views::open(const Image& source) {
  image = &source;
  conditions = source.section<ConditionRecord>(Section::kReplyConditions);
  operands = source.section<OperandRecord>(Section::kReplyOperands);
  condition_texts = source.section<StringRef>(Section::kReplyConditionTexts);
  replies = source.section<ReplyRecord>(Section::kReplyReplies);
  variants = source.section<VariantRecord>(Section::kReplyVariants);
  pieces = source.section<PieceRecord>(Section::kReplyPieces);
  techniques = source.section<TechniqueRecord>(Section::kReplyTechniques);
  intents = source.section<IntentRecord>(Section::kReplyIntents);
  intent_replies = source.section<uint32_t>(Section::kReplyIntentReplies);
  intent_techniques = source.section<uint32_t>(Section::kReplyIntentTechniques);
  needs = source.section<StringRef>(Section::kReplyNeeds);
  fallbacks = source.section<FallbackRecord>(Section::kReplyFallbacks);
  refusals = source.section<uint64_t>(Section::kReplyRefusals);
  facts = source.section<FactRecord>(Section::kReplyFacts);
  words = source.section<WordRecord>(Section::kReplyCompliance);
  excepts = source.section<ExceptRecord>(Section::kReplyExcepts);
  word_chars = source.section<char32_t>(Section::kReplyWordChars);
  const auto found = source.section<SettingsRecord>(Section::kReplySettings);
  if (found.size() != 1 || conditions.empty()) return false;
  settings = found[0];
  if (!ranges_hold()) return false;
  word_starts = {};
  for (const WordRecord& word : words) word_starts.add(word_chars[word.chars.first]);
  literals.open(source, pieces);
  return true;
}

bool Views::ranges_hold() const {
  for (const ConditionRecord& condition : conditions) {
    if (!holds_range(operands, condition.operands)) return false;
    if (!holds_range(condition_texts, condition.texts)) return false;
  }
  for (const OperandRecord& operand : operands) {
    if (!known_fact(*this, operand.fact) || !known_fact(*this, operand.other)) return false;
  }
  for (const ReplyRecord& reply : replies) {
    if (!holds_range(variants, reply.variants) || reply.condition >= conditions.size())
      return false;
  }
  for (const VariantRecord& variant : variants) {
    if (!holds_range(pieces, variant.pieces)) return false;
  }
  for (const PieceRecord& piece : pieces) {
    const bool fact = piece.kind == PieceKind::kFact;
    if (!known_fact(*this, piece.fact) || (fact && piece.fact == rules::kNoFact)) return false;
  }
  for (const IntentRecord& intent : intents) {
    if (!holds_range(intent_replies, intent.replies) || !holds_range(needs, intent.needs) ||
        !holds_range(intent_techniques, intent.techniques)) {
      return false;
    }
  }
  for (const uint32_t reply : intent_replies) {
    if (reply >= replies.size()) return false;
  }
  for (const TechniqueRecord& record : techniques) {
    if (record.reply >= replies.size()) return false;
  }
  for (const FallbackRecord& record : fallbacks) {
    if (record.reply >= replies.size()) return false;
  }
  for (const WordRecord& word : words) {
    if (!holds_range(word_chars, word.chars) || !holds_range(excepts, word.excepts)) return false;
    if (word.chars.count == 0) return false;
  }
  for (const ExceptRecord& except : excepts) {
    if (!holds_range(word_chars, except.chars)) return false;
  }
  return true;
}

const FactValue& Views::fact(const Facts& source, rules::FactId id) const {
  if (id == rules::kNoFact) return kAbsent;
  if (id < rules::facts().size()) return source.get(id);
  const FactRecord& record = facts[id - rules::facts().size()];
  const FactValue& value = source.find(text(record.path));
  return value.fits(static_cast<rules::FactType>(record.type)) ? value : kAbsent;
}

std::string_view Views::fact_path(rules::FactId id) const {
  const auto built_in = rules::facts();
  return id < built_in.size() ? built_in[id].path : text(facts[id - built_in.size()].path);
}

rules::FactType Views::fact_type(rules::FactId id) const {
  const auto built_in = rules::facts();
  if (id < built_in.size()) return built_in[id].type;
  return static_cast<rules::FactType>(facts[id - built_in.size()].type);
}

rules::FactRole Views::fact_role(rules::FactId id) const {
  const auto built_in = rules::facts();
  return id < built_in.size() ? built_in[id].role : rules::FactRole::kPlain;
}

std::string_view Views::fact_unit(rules::FactId id) const {
  const auto built_in = rules::facts();
  if (id < built_in.size()) return built_in[id].unit;
  return fact_type(id) == rules::FactType::kAmount ? "元" : "";
}

}  // namespace xiaoer::reply
