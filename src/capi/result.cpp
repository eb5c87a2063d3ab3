#include <cstddef>

#include "capi/handles.hpp"

namespace xiaoer::capi {
namespace {

// What a part's item is made of.
class Reader {
 public:
  explicit Reader(const Result& result) : result_(result) {}

  size_t count(xiaoer_part part) const {
    switch (part) {
      case XIAOER_INTENT:
        return result_.intents.size();
      case XIAOER_ENTITY:
        return result_.entities.size();
      case XIAOER_REPLY:
        return result_.replies.size();
      case XIAOER_TECHNIQUE:
        return result_.techniques.size();
      case XIAOER_GUARD:
        return result_.guard.size();
      case XIAOER_NEAR_MISS:
        return result_.near_misses.size();
      case XIAOER_ACTION:
        return result_.actions.size();
      case XIAOER_LINK:
        return result_.links.size();
      case XIAOER_BUYER:
        return result_.buyer.emotion.size > 0 ? 1 : 0;
      case XIAOER_TRAIT:
        return result_.traits.size();
      case XIAOER_CASE_FACT:
        return result_.case_facts.size();
      case XIAOER_QUOTE:
        return result_.quotes.size();
      case XIAOER_PROMISE:
        return result_.promises.size();
      case XIAOER_URGENCY:
      case XIAOER_MAJOR:
        return result_.handoff.present ? 1 : 0;
      case XIAOER_PART_32_BITS:
        break;
    }
    return 0;
  }

  ItemRange why(xiaoer_part part, size_t index) const {
    switch (part) {
      case XIAOER_INTENT:
        return result_.intents[index].why;
      case XIAOER_REPLY:
        return result_.replies[index].why;
      case XIAOER_TECHNIQUE:
        return result_.techniques[index].why;
      case XIAOER_NEAR_MISS:
        return result_.near_misses[index].why;
      case XIAOER_ACTION:
        return result_.actions[index].why;
      case XIAOER_BUYER:
        return result_.buyer.why;
      case XIAOER_URGENCY:
        return result_.handoff.record.urgency_why;
      case XIAOER_MAJOR:
        return result_.handoff.record.major_why;
      case XIAOER_ENTITY:
      case XIAOER_GUARD:
      case XIAOER_LINK:
      case XIAOER_TRAIT:
      case XIAOER_CASE_FACT:
      case XIAOER_QUOTE:
      case XIAOER_PROMISE:
      case XIAOER_PART_32_BITS:
        break;
    }
    return {};
  }

  xiaoer_item item(xiaoer_part part, size_t index) const {
    xiaoer_item out = {};
    out.id = out.text = out.value = {"", 0};
    fill(part, index, &out);
    out.why_count = why(part, index).count;
    return out;
  }

 private:
  xiaoer_text text(TextRef ref) const { return to_text(result_.text(ref)); }

  void fill(xiaoer_part part, size_t index, xiaoer_item* out) const {
    switch (part) {
      case XIAOER_INTENT: {
        const IntentItem& intent = result_.intents[index];
        *out = {text(intent.id),
                text(intent.title),
                out->value,
                intent.score,
                {intent.span.begin, intent.span.end},
                0};
        return;
      }
      case XIAOER_ENTITY: {
        const EntityItem& entity = result_.entities[index];
        *out = {text(entity.kind),
                text(entity.text),
                text(entity.value),
                0,
                {entity.span.begin, entity.span.end},
                0};
        return;
      }
      case XIAOER_REPLY: {
        const ReplyItem& reply = result_.replies[index];
        *out = {text(reply.id), text(reply.text), out->value, reply.score, {}, 0};
        return;
      }
      case XIAOER_TECHNIQUE: {
        const TechniqueItem& item = result_.techniques[index];
        *out = {text(item.id), text(item.text), text(item.technique), item.score, {}, 0};
        return;
      }
      case XIAOER_GUARD: {
        const GuardItem& item = result_.guard[index];
        *out = {text(item.id), text(item.detail), text(item.rule), 0, {}, 0};
        return;
      }
      case XIAOER_NEAR_MISS: {
        const NearMissItem& item = result_.near_misses[index];
        *out = {text(item.id), out->text, out->value, item.score, {}, 0};
        return;
      }
      case XIAOER_ACTION:
      case XIAOER_LINK:
      case XIAOER_BUYER:
      case XIAOER_TRAIT:
      case XIAOER_CASE_FACT:
      case XIAOER_QUOTE:
      case XIAOER_PROMISE:
      case XIAOER_URGENCY:
      case XIAOER_MAJOR:
        return fill_case(part, index, out);
      case XIAOER_PART_32_BITS:
        return;
    }
  }

  // What is for the shop alone.
  void fill_case(xiaoer_part part, size_t index, xiaoer_item* out) const {
    const CaseItem& record = result_.handoff.record;
    if (part == XIAOER_ACTION) {
      const ActionItem& action = result_.actions[index];
      *out = {text(action.intent), out->text, text(action.action), 0, {}, 0};
    } else if (part == XIAOER_LINK) {
      const LinkItem& link = result_.links[index];
      *out = {text(link.role), text(link.name), text(link.url), 0, {}, 0};
    } else if (part == XIAOER_BUYER) {
      *out = {text(result_.buyer.emotion), out->text, out->value, result_.buyer.score, {}, 0};
    } else if (part == XIAOER_TRAIT) {
      const TraitItem& trait = result_.traits[index];
      const std::string_view kind = trait.psychology ? "psychology" : "type";
      *out = {text(trait.id), out->text, to_text(kind), trait.score, {}, 0};
    } else if (part == XIAOER_CASE_FACT) {
      const CaseFactItem& fact = result_.case_facts[index];
      *out = {text(fact.path), text(fact.name), text(fact.value), 0, {}, 0};
    } else if (part == XIAOER_QUOTE) {
      out->span = {result_.quotes[index].begin, result_.quotes[index].end};
    } else if (part == XIAOER_PROMISE) {
      const PromiseItem& promise = result_.promises[index];
      *out = {text(promise.path), text(promise.due), text(promise.state), 0, {}, 0};
    } else if (part == XIAOER_URGENCY) {
      out->score = record.urgency;
    } else if (part == XIAOER_MAJOR) {
      out->score = record.major ? 1.0f : 0.0f;
    }
  }

  const Result& result_;
};

bool is_part(xiaoer_part part) {
  return static_cast<int>(part) >= XIAOER_INTENT && static_cast<int>(part) <= XIAOER_MAJOR;
}

// Nothing for a ledger of another version.
ItemRange ledger_of(const Result& result, xiaoer_ledger ledger) {
  switch (ledger) {
    case XIAOER_ASKED:
      return result.conversation.asked;
    case XIAOER_GIVEN:
      return result.conversation.given;
    case XIAOER_ANSWERED:
      return result.conversation.answered;
    case XIAOER_OFFERED:
      return result.conversation.offered;
    case XIAOER_LEDGER_32_BITS:
      break;
  }
  return {};
}

bool in_range(const xiaoer_result* result, xiaoer_part part, size_t index) {
  return result != nullptr && is_part(part) && index < Reader(result->filled).count(part);
}

xiaoer_status fill_reason(const Result& filled, ItemRange why, size_t reason, xiaoer_reason* out) {
  if (reason >= why.count) return XIAOER_INVALID_ARGUMENT;
  const Reason& from = filled.reasons[why.first + reason];
  *out = {to_text(filled.text(from.kind)),
          to_text(filled.text(from.rule)),
          {from.span.begin, from.span.end},
          from.points};
  return XIAOER_OK;
}

}  // namespace
}  // namespace xiaoer::capi

using namespace xiaoer::capi;

extern "C" {

xiaoer_status xiaoer_result_new(xiaoer_result** out, xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (out == nullptr) return null_argument(error, "out");
    *out = nullptr;
    *out = new xiaoer_result();
    return XIAOER_OK;
  });
}

void xiaoer_result_free(xiaoer_result* result) { delete result; }

xiaoer_status xiaoer_result_json(xiaoer_result* result, xiaoer_text* json, xiaoer_error** error) {
  return guarded(error, [&]() -> xiaoer_status {
    if (json == nullptr) return null_argument(error, "json");
    *json = {"", 0};
    if (result == nullptr) return null_argument(error, "result");
    result->json.clear();
    xiaoer::wire::write_result(result->id_json, result->message, result->filled, &result->json);
    *json = to_text(result->json);
    return XIAOER_OK;
  });
}

xiaoer_decision xiaoer_result_decision(const xiaoer_result* result) {
  return result == nullptr ? XIAOER_SILENT : static_cast<xiaoer_decision>(result->filled.decision);
}

xiaoer_text xiaoer_result_stage(const xiaoer_result* result) {
  if (result == nullptr) return {"", 0};
  return to_text(result->filled.text(result->filled.stage));
}

xiaoer_text xiaoer_result_order_state(const xiaoer_result* result) {
  if (result == nullptr) return {"", 0};
  return to_text(result->filled.text(result->filled.order_state));
}

xiaoer_text xiaoer_result_message(const xiaoer_result* result) {
  return result == nullptr ? xiaoer_text{"", 0} : to_text(result->message);
}

size_t xiaoer_result_count(const xiaoer_result* result, xiaoer_part part) {
  if (result == nullptr || !is_part(part)) return 0;
  return Reader(result->filled).count(part);
}

xiaoer_status xiaoer_result_item(const xiaoer_result* result, xiaoer_part part, size_t index,
                                 xiaoer_item* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (!in_range(result, part, index)) return XIAOER_INVALID_ARGUMENT;
  *out = Reader(result->filled).item(part, index);
  return XIAOER_OK;
}

xiaoer_status xiaoer_result_why(const xiaoer_result* result, xiaoer_part part, size_t index,
                                size_t reason, xiaoer_reason* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (!in_range(result, part, index)) return XIAOER_INVALID_ARGUMENT;
  return fill_reason(result->filled, Reader(result->filled).why(part, index), reason, out);
}

size_t xiaoer_result_reply_intent_count(const xiaoer_result* result, size_t reply) {
  if (!in_range(result, XIAOER_REPLY, reply)) return 0;
  return result->filled.replies[reply].intents.count;
}

xiaoer_status xiaoer_result_reply_intent(const xiaoer_result* result, size_t reply, size_t index,
                                         xiaoer_text* intent_id) {
  if (intent_id == nullptr) return XIAOER_INVALID_ARGUMENT;
  *intent_id = {};
  if (index >= xiaoer_result_reply_intent_count(result, reply)) return XIAOER_INVALID_ARGUMENT;
  const xiaoer::Result& filled = result->filled;
  const uint32_t intent = filled.reply_intents[filled.replies[reply].intents.first + index];
  *intent_id = to_text(filled.text(filled.intents[intent].id));
  return XIAOER_OK;
}

xiaoer_status xiaoer_result_handoff(const xiaoer_result* result, xiaoer_handoff* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (result == nullptr) return XIAOER_INVALID_ARGUMENT;
  const xiaoer::Result& filled = result->filled;
  if (!filled.handoff.present) return XIAOER_NOT_FOUND;
  out->reason = to_text(filled.text(filled.handoff.reason));
  out->route = to_text(filled.text(filled.handoff.route));
  out->intent_id = to_text(filled.text(filled.handoff.intent));
  out->holding_id = to_text(filled.text(filled.handoff.holding_id));
  out->holding_text = to_text(filled.text(filled.handoff.holding));
  out->need_count = filled.guidance.needs.count;
  return XIAOER_OK;
}

xiaoer_status xiaoer_result_handoff_need(const xiaoer_result* result, size_t index,
                                         xiaoer_text* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (result == nullptr) return XIAOER_INVALID_ARGUMENT;
  const xiaoer::Result& filled = result->filled;
  if (!filled.handoff.present) return XIAOER_INVALID_ARGUMENT;
  return xiaoer_result_need(result, index, out);
}

xiaoer_text xiaoer_result_objection(const xiaoer_result* result) {
  if (result == nullptr) return {"", 0};
  return to_text(result->filled.text(result->filled.objection));
}

xiaoer_text xiaoer_result_complaint(const xiaoer_result* result) {
  if (result == nullptr) return {"", 0};
  return to_text(result->filled.text(result->filled.complaint));
}

xiaoer_status xiaoer_result_guidance(const xiaoer_result* result, xiaoer_guidance* out) {
  return fill_struct(out, [result](xiaoer_guidance* ours) -> xiaoer_status {
    if (result == nullptr) return XIAOER_INVALID_ARGUMENT;
    const xiaoer::Result& filled = result->filled;
    const xiaoer::GuidanceItem& guidance = filled.guidance;
    if (guidance.intent.size == 0 && guidance.next_step.size == 0) return XIAOER_NOT_FOUND;
    ours->intent_id = to_text(filled.text(guidance.intent));
    ours->next_step = to_text(filled.text(guidance.next_step));
    ours->need_count = guidance.needs.count;
    return XIAOER_OK;
  });
}

xiaoer_status xiaoer_result_need(const xiaoer_result* result, size_t index, xiaoer_text* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (result == nullptr) return XIAOER_INVALID_ARGUMENT;
  const xiaoer::Result& filled = result->filled;
  if (index >= filled.guidance.needs.count) return XIAOER_INVALID_ARGUMENT;
  *out = to_text(filled.text(filled.texts[filled.guidance.needs.first + index]));
  return XIAOER_OK;
}

xiaoer_status xiaoer_result_case(const xiaoer_result* result, xiaoer_case* out) {
  return fill_struct(out, [result](xiaoer_case* ours) -> xiaoer_status {
    if (result == nullptr) return XIAOER_INVALID_ARGUMENT;
    const xiaoer::Result& filled = result->filled;
    if (!filled.handoff.present) return XIAOER_NOT_FOUND;
    const xiaoer::CaseItem& record = filled.handoff.record;
    ours->summary = to_text(filled.text(record.summary));
    ours->next_step = to_text(filled.text(filled.guidance.next_step));
    ours->urgency = record.urgency;
    ours->major = record.major ? 1 : 0;
    return XIAOER_OK;
  });
}

xiaoer_status xiaoer_result_action(const xiaoer_result* result, size_t index, xiaoer_action* out) {
  return fill_struct(out, [result, index](xiaoer_action* ours) -> xiaoer_status {
    if (!in_range(result, XIAOER_ACTION, index)) return XIAOER_INVALID_ARGUMENT;
    const xiaoer::Result& filled = result->filled;
    const xiaoer::ActionItem& action = filled.actions[index];
    ours->action = to_text(filled.text(action.action));
    ours->intent_id = to_text(filled.text(action.intent));
    ours->requires_person = action.requires_person ? 1 : 0;
    ours->argument_count = action.arguments.count;
    return XIAOER_OK;
  });
}

xiaoer_status xiaoer_result_argument(const xiaoer_result* result, size_t action, size_t index,
                                     xiaoer_argument* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (!in_range(result, XIAOER_ACTION, action)) return XIAOER_INVALID_ARGUMENT;
  const xiaoer::Result& filled = result->filled;
  const xiaoer::ItemRange range = filled.actions[action].arguments;
  if (index >= range.count) return XIAOER_INVALID_ARGUMENT;
  const xiaoer::ArgumentItem& argument = filled.arguments[range.first + index];
  *out = {to_text(filled.text(argument.name)),
          to_text(filled.text(argument.value)),
          to_text(filled.text(argument.source)),
          {argument.span.begin, argument.span.end}};
  return XIAOER_OK;
}

xiaoer_status xiaoer_result_bargain(const xiaoer_result* result, xiaoer_bargain* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (result == nullptr) return XIAOER_INVALID_ARGUMENT;
  const xiaoer::Result& filled = result->filled;
  if (!filled.bargain.present) return XIAOER_NOT_FOUND;
  out->move = to_text(filled.text(filled.bargain.move));
  out->offer = to_text(filled.text(filled.bargain.offer));
  out->round = filled.bargain.round;
  out->floor_respected = filled.bargain.floor_respected ? 1 : 0;
  out->why_count = filled.bargain.why.count;
  return XIAOER_OK;
}

xiaoer_status xiaoer_result_bargain_why(const xiaoer_result* result, size_t reason,
                                        xiaoer_reason* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (result == nullptr) return XIAOER_INVALID_ARGUMENT;
  return fill_reason(result->filled, result->filled.bargain.why, reason, out);
}

xiaoer_status xiaoer_result_conversation(const xiaoer_result* result, xiaoer_conversation* out) {
  return fill_struct(out, [result](xiaoer_conversation* ours) -> xiaoer_status {
    if (result == nullptr) return XIAOER_INVALID_ARGUMENT;
    const xiaoer::Result& filled = result->filled;
    const xiaoer::ConversationItem& item = filled.conversation;
    ours->silence = to_text(filled.text(item.silence));
    ours->returns_to = to_text(filled.text(item.returns_to));
    ours->person_until = item.person_until;
    ours->turn = item.turn;
    ours->unhelpful = item.unhelpful;
    ours->continues = item.continues ? 1 : 0;
    ours->person_in_charge = item.person_in_charge ? 1 : 0;
    ours->order_step_count = item.order_steps.count;
    return XIAOER_OK;
  });
}

size_t xiaoer_result_ledger_count(const xiaoer_result* result, xiaoer_ledger ledger) {
  return result == nullptr ? 0 : ledger_of(result->filled, ledger).count;
}

xiaoer_status xiaoer_result_ledger_entry(const xiaoer_result* result, xiaoer_ledger ledger,
                                         size_t index, xiaoer_text* out) {
  if (out == nullptr) return XIAOER_INVALID_ARGUMENT;
  *out = {};
  if (index >= xiaoer_result_ledger_count(result, ledger)) return XIAOER_INVALID_ARGUMENT;
  const xiaoer::Result& filled = result->filled;
  *out = to_text(filled.text(filled.texts[ledger_of(filled, ledger).first + index]));
  return XIAOER_OK;
}

xiaoer_status xiaoer_result_order_step(const xiaoer_result* result, size_t index,
                                       xiaoer_text* state, int64_t* at) {
  if (state == nullptr || at == nullptr) return XIAOER_INVALID_ARGUMENT;
  *state = {};
  *at = 0;
  if (result == nullptr || index >= result->filled.conversation.order_steps.count) {
    return XIAOER_INVALID_ARGUMENT;
  }
  const xiaoer::Result& filled = result->filled;
  const xiaoer::OrderStepItem& step =
      filled.order_steps[filled.conversation.order_steps.first + index];
  *state = to_text(filled.text(step.state));
  *at = step.at;
  return XIAOER_OK;
}

}  // extern "C"
