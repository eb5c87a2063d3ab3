// `replies`, `techniques` and `manners`: sections, and replies written in place.

#include <utility>

#include "rules/parse.hpp"

namespace xiaoer::rules {
namespace {

using json::Type;

void read_variants(ParseContext& context, const Node& node, ReplySource& target) {
  target.variants.clear();
  for (PlacedText& text : read_texts(context, node, true)) {
    target.variants.push_back({std::move(text.text), std::move(text.place)});
  }
  if (node.value->is(Type::kArray) && node.value->items.empty()) {
    context.error("empty-list", node.place(), {"variants"});
  }
}

void read_when(ParseContext& context, const Node& node, ReplySource& target) {
  target.when = read_condition(context, node);
}

void read_why(ParseContext& context, const Node& node, ReplySource& target) {
  if (auto text = read_text(context, node)) target.why = std::move(*text);
}

// Names of Occasion in the order of its values.
constexpr std::string_view kOccasionNames[] = {"doubt", "misunderstanding", "drawback", "bargain",
                                               "hesitate"};

void read_occasions(ParseContext& context, const Node& node, ReplySource& target) {
  target.occasions = 0;
  for (const PlacedText& text : read_texts(context, node, true)) {
    const auto name = find_name(context, text.text, text.place, kOccasionNames, 0);
    if (name) target.occasions |= 1u << *name;
  }
}

void read_suits(ParseContext& context, const Node& node, ReplySource& target) {
  target.suits = 0;
  for (const PlacedText& text : read_texts(context, node, true)) {
    const auto name = find_name(context, text.text, text.place, trait_names(), 0);
    if (name) target.suits |= 1u << *name;
  }
}

void read_policy(ParseContext& context, const Node& node, ReplySource& target) {
  // A reply cannot hand over: that is for what the buyer wants, not for what is said.
  const auto names = policy_names().first(static_cast<size_t>(Policy::kHandoff));
  if (const auto name = read_name(context, node, names, 0)) {
    target.policy = static_cast<Policy>(*name);
  }
}

constexpr Field<ReplySource> kReplyFields[] = {
    {"id", skip_field<ReplySource>},
    {"when", read_when},
    {"variants", read_variants},
    {"policy", read_policy},
    {"priority", [](ParseContext& context, const Node& node,
                    ReplySource& target) { target.priority = read_priority(context, node); }},
    {"disabled", skip_field<ReplySource>},
};

constexpr Field<ReplySource> kTechniqueFields[] = {
    {"id", skip_field<ReplySource>},
    {"when", read_when},
    {"variants", read_variants},
    {"disabled", skip_field<ReplySource>},
    {"technique",
     [](ParseContext& context, const Node& node, ReplySource& target) {
       if (auto name = read_name(context, node, technique_names(), 1)) {
         target.technique = static_cast<Technique>(*name);
       }
     }},
    {"suits", read_suits},
    {"why", read_why},
};

constexpr Field<ReplySource> kMannerFields[] = {
    {"id", skip_field<ReplySource>},
    {"when", read_when},
    {"variants", read_variants},
    {"disabled", skip_field<ReplySource>},
    {"manner",
     [](ParseContext& context, const Node& node, ReplySource& target) {
       if (auto name = read_name(context, node, manner_names(), 0)) {
         target.technique = static_cast<Technique>(static_cast<size_t>(Technique::kYield) + *name);
       }
     }},
    {"objections", read_occasions},
    {"why", read_why},
};

std::span<const Field<ReplySource>> fields_of(Wording kind) {
  if (kind == Wording::kTechnique) return kTechniqueFields;
  if (kind == Wording::kManner) return kMannerFields;
  return kReplyFields;
}

void require(ParseContext& context, const Node& node, std::string_view key) {
  if (node.value->find(key) == nullptr) report_missing_key(context, node, key);
}

void read_section(ParseContext& context, const Node& node, Wording kind) {
  if (!expect(context, node, Type::kArray)) return;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (!expect(context, item, Type::kObject)) continue;
    if (const auto id = read_id(context, item)) {
      read_reply(context, item, *id, kind);
    } else {
      // Without an id there is nothing to keep, but its other problems are worth telling.
      ReplySource unnamed;
      read_fields<ReplySource>(context, item, fields_of(kind), unnamed);
    }
  }
}

}  // namespace

void read_reply(ParseContext& context, const Node& node, const std::string& id, Wording kind) {
  const std::string outer = std::exchange(context.rule_id, id);
  Draft& draft = context.draft();
  ReplySource scratch;
  ReplySource* reply = &scratch;
  size_t position = 0;
  const EntryState state = open_entry(context, id, node.place(), draft.reply_index,
                                      draft.pack.replies, draft.reply_notes, &position);
  if (state != EntryState::kDuplicate) reply = &draft.pack.replies[position];
  const bool disabled = node.find("disabled").value != nullptr &&
                        read_bool(context, node.find("disabled")).value_or(false);
  if (state == EntryState::kNew && disabled) {
    if (context.is_overlay()) context.error("nothing-to-change", node.place(), {id});
  } else if (state == EntryState::kNew) {
    require(context, node, "variants");
    if (kind == Wording::kTechnique) require(context, node, "technique");
    if (kind == Wording::kManner) require(context, node, "manner");
    if (kind != Wording::kReply) require(context, node, "why");
  } else if (state == EntryState::kChanged && kind != draft.reply_notes[position].kind) {
    context.error("duplicate-id", node.place(),
                  {id, reply->place.file, std::to_string(reply->place.line)});
    reply = &scratch;
  }
  if (reply != &scratch) {
    draft.reply_notes[position].disabled = disabled;
    draft.reply_notes[position].kind = kind;
  }
  reply->id = id;
  reply->place = node.place();
  read_fields<ReplySource>(context, node, fields_of(kind), *reply);
  if (state == EntryState::kChanged) refuse_in_campaign(context, node, id);
  narrow_to_campaign(context, &reply->when);
  context.rule_id = outer;
}

void read_replies_section(ParseContext& context, const Node& node) {
  read_section(context, node, Wording::kReply);
}

void read_techniques_section(ParseContext& context, const Node& node) {
  read_section(context, node, Wording::kTechnique);
}

void read_manners_section(ParseContext& context, const Node& node) {
  read_section(context, node, Wording::kManner);
}

}  // namespace xiaoer::rules
