#include "reply/technique.hpp"

#include <algorithm>
#include <array>

#include "base/insertion_sort.hpp"
#include "reply/choose.hpp"
#include "reply/condition.hpp"
#include "reply/fitness.hpp"
#include "reply/goods.hpp"
#include "reply/stated.hpp"
#include "reply/value.hpp"

namespace xiaoer::reply {
namespace {

using rules::Technique;

constexpr float kOpenQuestion = 0.5f;  // an intent of at least this score wants an answer first
constexpr float kMaybeComplaint = 0.15f;
constexpr float kListStep = 0.1f;  // what each later place in the intent's list costs

const FactValue& fact(const Work& work, rules::FactId id) { return work.situation.facts->get(id); }
bool present(const Work& work, rules::FactId id) { return fact(work, id).present; }

bool asks_for_stock(const Work& work) {
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    if (work.intent(position).traits & kStockTrait) return true;
  }
  return false;
}

bool can_help_choose(const Work& work) {
  return present(work, known_facts().option_two) ||
         fact(work, known_facts().sizes).items.size() >= 2;
}

bool can_recommend(const Work& work) {
  const KnownFacts& k = known_facts();
  return present(work, k.related_one) && present(work, k.related_one_reason) &&
         present(work, k.related_two) && present(work, k.related_two_reason);
}

}  // namespace

bool is_refusing(const Work& work) {
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    if (work.intent(position).traits & kRefusalTrait) return true;
  }
  const dialogue::Session* session = work.situation.session;
  if (session == nullptr) return false;
  for (const uint64_t refusal : work.views.refusals) {
    if (session->turns_since(refusal) != UINT32_MAX) return true;
  }
  return false;
}

namespace {

// The reply to come leaves the matter to a person who looks something up first, or asks what is
// meant: nothing to close with yet.
bool is_put_off(const Work& work) {
  return is_not_understood(work) ||
         (!work.impl.chosen.empty() && work.impl.chosen.front().attended);
}

bool is_wrong_moment(const Work& work) {
  if (is_put_off(work) || is_about_others(work.situation)) return true;
  if (work.situation.session != nullptr &&
      work.situation.session->stage() == rules::Stage::kAfterSales) {
    return true;
  }
  const dialogue::Care& care = work.scratch.care;
  if (care.complaint.pending() || emotion_of(work.situation) >= rules::Emotion::kAnnoyed) {
    return true;
  }
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    const IntentRecord& intent = work.intent(position);
    const float score = work.situation.intents[position].score;
    // What may be a complaint is none to push past.
    const bool complains =
        static_cast<rules::Objection>(intent.objection) == rules::Objection::kComplaint;
    if (complains && score >= kMaybeComplaint) return true;
    if (score < kOpenQuestion && position > 0) continue;
    if (intent.traits & (kNoPushTrait | kHumanTrait)) return true;
    if (static_cast<rules::Stage>(intent.stage) == rules::Stage::kAfterSales) return true;
    if (static_cast<rules::Policy>(intent.policy) == rules::Policy::kHandoff) return true;
  }
  return false;
}

bool is_hesitation(const Work& work, uint64_t intent) {
  const auto& all = work.views.hesitations;
  return std::find(all.begin(), all.end(), intent) != all.end();
}

// One push a hesitation: the buyer has done nothing but hesitate since the last one, which was for
// the same hesitation.
bool is_same_hesitation(const Work& work) {
  const dialogue::Session* session = work.situation.session;
  if (session == nullptr || session->last_push() == 0) return false;
  if (!is_hesitation(work, work.intent(0).hash)) return false;
  uint32_t turn = session->buyer_turns();
  for (uint32_t back = 0; back < session->turns().size() && turn >= session->last_push(); ++back) {
    const dialogue::Turn& past = session->turns().newest(back);
    if (past.speaker != dialogue::Speaker::kBuyer) continue;
    if (!is_hesitation(work, past.intents[0])) return false;
    --turn;
  }
  return true;
}

// A question that no reply answers stays open, and nobody is pushed past it.
bool has_open_question(const Work& work) {
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    const bool heard = position == 0 || work.situation.intents[position].score >= kOpenQuestion;
    if (heard && !work.impl.answered[position]) return true;
  }
  return false;
}

void gather(const Work& work) {
  std::vector<TechniqueChoice>& list = work.impl.techniques;
  const dialogue::Session* session = work.situation.session;
  list.clear();
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    if (position > 0 && work.situation.intents[position].score < kOpenQuestion) continue;
    float place = 1;
    for (const uint32_t number :
         slice(work.views.intent_techniques, work.intent(position).techniques)) {
      const auto technique = static_cast<Technique>(number);
      if (rules::is_manner(technique)) break;  // they come last
      const float rank = std::max(place, kListStep);
      place -= kListStep;
      const bool known = std::any_of(list.begin(), list.end(), [&](const TechniqueChoice& c) {
        return c.technique == technique;
      });
      if (known || (session != nullptr && session->technique_used(technique))) continue;
      if (!technique_is_supported(technique, work)) continue;
      const float score = work.situation.intents[position].score * rank *
                          (1 + fits_of(work, technique, position).total());
      list.push_back({technique, position, score});
    }
  }
  insertion_sort(list, [](const auto& a, const auto& b) { return a.score > b.score; });
}

// The facts that may let a technique in: its reasons.
std::array<rules::FactId, 4> grounds(Technique technique) {
  const KnownFacts& k = known_facts();
  constexpr rules::FactId kNone = rules::kNoFact;
  switch (technique) {
    case Technique::kScarcity:
      return {k.stock, kNone, kNone, kNone};
    case Technique::kDeadline:
      return {k.promotion_ends, kNone, kNone, kNone};
    case Technique::kFastDelivery:
      return {k.cutoff, k.ship_within, k.lead_days, kNone};
    case Technique::kEitherOr:
      return {k.option_one, k.option_two, kNone, kNone};
    case Technique::kHelpChoose:
      return {k.in_stock, k.sizes, kNone, kNone};
    case Technique::kCounterQuestion:
      return {k.in_stock, k.sold_out, kNone, kNone};
    case Technique::kRecommend:
      return {k.related_one, k.related_two, kNone, kNone};
    case Technique::kCrossSell:
      return {k.related_one, k.gap, kNone, kNone};
    default:  // manners rest on no fact
      break;
  }
  return {kNone, kNone, kNone, kNone};
}

// Facts that the wording itself says are told with the draft; the others are
// told here.
void explain_grounds(const Work& work, Technique technique, ItemRange* why) {
  for (const rules::FactId id : grounds(technique)) {
    const FactValue& value = work.views.fact(work.situation, id);
    if (!value.present) continue;
    const auto& slots = work.impl.draft.slots;
    const bool said = std::any_of(slots.begin(), slots.end(),
                                  [&](const Slot& slot) { return slot.value == &value; });
    if (said) continue;
    std::string& note = work.impl.note;
    note.assign(work.views.fact_path(id)).push_back('=');
    append_value(value, work.views.fact_type(id), work.situation.now, &note);
    if (!value.derived_from.empty()) note.append(" (").append(value.derived_from).push_back(')');
    work.result.because(why, "fact", work.result.add(note), {}, 1);
  }
}

void accept(const Work& work, const TechniqueChoice& choice, const ReplyRecord& wording,
            uint32_t variant) {
  Result& result = work.result;
  TechniqueItem item;
  item.technique = Result::share(rules::name_of(choice.technique));
  item.id = Result::share(work.views.text(wording.id));
  item.text = result.add(work.impl.draft.text);
  item.score = std::min(choice.score, 1.0f);
  item.variant = variant;
  const dialogue::IntentCandidate& intent = work.situation.intents[choice.position];
  result.because(&item.why, "intent",
                 Result::share(work.views.text(work.intent(choice.position).id)),
                 work.situation.text->bytes(intent.span), intent.score);
  if (!rules::is_manner(choice.technique)) {
    const Fits fits = fits_of(work, choice.technique, choice.position);
    for (const Fit& fit : fits.all()) {
      result.because(&item.why, "fit", Result::share(fit.what), {}, fit.points);
    }
  }
  explain_grounds(work, choice.technique, &item.why);
  explain_draft(work, wording, variant, &item.why);
  result.because(&item.why, "wording", Result::share(work.views.text(wording.why)), {}, 1);
  result.techniques.push_back(item);
  add_pending(work, wording, variant, false, kNoIntent);
}

// A wording whose facts the reply before it says already adds nothing.
bool repeats_reply(const Work& work) {
  bool speaks = false;
  for (const Slot& slot : work.impl.draft.slots) {
    if (slot.value == nullptr || work.views.fact_path(slot.piece->fact).starts_with("buyer.")) {
      continue;
    }
    const auto& said = work.impl.said;
    if (std::find(said.begin(), said.end(), slot.piece->fact) == said.end()) return false;
    speaks = true;
  }
  return speaks;
}

// The wording that suits the buyer best, then the most specific one, whose condition holds and that
// passes.
bool add_technique(const Work& work, const TechniqueChoice& choice) {
  std::vector<Candidate>& list = work.impl.candidates;
  list.clear();
  const auto number = static_cast<uint32_t>(choice.technique);
  const uint32_t traits = clear_traits(work.situation);
  for (const TechniqueRecord& record : work.views.techniques) {
    if (record.technique != number) continue;
    const ReplyRecord& wording = work.views.replies[record.reply];
    if (!condition_holds(work.views, wording.condition, work.situation,
                         work.intent(choice.position).hash)) {
      continue;
    }
    constexpr uint32_t kSuited = 1u << 10;  // beyond the tests of a condition
    uint32_t specificity = std::min(work.views.conditions[wording.condition].tests, kSuited - 1);
    if ((record.suits & traits) != 0) specificity += kSuited;
    list.push_back(
        {record.reply, choice.position, specificity, static_cast<uint32_t>(list.size())});
  }
  std::sort(list.begin(), list.end(), comes_before);
  for (const Candidate& candidate : list) {
    const ReplyRecord& wording = work.views.replies[candidate.reply];
    uint32_t variant = 0;
    if (!attempt(work, wording, kNoIntent, &variant) || repeats_reply(work)) continue;
    accept(work, choice, wording, variant);
    return true;
  }
  return false;
}

// What an intent gives reason to persuade about: bits 1 << rules::Occasion.
uint32_t occasions_of(const IntentRecord& intent) {
  const auto bit = [](rules::Occasion occasion) { return 1u << static_cast<uint32_t>(occasion); };
  uint32_t occasions = 0;
  const auto objection = static_cast<rules::Objection>(intent.objection);
  if (objection == rules::Objection::kDoubt) occasions |= bit(rules::Occasion::kDoubt);
  if (objection == rules::Objection::kMisunderstanding) {
    occasions |= bit(rules::Occasion::kMisunderstanding);
  }
  if (objection == rules::Objection::kDrawback) occasions |= bit(rules::Occasion::kDrawback);
  if (intent.traits & kBargainTrait) occasions |= bit(rules::Occasion::kBargain);
  if (intent.traits & kHesitateTrait) occasions |= bit(rules::Occasion::kHesitate);
  return occasions;
}

// Wordings that fit, as candidates: in the intent's own order of manners where it has one,
// otherwise those meant for this occasion first, then in the order of the pack.
void gather_manners(const Work& work, uint32_t position) {
  std::vector<Candidate>& list = work.impl.candidates;
  list.clear();
  const IntentRecord& intent = work.intent(position);
  const uint32_t occasions = occasions_of(intent);
  const auto named = slice(work.views.intent_techniques, intent.techniques);
  const bool chosen = !named.empty() && rules::is_manner(static_cast<Technique>(named.back()));
  const dialogue::Session* session = work.situation.session;
  for (const TechniqueRecord& record : work.views.techniques) {
    const auto manner = static_cast<Technique>(record.technique);
    if (!rules::is_manner(manner)) continue;
    if (session != nullptr && session->technique_used(manner)) continue;
    if (record.occasions != 0 && (record.occasions & occasions) == 0) continue;
    const auto place = std::find(named.begin(), named.end(), record.technique);
    if (chosen && place == named.end()) continue;
    const uint32_t condition = work.views.replies[record.reply].condition;
    if (!condition_holds(work.views, condition, work.situation, intent.hash)) continue;
    constexpr uint32_t kPlace = 1u << 20, kMeant = 1u << 10;  // beyond the tests of a condition
    uint32_t specificity = std::min(work.views.conditions[condition].tests, kMeant - 1);
    if (record.occasions != 0) specificity += kMeant;
    specificity += static_cast<uint32_t>(std::min<ptrdiff_t>(named.end() - place, 1000)) * kPlace;
    list.push_back({record.reply, position, specificity, record.reply});
  }
  std::sort(list.begin(), list.end(), comes_before);
}

bool add_manner(const Work& work, uint32_t position) {
  gather_manners(work, position);
  for (const Candidate& candidate : work.impl.candidates) {
    const ReplyRecord& wording = work.views.replies[candidate.reply];
    uint32_t variant = 0;
    if (!attempt(work, wording, kNoIntent, &variant)) continue;
    const auto manner = static_cast<Technique>(wording.technique);
    accept(work, {manner, position, work.situation.intents[position].score}, wording, variant);
    return true;
  }
  return false;
}

}  // namespace

bool technique_is_supported(Technique technique, const Work& work) {
  const KnownFacts& k = known_facts();
  switch (technique) {
    case Technique::kScarcity:
      return stock_is_scarce(*work.situation.facts);
    case Technique::kDeadline:
      return promotion_runs(work.situation) && !lower_price_is_announced(work.situation);
    case Technique::kFastDelivery:
      return present(work, k.cutoff) || present(work, k.ship_within) || present(work, k.lead_days);
    case Technique::kEitherOr:
      return present(work, k.option_one) && present(work, k.option_two);
    case Technique::kHelpChoose:
      return can_help_choose(work);
    case Technique::kCounterQuestion:
      return asks_for_stock(work) && present(work, k.in_stock);
    case Technique::kRecommend:
      return can_recommend(work);
    case Technique::kCrossSell:
      return present(work, k.related_one) || present(work, k.gap);
    case Technique::kNone:
      return false;
    default:  // manners need none
      return true;
  }
}

bool may_push(const Work& work) {
  // Nobody is pushed on a guess of what was said.
  if (work.intent_count() == 0 || work.situation.intents[0].score < kOpenQuestion) return false;
  const dialogue::Session* session = work.situation.session;
  const bool spent =
      session != nullptr && (session->pushes() >= work.views.settings.push_budget ||
                             session->pushed_last_turn() || is_same_hesitation(work));
  return !spent && work.views.settings.push_budget > 0 && !is_refusing(work) &&
         !is_wrong_moment(work) && !has_open_question(work);
}

void choose_manner(const Work& work) {
  const bool listed = work.views.settings.max_techniques > 0;
  if (!listed || is_refusing(work) || is_wrong_moment(work)) return;
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    const bool heard = position == 0 || work.situation.intents[position].score >= kOpenQuestion;
    // It joins a reply, so there must be one.
    if (!heard || !work.impl.answered[position]) continue;
    if (occasions_of(work.intent(position)) != 0 && add_manner(work, position)) return;
  }
}

void choose_techniques(const Work& work) {
  if (work.views.intent_techniques.empty() || work.views.settings.max_techniques == 0) return;
  if (!may_push(work)) return;
  gather(work);
  // gather() is done with the list before add_technique() reuses the other
  // buffers.
  for (const TechniqueChoice& choice : work.impl.techniques) {
    if (work.result.techniques.size() >= work.views.settings.max_techniques) return;
    add_technique(work, choice);
  }
}

}  // namespace xiaoer::reply
