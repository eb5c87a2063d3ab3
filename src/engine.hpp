#pragma once
// The pipeline: a buyer's message in, ranked replies and closing techniques out. Read engine.cpp
// first.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dialogue/buyer.hpp"
#include "dialogue/clauses.hpp"
#include "dialogue/context.hpp"
#include "dialogue/lines.hpp"
#include "dialogue/matters.hpp"
#include "dialogue/session.hpp"
#include "dialogue/understand.hpp"
#include "match/respeller.hpp"
#include "reading.hpp"
#include "reply/facts.hpp"
#include "reply/replier.hpp"
#include "reply/review.hpp"
#include "result.hpp"
#include "ruleset.hpp"
#include "verdict.hpp"

namespace xiaoer {

struct Call;  // remember.hpp

// Longest buyer message in bytes, all bubbles together.
inline constexpr size_t kMaxMessageBytes = 64u << 10;

enum class Status : uint8_t {
  kOk,
  kMessageTooLong,  // over kMaxMessageBytes, or over text::kMaxChars characters once normalised
};

// One call's input. Everything is borrowed for the call.
struct Request {
  std::string_view message;  // the buyer's words
  std::span<const std::string_view>
      messages;                         // several bubbles; joined by line breaks after `message`
  std::string_view event;               // "order_paid", ...: what happened, instead of a message
  std::string_view previous_agent;      // the line before the message, when no session remembers it
  const reply::Facts* facts = nullptr;  // nullptr: none
  std::optional<reply::Instant> now;
  uint64_t seed = 0;
  bool trace = false;
  bool assume_sent = false;  // the first reply of an `auto` or `suggest` result counts as sent
};

// For measuring what each kind of evidence is worth: what is false is left out.
struct EvidenceKinds {
  // Phrases and regexes of the message; the previous line is read by them still.
  bool phrases = true;
  // Likeness, which knows the pack's examples and its phrases.
  bool examples = true;
};

// A text that somebody else wrote, for the guard. Everything is borrowed for the call.
struct GuardRequest {
  std::string_view text;
  const reply::Facts* facts = nullptr;  // nullptr: none
  std::optional<reply::Instant> now;
};

// Scratch memory of one thread; adapts when it meets another ruleset.
class Context {
 public:
  Context() = default;
  // From now on; both at first.
  void look_at(EvidenceKinds kinds) { kinds_ = kinds; }

 private:
  friend Status answer(const Ruleset&, Context&, dialogue::Session*, const Request&, Result*);
  friend Status guard(const Ruleset&, Context&, const dialogue::Session*, const GuardRequest&,
                      Verdict*);
  void adapt(const Ruleset& ruleset);
  bool hear(const Ruleset& ruleset, const dialogue::Session* session, const Request& request);
  std::string_view noise_of(const Ruleset& ruleset, const dialogue::Session* session,
                            std::string_view line, bool alone);
  std::string_view without_noise(const Ruleset& ruleset, const dialogue::Session* session,
                                 std::string_view message);
  void carry_over(const Ruleset& ruleset, const dialogue::Session& session,
                  reply::Situation* situation);
  void note_given(const Ruleset& ruleset, reply::Situation* situation) const;
  void read_event(const Ruleset& ruleset, std::string_view name, reply::Situation* situation);
  void answer_event(Call* call);
  void answer_message(Call* call);
  void recall(const Ruleset& ruleset, std::string_view previous);
  void recall_sent(const Ruleset& ruleset, const dialogue::Session& session);
  void recall_topics(const Ruleset& ruleset, const dialogue::Evidence& evidence,
                     const reply::Situation& situation);
  void admit(const Ruleset& ruleset, const reply::Situation& situation, Reading* reading) const;
  void add_evidence(const Ruleset& ruleset, Reading* reading, dialogue::Evidence* evidence) const;
  void understand(const Ruleset& ruleset, const dialogue::Session* session,
                  reply::Situation* situation);
  void settle(reply::Situation* situation);
  void read_buyer(const Ruleset& ruleset, reply::Situation* situation);
  bool respell(const Ruleset& ruleset, const dialogue::Session* session,
               reply::Situation* situation);
  void rank_aside(const Ruleset& ruleset, dialogue::Evidence evidence,
                  const reply::Situation& situation, Reading* aside) const;
  void doubt_likeness(const dialogue::Shape& shape);
  void read_context(const Ruleset& ruleset, dialogue::Evidence* evidence,
                    const reply::Situation& situation);
  void read_clauses(const Ruleset& ruleset, dialogue::Evidence evidence,
                    const reply::Situation& situation);

  uint32_t image_ = 0;  // checksum of the image that the scratch below was sized for
  std::string joined_;
  std::string_view unheard_;  // why there is nothing to answer in the message
  Reading reading_;           // the message, as it is in use
  Reading other_;             // the reading not in use, when a message was respelled
  Reading aside_;             // one clause at a time, or the shop's question
  Reading previous_;          // the shop's line before
  match::RespellScratch respell_;
  std::vector<uint64_t> previous_intents_;
  dialogue::ShopLine line_;
  std::vector<dialogue::ContextReading> context_;
  std::vector<dialogue::ClauseReading> clauses_;
  dialogue::BuyerReading buyer_;
  reply::ReplyScratch reply_;
  reply::ReviewScratch review_;
  reply::Facts no_facts_;
  std::optional<int64_t> now_;  // of the request at hand, seconds since the epoch
  EvidenceKinds kinds_;
};

// Answers one message. `session` may be nullptr (a conversation of one message). On failure the
// session is unchanged and the result empty. Throws nothing but std::bad_alloc. Allocates nothing
// once `context` and `result` have grown. One thread at a time for each of context, session and
// result; any for the ruleset.
Status answer(const Ruleset& ruleset, Context& context, dialogue::Session* session,
              const Request& request, Result* result);

// Says of a text whether it may leave the shop (docs/guard.md). `session` may be nullptr and is not
// changed: it tells which numbers the buyer named and what the client confirmed. Otherwise as
// answer(), but for the limit, reply::kMaxReviewBytes.
Status guard(const Ruleset& ruleset, Context& context, const dialogue::Session* session,
             const GuardRequest& request, Verdict* verdict);

// Tells the session a line under the shop's name: what a person wrote, who is then in charge, or a
// text that the engine offered.
void observe(dialogue::Session* session, std::string_view agent_text, int64_t at);
// Tells the session that a text which the engine offered was sent. False: the last result held no
// such text; it is kept as a line of the shop's.
bool sent(dialogue::Session* session, std::string_view text, int64_t at);

}  // namespace xiaoer
