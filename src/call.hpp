#pragma once
// A call from its start to its end: what every step of the pipeline reads and what the next one
// gets.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "dialogue/context.hpp"
#include "engine.hpp"

namespace xiaoer {

struct Call {
  const Ruleset& ruleset;
  const Request& request;
  dialogue::Session* session;
  EvidenceKinds kinds;
  Scratch& scratch;
  Result* result;
  reply::Situation situation;
  dialogue::LastMatter last = {};  // what the buyer spoke of before
  std::string_view unheard = {};   // why there is nothing to answer in the message
  std::span<const match::Respelling> respellings = {};  // that the reading in use rests on

  bool has_session() const { return session != nullptr; }
  // Seconds since the epoch.
  std::optional<int64_t> now() const {
    return request.now ? std::optional(request.now->seconds) : std::nullopt;
  }
  int64_t at() const { return now().value_or(0); }
};

}  // namespace xiaoer
