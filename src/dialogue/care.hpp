#pragma once
// What a session remembers of how a buyer feels and is cared for: his mood and nature, where his
// complaint stands, what data he gave, and what the client says was done. Fixed size, no text.

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "rules/actions.hpp"
#include "rules/buyer.hpp"

namespace xiaoer::dialogue {

// Shares in thousandths, so that snapshots are the same on every machine.
struct Mood {
  static constexpr uint16_t kWhole = 1000;
  uint16_t heat = 0;
  std::array<uint16_t, rules::kTraits> traits = {};
};

// accept, judge, handle, close, file: kOpen is a complaint that nobody has answered yet.
enum class ComplaintState : uint8_t { kNone, kOpen, kAccepted, kJudged, kHandled, kClosed, kFiled };
std::string_view name_of(ComplaintState value);  // "open", "accepted", ...; "" for none

// Where the buyer's complaint stands. A step back is only made by complaining anew.
struct Complaint {
  ComplaintState state = ComplaintState::kNone;
  uint32_t times = 0;   // buyer turns that complained
  int64_t since = 0;    // seconds since the epoch; 0: unknown
  uint64_t intent = 0;  // hash of the intent that it began with

  bool pending() const {
    return state >= ComplaintState::kOpen && state <= ComplaintState::kHandled;
  }
  void complain(uint64_t by, int64_t at);
  void accept();              // the holding reply went out
  void person_answered();     // a line of the human agent
  void handled();             // an action was done
  void event(uint64_t type);  // hash of "complaint_judged", "complaint_handled", ...
};

// What the client says of actions that results proposed.
enum class Outcome : uint8_t { kNone, kProposed, kDone, kFailed };

struct Deed {
  Outcome outcome = Outcome::kNone;
  int64_t at = 0;  // of the confirmation
};

// That the buyer gave something in a turn: an address, a picture.
struct Given {
  uint64_t kind = 0;  // stable_hash of the entity kind's name
  uint32_t turn = 0;
};

struct Care {
  static constexpr uint32_t kMaxGiven = 16;
  Mood mood;
  Complaint complaint;
  std::array<Deed, rules::kActions> deeds = {};
  std::array<Given, kMaxGiven> given = {};

  // It is asked for, so what was done before is no answer.
  void propose(rules::Action action);
  // False: no result proposed it.
  bool confirm(rules::Action action, bool ok, int64_t at);
  // Bits 1 << Action.
  uint32_t with(Outcome outcome) const;
  // Remembers the kind, forgetting the one given longest ago.
  void give(uint64_t kind, uint32_t turn);
  // The buyer's turn in which it was given last; 0: never.
  uint32_t turn_of(uint64_t kind) const;
};

}  // namespace xiaoer::dialogue
