// The pipeline, top to bottom: hear (hear.cpp), understand (understand.cpp), answer
// (reply/replier), remember (remember.cpp). The file to read first.

#include "engine.hpp"

#include "dialogue/price_wish.hpp"
#include "engine_report.hpp"
#include "remember.hpp"

namespace xiaoer {
namespace {

using dialogue::Session;

bool continues(const Ruleset& ruleset, const Session& session, const Request& request) {
  std::optional<int64_t> now;
  if (request.now) now = request.now->seconds;
  return continues_turn(session.conversation(), now, ruleset.replier().settings().bubble_seconds);
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
  std::span<const match::Respelling> respellings;  // that the reading in use rests on
  if (!card && respell(ruleset, call->session, &situation)) respellings = respell_.found;
  read_buyer(ruleset, &situation);
  if (!card) {
    if (call->has_session() && situation.continues) {
      carry_over(ruleset, *call->session, &situation);
    }
    note_given(ruleset, &situation);
  }
  report({ruleset, situation, &reading_, respellings, call->result});
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
  context.now_.reset();
  if (request.now) context.now_ = request.now->seconds;
  Call call{ruleset, request, session, result, {}};
  reply::Situation& situation = call.situation;
  situation.matcher = &ruleset.matcher();
  situation.patterns = ruleset.understanding().patterns();
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
