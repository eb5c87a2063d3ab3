#include "reply/case_views.hpp"

#include <algorithm>

#include "rules/actions.hpp"

namespace xiaoer::reply {
namespace {

template <class Record>
bool all_of(std::span<const Record> records, auto check) {
  return std::all_of(records.begin(), records.end(), check);
}

bool check(const CaseViews& v, const Image& image, const CaseViews::Sizes& sizes) {
  const auto is_fact = [&](rules::FactId id) { return id < sizes.facts; };
  return image.holds(v.record.next_step) && v.intents.size() == sizes.intents &&
         v.need_sources.size() == sizes.needs &&
         all_of(v.intents,
                [&](const IntentCaseRecord& intent) {
                  return image.holds(intent.title) && image.holds(intent.next_step) &&
                         image.holds(intent.wish) && inside(intent.actions, v.actions.size()) &&
                         inside(intent.holdings, v.holdings.size());
                }) &&
         all_of(v.need_sources, [&](Range range) { return inside(range, v.values.size()); }) &&
         all_of(v.values,
                [&](const ValueRecord& value) {
                  return value.kind <= rules::ValueSource::Kind::kWords &&
                         (value.kind != rules::ValueSource::Kind::kFact || is_fact(value.fact));
                }) &&
         all_of(v.actions,
                [&](const ActionRecord& action) {
                  return action.action < rules::kActions &&
                         action.condition < sizes.conditions &&
                         inside(action.arguments, v.arguments.size());
                }) &&
         all_of(v.arguments,
                [&](const ArgumentRecord& argument) {
                  return image.holds(argument.name) && inside(argument.sources, v.values.size());
                }) &&
         all_of(v.holdings, [&](uint32_t reply) { return reply < sizes.replies; }) &&
         all_of(v.facts, is_fact) &&
         all_of(v.clauses, [&](Range range) { return inside(range, v.pieces.size()); }) &&
         all_of(v.pieces,
                [&](const CasePieceRecord& piece) {
                  return image.holds(piece.text) &&
                         piece.kind <= CasePieceRecord::Kind::kWish &&
                         (piece.kind != CasePieceRecord::Kind::kFact || is_fact(piece.fact));
                }) &&
         all_of(v.names,
                [&](const CaseNameRecord& name) {
                  return image.holds(name.code) && image.holds(name.name);
                }) &&
         all_of(v.large_customers,
                [&](uint32_t condition) { return condition < sizes.conditions; });
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
  return check(*this, image, sizes);
}

}  // namespace xiaoer::reply
