#pragma once
// Internal: a pack while its levels (the oldest ancestor first, the pack itself last) are laid over
// one another, with what the checks must know and the finished Pack need not.

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "rules/loader.hpp"
#include "rules/pack.hpp"

namespace xiaoer::rules {

// What is remembered of an intent, reply, concept or entity kind beside its content.
struct EntryNotes {
  uint32_t level = 0;  // the newest level that gave or changed it
  uint32_t born = 0;   // the level that gave it first
  Place place;         // where that was
  bool disabled = false;
};

// A list of an older level that the newest one put another in the place of.
struct Replaced {
  std::string key;  // "patterns", "examples"
  size_t dropped = 0;
  Place place;
};

struct IntentNotes : EntryNotes {
  std::optional<Replaced> replaced;   // of phrases and examples one alone, see lint_overlays
  std::optional<Place> policy_place;  // of `policy` on the newest level, if given there
  Policy inherited = Policy::kAuto;   // what an older level demands: the policy may not be looser
  std::vector<std::string> own_replies;  // ids of replies written in place without an id
};

// The section that an entry of Pack::replies belongs to.
enum class Wording : uint8_t { kReply, kTechnique, kManner };

struct ReplyNotes : EntryNotes {
  Wording kind = Wording::kReply;
};

struct ConceptNotes : EntryNotes {
  std::vector<Place> words;  // parallel to ConceptSource::words
};

struct Draft {
  Pack pack;
  // Parallel to pack.intents, pack.replies, pack.concepts and pack.entities.
  std::vector<IntentNotes> intent_notes;
  std::vector<ReplyNotes> reply_notes;
  std::vector<EntryNotes> entity_notes;
  std::vector<ConceptNotes> concept_notes;
  std::vector<EntryNotes> cue_notes;  // parallel to pack.cues
  // Id or name to index in those vectors.
  std::unordered_map<std::string, size_t> intent_index, reply_index, concept_index, entity_index,
      cue_index;
  std::vector<Place> fallback_places, holding_places;  // parallel to those lists of pack.settings
  std::vector<Place> not_helped_places, given_places;  // and those of its conversation
  std::vector<uint32_t> fact_levels;                   // parallel to pack.facts
  std::vector<std::pair<std::string, Place>> kinds_named;    // of entities, by conditions
  std::vector<std::pair<std::string, Place>> intents_named;  // likewise, or what stands above some
  size_t phrases = 0;  // counted against LoadOptions::max_phrases
  uint32_t level = 0;  // that is being read
  Validity valid;      // of that level, when it is a campaign
  // Of the level read last: what older ones gave is not this author's to mend.
  bool is_newest(uint32_t entry_level) const { return entry_level + 1 == level; }
  bool complete = true;  // false: a part could not be read, so unknown names may be innocent
};

class ParseContext;
// Lays the newest level's demands on policy over what older levels asked, and reports loosening.
// Call after each level.
void settle_policies(ParseContext& context);
// Notes of every test read so far that a newer level inherits it. Call before reading that level.
void mark_tests_inherited(Pack* pack);
// Removes what was disabled, and whatever refers to it. Intents are kept aside in Pack::disabled.
void drop_disabled(Draft* draft);
// The least strict policy that an objection allows.
Policy least_policy(Objection objection);

}  // namespace xiaoer::rules
