#include "dialogue/care.hpp"

#include <algorithm>

#include "base/stable_hash.hpp"

namespace xiaoer::dialogue {

std::string_view name_of(ComplaintState value) {
  constexpr std::string_view kNames[] = {"",        "open",   "accepted", "judged",
                                         "handled", "closed", "filed"};
  return kNames[static_cast<size_t>(value)];
}

void Complaint::complain(uint64_t by, int64_t at) {
  if (times < UINT32_MAX) ++times;
  if (state == ComplaintState::kHandled) {
    state = ComplaintState::kJudged;  // it did not help; whoever handles it goes on
  } else if (!pending()) {
    state = ComplaintState::kOpen;
    since = at;
    intent = by;
  }
}

void Complaint::accept() {
  if (state == ComplaintState::kOpen) state = ComplaintState::kAccepted;
}

void Complaint::person_answered() {
  if (pending()) state = std::max(state, ComplaintState::kJudged);
}

void Complaint::handled() {
  if (pending()) state = ComplaintState::kHandled;
}

void Complaint::event(uint64_t type) {
  constexpr std::pair<uint64_t, ComplaintState> kSteps[] = {
      {stable_hash("complaint_judged"), ComplaintState::kJudged},
      {stable_hash("complaint_handled"), ComplaintState::kHandled},
      {stable_hash("complaint_closed"), ComplaintState::kClosed},
      {stable_hash("complaint_filed"), ComplaintState::kFiled}};
  if (state == ComplaintState::kNone) return;
  for (const auto& [name, step] : kSteps) {
    if (type == name) state = std::max(state, step);
  }
}

namespace {

// What makes good what a complaint is about.
bool makes_good(rules::Action action) {
  using rules::Action;
  constexpr Action kGood[] = {Action::kRefund, Action::kReturn, Action::kExchange,
                              Action::kResend, Action::kCoupon, Action::kCallback};
  return std::find(std::begin(kGood), std::end(kGood), action) != std::end(kGood);
}

}  // namespace

void Care::propose(rules::Action action) {
  deeds[static_cast<size_t>(action)].outcome = Outcome::kProposed;
}

bool Care::confirm(rules::Action action, bool ok, int64_t at) {
  Deed& deed = deeds[static_cast<size_t>(action)];
  if (deed.outcome == Outcome::kNone) return false;
  deed = {ok ? Outcome::kDone : Outcome::kFailed, at};
  if (ok && makes_good(action)) complaint.handled();
  return true;
}

uint32_t Care::with(Outcome outcome) const {
  uint32_t bits = 0;
  for (size_t i = 0; i < deeds.size(); ++i) {
    if (deeds[i].outcome == outcome) bits |= 1u << i;
  }
  return bits;
}

void Care::give(uint64_t kind, uint32_t turn) {
  Given* place = &given[0];
  for (Given& entry : given) {
    if (entry.kind == kind) {
      entry.turn = turn;
      return;
    }
    if (entry.turn < place->turn) place = &entry;
  }
  *place = {kind, turn};
}

uint32_t Care::turn_of(uint64_t kind) const {
  for (const Given& entry : given) {
    if (entry.kind == kind) return entry.turn;
  }
  return 0;
}

}  // namespace xiaoer::dialogue
