#include "dialogue/matters.hpp"

#include <algorithm>
#include <span>

#include "base/insertion_sort.hpp"

namespace xiaoer::dialogue {
namespace {

constexpr float kApart = 0.65f;     // one within another's clause, more readily a second reading
constexpr float kDistinct = 0.75f;  // one of a family that has one already

using Candidates = std::vector<IntentCandidate>;

class Sorter {
 public:
  Sorter(const Understanding& rules, Candidates* candidates)
      : rules_(rules), candidates_(*candidates) {}

  void hear(const ClauseReading& reading) {
    if (reading.best.score < kHeard || is_background(reading.best)) return;
    IntentCandidate* known = find(reading.best.intent);
    if (known != nullptr && known->matter) return settle(reading, known);
    if (is_taken(reading.best, known) || is_same_matter(reading.best, kDistinct)) return;
    if (known == nullptr) {
      candidates_.push_back(reading.best);
      known = &candidates_.back();
      known->score = 0;
    }
    known->best_pattern = reading.best.best_pattern;
    known->span = reading.best.span;
    known->phrase_points = reading.best.phrase_points;
    known->example_points = reading.best.example_points;
    known->matter = true;
    settle(reading, known);
  }

  // A further candidate of the whole message with words of its own.
  void look_at(IntentCandidate* candidate) {
    if (candidate->matter || candidate->best_pattern == UINT32_MAX) return;
    if (candidate->score < kApart || is_background(*candidate)) return;
    // Within one clause two of a family are readings of one another.
    if (is_taken(*candidate, candidate) || is_same_matter(*candidate, 1.1f)) return;
    candidate->matter = true;
  }

  bool is_background(const IntentCandidate& candidate) const {
    return rules_.intents()[candidate.intent].role != IntentRole::kRequest;
  }

 private:
  IntentCandidate* find(uint32_t intent) {
    const auto found =
        std::find_if(candidates_.begin(), candidates_.end(),
                     [&](const IntentCandidate& known) { return known.intent == intent; });
    return found != candidates_.end() ? &*found : nullptr;
  }

  // The likelihood of the clearest reading, but none above the first intent's, which stays first;
  // and the place of what only likeness showed.
  void settle(const ClauseReading& reading, IntentCandidate* matter) const {
    const IntentCandidate& first = candidates_.front();
    const bool leads = matter == &first || !first.matter;
    const float clear = leads ? reading.best.score : std::min(reading.best.score, first.score);
    matter->score = std::max(matter->score, clear);
    matter->clause = reading.clause;
    if (matter->best_pattern == UINT32_MAX) matter->span = reading.clause;
  }

  // Whether another matter rests on the same words. Likeness alone rests on none.
  bool is_taken(const IntentCandidate& candidate, const IntentCandidate* self) const {
    return std::any_of(candidates_.begin(), candidates_.end(), [&](const IntentCandidate& other) {
      return other.matter && &other != self && words_of(other).overlaps(candidate.span);
    });
  }

  // What a matter rests on: its clause, since a phrase with a gap may reach over others; nothing
  // where only likeness to the whole message speaks.
  static Span words_of(const IntentCandidate& matter) {
    if (!matter.clause.empty()) return matter.clause;
    return matter.best_pattern != UINT32_MAX ? matter.span : Span{};
  }

  // Whether it only repeats a matter: of the same family, unless `sure` enough to be another.
  bool is_same_matter(const IntentCandidate& candidate, float sure) const {
    const auto& intent = rules_.intents()[candidate.intent];
    return std::any_of(candidates_.begin(), candidates_.end(), [&](const IntentCandidate& other) {
      if (!other.matter || other.intent == candidate.intent) return false;
      if (rules_.intents()[other.intent].family != intent.family) return false;
      return intent.one_matter != 0 || candidate.score < sure;
    });
  }

  const Understanding& rules_;
  Candidates& candidates_;
};

// Matters to the front, the likelier first; the others keep their order, and so does the first
// intent unless it is a mere courtesy.
void put_first(Candidates* candidates) {
  const auto before = [](const IntentCandidate& a, const IntentCandidate& b) {
    return a.matter && (!b.matter || a.score > b.score);
  };
  const size_t fixed = candidates->front().matter ? 1 : 0;
  insertion_sort(std::span(*candidates).subspan(fixed), before);
}

}  // namespace

void find_matters(const Understanding& rules, std::span<const ClauseReading> clauses,
                  MatterLimits limits, Candidates* candidates) {
  if (candidates->empty()) return;
  if (limits.matters == 1) {
    candidates->front().matter = true;
    return;
  }
  Sorter sorter(rules, candidates);
  const bool courtesy = sorter.is_background(candidates->front());
  candidates->front().matter = !courtesy;
  for (const ClauseReading& reading : clauses) {  // first of all which clause the first one has
    if (reading.best.intent == candidates->front().intent) sorter.hear(reading);
  }
  for (const ClauseReading& reading : clauses) sorter.hear(reading);
  // Beside a courtesy only a clause of its own is a matter.
  for (IntentCandidate& candidate : *candidates) {
    if (!courtesy) sorter.look_at(&candidate);
  }
  put_first(candidates);
  candidates->front().matter = true;  // a greeting alone is what it is about
  if (candidates->size() > limits.intents) candidates->resize(limits.intents);
}

}  // namespace xiaoer::dialogue
