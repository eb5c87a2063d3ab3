// The pipeline, top to bottom: hear, understand, answer (reply/replier), remember. The file to read
// first.

#include "engine.hpp"

#include "dialogue/price_wish.hpp"
#include "engine_report.hpp"
#include "hear.hpp"
#include "remember.hpp"
#include "reply/goods.hpp"
#include "understand.hpp"

namespace xiaoer {

using dialogue::Session;

void Scratch::adapt(const Ruleset& ruleset) {
  // The image alone sizes the buffers, so that equal images share them across a reload. Checksums
  // can be forged, sizes are what counts.
  if (reading.match != nullptr && image == ruleset.image().checksum() &&
      ruleset.matcher().fits(*reading.match)) {
    return;
  }
  for (Reading* const one : {&reading, &other, &aside, &previous}) *one = {};
  reply = {};
  reading.match = ruleset.matcher().make_scratch();  // also where only events come
  image = ruleset.image().checksum();
}

namespace {

void respond(Call* call) {
  call->ruleset.replier().respond(call->situation, &call->scratch.reply, call->result);
}

// A variant that the message names is answered for by its own facts.
void look_at_variants(Call* call) {
  reply::Situation& situation = call->situation;
  situation.open_goods = reply::open_goods(*situation.facts);
  const reply::NamedVariants named =
      reply::named_variants(call->scratch.reading.text.original, *situation.facts);
  situation.attended = named.at_odds;
  if (named.one == nullptr) return;
  situation.attended = named.one->stock == Decimal();
  call->scratch.narrowed = *situation.facts;
  call->scratch.narrowed.narrow_to(*named.one);
  situation.facts = &call->scratch.narrowed;
}

// False: the message is too long.
bool answer_message(Call* call) {
  if (!hear(call)) return false;
  look_at_variants(call);
  if (call->unheard.empty()) {
    understand(call);
    report(*call);
  }
  if (!call->unheard.empty()) {
    silence(*call, call->unheard);
    return true;
  }
  respond(call);
  if (is_silenced(*call)) silence(*call, "person-in-charge");
  if (call->has_session()) remember(*call);
  return true;
}

void answer_event(Call* call) {
  understand_event(call);
  report(*call);
  const bool known = call->situation.event != rules::Event::kNone;
  const bool returns = call->situation.event == rules::Event::kPersonLeft;
  call->scratch.reply.pending.clear();
  if (known) respond(call);
  if (!known) silence(*call, "unknown-event");
  if (!returns && is_silenced(*call)) silence(*call, "person-in-charge");
  if (call->has_session()) remember_event(*call);
}

// What every call tells of the shop and the buyer.
template <class Request>
reply::Situation situation_of(const Ruleset& ruleset, const Session* session,
                              const Request& request, const reply::Facts& no_facts) {
  reply::Situation situation;
  situation.facts = request.facts != nullptr ? request.facts : &no_facts;
  situation.session = session;
  situation.now = ruleset.replier().local(request.now);
  return situation;
}

}  // namespace

Status answer(const Ruleset& ruleset, Context& context, Session* session, const Request& request,
              Result* result) {
  Scratch& scratch = context.scratch_;
  result->clear();
  if (result->source.get() != &ruleset) result->source = ruleset.shared_from_this();
  scratch.adapt(ruleset);
  Call call{ruleset,
            request,
            session,
            context.kinds_,
            scratch,
            result,
            situation_of(ruleset, session, request, scratch.no_facts)};
  call.situation.matcher = &ruleset.matcher();
  call.situation.patterns = ruleset.understanding().patterns();
  call.situation.seed = request.seed;
  call.situation.trace = request.trace;
  if (!request.event.empty()) {
    answer_event(&call);
  } else if (!answer_message(&call)) {
    return Status::kMessageTooLong;
  }
  report_conversation(call);
  return Status::kOk;
}

Status guard(const Ruleset& ruleset, Context& context, const Session* session,
             const GuardRequest& request, Verdict* verdict) {
  if (verdict->source.get() != &ruleset) verdict->source = ruleset.shared_from_this();
  const reply::Situation situation =
      situation_of(ruleset, session, request, context.scratch_.no_facts);
  const bool done =
      ruleset.replier().review(situation, request.text, &context.scratch_.review, verdict);
  return done ? Status::kOk : Status::kMessageTooLong;
}

namespace {

// The price for one piece that a line names.
std::optional<Decimal> price_named(const text::Text& line) {
  entities::Entities numbers;
  entities::find_numbers(line, &numbers);
  const dialogue::PriceWish named = dialogue::read_price_wish(line, numbers, {});
  const bool price = named.kind == dialogue::PriceWish::Kind::kPrice && !named.total;
  return price ? std::optional(named.amount) : std::nullopt;
}

// The line is read before the session is told of it: reading may run out of memory.
void tell(Session* session, std::string_view line, int64_t at, bool takes_over) {
  if (line.empty()) return;  // nobody said anything
  text::Text text;
  const bool heard = text::normalise(line, text) == text::NormaliseStatus::kOk;
  const dialogue::LineDigest digest = heard ? dialogue::digest_of(text) : dialogue::LineDigest{};
  const std::optional<Decimal> price = heard ? price_named(text) : std::nullopt;
  const bool own = session->agent_line(stable_hash(line), at, digest, takes_over);
  if (own && price && session->bargain().under_way()) session->person_named(*price);
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
