#include "understand.hpp"

#include <algorithm>
#include <utility>

#include "dialogue/asking.hpp"
#include "rules/events.hpp"

namespace xiaoer {
namespace {

using dialogue::Evidence;
using dialogue::IntentCandidate;
using dialogue::IntentMiss;
using dialogue::Session;
using dialogue::Understanding;

constexpr float kWellUnderstood = 0.8f;   // a first score that needs no second look
constexpr float kRespelledShare = 0.85f;  // of a score, for what rests on a corrected reading
constexpr float kDoubt = 0.5f;  // of a likeness to a message that needs its context and has none
constexpr float kTopic = 0.5f;  // a line of the shop is about what is at least so likely

// What the reply depends on of the reading in use.
void show_reading(Call* call) {
  const Reading& reading = call->scratch.reading;
  reply::Situation& situation = call->situation;
  situation.text = &reading.text;
  situation.entities = &reading.entities;
  situation.match_scratch = reading.match.get();
  situation.intents = reading.understand.candidates;
  situation.hits = reading.admitted;
  situation.out_of_context = reading.out_of_context;
  situation.goods = reading.goods;
}

// From the text of the reading in use to what it means.
class Reader {
 public:
  explicit Reader(Call* call)
      : call_(call),
        ruleset_(call->ruleset),
        rules_(call->ruleset.understanding()),
        settings_(call->ruleset.replier().settings()),
        scratch_(call->scratch),
        reading_(call->scratch.reading),
        situation_(call->situation) {}

  void recall(std::string_view previous);
  void read();
  void respell();

 private:
  void recall_sent(const Session& session);
  void recall_topics(const Evidence& evidence);
  void admit(Reading* reading) const;
  void add_evidence(Reading* reading, Evidence* evidence) const;
  void rank_aside(Evidence evidence, Reading* aside) const;
  void doubt_likeness();
  void read_context(Evidence* evidence);
  void read_clauses(Evidence evidence);

  Call* call_;
  const Ruleset& ruleset_;
  const Understanding& rules_;
  const reply::SettingsRecord& settings_;
  Scratch& scratch_;
  Reading& reading_;
  reply::Situation& situation_;
};

// What the shop's line before was about; short answers and `after` patterns depend on it.
void Reader::recall(std::string_view previous) {
  Reading& line = scratch_.previous;
  std::vector<uint64_t>& intents = scratch_.previous_intents;
  intents.clear();
  scratch_.line.clear();
  line.text.clear();
  if (previous.empty() || previous.size() > kMaxMessageBytes) return;
  if (text::normalise(previous, line.text) != text::NormaliseStatus::kOk) return;
  find_matches(ruleset_, &line);
  const auto patterns = rules_.patterns();
  for (const match::PatternHit& hit : ruleset_.matcher().hits(*line.match)) {
    const uint64_t hash = rules_.intents()[patterns[hit.pattern].intent].hash;
    if (intents.empty() || intents.back() != hash) intents.push_back(hash);
  }
  ruleset_.lines().recognise(line.text, &scratch_.line);
}

// The same of what was sent last, or of the line that a person wrote: the session keeps no text.
void Reader::recall_sent(const Session& session) {
  for (uint32_t back = 0; back < session.turns().size(); ++back) {
    const dialogue::Turn& turn = session.turns().newest(back);
    if (turn.speaker == dialogue::Speaker::kEvent) continue;
    if (turn.speaker == dialogue::Speaker::kBuyer) return;
    dialogue::ShopLine* const line = &scratch_.line;
    if (turn.speaker == dialogue::Speaker::kAgent) ruleset_.lines().recall(turn.intents, line);
    for (const uint64_t reply : turn.intents) {
      const uint32_t variant = session.last_variant(reply);
      if (variant != UINT32_MAX) ruleset_.lines().recall(reply, variant, line);
    }
    return;
  }
}

// Hits whose pattern's condition holds, and their intents, each once; the others are near misses.
void Reader::admit(Reading* reading) const {
  reading->admitted.clear();
  reading->matched.clear();
  reading->unmet.clear();
  if (!call_->kinds.phrases) return;
  for (const match::PatternHit& hit : ruleset_.matcher().hits(*reading->match)) {
    const Understanding::PatternRecord& pattern = rules_.patterns()[hit.pattern];
    if (pattern.condition == 0 || ruleset_.replier().holds(pattern.condition, situation_,
                                                           rules_.intents()[pattern.intent].hash)) {
      reading->admitted.push_back(hit);
      auto& matched = reading->matched;  // hits come by pattern, hence by intent
      if (matched.empty() || matched.back() != pattern.intent) matched.push_back(pattern.intent);
    } else if (situation_.trace) {
      reading->unmet.push_back({pattern.intent, hit.pattern, 0, IntentMiss::Lack::kCondition});
    }
  }
}

// What the phrases and examples say of a reading, added to what is known of the conversation.
void Reader::add_evidence(Reading* reading, Evidence* evidence) const {
  evidence->text = &reading->text;
  evidence->hits = reading->admitted;
  evidence->likeness = {};
  if (!call_->kinds.examples) return;
  ruleset_.examples().rank(reading->text, reading->matched, &reading->examples);
  std::vector<match::Likeness>& likely = reading->examples.ranked;
  if (rules_.has_campaigns()) {
    const std::optional<int64_t> now = call_->now();
    std::erase_if(likely, [&](const match::Likeness& like) {
      return !rules_.intents()[like.intent].holds_at(now);
    });
  }
  evidence->likeness = likely;
}

void Reader::read() {
  dialogue::UnderstandScratch& understood = reading_.understand;
  understood.candidates.clear();
  find_matches(ruleset_, &reading_);
  show_reading(call_);
  situation_.goods = reading_.goods = ruleset_.replier().goods(situation_);
  admit(&reading_);
  Evidence evidence;
  evidence.session = call_->session;
  evidence.previous_intents = scratch_.previous_intents;
  evidence.suggest_threshold = settings_.suggest_threshold;
  evidence.max_intents = settings_.max_intents;
  add_evidence(&reading_, &evidence);
  rules_.rank(evidence, situation_.trace, &understood);
  read_context(&evidence);
  understood.misses.insert(understood.misses.end(), reading_.unmet.begin(), reading_.unmet.end());
  const dialogue::MatterLimits limits{settings_.max_intents, settings_.max_matters};
  scratch_.clauses.clear();
  if (limits.matters > 1) read_clauses(evidence);
  dialogue::find_matters(rules_, scratch_.clauses, limits, &understood.candidates);
  show_reading(call_);
}

// A second look at a message that was not understood well: with its slips corrected. The better
// reading stays, but what rests on a correction counts for less.
void Reader::respell() {
  const auto& own = reading_.understand.candidates;
  const float heard = own.empty() ? 0 : own[0].score;
  if (heard >= kWellUnderstood) return;
  match::RespellScratch& respelling = scratch_.respell;
  if (!ruleset_.respeller().respell(reading_.text, &respelling, &scratch_.other.text)) return;
  std::swap(reading_, scratch_.other);
  read();
  auto& candidates = reading_.understand.candidates;
  for (IntentCandidate& found : candidates) found.score *= kRespelledShare;
  std::erase_if(candidates, [&](const IntentCandidate& found) {
    return found.score < settings_.suggest_threshold;
  });
  if (!candidates.empty() && candidates[0].score > heard) {
    call_->respellings = respelling.found;
  } else {
    std::swap(reading_, scratch_.other);
  }
  show_reading(call_);
}

// What a text beside the message says by itself; its matches are found already. Nothing without a
// phrase: a few words are easily like something, and what is asked here must be sure.
void Reader::rank_aside(Evidence evidence, Reading* aside) const {
  aside->understand.candidates.clear();
  admit(aside);
  if (aside->admitted.empty()) return;
  add_evidence(aside, &evidence);
  rules_.rank(evidence, false, &aside->understand);
}

// What the shop's line is about by its words, where it is none of the pack's replies.
void Reader::recall_topics(const Evidence& evidence) {
  Reading& previous = scratch_.previous;
  if (!scratch_.line.topics.empty() || previous.text.size() == 0) return;
  rank_aside(evidence, &previous);
  if (previous.understand.candidates.empty()) return;
  const IntentCandidate& topic = previous.understand.candidates.front();
  if (topic.score >= kTopic && topic.best_pattern != UINT32_MAX) {
    scratch_.line.add(topic.intent, false);
  }
}

// A message that means nothing by itself is easily like something.
void Reader::doubt_likeness() {
  for (IntentCandidate& candidate : reading_.understand.candidates) {
    if (candidate.best_pattern == UINT32_MAX) candidate.score *= kDoubt;
  }
}

// Ranks once more with what the conversation makes of a message that needs it.
void Reader::read_context(Evidence* evidence) {
  const text::Text& text = reading_.text;
  const dialogue::Shape shape = dialogue::shape_of(text, reading_.entities);
  const auto& own = reading_.understand.candidates;
  const rules::OrderState order_state = reply::Replier::order_state(situation_);
  dialogue::ShopLine& line = scratch_.line;
  Reading& aside = scratch_.aside;
  reading_.out_of_context = false;
  scratch_.context.clear();
  if (!dialogue::needs_context(rules_, own, shape, text, reading_.entities)) return;
  if (evidence->session != nullptr && !line.present) recall_sent(*evidence->session);
  reading_.out_of_context = !dialogue::has_context(evidence->session, line, order_state);
  if (reading_.out_of_context) {
    if (shape.bare) doubt_likeness();
    return;
  }
  recall_topics(*evidence);
  aside.understand.candidates.clear();
  if ((line.asked & dialogue::kAskedOffer) != 0 &&
      text::normalise(line.question, aside.text) == text::NormaliseStatus::kOk) {
    find_matches(ruleset_, &aside);
    rank_aside(*evidence, &aside);
  }
  dialogue::read_context(rules_,
                         {&text, shape, own, call_->last, &line, aside.understand.candidates,
                          order_state, &ruleset_.examples(), &reading_.examples},
                         &scratch_.context);
  if (scratch_.context.empty()) return;
  evidence->context = scratch_.context;
  rules_.rank(*evidence, situation_.trace, &reading_.understand);
}

// What each clause says by itself, where there are several: likeness to the whole message blurs two
// matters into one, and a phrase weighs less the longer the message.
void Reader::read_clauses(Evidence evidence) {
  const auto& own = reading_.understand.candidates;
  const auto worded = std::count_if(own.begin(), own.end(), [](const IntentCandidate& candidate) {
    return candidate.best_pattern != UINT32_MAX;
  });
  if (worded < 2) return;  // at most one matter has words
  const dialogue::Clauses clauses = dialogue::find_clauses(reading_.text);
  if (clauses.count < 2) return;
  evidence.context = {};
  Reading& aside = scratch_.aside;
  for (const Span span : clauses.list()) {
    dialogue::cut(reading_.text, span, &aside.text);
    find_matches(ruleset_, &aside);
    rank_aside(evidence, &aside);
    if (aside.understand.candidates.empty()) continue;
    IntentCandidate best = aside.understand.candidates.front();
    best.span = {best.span.begin + span.begin, best.span.end + span.begin};
    scratch_.clauses.push_back({best, span});
  }
}

bool continues(const Call& call) {
  return call.has_session() && continues_turn(call.session->conversation(), call.now(),
                                              call.ruleset.replier().settings().bubble_seconds);
}

// How the buyer feels and who he is, once it is known what he means.
void read_buyer(Call* call) {
  const Ruleset& ruleset = call->ruleset;
  reply::Situation& situation = call->situation;
  ruleset.buyers().read(
      {situation.text, situation.intents, ruleset.matcher().cue_hits(*situation.match_scratch),
       situation.session, &ruleset.understanding()},
      &call->scratch.buyer);
  situation.buyer = &call->scratch.buyer;
}

// An intent for which no words of this message speak.
IntentCandidate carried(uint32_t intent, float score, dialogue::ContextSource source,
                        uint32_t from) {
  IntentCandidate candidate;
  candidate.intent = intent;
  candidate.score = candidate.context_points = score;
  candidate.best_pattern = UINT32_MAX;
  candidate.source = source;
  candidate.from = from;
  candidate.matter = true;
  return candidate;
}

// What the buyer brought a moment ago and nobody has answered yet: it is answered along with this
// message. Of bubbles that came in one call the words are there; of these, only what they meant.
void carry_over(Call* call) {
  const Understanding& rules = call->ruleset.understanding();
  auto& candidates = call->scratch.reading.understand.candidates;
  const bool talk = candidates.empty() ||
                    rules.intents()[candidates[0].intent].role != dialogue::IntentRole::kRequest;
  // Behind what this message asks itself, before what it may mean besides.
  const auto asked = [](const IntentCandidate& candidate) { return candidate.matter; };
  const auto last = std::find_if(candidates.rbegin(), candidates.rend(), asked);
  ptrdiff_t place = talk ? 0 : candidates.rend() - last;
  for (const dialogue::OpenMatter& matter : call->session->conversation().matters) {
    const uint32_t intent = rules.find(matter.intent);
    if (intent == UINT32_MAX) continue;
    const float score = dialogue::from_millionths(matter.score);
    const auto known = std::find_if(candidates.begin(), candidates.end(),
                                    [&](const auto& other) { return other.intent == intent; });
    if (known == candidates.end()) {
      candidates.insert(candidates.begin() + place,
                        carried(intent, score, dialogue::ContextSource::kOpen, intent));
    } else {
      known->matter = true;
      known->score = std::max(known->score, score);
      if (known - candidates.begin() < place) continue;
      std::rotate(candidates.begin() + place, known, known + 1);
    }
    ++place;
  }
  const size_t most = call->ruleset.replier().settings().max_intents;
  if (candidates.size() > most) candidates.resize(most);
  show_reading(call);
}

// What the message names, and what it gives the shop.
void note_given(Call* call) {
  using rules::Requested;
  constexpr std::pair<rules::EntityKindId, Requested> kGiven[] = {
      {rules::kOrderNumber, Requested::kOrderNumber},
      {rules::kPhone, Requested::kPhone},
      {rules::kRegion, Requested::kRegion},
      {rules::kQuantity, Requested::kQuantity},
      {rules::kSize, Requested::kSize},
      {rules::kColour, Requested::kColour},
      {rules::kItemNumber, Requested::kItem}};
  reply::Situation& situation = call->situation;
  entities::learn_measures(*situation.entities, &situation.measures);
  for (const entities::Entity& entity : situation.entities->list) {
    situation.subject =
        (situation.subject * 31 + entity.kind) ^ stable_hash(situation.entities->value(entity));
    for (const auto& [kind, requested] : kGiven) {
      if (kind == entity.kind) situation.given |= bit_of(requested);
    }
  }
  const entities::Measures& told = situation.measures;
  const bool body = told.height > Decimal{} && told.weight > Decimal{};
  if (body || told.foot > Decimal{}) situation.given |= bit_of(Requested::kMeasures);
  for (const IntentCandidate& intent : situation.intents) {
    if (intent.score >= dialogue::kHeard)
      situation.given |= call->ruleset.replier().gives(intent.intent);
  }
}

// What the buyer spoke of before this message.
void recall(Call* call) {
  if (!call->has_session()) return;
  const dialogue::Mentioned& mentioned = call->session->mentioned();
  reply::Situation& situation = call->situation;
  situation.measures = mentioned.measures;
  if (mentioned.region != 0) {
    situation.region = call->ruleset.entities().value_by_hash(rules::kRegion, mentioned.region);
  }
  const Understanding& rules = call->ruleset.understanding();
  call->last = dialogue::last_matter(rules, *call->session);
  if (call->last.intent != UINT32_MAX) situation.last_matter = rules.id_of(call->last.intent);
}

}  // namespace

void understand(Call* call) {
  recall(call);
  Reader reader(call);
  call->situation.continues = continues(*call);
  reader.recall(call->request.previous_agent);
  reader.read();
  const bool card = is_card(call->ruleset, call->situation.hits);
  if (card) call->unheard = kSystemCard;
  if (!card) reader.respell();
  read_buyer(call);
  if (card) return;
  if (call->situation.continues) carry_over(call);
  note_given(call);
}

void understand_event(Call* call) {
  recall(call);
  Reading& reading = call->scratch.reading;
  reading.text.clear();
  reading.entities.clear();
  reading.admitted.clear();
  reading.understand.candidates.clear();
  reading.understand.misses.clear();
  reading.goods = dialogue::Goods::kUnnamed;
  reading.out_of_context = false;
  show_reading(call);
  const auto event = rules::find_event(call->request.event);
  if (!event) return;
  call->situation.event = *event;
  const auto intent = call->ruleset.replier().intent_of_event(call->situation);
  if (!intent) return;
  reading.understand.candidates.push_back(
      carried(*intent, 1, dialogue::ContextSource::kEvent, static_cast<uint32_t>(*event)));
  show_reading(call);
}

}  // namespace xiaoer
