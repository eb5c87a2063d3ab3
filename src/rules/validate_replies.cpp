#include <algorithm>
#include <unordered_set>
#include <utility>

#include "rules/template.hpp"
#include "rules/validate.hpp"

namespace xiaoer::rules {
namespace {

// Whether some variant of the reply can be rendered whenever its intent is heard: always, or while
// the intent's campaign runs.
bool is_always_ready(const ReplySource& reply, const Validity& heard) {
  Condition when = reply.when;
  if (when.valid_from == heard.from) when.valid_from.reset();
  if (when.valid_to == heard.to) when.valid_to.reset();
  if (!when.always()) return false;
  return std::any_of(reply.variants.begin(), reply.variants.end(), [](const ExampleSource& text) {
    std::vector<TemplatePiece> pieces;
    PhraseError error;
    return parse_template(text.text, &pieces, &error) &&
           std::none_of(pieces.begin(), pieces.end(), [](const TemplatePiece& piece) {
             return piece.is_variable && !piece.fallback;
           });
  });
}

class ReplyChecker {
 public:
  explicit ReplyChecker(ParseContext& context) : context_(context), draft_(context.draft()) {}

  void run() {
    const Settings& settings = draft_.pack.settings;
    for (size_t i = 0; i < settings.fallback.size(); ++i) {
      refer(settings.fallback[i], draft_.fallback_places[i]);
    }
    bool holding_ready = false;
    for (size_t i = 0; i < settings.holding.size(); ++i) {
      holding_ready = refer(settings.holding[i], draft_.holding_places[i]) || holding_ready;
    }
    const ConversationSettings& conversation = settings.conversation;
    refer_all(conversation.not_helped, draft_.not_helped_places);
    refer_all(conversation.given, draft_.given_places);
    for (const IntentSource& intent : draft_.pack.intents) check_intent(intent, holding_ready);
    context_.rule_id.clear();
    report_unused();
  }

 private:
  // Whether `id` names a reply that is always ready; reports it when it names none.
  bool refer(const std::string& id, const Place& place, const Validity& heard = {}) {
    const auto found = draft_.reply_index.find(id);
    if (found == draft_.reply_index.end() ||
        draft_.reply_notes[found->second].kind != Wording::kReply) {
      report_unknown(id, place);
      return false;
    }
    used_.insert(id);
    return is_always_ready(draft_.pack.replies[found->second], heard);
  }

  void refer_all(const std::vector<std::string>& ids, const std::vector<Place>& places) {
    for (size_t i = 0; i < ids.size(); ++i) refer(ids[i], places[i]);
  }

  void report_unknown(const std::string& id, const Place& place) {
    if (!draft_.complete) return;
    std::vector<std::string_view> known;
    context_.add_candidates(
        draft_.pack.replies, [](const ReplySource& reply) { return std::string_view(reply.id); },
        &known);
    context_.error("unknown-reply", place, context_.unknown(id, known));
  }

  void check_intent(const IntentSource& intent, bool holding_ready) {
    context_.rule_id = intent.id;
    bool ready = intent.policy == Policy::kHandoff && holding_ready;
    for (size_t i = 0; i < intent.replies.size(); ++i) {
      ready = refer(intent.replies[i], intent.reply_places[i], intent.valid) || ready;
    }
    for (size_t i = 0; i < intent.holding.size(); ++i) {
      refer(intent.holding[i], intent.holding_places[i]);
    }
    if (!draft_.complete) return;
    check_kind(intent);
    // Nothing need be said to a card of the platform, nor of every event.
    if (intent.event != Event::kNone) return;
    if (!ready && !intent.system)
      context_.error("no-unconditional-reply", intent.place, {intent.id});
    if (intent.patterns.empty() && intent.examples.empty()) {
      context_.warning("unreachable-intent", intent.place, {intent.id});
    }
  }

  // An event is no message, and a condition of the intent as a whole is for events; what is never
  // answered must be no one's complaint.
  void check_kind(const IntentSource& intent) {
    const bool event = intent.event != Event::kNone;
    const bool heard = !intent.patterns.empty() || !intent.examples.empty();
    if (event && heard) {
      context_.error("conflicting-keys", intent.place, {"event", "patterns"});
    }
    if (event && intent.system) {
      context_.error("conflicting-keys", intent.place, {"event", "system"});
    }
    if (!event && !intent.when.always()) {
      context_.error("conflicting-keys", intent.when.place, {"when", "patterns"});
    }
    if (intent.system && intent.policy != Policy::kAuto) {
      context_.error("conflicting-keys", intent.place, {"system", "policy"});
    }
  }

  // Only of the newest level: what an overlay left unused of a vendor's pack is nobody's fault.
  void report_unused() {
    if (!draft_.complete) return;
    for (size_t i = 0; i < draft_.pack.replies.size(); ++i) {
      const ReplySource& reply = draft_.pack.replies[i];
      if (draft_.reply_notes[i].kind != Wording::kReply || used_.contains(reply.id)) continue;
      if (!draft_.is_newest(draft_.reply_notes[i].level)) continue;
      context_.rule_id = reply.id;
      context_.warning("unused-reply", reply.place, {reply.id});
    }
    context_.rule_id.clear();
  }

  ParseContext& context_;
  Draft& draft_;
  std::unordered_set<std::string> used_;
};

}  // namespace

void validate_replies(ParseContext& context) {
  ReplyChecker(context).run();
  for (const ReplySource& reply : context.pack().replies) {
    const auto contradiction = find_contradiction(reply.when);
    if (!contradiction) continue;
    context.rule_id = reply.id;
    context.error("impossible-condition", reply.when.place, {contradiction->zh, contradiction->en});
  }
  context.rule_id.clear();
}

}  // namespace xiaoer::rules
