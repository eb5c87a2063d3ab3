#include "reply/case_views.hpp"

#include <algorithm>

#include "rules/actions.hpp"

namespace xiaoer::reply {
namespace {

template <class Record>
bool all_of(std::span<const Record> records, auto check) {
  return std::all_of(records.begin(), records.end(), check);
}

// Ranges may be no longer, together, than the list they point into.
bool check_ranges(const CaseViews& v) {
  RangeCheck actions(v.actions.size()), holdings(v.holdings.size()), values(v.values.size()),
      arguments(v.arguments.size()), pieces(v.pieces.size());
  return all_of(v.intents,
                [&](const IntentCaseRecord& intent) {
                  return actions.take(intent.actions) && holdings.take(intent.holdings);
                }) &&
         all_of(v.need_sources, [&](Range range) { return values.take(range); }) &&
         all_of(v.actions,
                [&](const ActionRecord& action) { return arguments.take(action.arguments); }) &&
         all_of(v.arguments,
                [&](const ArgumentRecord& argument) { return values.take(argument.sources); }) &&
         all_of(v.clauses, [&](Range range) { return pieces.take(range); });
}

bool check_texts(const CaseViews& v, const Image& image) {
  return image.holds(v.record.next_step) &&
         all_of(v.intents,
                [&](const IntentCaseRecord& intent) {
                  return image.holds(intent.title) && image.holds(intent.next_step) &&
                         image.holds(intent.wish);
                }) &&
         all_of(v.arguments,
                [&](const ArgumentRecord& argument) { return image.holds(argument.name); }) &&
         all_of(v.pieces, [&](const CasePieceRecord& piece) { return image.holds(piece.text); }) &&
         all_of(v.names, [&](const CaseNameRecord& name) {
           return image.holds(name.code) && image.holds(name.name);
         });
}

bool check_numbers(const CaseViews& v, const CaseViews::Sizes& sizes) {
  using Kind = rules::ValueSource::Kind;
  const auto is_fact = [&](rules::FactId id) { return id < sizes.facts; };
  const auto is_condition = [&](uint32_t index) { return index < sizes.conditions; };
  return v.intents.size() == sizes.intents && v.need_sources.size() == sizes.needs &&
         all_of(v.values,
                [&](const ValueRecord& value) {
                  return value.kind <= Kind::kWords &&
                         (value.kind != Kind::kFact || is_fact(value.fact));
                }) &&
         all_of(v.actions,
                [&](const ActionRecord& action) {
                  return action.action < rules::kActions && is_condition(action.condition);
                }) &&
         all_of(v.pieces,
                [&](const CasePieceRecord& piece) {
                  return piece.kind <= CasePieceRecord::Kind::kWish &&
                         (piece.kind != CasePieceRecord::Kind::kFact || is_fact(piece.fact));
                }) &&
         all_of(v.holdings, [&](uint32_t reply) { return reply < sizes.replies; }) &&
         all_of(v.facts, is_fact) && all_of(v.large_customers, is_condition);
}

}  // namespace

bool CaseViews::open(const Image& image, const Sizes& sizes) {
  intents = image.section<IntentCaseRecord>(Section::kReplyIntentCases);
  need_sources = image.section<Range>(Section::kReplyNeedSources);
  values = image.section<ValueRecord>(Section::kReplyValueSources);
  actions = image.section<ActionRecord>(Section::kReplyActions);
  arguments = image.section<ArgumentRecord>(Section::kReplyArguments);
  holdings = image.section<uint32_t>(Section::kReplyHoldings);
  facts = image.section<rules::FactId>(Section::kReplyCaseFacts);
  clauses = image.section<Range>(Section::kReplyCaseClauses);
  pieces = image.section<CasePieceRecord>(Section::kReplyCasePieces);
  names = image.section<CaseNameRecord>(Section::kReplyCaseNames);
  large_customers = image.section<uint32_t>(Section::kReplyLargeCustomers);
  const auto records = image.section<CaseRecord>(Section::kReplyCase);
  if (records.size() != 1) return false;
  record = records[0];
  guides = !need_sources.empty() ||
           std::any_of(intents.begin(), intents.end(),
                       [](const IntentCaseRecord& intent) { return intent.next_step.size > 0; });
  return check_numbers(*this, sizes) && check_texts(*this, image) && check_ranges(*this);
}

}  // namespace xiaoer::reply
