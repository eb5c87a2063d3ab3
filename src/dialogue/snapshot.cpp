// Sessions as bytes, little endian, no padding:
//   magic "XSES" | u16 version | u16 zero | u32 bytes of the body | body | u64 FNV-1a of all before
//   it
// Body: the scalars, then every list as u16 count and its records, oldest first. What each record
// holds is written once, in visit(): the same code writes and reads, so the two cannot drift apart.
// A later version only appends to the body; an older body leaves what came later at its start.
// Version 2 added what the shop said, how the chat runs (conversation.hpp), how it bargains, and
// how the buyer feels and is cared for; version 3 what was mentioned (mentioned.hpp).

#include <type_traits>

#include "base/stable_hash.hpp"
#include "dialogue/session.hpp"

namespace xiaoer::dialogue {
namespace {

constexpr std::string_view kMagic = "XSES";
constexpr uint16_t kVersion = 3;
constexpr size_t kHeaderSize = 12;
constexpr size_t kChecksumSize = 8;

void put_number(std::string* out, uint64_t value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) out->push_back(static_cast<char>(value >> (8 * i)));
}

uint64_t get_number(std::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    value |= uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return value;
}

// Both have the same interface: number() for integers of any width, one_of() for enums and flags
// with the largest legal value.
class Writer {
 public:
  explicit Writer(std::string* out) : out_(out) {}
  template <class T>
  void number(const T& value) {
    put_number(out_, static_cast<uint64_t>(value), sizeof(T));
  }
  template <class T>
  void one_of(const T& value, T /*last*/) {
    put_number(out_, static_cast<uint64_t>(value), 1);
  }
  void at_most(const uint32_t& value, uint32_t /*most*/) { number(value); }
  void share(const uint16_t& value) { number(value); }
  void decimal(const Decimal& value) { number(value.milli); }
  void time(const int64_t& value) { number(value); }
  template <class RingType, class Visit>
  void list(const RingType& ring, Visit visit) {
    number(static_cast<uint16_t>(ring.size()));
    for (uint32_t i = 0; i < ring.size(); ++i) visit(*this, ring[i]);
  }

 private:
  std::string* out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  bool good() const { return good_; }
  bool at_end() const { return bytes_.empty(); }
  void fail() { good_ = false; }

  template <class T>
  void number(T& value) {
    if (bytes_.size() < sizeof(T)) return fail();
    value = static_cast<T>(get_number(bytes_.substr(0, sizeof(T))));
    bytes_.remove_prefix(sizeof(T));
  }
  template <class T>
  void one_of(T& value, T last) {
    uint8_t byte = 0;
    number(byte);
    if (byte > static_cast<uint8_t>(last)) return fail();
    value = static_cast<T>(byte);
  }
  // So near that no sum or difference of two overflows: beyond any calendar.
  void time(int64_t& value) {
    constexpr int64_t kFar = int64_t{1} << 40;
    number(value);
    if (value < -kFar || value > kFar) fail();
  }
  void at_most(uint32_t& value, uint32_t most) {
    number(value);
    if (value > most) fail();
  }
  void share(uint16_t& value) {
    number(value);
    if (value > Mood::kWhole) fail();
  }
  void decimal(Decimal& value) {
    number(value.milli);
    if (value.milli > Decimal::kMax || value.milli < -Decimal::kMax) fail();
  }
  template <class RingType, class Visit>
  void list(RingType& ring, Visit visit) {
    uint16_t size = 0;
    number(size);
    if (size > RingType::capacity()) fail();
    for (uint32_t i = 0; good_ && i < size; ++i) {
      std::decay_t<decltype(ring[0])> item = {};
      visit(*this, item);
      ring.push(item);
    }
  }

 private:
  std::string_view bytes_;
  bool good_ = true;
};

template <class Archive, class Item>
void visit_turn(Archive& archive, Item& turn) {
  archive.one_of(turn.speaker, Speaker::kEvent);
  archive.one_of(turn.stage, rules::Stage::kAfterSales);
  archive.one_of(turn.order_state, rules::OrderState::kClosed);
  archive.one_of(turn.objection, rules::Objection::kComplaint);
  archive.time(turn.at);
  for (auto& intent : turn.intents) archive.number(intent);
}

template <class Archive, class Item>
void visit_pending(Archive& archive, Item& reply) {
  archive.number(reply.text);
  archive.number(reply.reply);
  archive.number(reply.variant);
  archive.one_of(reply.technique, rules::Technique::kAgreement);
  archive.one_of(reply.holding, true);
  archive.one_of(reply.has_offer, true);
  archive.decimal(reply.offer);
  archive.time(reply.due);
  archive.number(reply.due_fact);
}

// What version 2 knows of a pending reply beyond version 1.
template <class Archive, class Item>
void visit_pending_flow(Archive& archive, Item& reply) {
  archive.number(reply.words);
  archive.number(reply.intent);
  archive.at_most(reply.asks, rules::kAllRequested);
  archive.one_of(reply.event, rules::Event::kPersonLeft);
}

template <class Archive, class Item>
void visit_conversation(Archive& archive, Item& conversation) {
  archive.one_of(conversation.person_in_charge, true);
  archive.time(conversation.person_at);
  archive.one_of(conversation.open, true);
  archive.time(conversation.open_at);
  for (auto& matter : conversation.matters) {
    archive.number(matter.intent);
    archive.at_most(matter.score, 1'000'000);
  }
  archive.at_most(conversation.unhelpful, UINT32_MAX - 1);
  archive.number(conversation.subject);
  archive.at_most(conversation.asked, rules::kAllRequested);
  archive.at_most(conversation.given, rules::kAllRequested);
  archive.list(conversation.answered, [](Archive& a, auto& intent) { a.number(intent); });
  archive.number(conversation.order);
  archive.list(conversation.order_steps, [](Archive& a, auto& step) {
    a.one_of(step.state, rules::OrderState::kClosed);
    a.time(step.at);
  });
  for (auto& count : conversation.told) archive.at_most(count, Conversation::kMaxTold);
  archive.one_of(conversation.returns_to, rules::Stage::kAfterSales);
}

template <class Archive, class Item>
void visit_bargain(Archive& archive, Item& memory) {
  archive.number(memory.product);
  const auto count = [&](auto& number) { archive.at_most(number, BargainMemory::kMost); };
  count(memory.answered);
  count(memory.steps);
  count(memory.insisted);
  constexpr uint32_t kMoves = (2u << static_cast<uint32_t>(rules::Move::kHandoff)) - 1;
  archive.at_most(memory.moves, kMoves);
  count(memory.quantity);
  for (auto* flag : {&memory.has_price, &memory.has_best, &memory.has_coupon, &memory.has_person,
                     &memory.open}) {
    archive.one_of(*flag, true);
  }
  for (auto* amount : {&memory.price, &memory.best, &memory.person, &memory.coupon_value,
                       &memory.coupon_threshold}) {
    archive.decimal(*amount);
  }
  for (auto& name : memory.told) archive.number(name);
  archive.one_of(memory.pending.move, rules::Move::kHandoff);
  archive.one_of(memory.pending.cut, true);
  archive.one_of(memory.pending.counts, true);
  archive.one_of(memory.pending.insists, true);
  archive.decimal(memory.pending.offer);
  archive.number(memory.pending.told);
  archive.decimal(memory.pending.coupon_value);
  archive.decimal(memory.pending.coupon_threshold);
}

// Which pending replies say what the move of this round offers, as bits.
template <class Archive, class RingType>
void visit_offers(Archive& archive, RingType& pending) {
  static_assert(RingType::capacity() <= 32);
  uint32_t bits = 0;
  for (uint32_t i = 0; i < pending.size(); ++i) bits |= uint32_t{pending[i].bargain} << i;
  archive.at_most(bits, static_cast<uint32_t>((uint64_t{1} << pending.size()) - 1));
  if constexpr (!std::is_const_v<RingType>) {
    for (uint32_t i = 0; i < pending.size(); ++i) pending[i].bargain = bits >> i & 1;
  }
}

bool refuse(std::string* error, std::string_view why) {
  if (error != nullptr) *error = why;
  return false;
}

}  // namespace

struct SnapshotAccess {
  template <class Archive, class SessionType>
  static void visit(Archive& archive, SessionType& session, uint16_t version) {
    visit_version_1(archive, session);
    if (version >= 2) visit_version_2(archive, session);
    if (version >= 3) visit_mentioned(archive, session);
  }

  template <class Archive, class SessionType>
  static void visit_version_1(Archive& archive, SessionType& session) {
    archive.at_most(session.buyer_turns_, UINT32_MAX - 1);
    archive.number(session.pushes_);
    archive.number(session.techniques_used_);
    archive.one_of(session.stage_, rules::Stage::kAfterSales);
    archive.one_of(session.order_state_, rules::OrderState::kClosed);
    archive.one_of(session.holding_sent_, true);
    archive.one_of(session.pushed_last_turn_, true);
    const uint32_t turns = session.buyer_turns_;
    archive.list(session.turns_, [](Archive& a, auto& turn) { visit_turn(a, turn); });
    archive.list(session.used_, [turns](Archive& a, auto& used) {
      a.number(used.reply);
      a.number(used.variant);
      a.at_most(used.turn, turns);
    });
    archive.list(session.offers_, [turns](Archive& a, auto& offer) {
      a.one_of(offer.speaker, Speaker::kEvent);
      a.decimal(offer.amount);
      a.at_most(offer.turn, turns);
    });
    archive.list(session.promises_, [turns](Archive& a, auto& promise) {
      a.number(promise.reply);
      a.number(promise.fact);
      a.time(promise.due);
      a.at_most(promise.turn, turns);
    });
    archive.list(session.pending_, [](Archive& a, auto& reply) { visit_pending(a, reply); });
    archive.at_most(session.count_size_, Session::kMaxCounts);
    if (session.count_size_ > Session::kMaxCounts) return;
    for (uint32_t i = 0; i < session.count_size_; ++i) {
      archive.number(session.counts_[i].intent);
      archive.at_most(session.counts_[i].times, turns);
      archive.at_most(session.counts_[i].last_turn, turns);
    }
  }

  template <class Archive, class SessionType>
  static void visit_version_2(Archive& archive, SessionType& session) {
    archive.list(session.spoken_, [](Archive& a, auto& spoken) {
      a.number(spoken.text);
      a.one_of(spoken.speaker, Speaker::kEngine);
    });
    archive.list(session.offered_, [](Archive& a, auto& text) { a.number(text); });
    for (uint32_t i = 0; i < session.pending_.size(); ++i) {
      visit_pending_flow(archive, session.pending_[i]);
    }
    visit_conversation(archive, session.conversation_);
    visit_bargain(archive, session.bargain_);
    visit_offers(archive, session.pending_);
    visit_care(archive, session);
  }

  template <class Archive, class SessionType>
  static void visit_care(Archive& archive, SessionType& session) {
    auto& care = session.care_;
    archive.at_most(session.last_push_, session.buyer_turns_);
    archive.share(care.mood.heat);
    for (auto& trait : care.mood.traits) archive.share(trait);
    archive.one_of(care.complaint.state, ComplaintState::kFiled);
    archive.number(care.complaint.times);
    archive.time(care.complaint.since);
    archive.number(care.complaint.intent);
    for (auto& deed : care.deeds) {
      archive.one_of(deed.outcome, Outcome::kFailed);
      archive.time(deed.at);
    }
    for (auto& given : care.given) {
      archive.number(given.kind);
      archive.at_most(given.turn, session.buyer_turns_);
    }
  }

  template <class Archive, class SessionType>
  static void visit_mentioned(Archive& archive, SessionType& session) {
    auto& mentioned = session.mentioned_;
    archive.number(mentioned.region);
    archive.at_most(mentioned.other_turn, session.buyer_turns_);
    archive.number(mentioned.open_goods);
    for (auto* measure : {&mentioned.measures.height, &mentioned.measures.weight,
                          &mentioned.measures.foot, &mentioned.measures.unsaid}) {
      archive.decimal(*measure);
    }
  }

  // What single fields cannot tell.
  static bool is_consistent(const Session& session) {
    constexpr uint32_t kTechniques =
        (2u << static_cast<uint32_t>(rules::Technique::kAgreement)) - 2;
    if ((session.techniques_used_ & ~kTechniques) != 0) return false;
    const BargainMemory& bargain = session.bargain_;
    for (const Decimal amount : {bargain.price, bargain.best, bargain.person, bargain.coupon_value,
                                 bargain.coupon_threshold, bargain.pending.offer,
                                 bargain.pending.coupon_value, bargain.pending.coupon_threshold}) {
      if (amount.milli < 0) return false;
    }
    for (uint32_t i = 0; i < session.count_size_; ++i) {
      const Session::Count& count = session.counts_[i];
      if (count.intent == 0 || count.times == 0 || count.last_turn == 0) return false;
      if (session.find_count(count.intent) != &count) return false;  // twice
    }
    return true;
  }
};

std::string Session::snapshot() const {
  std::string body;
  Writer writer(&body);
  SnapshotAccess::visit(writer, *this, kVersion);
  std::string bytes(kMagic);
  put_number(&bytes, kVersion, 2);
  put_number(&bytes, 0, 2);
  put_number(&bytes, body.size(), 4);
  bytes += body;
  put_number(&bytes, stable_hash(bytes), kChecksumSize);
  return bytes;
}

bool Session::restore(std::string_view bytes, std::string* error) {
  if (bytes.size() < kMagic.size() || bytes.substr(0, kMagic.size()) != kMagic) {
    return refuse(error, "not a session snapshot");
  }
  if (bytes.size() < kHeaderSize + kChecksumSize || bytes.size() > kMaxSnapshot) {
    return refuse(error, "snapshot is truncated or too long");
  }
  const auto version = static_cast<uint16_t>(get_number(bytes.substr(4, 2)));
  if (version > kVersion) return refuse(error, "snapshot is from a newer version");
  const size_t body_size = bytes.size() - kHeaderSize - kChecksumSize;
  if (version == 0 || get_number(bytes.substr(6, 2)) != 0 ||
      get_number(bytes.substr(8, 4)) != body_size ||
      get_number(bytes.substr(bytes.size() - kChecksumSize)) !=
          stable_hash(bytes.substr(0, bytes.size() - kChecksumSize))) {
    return refuse(error, "snapshot is damaged");
  }
  Session restored;
  Reader reader(bytes.substr(kHeaderSize, body_size));
  SnapshotAccess::visit(reader, restored, version);
  if (!reader.good() || !reader.at_end() || !SnapshotAccess::is_consistent(restored)) {
    return refuse(error, "snapshot is damaged");
  }
  *this = restored;
  return true;
}

}  // namespace xiaoer::dialogue
