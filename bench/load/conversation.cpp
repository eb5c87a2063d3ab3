#include "bench/load/conversation.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace xiaoer::load {
namespace {

constexpr xiaoer_part kParts[] = {XIAOER_INTENT, XIAOER_REPLY, XIAOER_TECHNIQUE};
constexpr std::string_view kDecisions[] = {"auto", "suggest", "handoff", "silent"};
constexpr int64_t kNow = 1'795'226'400;  // any fixed time: conditions on time hold or do not
constexpr int32_t kUtcOffset = 480;

// What a thread brings to its calls, and where it is in the script.
struct Player {
  Player(const Script& played, const Reloader& reloader, size_t first)
      : script(played), rules(reloader), ruleset(reloader.current()), message(first) {}

  void send() {
    if (generation != rules.generation()) {
      generation = rules.generation();
      ruleset = rules.current();
    }
    if (script.has_sessions() && script.starts_conversation(message)) session = xr::Session();
    const xiaoer_request request = script.request_for(message);
    status = xiaoer_reply(ruleset.get(), context.get(), session ? session->get() : nullptr,
                          &request, result.get(), nullptr);
  }

  Outcome check() {
    const size_t answered = message;
    message = (message + 1) % script.messages().size();
    if (status != XIAOER_OK) return Outcome::kFailed;
    read_answer(result.get(), &parts);
    return script.is_right(answered, parts) ? Outcome::kRight : Outcome::kWrong;
  }

  const Script& script;
  const Reloader& rules;
  uint64_t generation = 0;
  xr::Ruleset ruleset;
  xr::Context context;
  std::optional<xr::Session> session;
  xr::Result result;
  xiaoer_status status = XIAOER_OK;
  size_t message;
  std::vector<std::string_view> parts;
};

}  // namespace

void read_answer(const xiaoer_result* result, std::vector<std::string_view>* parts) {
  parts->clear();
  parts->push_back(kDecisions[xiaoer_result_decision(result)]);
  for (const xiaoer_part part : kParts) {
    const size_t count = xiaoer_result_count(result, part);
    for (size_t i = 0; i < count; ++i) {
      xiaoer_item item = {};
      xiaoer_result_item(result, part, i, &item);
      parts->push_back(xr::view(item.id));
      parts->push_back(xr::view(item.text));
    }
  }
  xiaoer_handoff handoff = {};
  if (xiaoer_result_handoff(result, &handoff) == XIAOER_OK) {
    parts->push_back(xr::view(handoff.holding_text));
  }
}

Script::Script(std::vector<std::string> messages, size_t turns, const std::string& facts_json,
               const xr::Ruleset& rules)
    : messages_(std::move(messages)), turns_(turns), facts_(facts_json) {
  const xr::Context context;
  const xr::Result result;
  std::optional<xr::Session> session;
  std::vector<std::string_view> parts;
  for (size_t i = 0; i < messages_.size(); ++i) {
    if (has_sessions() && starts_conversation(i)) session = xr::Session();
    const xiaoer_request request = request_for(i);
    xiaoer_error* error = nullptr;
    xr::check(xiaoer_reply(rules.get(), context.get(), session ? session->get() : nullptr, &request,
                           result.get(), &error),
              error);
    read_answer(result.get(), &parts);
    answers_.emplace_back(parts.begin(), parts.end());
  }
}

bool Script::is_right(size_t message, const std::vector<std::string_view>& answer) const {
  const std::vector<std::string>& right = answers_[message];
  return std::equal(right.begin(), right.end(), answer.begin(), answer.end());
}

xiaoer_request Script::request_for(size_t message) const {
  xiaoer_request request = {};
  request.struct_size = sizeof(request);
  request.message = xr::text(messages_[message]);
  request.facts = facts_.get();
  request.now = kNow;
  request.utc_offset_minutes = kUtcOffset;
  request.has_now = 1;
  request.assume_sent = has_sessions() ? 1 : 0;
  return request;
}

size_t Script::beginning_for(unsigned thread, unsigned threads) const {
  const size_t at = messages_.size() * thread / threads;
  return turns_ == 0 ? at : at / turns_ * turns_;
}

Client make_client(const Script& script, const Reloader& rules, size_t first) {
  auto player = std::make_shared<Player>(script, rules, first);
  return {[player] { player->send(); }, [player] { return player->check(); }};
}

}  // namespace xiaoer::load
