// The pipeline, top to bottom: hear, understand, answer, remember. Each step is one folder of src/.

#include "engine.hpp"

#include <algorithm>

#include "dialogue/asking.hpp"
#include "dialogue/price_wish.hpp"
#include "engine_report.hpp"
#include "remember.hpp"
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

// Why nothing was heard.
constexpr std::string_view kOwnEcho = "own-echo";
constexpr std::string_view kSystemCard = "system-card";

// Whether one of the hits is that of a card.
bool is_card(const Ruleset& ruleset, std::span<const match::PatternHit> hits) {
  if (ruleset.replier().settings().has_system == 0) return false;
  const auto patterns = ruleset.understanding().patterns();
  return std::any_of(hits.begin(), hits.end(), [&](const match::PatternHit& hit) {
    return ruleset.replier().is_system(patterns[hit.pattern].intent);
  });
}

bool continues(const Ruleset& ruleset, const Session& session, const Request& request) {
  std::optional<int64_t> now;
  if (request.now) now = request.now->seconds;
  return continues_turn(session.conversation(), now, ruleset.replier().settings().bubble_seconds);
}

void find_matches(const Ruleset& ruleset, Reading* reading) {
  const match::Matcher& matcher = ruleset.matcher();
  if (reading->match == nullptr) reading->match = matcher.make_scratch();
  matcher.scan(reading->text, reading->match.get());
  ruleset.entities().find(reading->text, matcher.dictionary_hits(*reading->match),
                          &reading->entities);
  matcher.verify(reading->text, reading->entities, reading->match.get());
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

bool Context::hear(const Ruleset& ruleset, const Session* session, const Request& request) {
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
  unheard_ = {};
  const bool echoes = session != nullptr && session->has_spoken();
  const bool cards = ruleset.replier().settings().has_system != 0;
  if (echoes || (cards && message.find('\n') != message.npos)) {
    message = without_noise(ruleset, session, message);
  }
  if (text::normalise(message, reading_.text) != text::NormaliseStatus::kOk) return false;
  if (text::may_have_codes(reading_.text)) text::fold_codes(&reading_.text);
  return true;
}

// Why a text under the buyer's name is none of his words: the shop's own line come back, or a card
// of the platform; empty: it is his.
std::string_view Context::noise_of(const Ruleset& ruleset, const Session* session,
                                   std::string_view line, bool alone) {
  // What is shorter a buyer may well say himself.
  constexpr size_t kLeastEcho = 8;  // characters
  if (session != nullptr && session->said(stable_hash(line)) && text::count(line) >= kLeastEcho) {
    return kOwnEcho;
  }
  // A message of one line is looked at when it is understood.
  if (alone || ruleset.replier().settings().has_system == 0) return {};
  if (text::normalise(line, aside_.text) != text::NormaliseStatus::kOk) return {};
  find_matches(ruleset, &aside_);
  return is_card(ruleset, ruleset.matcher().hits(*aside_.match)) ? kSystemCard : std::string_view();
}

// The message with white space in place of echoes and cards, so that all offsets stay; unheard_
// says why when nothing else is left.
std::string_view Context::without_noise(const Ruleset& ruleset, const Session* session,
                                        std::string_view message) {
  constexpr std::string_view kBlank = " \t\r";
  if (joined_.data() != message.data()) joined_.assign(message);
  if (session != nullptr) unheard_ = noise_of(ruleset, session, message, true);
  if (!unheard_.empty()) return {};
  const bool alone = joined_.find('\n') == joined_.npos;
  std::string_view noise;
  bool heard = false;
  for (size_t begin = 0; !alone && begin < joined_.size();) {
    const size_t end = std::min(joined_.find('\n', begin), joined_.size());
    const std::string_view line = std::string_view(joined_).substr(begin, end - begin);
    if (line.find_first_not_of(kBlank) != line.npos) {
      const std::string_view found = noise_of(ruleset, session, line, false);
      if (found.empty()) heard = true;
      if (!found.empty())
        std::fill(joined_.begin() + static_cast<ptrdiff_t>(begin),
                  joined_.begin() + static_cast<ptrdiff_t>(end), ' ');
      if (noise.empty()) noise = found;
    }
    begin = end + 1;
  }
  if (!heard) unheard_ = noise;
  return joined_;
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
  evidence->likeness = ruleset.examples().rank(reading->text, reading->matched, &reading->examples);
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
  situation->out_of_context = reading_.out_of_context;
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
  text::normalise({}, reading_.text);
  reading_.entities.clear();
  reading_.understand.candidates.clear();
  reading_.understand.misses.clear();
  reading_.out_of_context = respelled_ = false;
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

void Context::answer_event(Call* call) {
  read_event(call->ruleset, call->request.event, &call->situation);
  report({call->ruleset, call->situation, &reading_, {}, call->result});
  const bool known = call->situation.event != rules::Event::kNone;
  const bool returns = call->situation.event == rules::Event::kPersonLeft;
  reply_.pending.clear();
  if (known) call->ruleset.replier().respond(call->situation, &reply_, call->result);
  if (!known) silence(*call, "unknown-event");
  if (!returns && is_silenced(*call)) silence(*call, "person-in-charge");
  if (call->has_session()) remember_event(*call, reply_);
}

void Context::answer_message(Call* call) {
  const Ruleset& ruleset = call->ruleset;
  reply::Situation& situation = call->situation;
  recall(ruleset, call->request.previous_agent);
  understand(ruleset, call->session, &situation);
  const bool card = is_card(ruleset, reading_.admitted);
  if (!card) respell(ruleset, call->session, &situation);
  if (call->has_session() && !card) {
    if (situation.continues) carry_over(ruleset, *call->session, &situation);
    note_given(ruleset, &situation);
  }
  report({ruleset, situation, &reading_, respellings(), call->result});
  if (card) return silence(*call, kSystemCard);
  ruleset.replier().respond(situation, &reply_, call->result);
  if (is_silenced(*call)) silence(*call, "person-in-charge");
  if (call->has_session()) remember(*call, reply_);
}

Status answer(const Ruleset& ruleset, Context& context, Session* session, const Request& request,
              Result* result) {
  result->clear();
  if (result->source.get() != &ruleset) result->source = ruleset.shared_from_this();
  context.adapt(ruleset);
  const bool event = !request.event.empty();
  if (!event && !context.hear(ruleset, session, request)) return Status::kMessageTooLong;
  Call call{ruleset, request, session, result, {}};
  reply::Situation& situation = call.situation;
  situation.matcher = &ruleset.matcher();
  situation.facts = request.facts != nullptr ? request.facts : &context.no_facts_;
  situation.session = session;
  situation.now = request.now;
  situation.seed = request.seed;
  situation.trace = request.trace;
  if (event) {
    context.answer_event(&call);
  } else if (!context.unheard_.empty()) {
    silence(call, context.unheard_);
  } else {
    situation.continues = session != nullptr && continues(ruleset, *session, request);
    context.answer_message(&call);
  }
  report_conversation(call);
  return Status::kOk;
}

namespace {

void tell(Session* session, std::string_view line, int64_t at, bool takes_over) {
  text::Text text;
  const bool heard = text::normalise(line, text) == text::NormaliseStatus::kOk;
  const dialogue::LineDigest digest = heard ? dialogue::digest_of(text) : dialogue::LineDigest{};
  const bool own = session->agent_line(stable_hash(line), at, digest, takes_over);
  if (!own || !heard || !session->bargain().under_way()) return;
  dialogue::Entities numbers;
  dialogue::find_numbers(text, &numbers);
  const dialogue::PriceWish named = dialogue::read_price_wish(text, numbers, {});
  if (named.kind == dialogue::PriceWish::Kind::kPrice && !named.total) {
    session->person_named(named.amount);
  }
}

}  // namespace

void observe(Session* session, std::string_view agent_text, int64_t at) {
  tell(session, agent_text, at, true);
}

bool sent(Session* session, std::string_view text, int64_t at) {
  if (session->sent(stable_hash(text), at)) return true;
  tell(session, text, at, false);
  return false;
}

}  // namespace xiaoer
