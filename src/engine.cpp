// The pipeline, top to bottom: hear, understand, answer, remember. Each step is one folder of src/.

#include "engine.hpp"

#include <algorithm>

#include "dialogue/asking.hpp"
#include "dialogue/price_wish.hpp"
#include "engine_report.hpp"
#include "text/emoticon_codes.hpp"

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

// The session after a call that went well. Nothing here fails.
void remember(const Call& call, const reply::ReplyScratch& replies) {
  Session& session = *call.session;
  const std::span<const IntentCandidate> intents = call.situation.intents;
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
  session.care() = replies.care;
  for (const dialogue::Entity& entity : call.situation.entities->list) {
    if (entity.flags & dialogue::kOffer) session.buyer_offer(entity.number);
  }
  if (replies.bargain) session.bargain_turn(*replies.bargain);
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

// Where the conversation stands now.
void tell_standing(const Call& call) {
  const std::span<const IntentCandidate> intents = call.situation.intents;
  auto stage = rules::Stage::kNone;
  if (call.session != nullptr) {
    stage = call.session->stage();
  } else if (!intents.empty()) {
    const auto records = call.ruleset.understanding().intents();
    stage = static_cast<rules::Stage>(records[intents[0].intent].stage);
  }
  call.result->stage = Result::share(rules::name_of(stage));
  call.result->order_state =
      Result::share(rules::name_of(reply::Replier::order_state(call.situation)));
}

void find_matches(const Ruleset& ruleset, Reading* reading) {
  const match::Matcher& matcher = ruleset.matcher();
  if (reading->match == nullptr) reading->match = matcher.make_scratch();
  matcher.scan(reading->text, reading->match.get());
  ruleset.entities().find(reading->text, matcher.dictionary_hits(*reading->match),
                          &reading->entities);
  matcher.verify(reading->text, reading->entities, reading->match.get());
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
  if (reading_.match != nullptr && image_ == ruleset.image().checksum() &&
      ruleset.matcher().fits(*reading_.match)) {
    return;
  }
  for (Reading* const reading : {&reading_, &other_, &aside_, &previous_}) *reading = {};
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
  if (text::normalise(message, reading_.text) != text::NormaliseStatus::kOk) return false;
  if (text::may_have_codes(reading_.text)) text::fold_codes(&reading_.text);
  return true;
}

// What the shop's line before was about; short answers and `after` patterns depend on it.
void Context::recall(const Ruleset& ruleset, std::string_view previous) {
  previous_intents_.clear();
  line_.clear();
  text::normalise({}, previous_.text);
  if (previous.empty() || previous.size() > kMaxMessageBytes) return;
  if (text::normalise(previous, previous_.text) != text::NormaliseStatus::kOk) return;
  find_matches(ruleset, &previous_);
  const auto patterns = ruleset.understanding().patterns();
  for (const match::PatternHit& hit : ruleset.matcher().hits(*previous_.match)) {
    const uint64_t hash = ruleset.understanding().intents()[patterns[hit.pattern].intent].hash;
    if (previous_intents_.empty() || previous_intents_.back() != hash) {
      previous_intents_.push_back(hash);
    }
  }
  ruleset.lines().recognise(previous_.text, &line_);
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

// Hits whose pattern's condition holds, and their intents, each once; the others are near misses.
void Context::admit(const Ruleset& ruleset, const reply::Situation& situation,
                    Reading* reading) const {
  reading->admitted.clear();
  reading->matched.clear();
  reading->unmet.clear();
  if (!kinds_.phrases) return;
  const Understanding& rules = ruleset.understanding();
  for (const match::PatternHit& hit : ruleset.matcher().hits(*reading->match)) {
    const Understanding::PatternRecord& pattern = rules.patterns()[hit.pattern];
    if (pattern.condition == 0 || ruleset.replier().holds(pattern.condition, situation,
                                                          rules.intents()[pattern.intent].hash)) {
      reading->admitted.push_back(hit);
      auto& matched = reading->matched;  // hits come by pattern, hence by intent
      if (matched.empty() || matched.back() != pattern.intent) matched.push_back(pattern.intent);
    } else if (situation.trace) {
      reading->unmet.push_back({pattern.intent, hit.pattern, 0, IntentMiss::Lack::kCondition});
    }
  }
}

// What the phrases and examples say of a reading, added to what is known of the conversation.
void Context::add_evidence(const Ruleset& ruleset, Reading* reading,
                           dialogue::Evidence* evidence) const {
  evidence->text = &reading->text;
  evidence->hits = reading->admitted;
  evidence->likeness = {};
  if (!kinds_.examples) return;
  ruleset.examples().rank(reading->text, reading->matched, &reading->examples);
  std::vector<match::Likeness>& likely = reading->examples.ranked;
  const Understanding& rules = ruleset.understanding();
  if (rules.has_campaigns()) {
    std::erase_if(likely, [&](const match::Likeness& like) {
      return !rules.intents()[like.intent].holds_at(now_);
    });
  }
  evidence->likeness = likely;
}

void Context::understand(const Ruleset& ruleset, const Session* session,
                         reply::Situation* situation) {
  const reply::SettingsRecord& settings = ruleset.replier().settings();
  dialogue::UnderstandScratch& understood = reading_.understand;
  understood.candidates.clear();
  find_matches(ruleset, &reading_);
  settle(situation);
  admit(ruleset, *situation, &reading_);
  dialogue::Evidence evidence;
  evidence.session = session;
  evidence.previous_intents = previous_intents_;
  evidence.suggest_threshold = settings.suggest_threshold;
  evidence.max_intents = settings.max_intents;
  add_evidence(ruleset, &reading_, &evidence);
  ruleset.understanding().rank(evidence, situation->trace, &understood);
  read_context(ruleset, &evidence, *situation);
  understood.misses.insert(understood.misses.end(), reading_.unmet.begin(), reading_.unmet.end());
  const dialogue::MatterLimits limits{settings.max_intents, settings.max_matters};
  clauses_.clear();
  if (limits.matters > 1) read_clauses(ruleset, evidence, *situation);
  dialogue::find_matters(ruleset.understanding(), clauses_, limits, &understood.candidates);
  settle(situation);
}

// What the reply depends on of the reading in use.
void Context::settle(reply::Situation* situation) {
  situation->text = &reading_.text;
  situation->entities = &reading_.entities;
  situation->match_scratch = reading_.match.get();
  situation->intents = reading_.understand.candidates;
  situation->hits = reading_.admitted;
  situation->out_of_context = reading_.out_of_context;
}

// How the buyer feels and who he is, once it is known what he means.
void Context::read_buyer(const Ruleset& ruleset, reply::Situation* situation) {
  ruleset.buyers().read(
      {situation->text, situation->intents, ruleset.matcher().cue_hits(*reading_.match),
       situation->session, &ruleset.understanding()},
      &buyer_);
  situation->buyer = &buyer_;
}

// A second look at a message that was not understood well: with its slips corrected. The better
// reading stays, but what rests on a correction counts for less.
void Context::respell(const Ruleset& ruleset, const Session* session, reply::Situation* situation) {
  respelled_ = false;
  const auto& own = reading_.understand.candidates;
  const float heard = own.empty() ? 0 : own[0].score;
  if (heard >= kWellUnderstood) return;
  if (!ruleset.respeller().respell(reading_.text, &respell_, &other_.text)) return;
  std::swap(reading_, other_);
  understand(ruleset, session, situation);
  auto& candidates = reading_.understand.candidates;
  for (IntentCandidate& found : candidates) found.score *= kRespelledShare;
  const float least = ruleset.replier().settings().suggest_threshold;
  std::erase_if(candidates, [&](const IntentCandidate& found) { return found.score < least; });
  respelled_ = !candidates.empty() && candidates[0].score > heard;
  if (!respelled_) std::swap(reading_, other_);
  settle(situation);
}

// What a text beside the message says by itself; its matches are found already. Nothing without a
// phrase: a few words are easily like something, and what is asked here must be sure.
void Context::rank_aside(const Ruleset& ruleset, dialogue::Evidence evidence,
                         const reply::Situation& situation, Reading* aside) const {
  aside->understand.candidates.clear();
  admit(ruleset, situation, aside);
  if (aside->admitted.empty()) return;
  add_evidence(ruleset, aside, &evidence);
  ruleset.understanding().rank(evidence, false, &aside->understand);
}

// What the shop's line is about by its words, where it is none of the pack's replies.
void Context::recall_topics(const Ruleset& ruleset, const dialogue::Evidence& evidence,
                            const reply::Situation& situation) {
  if (!line_.topics.empty() || previous_.text.size() == 0) return;
  rank_aside(ruleset, evidence, situation, &previous_);
  if (previous_.understand.candidates.empty()) return;
  const IntentCandidate& topic = previous_.understand.candidates.front();
  if (topic.score >= kTopic && topic.best_pattern != UINT32_MAX) line_.add(topic.intent, false);
}

// A message that means nothing by itself is easily like something.
void Context::doubt_likeness(const dialogue::Shape& shape) {
  if (!shape.bare) return;
  for (IntentCandidate& candidate : reading_.understand.candidates) {
    if (candidate.best_pattern == UINT32_MAX) candidate.score *= kDoubt;
  }
}

// Ranks once more with what the conversation makes of a message that needs it.
void Context::read_context(const Ruleset& ruleset, dialogue::Evidence* evidence,
                           const reply::Situation& situation) {
  const Understanding& rules = ruleset.understanding();
  const text::Text& text = reading_.text;
  const dialogue::Shape shape = dialogue::shape_of(text, reading_.entities);
  const auto& own = reading_.understand.candidates;
  const rules::OrderState order_state = reply::Replier::order_state(situation);
  reading_.out_of_context = false;
  context_.clear();
  if (!dialogue::needs_context(rules, own, shape, text, reading_.entities)) return;
  if (evidence->session != nullptr && !line_.present) recall_sent(ruleset, *evidence->session);
  reading_.out_of_context = !dialogue::has_context(evidence->session, line_, order_state);
  if (reading_.out_of_context) return doubt_likeness(shape);
  recall_topics(ruleset, *evidence, situation);
  aside_.understand.candidates.clear();
  if ((line_.asked & dialogue::kAskedOffer) != 0 &&
      text::normalise(line_.question, aside_.text) == text::NormaliseStatus::kOk) {
    find_matches(ruleset, &aside_);
    rank_aside(ruleset, *evidence, situation, &aside_);
  }
  dialogue::read_context(
      rules,
      {&text, shape, own, evidence->session, &line_, aside_.understand.candidates, order_state,
       &ruleset.examples(), &reading_.examples},
      &context_);
  if (context_.empty()) return;
  evidence->context = context_;
  rules.rank(*evidence, situation.trace, &reading_.understand);
}

// What each clause says by itself, where there are several: likeness to the whole message blurs two
// matters into one, and a phrase weighs less the longer the message.
void Context::read_clauses(const Ruleset& ruleset, dialogue::Evidence evidence,
                           const reply::Situation& situation) {
  const auto& own = reading_.understand.candidates;
  const auto worded = std::count_if(own.begin(), own.end(), [](const IntentCandidate& candidate) {
    return candidate.best_pattern != UINT32_MAX;
  });
  if (worded < 2) return;  // at most one matter has words
  const dialogue::Clauses clauses = dialogue::find_clauses(reading_.text);
  if (clauses.count < 2) return;
  evidence.context = {};
  for (const Span span : clauses.list()) {
    dialogue::cut(reading_.text, span, &aside_.text);
    find_matches(ruleset, &aside_);
    rank_aside(ruleset, evidence, situation, &aside_);
    if (aside_.understand.candidates.empty()) continue;
    IntentCandidate best = aside_.understand.candidates.front();
    best.span = {best.span.begin + span.begin, best.span.end + span.begin};
    clauses_.push_back({best, span});
  }
}

Status answer(const Ruleset& ruleset, Context& context, Session* session, const Request& request,
              Result* result) {
  result->clear();
  if (result->source.get() != &ruleset) result->source = ruleset.shared_from_this();
  if (!request.event.empty()) return record_event(ruleset, session, request, result);
  context.adapt(ruleset);
  if (!context.hear(request)) return Status::kMessageTooLong;
  context.now_.reset();
  if (request.now) context.now_ = request.now->seconds;
  context.recall(ruleset, request.previous_agent);

  Call call{ruleset, request, session, result, {}};
  reply::Situation& situation = call.situation;
  situation.matcher = &ruleset.matcher();
  situation.patterns = ruleset.understanding().patterns();
  situation.facts = request.facts != nullptr ? request.facts : &context.no_facts_;
  situation.session = session;
  situation.now = request.now;
  situation.seed = request.seed;
  situation.trace = request.trace;

  context.understand(ruleset, session, &situation);
  context.respell(ruleset, session, &situation);
  context.read_buyer(ruleset, &situation);
  report({ruleset, situation, &context.reading_, context.respellings(), result});
  ruleset.replier().respond(situation, &context.reply_, result);
  if (session != nullptr) remember(call, context.reply_);
  tell_standing(call);
  return Status::kOk;
}

Status guard(const Ruleset& ruleset, Context& context, const Session* session,
             const GuardRequest& request, Verdict* verdict) {
  if (verdict->source.get() != &ruleset) verdict->source = ruleset.shared_from_this();
  reply::Situation situation;
  situation.facts = request.facts != nullptr ? request.facts : &context.no_facts_;
  situation.session = session;
  situation.now = request.now;
  const bool done = ruleset.replier().review(situation, request.text, &context.review_, verdict);
  return done ? Status::kOk : Status::kMessageTooLong;
}

void observe(Session* session, std::string_view agent_text, int64_t at) {
  text::Text line;
  const bool heard = text::normalise(agent_text, line) == text::NormaliseStatus::kOk;
  const bool own = session->agent_line(stable_hash(agent_text), at,
                                       heard ? dialogue::digest_of(line) : dialogue::LineDigest{});
  if (!own || !heard || !session->bargain().under_way()) return;
  dialogue::Entities numbers;
  dialogue::find_numbers(line, &numbers);
  const dialogue::PriceWish named = dialogue::read_price_wish(line, numbers, {});
  if (named.kind == dialogue::PriceWish::Kind::kPrice && !named.total) {
    session->person_named(named.amount);
  }
}

}  // namespace xiaoer
