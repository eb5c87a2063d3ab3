#include "reply/promises.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "reply/condition.hpp"

namespace xiaoer::reply {
namespace {

using rules::OrderState;

constexpr std::string_view kOpen = "open", kOverdue = "overdue", kKept = "kept", kLate = "late";

// What the shop does by a time: facts that promise, and the state of the order that keeps the
// promise.
struct Kind {
  rules::FactId fact;
  OrderState kept;
  rules::FactId when;  // the time when it was
};

std::array<Kind, 3> kinds() {
  const KnownFacts& k = known_facts();
  return {Kind{k.promised_ship_at, OrderState::kShipped, k.shipped_at},
          Kind{k.ship_within, OrderState::kShipped, k.shipped_at},
          Kind{k.eta, OrderState::kReceived, k.received_at}};
}

// In the offset of now.
TextRef iso_time(const Work& work, int64_t seconds) {
  const int32_t offset = work.situation.now ? work.situation.now->offset_minutes : 0;
  std::string& text = work.impl.note;
  text.clear();
  append_instant({seconds, offset}, &text);
  return work.result.add(text);
}

std::string_view state_of(const Work& work, const Kind& kind, int64_t due) {
  const OrderState state = order_state_of(work.situation);
  if (state >= kind.kept && state != OrderState::kClosed) {
    const FactValue& when = work.situation.facts->get(kind.when);
    return when.present && when.time > due ? kLate : kKept;
  }
  const bool overdue = work.situation.now && work.situation.now->seconds > due;
  return overdue ? kOverdue : kOpen;
}

void add(const Work& work, const Kind& kind, int64_t due, CaseItem* record) {
  Result& result = work.result;
  const std::string_view path = rules::facts()[kind.fact].path;
  const TextRef when = iso_time(work, due);
  const bool known =
      std::any_of(result.promises.begin(), result.promises.end(), [&](const PromiseItem& item) {
        return result.text(item.path) == path && result.text(item.due) == result.text(when);
      });
  if (known) return;
  result.promises.push_back({Result::share(path), Result::share(rules::facts()[kind.fact].name),
                             when, Result::share(state_of(work, kind, due))});
  ++record->promises.count;
}

}  // namespace

int64_t due_of(const Situation& situation, rules::FactId id, const FactValue& value) {
  const KnownFacts& k = known_facts();
  if (id == k.promised_ship_at || id == k.eta) return value.time;
  // "within 48 hours" counts from the payment.
  const FactValue& paid = situation.facts->get(k.paid_at);
  constexpr int64_t kMostHours = 10 * 366 * 24;  // what is longer is no promise
  const int64_t hours = value.number.milli / 1000;
  if (id == k.ship_within && paid.present && hours <= kMostHours) return paid.time + hours * 3600;
  return 0;
}

void fill_promises(const Work& work, CaseItem* record) {
  record->promises = {static_cast<uint32_t>(work.result.promises.size()), 0};
  const auto all = kinds();
  if (const dialogue::Session* session = work.situation.session) {
    for (uint32_t i = 0; i < session->promises().size(); ++i) {
      const dialogue::Promise& promise = session->promises()[i];
      for (const Kind& kind : all) {
        const bool own = promise.fact == stable_hash(rules::facts()[kind.fact].path);
        if (own) add(work, kind, promise.due, record);
      }
    }
  }
  for (const Kind& kind : all) {
    const FactValue& value = work.situation.facts->get(kind.fact);
    const int64_t due = value.present ? due_of(work.situation, kind.fact, value) : 0;
    const bool said = kind.fact != known_facts().ship_within;  // a rule of the shop until said
    if (due != 0 && said) add(work, kind, due, record);
  }
}

bool has_overdue_promise(const Result& result) {
  return std::any_of(result.promises.begin(), result.promises.end(),
                     [&](const PromiseItem& item) { return result.text(item.state) == kOverdue; });
}

}  // namespace xiaoer::reply
