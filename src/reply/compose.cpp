#include "reply/compose.hpp"

#include <algorithm>

#include "base/insertion_sort.hpp"
#include "dialogue/matters.hpp"
#include "reply/choose.hpp"
#include "reply/condition.hpp"
#include "reply/decide.hpp"
#include "reply/facts.hpp"
#include "reply/guard.hpp"
#include "reply/render.hpp"

namespace xiaoer::reply {
namespace {

constexpr size_t kMaxJointBytes = 480;  // about 160 characters: what a buyer reads in one bubble

std::span<Part> parts_of(const Work& work) {
  return std::span(work.impl.parts).first(work.impl.part_count);
}

// Renders the reply again, which passed its guards before: the result keeps no slots.
bool add_part(const Work& work, size_t index) {
  ReplyScratch::Impl& impl = work.impl;
  const Chosen& chosen = impl.chosen[index];
  const ReplyRecord& reply = work.views.replies[chosen.reply];
  const VariantRecord& variant = slice(work.views.variants, reply.variants)[chosen.variant];
  if (!render(work, variant, chosen.position)) return false;
  if (impl.part_count == impl.parts.size()) impl.parts.emplace_back();
  Part& part = impl.parts[impl.part_count++];
  part.text.assign(impl.draft.text);
  part.slots.assign(impl.draft.slots.begin(), impl.draft.slots.end());
  part.position = chosen.position;
  part.reply = chosen.reply;
  part.variant = chosen.variant;
  part.proven = chosen.proven;
  part.attended = chosen.attended;
  split_clauses(&part);
  return true;
}

// The best reply of each matter; one that answers two comes once.
void gather_parts(const Work& work) {
  work.impl.part_count = 0;
  const auto& intents = work.situation.intents;
  if (std::count_if(intents.begin(), intents.end(),
                    [](const auto& intent) { return intent.matter; }) < 2) {
    return;
  }
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    if (!work.situation.intents[position].matter) continue;
    const auto& chosen = work.impl.chosen;
    const auto own = std::find_if(chosen.begin(), chosen.end(), [&](const Chosen& choice) {
      return choice.position == position;
    });
    if (own != chosen.end()) add_part(work, static_cast<size_t>(own - chosen.begin()));
  }
}

// Which comes first; equal ones in the order of the message.
uint32_t turn_of(const Work& work, const Part& part) {
  const IntentRecord& intent = work.intent(part.position);
  const auto stage = static_cast<rules::Stage>(intent.stage);
  if (only_asks(part)) return 4;  // it only asks back
  if (static_cast<rules::Objection>(intent.objection) == rules::Objection::kComplaint) return 0;
  if (stage == rules::Stage::kAfterSales || (intent.traits & kNoPushTrait) != 0) return 1;
  if (stage == rules::Stage::kShipping || stage == rules::Stage::kConfirmation) return 2;
  return 3;
}

// Where in the message the matter of a part stands.
uint32_t place_of(const Work& work, const Part& part) {
  const dialogue::IntentCandidate& intent = work.situation.intents[part.position];
  return intent.clause.empty() ? intent.span.begin : intent.clause.begin;
}

void order_parts(const Work& work) {
  std::span<Part> parts = parts_of(work);
  const auto before = [&](const Part& a, const Part& b) {
    const uint32_t left = turn_of(work, a), right = turn_of(work, b);
    if (left != right) return left < right;
    return place_of(work, a) < place_of(work, b);
  };
  insertion_sort(parts, before);
}

// Leaves out the parts that `stays(part, before)` refuses; `before` are those kept ahead of it.
template <class Stays>
void keep_parts(const Work& work, Stays&& stays) {
  std::span<Part> parts = parts_of(work);
  size_t kept = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!stays(parts[i], std::span<const Part>(parts.first(kept)))) continue;
    if (kept != i) std::swap(parts[kept], parts[i]);
    ++kept;
  }
  work.impl.part_count = static_cast<uint32_t>(kept);
}

// Of several that only ask back the first stays: a buyer answers one question at a time.
void keep_one_question(const Work& work) {
  size_t questions = 0;
  keep_parts(work, [&](const Part& part, std::span<const Part>) {
    return !only_asks(part) || questions++ == 0;
  });
}

uint32_t asks_of(const Work& work, const Part& part) {
  const ReplyRecord& reply = work.views.replies[part.reply];
  return slice(work.views.variants, reply.variants)[part.variant].asks;
}

bool tells_facts(const Part& part) {
  return std::any_of(part.slots.begin(), part.slots.end(), [](const Slot& slot) {
    return slot.value != nullptr && slot.piece->fact != known_facts().nickname;
  });
}

// after.price_drop.ask and after.price_drop.protect: one matter in two words.
bool is_of_family(const Work& work, const Part& a, const Part& b) {
  const auto family = [&](const Part& part) {
    const std::string_view id = work.views.text(work.intent(part.position).id);
    return id.substr(0, id.rfind('.'));
  };
  return family(a) == family(b);
}

// What a person needs to look into a matter, and so the whole point of a reply that asks for it.
constexpr uint32_t kEvidence =
    bit_of(rules::Requested::kOrderNumber) | bit_of(rules::Requested::kPicture);

// Asked for beside the evidence it helps nobody: the order tells where it goes.
constexpr uint32_t kBeside = bit_of(rules::Requested::kRegion);

// A reply that asks for the evidence that one before it asks for is left out: where it tells no
// facts, or where both are of one family.
void drop_askers(const Work& work) {
  keep_parts(work, [&](const Part& part, std::span<const Part> before) {
    const uint32_t asks = asks_of(work, part) & ~kBeside;
    if (asks == 0 || (asks & ~kEvidence) != 0) return true;
    return std::none_of(before.begin(), before.end(), [&](const Part& said) {
      if ((asks & ~asks_of(work, said)) != 0) return false;
      return !tells_facts(part) || is_of_family(work, said, part);
    });
  });
}

void drop_question(Part* part) {
  for (size_t i = closing_question(*part); i < part->clauses.size(); ++i) {
    part->clauses[i].kept = false;
  }
}

// Writes the parts into impl.draft as one text.
void join(const Work& work) {
  Draft& draft = work.impl.draft;
  std::span<Part> parts = parts_of(work);
  draft.text.clear();
  draft.slots.clear();
  work.impl.emoticons.left = 2;
  work.impl.emoticons.closes = false;
  for (size_t i = 0; i < parts.size(); ++i) {
    Part& part = parts[i];
    for (TextClause& clause : part.clauses) clause.kept = true;
    if (i > 0) drop_repeated(draft, &part);
    if (i + 1 < parts.size()) drop_question(&part);
    append_kept(part, &work.impl.emoticons, &draft);
  }
}

// Claims and characters of all parts, so that the guards look at whatever one of them needs.
VariantRecord joint_variant(const Work& work) {
  VariantRecord joint;
  joint.clean = 1;
  for (const Part& part : parts_of(work)) {
    const ReplyRecord& reply = work.views.replies[part.reply];
    const VariantRecord& variant = slice(work.views.variants, reply.variants)[part.variant];
    joint.claims |= variant.claims;
    joint.clean &= variant.clean;
  }
  return joint;
}

// A quote of the buyer's amount was let in for the intent whose reply holds it.
uint32_t quoting_position(const Work& work) {
  for (const Part& part : parts_of(work)) {
    if (work.intent(part.position).traits & kPriceTrait) return part.position;
  }
  return parts_of(work).front().position;
}

bool passes(const Work& work) {
  Draft& draft = work.impl.draft;
  if (text::normalise(draft.text, draft.chars) != text::NormaliseStatus::kOk) return false;
  if (guard(work, joint_variant(work), quoting_position(work))) return true;
  GuardItem item;
  item.rule = Result::share(work.impl.refusal.rule);
  item.id = Result::share(work.views.text(work.views.replies[parts_of(work)[0].reply].id));
  item.detail = work.result.add(work.impl.refusal.detail);
  work.result.guard.push_back(item);
  return false;
}

// "ship.hours+bargain.plain": what it was made of.
TextRef joint_id(const Work& work) {
  std::string& id = work.impl.note;
  id.clear();
  for (const Part& part : parts_of(work)) {
    if (!id.empty()) id += '+';
    id += work.views.text(work.views.replies[part.reply].id);
  }
  return work.result.add(id);
}

// The matters that the parts answer, each with its reason.
void tell_matters(const Work& work, ReplyItem* item) {
  Result& result = work.result;
  item->intents.first = static_cast<uint32_t>(result.reply_intents.size());
  for (uint32_t position = 0; position < work.intent_count(); ++position) {
    const auto& parts = parts_of(work);
    const bool answered = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
      return part.position == position ||
             (work.situation.intents[position].matter && lists_reply(work, position, part.reply));
    });
    if (!answered) continue;
    result.reply_intents.push_back(position);
    ++item->intents.count;
    const dialogue::IntentCandidate& intent = work.situation.intents[position];
    result.because(&item->why, "intent", Result::share(work.views.text(work.intent(position).id)),
                   work.situation.text->bytes(intent.span), intent.score);
  }
}

// Every part that needs a proof has its own.
bool is_proven(const Work& work) {
  bool any = false;
  for (const Part& part : parts_of(work)) {
    if (needs_proof(work.intent(part.position)) && !part.proven) return false;
    any |= part.proven;
  }
  return any;
}

void accept(const Work& work) {
  ReplyScratch::Impl& impl = work.impl;
  Result& result = work.result;
  const std::span<Part> parts = parts_of(work);
  ReplyItem item;
  item.id = joint_id(work);
  item.text = result.add(impl.draft.text);
  item.score = work.situation.intents[0].score;
  item.variant = parts[0].variant;
  tell_matters(work, &item);
  for (size_t i = 1; i < parts.size(); ++i) {
    explain_condition(work.views, work.views.replies[parts[i].reply].condition, &result, &item.why);
  }
  explain_draft(work, work.views.replies[parts[0].reply], parts[0].variant, &item.why);
  impl.said.clear();
  for (const Slot& slot : impl.draft.slots) {
    if (slot.value != nullptr) impl.said.push_back(slot.piece->fact);
  }
  // The session learns each part's variant, offer and promise once the joint text is sent.
  const size_t pending_before = work.scratch.pending.size();
  for (const Part& part : parts) {
    add_pending(work, work.views.replies[part.reply], part.variant, false,
                {part.text, part.slots, part.position});
  }
  result.replies.push_back(item);
  const bool attended =
      std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.attended; });
  impl.chosen.push_back(
      {parts[0].reply, parts[0].variant, parts[0].position, is_proven(work), attended});
  put_last_first(work, pending_before);
}

}  // namespace

void compose(const Work& work) {
  gather_parts(work);
  order_parts(work);
  keep_one_question(work);
  drop_askers(work);
  work.impl.part_count = std::min(work.impl.part_count, work.views.settings.max_matters);
  for (; work.impl.part_count > 1; --work.impl.part_count) {
    join(work);
    if (work.impl.draft.text.size() <= kMaxJointBytes && passes(work)) return accept(work);
  }
}

}  // namespace xiaoer::reply
