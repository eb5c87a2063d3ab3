// `buyer`: what shows a mood, a trait, or that a complaint is a major one.

#include <utility>

#include "rules/parse.hpp"

namespace xiaoer::rules {
namespace {

using json::Type;
using Shows = CueSource::Shows;

void show(CueSource& target, Shows shows, size_t value) {
  target.shows = shows;
  target.value = static_cast<uint8_t>(value);
}

// A cue is heard in whatever conversation, so what depends on one is refused.
void read_phrases(ParseContext& context, const Node& node, CueSource& target) {
  const size_t before = target.patterns.size();
  read_patterns(context, node, target.patterns);
  for (size_t i = before; i < target.patterns.size(); ++i) {
    const PatternSource& pattern = target.patterns[i];
    if (pattern.when.always() && pattern.after.empty()) continue;
    context.error("cue-with-condition", pattern.place);
  }
}

void read_intents(ParseContext& context, const Node& node, CueSource& target) {
  for (PlacedText& text : read_texts(context, node, true)) {
    target.intents.push_back(std::move(text.text));
    target.intent_places.push_back(std::move(text.place));
  }
}

constexpr Field<CueSource> kCueFields[] = {
    {"id", skip_field<CueSource>},
    {"disabled", skip_field<CueSource>},
    {"emotion",
     [](ParseContext& context, const Node& node, CueSource& target) {
       if (auto name = read_name(context, node, emotion_names(), 0)) {
         show(target, Shows::kEmotion, *name);
       }
     }},
    {"type",
     [](ParseContext& context, const Node& node, CueSource& target) {
       if (auto name = read_name(context, node, type_names(), 0)) {
         show(target, Shows::kTrait, *name);
       }
     }},
    {"psychology",
     [](ParseContext& context, const Node& node, CueSource& target) {
       if (auto name = read_name(context, node, psychology_names(), 0)) {
         show(target, Shows::kTrait, static_cast<size_t>(Trait::kCalculation) + *name);
       }
     }},
    {"major",
     [](ParseContext& context, const Node& node, CueSource& target) {
       if (auto name = read_name(context, node, major_names(), 0)) {
         show(target, Shows::kMajor, *name);
       }
     }},
    {"points", [](ParseContext& context, const Node& node,
                  CueSource& target) { target.points = read_number(context, node, 0, 1); }},
    {"phrases",
     [](ParseContext& context, const Node& node, CueSource& target) {
       target.patterns.clear();
       read_phrases(context, node, target);
     }},
    {"phrases+", read_phrases},
    {"intents",
     [](ParseContext& context, const Node& node, CueSource& target) {
       target.intents.clear();
       target.intent_places.clear();
       read_intents(context, node, target);
     }},
    {"intents+", read_intents},
};

constexpr std::string_view kShown[] = {"emotion", "type", "psychology", "major"};

// A cue shows one thing.
void check_shown(ParseContext& context, const Node& node, bool is_new) {
  Node first;
  for (const std::string_view key : kShown) {
    const Node found = node.find(key);
    if (found.value == nullptr) continue;
    if (first.value != nullptr) {
      context.error("conflicting-keys", found.place(),
                    {first.pointer.substr(first.pointer.rfind('/') + 1), std::string(key)});
    }
    first = found;
  }
  if (first.value == nullptr && is_new) report_missing_key(context, node, kShown[0]);
}

void read_cue(ParseContext& context, const Node& node) {
  const auto id = read_id(context, node);
  CueSource unnamed;
  if (!id) return read_fields<CueSource>(context, node, kCueFields, unnamed);
  context.rule_id = *id;
  Draft& draft = context.draft();
  size_t position = 0;
  const EntryState state = open_entry(context, *id, node.place(), draft.cue_index, draft.pack.cues,
                                      draft.cue_notes, &position);
  if (state == EntryState::kDuplicate) {
    return read_fields<CueSource>(context, node, kCueFields, unnamed);
  }
  const Node disabled = node.find("disabled");
  EntryNotes& notes = draft.cue_notes[position];
  notes.disabled = disabled.value != nullptr && read_bool(context, disabled).value_or(false);
  if (state == EntryState::kNew && notes.disabled && context.is_overlay()) {
    context.error("nothing-to-change", disabled.place(), {*id});
  }
  CueSource& cue = draft.pack.cues[position];
  cue.id = *id;
  cue.place = node.place();
  check_shown(context, node, state == EntryState::kNew && !notes.disabled);
  read_fields<CueSource>(context, node, kCueFields, cue);
}

}  // namespace

void read_buyer_section(ParseContext& context, const Node& node) {
  if (!expect(context, node, Type::kArray)) return;
  const size_t limit = context.options().max_intents;
  for (size_t i = 0; i < node.value->items.size(); ++i) {
    const Node item = node.item(i);
    if (expect(context, item, Type::kObject)) read_cue(context, item);
    context.rule_id.clear();
    if (context.pack().cues.size() > limit) {
      context.error("limit-intents", item.place(), {std::to_string(limit)});
      break;
    }
  }
}

}  // namespace xiaoer::rules
