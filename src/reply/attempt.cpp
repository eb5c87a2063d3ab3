// One reply, from its variants to a text that passed, or to the reasons why
// none did.

#include <algorithm>

#include "base/insertion_sort.hpp"
#include "reply/condition.hpp"
#include "reply/guard.hpp"
#include "reply/promises.hpp"
#include "reply/render.hpp"
#include "reply/work.hpp"

namespace xiaoer::reply {
namespace {

// SplitMix64's finaliser: spreads nearby seeds and turns over all variants.
uint64_t mixed(uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

// "product.price=39.9", derived facts with what they were computed from. The
// value is what the text says, so that personal data is masked here as there.
void explain_slot(const Work& work, const Slot& slot, ItemRange* why) {
  std::string& note = work.impl.note;
  note.clear();
  if (slot.quoted != rules::kNoKind) {
    note.append(work.views.text(slot.piece->text)).push_back('=');
    note.append(work.impl.draft.text, slot.begin, slot.end - slot.begin);
    work.result.because(why, "quote", work.result.add(note), {}, 1);
    return;
  }
  if (slot.value == nullptr) return;
  note.append(work.views.fact_path(slot.piece->fact)).push_back('=');
  note.append(work.impl.draft.text, slot.begin, slot.end - slot.begin);
  if (!slot.value->derived_from.empty()) {
    note.append(" (").append(slot.value->derived_from).push_back(')');
  }
  work.result.because(why, "fact", work.result.add(note), {}, 1);
}

bool proves(const Work& work, rules::FactId id) {
  const KnownFacts& known = known_facts();
  if (id == rules::kNoFact || id == known.shop_name || id == known.product_name) return false;
  const auto place = static_cast<BargainFact>(id - work.views.bargain_facts);
  if (place == BargainFact::kRound || place == BargainFact::kQuantity) {
    return false;  // they tell of the conversation
  }
  const auto size = static_cast<SizingFact>(id - work.views.sizing_facts);
  if (size == SizingFact::kHeight || size == SizingFact::kWeight || size == SizingFact::kFoot)
    return false;
  return !work.views.fact_path(id).starts_with("buyer.");
}

// What a shop needs once: the rest may be asked for again, about another thing.
constexpr uint32_t kLasting =
    bit_of(rules::Requested::kOrderNumber) | bit_of(rules::Requested::kPhone) |
    bit_of(rules::Requested::kAddress) | bit_of(rules::Requested::kReceiver) |
    bit_of(rules::Requested::kMeasures);

uint32_t given_by_facts(const Facts& facts) {
  using rules::Requested;
  const KnownFacts& known = known_facts();
  uint32_t given = 0;
  if (facts.get(known.order_id).present) given |= bit_of(Requested::kOrderNumber);
  if (facts.get(known.phone).present) given |= bit_of(Requested::kPhone);
  if (facts.get(known.address).present) given |= bit_of(Requested::kAddress);
  if (facts.get(known.receiver).present) given |= bit_of(Requested::kReceiver);
  return given;
}

// Whether the text asks for what the shop has: for something lasting, or for nothing else.
bool asks_in_vain(const Work& work, uint32_t asks) {
  if (asks == 0 || work.impl.ask_again) return false;
  const Situation& situation = work.situation;
  uint32_t lasting = situation.given | given_by_facts(*situation.facts);
  if (situation.session != nullptr) lasting |= situation.session->conversation().given;
  lasting &= kLasting;
  return (asks & lasting) != 0 || (asks & ~situation.given) == 0;
}

// The draft may leave by itself; whether it may in this conversation. No question is answered twice
// in the same words, and nothing is asked for twice.
bool is_fresh(const Work& work, const VariantRecord& variant, uint32_t position) {
  const dialogue::Session* session = work.situation.session;
  if (session == nullptr && variant.asks == 0) return true;
  if (session != nullptr) work.impl.draft_hash = stable_hash(work.impl.draft.text);
  if (session != nullptr && session->has_spoken() && session->said(work.impl.draft_hash)) {
    withheld(work, position) |= kSaidBefore;
    return work.impl.refusal.set("said-before", "");
  }
  if (position == kNoIntent || !asks_in_vain(work, variant.asks)) return true;
  withheld(work, position) |= kGivenBefore;
  return work.impl.refusal.set("given-before", "");
}

}  // namespace

void order_variants(const Work& work, const ReplyRecord& reply) {
  std::vector<VariantChoice>& order = work.impl.variants;
  order.clear();
  const uint32_t count = reply.variants.count;
  if (count == 0) return;
  if (count == 1) {
    order.push_back({0, UINT32_MAX});
    return;
  }
  const dialogue::Session* session = work.situation.session;
  const uint64_t turn = session != nullptr ? session->buyer_turns() : 0;
  const auto first =
      static_cast<uint32_t>(mixed(work.situation.seed ^ mixed(reply.hash ^ (turn << 32))) % count);
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t variant = (first + i) % count;
    const uint32_t age =
        session != nullptr ? session->turns_since_sent(reply.hash, variant) : UINT32_MAX;
    order.push_back({variant, age});
  }
  insertion_sort(order, [](const auto& a, const auto& b) { return a.age > b.age; });
}

bool attempt(const Work& work, const ReplyRecord& reply, uint32_t position, uint32_t* variant) {
  order_variants(work, reply);
  const auto variants = slice(work.views.variants, reply.variants);
  for (const VariantChoice& choice : work.impl.variants) {
    const VariantRecord& record = variants[choice.variant];
    if (render(work, record, position) && guard(work, record, position) &&
        is_fresh(work, record, position)) {
      *variant = choice.variant;
      return true;
    }
    Result& result = work.result;
    GuardItem item;
    item.rule = Result::share(work.impl.refusal.rule);
    item.id = Result::share(work.views.text(reply.id));
    item.detail = result.add(work.impl.refusal.detail);
    result.guard.push_back(item);
  }
  return false;
}

void explain_draft(const Work& work, const ReplyRecord& reply, uint32_t variant, ItemRange* why) {
  explain_condition(work.views, reply.condition, &work.result, why);
  for (const Slot& slot : work.impl.draft.slots) explain_slot(work, slot, why);
  if (reply.variants.count < 2) return;
  std::string& note = work.impl.note;
  note.clear();
  Decimal::of(variant + 1).append_to(note);
  note.push_back('/');
  Decimal::of(reply.variants.count).append_to(note);
  work.result.because(why, "variant", work.result.add(note), {}, 0.1f);
}

void add_pending(const Work& work, const ReplyRecord& reply, uint32_t variant, bool holding,
                 uint32_t position) {
  const Draft& draft = work.impl.draft;
  add_pending(work, reply, variant, holding, {draft.text, draft.slots, position});
}

void add_pending(const Work& work, const ReplyRecord& reply, uint32_t variant, bool holding,
                 const PartText& said) {
  if (work.situation.session == nullptr) return;  // nobody to remember it
  dialogue::PendingReply pending;
  pending.reply = reply.hash;
  pending.variant = variant;
  pending.technique = static_cast<rules::Technique>(reply.technique);
  pending.holding = holding;
  // A text that is joined to others was looked at by itself; what it is joined to, here.
  const bool whole = said.text.data() == work.impl.draft.text.data();
  pending.text = whole ? work.impl.draft_hash : stable_hash(work.impl.draft.text);
  pending.words = whole ? pending.text : stable_hash(said.text);
  pending.asks = slice(work.views.variants, reply.variants)[variant].asks;
  if (said.position != kNoIntent) pending.intent = work.intent(said.position).hash;
  pending.event = work.situation.event;
  // A promotion that ends is a push, whatever brings it up.
  if (pending.event == rules::Event::kPromotionEnding) {
    pending.technique = rules::Technique::kDeadline;
  }
  const Bargain* const bargain = work.situation.bargain;
  pending.bargain = bargain != nullptr && bargain->asked() && !holding &&
                    says_move(work.views, *bargain, reply.condition, said.slots);
  const KnownFacts& known = known_facts();
  for (const Slot& slot : said.slots) {
    if (slot.value == nullptr) continue;
    const rules::FactId id = slot.piece->fact;
    const bool price = id == known.price || id == known.bulk_price;
    if (price || id == work.views.bargain_facts) {  // the offer is the first of them
      if (!pending.has_offer || slot.value->number < pending.offer) {
        pending.offer = slot.value->number;
      }
      pending.has_offer = true;
    }
    // What the shop will do by a time is a promise; when an offer ends is not.
    if (pending.due == 0) {
      pending.due = due_of(work.situation, id, *slot.value);
      if (pending.due != 0) pending.due_fact = stable_hash(work.views.fact_path(id));
    }
  }
  work.scratch.pending.push_back(pending);
}

bool draft_is_proven(const Work& work, const ReplyRecord& reply) {
  for (const Slot& slot : work.impl.draft.slots) {
    if (slot.value != nullptr && proves(work, slot.piece->fact)) return true;
  }
  const ConditionRecord& condition = work.views.conditions[reply.condition];
  for (const OperandRecord& operand : slice(work.views.operands, condition.operands)) {
    const bool present = static_cast<rules::Compare>(operand.compare) != rules::Compare::kAbsent;
    if (operand.kind == OperandKind::kFactTest && present && proves(work, operand.fact))
      return true;
  }
  return false;
}

}  // namespace xiaoer::reply
