// Opening the kReply sections, checked so that replying need not check.

#include <algorithm>

#include "reply/compliance.hpp"
#include "reply/records.hpp"

namespace xiaoer::reply {
namespace {

bool is_share(float value) { return value >= 0 && value <= 1; }  // false for what is no number

template <class Record>
bool all_of(std::span<const Record> records, auto check) {
  return std::all_of(records.begin(), records.end(), check);
}

class Check {
 public:
  explicit Check(const Views& views) : views_(views), image_(*views.image) {}

  bool run() const {
    return settings() && facts() && conditions() && replies() && templates() && intents() &&
           techniques() && words();
  }

 private:
  bool holds(StringRef ref) const { return image_.holds(ref); }
  bool is_fact(rules::FactId id) const { return id < rules::facts().size() + views_.facts.size(); }
  bool is_fact_or_none(rules::FactId id) const { return id == rules::kNoFact || is_fact(id); }
  static bool is_technique(uint32_t number) {
    return number < rules::technique_names().size() + rules::manner_names().size();
  }
  bool is_reply(uint32_t number) const { return number < views_.replies.size(); }

  bool settings() const {
    constexpr int32_t kDay = 24 * 60;
    const int32_t offset = views_.settings.utc_offset_minutes;
    return is_share(views_.settings.auto_threshold) &&
           is_share(views_.settings.suggest_threshold) && offset > -kDay && offset < kDay &&
           bargain(views_.settings.bargain);
  }

  static bool bargain(const rules::BargainSettings& settings) {
    return settings.prefer_count <= settings.prefer.size() &&
           std::all_of(settings.prefer.begin(), settings.prefer.end(),
                       [](rules::Move move) { return move <= rules::Move::kHandoff; }) &&
           settings.edit <= rules::PriceEdit::kPrice;
  }

  bool facts() const {
    return views_.facts.size() < rules::kNoFact - rules::facts().size() &&
           all_of(views_.facts, [&](const FactRecord& fact) {
             return holds(fact.path) &&
                    fact.type <= static_cast<uint32_t>(rules::FactType::kTextList);
           });
  }

  bool conditions() const {
    return image_.holds(views_.condition_texts) &&
           all_of(views_.conditions,
                  [&](const ConditionRecord& condition) {
                    return inside(condition.operands, views_.operands.size()) &&
                           inside(condition.texts, views_.condition_texts.size());
                  }) &&
           all_of(views_.operands, [&](const OperandRecord& operand) {
             return operand.kind <= OperandKind::kAfter && holds(operand.text) &&
                    is_fact_or_none(operand.fact) && is_fact_or_none(operand.other) &&
                    (operand.kind != OperandKind::kFactTest || is_fact(operand.fact));
           });
  }

  bool replies() const {
    return all_of(views_.replies, [&](const ReplyRecord& reply) {
      return holds(reply.id) && holds(reply.why) && is_technique(reply.technique) &&
             reply.condition < views_.conditions.size() &&
             inside(reply.variants, views_.variants.size());
    });
  }

  bool templates() const {
    return all_of(views_.variants,
                  [&](const VariantRecord& variant) {
                    return inside(variant.pieces, views_.pieces.size());
                  }) &&
           all_of(views_.pieces, [&](const PieceRecord& piece) {
             return piece.kind <= PieceKind::kJoin && holds(piece.text) && holds(piece.fallback) &&
                    is_fact_or_none(piece.fact) &&
                    (piece.kind != PieceKind::kFact || is_fact(piece.fact));
           });
  }

  bool intents() const {
    return image_.holds(views_.needs) &&
           all_of(views_.intents,
                  [&](const IntentRecord& intent) {
                    return holds(intent.id) &&
                           inside(intent.replies, views_.intent_replies.size()) &&
                           inside(intent.techniques, views_.intent_techniques.size()) &&
                           inside(intent.needs, views_.needs.size()) &&
                           intent.stage < rules::stage_names().size() &&
                           intent.policy < rules::policy_names().size() &&
                           intent.objection < rules::objection_names().size() &&
                           intent.route < rules::route_names().size() &&
                           intent.event < rules::kEventCount &&
                           intent.condition < views_.conditions.size() &&
                           intent.ask < rules::ask_names().size();
                  }) &&
           all_of(views_.intent_replies, [&](uint32_t reply) { return is_reply(reply); }) &&
           all_of(views_.intent_techniques, is_technique);
  }

  bool techniques() const {
    return all_of(views_.techniques,
                  [&](const TechniqueRecord& record) {
                    return is_technique(record.technique) && is_reply(record.reply);
                  }) &&
           all_of(views_.fallbacks, [&](const FallbackRecord& record) {
             return is_reply(record.reply) && record.spare <= Spare::kGiven;
           });
  }

  bool words() const {
    const size_t chars = views_.word_chars.size();
    return all_of(views_.words,
                  [&](const WordRecord& word) {
                    return word.chars.count > 0 && inside(word.chars, chars) &&
                           inside(word.excepts, views_.excepts.size()) && holds(word.rule) &&
                           holds(word.word) && holds(word.advice) && holds(word.rewrite);
                  }) &&
           all_of(views_.excepts,
                  [&](const ExceptRecord& except) { return inside(except.chars, chars); });
  }

  const Views& views_;
  const Image& image_;
};

void read_sections(const Image& source, Views* views) {
  views->image = &source;
  views->conditions = source.section<ConditionRecord>(Section::kReplyConditions);
  views->operands = source.section<OperandRecord>(Section::kReplyOperands);
  views->condition_texts = source.section<StringRef>(Section::kReplyConditionTexts);
  views->replies = source.section<ReplyRecord>(Section::kReplyReplies);
  views->variants = source.section<VariantRecord>(Section::kReplyVariants);
  views->pieces = source.section<PieceRecord>(Section::kReplyPieces);
  views->techniques = source.section<TechniqueRecord>(Section::kReplyTechniques);
  views->intents = source.section<IntentRecord>(Section::kReplyIntents);
  views->intent_replies = source.section<uint32_t>(Section::kReplyIntentReplies);
  views->intent_techniques = source.section<uint32_t>(Section::kReplyIntentTechniques);
  views->needs = source.section<StringRef>(Section::kReplyNeeds);
  views->fallbacks = source.section<FallbackRecord>(Section::kReplyFallbacks);
  views->refusals = source.section<uint64_t>(Section::kReplyRefusals);
  views->hesitations = source.section<uint64_t>(Section::kReplyHesitations);
  views->signals = source.section<uint64_t>(Section::kReplySignals);
  views->facts = source.section<FactRecord>(Section::kReplyFacts);
  views->words = source.section<WordRecord>(Section::kReplyCompliance);
  views->excepts = source.section<ExceptRecord>(Section::kReplyExcepts);
  views->word_chars = source.section<char32_t>(Section::kReplyWordChars);
}

}  // namespace

bool Views::open(const Image& source) {
  read_sections(source, this);
  const auto found = source.section<SettingsRecord>(Section::kReplySettings);
  if (found.size() != 1 || conditions.empty()) return false;
  settings = found[0];
  bargain_facts = known_facts().bargain;
  sizing_facts = known_facts().sizing;
  if (!Check(*this).run() || !literals.open(source, pieces)) return false;
  const CaseViews::Sizes sizes{intents.size(), needs.size(), replies.size(), conditions.size(),
                               rules::facts().size() + facts.size()};
  if (!cases.open(source, sizes)) return false;
  word_starts = {};
  for (const WordRecord& word : words) {
    word_starts.add(slice(word_chars, word.chars), word.disguised != 0);
  }
  free_literals = find_free_literals(*this);
  return true;
}

}  // namespace xiaoer::reply
