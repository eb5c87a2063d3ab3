#include <gtest/gtest.h>

#include <memory>

#include "base/image.hpp"
#include "dialogue/session.hpp"

namespace xiaoer::dialogue {
namespace {

constexpr size_t kHeaderSize = 12;
constexpr size_t kChecksumSize = 8;

// A session in which every field has a value of its own. `rounds` fill the rings.
Session full_session(uint32_t rounds) {
  Session session;
  for (uint32_t i = 0; i < rounds; ++i) {
    Turn turn;
    turn.stage = static_cast<rules::Stage>(1 + i % 9);
    turn.order_state = static_cast<rules::OrderState>(i % 7);
    turn.objection = static_cast<rules::Objection>(i % 5);
    turn.at = 1'790'000'000 + i;
    turn.intents = {stable_hash("bargain.discount") + i % 200, stable_hash("ship.time"), 0};
    session.buyer_turn(turn);
    session.buyer_offer(Decimal{80'500 + i});
    PendingReply reply;
    for (uint32_t k = 0; k < 3; ++k) {
      reply.text = 1000 + k;
      reply.reply = stable_hash("reply.bargain") + k;
      reply.variant = i % 4;
      reply.technique = static_cast<rules::Technique>((i + k) % 9);
      reply.holding = k == 1;
      reply.has_offer = k == 0;
      reply.offer = Decimal{k == 0 ? 90'000 : 0};
      reply.due = 1'790'100'000 + k;
      reply.due_fact = stable_hash("order.eta");
      reply.bargain = k == 0;
      session.add_pending(reply);
    }
    BargainMemory bargain = session.bargain();
    bargain.product = stable_hash("538");
    bargain.open = true;
    bargain.quantity = 1 + i;
    bargain.best = Decimal{70'000 + i};
    bargain.has_best = true;
    bargain.pending.move = i % 2 == 0 ? rules::Move::kCoupon : rules::Move::kConcede;
    bargain.pending.cut = i % 2 == 1;
    bargain.pending.counts = true;
    bargain.pending.insists = i % 3 == 0;
    bargain.pending.offer = Decimal{90'000 - i};
    bargain.pending.told = 77 + i;
    bargain.pending.coupon_value = Decimal{5'000};
    bargain.pending.coupon_threshold = Decimal{79'000};
    session.bargain_turn(bargain);
    session.sent(1000, turn.at + 1);
    session.sent(1001, turn.at + 2);
  }
  session.mentioned() = {stable_hash("新疆"),
                         rounds,
                         stable_hash("纸皮核桃"),
                         {Decimal::of(165), Decimal::of(120), Decimal{24'500}, Decimal::of(55)}};
  session.agent_line(5, 1'790'000'999);
  session.event(Turn{});
  return session;
}

// `bytes` in memory of exactly their size, so that reading past the end is seen.
bool restores(std::string_view bytes, Session* session) {
  const std::unique_ptr<char[]> exact(new char[bytes.size()]);
  std::copy(bytes.begin(), bytes.end(), exact.get());
  std::string error;
  const bool restored = session->restore({exact.get(), bytes.size()}, &error);
  EXPECT_EQ(restored, error.empty()) << error;
  return restored;
}

// A snapshot with this body and a right header and checksum.
std::string sealed(std::string_view body) {
  std::string bytes = Session().snapshot().substr(0, 8);
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<char>(body.size() >> (8 * i)));
  bytes += body;
  const uint64_t hash = stable_hash(bytes);
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<char>(hash >> (8 * i)));
  return bytes;
}

std::string body_of(const std::string& snapshot) {
  return snapshot.substr(kHeaderSize, snapshot.size() - kHeaderSize - kChecksumSize);
}

TEST(SessionSnapshot, RestoresEverything) {
  for (const uint32_t rounds : {0u, 1u, 3u, 500u}) {
    const Session session = full_session(rounds);
    const std::string bytes = session.snapshot();
    EXPECT_LE(bytes.size(), Session::kMaxSnapshot);
    Session restored;
    ASSERT_TRUE(restores(bytes, &restored)) << rounds;
    EXPECT_EQ(restored.snapshot(), bytes);
    EXPECT_EQ(restored.buyer_turns(), rounds);
    EXPECT_EQ(restored.stage(), session.stage());
    EXPECT_EQ(restored.order_state(), session.order_state());
    EXPECT_EQ(restored.pushes(), session.pushes());
    EXPECT_EQ(restored.pushed_last_turn(), session.pushed_last_turn());
    EXPECT_EQ(restored.holding_sent(), session.holding_sent());
    EXPECT_EQ(restored.offers().size(), session.offers().size());
    EXPECT_EQ(restored.promises().size(), session.promises().size());
    EXPECT_EQ(restored.times(stable_hash("ship.time")), rounds);
    EXPECT_EQ(restored.turns().size(), session.turns().size());
    EXPECT_EQ(restored.sent(1002, 0), rounds > 0);  // what was suggested may still be sent
  }
}

TEST(SessionSnapshot, RefusesTimesThatCouldOverflow) {
  for (const int64_t at : {INT64_MAX, INT64_MIN, int64_t{1} << 50}) {
    Session session = full_session(1);
    session.agent_line(1, at);
    Session restored;
    EXPECT_FALSE(restores(session.snapshot(), &restored)) << at;
  }
  Session session = full_session(1);
  session.agent_line(1, 1'790'000'100);
  Session restored;
  EXPECT_TRUE(restores(session.snapshot(), &restored));
}

TEST(SessionSnapshot, RefusesEveryPrefix) {
  const std::string bytes = full_session(3).snapshot();
  Session session = full_session(2);
  const std::string before = session.snapshot();
  for (size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_FALSE(restores(std::string_view(bytes).substr(0, size), &session)) << size;
  }
  EXPECT_FALSE(restores(bytes + '\0', &session));
  EXPECT_EQ(session.snapshot(), before);
}

TEST(SessionSnapshot, RefusesEveryChangedByte) {
  std::string bytes = full_session(3).snapshot();
  Session session = full_session(2);
  const std::string before = session.snapshot();
  for (size_t at = 0; at < bytes.size(); ++at) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      bytes[at] ^= flip;
      ASSERT_FALSE(restores(bytes, &session)) << at;
      bytes[at] ^= flip;
    }
  }
  EXPECT_EQ(session.snapshot(), before);
}

// With the checksum made right again: every change is either refused or a session that is itself.
TEST(SessionSnapshot, ChecksEveryFieldBehindTheChecksum) {
  std::string body = body_of(full_session(3).snapshot());
  size_t refused = 0;
  for (size_t at = 0; at < body.size(); ++at) {
    for (const char flip : {'\x01', '\x08', '\x80', '\xff'}) {
      body[at] ^= flip;
      const std::string bytes = sealed(body);
      Session session;
      if (restores(bytes, &session)) {
        ASSERT_EQ(session.snapshot(), bytes) << at;
      } else {
        ++refused;
      }
      body[at] ^= flip;
    }
  }
  EXPECT_GT(refused, body.size() / 4);
}

TEST(SessionSnapshot, RefusesBodiesOfTheWrongLength) {
  const std::string body = body_of(full_session(3).snapshot());
  Session session;
  EXPECT_TRUE(restores(sealed(body), &session));
  for (size_t size = 0; size < body.size(); ++size) {
    ASSERT_FALSE(restores(sealed(body.substr(0, size)), &session)) << size;
  }
  EXPECT_FALSE(restores(sealed(body + std::string(1, '\0')), &session));
}

TEST(SessionSnapshot, SaysWhatIsWrong) {
  Session session;
  std::string error;
  EXPECT_FALSE(session.restore("{}", &error));
  EXPECT_EQ(error, "not a session snapshot");
  std::string bytes = Session().snapshot();
  EXPECT_FALSE(session.restore(bytes.substr(0, 10), &error));
  EXPECT_EQ(error, "snapshot is truncated or too long");
  EXPECT_FALSE(session.restore(bytes + std::string(Session::kMaxSnapshot, ' '), &error));
  EXPECT_EQ(error, "snapshot is truncated or too long");
  const char version = bytes[4];
  bytes[4] = static_cast<char>(version + 1);
  EXPECT_FALSE(session.restore(bytes, &error));
  EXPECT_EQ(error, "snapshot is from a newer version");
  bytes[4] = version;
  bytes.back() ^= 1;
  EXPECT_FALSE(session.restore(bytes, nullptr));
  EXPECT_FALSE(session.restore(bytes, &error));
  EXPECT_EQ(error, "snapshot is damaged");
}

TEST(SessionSnapshot, FieldsHaveTheirLimits) {
  const std::string body = body_of(Session().snapshot());
  const auto with = [&body](size_t at, std::string_view bytes) {
    std::string changed = body;
    changed.replace(at, bytes.size(), bytes);
    Session session;
    return restores(sealed(changed), &session);
  };
  EXPECT_TRUE(with(0, std::string_view("\x05\0\0\0", 4)));   // buyer turns
  EXPECT_FALSE(with(0, "\xff\xff\xff\xff"));                 // the number that must not be reached
  EXPECT_TRUE(with(8, std::string_view("\x02\0\0\0", 4)));   // techniques used: scarcity
  EXPECT_FALSE(with(8, std::string_view("\x01\0\0\0", 4)));  // none of them
  EXPECT_FALSE(with(8, std::string_view("\0\x40\0\0", 4)));  // one beyond the last
  EXPECT_TRUE(with(12, "\x09"));                             // stage
  EXPECT_FALSE(with(12, "\x0a"));
  EXPECT_TRUE(with(13, "\x06"));  // order state
  EXPECT_FALSE(with(13, "\x07"));
  EXPECT_FALSE(with(14, "\x02"));  // flags
  EXPECT_FALSE(with(15, "\x02"));
}

// Version 1 as it was first written; it must restore for ever.
constexpr unsigned char kGolden[] = {
#include "data/session_v1.inc"
};

TEST(SessionSnapshot, RestoresVersionOne) {
  Session session;
  const std::string_view bytes(reinterpret_cast<const char*>(kGolden), sizeof(kGolden));
  ASSERT_TRUE(restores(bytes, &session));
  EXPECT_EQ(session.buyer_turns(), 2u);
  EXPECT_EQ(session.stage(), rules::Stage::kConsultation);
  EXPECT_EQ(session.order_state(), rules::OrderState::kPlaced);
  EXPECT_EQ(session.pushes(), 3u);
  EXPECT_TRUE(session.technique_used(rules::Technique::kDeadline));
  EXPECT_TRUE(session.pushed_last_turn());
  EXPECT_FALSE(session.holding_sent());
  EXPECT_EQ(session.times(stable_hash("ship.time")), 2u);
  EXPECT_EQ(session.turns_since(stable_hash("bargain.discount")), 1u);
  ASSERT_EQ(session.offers().size(), 4u);
  EXPECT_EQ(session.offers()[0].amount, Decimal{80'500});
  ASSERT_EQ(session.promises().size(), 4u);
  EXPECT_EQ(session.promises().newest().due, 1'790'100'001);
  EXPECT_EQ(session.promises()[0].fact, stable_hash("order.eta"));
  ASSERT_EQ(session.turns().size(), 8u);
  EXPECT_EQ(session.turns()[0].at, 1'790'000'000);
  EXPECT_TRUE(session.sent(1002, 0));
}

TEST(SessionSnapshot, TellsWhatTheShopSaidLast) {
  Session session = full_session(3);
  EXPECT_TRUE(session.said(1000));
  EXPECT_TRUE(session.said(5));
  EXPECT_FALSE(session.said(6));
  Session restored;
  ASSERT_TRUE(restores(session.snapshot(), &restored));
  EXPECT_TRUE(restored.said(5));
  for (uint32_t i = 0; i < Session::kMaxSpoken; ++i) session.agent_line(100 + i, 0);
  EXPECT_FALSE(session.said(5));
}

}  // namespace
}  // namespace xiaoer::dialogue
