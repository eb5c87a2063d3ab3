#include "dialogue/context.hpp"

#include <algorithm>
#include <string>

#include "dialogue/asking.hpp"

namespace xiaoer::dialogue {
namespace {

// What each source is worth beside the evidence of words, where a phrase has 0.45 to 1 and likeness
// at most 0.8, but only 0.35 of it where the conversation explains the message. Alone they give a
// score of 0.6 to 0.75.
constexpr float kAskedPoints = 0.86f;       // the shop asked for just this
constexpr float kOwnLinePoints = 0.84f;     // the shop's line is a reply of the pack
constexpr float kLastMatterPoints = 0.80f;  // the buyer's last matter
constexpr float kLinePoints = 0.74f;        // what the shop's line is about by its words
constexpr float kOlderPoints = 0.72f;       // a matter two or three turns back
constexpr float kOrderPoints = 0.70f;       // where the order stands

constexpr uint32_t kReach = 3;       // buyer turns
constexpr uint32_t kMaxAnswer = 30;  // characters of an answer that only gives data
constexpr uint32_t kNone = UINT32_MAX;

bool is_role(const Understanding& rules, uint32_t intent, IntentRole role) {
  return rules.intents()[intent].role == role;
}

class Reader {
 public:
  Reader(const Understanding& rules, const ContextEvidence& evidence,
         std::vector<ContextReading>* out)
      : rules_(rules), in_(evidence), out_(*out) {}

  void read() {
    if (answers()) return;
    const bool data = !in_.own.empty() && is_role(rules_, in_.own[0].intent, IntentRole::kData);
    if (!in_.shape.bare || !(is_weak() || data || in_.shape.asks)) return;
    // A number alone is no question about the matter; the shop must have asked for it.
    if (in_.shape.counts && !in_.shape.asks && !in_.shape.points && !in_.shape.names) return;
    if (in_.shape.when && read_order()) return;
    for (const ShopLine::Topic& topic : in_.line->topics) {
      if (!is_role(rules_, topic.intent, IntentRole::kRequest)) continue;
      add(sibling(topic.intent), topic.own ? kOwnLinePoints : kLinePoints, ContextSource::kLine,
          topic.intent);
    }
    read_turns();
  }

 private:
  bool is_weak() const { return in_.own.empty() || in_.own[0].score < kHeard; }

  // The message answers what the shop asked.
  bool answers() {
    const uint8_t asked = in_.line->asked;
    if ((asked & kAskedQuantity) && in_.shape.bare && in_.shape.counts && !in_.shape.asks) {
      return add_of("ready", ".quantity", kAskedQuantity);
    }
    if ((asked & kAskedMeasures) && in_.shape.bare && in_.shape.counts && !in_.shape.asks) {
      return add_of("product.choose", ".size", kAskedMeasures);
    }
    if (!in_.own.empty() && is_role(rules_, in_.own[0].intent, IntentRole::kData)) {
      return (asked & kAskedData) != 0 &&
             add(in_.own[0].intent, kAskedPoints, ContextSource::kAsked, kAskedData);
    }
    if ((asked & kAskedData) && is_weak() && !in_.shape.asks && in_.text->size() <= kMaxAnswer &&
        !in_.shape.denies) {
      return add_of("info", ".data", kAskedData);
    }
    if (in_.own.empty() || !is_role(rules_, in_.own[0].intent, IntentRole::kAnswer)) return false;
    if (in_.shape.bare && (in_.shape.points || in_.shape.names)) return false;  // 好的,那黑色的呢
    if (!(asked & kAskedOffer) || in_.shape.denies || in_.offered.empty()) return true;
    const IntentCandidate& offer = in_.offered[0];
    if (offer.score < kHeard || !is_role(rules_, offer.intent, IntentRole::kRequest)) return true;
    return add(offer.intent, kAskedPoints, ContextSource::kAsked, kAskedOffer);
  }

  // A time asked for, where the order moves: when it is sent before, where it is after.
  bool read_order() {
    const char* family = nullptr;
    if (in_.order_state == rules::OrderState::kPlaced ||
        in_.order_state == rules::OrderState::kPaid) {
      family = "ship.time";
    } else if (in_.order_state == rules::OrderState::kShipped) {
      family = "logistics.track";
    }
    if (family == nullptr || !order_is_topic()) return false;
    const uint32_t first = first_of(family, "");
    if (first == kNone) return false;
    return add(sibling(first), kOrderPoints, ContextSource::kOrder,
               static_cast<uint32_t>(in_.order_state));
  }

  // Whether the conversation so far is about the order and its way, or about nothing.
  bool order_is_topic() const {
    uint32_t topic = in_.line->topics.empty() ? kNone : in_.line->topics[0].intent;
    if (topic == kNone) topic = in_.last.intent;
    if (topic == kNone) return true;
    const std::string_view id = rules_.id_of(topic);
    return id.starts_with("ship.time") || id.starts_with("order") || id.starts_with("payment") ||
           id.starts_with("logistics") || id.starts_with("ready");
  }

  void read_turns() {
    const auto [matter, turns_back] = in_.last;
    if (matter == kNone) return;
    add(sibling(matter), turns_back == 0 ? kLastMatterPoints : kOlderPoints, ContextSource::kTurn,
        matter);
  }

  // The intent of the matter's family whose nearest example asks the same: 什么时候 after a refund
  // was asked for asks when the money comes. The matter itself when it does, or none does.
  uint32_t sibling(uint32_t matter) const {
    if (in_.shape.word.empty() || in_.shape.names || in_.shape.points) return matter;
    const auto intents = rules_.intents();
    uint32_t best = matter;
    uint32_t most = alike(matter);
    for (uint32_t i = 0; i < intents.size(); ++i) {
      if (intents[i].family != intents[matter].family) continue;
      const uint32_t same = alike(i);
      if (same <= most) continue;
      most = same;
      best = i;
    }
    return best;
  }

  // 2: the nearest example has the message's question word; 1: it asks for a time, too.
  uint32_t alike(uint32_t intent) const {
    const uint32_t example = in_.examples->nearest(intent, in_.likeness);
    if (example == UINT32_MAX) return 0;
    const std::string_view words = in_.examples->example_text(example);
    if (words.find(in_.text->source(in_.shape.word)) != words.npos) return 2;
    return in_.shape.when && asks_when(words) ? 1 : 0;
  }

  // The intent of the family whose id ends so, otherwise its first; kNone: no such family.
  uint32_t first_of(std::string_view family, std::string_view ending) const {
    const uint64_t hash = stable_hash(family);
    uint32_t first = kNone;
    for (uint32_t i = 0; i < rules_.intents().size(); ++i) {
      if (rules_.intents()[i].family != hash) continue;
      if (!ending.empty() && rules_.id_of(i).ends_with(ending)) return i;
      if (first == kNone) first = i;
    }
    return first;
  }

  bool add_of(std::string_view family, std::string_view ending, uint8_t asked) {
    const uint32_t intent = first_of(family, ending);
    return intent != kNone && add(intent, kAskedPoints, ContextSource::kAsked, asked);
  }

  bool add(uint32_t intent, float points, ContextSource source, uint32_t from) {
    const bool known = std::any_of(out_.begin(), out_.end(), [&](const ContextReading& reading) {
      return reading.intent == intent;
    });
    if (!known) out_.push_back({intent, points, source, from});
    return true;
  }

  const Understanding& rules_;
  const ContextEvidence& in_;
  std::vector<ContextReading>& out_;
};

}  // namespace

bool needs_context(const Understanding& rules, std::span<const IntentCandidate> own,
                   const Shape& shape, const text::Text& text, const entities::Entities& entities) {
  // 在吗 is made of such words, but greets.
  const bool courtesy = !own.empty() && own[0].covers_message && own[0].score >= kHeard &&
                        is_role(rules, own[0].intent, IntentRole::kCourtesy);
  if (courtesy) return false;
  if (shape.bare) return true;
  if (own.empty() || own[0].score < kHeard) return text.size() <= kMaxAnswer;
  if (is_role(rules, own[0].intent, IntentRole::kAnswer)) return true;
  if (!is_role(rules, own[0].intent, IntentRole::kData)) return false;
  // An item or an order brings its own subject.
  return std::none_of(
      entities.list.begin(), entities.list.end(), [](const entities::Entity& entity) {
        return entity.kind == rules::kItemNumber || entity.kind == rules::kOrderNumber;
      });
}

bool has_context(const Session* session, const ShopLine& line, rules::OrderState order_state) {
  return line.present || order_state != rules::OrderState::kNone ||
         (session != nullptr && session->turns().size() > 0);
}

LastMatter last_matter(const Understanding& rules, const Session& session) {
  const auto& turns = session.turns();
  LastMatter last;
  for (uint32_t i = 0; i < turns.size() && last.turns_back < kReach; ++i) {
    const Turn& turn = turns.newest(i);
    if (turn.speaker != Speaker::kBuyer) continue;
    last.intent = rules.find(turn.intents[0]);
    if (last.intent != kNone && is_role(rules, last.intent, IntentRole::kRequest)) return last;
    ++last.turns_back;
  }
  return {};
}

void read_context(const Understanding& rules, const ContextEvidence& evidence,
                  std::vector<ContextReading>* out) {
  out->clear();
  Reader(rules, evidence, out).read();
}

std::string_view name_of(const Understanding& rules, ContextSource source, uint32_t from) {
  switch (source) {
    case ContextSource::kAsked:
      return name_of_asked(static_cast<uint8_t>(from));
    case ContextSource::kLine:
    case ContextSource::kTurn:
    case ContextSource::kOpen:
      return rules.id_of(from);
    case ContextSource::kEvent:
      return rules::name_of(static_cast<rules::Event>(from));
    case ContextSource::kOrder:
      return rules::name_of(static_cast<rules::OrderState>(from));
    case ContextSource::kTopic:
      break;
  }
  return {};
}

}  // namespace xiaoer::dialogue
