#include "engine_report.hpp"

#include <algorithm>
#include <string>

#include "base/insertion_sort.hpp"
#include "dialogue/context.hpp"
#include "match/near_miss.hpp"
#include "text/utf8.hpp"

namespace xiaoer {
namespace {

using dialogue::IntentCandidate;
using dialogue::IntentMiss;
using dialogue::Understanding;

// "turn: stock.query", "asked: quantity", "order: paid": what of the conversation speaks for it.
void report_context(const Call& call, const IntentCandidate& found, ItemRange* why) {
  constexpr std::string_view kSources[] = {"the conversation is about this",
                                           "asked: ",
                                           "line: ",
                                           "turn: ",
                                           "order: ",
                                           "open: ",
                                           "event: "};
  Result& result = *call.result;
  const Understanding& rules = call.ruleset.understanding();
  TextRef rule = result.add(kSources[static_cast<size_t>(found.source)]);
  const TextRef from = result.add(dialogue::name_of(rules, found.source, found.from));
  rule.size += from.size;
  result.because(why, "context", rule, {}, found.context_points);
}

// What the message is like, and which example it is nearest to if that is wanted.
void report_likeness(const Call& call, const IntentCandidate& found, bool nearest, ItemRange* why) {
  const match::ExampleMatcher& examples = call.ruleset.examples();
  const text::Text& text = *call.situation.text;
  const uint32_t example =
      nearest ? examples.nearest(found.intent, &call.scratch.reading.examples) : UINT32_MAX;
  if (example == UINT32_MAX) {
    call.result->because(why, "likeness", {}, {}, found.example_points);
  } else {
    call.result->because(why, "example", Result::share(examples.example_text(example)),
                         text.bytes({0, text.size()}), found.example_points);
  }
  if (!call.situation.trace) return;
  for (const match::SpeakingGram& gram : examples.explain(found.intent, text)) {
    call.result->because(why, "gram", call.result->add(text.source(gram.span)),
                         text.bytes(gram.span), gram.weight);
  }
}

// Marks every intent that was found in a corrected reading: what was written, and what was
// understood.
void report_respelling(const Call& call, ItemRange* why) {
  for (const match::Respelling& respelling : call.respellings) {
    TextRef understood{nullptr, static_cast<uint32_t>(call.result->bytes.size()), 0};
    for (uint32_t i = respelling.understood.begin; i < respelling.understood.end; ++i) {
      char bytes[4];
      understood.size +=
          call.result->add({bytes, text::encode_to(bytes, call.situation.text->chars[i])}).size;
    }
    call.result->because(why, "respelling", understood,
                         call.situation.text->bytes(respelling.understood), 0);
  }
}

void report_intents(const Call& call) {
  Result& result = *call.result;
  const Understanding& rules = call.ruleset.understanding();
  const Image& image = call.ruleset.image();
  for (const IntentCandidate& found : call.scratch.reading.understand.candidates) {
    const bool first = result.intents.empty();
    IntentItem& item = result.intents.emplace_back();
    item.id = Result::share(image.string(rules.intents()[found.intent].id));
    item.title = Result::share(image.string(rules.intents()[found.intent].title));
    item.score = found.score;
    item.span = call.situation.text->bytes(found.span);
    if (found.best_pattern != UINT32_MAX) {
      const Understanding::PatternRecord& pattern = rules.patterns()[found.best_pattern];
      result.because(&item.why, pattern.is_regex ? "regex" : "phrase",
                     Result::share(image.string(pattern.text)), item.span, found.phrase_points);
    }
    if (found.example_points > 0) {
      // Seeking the nearest example costs more than all else here: outside a trace it is told of
      // the first intent alone, and only where no phrase tells more.
      const bool wanted = call.situation.trace || (first && found.best_pattern == UINT32_MAX);
      report_likeness(call, found, wanted, &item.why);
    }
    if (!found.clause.empty()) {
      const Span clause = call.situation.text->bytes(found.clause);
      result.because(&item.why, "clause", result.add(call.situation.text->source(found.clause)),
                     clause, found.score);
    }
    if (found.context_points > 0) {
      report_context(call, found, &item.why);
    }
    report_respelling(call, &item.why);
  }
}

void report_misses(const Call& call) {
  Result& result = *call.result;
  const Understanding& rules = call.ruleset.understanding();
  const Image& image = call.ruleset.image();
  constexpr std::string_view kLacks[] = {"score-below-threshold", "condition-not-met",
                                         "context-not-met", "rank-below-limit"};
  for (const IntentMiss& miss : call.scratch.reading.understand.misses) {
    NearMissItem item;
    item.id = Result::share(image.string(rules.intents()[miss.intent].id));
    item.score = miss.score;
    const std::string_view pattern =
        miss.pattern == UINT32_MAX ? "" : image.string(rules.patterns()[miss.pattern].text);
    result.because(&item.why, kLacks[static_cast<size_t>(miss.lack)], Result::share(pattern), {},
                   0);
    result.near_misses.push_back(item);
  }
}

// What a phrase lacked. The kinds are listed in docs/jsonl.md.
void report_lack(const Call& call, const match::NearMiss& miss, ItemRange* why) {
  constexpr std::string_view kPlaces[] = {"contains", "whole", "start", "end"};
  Result& result = *call.result;
  const auto lacks = [&](std::string_view kind, TextRef rule, Span span) {
    result.because(why, kind, rule, span, 0);
  };
  using Lack = match::NearMiss::Lack;
  switch (miss.lack) {
    case Lack::kWords:
      return lacks("words-missing", result.add(call.ruleset.matcher().missing_words(miss)), {});
    case Lack::kEntity:
      return lacks("entity-missing", Result::share(call.ruleset.entities().kind_name(miss.value)),
                   {});
    case Lack::kOrder:
      return lacks("order-or-distance", {}, {});
    case Lack::kProtected:
      return lacks("inside-protected-word", {}, {});
    case Lack::kPlace:
      return lacks("wrong-place", Result::share(kPlaces[miss.value]), {});
    case Lack::kNot:
      return lacks("excluded-by-not", result.add(call.situation.text->source(miss.excluded)),
                   call.situation.text->bytes(miss.excluded));
    case Lack::kTooLong:
      return lacks("longer-than-max-len", result.add(std::to_string(miss.value)), {});
  }
}

// Phrases that nearly matched, one an intent. Those of intents that another phrase won are no news;
// of those that likeness alone won they are.
void report_near_phrases(const Call& call) {
  constexpr size_t kMax = 5;
  // Of an event nothing was read: what the scratch holds, if there is one, is of another message.
  if (call.scratch.reading.text.size() == 0) return;
  Result& result = *call.result;
  const Understanding& rules = call.ruleset.understanding();
  const Image& image = call.ruleset.image();
  std::vector<match::NearMiss> misses;
  call.ruleset.matcher().find_near_misses(call.scratch.reading.entities,
                                          call.scratch.reading.match.get(), &misses);
  std::vector<uint32_t> told;
  for (const IntentCandidate& found : call.scratch.reading.understand.candidates) {
    if (found.best_pattern != UINT32_MAX) told.push_back(found.intent);
  }
  const size_t limit = told.size() + kMax;
  for (const match::NearMiss& miss : misses) {
    const Understanding::PatternRecord& pattern = rules.patterns()[miss.pattern];
    if (told.size() == limit) break;
    if (std::find(told.begin(), told.end(), pattern.intent) != told.end()) continue;
    told.push_back(pattern.intent);
    NearMissItem item;
    item.id = Result::share(image.string(rules.intents()[pattern.intent].id));
    result.because(&item.why, "phrase", Result::share(image.string(pattern.text)),
                   call.situation.text->bytes(miss.found), 0);
    report_lack(call, miss, &item.why);
    result.near_misses.push_back(item);
  }
}

void report_entities(const Call& call) {
  const entities::Entities& entities = call.scratch.reading.entities;
  Result& result = *call.result;
  for (const entities::Entity& entity : entities.list) {
    EntityItem item;
    item.kind = Result::share(call.ruleset.entities().kind_name(entity.kind));
    item.value = result.add(entities.value(entity));
    item.text = result.add(call.situation.text->source(entity.span));
    item.span = call.situation.text->bytes(entity.span);
    result.entities.push_back(item);
  }
}

std::string_view name_of(const dialogue::BuyerSign& sign) {
  using Shows = rules::CueSource::Shows;
  if (sign.shows == Shows::kEmotion) return rules::name_of(static_cast<rules::Emotion>(sign.value));
  if (sign.shows == Shows::kTrait) return rules::name_of(static_cast<rules::Trait>(sign.value));
  return rules::name_of(static_cast<rules::Major>(sign.value));
}

// What tells of the buyer: the cue, or the intent that came again, or the mood that is left.
void report_sign(const Call& call, const dialogue::BuyerSign& sign) {
  using From = dialogue::BuyerSign::From;
  constexpr std::string_view kKinds[] = {"phrase", "intent", "punctuation", "repeated", "history"};
  Result& result = *call.result;
  std::string_view rule = name_of(sign);
  if (sign.from <= From::kIntent) rule = call.ruleset.buyers().cue_id(sign.number);
  if (sign.from == From::kRepeated) rule = call.ruleset.understanding().id_of(sign.number);
  result.because(&result.buyer.why, kKinds[static_cast<size_t>(sign.from)], Result::share(rule),
                 call.situation.text->bytes(sign.span), sign.points);
}

// Traits that are clear enough, the clearest first.
void report_traits(const Call& call) {
  Result& result = *call.result;
  result.buyer.traits.first = static_cast<uint32_t>(result.traits.size());
  for (size_t i = 0; i < rules::kTraits; ++i) {
    if ((call.situation.buyer->clear >> i & 1) == 0) continue;
    const uint16_t share = call.situation.buyer->mood.traits[i];
    const auto trait = static_cast<rules::Trait>(i);
    result.traits.push_back({Result::share(rules::name_of(trait)), rules::is_psychology(trait),
                             static_cast<float>(share) / dialogue::Mood::kWhole});
    ++result.buyer.traits.count;
  }
  insertion_sort(result.traits, [](const auto& a, const auto& b) { return a.score > b.score; });
}

void report_buyer(const Call& call) {
  if (call.situation.buyer == nullptr) return;
  const dialogue::BuyerReading& buyer = *call.situation.buyer;
  call.result->buyer.emotion = Result::share(rules::name_of(buyer.emotion));
  call.result->buyer.score = buyer.heat;
  for (const dialogue::BuyerSign& sign : buyer.signs) report_sign(call, sign);
  if (buyer.clear != 0) report_traits(call);
}

}  // namespace

void report(const Call& call) {
  report_intents(call);
  report_misses(call);
  if (call.situation.trace) report_near_phrases(call);
  report_entities(call);
  report_buyer(call);
}

}  // namespace xiaoer
