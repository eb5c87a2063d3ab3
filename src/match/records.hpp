#pragma once
// The records of the kMatch sections, and how a program (a compiled phrase or regex) is laid out.
//
// A program is a run of 32-bit words, so that it can be read without decoding and a typical one
// fills half a cache line:
//   [0] ProgramBits   [1] pattern, or place in kMatchFanout when kShared
//   when kExtended: [2] max_len, 0 none   [3] 1 + place in kMatchNots, 0 none   [4] regex, kNone
//   none
//   segments, two words each (see Segment); of a regex: groups of each of which an atom must occur
// Groups of atoms lie in kMatchGroups, equal ones once: authors use the same sets of words over and
// over. A list in kMatchGroups or kMatchFanout is its length followed by its entries; an atom of a
// group is its number << 8 | its length.

#include <cstdint>
#include <span>

#include "base/image.hpp"

namespace xiaoer::match {

inline constexpr uint32_t kNone = UINT32_MAX;
// Longest atom in characters. Longer literals become several atoms, side by side. Must be below 64:
// a message of one mask word is shifted by it.
inline constexpr uint32_t kMaxAtom = 63;
inline constexpr uint32_t kMaxAtoms = (1u << 24) - 1;
inline constexpr uint32_t kMaxGapSum = 4095;      // of neighbouring gaps
inline constexpr uint32_t kMaxGroupAtoms = 4095;  // alternatives of one group
inline constexpr uint32_t kMaxSegments = 1023;
inline constexpr uint32_t kMaxProgramAtoms = 1u << 19;  // of all groups: what a program may cost
inline constexpr uint32_t kMaxRegexInput = 4096;        // bytes of a message that a regex sees

struct MatchHeader {
  uint32_t version = 2;
  uint32_t atoms = 0;         // in the automaton; one pseudo atom for each entity kind follows
  uint32_t kinds = 0;         // entity kinds
  uint32_t specials = 0;      // atoms [0, specials) are protected words, dictionary words, numbers
  uint32_t patterns = 0;      // of intents, then of cues
  uint32_t cues = 0;          // how many of them are of cues
  uint32_t words = 0;         // dictionary words
  uint32_t classes = 0;       // character classes; 0 is "in no atom"
  uint32_t pair_buckets = 0;  // of the pair index
  uint32_t always = 0;        // programs evaluated on every message
};

// Double array: the child of `s` by class c is q = states[s].base + c if states[q].check == s.
struct State {
  int32_t base = 0;
  int32_t check = -1;
  uint32_t fail = 0;
  uint32_t output = 0;  // 1 + place in kMatchOutputs, 0 none
};

// An atom that ends in a state; `next` (1 + place, 0 none) is the next shorter one.
struct Output {
  uint32_t atom = 0;  // number << 8 | length
  uint32_t next = 0;
};

// Programs that are to be evaluated when the atom occurs.
struct Atom {
  uint64_t pair_signature = 0;  // of the atoms with which it is in the pair index
  uint32_t first = 0;           // into kMatchPostings and kMatchPostingPrograms
  uint32_t count : 31 = 0;
  uint32_t is_second : 1 = 0;  // of a pair in the pair index
};

// Roles of a special atom.
struct SpecialAtom {
  Range words;   // into kMatchDictionary
  Range covers;  // into kMatchCovers, when it is a protected word
  uint16_t is_protected = 0;
  uint16_t is_number = 0;  // digits only: no part of a longer number
};

// Atom `atom` stands strictly inside a protected word, `offset` characters from its begin.
struct Cover {
  uint32_t atom = 0;
  uint32_t offset = 0;
};

// The pair index: programs called where two atoms occur. Bucket b holds the entries [begins[b],
// begins[b + 1]) (kMatchPairs); an entry is a tag (kMatchPairTags) and beside it, in
// kMatchPairPrograms, a program's word offset or kPairList | place in kMatchPairLists, whose last
// entry bears kListEnd. The atoms themselves are not kept: two pairs of one tag share an entry, and
// a program called in vain does not match.
struct PairPlace {
  PairPlace(uint32_t first, uint32_t second, uint32_t buckets) {
    const uint64_t atoms = static_cast<uint64_t>(first + 1) << 32 | (second + 1);
    const uint64_t hash = atoms * 0x9E3779B97F4A7C15ULL;
    bucket = static_cast<uint32_t>((hash >> 32) * buckets >> 32);
    tag = static_cast<uint16_t>(hash >> 32 ^ hash);
  }
  uint32_t bucket;
  uint16_t tag;
};
inline constexpr uint32_t kPairList = 1u << 31;
inline constexpr uint32_t kListEnd = 1u << 31;

// A program that must not match, or rather its phrase: it cannot unless one of the atoms of the
// signature occurs.
struct Not {
  uint64_t signature = 0;
  uint32_t program = 0;  // word offset
  uint32_t more = 0;     // 1: the next one belongs to the list, too
};

struct RegexRecord {
  StringRef text;
  uint32_t kind = 0;  // rules::MatchKind
};

struct RoleProgram {
  uint32_t pattern = 0;
  uint32_t program = 0;  // word offset
};

inline uint64_t signature_bit(uint32_t atom) { return 1ULL << ((atom * 2654435769u) >> 26); }

// ProgramBits: kind (2) | flags (8) | number of segments (16).
enum ProgramFlag : uint32_t {
  kInsideOk = 1u << 2,  // word protection off
  kExtended = 1u << 3,
  kShared = 1u << 4,  // several patterns
  kIsRegex = 1u << 5,
  kHasSlots = 1u << 6,
  kHasRuns = 1u << 7,   // groups side by side
  kHasParts = 1u << 8,  // several parts, joined by '+'
};
inline constexpr uint32_t kKindMask = 3;
inline constexpr uint32_t kSegmentShift = 16;
inline constexpr uint32_t kMaxLenAt = 2, kNotsAt = 3;  // words of an extended program
// No program is shorter, so that its word offset by this number is one of its own.
inline constexpr uint32_t kLeastProgram = 4;

enum SegmentFlag : uint32_t {
  kOptional = 1,  // may match nothing
  kIsSlot = 2,
  kPartBegin = 4,  // first segment of a part
  kJoined = 8,     // stands beside the segment before: one run of literal text
  kEdge = 16,      // needs no evaluation unless word protection is at work in the message
};

// One step of a program: a gap, then one of the group's atoms or an entity.
struct Segment {
  uint32_t head = 0;  // gap_min << 20 | gap_max << 8 | flags
  uint32_t body = 0;  // group: place in kMatchGroups; slot: (1 + role) << 8 | kind
  uint32_t gap_min() const { return head >> 20; }
  uint32_t gap_max() const { return (head >> 8) & 0xFFF; }
  bool has(SegmentFlag flag) const { return (head & flag) != 0; }
  uint32_t kind() const { return body & 0xFF; }
  uint32_t role() const { return (body >> 8) - 1; }
};

// A program in place.
struct Program {
  const uint32_t* words = nullptr;
  const uint32_t* groups = nullptr;  // all of kMatchGroups

  bool has(ProgramFlag flag) const { return (words[0] & flag) != 0; }
  uint32_t kind() const { return words[0] & kKindMask; }
  uint32_t segments() const { return words[0] >> kSegmentShift; }
  uint32_t patterns() const { return words[1]; }
  uint32_t max_len() const { return has(kExtended) ? words[kMaxLenAt] : 0; }
  uint32_t nots() const { return has(kExtended) ? words[kNotsAt] : 0; }
  uint32_t regex() const { return words[4]; }
  uint32_t header_words() const { return has(kExtended) ? 5 : 2; }
  uint32_t size() const { return header_words() + 2 * segments(); }
  Segment segment(uint32_t i) const {
    const uint32_t* at = words + header_words() + 2 * i;
    return {at[0], at[1]};
  }
  std::span<const uint32_t> atoms(Segment segment) const {
    const uint32_t* list = groups + segment.body;
    return {list + 1, list[0]};
  }
};

}  // namespace xiaoer::match
