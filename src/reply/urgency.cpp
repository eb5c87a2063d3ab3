#include "reply/urgency.hpp"

#include <algorithm>

#include "reply/condition.hpp"
#include "reply/promises.hpp"

namespace xiaoer::reply {
namespace {

using rules::Emotion;
using rules::Major;
using rules::Objection;

// By rules::Major and rules::Emotion.
constexpr float kMajorUrgency[] = {1, 0.9f, 0.9f, 0.9f, 0.8f, 0.75f, 0.7f, 0.7f};
constexpr float kEmotionUrgency[] = {0, 0.4f, 0.5f, 0.65f, 0.75f};
constexpr float kOverduePromise = 0.7f;
constexpr float kLateOrder = 0.6f;
constexpr float kComplaint = 0.55f;
constexpr float kWaits = 0.3f;      // somebody asked for a person
constexpr float kFurther = 0.02f;   // what every further reason adds
constexpr uint32_t kRepeats = 2;    // complaints before this one
constexpr int64_t kTimesOrder = 3;  // a claim of so many times the order is a large one

bool is_complaint(const Work& work, uint32_t position) {
  return position != kNoIntent &&
         static_cast<Objection>(work.intent(position).objection) == Objection::kComplaint;
}

// Reasons of one kind, the strongest of which counts.
class Reasons {
 public:
  Reasons(const Work& work, ItemRange* range) : work_(work), range_(range) {}
  void add(std::string_view kind, std::string_view rule, Span span, float points) {
    work_.result.because(range_, kind, Result::share(rule), span, points);
    most_ = std::max(most_, points);
  }
  float total() const {
    if (range_->count == 0) return 0;
    return std::min(1.0f, most_ + kFurther * static_cast<float>(range_->count - 1));
  }

 private:
  const Work& work_;
  ItemRange* range_;
  float most_ = 0;
};

bool is_large_customer(const Work& work) {
  const auto& conditions = work.views.cases.large_customers;
  return std::any_of(conditions.begin(), conditions.end(), [&](uint32_t condition) {
    return condition_holds(work.views, condition, work.situation, 0);
  });
}

// The amount that a claim names, where it is a large one. Empty: none is.
Span large_claim(const Work& work) {
  const CaseRecord& record = work.views.cases.record;
  const FactValue& order = work.situation.facts->get(known_facts().order_amount);
  if (work.situation.entities == nullptr) return {};
  for (const entities::Entity& entity : work.situation.entities->list) {
    if (entity.kind != rules::kMoney) continue;
    const bool large = record.has_large_amount != 0 && entity.number >= record.large_amount;
    const bool many = order.present && order.number.milli > 0 &&
                      entity.number.milli >= order.number.milli * kTimesOrder;
    if (large || many) return work.situation.text->bytes(entity.span);
  }
  return {};
}

}  // namespace

void fill_major(const Work& work, uint32_t position, CaseItem* record) {
  if (!is_complaint(work, position)) return;
  Reasons reasons(work, &record->major_why);
  const auto add = [&](Major major, Span span) {
    reasons.add("major", rules::name_of(major), span, kMajorUrgency[static_cast<size_t>(major)]);
  };
  uint32_t told = 0;
  if (const dialogue::BuyerReading* buyer = work.situation.buyer) {
    for (const dialogue::BuyerSign& sign : buyer->signs) {
      if (sign.shows != rules::CueSource::Shows::kMajor || (told >> sign.value & 1) != 0) continue;
      told |= 1u << sign.value;
      add(static_cast<Major>(sign.value), work.situation.text->bytes(sign.span));
    }
  }
  const auto is_new = [&](Major major) { return (told >> static_cast<uint32_t>(major) & 1) == 0; };
  const Span claim = large_claim(work);
  if (!claim.empty() && is_new(Major::kCompensation)) add(Major::kCompensation, claim);
  if (is_large_customer(work) && is_new(Major::kLargeCustomer)) add(Major::kLargeCustomer, {});
  const dialogue::Session* session = work.situation.session;
  const bool repeated = session != nullptr && session->care().complaint.times >= kRepeats;
  if (repeated && is_new(Major::kRepeated)) add(Major::kRepeated, {});
  record->major = record->major_why.count > 0;
}

void fill_urgency(const Work& work, uint32_t position, CaseItem* record) {
  Result& result = work.result;
  Reasons reasons(work, &record->urgency_why);
  for (uint32_t i = 0; i < record->major_why.count; ++i) {
    const Reason why = result.reasons[record->major_why.first + i];
    reasons.add("major", result.text(why.rule), why.span, why.points);
  }
  if (has_overdue_promise(result)) reasons.add("promise", "overdue", {}, kOverduePromise);
  if (order_is_late(work.situation)) reasons.add("order", "late", {}, kLateOrder);
  const Emotion emotion = emotion_of(work.situation);
  if (emotion != Emotion::kCalm) {
    reasons.add("emotion", rules::name_of(emotion), {},
                kEmotionUrgency[static_cast<size_t>(emotion)]);
  }
  if (is_complaint(work, position)) reasons.add("objection", "complaint", {}, kComplaint);
  if (record->urgency_why.count == 0) reasons.add("handoff", "waiting", {}, kWaits);
  record->urgency = reasons.total();
}

}  // namespace xiaoer::reply
