// How the levels of a chain of overlays act on one another, beyond replacing and appending fields.

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "rules/parse.hpp"

namespace xiaoer::rules {
namespace {

// Removes what was disabled and closes the gaps; the index is of no use afterwards and is made
// anew.
template <class T, class Notes, class Name>
void erase_disabled(std::vector<T>* entries, std::vector<Notes>* notes,
                    std::unordered_map<std::string, size_t>* index, Name name) {
  size_t kept = 0;
  index->clear();
  for (size_t i = 0; i < entries->size(); ++i) {
    if ((*notes)[i].disabled) continue;
    if (kept != i) {
      (*entries)[kept] = std::move((*entries)[i]);
      (*notes)[kept] = std::move((*notes)[i]);
    }
    index->emplace(name((*entries)[kept]), kept);
    ++kept;
  }
  entries->resize(kept);
  notes->resize(kept);
}

template <class T, class Notes, class Name>
std::unordered_set<std::string> disabled_names(const std::vector<T>& entries,
                                               const std::vector<Notes>& notes, Name name) {
  std::unordered_set<std::string> names;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (notes[i].disabled) names.insert(name(entries[i]));
  }
  return names;
}

void drop_reply_references(Draft* draft, const std::unordered_set<std::string>& gone) {
  const auto is_gone = [&](const std::string& id) {
    return gone.contains(id) && !draft->reply_index.contains(id);
  };
  const auto drop = [&](std::vector<std::string>* ids, std::vector<Place>* places) {
    for (size_t i = ids->size(); i-- > 0;) {
      if (!is_gone((*ids)[i])) continue;
      ids->erase(ids->begin() + static_cast<ptrdiff_t>(i));
      places->erase(places->begin() + static_cast<ptrdiff_t>(i));
    }
  };
  drop(&draft->pack.settings.fallback, &draft->fallback_places);
  drop(&draft->pack.settings.holding, &draft->holding_places);
  ConversationSettings& conversation = draft->pack.settings.conversation;
  drop(&conversation.not_helped, &draft->not_helped_places);
  drop(&conversation.given, &draft->given_places);
  for (IntentSource& intent : draft->pack.intents) {
    drop(&intent.replies, &intent.reply_places);
    drop(&intent.holding, &intent.holding_places);
  }
}

// What is heard of an intent, without what it says: its replies may be gone with it.
IntentSource without_replies(IntentSource intent) {
  intent.replies.clear();
  intent.reply_places.clear();
  intent.holding.clear();
  intent.holding_places.clear();
  return intent;
}

// Patterns that wait for an intent which an overlay took away can never match; tests that expect it
// can never pass.
void drop_intent_references(Draft* draft, const std::unordered_set<std::string>& gone) {
  for (IntentSource& intent : draft->pack.intents) {
    std::erase_if(intent.patterns,
                  [&](const PatternSource& pattern) { return gone.contains(pattern.after); });
  }
  std::erase_if(draft->pack.tests,
                [&](const PackTestSource& test) { return gone.contains(test.intent); });
}

}  // namespace

Policy least_policy(Objection objection) {
  if (objection == Objection::kComplaint) return Policy::kHandoff;
  if (objection == Objection::kDrawback) return Policy::kSuggest;
  return Policy::kAuto;
}

void settle_policies(ParseContext& context) {
  Draft& draft = context.draft();
  for (size_t i = 0; i < draft.pack.intents.size(); ++i) {
    IntentNotes& notes = draft.intent_notes[i];
    IntentSource& intent = draft.pack.intents[i];
    if (notes.level != draft.level) continue;
    context.rule_id = intent.id;
    const Policy least = least_policy(intent.objection);
    const bool given = notes.policy_place.has_value();
    if (given && intent.policy < notes.inherited) {
      context.error("policy-loosened", *notes.policy_place,
                    {std::string(name_of(intent.policy)), std::string(name_of(notes.inherited))});
    } else if (given && intent.policy < least) {
      context.error("policy-too-loose", *notes.policy_place,
                    {std::string(name_of(intent.objection)), std::string(name_of(least))});
    }
    intent.policy = std::max({intent.policy, least, notes.inherited});
    notes.inherited = intent.policy;
  }
  context.rule_id.clear();
}

void mark_tests_inherited(Pack* pack) {
  for (IntentSource& intent : pack->intents) {
    for (ExampleSource& test : intent.hits) test.inherited = true;
    for (ExampleSource& test : intent.misses) test.inherited = true;
  }
  for (PackTestSource& test : pack->tests) test.inherited = true;
}

void drop_disabled(Draft* draft) {
  const auto intent_id = [](const IntentSource& intent) { return intent.id; };
  const auto reply_id = [](const ReplySource& reply) { return reply.id; };
  const auto intents = disabled_names(draft->pack.intents, draft->intent_notes, intent_id);
  const auto replies = disabled_names(draft->pack.replies, draft->reply_notes, reply_id);
  for (size_t i = 0; i < draft->pack.intents.size(); ++i) {
    if (!draft->intent_notes[i].disabled) continue;
    draft->pack.disabled.push_back(without_replies(draft->pack.intents[i]));
    for (const std::string& id : draft->intent_notes[i].own_replies) {
      draft->reply_notes[draft->reply_index.at(id)].disabled = true;
    }
  }
  if (!intents.empty()) {
    erase_disabled(&draft->pack.intents, &draft->intent_notes, &draft->intent_index, intent_id);
    drop_intent_references(draft, intents);
  }
  erase_disabled(&draft->pack.replies, &draft->reply_notes, &draft->reply_index, reply_id);
  if (!replies.empty()) drop_reply_references(draft, replies);
  erase_disabled(&draft->pack.cues, &draft->cue_notes, &draft->cue_index,
                 [](const CueSource& cue) { return cue.id; });
}

}  // namespace xiaoer::rules
