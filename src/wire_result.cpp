// A result as JSON.

#include "wire.hpp"
#include "wire_case.hpp"
#include "wire_items.hpp"

namespace xiaoer::wire {
namespace {

class ResultWriter : private ItemWriter {
 public:
  ResultWriter(std::string_view message, const Result& result, std::string* out)
      : ItemWriter(message, result, out) {}

  void write(std::string_view id_json) {
    writer_.begin_object();
    writer_.key("id").raw(id_json);
    field("decision", name_of(result_.decision));
    write_intents();
    write_entities("entities");
    write_replies();
    write_techniques();
    write_guard();
    write_guidance(*this);
    write_actions(*this);
    write_links(*this);
    write_handoff(*this);
    write_buyer(*this);
    write_bargain();
    write_conversation();
    if (!result_.near_misses.empty()) write_near_misses();
    field("stage", result_.stage);
    field("order_state", result_.order_state);
    field_or_null("objection", result_.objection);
    field_or_null("complaint", result_.complaint);
    writer_.end_object();
  }

 private:
  void write_intents() {
    writer_.key("intents").begin_array();
    for (const IntentItem& intent : result_.intents) {
      writer_.begin_object();
      field("id", intent.id);
      field("title", intent.title);
      score(intent.score);
      span("span", intent.span);
      why(intent.why);
      writer_.end_object();
    }
    writer_.end_array();
  }

  void write_replies() {
    writer_.key("replies").begin_array();
    for (const ReplyItem& reply : result_.replies) {
      writer_.begin_object();
      field("id", reply.id);
      writer_.key("intents").begin_array();
      for (uint32_t i = 0; i < reply.intents.count; ++i) {
        const uint32_t intent = result_.reply_intents[reply.intents.first + i];
        writer_.value(result_.text(result_.intents[intent].id));
      }
      writer_.end_array();
      field("text", reply.text);
      score(reply.score);
      why(reply.why);
      writer_.end_object();
    }
    writer_.end_array();
  }

  void write_techniques() {
    writer_.key("techniques").begin_array();
    for (const TechniqueItem& technique : result_.techniques) {
      writer_.begin_object();
      field("id", technique.technique);
      field("rule", technique.id);
      score(technique.score);
      why(technique.why);
      field("text", technique.text);
      writer_.end_object();
    }
    writer_.end_array();
  }

  void write_guard() {
    writer_.key("guard").begin_array();
    for (const GuardItem& item : result_.guard) {
      writer_.begin_object();
      field("rule", item.rule);
      field("id", item.id);
      field("detail", item.detail);
      writer_.end_object();
    }
    writer_.end_array();
  }

  void write_bargain() {
    const BargainItem& bargain = result_.bargain;
    writer_.key("bargain");
    if (!bargain.present) {
      writer_.null();
      return;
    }
    writer_.begin_object();
    field("move", bargain.move);
    writer_.key("round").value(static_cast<int64_t>(bargain.round));
    writer_.key("offer");
    if (bargain.offer.size == 0) {
      writer_.null();
    } else {
      writer_.raw(result_.text(bargain.offer));
    }
    writer_.key("floor_respected").value(bargain.floor_respected);
    why(bargain.why);
    writer_.end_object();
  }

  // 0: unknown.
  void time(std::string_view key, int64_t seconds) {
    writer_.key(key);
    if (seconds == 0) {
      writer_.null();
    } else {
      writer_.value(seconds);
    }
  }

  void write_conversation() {
    const ConversationItem& item = result_.conversation;
    writer_.key("conversation").begin_object();
    field_or_null("silence", item.silence);
    writer_.key("turn").value(item.turn);
    writer_.key("continues").value(item.continues);
    writer_.key("person_in_charge").value(item.person_in_charge);
    time("person_until", item.person_until);
    writer_.key("unhelpful").value(item.unhelpful);
    field_or_null("returns_to", item.returns_to);
    texts("asked", item.asked);
    texts("given", item.given);
    texts("answered", item.answered);
    texts("offered", item.offered);
    writer_.key("order_steps").begin_array();
    for (uint32_t i = 0; i < item.order_steps.count; ++i) {
      const OrderStepItem& step = result_.order_steps[item.order_steps.first + i];
      writer_.begin_object();
      field("state", step.state);
      time("at", step.at);
      writer_.end_object();
    }
    writer_.end_array();
    writer_.end_object();
  }

  void write_near_misses() {
    writer_.key("near_misses").begin_array();
    for (const NearMissItem& miss : result_.near_misses) {
      writer_.begin_object();
      field("id", miss.id);
      score(miss.score);
      why(miss.why);
      writer_.end_object();
    }
    writer_.end_array();
  }
};

}  // namespace

void write_result(std::string_view id_json, std::string_view message, const Result& result,
                  std::string* out) {
  ResultWriter(message, result, out).write(id_json);
}

}  // namespace xiaoer::wire
