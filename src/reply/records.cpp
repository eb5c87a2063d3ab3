#include "reply/records.hpp"

#include "reply/bargain.hpp"
#include "reply/sizing.hpp"

namespace xiaoer::reply {
namespace {

const FactValue kAbsent = {};

}  // namespace

const FactValue& Views::fact(const Facts& source, rules::FactId id) const {
  if (id == rules::kNoFact) return kAbsent;
  if (id < rules::facts().size()) return source.get(id);
  const FactRecord& record = facts[id - rules::facts().size()];
  const FactValue& value = source.find(text(record.path));
  return value.fits(static_cast<rules::FactType>(record.type)) ? value : kAbsent;
}

const FactValue& Views::fact(const Situation& situation, rules::FactId id) const {
  // Unsigned, so that what lies before the first is far behind the last.
  if (static_cast<rules::FactId>(id - bargain_facts) < kBargainFacts) {
    return situation.bargain != nullptr ? situation.bargain->value(id) : kAbsent;
  }
  if (static_cast<rules::FactId>(id - sizing_facts) < kSizingFacts) {
    return situation.sizing != nullptr ? situation.sizing->value(id) : kAbsent;
  }
  return fact(*situation.facts, id);
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
