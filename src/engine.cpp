// The pipeline, top to bottom: hear, understand, answer, remember. Each step is one folder of src/.

#include "engine.hpp"

#include <algorithm>
#include <string>

#include "match/near_miss.hpp"

namespace xiaoer {
namespace {

using dialogue::IntentCandidate;
using dialogue::IntentMiss;
using dialogue::Session;
using dialogue::Understanding;

// A call from its start to its end: what every step reads and what the next one gets.
struct Call {
  const Ruleset& ruleset;
  const Request& request;
  Session* session;
  Result* result;
  reply::Situation situation;
};

void report_intents(const Call& call, const dialogue::UnderstandScratch& understood,
                    const match::ExampleScratch& likeness) {
  Result& result = *call.result;
  const Understanding& rules = call.ruleset.understanding();
  const Image& image = call.ruleset.image();
  for (const IntentCandidate& found : understood.candidates) {
    IntentItem item;
    item.id = Result::share(image.string(rules.intents()[found.intent].id));
    item.title = Result::share(image.string(rules.intents()[found.intent].title));
    item.score = found.score;
    item.span = call.situation.text->bytes(found.span);
    if (found.best_pattern != UINT32_MAX) {
      const Understanding::PatternRecord& pattern = rules.patterns()[found.best_pattern];
      result.because(&item.why, pattern.is_regex ? "regex" : "phrase",
                     Result::share(image.string(pattern.text)), item.span, found.phrase_points);
    }
    const uint32_t example = found.example_points > 0
                                 ? call.ruleset.examples().nearest(found.intent, likeness)
                                 : UINT32_MAX;
    if (example != UINT32_MAX) {
      result.because(
          &item.why, "example", Result::share(call.ruleset.examples().example_text(example)),
          call.situation.text->bytes({0, call.situation.text->size()}), found.example_points);
    } else if (found.example_points > 0) {
      result.because(&item.why, "likeness", {}, {}, found.example_points);
    }
    if (found.context_points > 0) {
      result.because(&item.why, "context", Result::share("the conversation is about this"), {},
                     found.context_points);
    }
    result.intents.push_back(item);
  }
}

void report_misses(const Call& call, const dialogue::UnderstandScratch& understood) {
  Result& result = *call.result;
  const Understanding& rules = call.ruleset.understanding();
  const Image& image = call.ruleset.image();
  constexpr std::string_view kLacks[] = {"score-below-threshold", "condition-not-met",
                                         "context-not-met", "rank-below-limit"};
  for (const IntentMiss& miss : understood.misses) {
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
void report_near_phrases(const Call& call, const dialogue::UnderstandScratch& understood,
                         std::span<const match::NearMiss> misses) {
  constexpr size_t kMax = 5;
  Result& result = *call.result;
  const Understanding& rules = call.ruleset.understanding();
  const Image& image = call.ruleset.image();
  std::vector<uint32_t> told;
  for (const IntentCandidate& found : understood.candidates) {
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

void report_entities(const Call& call, const dialogue::Entities& entities) {
  Result& result = *call.result;
  for (const dialogue::Entity& entity : entities.list) {
    EntityItem item;
    item.kind = Result::share(call.ruleset.entities().kind_name(entity.kind));
    item.value = result.add(entities.value(entity));
    item.text = result.add(call.situation.text->source(entity.span));
    item.span = call.situation.text->bytes(entity.span);
    result.entities.push_back(item);
  }
}

// The session after a call that went well. Nothing here fails.
void remember(const Call& call, std::span<const IntentCandidate> intents,
              const dialogue::Entities& entities, const reply::ReplyScratch& replies) {
  Session& session = *call.session;
  const auto records = call.ruleset.understanding().intents();
  dialogue::Turn turn;
  turn.at = call.request.now ? call.request.now->seconds : 0;
  turn.order_state = call.situation.facts->order_state();
  for (size_t i = 0; i < std::min(intents.size(), turn.intents.size()); ++i) {
    turn.intents[i] = records[intents[i].intent].hash;
  }
  if (!intents.empty()) {
    turn.stage = static_cast<rules::Stage>(records[intents[0].intent].stage);
    turn.objection = static_cast<rules::Objection>(records[intents[0].intent].objection);
  }
  session.buyer_turn(turn);
  for (const dialogue::Entity& entity : entities.list) {
    if (entity.flags & dialogue::kOffer) session.buyer_offer(entity.number);
  }
  for (const dialogue::PendingReply& pending : replies.pending) session.add_pending(pending);
  if (!call.request.assume_sent || call.result->decision == Decision::kSilent) return;
  // On handover only the holding reply goes out; otherwise the first reply and the first technique.
  const bool handoff = call.result->decision == Decision::kHandoff;
  bool reply_sent = false, technique_sent = false;
  for (const dialogue::PendingReply& pending : replies.pending) {
    if (pending.holding != handoff) continue;
    bool& sent = pending.technique == rules::Technique::kNone ? reply_sent : technique_sent;
    if (!sent) session.sent(pending.text, turn.at);
    sent = true;
  }
}

Status record_event(const Ruleset&, Session* session, const Request& request, Result* result) {
  if (session != nullptr) {
    dialogue::Turn turn;
    turn.speaker = dialogue::Speaker::kEvent;
    turn.at = request.now ? request.now->seconds : 0;
    turn.order_state = request.facts ? request.facts->order_state() : rules::OrderState::kNone;
    turn.intents[0] = stable_hash(request.event);
    session->event(turn);
  }
  result->decision = Decision::kSilent;
  return Status::kOk;
}

}  // namespace

void Context::adapt(const Ruleset& ruleset) {
  // Scratch is sized by the image alone, so that equal images share it across a reload. Checksums
  // can be forged, sizes are what counts.
  if (match_ != nullptr && image_ == ruleset.image().checksum() &&
      ruleset.matcher().fits(*match_)) {
    return;
  }
  match_ = ruleset.matcher().make_scratch();
  examples_ = {};
  understand_ = {};
  reply_ = {};
  image_ = ruleset.image().checksum();
}

bool Context::hear(const Request& request) {
  if (request.message.size() > kMaxMessageBytes) return false;
  std::string_view message = request.message;
  if (!request.messages.empty()) {
    joined_.assign(message);
    for (const std::string_view bubble : request.messages) {
      if (joined_.size() + bubble.size() + 1 > kMaxMessageBytes) return false;
      if (!joined_.empty()) joined_.push_back('\n');
      joined_.append(bubble);
    }
    message = joined_;
  }
  return text::normalise(message, text_) == text::NormaliseStatus::kOk;
}

void Context::find_matches(const Ruleset& ruleset, const text::Text& text) {
  const match::Matcher& matcher = ruleset.matcher();
  matcher.scan(text, match_.get());
  ruleset.entities().find(text, matcher.dictionary_hits(*match_), &entities_);
  matcher.verify(text, entities_, match_.get());
}

// What the shop's line before was about; short answers and `after` patterns depend on it.
void Context::recall(const Ruleset& ruleset, std::string_view previous) {
  previous_intents_.clear();
  if (previous.empty() || previous.size() > kMaxMessageBytes) return;
  if (text::normalise(previous, previous_) != text::NormaliseStatus::kOk) return;
  find_matches(ruleset, previous_);
  const auto patterns = ruleset.understanding().patterns();
  for (const match::PatternHit& hit : ruleset.matcher().hits(*match_)) {
    const uint64_t hash = ruleset.understanding().intents()[patterns[hit.pattern].intent].hash;
    if (previous_intents_.empty() || previous_intents_.back() != hash) {
      previous_intents_.push_back(hash);
    }
  }
}

// Hits whose pattern's condition holds; the others are near misses.
std::span<const match::PatternHit> Context::admitted(const Ruleset& ruleset,
                                                     const reply::Situation& situation) {
  allowed_.clear();
  const Understanding& rules = ruleset.understanding();
  for (const match::PatternHit& hit : ruleset.matcher().hits(*match_)) {
    const Understanding::PatternRecord& pattern = rules.patterns()[hit.pattern];
    if (pattern.condition == 0 || ruleset.replier().holds(pattern.condition, situation,
                                                          rules.intents()[pattern.intent].hash)) {
      allowed_.push_back(hit);
    } else if (situation.trace) {
      unmet_.push_back({pattern.intent, hit.pattern, 0, IntentMiss::Lack::kCondition});
    }
  }
  return allowed_;
}

void Context::understand(const Ruleset& ruleset, const Session* session,
                         reply::Situation* situation) {
  unmet_.clear();
  dialogue::Evidence evidence;
  evidence.text = &text_;
  if (kinds_.phrases) evidence.hits = admitted(ruleset, *situation);
  if (kinds_.examples) evidence.likeness = ruleset.examples().rank(text_, &examples_);
  evidence.session = session;
  evidence.previous_intents = previous_intents_;
  evidence.suggest_threshold = ruleset.replier().settings().suggest_threshold;
  evidence.max_intents = ruleset.replier().settings().max_intents;
  ruleset.understanding().rank(evidence, situation->trace, &understand_);
  understand_.misses.insert(understand_.misses.end(), unmet_.begin(), unmet_.end());
  situation->intents = understand_.candidates;
}

Status answer(const Ruleset& ruleset, Context& context, Session* session, const Request& request,
              Result* result) {
  result->clear();
  if (result->source.get() != &ruleset) result->source = ruleset.shared_from_this();
  if (!request.event.empty()) return record_event(ruleset, session, request, result);
  context.adapt(ruleset);
  if (!context.hear(request)) return Status::kMessageTooLong;
  context.recall(ruleset, request.previous_agent);
  context.find_matches(ruleset, context.text_);

  Call call{ruleset, request, session, result, {}};
  reply::Situation& situation = call.situation;
  situation.text = &context.text_;
  situation.entities = &context.entities_;
  situation.matcher = &ruleset.matcher();
  situation.match_scratch = context.match_.get();
  situation.facts = request.facts != nullptr ? request.facts : &context.no_facts_;
  situation.session = session;
  situation.now = request.now;
  situation.seed = request.seed;
  situation.trace = request.trace;

  context.understand(ruleset, session, &situation);
  report_intents(call, context.understand_, context.examples_);
  report_misses(call, context.understand_);
  if (request.trace) {
    std::vector<match::NearMiss> near;
    ruleset.matcher().find_near_misses(context.entities_, context.match_.get(), &near);
    report_near_phrases(call, context.understand_, near);
  }
  report_entities(call, context.entities_);
  ruleset.replier().respond(situation, &context.reply_, result);
  if (session != nullptr) remember(call, situation.intents, context.entities_, context.reply_);
  return Status::kOk;
}

void observe(Session* session, std::string_view agent_text, int64_t at) {
  session->agent_line(stable_hash(agent_text), at);
}

}  // namespace xiaoer
