// `replies` and `techniques`: sections, and replies written in place.

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

constexpr Field<ReplySource> kReplyFields[] = {
    {"id", skip_field<ReplySource>},
    {"when", read_when},
    {"variants", read_variants},
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
    {"why",
     [](ParseContext& context, const Node& node, ReplySource& target) {
       if (auto text = read_text(context, node)) target.why = std::move(*text);
     }},
};

void require(ParseContext& context, const Node& node, std::string_view key) {
  if (node.value->find(key) == nullptr) report_missing_key(context, node, key);
}

void read_section(ParseContext& context, const Node& node, bool is_technique) {
  if (!expect(context, node, Type::kArray)) return;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (!expect(context, item, Type::kObject)) continue;
    if (const auto id = read_id(context, item)) {
      read_reply(context, item, *id, is_technique);
    } else {
      // Without an id there is nothing to keep, but its other problems are worth telling.
      ReplySource unnamed;
      const std::span<const Field<ReplySource>> fields =
          is_technique ? std::span<const Field<ReplySource>>(kTechniqueFields) : kReplyFields;
      read_fields<ReplySource>(context, item, fields, unnamed);
    }
  }
}

}  // namespace

void read_reply(ParseContext& context, const Node& node, const std::string& id, bool is_technique) {
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
    if (is_technique) require(context, node, "technique");
    if (is_technique) require(context, node, "why");
  } else if (state == EntryState::kChanged &&
             is_technique != draft.reply_notes[position].is_technique) {
    context.error("duplicate-id", node.place(),
                  {id, reply->place.file, std::to_string(reply->place.line)});
    reply = &scratch;
  }
  if (reply != &scratch) {
    draft.reply_notes[position].disabled = disabled;
    draft.reply_notes[position].is_technique = is_technique;
  }
  reply->id = id;
  reply->place = node.place();
  const std::span<const Field<ReplySource>> fields =
      is_technique ? std::span<const Field<ReplySource>>(kTechniqueFields) : kReplyFields;
  read_fields<ReplySource>(context, node, fields, *reply);
  context.rule_id = outer;
}

void read_replies_section(ParseContext& context, const Node& node) {
  read_section(context, node, false);
}

void read_techniques_section(ParseContext& context, const Node& node) {
  read_section(context, node, true);
}

}  // namespace xiaoer::rules
