// The second step of the pipeline: what the message means by itself, by the conversation, clause by
// clause, and with its slips corrected; or what an event means.

#include <algorithm>
#include <utility>

#include "dialogue/asking.hpp"
#include "engine.hpp"
#include "rules/events.hpp"

namespace xiaoer {
namespace {

constexpr float kWellUnderstood = 0.8f;   // a first score that needs no second look
constexpr float kRespelledShare = 0.85f;  // of a score, for what rests on a corrected reading
constexpr float kDoubt = 0.5f;  // of a likeness to a message that needs its context and has none
constexpr float kTopic = 0.5f;  // a line of the shop is about what is at least so likely

}  // namespace

using dialogue::IntentCandidate;
using dialogue::IntentMiss;
using dialogue::Session;
using dialogue::Understanding;

// What the shop's line before was about; short answers and `after` patterns depend on it.
void Context::recall(const Ruleset& ruleset, std::string_view previous) {
  previous_intents_.clear();
  line_.clear();
  previous_.text.clear();
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
bool Context::respell(const Ruleset& ruleset, const Session* session, reply::Situation* situation) {
  const auto& own = reading_.understand.candidates;
  const float heard = own.empty() ? 0 : own[0].score;
  if (heard >= kWellUnderstood) return false;
  if (!ruleset.respeller().respell(reading_.text, &respell_, &other_.text)) return false;
  std::swap(reading_, other_);
  understand(ruleset, session, situation);
  auto& candidates = reading_.understand.candidates;
  for (IntentCandidate& found : candidates) found.score *= kRespelledShare;
  const float least = ruleset.replier().settings().suggest_threshold;
  std::erase_if(candidates, [&](const IntentCandidate& found) { return found.score < least; });
  const bool better = !candidates.empty() && candidates[0].score > heard;
  if (!better) std::swap(reading_, other_);
  settle(situation);
  return better;
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

// What the buyer brought a moment ago and nobody has answered yet: it is answered along with this
// message. Of bubbles that came in one call the words are there; of these, only what they meant.
void Context::carry_over(const Ruleset& ruleset, const Session& session,
                         reply::Situation* situation) {
  const auto records = ruleset.understanding().intents();
  auto& candidates = reading_.understand.candidates;
  const bool talk =
      candidates.empty() || records[candidates[0].intent].role != dialogue::IntentRole::kRequest;
  size_t place = talk ? 0 : candidates.size();
  const reply::SettingsRecord& settings = ruleset.replier().settings();
  for (const dialogue::OpenMatter& matter : session.conversation().matters) {
    const uint32_t intent = ruleset.understanding().find(matter.intent);
    if (intent == UINT32_MAX) continue;
    const auto known = std::find_if(candidates.begin(), candidates.end(),
                                    [&](const auto& other) { return other.intent == intent; });
    if (known != candidates.end()) continue;
    IntentCandidate carried;
    carried.intent = intent;
    carried.score = static_cast<float>(matter.score) / 1e6f;
    carried.best_pattern = UINT32_MAX;
    carried.context_points = carried.score;
    carried.source = dialogue::ContextSource::kOpen;
    carried.from = intent;
    carried.matter = true;
    candidates.insert(candidates.begin() + static_cast<ptrdiff_t>(place++), carried);
  }
  if (candidates.size() > settings.max_intents) candidates.resize(settings.max_intents);
  settle(situation);
}

// What the message names, and what it gives the shop.
void Context::note_given(const Ruleset& ruleset, reply::Situation* situation) const {
  using rules::Requested;
  constexpr std::pair<rules::EntityKindId, Requested> kGiven[] = {
      {rules::kOrderNumber, Requested::kOrderNumber},
      {rules::kPhone, Requested::kPhone},
      {rules::kRegion, Requested::kRegion},
      {rules::kQuantity, Requested::kQuantity},
      {rules::kSize, Requested::kSize},
      {rules::kColour, Requested::kColour},
      {rules::kItemNumber, Requested::kItem}};
  for (const dialogue::Entity& entity : reading_.entities.list) {
    situation->subject =
        (situation->subject * 31 + entity.kind) ^ stable_hash(reading_.entities.value(entity));
    for (const auto& [kind, requested] : kGiven) {
      if (kind == entity.kind) situation->given |= bit_of(requested);
    }
  }
  for (const IntentCandidate& intent : reading_.understand.candidates) {
    if (intent.score >= dialogue::kHeard)
      situation->given |= ruleset.replier().gives(intent.intent);
  }
}

// An event is answered by an intent of the pack, which is then the only candidate.
void Context::read_event(const Ruleset& ruleset, std::string_view name,
                         reply::Situation* situation) {
  reading_.text.clear();
  reading_.entities.clear();
  reading_.admitted.clear();
  reading_.understand.candidates.clear();
  reading_.understand.misses.clear();
  reading_.out_of_context = false;
  settle(situation);
  const auto event = rules::find_event(name);
  if (!event) return;
  situation->event = *event;
  const auto intent = ruleset.replier().intent_of_event(*situation);
  if (!intent) return;
  IntentCandidate candidate;
  candidate.intent = *intent;
  candidate.score = 1;
  candidate.best_pattern = UINT32_MAX;
  candidate.matter = true;
  candidate.context_points = 1;
  candidate.source = dialogue::ContextSource::kEvent;
  candidate.from = static_cast<uint32_t>(*event);
  reading_.understand.candidates.push_back(candidate);
  settle(situation);
}

}  // namespace xiaoer
