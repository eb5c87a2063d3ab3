#pragma once
// The flat records of cases and actions, and read access to them. Written by case_build.cpp;
// checked once, in CaseViews::open (case_views.cpp).

#include <cstdint>
#include <span>

#include "base/decimal.hpp"
#include "base/image.hpp"
#include "rules/entity_kinds.hpp"
#include "rules/facts.hpp"
#include "rules/pack.hpp"

namespace xiaoer::reply {

struct ValueRecord {
  uint64_t hash = 0;  // kIntent: of its id; kEntity: of its kind's name
  rules::FactId fact = rules::kNoFact;
  rules::EntityKindId entity = rules::kNoKind;
  rules::ValueSource::Kind kind = rules::ValueSource::Kind::kFact;
  uint8_t padding[4] = {};
};

struct ArgumentRecord {
  StringRef name;
  Range sources;  // of kReplyValueSources
};

struct ActionRecord {
  uint32_t condition = 0;
  Range arguments;
  uint8_t action = 0;  // rules::Action
  uint8_t requires_person = 1;
  uint8_t padding[2] = {};
};

// By intent.
struct IntentCaseRecord {
  StringRef title, next_step, wish;
  Range actions;
  Range holdings;  // of kReplyHoldings: indices of replies
};

struct CaseRecord {
  StringRef next_step;
  uint32_t has_large_amount = 0;
  uint32_t padding = 0;
  Decimal large_amount;
};

// One piece of a clause of the summary.
struct CasePieceRecord {
  enum class Kind : uint8_t { kLiteral, kFact, kEmotion, kMatter, kWish };
  StringRef text;
  rules::FactId fact = rules::kNoFact;
  Kind kind = Kind::kLiteral;
  uint8_t padding = 0;
};

struct CaseNameRecord {
  StringRef code, name;
};

struct CaseViews {
  std::span<const IntentCaseRecord> intents;
  std::span<const Range> need_sources;  // by need: of values
  std::span<const ValueRecord> values;
  std::span<const ActionRecord> actions;
  std::span<const ArgumentRecord> arguments;
  std::span<const uint32_t> holdings;
  std::span<const rules::FactId> facts;
  std::span<const Range> clauses;  // of pieces
  std::span<const CasePieceRecord> pieces;
  std::span<const CaseNameRecord> names;
  std::span<const uint32_t> large_customers;  // conditions
  CaseRecord record;
  bool guides = false;  // some intent says what to do or to ask for

  // What the other sections hold, to check against.
  struct Sizes {
    size_t intents = 0, needs = 0, replies = 0, conditions = 0, facts = 0;
  };
  // False: damaged.
  bool open(const Image& image, const Sizes& sizes);
};

}  // namespace xiaoer::reply
