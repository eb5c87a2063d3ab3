// `intents`.

#include <limits>
#include <utility>

#include "rules/parse.hpp"

namespace xiaoer::rules {
namespace {

using json::Type;

void append_examples(ParseContext& context, const Node& node, std::vector<ExampleSource>& target) {
  for (PlacedText& text : read_texts(context, node, false)) {
    target.push_back({std::move(text.text), std::move(text.place)});
  }
}

// An id for a reply written in place without one: <intent>#1, #2 ...
std::string free_reply_id(const Draft& draft, const std::string& intent, size_t from) {
  for (size_t n = from;; ++n) {
    std::string id = intent + '#' + std::to_string(n);
    if (!draft.reply_index.contains(id)) return id;
  }
}

void append_replies(ParseContext& context, const Node& node, IntentSource& target) {
  if (!expect(context, node, Type::kArray)) return;
  Draft& draft = context.draft();
  IntentNotes& notes = draft.intent_notes[draft.intent_index.at(target.id)];
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    std::string id;
    if (item.value->is(Type::kString)) {
      id = item.value->text;
    } else if (!expect(context, item, Type::kObject)) {
      continue;
    } else if (item.value->find("id") != nullptr) {
      const auto own = read_id(context, item);
      if (!own) continue;
      id = *own;
      read_reply(context, item, id, Wording::kReply);
    } else {
      id = free_reply_id(draft, target.id, notes.own_replies.size() + 1);
      notes.own_replies.push_back(id);
      read_reply(context, item, id, Wording::kReply);
    }
    target.replies.push_back(std::move(id));
    target.reply_places.push_back(item.place());
  }
}

// Holding replies of the intent's own; a list, replaced as a whole.
void read_holding(ParseContext& context, const Node& node, IntentSource& target) {
  target.holding.clear();
  target.holding_places.clear();
  for (PlacedText& text : read_texts(context, node, true)) {
    target.holding.push_back(std::move(text.text));
    target.holding_places.push_back(std::move(text.place));
  }
}

void read_sentence(ParseContext& context, const Node& node, std::string* target) {
  if (auto text = read_text(context, node)) *target = std::move(*text);
}

// Replies that an older level wrote in place go with the list that held them.
void replace_replies(ParseContext& context, const Node& node, IntentSource& target) {
  Draft& draft = context.draft();
  IntentNotes& notes = draft.intent_notes[draft.intent_index.at(target.id)];
  for (const std::string& id : notes.own_replies) {
    const auto found = draft.reply_index.find(id);
    draft.reply_notes[found->second].disabled = true;
    draft.reply_index.erase(found);
  }
  notes.own_replies.clear();
  target.replies.clear();
  target.reply_places.clear();
  append_replies(context, node, target);
}

void append_techniques(ParseContext& context, const Node& node, IntentSource& target) {
  for (const PlacedText& text : read_texts(context, node, false)) {
    const auto name = find_name(context, text.text, text.place, technique_names(), 1);
    if (name) target.techniques.push_back(static_cast<Technique>(*name));
  }
}

void append_manners(ParseContext& context, const Node& node, IntentSource& target) {
  for (const PlacedText& text : read_texts(context, node, false)) {
    const auto name = find_name(context, text.text, text.place, manner_names(), 0);
    if (!name) continue;
    target.manners.push_back(
        static_cast<Technique>(static_cast<size_t>(Technique::kYield) + *name));
  }
}

constexpr Field<IntentSource> kTestFields[] = {
    {"hit", [](ParseContext& context, const Node& node,
               IntentSource& target) { append_examples(context, node, target.hits); }},
    {"miss", [](ParseContext& context, const Node& node,
                IntentSource& target) { append_examples(context, node, target.misses); }},
};

void read_tests(ParseContext& context, const Node& node, IntentSource& target) {
  target.hits.clear();
  target.misses.clear();
  if (!expect(context, node, Type::kObject)) return;
  read_fields<IntentSource>(context, node, kTestFields, target);
}

void read_policy(ParseContext& context, const Node& node, IntentSource& target) {
  const auto name = read_name(context, node, policy_names(), 0);
  if (!name) return;
  target.policy = static_cast<Policy>(*name);
  Draft& draft = context.draft();
  draft.intent_notes[draft.intent_index.at(target.id)].policy_place = node.place();
}

constexpr Field<IntentSource> kIntentFields[] = {
    {"id", skip_field<IntentSource>},
    {"disabled", skip_field<IntentSource>},
    {"title",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       if (auto text = read_text(context, node)) target.title = std::move(*text);
     }},
    {"stage",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       if (auto name = read_name(context, node, stage_names(), 1)) {
         target.stage = static_cast<Stage>(*name);
       }
     }},
    {"policy", read_policy},
    {"objection",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       if (auto name = read_name(context, node, objection_names(), 1)) {
         target.objection = static_cast<Objection>(*name);
       }
     }},
    {"route",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       if (auto name = read_name(context, node, route_names(), 0)) {
         target.route = static_cast<Route>(*name);
       }
     }},
    {"bargain",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       if (auto name = read_name(context, node, ask_names(), 0)) {
         target.ask = static_cast<Ask>(*name);
       }
     }},
    {"intercept",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       target.intercept = read_bool(context, node).value_or(false);
     }},
    {"pinned",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       target.pinned = read_bool(context, node).value_or(false);
     }},
    {"system",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       target.system = read_bool(context, node).value_or(false);
     }},
    {"event",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       if (auto name = read_name(context, node, event_names(), 1)) {
         target.event = static_cast<Event>(*name);
       }
     }},
    {"when", [](ParseContext& context, const Node& node,
                IntentSource& target) { target.when = read_condition(context, node); }},
    {"priority", [](ParseContext& context, const Node& node,
                    IntentSource& target) { target.priority = read_priority(context, node); }},
    {"patterns",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       target.patterns.clear();
       read_patterns(context, node, target.patterns);
     }},
    {"patterns+", [](ParseContext& context, const Node& node,
                     IntentSource& target) { read_patterns(context, node, target.patterns); }},
    {"examples",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       target.examples.clear();
       append_examples(context, node, target.examples);
     }},
    {"examples+", [](ParseContext& context, const Node& node,
                     IntentSource& target) { append_examples(context, node, target.examples); }},
    {"tests", read_tests},
    {"replies", replace_replies},
    {"replies+", append_replies},
    {"techniques",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       target.techniques.clear();
       append_techniques(context, node, target);
     }},
    {"techniques+", append_techniques},
    {"manners",
     [](ParseContext& context, const Node& node, IntentSource& target) {
       target.manners.clear();
       append_manners(context, node, target);
     }},
    {"manners+", append_manners},
    {"needs", [](ParseContext& context, const Node& node,
                 IntentSource& target) { target.needs = read_plain_texts(context, node, true); }},
    {"next_step", [](ParseContext& context, const Node& node,
                     IntentSource& target) { read_sentence(context, node, &target.next_step); }},
    {"wish", [](ParseContext& context, const Node& node,
                IntentSource& target) { read_sentence(context, node, &target.wish); }},
    {"holding", read_holding},
    {"actions", [](ParseContext& context, const Node& node,
                   IntentSource& target) { target.actions = read_actions(context, node); }},
};

constexpr std::string_view kAppendable[] = {"patterns", "examples", "replies", "techniques",
                                            "manners"};

void check_appends(ParseContext& context, const Node& node, bool is_new) {
  for (const std::string_view key : kAppendable) {
    const Node append = node.find(std::string(key) + '+');
    if (append.value == nullptr) continue;
    if (is_new) {
      context.error("append-without-base", append.place(), {std::string(key) + '+'});
    } else if (node.value->find(key) != nullptr) {
      context.error("conflicting-keys", append.place(), {std::string(key), std::string(key) + '+'});
    }
  }
}

// A campaign adds to the intents of the pack below; what it changed would stay changed.
void check_campaign(ParseContext& context, const Node& node) {
  for (const json::Member& member : node.value->members) {
    const bool adds = member.name == "id" || member.name == "tests" || member.name.ends_with('+');
    if (!adds) refuse_in_campaign(context, node.child(member), member.name);
  }
}

// Phrases without examples, or the reverse, in place of those of the pack below: who writes an
// intent anew gives both, who means to add has forgotten the plus.
std::optional<Replaced> half_replaced(const Node& node, const IntentSource& older) {
  const Node patterns = node.find("patterns"), examples = node.find("examples");
  const bool phrases = patterns.value != nullptr;
  if (phrases == (examples.value != nullptr)) return std::nullopt;
  const size_t dropped = phrases ? older.patterns.size() : older.examples.size();
  if (dropped == 0) return std::nullopt;
  if (phrases) return Replaced{"patterns", dropped, patterns.place()};
  return Replaced{"examples", dropped, examples.place()};
}

// Reads an intent that has no usable id, or came before: only to tell its other problems.
void read_in_vain(ParseContext& context, const Node& node) {
  for (const json::Member& member : node.value->members) {
    bool known = false;
    std::vector<std::string_view> names;
    for (const Field<IntentSource>& field : kIntentFields) {
      known = known || field.key == member.name;
      names.push_back(field.key);
    }
    if (!known) report_unknown_key(context, node, member, names);
  }
}

void read_intent(ParseContext& context, const Node& node) {
  const auto id = read_id(context, node);
  if (!id) return read_in_vain(context, node);
  context.rule_id = *id;
  Draft& draft = context.draft();
  size_t position = 0;
  const EntryState state = open_entry(context, *id, node.place(), draft.intent_index,
                                      draft.pack.intents, draft.intent_notes, &position);
  if (state == EntryState::kDuplicate) return read_in_vain(context, node);

  const Node disabled = node.find("disabled");
  IntentNotes& notes = draft.intent_notes[position];
  notes.disabled = disabled.value != nullptr && read_bool(context, disabled).value_or(false);
  notes.policy_place.reset();
  if (state == EntryState::kNew && notes.disabled && context.is_overlay()) {
    context.error("nothing-to-change", disabled.place(), {*id});
  }
  check_appends(context, node, state == EntryState::kNew);
  IntentSource& intent = draft.pack.intents[position];
  intent.id = *id;
  intent.place = node.place();
  if (state == EntryState::kNew) intent.valid = draft.valid;
  if (state == EntryState::kChanged) check_campaign(context, node);
  notes.replaced = half_replaced(node, intent);
  read_fields<IntentSource>(context, node, kIntentFields, intent);
}

}  // namespace

void read_intents_section(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kArray)) return;
  const size_t limit = context.options().max_intents;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (expect(context, item, Type::kObject)) read_intent(context, item);
    context.rule_id.clear();
    if (context.pack().intents.size() > limit) {
      context.error("limit-intents", item.place(), {std::to_string(limit)});
      break;
    }
  }
}

}  // namespace xiaoer::rules
