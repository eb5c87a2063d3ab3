#include "reply/case_build.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "reply/case_views.hpp"
#include "rules/template.hpp"

namespace xiaoer::reply {
namespace {

using Kind = rules::ValueSource::Kind;

// One use: collects the records of a pack.
class Builder {
 public:
  Builder(const rules::Pack& pack, const std::unordered_map<std::string_view, uint32_t>& replies,
          ConditionTable* conditions, ImageBuilder* image)
      : pack_(pack), replies_(replies), conditions_(conditions), image_(image) {}

  void build() {
    for (const rules::IntentSource& intent : pack_.intents) add_intent(intent);
    for (const rules::ExampleSource& clause : pack_.case_record.summary) add_clause(clause.text);
    for (const auto& [code, name] : pack_.case_record.names) {
      names_.push_back({image_->string(code), image_->string(name)});
    }
    CaseRecord record;
    record.next_step = image_->string(pack_.case_record.next_step);
    record.has_large_amount = pack_.case_record.large_amount.has_value();
    record.large_amount = pack_.case_record.large_amount.value_or(Decimal());
    std::vector<uint32_t> large;
    for (const rules::Condition& when : pack_.case_record.large_customer) {
      large.push_back(conditions_->add(when, pack_, image_));
    }
    image_->add(Section::kReplyIntentCases, intents_);
    image_->add(Section::kReplyNeedSources, need_sources_);
    image_->add(Section::kReplyValueSources, values_);
    image_->add(Section::kReplyActions, actions_);
    image_->add(Section::kReplyArguments, arguments_);
    image_->add(Section::kReplyHoldings, holdings_);
    image_->add_one(Section::kReplyCase, record);
    image_->add(Section::kReplyCaseFacts, pack_.case_record.facts);
    image_->add(Section::kReplyCaseClauses, clauses_);
    image_->add(Section::kReplyCasePieces, pieces_);
    image_->add(Section::kReplyCaseNames, names_);
    image_->add(Section::kReplyLargeCustomers, large);
  }

 private:
  static uint32_t count(const auto& list) { return static_cast<uint32_t>(list.size()); }

  void add_intent(const rules::IntentSource& source) {
    IntentCaseRecord record;
    record.title = image_->string(source.title);
    record.next_step = image_->string(source.next_step);
    record.wish = image_->string(source.wish);
    record.actions = {count(actions_), count(source.actions)};
    for (const rules::ActionSource& action : source.actions) add_action(action);
    record.holdings.first = count(holdings_);
    for (const std::string& id : source.holding) {
      if (const auto found = replies_.find(id); found != replies_.end()) {
        holdings_.push_back(found->second);
      }
    }
    record.holdings.count = count(holdings_) - record.holdings.first;
    for (const std::string& need : source.needs) add_need(need);
    intents_.push_back(record);
  }

  void add_action(const rules::ActionSource& source) {
    ActionRecord record;
    record.action = static_cast<uint8_t>(source.action);
    record.requires_person = source.requires_person || rules::needs_person(source.action);
    record.condition = conditions_->add(source.when, pack_, image_);
    record.arguments = {count(arguments_), count(source.arguments)};
    for (const rules::ActionSource::Argument& argument : source.arguments) {
      const uint32_t first = count(values_);
      for (const rules::ValueSource& value : argument.sources) add_value(value);
      arguments_.push_back({image_->string(argument.name), {first, count(values_) - first}});
    }
    actions_.push_back(record);
  }

  // What is named by these words is known from these places.
  void add_need(const std::string& need) {
    const uint32_t first = count(values_);
    for (const rules::KnownBy& known : pack_.case_record.known_by) {
      const bool named = std::any_of(
          known.words.begin(), known.words.end(),
          [&](const std::string& word) { return need.find(word) != std::string::npos; });
      if (!named) continue;
      for (const rules::ValueSource& value : known.sources) add_value(value);
    }
    need_sources_.push_back({first, count(values_) - first});
  }

  void add_value(const rules::ValueSource& source) {
    ValueRecord record;
    record.kind = source.kind;
    switch (source.kind) {
      case Kind::kFact:
        record.fact = pack_.find_fact(source.name);
        if (record.fact == rules::kNoFact) return;  // reported when the pack was checked
        break;
      case Kind::kEntity:
        record.entity = pack_.find_kind(source.name);
        record.hash = entity_hash(record.entity);
        break;
      case Kind::kIntent:
        return add_intent_values(source.name);
      case Kind::kWords:
        break;
    }
    values_.push_back(record);
  }

  void add_intent_values(const std::string& name) {
    for (const rules::IntentSource& intent : pack_.intents) {
      if (!rules::is_or_below(intent.id, name)) continue;
      ValueRecord record;
      record.kind = Kind::kIntent;
      record.hash = stable_hash(intent.id);
      values_.push_back(record);
    }
  }

  // Only built-in kinds are remembered: the pack's own change their numbers.
  static uint64_t entity_hash(rules::EntityKindId kind) {
    return kind < rules::kBuiltInKinds ? stable_hash(rules::entity_kinds()[kind].name) : 0;
  }

  void add_clause(const std::string& text) {
    using PieceKind = CasePieceRecord::Kind;
    constexpr PieceKind kOwn[] = {PieceKind::kEmotion, PieceKind::kMatter, PieceKind::kWish};
    std::vector<rules::TemplatePiece> parts;
    rules::PhraseError error;
    if (!rules::parse_template(text, &parts, &error)) return;  // reported when it was checked
    const uint32_t first = count(pieces_);
    for (const rules::TemplatePiece& part : parts) {
      CasePieceRecord piece;
      piece.text = image_->string(part.text);
      const auto own =
          std::find(std::begin(rules::kCaseVariables), std::end(rules::kCaseVariables), part.text);
      if (part.is_variable && own != std::end(rules::kCaseVariables)) {
        piece.kind = kOwn[own - std::begin(rules::kCaseVariables)];
      } else if (part.is_variable) {
        piece.kind = PieceKind::kFact;
        piece.fact = pack_.find_fact(part.text);
      }
      pieces_.push_back(piece);
    }
    clauses_.push_back({first, count(pieces_) - first});
  }

  const rules::Pack& pack_;
  const std::unordered_map<std::string_view, uint32_t>& replies_;
  ConditionTable* conditions_;
  ImageBuilder* image_;
  std::vector<IntentCaseRecord> intents_;
  std::vector<Range> need_sources_, clauses_;
  std::vector<ValueRecord> values_;
  std::vector<ActionRecord> actions_;
  std::vector<ArgumentRecord> arguments_;
  std::vector<uint32_t> holdings_;
  std::vector<CasePieceRecord> pieces_;
  std::vector<CaseNameRecord> names_;
};

}  // namespace

void build_cases(const rules::Pack& pack,
                 const std::unordered_map<std::string_view, uint32_t>& replies,
                 ConditionTable* conditions, ImageBuilder* image) {
  Builder(pack, replies, conditions, image).build();
}

}  // namespace xiaoer::reply
