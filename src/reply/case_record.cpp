#include "reply/case_record.hpp"

#include <algorithm>

#include "reply/condition.hpp"
#include "reply/promises.hpp"
#include "reply/urgency.hpp"
#include "reply/value.hpp"
#include "reply/value_source.hpp"

namespace xiaoer::reply {
namespace {

using rules::OrderState;
using rules::Route;
using rules::Stage;
using PieceKind = CasePieceRecord::Kind;

constexpr size_t kMaxMatters = 3;  // named in a summary
constexpr size_t kMaxSummaryBytes = 4096;
constexpr size_t kMaxWishes = 2;
constexpr uint32_t kWishTurns = 6;  // turns back in which a wish is looked for
constexpr size_t kMaxQuotes = 16;
constexpr uint32_t kMaxQuoteChars = 200;  // quotes are for reading, not for keeping the message

// Appends `text` behind what is there already; nothing twice.
void append_once(std::string_view text, size_t begin, size_t* count, std::string* out) {
  constexpr std::string_view kComma = "、";
  if (text.empty() || out->find(text, begin) != std::string::npos) return;
  if ((*count)++ > 0) out->append(kComma);
  out->append(text);
}

// What it is about: the intent that asked for a person first.
void append_matters(const Work& work, uint32_t position, std::string* out) {
  const size_t begin = out->size();
  size_t count = 0;
  const auto add = [&](uint32_t at) {
    const uint32_t intent = work.situation.intents[at].intent;
    append_once(work.views.text(work.views.cases.intents[intent].title), begin, &count, out);
  };
  if (position != kNoIntent) add(position);
  for (uint32_t at = 0; at < work.intent_count() && count < kMaxMatters; ++at) {
    if (work.is_about(at)) add(at);
  }
}

std::string_view wish_of(const Work& work, uint64_t intent) {
  for (size_t i = 0; intent != 0 && i < work.views.intents.size(); ++i) {
    if (work.views.intents[i].hash == intent)
      return work.views.text(work.views.cases.intents[i].wish);
  }
  return {};
}

// What the buyer wants, now or in the turns before.
void append_wishes(const Work& work, std::string* out) {
  const size_t begin = out->size();
  size_t count = 0;
  for (uint32_t at = 0; at < work.intent_count(); ++at) {
    const uint32_t intent = work.situation.intents[at].intent;
    if (!work.is_about(at)) continue;
    append_once(work.views.text(work.views.cases.intents[intent].wish), begin, &count, out);
  }
  const dialogue::Session* session = work.situation.session;
  if (session == nullptr) return;
  uint32_t turns = 0;
  for (uint32_t back = 0; back < session->turns().size() && count < kMaxWishes; ++back) {
    const dialogue::Turn& turn = session->turns().newest(back);
    if (turn.speaker != dialogue::Speaker::kBuyer || turns++ == kWishTurns) continue;
    append_once(wish_of(work, turn.intents[0]), begin, &count, out);
  }
}

// What the pack calls something that the engine names: "paid", "angry".
std::string_view name_in_pack(const Views& views, std::string_view code) {
  for (const CaseNameRecord& record : views.cases.names) {
    if (views.text(record.code) == code) return views.text(record.name);
  }
  return {};
}

// A fact as the record says it; the order's state by the pack's name for it.
bool append_told(const Work& work, rules::FactId id, std::string* out) {
  if (id != known_facts().order_state) return append_fact(work, id, out);
  const std::string_view code = rules::name_of(work.situation.facts->order_state());
  const std::string_view name = name_in_pack(work.views, code);
  out->append(name.empty() ? code : name);
  return true;
}

// False: there is nothing to say.
bool append_piece(const Work& work, const CasePieceRecord& piece, uint32_t position,
                  std::string* out) {
  const size_t before = out->size();
  switch (piece.kind) {
    case PieceKind::kLiteral:
      out->append(work.views.text(piece.text));
      return true;
    case PieceKind::kFact:
      if (!work.views.fact(*work.situation.facts, piece.fact).present) return false;
      if (!append_told(work, piece.fact, out)) return false;
      break;
    case PieceKind::kEmotion:
      out->append(name_in_pack(work.views, rules::name_of(emotion_of(work.situation))));
      break;
    case PieceKind::kMatter:
      append_matters(work, position, out);
      break;
    case PieceKind::kWish:
      append_wishes(work, out);
      break;
  }
  return out->size() > before;
}

// The clauses of which nothing is missing, up to the first that is too much; the matter alone where
// the pack has none.
TextRef summary(const Work& work, uint32_t position) {
  std::string& text = work.impl.note;
  text.clear();
  bool fits = true;
  for (const Range clause : work.views.cases.clauses) {
    const size_t before = text.size();
    for (const CasePieceRecord& piece : slice(work.views.cases.pieces, clause)) {
      const bool told = append_piece(work, piece, position, &text);
      fits = text.size() <= kMaxSummaryBytes;
      if (told && fits) continue;
      text.resize(before);
      break;
    }
    if (!fits) break;
  }
  if (text.empty()) append_matters(work, position, &text);
  return work.result.add(text);
}

void fill_facts(const Work& work, CaseItem* record) {
  Result& result = work.result;
  record->facts.first = static_cast<uint32_t>(result.case_facts.size());
  for (const rules::FactId id : work.views.cases.facts) {
    std::string& value = work.impl.note;
    value.clear();
    if (!work.views.fact(*work.situation.facts, id).present) continue;
    if (!append_told(work, id, &value)) continue;
    const std::string_view path = work.views.fact_path(id);
    const bool built_in = id < rules::facts().size();
    result.case_facts.push_back({Result::share(path),
                                 Result::share(built_in ? rules::facts()[id].name : path),
                                 result.add(value)});
    ++record->facts.count;
  }
}

// The words that the intents rest on inside a bubble, or else its beginning.
void quote_bubble(const Work& work, Span bubble, CaseItem* record) {
  Result& result = work.result;
  const text::Text& text = *work.situation.text;
  const size_t before = result.quotes.size();
  for (const dialogue::IntentCandidate& found : work.situation.intents) {
    const bool inside =
        !found.span.empty() && found.span.begin >= bubble.begin && found.span.end <= bubble.end;
    const Span bytes = text.bytes(found.span);
    const auto begin = result.quotes.begin() + static_cast<ptrdiff_t>(before);
    if (!inside || std::find(begin, result.quotes.end(), bytes) != result.quotes.end()) continue;
    if (result.quotes.size() < kMaxQuotes) result.quotes.push_back(bytes);
  }
  if (result.quotes.size() == before) {
    const uint32_t end = std::min(bubble.end, bubble.begin + kMaxQuoteChars);
    result.quotes.push_back(text.bytes({bubble.begin, end}));
  }
  record->quotes.count += static_cast<uint32_t>(result.quotes.size() - before);
}

void fill_quotes(const Work& work, CaseItem* record) {
  const text::Text& text = *work.situation.text;
  record->quotes.first = static_cast<uint32_t>(work.result.quotes.size());
  for (uint32_t begin = 0; begin < text.size() && work.result.quotes.size() < kMaxQuotes;) {
    uint32_t end = begin;
    while (end < text.size() && text.chars[end] != U'\n') ++end;
    if (end > begin) quote_bubble(work, {begin, end}, record);
    begin = end + 1;
  }
}

// What nobody knows yet.
void fill_needs(const Work& work, uint32_t position, GuidanceItem* guidance) {
  guidance->needs = {static_cast<uint32_t>(work.result.texts.size()), 0};
  const Range own = work.intent(position).needs;
  for (uint32_t need = own.first; need < own.first + own.count; ++need) {
    const Range sources = work.views.cases.need_sources[need];
    if (find_value(work, sources, kNoIntent, nullptr).from != Sourced::From::kNowhere) continue;
    work.result.texts.push_back(Result::share(work.views.text(work.views.needs[need])));
    ++guidance->needs.count;
  }
}

std::string_view step_of(const Work& work, uint32_t position) {
  const uint32_t intent = work.situation.intents[position].intent;
  return work.views.text(work.views.cases.intents[intent].next_step);
}

// The first matter that says what to do or to ask for.
uint32_t find_guiding(const Work& work) {
  for (uint32_t at = 0; at < work.intent_count(); ++at) {
    const bool guides = !step_of(work, at).empty() || work.intent(at).needs.count > 0;
    if (guides && work.is_about(at)) return at;
  }
  return kNoIntent;
}

// Whoever only asks for a person goes to those who know the matter: of the message, else of the
// conversation, else by the order.
std::string_view route_to_person(const Work& work, uint32_t position) {
  for (uint32_t at = 0; at < work.intent_count(); ++at) {
    if (at == position || work.situation.intents[at].score < dialogue::kHeard) continue;
    return rules::name_of(static_cast<Route>(work.intent(at).route));
  }
  const dialogue::Session* session = work.situation.session;
  const OrderState state = order_state_of(work.situation);
  if (session != nullptr && session->stage() == Stage::kAfterSales) {
    return rules::name_of(Route::kAftersales);
  }
  return rules::name_of(state == OrderState::kNone ? Route::kPresales : Route::kAftersales);
}

}  // namespace

void fill_guidance(const Work& work, uint32_t position) {
  GuidanceItem& guidance = work.result.guidance;
  const bool handoff = position != kNoIntent;
  if (!handoff && !work.views.cases.guides) return;
  if (!handoff) position = find_guiding(work);
  if (position != kNoIntent) {
    guidance.intent = Result::share(work.views.text(work.intent(position).id));
    guidance.next_step = Result::share(step_of(work, position));
    fill_needs(work, position, &guidance);
  }
  if (handoff && guidance.next_step.size == 0) {
    guidance.next_step = Result::share(work.views.text(work.views.cases.record.next_step));
  }
}

void fill_case(const Work& work, uint32_t position) {
  HandoffItem& handoff = work.result.handoff;
  const bool human = position != kNoIntent && (work.intent(position).traits & kHumanTrait) != 0;
  const bool complaints = position != kNoIntent &&
                          work.intent(position).route == static_cast<uint8_t>(Route::kComplaints);
  if (human && !complaints) handoff.route = Result::share(route_to_person(work, position));
  CaseItem& record = handoff.record;
  record.summary = summary(work, position);
  fill_facts(work, &record);
  fill_quotes(work, &record);
  fill_promises(work, &record);
  fill_major(work, position, &record);
  fill_urgency(work, position, &record);
}

}  // namespace xiaoer::reply
