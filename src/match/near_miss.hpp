#pragma once
// For traces: phrases that nearly matched the message at hand, and what they lacked. Nothing here
// runs unless a trace is asked for.
//
// A phrase nearly matched when one thing alone kept it from matching: all its required groups but
// one stand where they should, with at least as many characters as the missing one has at its
// shortest; or all of them occur and they stand wrong, or a condition of the pattern is not met.
// Regexes are left out, and so are messages of more than 63 characters, in which phrases nearly
// match by chance.

#include <cstdint>
#include <string>
#include <vector>

#include "base/span.hpp"
#include "match/matcher.hpp"
#include "match/records.hpp"

namespace xiaoer::match {

struct NearMiss {
  enum class Lack : uint8_t {
    kWords,      // none of a group's alternatives occurs
    kEntity,     // no entity of a slot's kind does
    kOrder,      // everything occurs, but not in this order or not this close
    kProtected,  // it stands inside a protected word
    kPlace,      // it is not at the start or end, or not the whole message
    kNot,        // something of `not` occurs
    kTooLong,    // the message is longer than max_len
  };

  uint32_t pattern = 0;
  Lack lack = Lack::kWords;
  bool complete = false;  // all required groups occur
  uint32_t matched = 0;   // literal characters that do occur
  uint32_t program = 0;   // word offset
  uint32_t segment = 0;   // kWords: the missing one
  uint32_t value = 0;     // kEntity: the kind, kPlace: the rules::MatchKind, kTooLong: max_len
  Span found;             // normalised characters of what stands right; none for kOrder
  Span excluded;          // kNot: those that may not be there
};

}  // namespace xiaoer::match
