// The pipeline, top to bottom: hear, understand, answer, remember. Each step is one folder of src/.

#include "engine.hpp"

#include <algorithm>
#include <string>

#include "dialogue/asking.hpp"
#include "match/near_miss.hpp"
#include "text/emoticon_codes.hpp"
#include "text/utf8.hpp"

namespace xiaoer {
namespace {

using dialogue::IntentCandidate;
using dialogue::IntentMiss;
using dialogue::Session;
using dialogue::Understanding;

constexpr float kWellUnderstood = 0.8f;   // a first score that needs no second look
constexpr float kRespelledShare = 0.85f;  // of a score, for what rests on a corrected reading
constexpr float kDoubt = 0.5f;  // of a likeness to a message that needs its context and has none
constexpr float kTopic = 0.5f;  // a line of the shop is about what is at least so likely

// A call from its start to its end: what every step reads and what the next one gets.
struct Call {
  const Ruleset& ruleset;
  const Request& request;
  Session* session;
  Result* result;
  reply::Situation situation;
};

// "turn: stock.query", "asked: quantity", "order: paid": what of the conversation speaks for it.
void report_context(const Call& call, const IntentCandidate& found, ItemRange* why) {
  constexpr std::string_view kSources[] = {"the conversation is about this",
                                           "asked: ", "line: ", "turn: ", "order: "};
  Result& result = *call.result;
  const Understanding& rules = call.ruleset.understanding();
  TextRef rule = result.add(kSources[static_cast<size_t>(found.source)]);
  const TextRef from = result.add(dialogue::name_of(rules, found.source, found.from));
  rule.size += from.size;
  result.because(why, "context", rule, {}, found.context_points);
}

// What the message is like; which example it is nearest to, when there is a scratch to ask.
void report_likeness(const Call& call, const IntentCandidate& found,
                     match::ExampleScratch* likeness, ItemRange* why) {
  const match::ExampleMatcher& examples = call.ruleset.examples();
  const text::Text& text = *call.situation.text;
  const uint32_t example =
      likeness != nullptr ? examples.nearest(found.intent, likeness) : UINT32_MAX;
  if (example == UINT32_MAX) {
    call.result->because(why, "likeness", {}, {}, found.example_points);
  } else {
    call.result->because(why, "example", Result::share(examples.example_text(example)),
                         text.bytes({0, text.size()}), found.example_points);
  }
  if (!call.request.trace) return;
  for (const match::SpeakingGram& gram : examples.explain(found.intent, text)) {
    call.result->because(why, "gram", call.result->add(text.source(gram.span)),
                         text.bytes(gram.span), gram.weight);
  }
}

// Marks every intent that was found in a corrected reading: what was written, and what was
// understood.
void report_respelling(const Call& call, std::span<const match::Respelling> respellings,
                       ItemRange* why) {
  for (const match::Respelling& respelling : respellings) {
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

void report_intents(const Call& call, const dialogue::UnderstandScratch& understood,
                    match::ExampleScratch* likeness,
                    std::span<const match::Respelling> respellings) {
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
    if (found.example_points > 0) {
      // Seeking the nearest example costs more than all else here: outside a trace it is told of
      // the first intent alone, and only where no phrase tells more.
      const bool wanted =
          call.request.trace || (result.intents.empty() && found.best_pattern == UINT32_MAX);
      report_likeness(call, found, wanted ? likeness : nullptr, &item.why);
    }
    if (!found.clause.empty()) {
      const Span clause = call.situation.text->bytes(found.clause);
      result.because(&item.why, "clause", result.add(call.situation.text->source(found.clause)),
                     clause, found.score);
    }
    if (found.context_points > 0) {
      report_context(call, found, &item.why);
    }
    report_respelling(call, respellings, &item.why);
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

void find_matches(const Ruleset& ruleset, const text::Text& text, match::MatchScratch* scratch,
                  dialogue::Entities* entities) {
  const match::Matcher& matcher = ruleset.matcher();
  matcher.scan(text, scratch);
  ruleset.entities().find(text, matcher.dictionary_hits(*scratch), entities);
  matcher.verify(text, *entities, scratch);
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
  other_ = {};
  if (ruleset.respeller().is_on()) other_.match = ruleset.matcher().make_scratch();
  clause_match_ = ruleset.matcher().make_scratch();
  examples_ = clause_examples_ = {};
  understand_ = clause_understand_ = {};
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
  if (text::normalise(message, text_) != text::NormaliseStatus::kOk) return false;
  if (text::may_have_codes(text_)) text::fold_codes(&text_);
  return true;
}

// What the shop's line before was about; short answers and `after` patterns depend on it.
void Context::recall(const Ruleset& ruleset, std::string_view previous) {
  previous_intents_.clear();
  line_.clear();
  text::normalise({}, previous_);
  if (previous.empty() || previous.size() > kMaxMessageBytes) return;
  if (text::normalise(previous, previous_) != text::NormaliseStatus::kOk) return;
  find_matches(ruleset, previous_, match_.get(), &entities_);
  const auto patterns = ruleset.understanding().patterns();
  for (const match::PatternHit& hit : ruleset.matcher().hits(*match_)) {
    const uint64_t hash = ruleset.understanding().intents()[patterns[hit.pattern].intent].hash;
    if (previous_intents_.empty() || previous_intents_.back() != hash) {
      previous_intents_.push_back(hash);
    }
  }
  ruleset.lines().recognise(previous_, &line_);
}

// The same of what was sent last, or of the line that a person wrote: the session keeps no text.
void Context::recall_sent(const Ruleset& ruleset, const Session& session) {
  for (uint32_t back = 0; back < session.turns().size(); ++back) {
    const dialogue::Turn& turn = session.turns().newest(back);
    if (turn.speaker == dialogue::Speaker::kEvent) continue;
    if (turn.speaker == dialogue::Speaker::kBuyer) return;
    if (turn.speaker == dialogue::Speaker::kAgent) ruleset.lines().recall(turn.intents, &line_);
    for (const uint64_t reply : turn.intents) {
      const uint32_t variant = session.last_variant(reply);
      if (variant != UINT32_MAX) ruleset.lines().recall(reply, variant, &line_);
    }
    return;
  }
}

// Hits whose pattern's condition holds; the others are near misses.
std::span<const match::PatternHit> Context::admitted(const Ruleset& ruleset,
                                                     const match::MatchScratch& scratch,
                                                     const reply::Situation& situation) {
  allowed_.clear();
  const Understanding& rules = ruleset.understanding();
  for (const match::PatternHit& hit : ruleset.matcher().hits(scratch)) {
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

// The intents whose patterns matched, each once.
std::span<const uint32_t> Context::intents_of(const Ruleset& ruleset,
                                              std::span<const match::PatternHit> hits) {
  matched_.clear();
  const auto patterns = ruleset.understanding().patterns();
  for (const match::PatternHit& hit : hits) {  // by pattern, hence by intent
    const uint32_t intent = patterns[hit.pattern].intent;
    if (matched_.empty() || matched_.back() != intent) matched_.push_back(intent);
  }
  return matched_;
}

void Context::understand(const Ruleset& ruleset, const Session* session,
                         reply::Situation* situation) {
  unmet_.clear();
  dialogue::Evidence evidence;
  evidence.text = &text_;
  if (kinds_.phrases) evidence.hits = admitted(ruleset, *match_, *situation);
  if (kinds_.examples) {
    evidence.likeness =
        ruleset.examples().rank(text_, intents_of(ruleset, evidence.hits), &examples_);
  }
  evidence.session = session;
  evidence.previous_intents = previous_intents_;
  evidence.suggest_threshold = ruleset.replier().settings().suggest_threshold;
  evidence.max_intents = ruleset.replier().settings().max_intents;
  ruleset.understanding().rank(evidence, situation->trace, &understand_);
  read_context(ruleset, &evidence, situation);
  understand_.misses.insert(understand_.misses.end(), unmet_.begin(), unmet_.end());
  const dialogue::MatterLimits limits{evidence.max_intents,
                                      ruleset.replier().settings().max_matters};
  readings_.clear();
  if (limits.matters > 1) read_clauses(ruleset, evidence, *situation);
  dialogue::find_matters(ruleset.understanding(), readings_, limits, &understand_.candidates);
  situation->intents = understand_.candidates;
}

void Context::swap_readings(reply::Situation* situation) {
  std::swap(text_, other_.text);
  std::swap(match_, other_.match);
  std::swap(examples_, other_.examples);
  std::swap(entities_, other_.entities);
  std::swap(unmet_, other_.unmet);
  std::swap(understand_, other_.understand);
  situation->match_scratch = match_.get();
  situation->intents = understand_.candidates;
}

// A second look at a message that was not understood well: with its slips corrected. The better
// reading stays, but what rests on a correction counts for less.
void Context::respell(const Ruleset& ruleset, const Session* session, reply::Situation* situation) {
  respelled_ = false;
  const float heard = understand_.candidates.empty() ? 0 : understand_.candidates[0].score;
  if (heard >= kWellUnderstood) return;
  if (!ruleset.respeller().respell(text_, &respell_, &other_.text)) return;
  swap_readings(situation);
  find_matches(ruleset, text_, match_.get(), &entities_);
  understand(ruleset, session, situation);
  for (IntentCandidate& found : understand_.candidates) found.score *= kRespelledShare;
  const float least = ruleset.replier().settings().suggest_threshold;
  std::erase_if(understand_.candidates,
                [&](const IntentCandidate& found) { return found.score < least; });
  situation->intents = understand_.candidates;
  respelled_ = !understand_.candidates.empty() && understand_.candidates[0].score > heard;
  if (!respelled_) swap_readings(situation);
}

// What `clause_` says by itself, into clause_understand_; nothing without a phrase: a few words are
// easily like something, and what is asked here must be sure.
void Context::rank_aside(const Ruleset& ruleset, dialogue::Evidence evidence,
                         const reply::Situation& situation) {
  const size_t misses = unmet_.size();
  find_matches(ruleset, clause_, clause_match_.get(), &clause_entities_);
  evidence.text = &clause_;
  evidence.hits = admitted(ruleset, *clause_match_, situation);
  clause_understand_.candidates.clear();
  if (evidence.hits.empty() || !kinds_.phrases) return;
  evidence.likeness = {};
  if (kinds_.examples) {
    evidence.likeness =
        ruleset.examples().rank(clause_, intents_of(ruleset, evidence.hits), &clause_examples_);
  }
  ruleset.understanding().rank(evidence, false, &clause_understand_);
  unmet_.resize(misses);
}

// What the shop's line is about by its words, where it is none of the pack's replies.
void Context::recall_topics(const Ruleset& ruleset, const dialogue::Evidence& evidence,
                            const reply::Situation& situation) {
  if (!line_.topics.empty() || previous_.size() == 0) return;
  std::swap(clause_, previous_);
  rank_aside(ruleset, evidence, situation);
  std::swap(clause_, previous_);
  if (clause_understand_.candidates.empty()) return;
  const IntentCandidate& topic = clause_understand_.candidates.front();
  if (topic.score >= kTopic && topic.best_pattern != UINT32_MAX) line_.add(topic.intent, false);
}

// A message that means nothing by itself is easily like something.
void Context::doubt_likeness(const dialogue::Shape& shape) {
  if (!shape.bare) return;
  for (IntentCandidate& candidate : understand_.candidates) {
    if (candidate.best_pattern == UINT32_MAX) candidate.score *= kDoubt;
  }
}

// Ranks once more with what the conversation makes of a message that needs it.
void Context::read_context(const Ruleset& ruleset, dialogue::Evidence* evidence,
                           reply::Situation* situation) {
  const Understanding& rules = ruleset.understanding();
  const dialogue::Shape shape = dialogue::shape_of(text_, entities_);
  const auto& own = understand_.candidates;
  const rules::OrderState order_state = reply::Replier::order_state(*situation);
  context_.clear();
  if (!dialogue::needs_context(rules, own, shape, text_, entities_)) return;
  if (evidence->session != nullptr && !line_.present) recall_sent(ruleset, *evidence->session);
  situation->out_of_context = !dialogue::has_context(evidence->session, line_, order_state);
  if (situation->out_of_context) return doubt_likeness(shape);
  recall_topics(ruleset, *evidence, *situation);
  clause_understand_.candidates.clear();
  if (line_.asked & dialogue::kAskedOffer) {
    if (text::normalise(line_.question, clause_) == text::NormaliseStatus::kOk) {
      rank_aside(ruleset, *evidence, *situation);
    }
  }
  dialogue::read_context(
      rules,
      {&text_, shape, own, evidence->session, &line_, clause_understand_.candidates, order_state,
       &ruleset.examples(), &examples_},
      &context_);
  if (context_.empty()) return;
  unmet_.clear();
  evidence->context = context_;
  if (kinds_.phrases) evidence->hits = admitted(ruleset, *match_, *situation);
  rules.rank(*evidence, situation->trace, &understand_);
}

// What each clause says by itself, where there are several: likeness to the whole message blurs two
// matters into one, and a phrase weighs less the longer the message.
void Context::read_clauses(const Ruleset& ruleset, dialogue::Evidence evidence,
                           const reply::Situation& situation) {
  const auto& own = understand_.candidates;
  const auto worded = std::count_if(own.begin(), own.end(), [](const IntentCandidate& candidate) {
    return candidate.best_pattern != UINT32_MAX;
  });
  if (worded < 2) return;  // at most one matter has words
  const dialogue::Clauses clauses = dialogue::find_clauses(text_);
  if (clauses.count < 2) return;
  evidence.context = {};
  for (const Span span : clauses.list()) {
    dialogue::cut(text_, span, &clause_);
    rank_aside(ruleset, evidence, situation);
    if (clause_understand_.candidates.empty()) continue;
    dialogue::IntentCandidate best = clause_understand_.candidates.front();
    best.span = {best.span.begin + span.begin, best.span.end + span.begin};
    readings_.push_back({best, span});
  }
}

Status answer(const Ruleset& ruleset, Context& context, Session* session, const Request& request,
              Result* result) {
  result->clear();
  if (result->source.get() != &ruleset) result->source = ruleset.shared_from_this();
  if (!request.event.empty()) return record_event(ruleset, session, request, result);
  context.adapt(ruleset);
  if (!context.hear(request)) return Status::kMessageTooLong;
  context.recall(ruleset, request.previous_agent);
  find_matches(ruleset, context.text_, context.match_.get(), &context.entities_);

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
  context.respell(ruleset, session, &situation);
  report_intents(call, context.understand_, &context.examples_, context.respellings());
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
  text::Text line;
  const bool heard = text::normalise(agent_text, line) == text::NormaliseStatus::kOk;
  session->agent_line(stable_hash(agent_text), at,
                      heard ? dialogue::digest_of(line) : dialogue::LineDigest{});
}

}  // namespace xiaoer
