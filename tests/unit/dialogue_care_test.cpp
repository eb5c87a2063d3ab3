#include <gtest/gtest.h>

#include "base/image.hpp"
#include "dialogue/care.hpp"
#include "dialogue/session.hpp"

namespace xiaoer::dialogue {
namespace {

using rules::Action;

TEST(Complaint, GoesFromAcceptedToFiled) {
  Complaint complaint;
  EXPECT_FALSE(complaint.pending());
  complaint.accept();  // nothing to accept
  EXPECT_EQ(complaint.state, ComplaintState::kNone);
  complaint.complain(7, 100);
  EXPECT_EQ(complaint.state, ComplaintState::kOpen);
  EXPECT_EQ(complaint.since, 100);
  complaint.accept();
  EXPECT_EQ(complaint.state, ComplaintState::kAccepted);
  complaint.person_answered();
  EXPECT_EQ(complaint.state, ComplaintState::kJudged);
  complaint.event(stable_hash("complaint_handled"));
  EXPECT_EQ(complaint.state, ComplaintState::kHandled);
  EXPECT_TRUE(complaint.pending());
  complaint.event(stable_hash("complaint_closed"));
  EXPECT_FALSE(complaint.pending());
  complaint.event(stable_hash("complaint_filed"));
  EXPECT_EQ(complaint.state, ComplaintState::kFiled);
  complaint.event(stable_hash("complaint_judged"));  // no way back
  EXPECT_EQ(complaint.state, ComplaintState::kFiled);
}

TEST(Complaint, ComplainingAnewOpensItAgain) {
  Complaint complaint;
  complaint.complain(7, 100);
  complaint.event(stable_hash("complaint_handled"));
  complaint.complain(8, 200);
  EXPECT_EQ(complaint.state, ComplaintState::kJudged);  // it is somebody's already
  EXPECT_EQ(complaint.since, 100);
  complaint.event(stable_hash("complaint_closed"));
  complaint.complain(8, 300);
  EXPECT_EQ(complaint.state, ComplaintState::kOpen);
  EXPECT_EQ(complaint.since, 300);
  EXPECT_EQ(complaint.times, 3u);
}

TEST(Complaint, EventsMeanNothingWithoutOne) {
  Complaint complaint;
  complaint.event(stable_hash("complaint_closed"));
  EXPECT_EQ(complaint.state, ComplaintState::kNone);
}

TEST(Care, OnlyWhatWasProposedIsConfirmed) {
  Care care;
  EXPECT_FALSE(care.confirm(Action::kRemark, true, 1));
  care.propose(Action::kRemark);
  EXPECT_TRUE(care.confirm(Action::kRemark, true, 1));
  EXPECT_EQ(care.with(Outcome::kDone), 1u << static_cast<uint32_t>(Action::kRemark));
  care.propose(Action::kRemark);  // asked for again
  EXPECT_EQ(care.with(Outcome::kDone), 0u);
  EXPECT_TRUE(care.confirm(Action::kRemark, false, 1));
  EXPECT_EQ(care.with(Outcome::kFailed), 1u << static_cast<uint32_t>(Action::kRemark));
}

TEST(Care, ARefundHandlesAComplaintARemarkDoesNot) {
  Care care;
  care.complaint.complain(7, 100);
  care.propose(Action::kRemark);
  care.propose(Action::kRefund);
  care.confirm(Action::kRemark, true, 1);
  EXPECT_EQ(care.complaint.state, ComplaintState::kOpen);
  care.confirm(Action::kRefund, false, 1);
  EXPECT_EQ(care.complaint.state, ComplaintState::kOpen);
  care.confirm(Action::kRefund, true, 1);
  EXPECT_EQ(care.complaint.state, ComplaintState::kHandled);
}

TEST(Care, ForgetsWhatWasGivenLongestAgo) {
  Care care;
  for (uint32_t i = 1; i <= Care::kMaxGiven + 1; ++i) care.give(i, i);
  EXPECT_EQ(care.turn_of(1), 0u);
  EXPECT_EQ(care.turn_of(2), 2u);
  EXPECT_EQ(care.turn_of(Care::kMaxGiven + 1), Care::kMaxGiven + 1);
  care.give(2, 99);
  EXPECT_EQ(care.turn_of(2), 99u);
}

Session cared_for() {
  Session session;
  session.buyer_turn({});
  Care& care = session.care();
  care.mood.heat = 640;
  care.mood.traits.fill(123);
  care.complaint.complain(7, 100);
  care.propose(Action::kRefund);
  care.confirm(Action::kRefund, false, 55);
  care.give(42, 1);
  return session;
}

TEST(Care, SurvivesASnapshot) {
  const std::string bytes = cared_for().snapshot();
  Session restored;
  ASSERT_TRUE(restored.restore(bytes, nullptr));
  EXPECT_EQ(restored.snapshot(), bytes);
  const Care& care = restored.care();
  EXPECT_EQ(care.mood.heat, 640);
  EXPECT_EQ(care.mood.traits[rules::kTraits - 1], 123);
  EXPECT_EQ(care.complaint.state, ComplaintState::kOpen);
  EXPECT_EQ(care.deeds[static_cast<size_t>(Action::kRefund)].at, 55);
  EXPECT_EQ(care.turn_of(42), 1u);
}

TEST(Care, ASnapshotWithTooMuchHeatIsRefused) {
  Session session;
  session.care().mood.heat = Mood::kWhole + 1;
  Session restored;
  EXPECT_FALSE(restored.restore(session.snapshot(), nullptr));
  session.care().mood.heat = 0;
  session.care().give(1, 1);  // a turn that has not been
  EXPECT_FALSE(restored.restore(session.snapshot(), nullptr));
}

}  // namespace
}  // namespace xiaoer::dialogue
