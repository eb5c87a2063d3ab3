#pragma once
// Packs built in memory and answered from, for the tests of src/reply.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/reader.hpp"
#include "reply/facts.hpp"
#include "reply/replier.hpp"
#include "result/result.hpp"
#include "rules/pack.hpp"

namespace xiaoer::reply::test {

inline Facts facts_of(std::string_view json) {
  json::Value value;
  Diagnostics diagnostics;
  EXPECT_TRUE(json::read(json, "facts", {}, &value, &diagnostics)) << json;
  Facts facts;
  EXPECT_TRUE(facts.read(value, "facts", &diagnostics)) << json;
  for (const Diagnostic& problem : diagnostics.list()) {
    ADD_FAILURE() << to_text(problem, Language::kEnglish);
  }
  return facts;
}

// A pack under construction.
class PackBuilder {
 public:
  rules::ReplySource& reply(const std::string& id, const std::vector<std::string>& variants) {
    rules::ReplySource source;
    source.id = id;
    for (const std::string& variant : variants) source.variants.push_back({variant, {}});
    pack.replies.push_back(source);
    return pack.replies.back();
  }
  rules::ReplySource& technique(rules::Technique technique, const std::string& id,
                                const std::string& text) {
    rules::ReplySource& source = reply(id, {text});
    source.technique = technique;
    source.why = "why " + id;
    return source;
  }
  rules::IntentSource& intent(const std::string& id, const std::vector<std::string>& replies) {
    rules::IntentSource source;
    source.id = id;
    source.title = id;
    source.replies = replies;
    pack.intents.push_back(source);
    return pack.intents.back();
  }
  // An intent with one reply of one variant.
  rules::IntentSource& says(const std::string& id, const std::string& text) {
    reply(id + ".reply", {text});
    return intent(id, {id + ".reply"});
  }
  void has(rules::ReplySource& reply, std::string_view fact) {
    rules::FactTest test;
    test.fact = pack.find_fact(fact);
    reply.when.facts.push_back(test);
  }

  rules::Pack pack;
};

// A compiled pack and everything that one call needs.
class Desk {
 public:
  explicit Desk(const rules::Pack& pack) {
    ImageBuilder builder;
    ConditionTable conditions;
    Replier::build(pack, &conditions, &builder, &diagnostics);
    conditions.finish(&builder);
    std::string error;
    EXPECT_TRUE(Image::open(builder.finish(), &image, &error)) << error;
    EXPECT_TRUE(replier.open(image));
  }

  // Answers a message that was understood as these intents, with these scores.
  const Result& answer(std::vector<std::pair<uint32_t, float>> intents) {
    candidates.clear();
    for (const auto& [intent, score] : intents) {
      dialogue::IntentCandidate candidate;
      candidate.intent = intent;
      candidate.score = score;
      candidate.best_pattern = UINT32_MAX;
      candidate.span = {0, text.size()};
      candidates.push_back(candidate);
    }
    return respond();
  }

  const Result& respond() {
    EXPECT_EQ(text::normalise(message, text), text::NormaliseStatus::kOk);
    for (auto& candidate : candidates) candidate.span = {0, text.size()};
    situation.text = &text;
    situation.entities = &entities;
    situation.intents = candidates;
    situation.facts = &facts;
    situation.goods = replier.goods(situation);
    result.clear();
    replier.respond(situation, &scratch, &result);
    return result;
  }

  // The buyer's money, as an offer.
  void offers(int64_t yuan) {
    entities::Entity entity;
    entity.kind = rules::kMoney;
    entity.flags = entities::kOffer;
    entity.number = Decimal::of(yuan);
    entities.list.push_back(entity);
  }
  void mentions(rules::EntityKindId kind, const std::string& value) {
    entities::Entity entity;
    entity.kind = kind;
    entity.value_begin = static_cast<uint32_t>(entities.values.size());
    entity.value_size = static_cast<uint32_t>(value.size());
    entities.values += value;
    entities.list.push_back(entity);
  }
  void at(std::string_view time) { situation.now = parse_instant(time); }

  std::string reply(size_t index = 0) const {
    return index < result.replies.size() ? std::string(result.text(result.replies[index].text))
                                         : std::string();
  }
  std::string id(size_t index = 0) const {
    return index < result.replies.size() ? std::string(result.text(result.replies[index].id))
                                         : std::string();
  }
  // Rule of the first refusal, or "".
  std::string refused() const {
    return result.guard.empty() ? "" : std::string(result.text(result.guard[0].rule));
  }
  std::vector<std::string> techniques() const {
    std::vector<std::string> names;
    for (const TechniqueItem& item : result.techniques) {
      names.emplace_back(result.text(item.technique));
    }
    return names;
  }
  bool explains(const ItemRange& why, std::string_view kind, std::string_view rule) const {
    for (uint32_t i = 0; i < why.count; ++i) {
      const Reason& reason = result.reasons[why.first + i];
      if (result.text(reason.kind) == kind && result.text(reason.rule) == rule) return true;
    }
    return false;
  }

  Diagnostics diagnostics;
  Image image;
  Replier replier;
  Facts facts;
  std::string message = "请问一下";
  text::Text text;
  entities::Entities entities;
  std::vector<dialogue::IntentCandidate> candidates;
  Situation situation;
  ReplyScratch scratch;
  Result result;
};

// The answer to one intent "price.ask" whose only reply is `text`; "" when a guard refused it.
inline std::unique_ptr<Desk> desk_saying(const std::string& text,
                                         const std::string& intent = "price.ask") {
  PackBuilder builder;
  builder.says(intent, text);
  return std::make_unique<Desk>(builder.pack);
}

}  // namespace xiaoer::reply::test
